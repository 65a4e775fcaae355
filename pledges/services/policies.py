"""Publishing a version of the methodology, of how mistakes are corrected, or of the money."""

import datetime as dt

from django.utils.translation import gettext as _

from zaveza import clock

from ..models import PolicyVersion
from .rules import RuleViolation, check, one_writer


def publish_policy(policy: PolicyVersion, *, published_at: dt.datetime | None = None) -> PolicyVersion:
    """Make a version public; it and its words are frozen from now on. `published_at` replays an earlier publication.

    Raises `RuleViolation`.
    """
    with one_writer():
        stored = PolicyVersion.objects.filter(pk=policy.pk).values_list("published_at", flat=True).first()
        if stored is not None:
            raise RuleViolation(_("This version is already published."))
        if not policy.texts.exists():
            raise RuleViolation(_("A version needs words in at least one language."))
        policy.published_at = published_at or clock.now()
        check(policy)
        policy.save()
    return policy
