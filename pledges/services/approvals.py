"""What two people sign: declarations of interest, the evidence, and that nothing changes after the second one's yes."""

import hashlib
import json

from django.db.models import Q
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.users.models import User

from ..enums import AssessmentKind, Direction, Stage, Status
from ..models import Assessment, AssessmentEvidence, Evidence, HubCoverage
from .rules import RuleViolation

# What the one who approves reads and signs: the page of the approval shows each of these (`viewsets.desk_actions`).
SEALED = (
    "pledge_id", "kind", "supersedes_id", "status", "late", "reason", "inherited", "verification", "openness",
    "outlook", "outcome", "effective_date", "author_id", "author_interest", "language", "summary", "reasoning",
    "methodology_version",
)  # fmt: skip
# The same of each source; the hash stands for the stored copy itself.
SEALED_OF_SOURCE = (
    "kind", "direction", "title", "publisher", "url", "published_on", "accessed_on", "language", "excerpt", "sha256",
)  # fmt: skip
# These repeat or take back what is public with its evidence.
_WITHOUT_EVIDENCE = frozenset({AssessmentKind.CONFIRMATION, AssessmentKind.RETRACTION})


def digest_of(assessment: Assessment) -> str:
    """SHA-256 over the judgement, the sources it cites and their copies, as stored now."""
    row = Assessment.objects.filter(pk=assessment.pk).values(*SEALED).get()
    cited = [f"evidence__{name}" for name in SEALED_OF_SOURCE]
    row["evidence"] = list(assessment.citations.order_by("evidence_id").values("evidence_id", *cited))
    text = json.dumps(row, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def refuse_sealed(evidence: Evidence) -> None:
    """What a second reader has approved gets no other copy before it is published. Raises `RuleViolation`."""
    if AssessmentEvidence.objects.filter(evidence=evidence, assessment__stage=Stage.REPLY_WINDOW).exists():
        raise RuleViolation(
            _(
                "An approved assessment cites this evidence: its copy stays as it was read until the assessment is "
                "published or returned to its author."
            )
        )


def refuse_without_evidence(assessment: Assessment) -> None:
    """Every judgement rests on a source; one that says *delivered*, on a source that supports it.

    Nothing has to be cited by *no information*, which says that there is no source, nor by a confirmation or
    retraction, whose evidence is public already. Raises `RuleViolation`.
    """
    if assessment.kind in _WITHOUT_EVIDENCE or assessment.status == Status.NO_INFORMATION:
        return
    directions = set(assessment.evidence.values_list("direction", flat=True))
    if not directions:
        raise RuleViolation(_("An assessment cites at least one source."))
    if assessment.status in (Status.FULFILLED, Status.PARTLY) and Direction.SUPPORTS not in directions:
        raise RuleViolation(_("What was delivered, wholly or in part, is shown by a source that supports it."))


def interest_of(user: User, assessment: Assessment, declared: str = "") -> str:
    """What readers are told about the interest of one who signs: own words, and the money of the user's hub."""
    return "\n".join(part for part in (funding_of(user, assessment), declared.strip()) if part)


def funding_of(user: User, assessment: Assessment) -> str:
    """Money that the user's hub takes from the municipality that is judged, as the hub declares it; else empty."""
    today = clock.today()
    coverage = (
        HubCoverage.objects.filter(
            Q(end__isnull=True) | Q(end__gte=today),
            hub__members__user=user.pk,
            municipality=assessment.pledge.municipality_id,
            start__lte=today,
        )
        .exclude(funding_note="")
        .select_related("hub")
        .first()
    )
    return f"{coverage.hub}: {coverage.funding_note}" if coverage else ""


def refuse_both_interested(assessment: Assessment) -> None:
    """An organisation funded by the municipality is never the only assessor, nor are two with an interest.

    Raises `RuleViolation`.
    """
    if assessment.author_interest and assessment.approver_interest:
        raise RuleViolation(
            _("The author has declared an interest, and so do you: somebody without one has to read this.")
        )
