"""What is done in the background."""

from django_tasks import task

from . import services
from .models import Programme


@task()
def read_programme(key: int) -> None:
    """Read the text of a programme's file; a programme that is gone meanwhile has none."""
    programme = Programme.objects.filter(pk=key).first()
    if programme:
        services.read_programme(programme)
