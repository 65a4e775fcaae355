"""What is stored, to see that a refused request or file leaves nothing behind."""

from pathlib import Path

from django.apps import apps
from django.conf import settings

# Signing in and being asked for a form write the first; that nothing was found is counted in the second.
_PASSING = {"sessions.Session", "search.MissedQuery"}


def stored() -> dict[str, int]:
    """How many rows each model has, and how many files lie in the media folder."""
    rows = {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and model._meta.label not in _PASSING
    }
    return {**rows, "files": sum(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))}
