"""Files that the demo's pages offer: small documents whose text the search finds."""

import datetime as dt
from typing import IO

from django.core.files.base import ContentFile

from zaveza.images.models import CustomDocument
from zaveza.images.services import read_document
from zaveza.texts import ExtractedText
from zaveza.texts.odt_writing import write_odt
from zaveza.texts.reading import read

NOTES = (
    "Zapiski z delavnice",
    [
        "Ob štirih mizah je sedelo dvaindvajset ljudi iz štirih držav. Vsaka miza je zapisala, česa ji doma manjka.",
        "Tolmačenje: v zdravstvenem domu in na centru za socialno delo ga ni, pomagajo prijatelji in otroci.",
        "Prostor: društva se sestajajo v kavarnah, ker občinska dvorana stane več, kot zmorejo.",
        "Jezikovni tečaji so brezplačni, a dopoldne, ko so ljudje v službi.",
        "Dogovorili smo se za skupen seznam prostovoljnih tolmačev in za srečanje jeseni.",
    ],
)
PROGRAMME = (
    "Programme of the week",
    [
        "Monday: arrival, and a walk along the river Krka with the hosts.",
        "Tuesday: each organisation describes who arrives, who welcomes them and where help runs out.",
        "Wednesday: world café on interpreters, rooms for associations and language courses.",
        "Thursday: visit to the agricultural school and to Ljubljana.",
        "Friday: a first outline of the handbook, and who writes which chapter.",
    ],
)


def handout(words: tuple[str, list[str]], file_name: str, language: str, dated: dt.date) -> CustomDocument:
    """One document with its file, read."""
    title, paragraphs = words
    file = ContentFile(write_odt(title, paragraphs), file_name)
    document = CustomDocument(title=title, language=language, dated=dated, file=file)
    document._set_document_file_metadata()
    document.save()
    read_document(document, reader=_read_here)
    return document


def _read_here(file: IO[bytes], content_type: str) -> ExtractedText:
    """Like `extract_text`, for files that this seed wrote itself: without a process of their own."""
    return read(file.read(), content_type)
