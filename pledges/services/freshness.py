"""Telling the search index what readers now see differently: a record's own document and those that show it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from search import registry
from search import services as search_services

from ..models import (
    Amendment,
    Assessment,
    Candidacy,
    Correction,
    Edition,
    Evidence,
    HubCoverage,
    Mandate,
    Municipality,
    Organisation,
    Person,
    Pledge,
    Programme,
    Region,
    Reply,
    Topic,
)

# No database compares a column with more values in one statement.
_AT_ONCE = 500

_MODELS: dict[str, type[models.Model]] = {
    "pledge": Pledge,
    "programme": Programme,
    "person": Person,
    "municipality": Municipality,
}


@dataclass(frozen=True)
class Shown:
    """Documents that show a record: of this type, whose records have at `path` what the record has as `key`."""

    type: str
    path: str
    key: str = "pk"


# The document of a record itself: its type and the attribute with its key. A candidacy is part of its person's.
OWN_DOCUMENT: dict[type[models.Model], tuple[str, str]] = {
    Candidacy: ("person", "person_id"),
    Mandate: ("person", "person_id"),
    Municipality: ("municipality", "pk"),
    Person: ("person", "pk"),
    Programme: ("programme", "pk"),
}

_AT_MUNICIPALITY = (
    Shown("municipality", "pk", "municipality_id"),
    Shown("programme", "candidacy__municipality", "municipality_id"),
    Shown("person", "candidacies__municipality", "municipality_id"),
    Shown("pledge", "municipality", "municipality_id"),
)
_ON_PLEDGE = (Shown("pledge", "pk", "pledge_id"),)

SHOWN_BY: dict[type[models.Model], tuple[Shown, ...]] = {
    Candidacy: (Shown("programme", "candidacy"), Shown("pledge", "programme__candidacy")),
    Edition: (
        Shown("programme", "candidacy__edition"),
        Shown("person", "candidacies__edition"),
        Shown("pledge", "edition"),
    ),
    HubCoverage: _AT_MUNICIPALITY,
    Mandate: (
        Shown("municipality", "pk", "municipality_id"),
        Shown("pledge", "programme__candidacy", "candidacy_id"),
    ),
    Municipality: (
        Shown("programme", "candidacy__municipality"),
        Shown("person", "candidacies__municipality"),
        Shown("pledge", "municipality"),
    ),
    Organisation: (
        Shown("municipality", "coverages__hub"),
        Shown("programme", "candidacy__municipality__coverages__hub"),
        Shown("person", "candidacies__municipality__coverages__hub"),
        Shown("pledge", "municipality__coverages__hub"),
        Shown("pledge", "organisation"),
    ),
    Person: (
        Shown("programme", "candidacy__person"),
        Shown("municipality", "mandates__person"),
        Shown("pledge", "programme__candidacy__person"),
    ),
    Programme: (Shown("person", "candidacies", "candidacy_id"), Shown("pledge", "programme")),
    Region: (
        Shown("municipality", "region"),
        Shown("programme", "candidacy__municipality__region"),
        Shown("person", "candidacies__municipality__region"),
        Shown("pledge", "municipality__region"),
    ),
    Topic: (Shown("pledge", "topics"),),
    # What stands with a pledge.
    Amendment: _ON_PLEDGE,
    Assessment: _ON_PLEDGE,
    Correction: (*_ON_PLEDGE, Shown("pledge", "assessments", "assessment_id")),
    Evidence: _ON_PLEDGE,
    Reply: _ON_PLEDGE,
}


def refresh(type_code: str, keys: Iterable[Any]) -> None:
    """Have the documents of these records written anew after the commit; nothing where the type is not searchable."""
    if type_code in registry.sources():
        search_services.reindex(type_code, keys)


def refresh_own(model: type[models.Model], records: Iterable[Any]) -> None:
    """The documents of the records themselves, where they have any."""
    if found := OWN_DOCUMENT.get(model):
        refresh(found[0], {getattr(record, found[1]) for record in records})


def refresh_showing(model: type[models.Model], records: Sequence[Any]) -> None:
    """The documents of all others that show one of these records."""
    for shown in SHOWN_BY.get(model, ()):
        for found in _showing(shown, records):
            refresh(shown.type, keys_of(found))


def pledges_showing(model: type[models.Model], records: Sequence[Any]) -> models.QuerySet:
    """The published pledges among them."""
    found = models.Q(pk__in=())
    for shown in SHOWN_BY.get(model, ()):
        if shown.type == "pledge":
            found |= models.Q(**{f"{shown.path}__in": _keys_in(shown, records)})
    return Pledge.objects.filter(found, published_at__isnull=False)


def _keys_in(shown: Shown, records: Iterable[Any]) -> list[Any]:
    return sorted({key for record in records if (key := getattr(record, shown.key)) is not None})


def _showing(shown: Shown, records: Sequence[Any]) -> Iterator[models.QuerySet]:
    keys = _keys_in(shown, records)
    for start in range(0, len(keys), _AT_ONCE):
        found = _MODELS[shown.type]._default_manager.filter(**{f"{shown.path}__in": keys[start : start + _AT_ONCE]})
        yield found.filter(published_at__isnull=False) if shown.type == "pledge" else found


def keys_of(records: models.QuerySet) -> list[int]:
    """The primary keys, each once."""
    return list(records.order_by().values_list("pk", flat=True).distinct())
