"""Facets beside the hits: every value that occurs, with its number, and the filters in use."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from zaveza.base.templatetags.base_tags import first_upper

from .engines import COUNTED_FACETS, SearchQuery, Sort
from .parameters import FILTERS, Parameters
from .queries import ReadQuery
from .query_language import known_fields
from .registry import sources

# A facet shows this many values at once (and every chosen one); the others fold.
OPEN_OPTIONS = 8


@dataclass(frozen=True)
class Option:
    """One value of a facet; `code` is a status whose mark stands before the word."""

    value: str
    label: str
    count: int
    chosen: bool
    code: str = ""


@dataclass(frozen=True)
class Facet:
    """One group of checkboxes: what is open, and what folds."""

    name: str
    label: str
    options: list[Option]
    folded: list[Option] = field(default_factory=list)


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the search without it."""

    label: str
    url: str


def shown_facets(parameters: Parameters, counts: Mapping[str, Mapping[str, int]]) -> list[Facet]:
    """The facets with anything to choose. What is not counted is a chip, and the form carries it on."""
    shown = (_facet(code, parameters, counts.get(code, {})) for code in FILTERS if code in COUNTED_FACETS)
    return [facet for facet in shown if facet.options]


def _facet(code: str, parameters: Parameters, counts: Mapping[str, int]) -> Facet:
    chosen = set(parameters.filters.get(code, ()))
    # Types are few, and it says something that one of them has no hit.
    options = [
        Option(value, label, counts.get(value, 0), value in chosen, value if code == "status" else "")
        for value, label in _labels(code, {*counts, *chosen}).items()
        if value in chosen or counts.get(value) or code == "type"
    ]
    if len(options) <= OPEN_OPTIONS + 2:
        return Facet(code, _legend(code), options)
    ranked = sorted(options, key=lambda option: (not option.chosen, -option.count))
    shown = {option.value for option in ranked[:OPEN_OPTIONS]} | chosen
    return Facet(
        code,
        _legend(code),
        [option for option in options if option.value in shown],
        [option for option in options if option.value not in shown],
    )


def _legend(code: str) -> str:
    if code == "type":
        return _("Type")
    if code == "language":
        return _("Language")
    return str(known_fields()[code].legend) if code in known_fields() else code


def _labels(code: str, wanted: Collection[str]) -> dict[str, str]:
    """Values with their words, in the order of the facet."""
    if code == "type":
        return {source.type: first_upper(str(source.label)) for source in sources().values()}
    if code == "language":
        return {language: first_upper(str(name)) for language, name in settings.LANGUAGES}
    if code not in known_fields():
        return {value: value for value in sorted(wanted)}
    if not wanted:
        return {}
    return {named.value: named.label for named in known_fields()[code].values() if named.value in set(wanted)}


def chips(parameters: Parameters, read: ReadQuery) -> list[Chip]:
    """The conditions typed and the filters chosen, each with the search without it."""
    result = []
    for condition in read.conditions:
        words = _(" or ").join(condition.labels)
        label = f"{first_upper(str(condition.field.label))}: {words}"
        if condition.excluded:
            label = _("not %(what)s") % {"what": label}
        result.append(Chip(label, parameters.address(text=condition.rest)))
    for code in FILTERS:
        chosen = parameters.filters.get(code, ())
        labels = _labels(code, chosen) if chosen else {}
        result += [Chip(labels.get(value, value), parameters.address(without=(code, value))) for value in chosen]
    return result


def sort_links(parameters: Parameters, query: SearchQuery) -> list[tuple[str, str, bool]]:
    """The orders to choose from: words, address, and whether it is this one."""
    words = {
        Sort.RELEVANCE: _("by relevance"),
        Sort.CHANGED: _("by last change"),
        Sort.DUE: _("by due date"),
    }
    return [
        (label, parameters.address(sort=sort), sort == query.order)
        for sort, label in words.items()
        # Without words, none is more relevant than another.
        if query.has_words or sort != Sort.RELEVANCE
    ]
