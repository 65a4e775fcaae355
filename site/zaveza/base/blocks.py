"""The one set of blocks of which every page's body is made.

Any block with text may carry a `language` of its own: a quotation, or the English half of a bilingual page, then stands
in an element with that `lang` while the page keeps its own.
"""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

# What may stand in running text. No headings: those are blocks, so that every page's outline can be checked.
TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]
SHORT_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class LanguageBlock(blocks.ChoiceBlock):
    """The language of the text beside it, where that is not the page's."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", settings.LANGUAGES)
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Language"))
        kwargs.setdefault("help_text", _("Only where this text is not in the language of the page."))
        super().__init__(**kwargs)


class HeadingBlock(blocks.StructBlock):
    """A heading; level 2 begins a section of the page, with an optional note in the margin."""

    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Section")), ("3", _("Within a section"))], default="2"
    )
    note = blocks.TextBlock(
        label=_("Note in the margin"), required=False, help_text=_("One or two sentences; sections only.")
    )
    language = LanguageBlock()

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        template = "components/blocks/heading.html"


class TextBlock(blocks.StructBlock):
    """Running text with links and lists."""

    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    language = LanguageBlock()

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "components/blocks/text.html"


class ImageBlock(blocks.StructBlock):
    """A picture with its alternative text, caption and credit."""

    image = ImageChooserBlock(label=_("Image"))
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=255,
        help_text=_("What the picture tells; empty means the image's own description. Not the caption again."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative"), required=False, help_text=_("The picture tells nothing that the text does not.")
    )
    caption = blocks.TextBlock(label=_("Caption"), required=False)
    credit = blocks.CharBlock(
        label=_("Credit"), required=False, max_length=255, help_text=_("Empty means the image's own credit.")
    )
    language = LanguageBlock()

    class Meta:
        icon = "image"
        label = _("Image")
        template = "components/blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's own words, in the language in which they were said."""

    quote = blocks.TextBlock(label=_("Quote"))
    attribution = blocks.CharBlock(label=_("Who said it, and where"), required=False, max_length=255)
    url = blocks.URLBlock(label=_("Address of the source"), required=False)
    language = LanguageBlock()

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "components/blocks/quote.html"


class ListBlock(blocks.StructBlock):
    """A list of short entries; entries with links are written as a list in a text block."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("bullets", _("Bullets")), ("numbers", _("Numbers")), ("letters", _("Letters"))],
        default="bullets",
    )
    items = blocks.ListBlock(blocks.TextBlock(label=_("Entry"), rows=2), label=_("Entries"), min_num=1)
    language = LanguageBlock()

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "components/blocks/list.html"


class StepBlock(blocks.StructBlock):
    """One stage: its heading and what happens in it."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES, required=False)


class StepsBlock(blocks.StructBlock):
    """Numbered stages, areas or steps; each one's name is a heading."""

    steps = blocks.ListBlock(StepBlock(label=_("Step")), label=_("Steps"), min_num=1)
    language = LanguageBlock()

    class Meta:
        icon = "list-ol"
        label = _("Steps or stages")
        template = "components/blocks/steps.html"


class DownloadBlock(blocks.StructBlock):
    """One file; type, size, language and date come from the document itself."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=255, help_text=_("Empty means the document's own title.")
    )
    note = blocks.CharBlock(
        label=_("Note"),
        required=False,
        max_length=255,
        help_text=_("What a reader should know before opening it, such as that it is about a finished project."),
    )


class DownloadsBlock(blocks.StructBlock):
    """Files to download."""

    documents = blocks.ListBlock(DownloadBlock(label=_("Document")), label=_("Documents"), min_num=1)
    language = LanguageBlock()

    class Meta:
        icon = "doc-full"
        label = _("Documents to download")
        template = "components/blocks/downloads.html"


class LinkCardBlock(blocks.StructBlock):
    """A video, map or page elsewhere, as a link with a stored picture. Nothing is loaded from there."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    url = blocks.URLBlock(label=_("Address"))
    picture = ImageChooserBlock(
        label=_("Picture"), required=False, help_text=_("Stored here; readers load nothing from the other site.")
    )
    description = blocks.TextBlock(label=_("Description"), required=False)
    language = LanguageBlock()

    class Meta:
        icon = "link-external"
        label = _("Link card (video, map, other site)")
        template = "components/blocks/link_card.html"


class CalloutBlock(blocks.StructBlock):
    """Something a reader must not miss: a remark, a warning, or what was wrong here and since when it is right."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Remark")), ("warn", _("Warning")), ("correction", _("Correction"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    date = blocks.DateBlock(label=_("Date"), required=False, help_text=_("A correction says since when it is right."))
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES)
    language = LanguageBlock()

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "components/blocks/callout.html"


class NumberValue(blocks.StructValue):
    """A number that knows whether it is known."""

    @property
    def is_missing(self) -> bool:
        """No value is known; a known nought is not missing."""
        return self.get("value") is None

    @property
    def plain_value(self) -> Decimal | int | None:
        """The value without noughts behind the decimal point."""
        value = self.get("value")
        if value is None:
            return None
        return int(value) if value == value.to_integral_value() else value.normalize()


class NumberBlock(blocks.StructBlock):
    """One figure with its unit, its day and its source. An empty value is shown as no data, never as 0."""

    value = blocks.DecimalBlock(
        label=_("Value"), required=False, help_text=_("Leave empty where it is not known: empty is not nought.")
    )
    unit = blocks.CharBlock(
        label=_("What is counted"), max_length=255, help_text=_("In the form that the number asks for.")
    )
    explanation = blocks.TextBlock(label=_("Explanation"), required=False)
    as_of = blocks.DateBlock(label=_("As of"), required=False)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=255)

    class Meta:
        value_class = NumberValue


class NumbersBlock(blocks.StructBlock):
    """Figures side by side."""

    numbers = blocks.ListBlock(NumberBlock(label=_("Number")), label=_("Numbers"), min_num=1)
    language = LanguageBlock()

    class Meta:
        icon = "table"
        label = _("Numbers")
        template = "components/blocks/numbers.html"


class FundingLevelBlock(blocks.StructBlock):
    """One level of a funding chain."""

    label = blocks.CharBlock(label=_("Level"), required=False, max_length=120, help_text=_("Such as “Priority V”."))
    name = blocks.CharBlock(label=_("Name"), max_length=500)


class FundingBlock(blocks.StructBlock):
    """Where the money comes from, from the fund down to the sub-action."""

    levels = blocks.ListBlock(
        FundingLevelBlock(label=_("Level")), label=_("Levels, from the fund down"), min_num=1, max_num=10
    )
    language = LanguageBlock()

    class Meta:
        icon = "list-ol"
        label = _("Funding chain")
        template = "components/blocks/funding.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = HeadingBlock()
    text = TextBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    list = ListBlock()
    steps = StepsBlock()
    downloads = DownloadsBlock()
    link_card = LinkCardBlock()
    callout = CalloutBlock()
    numbers = NumbersBlock()
    funding = FundingBlock()


class FactBlock(blocks.StructBlock):
    """One named fact beside a page's title."""

    term = blocks.CharBlock(label=_("Name"), max_length=120)
    value = blocks.CharBlock(label=_("Value"), max_length=500)

    class Meta:
        icon = "tag"
        label = _("Fact")


class FactsBlock(blocks.StreamBlock):
    """Named facts beside a page's title."""

    fact = FactBlock()


class LabelsBlock(blocks.StreamBlock):
    """Short labels, each translated on its own: for whom something is."""

    label = blocks.CharBlock(label=_("Label"), max_length=120, icon="tag")
