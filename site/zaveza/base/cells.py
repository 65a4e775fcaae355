"""Text that a spreadsheet would run as a formula."""

# OWASP, CSV injection; with the full-width forms that spreadsheets take as the same.
TRIGGERS = frozenset("=+-@\t\r\n＝＋－＠")
_AFTER_APOSTROPHE = TRIGGERS | {"'"}


def neutralised(text: str) -> str:
    """The text as no spreadsheet runs it: with an apostrophe in front where it begins like a formula.

    A text that begins with an apostrophe and one of these signs, or with two apostrophes, gets one more, so that every
    text can be told from another.
    """
    if text and (text[0] in TRIGGERS or (text[0] == "'" and text[1:2] in _AFTER_APOSTROPHE)):
        return f"'{text}"
    return text
