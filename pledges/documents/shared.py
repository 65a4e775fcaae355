"""Words, places and addresses that the documents of the record share."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import translation

from zaveza import clock

from ..enums import Gender
from ..models import (
    HubCoverage,
    Mandate,
    Municipality,
    Person,
)


def neutral_address(name: str, *args: Any) -> str:
    """The path of a record without the language in front."""
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(f"pledges:{name}", args=args)
    return path.removeprefix(f"/{settings.LANGUAGE_CODE}")


def in_all_languages(words: Any, **values: Any) -> dict[str, str]:
    """A message of ours in every language of the site."""
    texts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts[language] = str(words) % values
    return texts


def hubs(municipality: Municipality) -> list[Any]:
    """The public hubs that watch a municipality today; its coverages are loaded."""
    today, now = clock.today(), clock.now()
    return [
        coverage.hub
        for coverage in municipality.coverages.all()
        if coverage.start <= today
        and (coverage.end is None or coverage.end >= today)
        and coverage.hub.published_at
        and coverage.hub.published_at <= now
    ]


def coverages(path: str) -> Prefetch:
    return Prefetch(path, HubCoverage.objects.select_related("hub"))


def running_mandates() -> Any:
    """Who is in office today, the last who came first."""
    return (
        Mandate.objects.public()
        .filter(start__lte=clock.today(), end__isnull=True)
        .select_related("person")
        .order_by("-start")
    )


def place_facets(municipality: Municipality) -> dict[str, list[str]]:
    return {
        "municipality": [municipality.slug],
        "region": [municipality.region.slug],
        "hub": sorted({hub.slug for hub in hubs(municipality)}),
    }


# What kind of thing a name is of, as readers put it into a question: občina Sevnica, podravska regija, župan
# Ajdovščine. Not translated words: a document has those of all languages, whoever reads it. They belong to the facts
# of a document, which are found and never shown as its text.


def municipality_words(name: str) -> str:
    """The name of a municipality with the word for it in every language: in its own document."""
    return f"občina {name}, municipality of {name}, gmina {name}, {name} მუნიციპალიტეტი"


def place_words(municipality: Municipality) -> str:
    """The same for what lies there: each name once, or it would come before the place itself."""
    return f"gmina, municipality of, მუნიციპალიტეტი, občina {municipality.name}"


def region_words(name: str) -> str:
    """The name of a region with the word for it before and after, as both are usual."""
    return f"region, რეგიონი, regija {name} regija"


def mayor_words(person: Person) -> str:
    """Who is in office with the word for it, in the person's grammatical form where that is known."""
    forms = {Gender.MALE: ("župan", "burmistrz"), Gender.FEMALE: ("županja", "burmistrzyni")}
    known = forms.get(Gender(person.gender)) if person.gender else None
    words = known or (*forms[Gender.MALE], *forms[Gender.FEMALE])
    return ", ".join(f"{word} {person.name}" for word in (*words, "mayor", "მერი"))


def promise_words(name: str) -> str:
    """What somebody is asked for most: their pledges."""
    return f"pledges, promises of, obietnice, zobowiązania, დაპირებები, zaveze, obljube {name}"


def joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
