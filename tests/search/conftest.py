"""A source of documents over a small model of Django, so that search is tested without the apps above it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import models

from search import registry, services
from search.documents import SearchDocument
from search.engines import SearchQuery, SearchResults, get_engine
from search.queries import read_query


class GroupSource(registry.DocumentSource):
    """Groups as records; `fields` holds what their documents say, `hidden` those that are not public."""

    model = Group
    kind = "Group"

    def __init__(self, type_code: str, label: str) -> None:
        self.type = type_code  # type: ignore[misc]
        self.label = label  # type: ignore[misc]
        self.fields: dict[int, dict[str, Any]] = {}
        self.hidden: set[int] = set()

    def queryset(self) -> models.QuerySet:
        return Group.objects.filter(pk__in=self.fields.keys() - self.hidden).order_by("pk")

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for group in objects:
            values = {"language": "sl", "body": "", "url": f"/{self.type}/{group.pk}/", **self.fields[group.pk]}
            yield SearchDocument(
                **{"id": f"{self.type}-{group.pk:04}", "type": self.type, "title": group.name, **values}
            )

    def add(self, title: str, **values: Any) -> Group:
        """A new record, not yet in the index."""
        group = Group.objects.create(name=f"{self.type} {len(self.fields)}")
        self.fields[group.pk] = {"title": title, **values}
        return group

    def index(self, title: str, **values: Any) -> Group:
        """A new record in the index."""
        group = self.add(title, **values)
        services.reindex_now(self.type, [group.pk])
        return group


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> dict[str, GroupSource]:
    """Two types and no others: pledges and news."""
    made = {"pledge": GroupSource("pledge", "Zaveze"), "news": GroupSource("news", "Novice")}
    monkeypatch.setattr(registry, "_sources", dict(made))
    return made


@pytest.fixture
def pledges(db: None, registered: dict[str, GroupSource]) -> GroupSource:
    """The source of the type `pledge`."""
    return registered["pledge"]


@pytest.fixture
def news(db: None, registered: dict[str, GroupSource]) -> GroupSource:
    """The source of the type `news`."""
    return registered["news"]


@pytest.fixture
def find(db: None) -> Callable[..., SearchResults]:
    """Search as the page does: `find("kolesarske steze", type=["pledge"])`."""

    def run(text: str, offset: int = 0, limit: int = 20, **facets: Any) -> SearchResults:
        query: SearchQuery = read_query(text, facets=facets, offset=offset, limit=limit).query
        return get_engine().search(query)

    return run
