"""Drafts that have been over the desk, for tests of what comes after it."""

from typing import Any

from pledges import services
from pledges.enums import Stage
from pledges.models import Assessment
from pledges.services.approvals import digest_of
from zaveza.users.models import User


def approved(assessment: Assessment, approver: User, **fields: Any) -> Assessment:
    """A draft as if a second reader had just approved it without a reply window."""
    assessment.save()
    values = {"stage": Stage.REPLY_WINDOW, "approver": approver, "window_skipped": "Poskus.", **fields}
    Assessment.objects.filter(pk=assessment.pk).update(approved_digest=digest_of(assessment), **values)
    assessment.refresh_from_db()
    return assessment


def publish(assessment: Assessment, approver: User) -> Assessment:
    """Publish a draft past the desk, which has its own tests; what the record refuses is refused."""
    if assessment.published_at is None and assessment.author_id != approver.pk:
        approved(assessment, approver)
    return services.publish_assessment(assessment, approver)
