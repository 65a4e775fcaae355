"""Text that a spreadsheet would run as a formula, and how it travels unchanged.

A text that begins with one of `= + - @` (also in their full-width forms), a tab or a line break gets an apostrophe in
front when it is written (OWASP: CSV injection), and loses it when it is read. A text that begins with an apostrophe
and one of these, or with two apostrophes, gets one more, so that every text comes back as it was.
"""

TRIGGERS = frozenset("=+-@\t\r\n＝＋－＠")
_AFTER_APOSTROPHE = TRIGGERS | {"'"}


def neutralised(text: str) -> str:
    """The text as no spreadsheet runs it."""
    if text and (text[0] in TRIGGERS or (text[0] == "'" and text[1:2] in _AFTER_APOSTROPHE)):
        return f"'{text}"
    return text


def restored(cell: str) -> str:
    """The text that `neutralised` was given."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _AFTER_APOSTROPHE else cell
