"""Whatever changes, the index follows: after each change that a site knows, `sync` would find nothing.

Each case changes one thing of a small world in which every kind of document shows it, and commits.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

from home.factories import (
    EditionPageFactory,
    EventPageFactory,
    GoodPracticePageFactory,
    InitiativesPageFactory,
    NewsPageFactory,
    ProjectPageFactory,
    StandardPageFactory,
)
from pledges import services as pledges
from pledges.factories import (
    AmendmentFactory,
    AssessmentFactory,
    CandidacyFactory,
    EditionFactory,
    EvidenceFactory,
    HubFactory,
    MandateFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PersonFactory,
    PledgeFactory,
    ProgrammeFactory,
    RegionFactory,
    TopicFactory,
)
from pledges.models import (
    AssessmentText,
    HubCoverage,
    OrganisationText,
    Pledge,
    PledgeText,
    ProgrammeText,
    TopicText,
)
from search import services
from search.models import OutboxEntry, SearchEntry
from search.registry import sources
from zaveza import clock
from zaveza.images.models import CustomDocument, DocumentText
from zaveza.users.factories import UserFactory

World = SimpleNamespace


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> World:
    """One of each, everything public, and the index complete."""
    settings.TODAY = "2026-02-03"
    settings.MEDIA_ROOT = str(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        made = small_world()
    services.rebuild()
    assert set(SearchEntry.objects.values_list("type", flat=True)) == set(sources())
    return made


def small_world() -> World:
    region = RegionFactory(name="Kraška", slug="kraska")
    municipality = MunicipalityFactory(name="Sončna vas", slug="soncna-vas", code="SON", region=region)
    hub = HubFactory(slug="burja", name="Burja", covers=[municipality])
    edition = EditionFactory(year=2022)
    candidacy = CandidacyFactory(municipality=municipality, edition=edition, person=PersonFactory(name="Ana Vidmar"))
    mandate = MandateFactory(candidacy=candidacy)
    elsewhere = MunicipalityFactory(name="Mlaka", slug="mlaka", code="MLA", region=region)
    rival = CandidacyFactory(municipality=elsewhere, edition=edition, person=PersonFactory(name="Eva Kos"))
    programme = ProgrammeFactory(candidacy=candidacy)
    topic = TopicFactory(code="roads")
    organisation = OrganisationFactory(name="Društvo")
    pledge = PledgeFactory(programme=programme, published=True, topics=[topic])
    other = PledgeFactory(programme=programme, published=True)
    theirs = PledgeFactory(programme=programme, organisation=organisation, published=True)
    source = EvidenceFactory(pledge=pledge)
    assessment = AssessmentFactory(pledge=pledge, evidence=[source], published=True)
    document = CustomDocument.objects.create(title="Zapisnik", file=ContentFile(b"Zapisano.", "zapisnik.txt"))
    offering = [("downloads", {"documents": [{"document": document, "title": "", "note": ""}], "language": ""})]
    project = ProjectPageFactory(slug="projekt")
    page = StandardPageFactory(slug="o-nas")
    return World(
        **locals(),
        child=StandardPageFactory(slug="ekipa", parent=page),
        news=NewsPageFactory(slug="novica", hub=hub, project=project, body=offering),
        event=EventPageFactory(slug="dogodek", hub=hub, municipality=municipality, edition=edition, body=offering),
        edition_page=EditionPageFactory(slug="izdaja", edition=edition),
        practice=GoodPracticePageFactory(slug="praksa", hub=hub, municipality=municipality),
        initiatives=InitiativesPageFactory(slug="pobude"),
        user=UserFactory(),
    )


def fresh(record: Any) -> Any:
    return type(record)._default_manager.get(pk=record.pk)


def changed(record: Any, **values: Any) -> None:
    stored = fresh(record)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.save()


def published(page: Page, **values: Any) -> None:
    stored = page.specific_class.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.save_revision().publish()


def moved(world: World) -> None:
    target = StandardPageFactory(slug="cilj")
    Page.objects.get(pk=world.page.pk).move(Page.objects.get(pk=target.pk), pos="last-child")


def root_moved(world: World) -> None:
    site = Site.objects.get()
    site.root_page = Page.objects.get(pk=world.page.pk)
    site.save()


def deleted_topic(world: World) -> None:
    fresh(world.topic).delete()


def amended(world: World) -> None:
    pledges.publish_amendment(AmendmentFactory(pledge=world.pledge), UserFactory())


def assessed_with_evidence(world: World) -> None:
    source = EvidenceFactory(pledge=world.other, title="Razpis za pomol")
    AssessmentFactory(pledge=world.other, status="in_progress", evidence=[source], published=True)


def withdrawn_candidacy(world: World) -> None:
    changed(world.candidacy, published_at=None)


CHANGES: dict[str, Callable[[World], Any]] = {
    # People and places
    "a person is renamed": lambda world: changed(world.candidacy.person, name="Ana Kos"),
    "a municipality is renamed": lambda world: changed(world.municipality, name="Senčna vas"),
    "a municipality gets another slug": lambda world: changed(world.municipality, slug="sencna-vas"),
    "a municipality comes to another region": lambda world: changed(world.municipality, region=RegionFactory()),
    "a region is renamed": lambda world: changed(world.region, name="Obalna"),
    "a region gets another slug": lambda world: changed(world.region, slug="obalna"),
    "a candidacy gets another list": lambda world: changed(world.candidacy, list_name="Lista za vas"),
    "a candidacy is taken back": withdrawn_candidacy,
    "a candidacy is given to another person": lambda world: changed(world.candidacy, person=world.rival.person),
    "a candidacy comes to another municipality": lambda world: changed(world.candidacy, municipality=world.elsewhere),
    "somebody else runs": lambda world: CandidacyFactory(municipality=world.municipality, edition=world.edition),
    "a mandate ends": lambda world: changed(world.mandate, end=dt.date(2025, 6, 30), end_reason="resignation"),
    "a mandate begins": lambda world: MandateFactory(candidacy=CandidacyFactory(edition=world.edition)),
    "a mandate comes to another municipality": lambda world: changed(world.mandate, municipality=world.elsewhere),
    "a mandate is given to another person": lambda world: changed(
        world.mandate, person=world.rival.person, candidacy=world.rival
    ),
    "a mandate is deleted": lambda world: fresh(world.mandate).delete(),
    # Editions, topics and organisations
    "an edition is taken back": lambda world: changed(world.edition, published_at=None),
    "a topic has another code": lambda world: changed(world.topic, code="streets"),
    "a topic has another name": lambda world: TopicText.objects.update_or_create(
        topic=world.topic, language="en", defaults={"name": "Streets"}
    ),
    "a topic is deleted": deleted_topic,
    "a hub is renamed": lambda world: changed(world.hub, name="Bora"),
    "a hub gets another slug": lambda world: changed(world.hub, slug="bora"),
    "a hub is taken back": lambda world: changed(world.hub, published_at=None),
    "a hub is called otherwise in a language": lambda world: OrganisationText.objects.update_or_create(
        organisation=world.hub, language="sl", defaults={"name": "Burjica"}
    ),
    "a hub no longer watches": lambda world: HubCoverage.objects.get(hub=world.hub).delete(),
    "a hub watches until yesterday": lambda world: changed(
        HubCoverage.objects.get(hub=world.hub), end=dt.date(2026, 2, 2)
    ),
    "a hub watches another municipality": lambda world: changed(
        HubCoverage.objects.get(hub=world.hub), municipality=world.elsewhere
    ),
    "another hub takes over": lambda world: changed(HubCoverage.objects.get(hub=world.hub), hub=HubFactory(slug="jug")),
    "another hub watches": lambda world: HubFactory(slug="jug", covers=[world.municipality]),
    "an organisation is renamed": lambda world: changed(world.organisation, name="Zveza"),
    "an organisation is taken back": lambda world: changed(world.organisation, published_at=None),
    # Programmes and pledges
    "a programme is published": lambda world: changed(
        ProgrammeFactory(candidacy=world.programme.candidacy, version=3, published_at=None, text="Čolnarna."),
        published_at=clock.now(),
    ),
    "a programme comes": lambda world: ProgrammeFactory(
        candidacy=CandidacyFactory(municipality=world.municipality, edition=world.edition)
    ),
    "a pledge comes": lambda world: PledgeFactory(programme=world.programme, published=True),
    "the words of a pledge change": lambda world: changed(PledgeText.objects.get(pledge=world.pledge), title="Čolni"),
    "a pledge has words in another language": lambda world: PledgeText.objects.create(
        pledge=world.pledge, language="en", title="Boats"
    ),
    "words of a pledge are deleted": lambda world: PledgeText.objects.get(pledge=world.pledge).delete(),
    "a pledge has other topics": lambda world: Pledge.objects.get(pk=world.pledge.pk).topics.set([TopicFactory()]),
    "a topic has another pledge": lambda world: fresh(world.topic).pledges.add(world.other),
    "a topic has no pledges any more": lambda world: fresh(world.topic).pledges.clear(),
    "a pledge is assessed": lambda world: AssessmentFactory(pledge=world.other, status="fulfilled", published=True),
    "a pledge is amended": amended,
    "an assessment is published with evidence": assessed_with_evidence,
    "a draft of an assessment changes nothing": lambda world: AssessmentFactory(pledge=world.pledge),
    "an assessment is translated": lambda world: AssessmentText.objects.create(
        assessment=world.assessment, language="en", summary="The boathouse is open."
    ),
    "evidence comes that nothing cites": lambda world: EvidenceFactory(pledge=world.pledge),
    "the file of a programme is read": lambda world: ProgrammeText.objects.update_or_create(
        programme=world.programme,
        defaults={
            "source": "file",
            "source_sha256": "0",
            "paragraphs": [{"page": 1, "number": 1, "text": "Uredili bomo pristan.", "sentences": [[0, 21]]}],
            "read_at": clock.now(),
        },
    ),
    "a pledge is withdrawn": lambda world: pledges.withdraw_pledge(world.pledge, "Napaka.", world.user),
    "a pledge is merged": lambda world: pledges.merge_pledge(world.pledge, world.other, "Enako.", world.user),
    "statuses are rebuilt": lambda world: pledges.rebuild_statuses(),
    # Pages
    "a page is published anew": lambda world: published(world.news, title="Novejša novica"),
    "a page gets another slug": lambda world: published(world.page, slug="kdo-smo"),
    "a page moves": moved,
    "a page is unpublished": lambda world: Page.objects.get(pk=world.page.pk).unpublish(),
    "a branch is unpublished": lambda world: Page.objects.get(pk=world.page.pk).unpublish(set_expired=False),
    "a page is deleted with all below it": lambda world: Page.objects.get(pk=world.page.pk).delete(),
    "a page is copied": lambda world: Page.objects.get(pk=world.page.pk).copy(
        recursive=True, update_attrs={"slug": "kopija"}
    ),
    "a draft changes nothing": lambda world: world.news.save_revision(),
    "a project is deleted": lambda world: Page.objects.get(pk=world.project.pk).delete(),
    "a branch is restricted": lambda world: PageViewRestriction.objects.create(
        page=Page.objects.get(pk=world.page.pk), restriction_type=PageViewRestriction.LOGIN
    ),
    "a page offers its document no more": lambda world: published(world.news, body=[]),
    "a page that offers a document is unpublished": lambda world: Page.objects.get(pk=world.event.pk).unpublish(),
    "a page that offers a document is deleted": lambda world: Page.objects.get(pk=world.news.pk).delete(),
    "a document is renamed": lambda world: changed(world.document, title="Poročilo"),
    "a document is in another language": lambda world: changed(world.document, language="en"),
    "a document is another file": lambda world: changed(world.document, file=ContentFile(b"Drugo.", "drugo.txt")),
    "the text of a document is gone": lambda world: DocumentText.objects.get().delete(),
    "a document is deleted": lambda world: fresh(world.document).delete(),
    "documents are closed": lambda world: CollectionViewRestriction.objects.create(
        collection=world.document.collection, restriction_type=CollectionViewRestriction.LOGIN
    ),
    "another page is the root of the site": root_moved,
    "a page is translated": lambda world: (
        world.page.copy_for_translation(locale_of("en"), copy_parents=True).save_revision().publish()
    ),
}


def locale_of(language: str) -> Any:
    from wagtail.models import Locale

    return Locale.objects.get_or_create(language_code=language)[0]


def test_the_index_follows(world: World, django_capture_on_commit_callbacks: Any) -> None:
    wrong = {}
    for name, change in CHANGES.items():
        cache.clear()
        with transaction.atomic():
            with django_capture_on_commit_callbacks(execute=True):
                change(world)
            drift = [f"{each.kind} {each.document_id}" for part in services.find_drift() for each in part]
            if drift or OutboxEntry.objects.exists():
                wrong[name] = drift or "not written"
            transaction.set_rollback(True)
    assert wrong == {}
