"""The text of a programme as marks refer to it: read from its file in a task, or from what was typed in."""

import hashlib
import io
from collections.abc import Callable

from django.db import transaction

from zaveza import clock
from zaveza.texts import ExtractedText, Problem, extract_text

from ..enums import TextSource
from ..models import Extraction, Programme, ProgrammeText

Reader = Callable[..., ExtractedText]


def text_is_current(programme: Programme) -> bool:
    """Whether its text need not be read (again): it is read, or marks refer to it already."""
    stored = ProgrammeText.objects.filter(programme=programme).first()
    typed = programme.text.strip()
    if stored is None:
        return not programme.file and not typed
    is_same = stored.source_sha256 == _source_hash(programme, stored.source)
    # What was typed in after the file proved unreadable stands in for it.
    return Extraction.objects.filter(programme=programme).exists() or (is_same and bool(stored.paragraphs or not typed))


def read_programme(programme: Programme, *, reader: Reader = extract_text, again: bool = False) -> ProgrammeText | None:
    """Read the text of a programme anew and store it, unless it is current; None where there is nothing to read.

    Where the file gives no text, what was typed in stands in for it, and the problem with the file stays named. Where
    nothing was typed in, the text of the file becomes the programme's. `reader` is `extract_text`, or one that does
    the same in this process for files that are our own. `again` reads what is current, too, unless it is marked.
    """
    if not again and text_is_current(programme):
        return ProgrammeText.objects.filter(programme=programme).first()
    found: ExtractedText | None = None
    problems: tuple[Problem, ...] = ()
    source = TextSource.FILE
    if programme.file:
        found = _of_file(programme, reader)
        problems = found.problems
    if (found is None or not found.paragraphs) and programme.text.strip():
        source = TextSource.TYPED
        found = reader(io.BytesIO(programme.text.encode()), "text/plain", language=programme.language)
        problems = (*problems, *found.problems)
    return _store(programme, found, problems, source) if found else None


@transaction.atomic
def _store(
    programme: Programme, found: ExtractedText, problems: tuple[Problem, ...], source: TextSource
) -> ProgrammeText | None:
    # Reading took a while: meanwhile somebody may have begun to mark what was read before.
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if Extraction.objects.filter(programme=programme).exists():
        return ProgrammeText.objects.filter(programme=programme).first()
    text, _is_new = ProgrammeText.objects.update_or_create(
        programme=programme,
        defaults={
            "source": source,
            "source_sha256": _source_hash(programme, source),
            "pages": found.pages,
            "paragraphs": found.as_data()["paragraphs"],
            "problems": list(dict.fromkeys(problem.value for problem in problems)),
            "read_at": clock.now(),
        },
    )
    if found.paragraphs and not programme.text.strip():
        programme.text = found.text
        programme.save(update_fields=["text"])
    return text


def _of_file(programme: Programme, reader: Reader) -> ExtractedText:
    try:
        with programme.file.open("rb") as file:
            return reader(file, language=programme.language)
    except OSError:  # the file is gone from the storage
        return ExtractedText(problems=(Problem.DAMAGED,))


def _source_hash(programme: Programme, source: str) -> str:
    """Of what is read: the file, or what was typed in; with the language, which decides about sentences."""
    file = programme.sha256 or programme.file.name or ""
    content = programme.text if source == TextSource.TYPED else ""
    return hashlib.sha256("\n".join([programme.language, file, content]).encode()).hexdigest()
