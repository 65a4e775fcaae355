"""What is published about pledges, and the steps before."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class AnswerChannel(models.TextChoices):
    """The way in which an answer came that somebody entered by hand."""

    POST = "post", _("by post")
    EMAIL = "email", _("by e-mail")
    PHONE = "phone", _("by telephone")
    IN_PERSON = "in_person", _("in person")
    OTHER = "other", pgettext_lazy("channel", "in another way")


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
    INTERPRETATION = "interpretation", _("interpretation")
    INDICATOR_TARGET = "indicator_target", _("target of the indicator")
    RESPONSIBLE_BODY = "responsible_body", _("responsible body")


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
