"""Two people mark the pledges of a programme, each alone (design: domain, Workflow 1)."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.users.models import User

from ..agreement import compare
from ..enums import ExtractionState
from ..models import Extraction, ExtractionAgreement, ExtractionMark, Programme, ProgrammeText
from .rules import RuleViolation, check

# Characters before and after the quote that are kept with it, so that it is found again.
CONTEXT = 60


def start_extraction(programme: Programme, by: User, *, at: dt.datetime | None = None) -> Extraction:
    """Begin, as one of two. Raises `RuleViolation` where `why_not_extract` says why not.

    `at` replays an earlier beginning (demo); the end of the edition does not stand in its way.
    """
    with transaction.atomic():
        _lock(programme)
        if reason := why_not_extract(programme, by, replayed=at is not None):
            raise RuleViolation(reason)
        taken = Extraction.objects.filter(programme=programme).values_list("place", flat=True)
        return Extraction.objects.create(
            programme=programme, extractor=by, place=min({1, 2} - set(taken)), started_at=at or clock.now()
        )


def why_not_extract(programme: Programme, user: User, *, replayed: bool = False) -> str:
    """Why somebody may not begin an extraction of this programme now, as a sentence; empty where they may."""
    text = ProgrammeText.objects.filter(programme=programme).first()
    if text is None or not text.sentences:
        return _("The text of the programme has not been read.")
    if programme.candidacy.edition.is_archived and not replayed:
        return _("The edition is archived: it takes no new pledge.")
    others = list(Extraction.objects.filter(programme=programme))
    if any(other.extractor_id == user.pk for other in others):
        return _("You are extracting this programme already.")
    if len(others) == 2:
        return _("Two people are extracting this programme already.")
    return _came_with_agreement(programme)


def save_mark(mark: ExtractionMark) -> ExtractionMark:
    """Store a new or changed mark with its place in the text, which follows from its sentences and exact words.

    Without exact words the whole sentences are meant.
    Raises `RuleViolation` where the words do not stand in those sentences, these are not of one paragraph, or the
    extraction is finished.
    """
    with transaction.atomic():
        _lock_draft(mark.extraction)
        _place(mark)
        check(mark)
        mark.save()
    return mark


def remove_mark(mark: ExtractionMark) -> None:
    """Delete a mark of an extraction that is not finished."""
    with transaction.atomic():
        _lock_draft(mark.extraction)
        mark.delete()


def finish_extraction(extraction: Extraction, *, at: dt.datetime | None = None) -> Extraction:
    """Say that nothing is missing. When the other one is finished, too, both are fixed and their agreement computed."""
    with transaction.atomic():
        _lock_draft(extraction)
        if reason := _came_with_agreement(extraction.programme):
            raise RuleViolation(reason)
        extraction.state, extraction.finished_at = ExtractionState.FINISHED, at or clock.now()
        extraction.save()
        pair = list(Extraction.objects.filter(programme=extraction.programme_id).order_by("place"))
        if len(pair) == 2 and all(each.is_finished for each in pair):
            _store_agreement(extraction.programme, pair, at)
    return extraction


def reopen_extraction(extraction: Extraction) -> Extraction:
    """Go on with a finished extraction, as long as the other person has not finished and nobody saw anything."""
    with transaction.atomic():
        _lock(extraction.programme)
        extraction.refresh_from_db(fields=["state", "finished_at"])
        if not extraction.is_finished:
            raise RuleViolation(_("This extraction is not finished."))
        if both_finished(extraction.programme):
            raise RuleViolation(_("Both extractions are finished: each has been seen by the other person."))
        extraction.state, extraction.finished_at = ExtractionState.DRAFT, None
        extraction.save()
    return extraction


def both_finished(programme: Programme) -> bool:
    """Whether two people have finished, so that their marks may be seen."""
    return Extraction.objects.filter(programme=programme, state=ExtractionState.FINISHED).count() == 2


def visible_marks(programme: Programme, user: Any) -> models.QuerySet[ExtractionMark]:
    """The marks that somebody may see: the own ones, and all once both are finished. The one door for views."""
    marks = ExtractionMark.objects.filter(extraction__programme=programme)
    return marks if both_finished(programme) else marks.filter(extraction__extractor=user.pk)


def _came_with_agreement(programme: Programme) -> str:
    """That figures stand already which no two extractions here gave; empty where there are none.

    They were computed and published elsewhere from marks that stayed there: those of other people do not replace them.
    """
    if not ExtractionAgreement.objects.filter(programme=programme).exists():
        return ""
    return _(
        "This programme was extracted elsewhere: its agreement came with an import, without the marks, and stays as it "
        "was published. It is not extracted again here."
    )


def _store_agreement(programme: Programme, pair: list[Extraction], at: dt.datetime | None) -> None:
    marked = [{number for mark in _marks(extraction) for number in mark.numbers} for extraction in pair]
    figures = compare(marked[0], marked[1], len(ProgrammeText.objects.get(programme=programme).sentences))
    ExtractionAgreement.objects.create(
        programme=programme,
        units=figures.units,
        both=figures.both,
        only_first=figures.only_first,
        only_second=figures.only_second,
        alpha=figures.alpha,
        computed_at=at or clock.now(),
    )


def _marks(extraction: Extraction) -> models.QuerySet[ExtractionMark]:
    return ExtractionMark.objects.filter(extraction=extraction)


def _place(mark: ExtractionMark) -> None:
    text = mark.extraction.programme.read_text
    count = len(text.sentences)
    if not 1 <= mark.first_sentence <= mark.last_sentence <= count:
        raise RuleViolation({"last_sentence": _("Choose sentences from the text, the first one first.")})
    first, last = text.sentences[mark.first_sentence - 1], text.sentences[mark.last_sentence - 1]
    if first.paragraph != last.paragraph:
        raise RuleViolation({"last_sentence": _("A quote lies within one paragraph. Make a mark for each.")})
    paragraph = text.layout[first.paragraph]
    mark.exact = " ".join(mark.exact.split()) or paragraph.text[first.start : last.end]
    start = paragraph.text.find(mark.exact, first.start, last.end)
    if start < 0:
        raise RuleViolation({"exact": _("These words do not stand in the chosen sentences. Quote word for word.")})
    end = start + len(mark.exact)
    # What the words leave out on either side is not marked.
    touched = [one for one in paragraph.sentences if one.start < end and one.end > start]
    mark.first_sentence, mark.last_sentence = touched[0].number, touched[-1].number
    mark.page, mark.paragraph = paragraph.page, paragraph.number
    mark.prefix, mark.suffix = paragraph.text[max(0, start - CONTEXT) : start], paragraph.text[end : end + CONTEXT]


def _lock(programme: Programme) -> None:
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def _lock_draft(extraction: Extraction) -> None:
    """What decides is the stored state, not the one the caller loaded a while ago."""
    _lock(extraction.programme)
    extraction.refresh_from_db(fields=["state", "finished_at"])
    if extraction.is_finished:
        raise RuleViolation(_("This extraction is finished."))
