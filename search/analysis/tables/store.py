"""Where built tables lie, and which of them this process uses."""

import logging
from functools import cache
from pathlib import Path

from django.conf import settings

from .dictionaries import dictionary_version
from .table import BrokenTable, SuffixTable

logger = logging.getLogger(__name__)

# Languages with a table.
LANGUAGES = ("sl", "en", "ka", "pl")

# Only these also have light stems, for words that the table does not know (keys.py); so they know all their forms.
# Of the others, tables know the short ones.
WITH_KNOWN_FORMS = ("sl", "ka")

# A word of so few letters is never guessed at: most of its letters would be those of the ending.
SHORT = 3

# Raise it whenever other tables come out of the same dictionaries.
BUILDER_VERSION = 2


def table_key() -> str:
    """What a table must have been made of to be used: the version of the dictionaries and of the builder."""
    return f"{dictionary_version() or 'none'}-{BUILDER_VERSION}"


def table_path(language: str) -> Path:
    """Where the table of a language lies, whether it is there yet or not."""
    return Path(settings.SEARCH_TABLES_DIR) / f"{language}-{table_key()}.table"


def missing_tables(languages: tuple[str, ...] = LANGUAGES) -> list[str]:
    """Those of the languages that have no table."""
    return [language for language in languages if not table_path(language).is_file()]


@cache
def table_of(language: str) -> SuffixTable | None:
    """The table of a language, read when it is first asked for; None without one, so that search goes on with stems.

    What a process has once found it keeps: keys must not change between two words of a text.
    """
    if language not in LANGUAGES:
        return None
    path = table_path(language)
    try:
        return SuffixTable.read(path)
    except FileNotFoundError:
        return None
    except (BrokenTable, OSError) as error:
        logger.warning("Search: %s; words of the language %s go by light stems", error, language)
        return None
