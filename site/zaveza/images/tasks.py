"""Work of the library that is done in the background."""

from django_tasks import task

from . import services
from .models import CustomDocument


@task()
def read_document(key: int) -> None:
    """Read the text of a document's file; a document that is gone meanwhile has none."""
    document = CustomDocument.objects.filter(pk=key).first()
    if document is not None:
        services.read_document(document)
