"""A site in a process that can be killed: `python -m tests.services.search_site DATABASE URL PREFIX ACTION`.

Its records are the groups in the database at that path: `make` writes five thousand, `change` renames every one of them
and sends that; `publish` makes one more and prints what a reader finds then; `rebuild` and `sync` are those of
`search_index`.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def main(database: str, url: str, prefix: str, action: str) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "zaveza.settings.testing"
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.ELASTICSEARCH_URL = [url]
    settings.ELASTICSEARCH_INDEX_PREFIX = prefix
    if "search_searchentry" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    _register()
    from django.contrib.auth.models import Group

    from search import services
    from search.services import mirroring

    # On a busy machine a server takes its time to start again.
    mirroring.PATIENCE = 600
    if action == "change":
        for group in Group.objects.all():
            group.name = f"Knjižnica {group.pk}"
            group.save()
        services.reindex_now("pledge", list(Group.objects.values_list("pk", flat=True)))
        mirroring.catch_up(mirroring.PATIENCE)
    elif action == "make":
        Group.objects.all().delete()
        Group.objects.bulk_create(Group(name=f"Vrtec {number}") for number in range(5_000))
    elif action == "publish":
        print(json.dumps(_publish()))  # noqa: T201
    else:
        call_command("search_index", action)


def _publish() -> dict[str, Any]:
    from django.contrib.auth.models import Group
    from django.db import transaction
    from django.test import Client

    from search import services
    from search.engines import get_engine
    from search.queries import read_query

    with transaction.atomic():
        services.reindex("pledge", [Group.objects.create(name="Knjižnica").pk])
    results = get_engine().search(read_query("knjižnica").query)
    answer = Client().get("/-/ready")
    return {
        "found": results.total,
        "reduced": results.reduced,
        "status": answer.status_code,
        "search": answer.json()["search"],
    }


def _register() -> None:
    from django.contrib.auth.models import Group
    from django.db.models import QuerySet

    from search import registry
    from search.documents import SearchDocument

    class Groups(registry.DocumentSource):
        type = "pledge"
        model = Group
        label = kind = "Group"

        def queryset(self) -> QuerySet:
            return Group.objects.order_by("pk")

        def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
            for group in objects:
                yield SearchDocument(f"pledge-{group.pk}", "pledge", "sl", group.name, "", f"/{group.pk}/")

    registry._sources.clear()
    registry.register(Groups())


if __name__ == "__main__":
    main(*sys.argv[1:])
