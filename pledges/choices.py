"""Choice lists that nearly every page needs and that seldom change: regions, municipalities, topics, editions, lists.

They are kept in the data cache and forgotten as soon as one of the records behind them is saved or deleted, so pages
spend no query on them; no page and no content is cached here.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language

from .drawing import map_point
from .enums import EditionState, PolicyKind
from .models import Candidacy, Edition, EditionText, Municipality, PolicyVersion, Region, Topic, TopicText

# A record that is published by its date alone sends no signal; after this many seconds it is seen.
LIFETIME = 300

_T = TypeVar("_T")


@dataclass(frozen=True)
class RegionChoice:
    pk: int
    slug: str
    nuts3: str
    name: str


@dataclass(frozen=True)
class MunicipalityChoice:
    """A municipality with its place on the dot map."""

    pk: int
    slug: str
    name: str
    region_slug: str
    point: tuple[int, int]

    @property
    def folded(self) -> str:
        """Its name as it is compared with what a reader types."""
        return fold(self.name)


@dataclass(frozen=True)
class TopicChoice:
    """A topic with its names by language."""

    pk: int
    code: str
    names: dict[str, str]

    @property
    def name(self) -> str:
        """In the reader's language, else the source language, else any."""
        return (
            self.names.get(get_language() or "")
            or self.names.get(settings.LANGUAGE_CODE)
            or next(iter(self.names.values()), self.code)
        )

    @property
    def language(self) -> str:
        """The language that `name` is in."""
        name = self.name
        return next((language for language, text in self.names.items() if text == name), settings.LANGUAGE_CODE)


@dataclass(frozen=True)
class EditionChoice:
    """A public edition."""

    pk: int
    year: int
    state: str
    methodology_version: str
    election_date: dt.date | None


def fold(text: str) -> str:
    """Text for comparison without case and carets: `Črna na Koroškem` becomes `crna na koroskem`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d").replace("ł", "l"))
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


# Letters with a caret stand after their plain letter, as in the Slovene alphabet.
_ALPHABET = str.maketrans({"č": "c\uffff", "ć": "c\uffffa", "đ": "d\uffff", "š": "s\uffff", "ž": "z\uffff"})


def alphabetical(text: str) -> str:
    """A sort key in the order of the Slovene alphabet, which no database here is asked for."""
    return text.casefold().translate(_ALPHABET)


def regions() -> list[RegionChoice]:
    """The twelve regions by name."""
    return _cached("regions", _read_regions)


def municipalities() -> list[MunicipalityChoice]:
    """All municipalities by name."""
    return _cached("municipalities", _read_municipalities)


def topics() -> list[TopicChoice]:
    """All topics in their order."""
    return _cached("topics", _read_topics)


def editions() -> list[EditionChoice]:
    """The public editions, newest first."""
    return _cached("editions", _read_editions)


def list_names() -> list[str]:
    """Lists and parties of public candidacies, as printed."""
    return _cached("lists", _read_list_names)


def methodology_versions() -> frozenset[str]:
    """The published versions of the methodology, each of which has an address."""
    return _cached("methodology", _read_methodology_versions)


def running_edition(day: dt.date | None = None) -> EditionChoice | None:
    """The newest edition whose mandates run; on an earlier day the newest that had been voted on by then."""
    if day:
        return next((edition for edition in editions() if edition.election_date and edition.election_date <= day), None)
    return next((edition for edition in editions() if edition.state == EditionState.RUNNING), None)


def topic_names(codes: Iterable[str]) -> list[TopicChoice]:
    """The topics with these codes, in the order of topics."""
    wanted = set(codes)
    return [topic for topic in topics() if topic.code in wanted]


def forget(**_signal: Any) -> None:
    """Drop all lists from the cache."""
    cache.delete_many(
        [_key(name) for name in ("regions", "municipalities", "topics", "editions", "lists", "methodology")]
    )


def _key(name: str) -> str:
    return f"pledges-choices-{name}"


def _cached(name: str, read: Callable[[], _T]) -> _T:
    value = cache.get(_key(name))
    if value is None:
        value = read()
        cache.set(_key(name), value, LIFETIME)
    return value


def _read_regions() -> list[RegionChoice]:
    rows = Region.objects.values_list("pk", "slug", "nuts3", "name")
    return sorted((RegionChoice(*row) for row in rows), key=lambda region: alphabetical(region.name))


def _read_municipalities() -> list[MunicipalityChoice]:
    rows = Municipality.objects.values_list("pk", "slug", "name", "region__slug", "latitude", "longitude")
    choices = (
        MunicipalityChoice(pk, slug, name, region, map_point(latitude, longitude))
        for pk, slug, name, region, latitude, longitude in rows
    )
    return sorted(choices, key=lambda municipality: alphabetical(municipality.name))


def _read_topics() -> list[TopicChoice]:
    names: dict[int, dict[str, str]] = {}
    for topic_id, language, name in TopicText.objects.values_list("topic_id", "language", "name"):
        names.setdefault(topic_id, {})[language] = name
    return [TopicChoice(pk, code, names.get(pk, {})) for pk, code in Topic.objects.values_list("pk", "code")]


def _read_editions() -> list[EditionChoice]:
    rows = Edition.objects.public().order_by("-year")
    return [
        EditionChoice(*row) for row in rows.values_list("pk", "year", "state", "methodology_version", "election_date")
    ]


def _read_list_names() -> list[str]:
    names = Candidacy.objects.public().exclude(list_name="").order_by().values_list("list_name", flat=True).distinct()
    return sorted(names, key=alphabetical)


def _read_methodology_versions() -> frozenset[str]:
    rows = PolicyVersion.objects.public().filter(kind=PolicyKind.METHODOLOGY)
    return frozenset(rows.values_list("version", flat=True))


def connect() -> None:
    """Forget the lists whenever a record behind them changes; called once when the app is ready."""
    for model in (Region, Municipality, Topic, TopicText, Edition, EditionText, Candidacy, PolicyVersion):
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=model, dispatch_uid=f"pledges-choices-{model.__name__}-{id(signal)}")
