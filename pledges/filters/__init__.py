"""The one reader of the pledge list's query string: rows, counts, facets, chips and links all come from it."""

from .conditions import overdue
from .facets import IN_OFFICE, NOT_IN_OFFICE, OVERDUE, Chip, Facet, Option
from .filterset import PledgeFilterSet, UnknownFilters

__all__ = [
    "IN_OFFICE",
    "NOT_IN_OFFICE",
    "OVERDUE",
    "Chip",
    "Facet",
    "Option",
    "PledgeFilterSet",
    "UnknownFilters",
    "overdue",
]
