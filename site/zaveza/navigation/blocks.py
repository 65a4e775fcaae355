"""What a menu and a footer are made of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# A path of this site, a place on the page, or somebody else's address.
ADDRESS_PATTERN = r"^(/(?!/)|#|\?|https?://|mailto:)\S*$"


class LinkBlock(blocks.StructBlock):
    """A link to a page, or to an address where there is no page for it (a list of records, another site)."""

    label = blocks.CharBlock(label=_("Label"), max_length=60)
    tail = blocks.CharBlock(
        label=_("Rest of the label"),
        max_length=60,
        required=False,
        help_text=_("Follows the label on wide screens and is left out on phones."),
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.RegexBlock(
        label=_("Address"),
        regex=ADDRESS_PATTERN,
        error_messages={"invalid": _("Enter a path that begins with / or a whole address.")},
        max_length=500,
        required=False,
        help_text=_("Instead of a page. A path without its language (/pledges/) follows the reader's language."),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"

    def clean(self, value: Any) -> Any:
        """Exactly one of page and address."""
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("address")):
            error = ValidationError(_("Choose a page or enter an address, one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"address": error})
        return cleaned


class MenuBlock(blocks.StreamBlock):
    """The links of a menu in their order."""

    link = LinkBlock()


class FooterColumnBlock(blocks.StructBlock):
    """One column of the footer: a heading and its links."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
        label_format = "{heading}"


class FooterBlock(blocks.StreamBlock):
    """The columns of a footer."""

    column = FooterColumnBlock()
