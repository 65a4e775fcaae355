"""Words, places and addresses that the documents of the record share."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import translation

from zaveza import clock

from ..models import (
    HubCoverage,
    Municipality,
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


def place_facets(municipality: Municipality) -> dict[str, list[str]]:
    return {
        "municipality": [municipality.slug],
        "region": [municipality.region.slug],
        "hub": sorted({hub.slug for hub in hubs(municipality)}),
    }


def joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
