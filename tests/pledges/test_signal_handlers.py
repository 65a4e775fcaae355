"""What is told to the search index when something changes that its documents show."""

import datetime as dt

import pytest

from pledges import services, signal_handlers
from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    HubCoverageFactory,
    MandateFactory,
    OrganisationFactory,
    PledgeFactory,
    ProgrammeFactory,
    TopicFactory,
)
from pledges.models import Candidacy, Municipality, OrganisationText, Person, PledgeText, Topic
from pledges.services import freshness, statuses
from tests.pledges.desk import publish
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """The documents that are to be written anew, as (type, key)."""
    documents: set[tuple[str, int]] = set()
    for module in (freshness, signal_handlers, statuses):
        monkeypatch.setattr(
            module, "refresh", lambda type_code, keys: documents.update((type_code, key) for key in keys)
        )
    return documents


@pytest.fixture
def pledge():
    """A published pledge with everything around it that its document shows."""
    candidacy = CandidacyFactory()
    MandateFactory(candidacy=candidacy)
    programme = ProgrammeFactory(candidacy=candidacy)
    return PledgeFactory(programme=programme, published=True, topics=[TopicFactory()])


def test_publishing_assessing_and_withdrawing(told):
    pledge = PledgeFactory()
    told.clear()
    pledge.save()
    assert ("pledge", pledge.pk) not in told, "a draft is nobody's business"
    pledge = services.submit_for_review(pledge, UserFactory())
    services.publish_pledge(pledge, UserFactory())
    assert ("pledge", pledge.pk) in told
    assessment = AssessmentFactory(pledge=pledge)
    told.clear()
    publish(assessment, UserFactory())
    assert told == {("pledge", pledge.pk)}
    told.clear()
    services.withdraw_pledge(pledge, "Napaka.", UserFactory())
    assert told == {("pledge", pledge.pk)}


def test_its_words_and_topics(told, pledge):
    for change in (
        lambda: PledgeText.objects.get(pledge=pledge).save(),
        lambda: pledge.topics.set([TopicFactory()]),
        lambda: PledgeText.objects.get(pledge=pledge).delete(),
    ):
        told.clear()
        change()
        assert told == {("pledge", pledge.pk)}


def test_a_renamed_person_municipality_or_topic(told, pledge):
    candidacy = pledge.programme.candidacy
    person, municipality, topic = candidacy.person, candidacy.municipality, pledge.topics.get()
    for model, key, field, also in (
        (Person, person.pk, "name", {("person", person.pk), ("programme", pledge.programme_id)}),
        (Municipality, municipality.pk, "name", {("municipality", municipality.pk), ("person", person.pk)}),
        (Candidacy, candidacy.pk, "list_name", {("person", person.pk), ("programme", pledge.programme_id)}),
        (Topic, topic.pk, "code", set()),
    ):
        record = model.objects.get(pk=key)
        setattr(record, field, "novo-ime")
        told.clear()
        record.save()
        assert {("pledge", pledge.pk), *also} <= told, model


def test_a_save_that_changes_nothing_shown_spreads_no_further(told, pledge):
    told.clear()
    pledge.programme.candidacy.person.save()
    assert ("pledge", pledge.pk) not in told


def test_an_organisation_and_its_name_in_another_language(told, pledge):
    organisation = OrganisationFactory()
    theirs = PledgeFactory(programme=pledge.programme, organisation=organisation, published=True)
    told.clear()
    organisation.name = "Novo ime"
    organisation.save()
    assert ("pledge", theirs.pk) in told
    assert ("pledge", pledge.pk) not in told
    told.clear()
    OrganisationText.objects.create(organisation=organisation, language="en", name="New name")
    assert told == {("pledge", theirs.pk)}


def test_a_hub_that_begins_to_watch(told, pledge):
    told.clear()
    coverage = HubCoverageFactory(municipality=pledge.municipality)
    expected = {
        ("pledge", pledge.pk),
        ("municipality", pledge.municipality_id),
        ("programme", pledge.programme_id),
    }
    assert expected <= told
    told.clear()
    coverage.delete()
    assert expected <= told


def test_the_end_of_a_mandate_reaches_status_and_search(told, pledge):
    mandate = pledge.programme.candidacy.mandate
    told.clear()
    mandate.end, mandate.end_reason = dt.date(2024, 6, 30), "resignation"
    mandate.save()
    assert {("pledge", pledge.pk), ("person", mandate.person_id), ("municipality", mandate.municipality_id)} <= told
    pledge.current.refresh_from_db()
    assert pledge.current.next_check is None
