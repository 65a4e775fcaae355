"""The page types of the site."""

from .editions import EditionPage
from .events import EventIndexPage, EventPage
from .good_practices import GoodPracticeIndexPage, GoodPracticePage
from .home import HomePage
from .imported_pages import ImportedPage
from .initiatives import InitiativesPage
from .news import NewsIndexPage, NewsPage
from .projects import ProjectIndexPage, ProjectPage
from .standard import StandardPage

__all__ = [
    "EditionPage",
    "EventIndexPage",
    "EventPage",
    "GoodPracticeIndexPage",
    "GoodPracticePage",
    "HomePage",
    "ImportedPage",
    "InitiativesPage",
    "NewsIndexPage",
    "NewsPage",
    "ProjectIndexPage",
    "ProjectPage",
    "StandardPage",
]
