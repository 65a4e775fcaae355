"""The daily letters to followers, found by running each search over what changed since its last letter.

An entry stands in a letter if the document belongs to the search now and was changed (`DocumentChange`) by a write
after the last one that a letter told of (`SearchAlert.place`), not after the one at which this run began. Places move
on in the transaction that writes the letter down: a run that dies tells the rest tomorrow, and nothing twice. Days
without a run, a quiet period among them, only make the next letter longer. The rows of the embedded index answer,
whichever engine searches.
"""

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import translation

from zaveza import clock, quiet
from zaveza.mail import services as mail

from ..alert_links import Purpose, link
from ..follows import UnknownSubject, described, followables
from ..models import DocumentChange, IndexState, SearchAlert, SearchEntry
from ..registry import sources
from .alerts import tell_of_end
from .outbox import drain

logger = logging.getLogger(__name__)

# Entries of one search in a letter; the page has the others.
MOST_ENTRIES = 50
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DigestEntry:
    """One document in a letter."""

    kind: str
    title: str
    url: str
    is_new: bool
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Section:
    """What changed in one search."""

    title: str
    page_url: str
    leave_url: str
    entries: Sequence[DigestEntry] = field(default_factory=tuple)
    more: int = 0


def send_digests(now: dt.datetime) -> str | None:
    """One letter a day to each address that follows something in which anything changed. For `manage.py tick`."""
    due = _due(now)
    if not due.exists():
        return None
    if quiet.is_quiet(now):
        return "quiet period: waits"
    drain()
    until = IndexState.current().version
    letters = failed = 0
    for address, language in list(due.order_by("address", "language").values_list("address", "language").distinct()):
        try:
            letters += _tell(address, language, until, now)
        except Exception:
            logger.exception("The letter to one follower was not written")
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} letters were not written, {letters} were")
    return f"{letters} letters" if letters else None


def _due(now: dt.datetime) -> QuerySet[SearchAlert]:
    """Confirmed follows without a run on this day in Slovenia."""
    midnight = dt.datetime.combine(now.astimezone(clock.SITE_ZONE).date(), dt.time.min, clock.SITE_ZONE)
    # After a day was set (a demo), the last run may lie ahead.
    return SearchAlert.objects.filter(
        Q(run_at__lt=midnight) | Q(run_at__gte=midnight + _DAY), confirmed_at__isnull=False
    )


def _tell(address: str, language: str, until: int, now: dt.datetime) -> bool:
    """Whether there was anything to tell."""
    with transaction.atomic():
        alerts = list(
            _due(now).select_for_update().filter(address=address, language=language).order_by("created_at", "pk")
        )
        if not alerts:
            return False
        with translation.override(language):
            sections = [section for alert in alerts if (section := _section(alert, until))]
        SearchAlert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(place=until, run_at=now)
        if not sections:
            return False
        leave_all = link(Purpose.LEAVE_ALL, address, language)
        mail.send(
            "follow_digest",
            [alerts[-1].email],
            {
                "sections": sections,
                "count": sum(len(section.entries) + section.more for section in sections),
                "mine_url": link(Purpose.MINE, address, language),
                "leave_all_url": leave_all,
            },
            language=language,
            kind="follow_digest",
            headers={"List-Unsubscribe": f"<{leave_all}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )
        return True


def _section(alert: SearchAlert, until: int) -> Section | None:
    changes = DocumentChange.objects.filter(number__gt=alert.place, number__lte=until)
    if not changes.exists():
        return None
    followable = followables().get(alert.kind)
    given = QueryDict(alert.query)
    try:
        if followable is None:
            raise UnknownSubject([alert.kind])
        subject = followable.read(given)
    except UnknownSubject:
        tell_of_end(alert)
        return None
    found: dict[str, list[DocumentChange]] = {}
    for change in changes.filter(document_id__in=followable.entries(given).values("document_id")):
        found.setdefault(change.document_id, []).append(change)
    if not found:
        return None
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return Section(
        subject.title,
        f"{site}{subject.page_url}",
        link(Purpose.LEAVE, alert.key, alert.language),
        list(_entries(found, alert.language, site)),
        max(len(found) - MOST_ENTRIES, 0),
    )


def _entries(found: dict[str, list[DocumentChange]], language: str, site: str) -> Iterator[DigestEntry]:
    """The last changed first."""
    shown = list(found)[:MOST_ENTRIES]
    rows = {entry.document_id: entry for entry in SearchEntry.objects.filter(document_id__in=shown)}
    lines = described(mark for identifier in shown for change in reversed(found[identifier]) for mark in change.added)
    kinds = {code: str(source.kind) for code, source in sources().items()}
    for identifier in shown:
        entry, changes = rows[identifier], found[identifier]
        marks = [mark for change in reversed(changes) for mark in change.added]
        yield DigestEntry(
            kind=kinds.get(entry.type, entry.type),
            title=title_of(entry, language),
            url=f"{site}{path_of(entry, language)}",
            is_new=any(change.is_new for change in changes),
            lines=[lines[mark] for mark in dict.fromkeys(marks) if mark in lines],
        )


def title_of(entry: SearchEntry, language: str) -> str:
    """The title in a language, else in that of the document; on one line."""
    return " ".join(str(entry.data.get("titles", {}).get(language) or entry.title).split())


def path_of(entry: SearchEntry, language: str) -> str:
    """The path of the document's page for readers of a language."""
    return f"/{language}{entry.url}" if entry.data.get("language_neutral") else entry.url
