"""A few assessments at each step of the desk, so that every list of it shows something."""

from collections.abc import Iterator
from itertools import islice

from django.utils import translation

from zaveza import clock
from zaveza.users.models import User

from .. import services
from ..enums import AssessmentKind, EvidenceKind, LinkPurpose, Reason, Status
from ..factories import AssessmentFactory, EvidenceFactory
from ..links import default_expiry
from ..models import Assessment, CandidacyLink, Pledge
from .people import HUBS, Stand
from .staff import Staff

# Status, summary, the source that shows it. The words fit any promise that is being carried out.
DRAFTS = (
    (
        Status.FULFILLED,
        "Vsa merila so izpolnjena: sklep je sprejet in se izvaja od jeseni.",
        "Poročilo občinske uprave",
    ),
    (
        Status.STALLED,
        "Od zadnje ocene ni novega sklepa, postavke v proračunu ni več.",
        "Rebalans proračuna za leto 2026",
    ),
    (Status.PARTLY, "Izvedena je prva od dveh faz, druga je odpovedana.", "Zapisnik 24. redne seje"),
    (Status.FULFILLED, "Ukrep teče, društva so ga potrdila na skupnem sestanku.", "Zapisnik sestanka z društvi"),
    (Status.STALLED, "Razpis je bil razveljavljen, novega ni.", "Obvestilo o razveljavitvi razpisa"),
    (Status.PARTLY, "Sprejet je pravilnik, denarja zanj ni.", "Uradno glasilo, št. 3/2026"),
)


# Partly fulfilled before the deadline: why the rest will not come
_REASONS = {2: Reason.PRIORITY_CHANGED, 5: Reason.NO_MONEY}


def fill_desk(promised: list[tuple[Pledge, Stand, int]], staff: Staff) -> None:
    """Drafts, one returned, some with the second reader, some in the reply window, one of them answered."""
    with translation.override("sl"):
        for slug, _name, _english, municipalities in HUBS:
            _fill(_moving(promised, municipalities), staff, slug)


def _fill(pledges: Iterator[Pledge], staff: Staff, hub: str) -> None:
    author, reader = staff.monitors[hub], staff.reviewer
    # As many as there are pledges: a hub with few has the first steps only.
    for number, pledge in enumerate(islice(pledges, len(DRAFTS))):
        draft = _draft(pledge, author, number)
        if number == 0:
            continue
        services.submit_assessment(draft, author, interest="Sem članica enega od društev." if number == 1 else "")
        if number == 2:
            services.return_assessment(draft, reader, "Prosim, dodaj še sklep občinskega sveta.")
        elif number > 2:
            _make_reachable(draft.pledge)
            services.approve_assessment(draft, reader)
        if number == 4:
            reply = draft.replies.get()
            services.record_answer(
                reply, "Razpis ponovimo spomladi, sredstva so zagotovljena. Hvala za vprašanje.", clock.now()
            )
    confirmed = next(pledges, None)
    if confirmed:
        services.confirm_unchanged(confirmed, author)


def _moving(promised: list[tuple[Pledge, Stand, int]], municipalities: tuple[str, ...]) -> Iterator[Pledge]:
    """The hub's pledges that are being carried out, in the order of the record."""
    for pledge, stand, _number in promised:
        if stand.year != 2022 or stand.municipality not in municipalities or pledge.gate_code or pledge.organisation:
            continue
        current = services.current_assessment(pledge)
        if current and current.status == Status.IN_PROGRESS and not current.reason:
            yield pledge


def _draft(pledge: Pledge, author: User, number: int) -> Assessment:
    status, summary, source = DRAFTS[number]
    today = clock.today()
    evidence = EvidenceFactory(
        pledge=pledge,
        kind=EvidenceKind.OFFICIAL_JOURNAL if "glasilo" in source else EvidenceKind.COUNCIL_MINUTES,
        title=source,
        publisher="Občina",
        url="",
        published_on=today,
        accessed_on=today,
    )
    draft: Assessment = AssessmentFactory(
        pledge=pledge,
        kind=AssessmentKind.CHANGE,
        status=status,
        reason=_REASONS.get(number, ""),
        effective_date=today,
        author=author,
        approver=None,
        summary=summary,
        reasoning="",
        methodology_version=pledge.edition.methodology_version,
        evidence=[evidence],
    )
    return draft


def _make_reachable(pledge: Pledge) -> None:
    candidacy = pledge.programme.candidacy
    CandidacyLink.objects.get_or_create(
        candidacy=candidacy,
        purpose=LinkPurpose.REPLY,
        revoked_at=None,
        defaults={
            "email": f"{candidacy.public_id}@obcina.example.si",
            "expires_at": default_expiry(candidacy, LinkPurpose.REPLY),
        },
    )
