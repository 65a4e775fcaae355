"""What of the pages can be searched: each published page in each language, and the files that they offer."""

from search.documents import SearchDocument
from search.registry import register

from .files import FileSource, files_used_by
from .pages import (
    PLAIN_PAGES,
    EditionSource,
    EventSource,
    GoodPracticeSource,
    InitiativesSource,
    NewsSource,
    PageSource,
    PlainPageSource,
    ProjectSource,
)

__all__ = [
    "PLAIN_PAGES",
    "EditionSource",
    "EventSource",
    "FileSource",
    "GoodPracticeSource",
    "InitiativesSource",
    "NewsSource",
    "PageSource",
    "PlainPageSource",
    "ProjectSource",
    "SearchDocument",
    "files_used_by",
]

for source in (
    NewsSource(),
    ProjectSource(),
    EventSource(),
    GoodPracticeSource(),
    EditionSource(),
    InitiativesSource(),
    PlainPageSource(),
    FileSource(),
):
    register(source)
