"""Search by substring in the admin's lists and choosers. Readers' search is the app `search`."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet


def containing(records: QuerySet, fields: Iterable[str], text: str) -> QuerySet:
    """Records with the text in one of the fields. SQLite folds the case of ASCII only, so common cases are tried."""
    found = Q(pk__in=[])
    for variant in {text, text.lower(), text.upper(), text.capitalize(), text.title()}:
        for field in fields:
            found |= Q(**{f"{field}__icontains": variant})
    return records.order_by().filter(found)
