"""Publish the demo's courses of events in the order of time, as the real record would have grown."""

import datetime as dt
from dataclasses import dataclass

from zaveza import clock

from .. import services
from ..enums import AssessmentKind, CorrectionSeverity, ReplyState, RequestedBy
from ..factories import AssessmentFactory, CorrectionFactory, EvidenceFactory, ReplyFactory
from ..models import Assessment, AssessmentEvidence, Mandate, Pledge
from .histories import COURSES, ENDED_COURSES, ENDED_TURN, TURN, Step
from .people import HUBS, Stand
from .sources import OLD_ADDRESS
from .staff import Staff

_HUB_OF = {municipality: slug for slug, _name, _english, municipalities in HUBS for municipality in municipalities}


@dataclass
class Publication:
    """One step of one pledge with its moment."""

    at: dt.datetime
    effective: dt.date
    pledge: Pledge
    hub: str
    index: int
    step: Step


def publish_courses(
    promised: list[tuple[Pledge, Stand, int]],
    mandates: dict[tuple[str, int], Mandate],
    staff: Staff,
    until: dt.datetime,
) -> None:
    """Publish all steps up to `until`, oldest first; a step that would come later is not written."""
    publications = sorted(
        (
            publication
            for turn, (pledge, stand, _number) in enumerate(_assessable(promised))
            for publication in _course(turn, pledge, stand, mandates[stand.municipality, stand.year])
            if publication.at <= until
        ),
        key=lambda publication: (publication.at, publication.pledge.pk),
    )
    published: dict[tuple[int, int], Assessment] = {}
    for publication in publications:
        published[publication.pledge.pk, publication.index] = _publish(publication, published, staff)


def _assessable(promised: list[tuple[Pledge, Stand, int]]) -> list[tuple[Pledge, Stand, int]]:
    return [entry for entry in promised if not entry[0].gate_code]


def _course(turn: int, pledge: Pledge, stand: Stand, mandate: Mandate) -> list[Publication]:
    if stand.year == 2018:
        statuses, courses = ENDED_TURN, ENDED_COURSES
    else:
        statuses, courses = TURN, COURSES
    choices = courses[statuses[turn % len(statuses)]]
    steps = choices[(turn // len(statuses)) % len(choices)]
    shift = turn % 29  # so that not everything happens on one day
    publications = []
    for index, step in enumerate(steps):
        last = (mandate.last_day - mandate.start).days
        day = step.day if step.day >= last else min(step.day + shift, last)
        if step.supersedes is not None:  # judges the same day as the row that it replaces
            day = min(steps[step.supersedes].day + shift, last)
        effective = mandate.start + dt.timedelta(days=day)
        moment = dt.datetime.combine(
            effective + dt.timedelta(days=step.lag), dt.time(9 + turn % 8, turn % 60), clock.SITE_ZONE
        )
        publications.append(Publication(moment, effective, pledge, _HUB_OF[stand.municipality], index, step))
    return publications


def _publish(publication: Publication, published: dict[tuple[int, int], Assessment], staff: Staff) -> Assessment:
    step, pledge = publication.step, publication.pledge
    superseded = None if step.supersedes is None else published[pledge.pk, step.supersedes]
    assessment = AssessmentFactory(
        pledge=pledge,
        kind=step.kind,
        supersedes=superseded,
        status=step.status,
        late=step.late,
        reason=step.reason,
        inherited=step.inherited,
        verification=step.verification,
        openness=step.openness,
        effective_date=publication.effective,
        author=staff.monitors[publication.hub],
        approver=None,
        summary=step.summary,
        reasoning="",
        methodology_version=pledge.edition.methodology_version,
    )
    for source in step.sources:
        evidence = EvidenceFactory(
            pledge=pledge,
            kind=source.kind,
            direction=source.direction,
            title=source.title,
            publisher=source.publisher,
            url=OLD_ADDRESS if publication.index == 0 and publication.pledge.number == 1 else "",
            published_on=publication.effective,
            accessed_on=publication.at.date(),
        )
        AssessmentEvidence.objects.create(assessment=assessment, evidence=evidence)
    assessment = services.publish_assessment(assessment, staff.reviewer, published_at=publication.at)
    _reply(publication, assessment)
    if step.correction[0]:
        correction = CorrectionFactory(
            pledge=pledge,
            assessment=superseded,
            wrong=step.correction[0],
            right=step.correction[1],
            wrong_since=superseded.published_at.date() if superseded and superseded.published_at else None,
            severity=CorrectionSeverity.VERDICT if step.kind == AssessmentKind.CORRECTION else CorrectionSeverity.FACT,
            requested_by=RequestedBy.READER,
        )
        services.publish_correction(correction, published_at=publication.at)
    return assessment


def _reply(publication: Publication, assessment: Assessment) -> None:
    """A reply, or that none came by the date (a step says "-" for that)."""
    text = publication.step.reply
    if not text:
        return
    asked = publication.at.date() - dt.timedelta(days=18)
    due = asked + dt.timedelta(days=14)
    answered = text != "-"
    reply = ReplyFactory(
        pledge=publication.pledge,
        assessment=assessment,
        invited_on=asked,
        due_on=due,
        received_on=asked + dt.timedelta(days=9) if answered else None,
        state=ReplyState.RECEIVED if answered else ReplyState.NONE,
        text=text if answered else "",
        answered_at=publication.at - dt.timedelta(days=9) if answered else None,
    )
    services.publish_reply(reply, published_at=publication.at)
