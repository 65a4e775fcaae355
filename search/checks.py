"""What `manage.py check` says about search."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from .analysis import analysis_version
from .analysis.tables import LANGUAGES, missing_tables


@register()
def check_tables(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """One warning for all languages of the site whose table is missing."""
    enabled = tuple(code for code, _name in settings.LANGUAGES if code in LANGUAGES)
    missing = missing_tables(enabled)
    if not missing:
        return []
    return [
        Warning(
            f"Search has no table of inflected forms for: {', '.join(missing)}. It finds fewer forms of a word.",
            hint="Run manage.py build_search_tables, restart the site and run manage.py search_index rebuild.",
            id="search.W001",
        )
    ]


@register(Tags.database)
def check_index(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning when the words of the index went through another analysis than queries do now."""
    if not databases or DEFAULT_DB_ALIAS not in databases:
        return []
    from .models import IndexState

    try:
        if IndexState._meta.db_table not in connections[DEFAULT_DB_ALIAS].introspection.table_names():
            return []
        built_with = IndexState.current().analysis
    except DatabaseError:
        return []
    if built_with in ("", analysis_version()):
        return []
    return [
        Warning(
            "The search index was built with another text analysis, and searches miss a part of it.",
            hint="Run manage.py search_index rebuild.",
            id="search.W002",
        )
    ]
