"""The query string of the search page: what of it is known, and what is told to the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .engines import Engine, SearchQuery, Sort, Within
from .query_language import known_fields
from .registry import sources

# Facets by which hits are narrowed down, in the order in which they stand on the page. The year is that of news and
# events: their lists lead here with it.
FILTERS = ("type", "status", "region", "municipality", "topic", "edition", "hub", "language", "year")
_YEARS = frozenset(str(year) for year in range(1900, 2200))

# What a search can be confined to from its own pages: `in=municipality:sevnica`.
SCOPES = ("municipality", "edition", "project")
SCOPE = "in"
SORT = "sort"
PAGE = "page"
TEXT = "q"

# No list is longer, and no database counts further.
_MAX_PAGE = 1_000_000
_NAMES = frozenset({TEXT, SCOPE, SORT, PAGE, *FILTERS})


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
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    scopes: Sequence[Scope] = ()
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    notices: list[str] = field(default_factory=list)

    @property
    def scope(self) -> list[Within]:
        """The scopes for the engine."""
        return [Within(scope.code, (scope.slug,)) for scope in self.scopes]

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for a part of the site, even without words."""
        return bool(self.filters or self.scopes)

    def pairs(self) -> list[tuple[str, str]]:
        """Every parameter in use but the page, in one order: the same search has one address."""
        pairs = [(TEXT, self.text)] if self.text else []
        pairs += [(SCOPE, scope.value) for scope in self.scopes]
        pairs += [(code, value) for code in FILTERS for value in self.filters.get(code, ())]
        return [*pairs, *([(SORT, self.sort.value)] if self.sort != Sort.RELEVANCE else [])]

    def address(
        self,
        *,
        text: str | None = None,
        without: tuple[str, str] | None = None,
        sort: Sort | None = None,
        only_text: bool = False,
    ) -> str:
        """The address of this search with another text, without one parameter, or in another order."""
        pairs = [pair for pair in self.pairs() if pair != without and (not only_text or pair[0] == TEXT)]
        if text is not None:
            pairs = [(TEXT, text), *(pair for pair in pairs if pair[0] != TEXT)]
        if sort is not None:
            pairs = [pair for pair in pairs if pair[0] != SORT]
            pairs += [(SORT, sort.value)] if sort != Sort.RELEVANCE else []
        return f"?{urlencode(pairs)}"


def unknown_names(given: QueryDict) -> list[str]:
    """The names in an address that are no parameter of the search."""
    return [name[:50] for name in given if name not in _NAMES]


def read_parameters(given: QueryDict, engine: Engine) -> Parameters:
    """The parameters of an address; unknown values are left out, and a notice names them."""
    unknown: list[str] = []
    scopes = []
    for asked in _asked_scopes(given):
        scope = _scope(asked, engine)
        if scope is None:
            unknown.append(asked)
        elif scope not in scopes:
            scopes.append(scope)
    filters = {}
    for code in FILTERS:
        wanted = [value for value in dict.fromkeys(given.getlist(code)) if value and not _is_scope(code, value)]
        if not wanted:
            continue
        known = _known(code)
        unknown += [value for value in wanted if value not in known]
        if kept := [value for value in wanted if value in known]:
            filters[code] = kept
    sort = given.get(SORT, "")
    if sort and sort not in list(Sort):
        unknown.append(sort)
    notices = []
    if unknown:
        notices.append(
            _("Unknown filters were left out: %(values)s.") % {"values": ", ".join(value[:40] for value in unknown[:5])}
        )
    return Parameters(
        text=given.get(TEXT, ""),
        filters=filters,
        scopes=scopes,
        sort=Sort(sort) if sort in list(Sort) else Sort.RELEVANCE,
        page=_page(given.get(PAGE, "")),
        notices=notices,
    )


def _known(code: str) -> set[str]:
    if code == "type":
        return set(sources())
    if code == "year":
        return set(_YEARS)
    if code == "language":
        return {language for language, _name in settings.LANGUAGES}
    return {named.value for named in known_fields()[code].values()} if code in known_fields() else set()


def _is_scope(code: str, value: str) -> bool:
    return code == "type" and ":" in value


def _asked_scopes(given: QueryDict) -> list[str]:
    """Scopes as such, and from the masthead's one choice, which holds either a type or a scope."""
    asked = [*given.getlist(SCOPE), *(value for value in given.getlist("type") if _is_scope("type", value))]
    return [value for value in dict.fromkeys(asked) if value]


def _scope(asked: str, engine: Engine) -> Scope | None:
    """The scope, if the index holds anything within it; a municipality and a project go by their own name."""
    code, _colon, slug = asked.partition(":")
    if code not in SCOPES or not slug:
        return None
    within = (Within(code, (slug,)),)
    if code != "edition":
        itself = engine.first(SearchQuery(scope=within, facets={"type": [code]}))
        if itself:
            return Scope(code, slug, itself.title)
    if engine.first(SearchQuery(scope=within)) is None:
        return None
    return Scope(code, slug, _("edition %(year)s") % {"year": slug} if code == "edition" else slug)


def _page(typed: str) -> int:
    try:
        return min(max(int(typed), 1), _MAX_PAGE)
    except ValueError:
        return 1
