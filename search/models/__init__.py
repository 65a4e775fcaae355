from .entries import SearchEntry
from .state import IndexState

__all__ = ["IndexState", "SearchEntry"]
