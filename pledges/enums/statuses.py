"""Pledges and their statuses."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PledgeState(models.TextChoices):
    """Where a pledge is in the workflow; only published ones are public, merged and withdrawn ones by their address."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    MERGED = "merged", _("merged")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PledgeKind(models.TextChoices):
    ACTION = "action", _("action")
    OUTCOME = "outcome", _("outcome")
    MAINTAIN = "maintain", _("keeping things as they are")
    EXAMINE = "examine", _("examination")


class Testability(models.TextChoices):
    """The first gate: a pledge that cannot be tested is shown but never rated nor counted in a denominator."""

    __test__ = False  # not a test class, whatever pytest makes of the name

    TESTABLE = "testable", _("testable")
    TESTABLE_AS_INTERPRETED = "testable_as_interpreted", _("testable as interpreted")
    NOT_TESTABLE = "not_testable", _("not testable")


class PromisedBy(models.TextChoices):
    CANDIDATE = "candidate", _("candidate")
    NGO = "ngo", pgettext_lazy("promised by", "non-governmental organisation")


class Status(models.TextChoices):
    """The eight statuses of a pledge, in the order of bars and keys (design: visual, Statuses)."""

    FULFILLED = "fulfilled", pgettext_lazy("status", "fulfilled")
    PARTLY = "partly", pgettext_lazy("status", "partly fulfilled")
    IN_PROGRESS = "in_progress", pgettext_lazy("status", "in progress")
    STALLED = "stalled", pgettext_lazy("status", "stalled")
    NOT_STARTED = "not_started", pgettext_lazy("status", "not started")
    NOT_ASSESSED = "not_assessed", pgettext_lazy("status", "not assessed yet")
    NOT_FULFILLED = "not_fulfilled", pgettext_lazy("status", "not fulfilled")
    NO_INFORMATION = "no_information", pgettext_lazy("status", "no information")

    @property
    def is_final(self) -> bool:
        """Only completion, a deadline, renunciation or the end of the mandate brings one of these."""
        return self in FINAL_STATUSES

    @property
    def meaning(self) -> str:
        """The definition that stands beside the status on the pledge's page."""
        return STATUS_MEANINGS[self]


FINAL_STATUSES = frozenset({Status.FULFILLED, Status.PARTLY, Status.NOT_FULFILLED})


# Shown after the gap of a bar, outside the denominator (design: domain, Counting).


UNCOUNTED_STATUSES = frozenset({Status.NO_INFORMATION})


# No row may carry it: it is what a pledge without a current assessment has.


ASSESSABLE_STATUSES = [status for status in Status if status is not Status.NOT_ASSESSED]


STATUS_MEANINGS = {
    Status.NOT_ASSESSED: _("No assessment has been published."),
    Status.NO_INFORMATION: _("We checked and asked; the sources do not allow a judgement."),
    Status.NOT_STARTED: _("The sources show no official step."),
    Status.IN_PROGRESS: _(
        "An official step exists (a decision, budget line, tender or contract), but the pledge is not fulfilled yet."
    ),
    Status.STALLED: _("Begun or due, but nothing has moved for months, or it is blocked."),
    Status.FULFILLED: _("Every success criterion is met: adopted and carried out."),
    Status.PARTLY: _("A substantial part was delivered, or a lesser measure toward the same goal."),
    Status.NOT_FULFILLED: _(
        "The deadline or the mandate ended without it, it was renounced, or the opposite was done."
    ),
}


# What "in progress" means for a pledge to keep things as they are.


MAINTAIN_IN_PROGRESS_MEANING = _("Upheld so far.")


class Gate(models.TextChoices):
    """Look like statuses but are not: why a pledge is shown and not rated."""

    NOT_TESTABLE = "not_testable", _("not testable")
    NOT_IN_OFFICE = "not_in_office", _("not in office")


class Reason(models.TextChoices):
    """Why a pledge is where it is; a qualifier beside the status, never inside it."""

    COUNCIL = "council", pgettext_lazy("reason", "council")
    STATE = "state", pgettext_lazy("reason", "state")
    COURT = "court", pgettext_lazy("reason", "court")
    NO_MONEY = "no_money", pgettext_lazy("reason", "no money")
    RENOUNCED = "renounced", pgettext_lazy("reason", "renounced")
    PRIORITY_CHANGED = "priority_changed", pgettext_lazy("reason", "priority changed")
    FORCE_MAJEURE = "force_majeure", pgettext_lazy("reason", "force majeure")
    UNKNOWN = "unknown", pgettext_lazy("reason", "unknown")


class Verification(models.TextChoices):
    SELF_DECLARED = "self_declared", _("self-declared")
    DOCUMENTED = "documented", _("documented")
    ON_SITE = "on_site", _("seen on site")


class Openness(models.TextChoices):
    """How the body answers questions; counted apart from the status."""

    CLOSED = "closed", pgettext_lazy("openness", "closed")
    RESTRICTED = "restricted", pgettext_lazy("openness", "restricted")
    UNCOOPERATIVE = "uncooperative", pgettext_lazy("openness", "uncooperative")
    RESPONSIVE = "responsive", pgettext_lazy("openness", "responsive")
    OPEN = "open", pgettext_lazy("openness", "open")


class Outlook(models.TextChoices):
    """Only for a pledge with a due date; counted apart from the status."""

    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    OFF_TRACK = "off_track", _("off track")


class Outcome(models.TextChoices):
    """Did cooperation improve; mid-term and final assessments only (the scale of the OGP review)."""

    WORSENED = "worsened", _("worsened")
    NO_CHANGE = "no_change", _("no change")
    MARGINAL = "marginal", _("marginal improvement")
    MAJOR = "major", _("major improvement")
    OUTSTANDING = "outstanding", _("outstanding improvement")
