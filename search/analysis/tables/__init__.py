"""Tables that say which lemmas a folded form has, learned from simplemma's dictionaries by `build_search_tables`.

They derive from lists under ODbL and CC BY-SA, so they are built where they are used and never shipped.
"""

from .store import LANGUAGES, SHORT, WITH_KNOWN_FORMS, missing_tables, table_key, table_of, table_path
from .table import SuffixTable

__all__ = [
    "LANGUAGES",
    "SHORT",
    "WITH_KNOWN_FORMS",
    "SuffixTable",
    "missing_tables",
    "table_key",
    "table_of",
    "table_path",
]
