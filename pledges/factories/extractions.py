"""Texts of programmes and what two people mark in them, through `services` as the site does."""

import io
from typing import Any

import factory
from factory.django import DjangoModelFactory

from zaveza.texts import ExtractedText
from zaveza.texts.reading import read
from zaveza.users.factories import UserFactory

from .. import models, services
from .context import LONG_AGO, ProgrammeFactory

TEXT = (
    "Naša občina ima dvajset društev. Do 1. januarja 2024 bomo uredili center za mlade.\n"
    "Prostora je malo. Uvedli bomo večletni razpis in odprli dom za društva. Hvala za zaupanje."
)


def _read_here(file: io.BytesIO, content_type: str = "", *, language: str = "") -> ExtractedText:
    return read(file.read(), content_type, language)


class ProgrammeTextFactory(DjangoModelFactory):
    """The read text of a programme of five sentences in two paragraphs, typed in; `programme__text` says another."""

    class Meta:
        model = models.ProgrammeText

    programme = factory.SubFactory(ProgrammeFactory, text=TEXT)

    @classmethod
    def _create(cls, model_class: type[models.ProgrammeText], *args: Any, **fields: Any) -> models.ProgrammeText:
        text = services.read_programme(fields["programme"], reader=_read_here)
        assert isinstance(text, models.ProgrammeText)  # noqa: S101  # it has text
        return text


class ExtractionFactory(DjangoModelFactory):
    """One person's extraction, begun. `marks` are pairs of a sentence's number and the words in it ("" for all)."""

    class Meta:
        model = models.Extraction

    programme = factory.LazyFunction(lambda: ProgrammeTextFactory().programme)
    extractor = factory.SubFactory(UserFactory)
    marks: tuple[tuple[int, str], ...] = ()
    finished = False

    @classmethod
    def _create(cls, model_class: type[models.Extraction], *args: Any, **fields: Any) -> models.Extraction:
        extraction = services.start_extraction(fields["programme"], fields["extractor"], at=LONG_AGO)
        for number, exact in fields["marks"]:
            ExtractionMarkFactory(extraction=extraction, first_sentence=number, exact=exact)
        if fields["finished"]:
            services.finish_extraction(extraction)
        return extraction


class ExtractionMarkFactory(DjangoModelFactory):
    """A mark of one sentence."""

    class Meta:
        model = models.ExtractionMark

    extraction = factory.SubFactory(ExtractionFactory)
    first_sentence = 2
    last_sentence = factory.SelfAttribute("first_sentence")
    exact = ""
    title = factory.Sequence(lambda n: f"Oznaka {n}")

    @classmethod
    def _create(cls, model_class: type[models.ExtractionMark], *args: Any, **fields: Any) -> models.ExtractionMark:
        return services.save_mark(model_class(**fields))
