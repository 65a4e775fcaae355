"""What the models themselves hold together, and what their querysets let an anonymous reader see."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from pledges.enums import Gate, PledgeState, PromisedBy, Status, Testability
from pledges.factories import (
    LONG_AGO,
    PLEDGES_PUBLISHED,
    AmendmentFactory,
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    EditionFactory,
    EvidenceFactory,
    KeyDateFactory,
    MandateFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PartnershipFactory,
    PersonFactory,
    PledgeFactory,
    ProgrammeFactory,
    ProposalFactory,
    RecognitionFactory,
    ReplyFactory,
    TipFactory,
    TopicFactory,
)
from pledges.models import (
    Assessment,
    Correction,
    Evidence,
    Person,
    Pledge,
    PledgeText,
    Programme,
    Proposal,
    Recognition,
)
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db


class TestPublicPledges:
    def test_drafts_and_those_of_drafts_are_not_public(self):
        edition = EditionFactory(year=2030)
        published = PledgeFactory(published=True)
        hidden = [
            PledgeFactory(),
            PledgeFactory(published=True, programme__candidacy__edition=edition),
            PledgeFactory(published=True),
            PledgeFactory(published=True),
        ]
        edition.published_at = None
        edition.save()
        for record in (hidden[2].programme, hidden[3].programme.candidacy):
            # Past the rules: what is published stays so.
            type(record).objects.filter(pk=record.pk).update(published_at=None)
        assert list(Pledge.objects.public()) == [published]

    def test_as_known_on_an_earlier_day(self):
        pledge = PledgeFactory(published=True, published_at=dt.datetime(2024, 3, 31, 21, 30, tzinfo=dt.UTC))
        assert pledge not in Pledge.objects.public(dt.date(2024, 3, 30))
        assert pledge in Pledge.objects.public(dt.date(2024, 3, 31))

    def test_gates(self):
        def gate(**fields) -> str:
            pledge = PledgeFactory(**fields)
            annotated = Pledge.objects.with_gate().get(pk=pledge.pk).gate
            assert annotated == pledge.gate_code
            return annotated

        assert gate() == ""
        assert gate(testability=Testability.NOT_TESTABLE) == Gate.NOT_TESTABLE
        assert gate(programme__candidacy__elected=False) == Gate.NOT_IN_OFFICE
        lost = {"programme__candidacy__elected": False, "testability": Testability.NOT_TESTABLE}
        assert gate(**lost) == Gate.NOT_IN_OFFICE
        assert gate(programme__candidacy__elected=None) == "", "unknown is not no"
        withdrawn = {"programme__candidacy__elected": None, "programme__candidacy__withdrawn_on": dt.date(2022, 11, 1)}
        assert gate(**withdrawn) == Gate.NOT_IN_OFFICE

    def test_a_listing_costs_the_same_at_any_length(self):
        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                for pledge in Pledge.objects.public().for_listing():
                    assert pledge.title and pledge.municipality.name and pledge.current.status in Status
                    assert [topic.words.name for topic in pledge.topics.all()]
                    assert pledge.programme.candidacy.person.name and pledge.gate == ""
            return len(queries)

        topics = [TopicFactory(), TopicFactory()]
        programme = ProgrammeFactory()
        PledgeFactory(published=True, programme=programme, topics=topics)
        first = cost()
        for _n in range(9):
            PledgeFactory(published=True, topics=topics)
        assert cost() == first <= 4


class TestPublic:
    """A record is public only together with what it is part of."""

    @pytest.fixture
    def drafted(self):
        """Everything of a candidacy in an edition that is a draft again."""
        candidacy = CandidacyFactory(edition=EditionFactory(year=2030))
        programme = ProgrammeFactory(candidacy=candidacy)
        records = [
            candidacy,
            programme,
            RecognitionFactory(candidacy=candidacy, published_at=LONG_AGO),
            ProposalFactory(edition=candidacy.edition, published_at=LONG_AGO),
        ]
        assert all(record in type(record).objects.public() for record in records)
        candidacy.edition.published_at = None
        candidacy.edition.save()
        return records

    def test_nothing_of_a_draft_edition(self, drafted):
        assert [record for record in drafted if record in type(record).objects.public()] == []

    def test_neither_programme_nor_recognition_of_a_draft_candidacy(self):
        candidacy = CandidacyFactory(published_at=None)
        assert ProgrammeFactory(candidacy=candidacy) not in Programme.objects.public()
        recognition = RecognitionFactory(candidacy=candidacy, published_at=LONG_AGO)
        assert recognition not in Recognition.objects.public()

    def test_no_proposal_of_a_draft_organisation(self):
        organisation = OrganisationFactory(published_at=None)
        proposal = ProposalFactory(organisation=organisation, published_at=LONG_AGO)
        assert proposal not in Proposal.objects.public()

    def test_neither_reply_nor_correction_about_a_draft_pledge(self):
        for factory in (ReplyFactory, CorrectionFactory):
            about_draft = factory(pledge=PledgeFactory(), published_at=LONG_AGO)
            about_published = factory(published_at=PLEDGES_PUBLISHED)
            assert list(type(about_draft).objects.public()) == [about_published]
        general = CorrectionFactory(pledge=None, published_at=LONG_AGO)
        assert general in Correction.objects.public(), "one that concerns no single pledge"

    def test_a_person_by_a_public_candidacy_or_mandate(self):
        candidate, mayor = CandidacyFactory().person, MandateFactory(candidacy=None, **_a_mayor()).person
        CandidacyFactory(published_at=None)
        MandateFactory(candidacy=None, published_at=None, **_a_mayor())
        PersonFactory()
        assert set(Person.objects.public()) == {candidate, mayor}
        assert not Person.objects.public(dt.date(2022, 8, 31)).exists()

    def test_evidence_by_a_published_assessment(self):
        pledge = PledgeFactory(published=True)
        cited, of_draft, loose = (EvidenceFactory(pledge=pledge) for _n in range(3))
        AssessmentFactory(pledge=pledge, published=True, evidence=[cited])
        AssessmentFactory(pledge=pledge, evidence=[of_draft, cited])
        assert loose not in Evidence.objects.public()
        assert list(Evidence.objects.public()) == [cited]
        assert not Evidence.objects.public(dt.date(2024, 1, 14)).exists()


def _a_mayor() -> dict:
    return {
        "person": PersonFactory(),
        "municipality": MunicipalityFactory(),
        "start": dt.date(2018, 12, 1),
        "planned_end": dt.date(2022, 12, 1),
    }


class TestPledge:
    def test_municipality_and_edition_are_those_of_the_candidacy(self):
        pledge = PledgeFactory()
        candidacy = pledge.programme.candidacy
        assert (pledge.municipality, pledge.edition) == (candidacy.municipality, candidacy.edition)

    def test_an_organisation_promises_or_a_candidate_never_both(self):
        ngo = PledgeFactory(organisation=OrganisationFactory())
        assert ngo.promised_by == PromisedBy.NGO
        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.filter(pk=ngo.pk).update(promised_by=PromisedBy.CANDIDATE)

    @pytest.mark.parametrize(
        ("name", "value", "way"),
        [
            ("due_date", dt.date(2030, 1, 1), "correction"),
            ("due_precision", "year", "correction"),
            ("kind", "maintain", "correction"),
            ("indicator", "Kilometri", "correction"),
            ("indicator_target", 7, "amendment"),
            ("interpretation", "Beremo drugače.", "amendment"),
            ("responsible_body", "Občinski svet", "amendment"),
            ("depends_on_council", True, "correction"),
            ("depends_on_state", True, "correction"),
            ("depends_on_eu_funds", True, "correction"),
        ],
    )
    def test_what_was_promised_does_not_change_once_published(self, name, value, way):
        pledge = PledgeFactory(published=True, indicator_target=5)
        pledge.save()
        setattr(pledge, name, value)
        with translation.override("en"), pytest.raises(ValidationError, match=way) as error:
            pledge.full_clean()
        assert name in error.value.message_dict
        with pytest.raises(ValidationError):
            pledge.save()
        draft = PledgeFactory()
        setattr(draft, name, value)
        draft.save()

    @pytest.mark.parametrize(
        ("part", "after"),
        [("responsible_body", "x" * 256), ("indicator_target", "sto"), ("page", "-1"), ("quote", " ")],
    )
    def test_an_amendment_fits_into_the_field(self, part, after):
        amendment = AmendmentFactory(pledge=PledgeFactory(published=True), part=part, after=after)
        with pytest.raises(ValidationError) as error:
            amendment.full_clean()
        assert list(error.value.message_dict) == ["after"]

    def test_its_words_follow_the_reader(self):
        pledge = PledgeFactory(title="Trg")
        PledgeText.objects.create(pledge=pledge, language="en", title="Square")
        for language, title, shown in (("en", "Square", "en"), ("sl", "Trg", "sl"), ("ka", "Trg", "sl")):
            with translation.override(language):
                fresh = Pledge.objects.get(pk=pledge.pk)
                assert (fresh.title, fresh.title_language) == (title, shown)

    def test_without_words_the_quote_stands_for_the_title(self):
        pledge = PledgeFactory(title=None, quote="Uredili bomo trg.", quote_language="sl")
        assert (pledge.title, pledge.title_language) == ("Uredili bomo trg.", "sl")

    def test_criteria_are_lines(self):
        assert PledgeFactory(success_criteria="Prvo.\n\n  Drugo. ").criteria == ["Prvo.", "Drugo."]

    @pytest.mark.parametrize(
        ("day", "precision", "last"),
        [
            (None, "day", None),
            ("2024-05-15", "day", "2024-05-15"),
            ("2024-12-01", "month", "2024-12-31"),
            ("2024-02-10", "month", "2024-02-29"),
            ("2024-02-10", "year", "2024-12-31"),
        ],
    )
    def test_the_last_day_that_is_in_time(self, day, precision, last):
        pledge = Pledge(due_date=day and dt.date.fromisoformat(day), due_precision=precision)
        assert pledge.due_last_day == (last and dt.date.fromisoformat(last))

    def test_a_published_one_is_numbered(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.filter(pk=PledgeFactory().pk).update(state=PledgeState.PUBLISHED)


class TestAssessment:
    def test_not_assessed_is_no_verdict(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            AssessmentFactory(status=Status.NOT_ASSESSED)

    def test_author_and_approver_differ_in_the_database(self):
        draft = AssessmentFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.filter(pk=draft.pk).update(approver=draft.author)

    def test_a_correction_names_what_it_supersedes(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            AssessmentFactory(kind="correction")

    def test_an_outlook_needs_a_due_date(self):
        draft = AssessmentFactory(outlook="on_track")
        with pytest.raises(ValidationError) as error:
            draft.full_clean()
        assert "outlook" in error.value.message_dict
        draft.pledge.due_date = dt.date(2026, 1, 1)
        draft.full_clean()

    def test_a_draft_goes_with_its_citations(self):
        draft = AssessmentFactory(pledge=PledgeFactory(published=True))
        draft.citations.create(evidence=EvidenceFactory(pledge=draft.pledge))
        draft.delete()


class TestMandate:
    def test_an_early_end_has_a_reason(self):
        mandate = MandateFactory()
        mandate.end = dt.date(2024, 1, 1)
        with pytest.raises(IntegrityError), transaction.atomic():
            mandate.save()

    def test_it_does_not_end_before_it_starts(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            MandateFactory(end=dt.date(2000, 1, 1), end_reason="term")


def test_a_person_stands_once_in_one_place():
    first = CandidacyFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        CandidacyFactory(person=first.person, municipality=first.municipality, edition=first.edition)


def test_a_key_date_of_a_month_lasts_until_its_end(settings):
    key_date = KeyDateFactory(date=dt.date(2026, 2, 1), precision="month")
    for day, past, now in (("2026-01-31", False, False), ("2026-02-28", False, True), ("2026-03-01", True, False)):
        settings.TODAY = day
        assert (key_date.is_past, key_date.is_now) == (past, now)


def test_a_partnership_is_in_an_edition_or_on_a_page():
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnershipFactory(edition=None)


def test_a_tip_is_about_something():
    with pytest.raises(IntegrityError), transaction.atomic():
        TipFactory(pledge=None)


def test_factories_are_users_of_their_own():
    first, second = UserFactory(), UserFactory()
    assert first.email != second.email
    assert not first.has_usable_password()
