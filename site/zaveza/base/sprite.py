"""The drawings of the site: symbols of statuses and icons, and the patterns that fill bars.

A page carries only those that it uses (`base_tags` records them, `components/sprite.html` prints them), so the
drawings live here once and cost a page nothing that it does not show.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """One `<symbol>` or `<pattern>`: its element, its attributes and its shapes."""

    element: str
    attributes: str
    shapes: str


def _symbol(size: int, *shapes: str) -> Drawing:
    return Drawing("symbol", f'viewBox="0 0 {size} {size}"', "".join(shapes))


def _pattern(size: int, *shapes: str) -> Drawing:
    ground = f'<rect class="f-sheet" width="{size}" height="{size}"/>'
    return Drawing("pattern", f'width="{size}" height="{size}" patternUnits="userSpaceOnUse"', ground + "".join(shapes))


def _fill(path: str) -> str:
    return f'<path fill="currentColor" d="{path}"/>'


def _cut(path: str) -> str:
    """A filled shape with something cut out of it: the mark of a final status."""
    return f'<path fill="currentColor" fill-rule="evenodd" d="{path}"/>'


def _line(width: float, path: str) -> str:
    return f'<path fill="none" stroke="currentColor" stroke-width="{width}" d="{path}"/>'


# Keys are the ids on the page: `s-` statuses and gates, `i-` icons, `p-` patterns. Their order is the order printed.
DRAWINGS: dict[str, Drawing] = {
    "s-fulfilled": _symbol(
        12, _cut("M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0ZM9.9 4.1 8.6 2.9 5.1 6.9 3.4 5.3 2.2 6.6 5.2 9.4Z")
    ),
    "s-partly": _symbol(12, _cut("M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0ZM6 1.6v8.8a4.4 4.4 0 0 0 0-8.8Z")),
    "s-not_fulfilled": _symbol(
        12,
        _cut(
            "M.5.5h11v11H.5ZM3.6 2.3 2.3 3.6 4.7 6 2.3 8.4 3.6 9.7 6 7.3 8.4 9.7 9.7 8.4 7.3 6 9.7 3.6 8.4 2.3 6 4.7Z"
        ),
    ),
    "s-in_progress": _symbol(12, _fill("M1.5.3 11.8 6 1.5 11.7Z")),
    "s-stalled": _symbol(12, _fill("M1.5.7h3.3v10.6H1.5ZM7.2.7h3.3v10.6H7.2Z")),
    "s-not_started": _symbol(
        12, '<circle cx="6" cy="6" r="4.9" fill="none" stroke="currentColor" stroke-width="1.7"/>'
    ),
    "s-not_assessed": _symbol(12, _fill("M.2 4.5h2.9v2.9H.2ZM4.55 4.5h2.9v2.9h-2.9ZM8.9 4.5h2.9v2.9H8.9Z")),
    "s-no_information": _symbol(
        12, _line(2.1, "M2.6 4C2.6 2 4 1 6 1s3.5 1.1 3.5 2.8C9.5 5.8 6.1 5.7 6.1 8.2"), _fill("M4.9 9.5h2.4v2.3H4.9Z")
    ),
    "s-not_testable": _symbol(12, _line(1.7, "M1.5 10.5 10.5 1.5M1 1h10v10H1Z")),
    "s-not_in_office": _symbol(12, _line(1.6, "M6 1 11 6 6 11 1 6Z")),
    "i-logo": _symbol(
        24,
        '<path class="logo-rule" d="M8 0v24"/>',
        '<path class="logo-hair" d="M0 5.5h24M0 19.5h24"/>',
        '<path class="logo-tick" d="M3 12.5 9.5 18 22 4.5"/>',
    ),
    "i-search": _symbol(16, _line(2, "M11.2 6.6a4.6 4.6 0 1 1-9.2 0 4.6 4.6 0 0 1 9.2 0ZM10 10l4.8 4.8")),
    "i-prev": _symbol(16, _line(2, "M14 8H3M7.5 3 2.5 8l5 5")),
    "i-next": _symbol(16, _line(2, "M2 8h11M8.5 3l5 5-5 5")),
    "i-out": _symbol(16, _line(1.8, "M5 3H2v11h11v-3M8 2h6v6M14 2 7 9")),
    "i-file": _symbol(16, _line(1.6, "M3 1.5h6.5L13 5v9.5H3ZM9 1.5V5.5h4M5.5 8.5h5M5.5 11.5h5")),
    "i-warn": _symbol(16, _line(1.8, "M8 1.8 14.8 14H1.2ZM8 6v4"), _fill("M7 11.2h2v1.8H7Z")),
    "i-info": _symbol(16, _line(1.8, "M1.5 1.5h13v13h-13ZM8 7v5"), _fill("M7 3.8h2v2H7Z")),
    "i-ok": _symbol(16, _line(2.2, "M2 8.5 6 12.5 14 3.5")),
    "i-award": _symbol(
        16,
        '<circle cx="8" cy="5.8" r="4.3" fill="none" stroke="currentColor" stroke-width="1.8"/>',
        _line(1.8, "M5.5 9.5 4 15l4-2 4 2-1.5-5.5"),
    ),
    "i-x": _symbol(16, _line(2, "M3 3l10 10M13 3 3 13")),
    "p-partly": _pattern(6, '<path class="k-partly" d="M-1.5 1.5l3-3M0 6 6 0M4.5 7.5l3-3"/>'),
    "p-stalled": _pattern(7, '<rect class="f-stalled" width="4" height="7"/>'),
    "p-not_started": _pattern(8, '<circle class="k-not-started" cx="4" cy="4" r="2"/>'),
    "p-not_assessed": _pattern(5, '<rect class="f-not-assessed" x="1" y="1" width="1.8" height="1.8"/>'),
    "p-not_fulfilled": _pattern(
        8,
        '<rect class="f-not-fulfilled" width="8" height="8"/>',
        '<path class="k-cross" d="M-1 -1 9 9M9 -1-1 9"/>',
    ),
}
