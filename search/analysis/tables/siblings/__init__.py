"""Forms that a dictionary leaves out, derived from those it has.

simplemma lists a part of each paradigm. Where the listed forms show how a word is declined, the missing cells follow;
a word whose listed forms do not show it gets none.
"""

from .georgian import georgian_siblings
from .slovene import slovene_siblings

__all__ = ["georgian_siblings", "slovene_siblings"]
