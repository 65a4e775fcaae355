"""Links for candidates and what came through them."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from zaveza import clock

from .. import models
from ..enums import EditionState, LinkPurpose
from .context import CandidacyFactory


class CandidacyLinkFactory(DjangoModelFactory):
    """An open link for handing in the programme, of an edition that takes programmes."""

    class Meta:
        model = models.CandidacyLink

    candidacy = factory.SubFactory(CandidacyFactory, elected=None, edition__year=2026, edition__state=EditionState.OPEN)
    purpose = LinkPurpose.PROGRAMME
    email = "ekipa@example.si"
    expires_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=30))


class HandInDraftFactory(DjangoModelFactory):
    """What a team has entered; no file."""

    class Meta:
        model = models.HandInDraft

    candidacy = factory.SubFactory(CandidacyFactory, elected=None, edition__year=2026, edition__state=EditionState.OPEN)
