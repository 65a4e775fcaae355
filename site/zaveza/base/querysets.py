"""Which pages and documents anybody may read."""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import CollectionViewRestriction, PageViewRestriction

Pages = TypeVar("Pages", bound=QuerySet)
Members = TypeVar("Members", bound=QuerySet)


def restricted(path: str) -> Exists:
    """Whether a view restriction covers the page with this path, itself or above it; `path` is a field's name."""
    restrictions = PageViewRestriction.objects.alias(
        covered=ExpressionWrapper(OuterRef(path), output_field=CharField())
    )
    return Exists(restrictions.filter(covered__startswith=F("page__path")))


def readable(pages: Pages) -> Pages:
    """Of these pages, the published ones without a view restriction.

    The same as Wagtail's `live().public()`, but within the query itself: `public()` would ask for all restrictions
    first, once for every list on a page. An alias of a restricted page is restricted, too.
    """
    return pages.filter(~restricted("path"), ~restricted("alias_of__path"), live=True)


def in_open_collection(members: Members) -> Members:
    """Of these documents or pictures, those whose collection has no view restriction, nor one above it."""
    restrictions = CollectionViewRestriction.objects.alias(
        covered=ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    )
    return members.filter(~Exists(restrictions.filter(covered__startswith=F("collection__path"))))
