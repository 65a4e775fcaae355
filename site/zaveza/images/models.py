"""Pictures and documents of the site, with what their readers need: real alt text, credit, licence, language."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class CustomImage(AbstractImage):
    """A picture; `description` (Wagtail's own field) is its default alternative text."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit", "licence")

    def get_upload_to(self, filename: str) -> str:
        """A name that nobody guesses, for the file and so for its renditions: drafts have pictures, too."""
        return super().get_upload_to(f"{secrets.token_hex(8)}-{filename}")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions: ClassVar = [("choose_image", "Can choose image")]


class CustomRendition(AbstractRendition):
    """One size and format of a picture."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="images_rendition_once")
        ]


class CustomDocument(AbstractDocument):
    """A file to download, with its own language and date and a word on how accessible it is."""

    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("The search reads its text in this language; without a choice, in Slovene."),
    )
    dated = models.DateField(_("date"), null=True, blank=True)
    accessibility_note = models.CharField(_("accessibility note"), max_length=255, blank=True)

    admin_form_fields = (*WagtailDocument.admin_form_fields, "language", "dated", "accessibility_note")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions: ClassVar = [("choose_document", "Can choose document")]


class DocumentText(models.Model):
    """The text of a document's file, as the search knows it. Without any, `problems` says why.

    `file_name` and `file_hash` are those of the document when it was read: where they differ, another file has taken
    its place, and this text is no longer its text (`services.unread`).
    """

    document = models.OneToOneField(
        CustomDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="read_text"
    )
    document_id: int
    file_name = models.CharField(_("file"), max_length=255, editable=False)
    file_hash = models.CharField(_("SHA-1 of the file"), max_length=40, blank=True, editable=False)
    # What the content is, whatever its name says: `pdf`, `docx`, `odt` or `text`; empty for anything else.
    kind = models.CharField(_("kind"), max_length=4, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    problems = models.JSONField(_("problems"), default=list, editable=False)
    read_at = models.DateTimeField(_("read at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self) -> str:
        return str(self.document)
