"""What the other side said, what was corrected, and what readers told or asked for."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import AnswerChannel, CorrectionSeverity, ReplyState, RequestedBy, Stage, TipState
from ..querysets import OfPledgeQuerySet
from .areas import Municipality
from .assessments import Assessment
from .files import GuardedFileField
from .pledges import Pledge
from .public_ids import PublicIdField, assign_public_id
from .redactable import digest_field, salt_field
from .words import PublishedRecord

# What a reply window is, and what came through the candidate's own link: nobody edits either by hand.
WINDOW_FIELDS = ("pledge", "assessment", "invited_on", "due_on")
ANSWER_FIELDS = ("state", "received_on", "text", "language")
# How an answer came that somebody entered by hand; readers see it.
ENTRY_FIELDS = ("channel", "entered_why")
ANSWERED = (ReplyState.RECEIVED, ReplyState.LATE, ReplyState.DECLINED)


class Reply(PublishedRecord):
    """What the mayor or candidate said about a pledge, or that no answer came by the date."""

    public_id = PublicIdField()
    pledge = models.ForeignKey(Pledge, verbose_name=_("pledge"), on_delete=models.PROTECT, related_name="replies")
    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("assessment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replies",
    )
    invited_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("due on"))
    received_on = models.DateField(_("received on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ReplyState, default=ReplyState.INVITED)
    text = models.TextField(_("text"), blank=True, help_text=_("Word for word."))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="sl")
    editors_note = models.TextField(_("editor's note"), blank=True)
    # Of an answer that did not come through the link; hashed as it is and never erased, so it holds nothing private.
    channel = models.CharField(_("how it came"), max_length=10, choices=AnswerChannel, blank=True)
    entered_why = models.CharField(
        _("why it was entered by hand"),
        max_length=255,
        blank=True,
        help_text=_("Readers see it beside the answer. No addresses, no names of private persons."),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entered_replies",
        editable=False,
    )
    # Through the candidate's own link: from then on nobody edits the words.
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    # Until then readers see only that somebody was asked; from then on the row is frozen.
    concluded_at = models.DateTimeField(_("outcome published at"), null=True, blank=True, editable=False)
    text_salt = salt_field()
    text_digest = digest_field()
    editors_note_salt = salt_field()
    editors_note_digest = digest_field()

    objects = OfPledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["-invited_on", "pk"]

    def __str__(self) -> str:
        return f"{self.pledge.public_id}: {self.get_state_display()}"

    @property
    def is_on_desk(self) -> bool:
        """Whether an approved draft waits for it: then who was asked, and until when, is the desk's."""
        return self.assessment is not None and self.assessment.stage == Stage.REPLY_WINDOW

    @property
    def is_by_hand(self) -> bool:
        """Whether it says what came of the question, and not through the candidate's own link."""
        return self.state in ANSWERED and self.answered_at is None

    @property
    def ends_window(self) -> bool:
        """Whether its assessment need not wait for the due date any more.

        That an answer was declined or late is nobody's to say before that day; words entered by hand are an answer
        where it stands how they came.
        """
        if self.answered_at is not None:
            return True
        return self.state == ReplyState.RECEIVED and bool(self.text and self.channel)

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "reply")


class Correction(PublishedRecord):
    """What was wrong, what is right, since when; stands in the public log."""

    public_id = PublicIdField()
    pledge = models.ForeignKey(
        Pledge, verbose_name=_("pledge"), null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("assessment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    wrong = models.TextField(_("what was wrong"))
    right = models.TextField(_("what is right"))
    wrong_salt = salt_field()
    wrong_digest = digest_field()
    right_salt = salt_field()
    right_digest = digest_field()
    wrong_since = models.DateField(_("wrong since"), null=True, blank=True)
    severity = models.CharField(_("severity"), max_length=12, choices=CorrectionSeverity)
    requested_by = models.CharField(_("pointed out by"), max_length=15, choices=RequestedBy)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="sl")

    objects = OfPledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.wrong[:80] or self.public_id or ""

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "correction")


def tracking_code() -> str:
    """A code with which the sender of a tip asks for its fate: 16 characters, not to be guessed."""
    return secrets.token_hex(8)


class Tip(models.Model):
    """A reader's message with optional file; private, erased after its period."""

    pledge = models.ForeignKey(
        Pledge, verbose_name=_("pledge"), null=True, blank=True, on_delete=models.PROTECT, related_name="tips"
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tips",
    )
    message = models.TextField(_("message"), blank=True)
    file = GuardedFileField(_("file"), upload_to="tips/", blank=True)
    contact = models.CharField(_("contact"), max_length=255, blank=True)
    # Of the code with which the sender asks for the fate of the tip (`pledges.tips`): the code itself is not stored.
    tracking_digest = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=TipState, default=TipState.NEW)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    erase_on = models.DateField(_("to be erased on"))
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("tip")
        verbose_name_plural = _("tips")
        ordering = ["-received_at", "-pk"]
        permissions = [("erase_personal_data", "Can erase personal data by law")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pledge__isnull=False) | Q(municipality__isnull=False), name="pledges_tip_has_target"
            )
        ]

    def __str__(self) -> str:
        return _("Tip %(number)s") % {"number": self.pk}
