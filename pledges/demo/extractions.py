"""The demo's extractions: what two people marked in some programmes, and what the reviewer made of it."""

import datetime as dt
from typing import IO, Any

from django.core.files.base import ContentFile

from zaveza import clock
from zaveza.texts import ExtractedText
from zaveza.texts.odt_writing import write_odt
from zaveza.texts.reading import read

from .. import services
from ..enums import MarkOutcome, SubmissionChannel
from ..factories import ProgrammeFactory
from ..forms.uploads import sha256_of
from ..models import ExtractionAgreement, ExtractionMark, MarkDecision, Pledge, Programme
from .people import HUBS, Stand
from .staff import Staff

# Sentences of a programme that promise nothing.
DESCRIPTIONS = (
    "V naši občini deluje več kot sto društev, ki jih vodijo prostovoljke in prostovoljci.",
    "Prostora za druženje in delo društev že dolgo primanjkuje.",
    "Na javnih razpravah smo slišali, da ljudje pogrešajo več besede pri odločitvah.",
    "Mladi odhajajo, starejši pa ostajajo sami.",
    "Dobro sosedstvo je največje bogastvo kraja.",
    "Vse to zmoremo le skupaj.",
)
# Settled: the first person passes over every so manieth pledge, the second likewise, and marks so many descriptions.
SETTLED = {
    "ajdovscina": (9, 12, 1),
    "tolmin": (7, 5, 2),
    "novo-mesto": (0, 8, 0),
    "crnomelj": (6, 4, 2),
    "postojna": (0, 0, 0),
}
# Handed in anew and not published: one to be settled, one in which the second person is still at work.
TO_SETTLE, AT_WORK = "idrija", "vipava"
HANDED_IN = dt.date(2026, 1, 12)
_HUB_OF = {municipality: slug for slug, _name, _english, municipalities in HUBS for municipality in municipalities}


def with_description(promises: list[str], offset: int) -> list[str]:
    """The paragraphs of a programme: a description after the title and after every few promises."""
    paragraphs = []
    for number, promise in enumerate(promises):
        if number % 4 == 0:
            turn = offset + number // 4
            paragraphs.append(" ".join(DESCRIPTIONS[(turn + step) % len(DESCRIPTIONS)] for step in range(2 + turn % 2)))
        paragraphs.append(promise)
    return paragraphs


def read_here(file: IO[bytes], content_type: str = "", *, language: str = "") -> ExtractedText:
    """Like `extract_text`, for files that this seed wrote itself: without a process of their own."""
    return read(file.read(), content_type, language)


def store_file(programme: Programme, paragraphs: list[str]) -> None:
    """Give a programme its file with these paragraphs."""
    file = ContentFile(write_odt(f"Program sodelovanja v skupnosti: {programme.candidacy.person}", paragraphs))
    programme.file_size, programme.sha256 = file.size, sha256_of(file)
    programme.file.save(f"{programme.public_id}.odt", file)


def seed_extractions(promised: list[tuple[Pledge, Stand, int]], staff: Staff, day: dt.date) -> None:
    """Read every programme; extract some of 2022, and two that were handed in shortly before `day`."""
    for programme in Programme.objects.order_by("pk"):
        services.read_programme(programme, reader=read_here)
    for municipality, passed_over in SETTLED.items():
        pledges = [
            pledge
            for pledge, stand, _number in promised
            if (stand.municipality, stand.year) == (municipality, 2022) and pledge.programme.candidacy.elected
        ]
        _settled(municipality, pledges, passed_over, staff)
    if day > HANDED_IN:
        for municipality in (TO_SETTLE, AT_WORK):
            _unsettled(municipality, promised, staff)


def _settled(municipality: str, pledges: list[Pledge], passed_over: tuple[int, int, int], staff: Staff) -> None:
    programme = Programme.objects.get(pk=pledges[0].programme_id)
    began = dt.datetime(2022, 10, 20, 9, tzinfo=clock.SITE_ZONE)
    marks = [
        _extract(programme, extractor, pledges, every, descriptions, began + dt.timedelta(hours=3 * place))
        for place, (extractor, every, descriptions) in enumerate(
            zip(extractors_of(municipality, staff), passed_over[:2], (0, passed_over[2]), strict=True)
        )
    ]
    decisions: dict[int, services.Decision] = {}
    for key, mark in {**marks[1], **marks[0]}.items():
        if key is None:
            continue
        decisions[mark.pk] = services.Decision(MarkOutcome.ACCEPTED)
        other = marks[1].get(key)
        if other and other.pk != mark.pk:
            decisions[other.pk] = services.Decision(MarkOutcome.MERGED, into=mark.pk)
    rest = ExtractionMark.objects.filter(extraction__programme=programme).exclude(pk__in=decisions)
    for mark in rest:
        decisions[mark.pk] = services.Decision(MarkOutcome.REJECTED, reason="Opisuje stanje in ničesar ne obljublja.")
    settled = began + dt.timedelta(days=4)
    services.decide(programme, decisions, staff.reviewer, at=settled)
    # The pledges are there already, published as they were then; a settlement today would make drafts of its own.
    for pledge in pledges:
        MarkDecision.objects.filter(
            mark__extraction__programme=programme, mark__exact=pledge.quote, outcome=MarkOutcome.ACCEPTED
        ).update(pledge=pledge)
    agreement = ExtractionAgreement.objects.get(programme=programme)
    agreement.settled_by, agreement.published_at = staff.reviewer, settled
    agreement.save()


def _unsettled(municipality: str, promised: list[tuple[Pledge, Stand, int]], staff: Staff) -> None:
    """A second version of the mayor's programme, a draft: some of the old promises, said again."""
    pledges = [
        pledge
        for pledge, stand, _number in promised
        if (stand.municipality, stand.year) == (municipality, 2022) and pledge.programme.candidacy.elected
    ][:7]
    first = Programme.objects.get(pk=pledges[0].programme_id)
    paragraphs = with_description([pledge.quote + pledge.quote_suffix for pledge in pledges], 3)
    programme: Programme = ProgrammeFactory(
        candidacy=first.candidacy,
        version=2,
        supersedes=first,
        submitted_at=dt.datetime.combine(HANDED_IN, dt.time(10), clock.SITE_ZONE),
        channel=SubmissionChannel.EMAIL,
        text="\n".join(paragraphs),
        published_at=None,
    )
    store_file(programme, paragraphs)
    services.read_programme(programme, reader=read_here)
    began = dt.datetime.combine(HANDED_IN + dt.timedelta(days=7), dt.time(9), clock.SITE_ZONE)
    one, two = extractors_of(municipality, staff)
    _extract(programme, one, pledges, 5, 1, began)
    _extract(programme, two, pledges[:4], 3, 0, began, finish=municipality == TO_SETTLE)


def _extract(
    programme: Programme,
    extractor: Any,
    pledges: list[Pledge],
    every: int,
    descriptions: int,
    began: dt.datetime,
    *,
    finish: bool = True,
) -> dict[int | None, ExtractionMark]:
    """One person's marks, by the key of the pledge that they became; those of descriptions under None."""
    extraction = services.start_extraction(programme, extractor, at=began)
    sentences = programme.read_text.sentences
    marks: dict[int | None, ExtractionMark] = {}
    for number, pledge in enumerate(pledges):
        sentence = next((one for one in sentences if pledge.quote in one.text), None)
        if sentence is None or (every and number % every == every - 1):
            continue
        marks[pledge.pk] = services.save_mark(
            ExtractionMark(
                extraction=extraction,
                first_sentence=sentence.number,
                last_sentence=sentence.number,
                exact=pledge.quote,
                title=pledge.title[:255],
                kind=pledge.kind,
                testability=pledge.testability,
                interpretation=pledge.interpretation,
            )
        )
    told = [one for one in sentences if one.text in DESCRIPTIONS][:descriptions]
    for sentence in told:
        marks[None] = services.save_mark(
            ExtractionMark(
                extraction=extraction,
                first_sentence=sentence.number,
                last_sentence=sentence.number,
                title="Sodelovanje v kraju",
            )
        )
    if finish:
        services.finish_extraction(extraction, at=began + dt.timedelta(hours=2))
    return marks


def extractors_of(municipality: str, staff: Staff) -> tuple[Any, Any]:
    """The two people of the hub who cut the programmes of a municipality into pledges."""
    hub = _HUB_OF[municipality]
    return staff.monitors[hub], staff.second_monitors[hub]
