"""Characters that are no words: control characters, zero-width ones, soft hyphens, and every kind of space."""

import re
import unicodedata

_DROPPED = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD,
                          0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF])  # fmt: skip
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """One line of composed characters with single spaces, storable in any database."""
    text = text.encode("utf-8", "replace").decode("utf-8").translate(_DROPPED)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
