"""How the body of a page is laid out: sections with a heading in the margin, and runs of prose between wider blocks."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

from zaveza.base.rich_text import RichTextRenderer, renderer_for_text

register = template.Library()

# Blocks that read on as text, kept to the width of a line; the others take the whole sheet.
PROSE_BLOCKS = frozenset({"heading", "text", "list", "callout"})


@dataclass
class Run:
    """Neighbouring blocks that are laid out alike."""

    is_prose: bool
    blocks: list[Any] = field(default_factory=list)


@dataclass
class Section:
    """A level-2 heading with what follows it; the blocks before the first heading form a section without one."""

    heading: Any | None
    number: int
    blocks: list[Any] = field(default_factory=list)

    @property
    def heading_level(self) -> int:
        """The level of headings inside the section's blocks."""
        return 3 if self.heading is not None else 2

    @property
    def runs(self) -> list[Run]:
        """The section's blocks, prose and wide ones apart."""
        runs: list[Run] = []
        for block in self.blocks:
            is_prose = block.block_type in PROSE_BLOCKS
            if not runs or runs[-1].is_prose != is_prose:
                runs.append(Run(is_prose))
            runs[-1].blocks.append(block)
        return runs


@register.simple_tag
def body_sections(stream: StreamValue) -> list[Section]:
    """`{% body_sections page.body as sections %}`: the body cut at its level-2 headings."""
    sections: list[Section] = []
    for block in stream:
        if block.block_type == "heading" and block.value.get("level") == "2":
            sections.append(Section(block, len(sections) + 1))
        else:
            if not sections:
                sections.append(Section(None, 1))
            sections[-1].blocks.append(block)
    return sections


@register.simple_tag(takes_context=True)
def rich_text(context: template.Context, value: Any) -> SafeString:
    """`{% rich_text value.text %}`: rich text with links to public pages only (see `RichTextRenderer`)."""
    source = getattr(value, "source", value) or ""
    renderer = context.get("rich_text_renderer")
    if not isinstance(renderer, RichTextRenderer):
        renderer = renderer_for_text(source, context.get("request"))
    return renderer.render(source)


class _RenderedNode(template.Node):
    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: template.Context) -> str:
        html = self.nodelist.render(context)
        context[self.name] = html if html.strip() else ""
        return ""


@register.tag
def rendered(parser: template.base.Parser, token: template.base.Token) -> _RenderedNode:
    """`{% rendered name %}…{% endrendered %}` keeps the HTML as `name`; empty where there is nothing but white space.

    So a section can be left out, heading and all, where what it would hold prints nothing.
    """
    try:
        _tag, name = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("rendered takes one argument: the name of the variable.") from None
    nodelist = parser.parse(("endrendered",))
    parser.delete_first_token()
    return _RenderedNode(nodelist, name)
