"""The closed vocabularies of the domain (design: domain). Codes are permanent: they stand in addresses and exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EditionState(models.TextChoices):
    """How far one School for Mayors is."""

    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open")
    RUNNING = "running", _("running")
    ARCHIVED = "archived", _("archived")


class DatePrecision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class OrganisationKind(models.TextChoices):
    HUB = "hub", _("regional NGO hub")
    NGO = "ngo", _("non-governmental organisation")
    MUNICIPALITY_BODY = "municipality_body", _("municipality body")
    MINISTRY = "ministry", _("ministry or office of the state")
    COMPANY = "company", _("company")
    ACADEMIA = "academia", _("academia")
    MEDIA = "media", _("media")
    FUNDER = "funder", _("funder")


class PartnershipRole(models.TextChoices):
    INITIATOR = "initiator", _("initiator")
    PARTNER = "partner", _("partner")
    HONORARY_PATRON = "honorary_patron", _("honorary patron")
    FUNDER = "funder", _("funder")
    MEDIA_PARTNER = "media_partner", _("media partner")


class Gender(models.TextChoices):
    """Only for the grammatical form of words about a person; may be left empty."""

    FEMALE = "f", _("female form")
    MALE = "m", _("male form")


class MandateEndReason(models.TextChoices):
    TERM = "term", _("end of the term")
    RESIGNATION = "resignation", _("resignation")
    OTHER_OFFICE = "other_office", _("took another office")
    DEATH = "death", _("death")
    DISMISSAL = "dismissal", _("dismissal")


class LinkPurpose(models.TextChoices):
    """What a candidate's team may do with one link; each link does one thing."""

    PROGRAMME = "programme", _("hand in the programme")
    REPLY = "reply", _("reply to assessments")


class KeyDateKind(models.TextChoices):
    """A step that the site itself goes by."""

    OTHER = "", _("none of these")
    PROGRAMMES_DUE = "programmes_due", _("programmes are due")


class SubmissionChannel(models.TextChoices):
    FORM = "form", _("online form")
    EMAIL = "email", _("e-mail")
    PAPER = "paper", _("on paper")


class Suitability(models.TextChoices):
    UNDECIDED = "", _("not decided yet")
    SUITABLE = "suitable", _("suitable")
    NOT_SUITABLE = "not_suitable", _("not suitable")


class AdoptionStage(models.TextChoices):
    """Where a programme stands that becomes an official act of the municipality."""

    NONE = "", _("not an official act")
    DRAFTED = "drafted", _("drafted")
    CONSULTED = "consulted", _("consulted")
    ADOPTED = "adopted", _("adopted")
    IN_FORCE = "in_force", _("in force")
    REPORTED = "reported", _("reported")


class Uptake(models.TextChoices):
    """How far a programme took up what an NGO proposed."""

    FULLY = "fully", _("taken up fully")
    PARTLY = "partly", _("taken up partly")
    DECLINED = "declined", _("declined")


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


class AssessmentKind(models.TextChoices):
    INITIAL = "initial", _("first assessment")
    CHANGE = "change", _("change")
    CONFIRMATION = "confirmation", _("confirmation")
    CORRECTION = "correction", _("correction")
    RETRACTION = "retraction", _("retraction")


class Stage(models.TextChoices):
    """How far an assessment is (design: domain, Workflow 3). Only the last one is public."""

    DRAFT = "draft", pgettext_lazy("assessment", "draft")
    SECOND_READER = "second_reader", _("with the second reader")
    REPLY_WINDOW = "reply_window", _("in the reply window")
    PUBLISHED = "published", pgettext_lazy("assessment", "published")


class DeskStepKind(models.TextChoices):
    """What happened to a draft on its way."""

    SUBMITTED = "submitted", _("given to the second reader")
    RETURNED = "returned", _("returned to the author")
    APPROVED = "approved", _("approved")
    ASKED = "asked", _("reply window opened")
    NOT_ASKED = "not_asked", _("reply window skipped")
    ANSWERED = "answered", pgettext_lazy("step", "answered")
    UNANSWERED = "unanswered", _("no answer by the date")
    PUBLISHED = "published", pgettext_lazy("step", "published")


class EvidenceKind(models.TextChoices):
    COUNCIL_MINUTES = "council_minutes", _("council minutes")
    BUDGET_LINE = "budget_line", _("budget line")
    CONTRACT = "contract", _("contract")
    OFFICIAL_JOURNAL = "official_journal", _("official journal")
    PHOTO = "photo", _("photograph")
    NEWS = "news", pgettext_lazy("kind of evidence", "news")
    REPLY = "reply", _("reply")
    INFORMATION_REQUEST = "information_request", _("information request")
    SITE_VISIT = "site_visit", _("site visit")
    OTHER = "other", pgettext_lazy("kind of evidence", "other")


class Direction(models.TextChoices):
    SUPPORTS = "supports", pgettext_lazy("evidence", "supports")
    CONTRADICTS = "contradicts", pgettext_lazy("evidence", "contradicts")
    CONTEXT = "context", pgettext_lazy("evidence", "context")


class ReplyState(models.TextChoices):
    INVITED = "invited", _("asked")
    RECEIVED = "received", _("answered")
    DECLINED = "declined", _("declined to answer")
    NONE = "none", _("no answer by the date")
    LATE = "late", _("answered late")


class CorrectionSeverity(models.TextChoices):
    TYPOGRAPHY = "typography", _("typography")
    FACT = "fact", _("fact")
    VERDICT = "verdict", _("verdict")


class RequestedBy(models.TextChoices):
    READER = "reader", _("reader")
    MUNICIPALITY = "municipality", _("municipality")
    CANDIDATE = "candidate", _("candidate")
    NGO = "ngo", pgettext_lazy("requested by", "non-governmental organisation")
    OURSELVES = "ourselves", _("ourselves")


class RedactionGround(models.TextChoices):
    """Why the law had published words erased."""

    PERSONAL_DATA = "personal_data", _("personal data")
    COURT = "court", _("decision of a court or an authority")
    RIGHTS = "rights", _("rights of others")


class PolicyKind(models.TextChoices):
    """What the site binds itself to, in versions."""

    METHODOLOGY = "methodology", _("Methodology")
    CORRECTIONS = "corrections", _("Corrections")
    FUNDING = "funding", _("Funding")


class LinkResult(models.TextChoices):
    """What one look at an address found."""

    WORKS = "works", pgettext_lazy("link", "works")
    # The server refuses a machine, or there is no https to ask: neither proves that a reader gets nothing.
    UNSURE = "unsure", pgettext_lazy("link", "cannot be told")
    FAILED = "failed", pgettext_lazy("link", "failed")


class LinkState(models.TextChoices):
    """What the checks of an address amount to."""

    UNCHECKED = "unchecked", pgettext_lazy("link", "not checked yet")
    WORKS = LinkResult.WORKS.value, LinkResult.WORKS.label
    UNSURE = LinkResult.UNSURE.value, LinkResult.UNSURE.label
    FAILING = "failing", pgettext_lazy("link", "failed lately")
    BROKEN = "broken", pgettext_lazy("link", "broken")


class CopyState(models.TextChoices):
    """How far the fetching of a copy is."""

    WAITING = "waiting", pgettext_lazy("copy", "is being fetched")
    FAILED = "failed", pgettext_lazy("copy", "could not be fetched")
    STORED = "stored", pgettext_lazy("copy", "stored")


class TipState(models.TextChoices):
    NEW = "new", pgettext_lazy("tip", "new")
    IN_WORK = "in_work", pgettext_lazy("tip", "in work")
    USED = "used", pgettext_lazy("tip", "used")
    REJECTED = "rejected", pgettext_lazy("tip", "not usable")


class LedgerKind(models.TextChoices):
    """What a row of the ledger records."""

    ASSESSMENT = "assessment", _("assessment")
    REPLY = "reply", _("reply")
    CORRECTION = "correction", _("correction")
    AMENDMENT = "amendment", _("amendment")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    MERGE = "merge", _("merge")


class AmendedField(models.TextChoices):
    """A frozen word of a pledge that an amendment may change."""

    QUOTE = "quote", _("quote")
    QUOTE_PREFIX = "quote_prefix", _("text before the quote")
    QUOTE_SUFFIX = "quote_suffix", _("text after the quote")
    PAGE = "page", _("page")
    PARAGRAPH = "paragraph", _("paragraph")
    SUCCESS_CRITERIA = "success_criteria", _("success criteria")


class ImportState(models.TextChoices):
    """How far an import of the admin is."""

    CHECKING = "checking", _("being checked")
    REFUSED = "refused", _("refused")
    CHECKED = "checked", _("checked, waits for your word")
    WRITING = "writing", _("being written")
    DONE = "done", _("written")
    FAILED = "failed", _("failed")


class TextSource(models.TextChoices):
    """Where the text of a programme that marks refer to comes from."""

    FILE = "file", _("from the file")
    TYPED = "typed", _("typed in")


class ExtractionState(models.TextChoices):
    """How far one person's extraction is."""

    DRAFT = "draft", pgettext_lazy("extraction", "in progress")
    FINISHED = "finished", pgettext_lazy("extraction", "finished")


class MarkOutcome(models.TextChoices):
    """What the settlement makes of a mark."""

    ACCEPTED = "accepted", pgettext_lazy("mark", "becomes a pledge")
    MERGED = "merged", pgettext_lazy("mark", "the same pledge as another mark")
    REJECTED = "rejected", pgettext_lazy("mark", "no pledge")
