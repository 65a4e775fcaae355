"""The text of documents: read from their files by the confined reader, so that the search finds it."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from zaveza import clock
from zaveza.texts import ExtractedText, Problem, extract_text

from .models import CustomDocument, DocumentText

logger = logging.getLogger(__name__)

Reader = Callable[..., ExtractedText]

# How many documents one run of `manage.py tick` reads at most: each may take as long as the reader's limit.
READ_AT_ONCE = 20


def unread() -> QuerySet[CustomDocument]:
    """Documents whose present file has not been read, one without any text in it included."""
    current = DocumentText.objects.filter(
        document=OuterRef("pk"), file_name=OuterRef("file"), file_hash=OuterRef("file_hash")
    )
    return CustomDocument.objects.filter(~Exists(current)).order_by("pk")


def text_of(document: CustomDocument) -> str:
    """The text of its present file; empty where that is not read yet or holds none. Asks nothing if it is loaded."""
    stored = getattr(document, "read_text", None)
    return stored.text if stored is not None and _is_of(stored, document) else ""


def read_document(
    document: CustomDocument, *, reader: Reader = extract_text, again: bool = False
) -> DocumentText | None:
    """Read the text of a document's file and store it, unless that is done; None where the file changed meanwhile.

    `reader` is `extract_text`, or one that does the same in this process for files that are our own. `again` reads
    what has been read, too.
    """
    stored = DocumentText.objects.filter(document=document).first()
    if stored is not None and not again and _is_of(stored, document):
        return stored
    file_name = document.file.name
    found = _read(document, reader)
    return _store(document, file_name, found)


@transaction.atomic
def _store(document: CustomDocument, file_name: str, found: ExtractedText) -> DocumentText | None:
    # Reading took a while: whoever put another file there meanwhile has had that read, too.
    present = CustomDocument.objects.select_for_update().filter(pk=document.pk).first()
    if present is None or present.file.name != file_name or present.file_hash not in ("", document.file_hash):
        return None
    if present.file_hash != document.file_hash:
        # Made by code that sets no hash. Not by a save: that would have the file read once more.
        CustomDocument.objects.filter(pk=document.pk).update(file_hash=document.file_hash)
    text, _is_new = DocumentText.objects.update_or_create(
        document=present,
        defaults={
            "file_name": file_name,
            "file_hash": document.file_hash,
            "kind": found.kind,
            "pages": found.pages,
            "text": found.text,
            "problems": [problem.value for problem in found.problems],
            "read_at": clock.now(),
        },
    )
    return text


def _read(document: CustomDocument, reader: Reader) -> ExtractedText:
    try:
        with document.open_file() as file:
            if not document.file_hash:
                document._set_file_hash()
            return reader(file, document.content_type)
    except (OSError, ValueError):  # the file is gone from the storage, or there never was one
        return ExtractedText(problems=(Problem.DAMAGED,))


def _is_of(text: DocumentText, document: CustomDocument) -> bool:
    return (text.file_name, text.file_hash) == (document.file.name, document.file_hash)


def read_all(documents: QuerySet[CustomDocument]) -> Iterator[tuple[CustomDocument, DocumentText | None]]:
    """Read these documents one by one, each stored as soon as it is read; None for one that could not be stored."""
    for key in list(documents.values_list("pk", flat=True)):
        document = CustomDocument.objects.filter(pk=key).first()
        if document is None:
            continue
        try:
            yield document, read_document(document, again=True)
        except Exception:  # a storage that does not answer for one file is no reason to leave the others
            logger.exception("Document %s cannot be read", key)
            yield document, None


def read_waiting(now: dt.datetime) -> str | None:
    """Read documents that no task has read: uploaded before there was one, or lost with a worker. For `tick`."""
    results = [text for _document, text in read_all(unread()[:READ_AT_ONCE])]
    if not results:
        return None
    failed = results.count(None)
    return f"{len(results) - failed} documents read" + (f", {failed} not" if failed else "")
