"""Public pages of the search."""

from .follow import ask, confirm, leave, leave_all, mine
from .search import search, suggest

__all__ = ["ask", "confirm", "leave", "leave_all", "mine", "search", "suggest"]
