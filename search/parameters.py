"""The query string of the search page: what of it is known, and what is told to the reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from .engines import Engine, SearchQuery
from .registry import sources

# Facets to which a search can be narrowed from the pages of one municipality or edition.
SCOPES = ("municipality", "edition")

# No list is longer, and no database counts further.
_MAX_PAGE = 1_000_000


@dataclass(frozen=True)
class Scope:
    """One place within which is searched. `value` is what the masthead's choice sends as `type`."""

    code: str
    slug: str
    label: str

    @property
    def value(self) -> str:
        return f"{self.code}:{self.slug}"


@dataclass(frozen=True)
class Parameters:
    """What the reader asked for, without what is unknown."""

    text: str
    types: Sequence[str] = ()
    languages: Sequence[str] = ()
    scopes: Sequence[Scope] = ()
    page: int = 1
    notices: list[str] = field(default_factory=list)

    @property
    def facets(self) -> dict[str, Sequence[str]]:
        """The filters of the search."""
        facets: dict[str, Sequence[str]] = {scope.code: [scope.slug] for scope in self.scopes}
        facets["type"] = self.types
        facets["language"] = self.languages
        return {code: values for code, values in facets.items() if values}


def read_parameters(given: QueryDict, engine: Engine) -> Parameters:
    """The parameters of an address; unknown values are left out, and a notice names them."""
    unknown: list[str] = []
    asked_types, asked_scopes = _asked(given)
    scopes = []
    for code, slug in asked_scopes:
        scope = _scope(code, slug, engine)
        if scope:
            scopes.append(scope)
        else:
            unknown.append(slug)
    known_types, known_languages = sources(), dict(settings.LANGUAGES)
    languages = [value for value in dict.fromkeys(given.getlist("language")) if value]
    unknown += [value for value in asked_types if value not in known_types]
    unknown += [value for value in languages if value not in known_languages]
    notices = []
    if unknown:
        notices.append(
            _("Unknown filters were left out: %(values)s.") % {"values": ", ".join(value[:40] for value in unknown[:5])}
        )
    return Parameters(
        text=given.get("q", ""),
        types=[value for value in asked_types if value in known_types],
        languages=[value for value in languages if value in known_languages],
        scopes=scopes,
        page=_page(given.get("page", "")),
        notices=notices,
    )


def _asked(given: QueryDict) -> tuple[list[str], list[tuple[str, str]]]:
    """Types, and scopes by code and slug; the masthead's one choice may hold either."""
    types: list[str] = []
    scopes: dict[str, str] = {code: str(given[code]) for code in SCOPES if given.get(code)}
    for value in dict.fromkeys(given.getlist("type")):
        code, colon, slug = value.partition(":")
        if colon and code in SCOPES and slug:
            scopes[code] = slug
        elif value:
            types.append(value)
    return types, list(scopes.items())


def _scope(code: str, slug: str, engine: Engine) -> Scope | None:
    """The scope, if the index holds anything within it; a municipality goes by its own name."""
    within = {code: [slug]}
    if code == "municipality":
        municipality = engine.first(SearchQuery(facets={**within, "type": ["municipality"]}))
        if municipality:
            return Scope(code, slug, municipality.title)
    if engine.first(SearchQuery(facets=within)) is None:
        return None
    return Scope(code, slug, _("edition %(year)s") % {"year": slug} if code == "edition" else slug)


def _page(typed: str) -> int:
    try:
        return min(max(int(typed), 1), _MAX_PAGE)
    except ValueError:
        return 1
