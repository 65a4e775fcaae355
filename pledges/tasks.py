"""Work of the record that is done in the background."""

from django_tasks import task

from . import services


@task
def fetch_evidence_copy(key: int) -> bool:
    """Fetch and store a copy of a source; whether there is one now."""
    return services.fetch_copy(key)
