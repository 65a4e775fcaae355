"""Whether the addresses of sources still work: asked now and then, politely, and called broken only after a while."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from zaveza import clock, fetching

from ..enums import LinkResult, LinkState
from ..models import Evidence, EvidenceState, LinkCheck

# So often in a row an address has to fail, on different days, before readers are told.
BROKEN_AFTER = 3
AGAIN_AFTER = dt.timedelta(days=30)
# Until the next look after each failure in a row; from the last on always as long.
BACK_OFF = tuple(dt.timedelta(days=days) for days in (1, 3, 7, 14, 30, 60))
# In one run of `tick`: so many addresses, so many of one host, and so many seconds between two of one host.
PER_RUN, PER_HOST, PAUSE = 100, 10, 2.0
_LIMITS = fetching.Limits(seconds=20.0)
# The server is there and refuses a machine, or asks it to come later.
_REFUSED = frozenset({401, 403, 405, 406, 407, 429, 451, 503, 999})


def due_links(now: dt.datetime) -> QuerySet[Evidence]:
    """Evidence whose address is to be asked, the longest waiting first."""
    never = Q(state__isnull=True) | Q(state__next_check_at__isnull=True)
    return (
        Evidence.objects.exclude(url="")
        .filter(never | Q(state__next_check_at__lte=now))
        .select_related("state")
        .order_by("state__next_check_at", "pk")
    )


def check_due_links(
    now: dt.datetime, network: fetching.Network | None = None, wait: Callable[[float], None] = time.sleep
) -> str | None:
    """Ask the addresses that are due, a limited number in one run. For `manage.py tick`."""
    found = Counter(check_link(evidence, network).result for evidence in _politely(due_links(now), wait))
    if not found:
        return None
    return f"{found.total()} checked, {found[LinkResult.FAILED]} failed"


def _politely(due: QuerySet[Evidence], wait: Callable[[float], None]) -> Iterator[Evidence]:
    """No more than a few of one host in one run, with a pause between them; the others wait for the next run."""
    asked: Counter[str] = Counter()
    last: dict[str, float] = {}
    for evidence in due[: PER_RUN * 10]:
        host = _host(evidence.url)
        if asked[host] >= PER_HOST:
            continue
        if host in last:
            wait(max(0.0, PAUSE - (time.monotonic() - last[host])))
        yield evidence
        asked[host] += 1
        last[host] = time.monotonic()
        if asked.total() >= PER_RUN:
            return


def _host(url: str) -> str:
    """Whose turn it is; nobody's where the address is none, of which the check itself has its word to say."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def check_link(evidence: Evidence, network: fetching.Network | None = None) -> LinkCheck:
    """Ask one address and note what came of it."""
    with translation.override(settings.LANGUAGE_CODE):
        check = _ask(evidence, network)
    with transaction.atomic():
        check.save()
        state, _is_new = EvidenceState.objects.select_for_update().get_or_create(evidence=evidence)
        _conclude(state, check)
        state.save(update_fields=["link", "failures", "checked_at", "worked_at", "next_check_at"])
    return check


def _ask(evidence: Evidence, network: fetching.Network | None) -> LinkCheck:
    check = LinkCheck(evidence=evidence, checked_at=clock.now(), url=evidence.url, result=LinkResult.FAILED)
    # Nothing is asked without https. Where the same page answers with it, the address is as good as that.
    is_plain = evidence.url.lower().startswith("http:")
    try:
        answer = fetching.probe("https" + evidence.url[4:] if is_plain else evidence.url, _LIMITS, network)
    except fetching.UnsafeAddressError as error:
        check.result, check.problem = LinkResult.UNSURE, str(error)[:255]
    except fetching.FetchFailedError as error:
        check.status, check.problem = error.status, str(error)[:255]
    else:
        check.status, check.final_url = answer.status, answer.url[:2000]
        if answer.status < 400:
            check.result = LinkResult.WORKS
        elif answer.status in _REFUSED:
            check.result = LinkResult.UNSURE
    if is_plain and check.result == LinkResult.FAILED:
        check.result = LinkResult.UNSURE
    return check


def _conclude(state: EvidenceState, check: LinkCheck) -> None:
    """What the checks up to this one amount to, and when to look again."""
    state.checked_at = check.checked_at
    if check.result == LinkResult.FAILED:
        state.failures += 1
        state.link = LinkState.BROKEN if state.failures >= BROKEN_AFTER else LinkState.FAILING
        later = BACK_OFF[min(state.failures, len(BACK_OFF)) - 1]
    else:
        state.failures, later = 0, AGAIN_AFTER
        state.link = LinkState(check.result)
        if check.result == LinkResult.WORKS:
            state.worked_at = check.checked_at
    # Spread over a day: what was imported together is not asked together for ever.
    state.next_check_at = check.checked_at + later + dt.timedelta(minutes=state.evidence.pk * 37 % 1440)
