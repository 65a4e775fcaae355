"""Work of the record that is done in the background."""

from django_tasks import task

from . import services
from .models import Programme


@task()
def read_programme(key: int) -> None:
    """Read the text of a programme's file; a programme that is gone meanwhile has none."""
    programme = Programme.objects.filter(pk=key).first()
    if programme:
        services.read_programme(programme)


@task
def fetch_evidence_copy(key: int) -> bool:
    """Fetch and store a copy of a source; whether there is one now."""
    return services.fetch_copy(key)
