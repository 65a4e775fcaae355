"""Has the text of a document read when its file is another one."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from . import services, tasks
from .models import CustomDocument


def read_text(sender: type[CustomDocument], instance: CustomDocument, raw: bool = False, **kwargs: Any) -> None:
    """A document was saved: once that is certain, its text is read in a task, unless it is read already."""
    key = instance.pk

    def ask() -> None:
        if services.unread().filter(pk=key).exists():
            tasks.read_document.enqueue(key)

    if not raw:
        transaction.on_commit(ask, robust=True)


def connect() -> None:
    """Called when the app is ready."""
    post_save.connect(read_text, sender=CustomDocument, dispatch_uid="images.read_text")
