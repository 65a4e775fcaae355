"""The admin's lists and the steps of a record's life."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pledges import factories, services
from pledges.enums import AssessmentKind, EditionState, PledgeState, Status
from pledges.models import Assessment, Candidacy, Edition, Evidence, Person, Pledge, PledgeStatus
from tests.pledges.admin_people import ADMINISTRATORS, REVIEWERS, client_of, person
from tests.pledges.desk import approved
from zaveza import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    return client_of(person(ADMINISTRATORS))


@pytest.fixture
def reviewer() -> Client:
    return client_of(person(REVIEWERS))


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


LISTED = {
    "pledge": lambda: factories.PledgeFactory(published=True),
    "amendment": factories.AmendmentFactory,
    "assessment": factories.AssessmentFactory,
    "evidence": factories.EvidenceFactory,
    "programme": factories.ProgrammeFactory,
    "person": factories.PersonFactory,
    "candidacy": factories.CandidacyFactory,
    "mandate": factories.MandateFactory,
    "recognition": factories.RecognitionFactory,
    "proposal": factories.ProposalFactory,
    "proposaluptake": factories.ProposalUptakeFactory,
    "reply": factories.ReplyFactory,
    "correction": factories.CorrectionFactory,
    "tip": factories.TipFactory,
    "organisation": factories.OrganisationFactory,
    "hubcoverage": factories.HubCoverageFactory,
    "hubmember": factories.HubMemberFactory,
    "partnership": factories.PartnershipFactory,
    "keydate": factories.KeyDateFactory,
    "topic": factories.TopicFactory,
}


@pytest.mark.parametrize("name", LISTED)
def test_listing_takes_the_same_queries_however_many_rows(administrator: Client, name: str) -> None:
    counts = []
    # The main list with 10 and 100 rows; for the others a row and a full page tell as much in less time.
    few, many = (10, 90) if name == "pledge" else (2, 20)
    for more in (few, many):
        for _number in range(more):
            LISTED[name]()
        administrator.get(reverse(f"{name}:index"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = administrator.get(reverse(f"{name}:index"))
        counts.append(len(queries))
    assert response.context["paginator"].count >= few + many
    assert counts[0] == counts[1], counts


def test_listing_of_pledges_shows_status_in_words_and_filters_by_it(administrator: Client) -> None:
    assessed = factories.AssessmentFactory(published=True, status=Status.FULFILLED).pledge
    untouched = factories.PledgeFactory(published=True)
    vague = factories.PledgeFactory(published=True, testability="not_testable")
    page = administrator.get(reverse("pledge:index")).content.decode()
    assert str(Status.FULFILLED.label) in page
    assert str(Status.NOT_ASSESSED.label) in page
    fulfilled = administrator.get(reverse("pledge:index"), {"status": "fulfilled"}).context["page_obj"]
    assert list(fulfilled) == [assessed]
    rest = administrator.get(reverse("pledge:index"), {"status": "not_assessed"}).context["page_obj"]
    assert set(rest) == {untouched, vague}


def test_search_finds_a_pledge_once_whatever_the_case_of_its_letters(administrator: Client) -> None:
    pledge = factories.PledgeFactory(title="Žive šole v občini")
    pledge.texts.create(language="en", title="Žive schools")
    pledge.save()
    for text in ("žive", "ŽIVE", "Žive"):
        found = administrator.get(reverse("pledge:index"), {"q": text}).context["page_obj"]
        assert list(found) == [pledge]


def test_pledge_goes_from_draft_to_published_by_two_people(administrator: Client, reviewer: Client) -> None:
    pledge = factories.PledgeFactory()
    assert administrator.get(reverse("pledge:submit", args=[pledge.pk])).status_code == 200
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.DRAFT, "asking changes nothing"
    administrator.post(reverse("pledge:submit", args=[pledge.pk]))
    refused = administrator.post(reverse("pledge:publish", args=[pledge.pk]))
    assert refused.context["form"].non_field_errors()
    response = reviewer.post(reverse("pledge:publish", args=[pledge.pk]), follow=True)
    pledge = Pledge.objects.get(pk=pledge.pk)
    assert pledge.state == PledgeState.PUBLISHED
    assert pledge.public_id
    assert response.status_code == 200
    history = administrator.get(reverse("pledge:history", args=[pledge.pk]))
    assert len(history.context["object_list"]) == 2


def test_pledge_in_review_is_returned(administrator: Client) -> None:
    pledge = factories.PledgeFactory()
    administrator.post(reverse("pledge:submit", args=[pledge.pk]))
    administrator.post(reverse("pledge:return", args=[pledge.pk]))
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.DRAFT


def test_pledge_in_review_stays_as_the_reviewer_reads_it(administrator: Client) -> None:
    pledge = factories.PledgeFactory()
    administrator.post(reverse("pledge:submit", args=[pledge.pk]))
    answer = administrator.get(reverse("pledge:edit", args=[pledge.pk]))
    assert answer.url == reverse("pledge:inspect", args=[pledge.pk])


def test_testability_and_promiser_of_a_published_pledge_are_only_to_read(administrator: Client) -> None:
    draft, published = factories.PledgeFactory(), factories.PledgeFactory(published=True)
    forms = [
        administrator.get(reverse("pledge:edit", args=[pledge.pk])).context["form"] for pledge in (draft, published)
    ]
    for name in ("testability", "promised_by", "organisation"):
        assert [name in form.fields for form in forms] == [True, False], name


def test_an_amendment_is_published_as_it_was_read(administrator: Client, reviewer: Client) -> None:
    amendment = factories.AmendmentFactory(pledge=factories.PledgeFactory(published=True))
    address = reverse("amendment:publish", args=[amendment.pk])
    seen = reviewer.get(address).context["form"]["seen"].value()
    amendment.after = "Nekaj tretjega."
    amendment.save()
    refused = reviewer.post(address, {"seen": seen})
    assert "preberite še enkrat" in str(refused.context["form"].non_field_errors()), "first"
    reviewer.post(address, {"seen": refused.context["form"]["seen"].value()})
    amendment.refresh_from_db()
    assert amendment.published_at


def test_an_archived_edition_takes_no_amendment(administrator: Client, reviewer: Client) -> None:
    pledge = factories.PledgeFactory(published=True)
    draft = factories.AmendmentFactory(pledge=pledge)
    publish, inspect = (reverse(f"amendment:{view}", args=[draft.pk]) for view in ("publish", "inspect"))
    assert f'href="{publish}"' in reviewer.get(inspect).text
    Edition.objects.update(state=EditionState.ARCHIVED)
    assert f'href="{publish}"' not in reviewer.get(inspect).text
    assert reviewer.post(publish).context["form"].non_field_errors()
    data = {"pledge": pledge.pk, "part": "page", "after": "7", "reason": "Napaka.", "language": "sl"}
    assert "pledge" in administrator.post(reverse("amendment:add"), data).context["form"].errors
    edit = administrator.post(reverse("amendment:edit", args=[draft.pk]), data)
    assert edit.context["form"].non_field_errors()
    draft.refresh_from_db()
    assert (draft.published_at, draft.part, pledge.amendments.count()) == (None, "quote", 1)


def test_published_pledge_is_withdrawn_only_with_a_reason(administrator: Client) -> None:
    pledge = factories.PledgeFactory(published=True)
    address = reverse("pledge:withdraw", args=[pledge.pk])
    for reason in ("", "   ", "a\x00b"):
        assert administrator.post(address, {"reason": reason}).context["form"].errors["reason"]
    administrator.post(address, {"reason": "Zapisana dvakrat."})
    pledge.refresh_from_db()
    assert (pledge.state, pledge.withdrawn_reason) == (PledgeState.WITHDRAWN, "Zapisana dvakrat.")
    edit = administrator.get(reverse("pledge:edit", args=[pledge.pk]))
    assert edit.url == reverse("pledge:inspect", args=[pledge.pk])


def test_pledge_is_merged_only_into_a_published_one_of_the_same_place(administrator: Client) -> None:
    programme = factories.ProgrammeFactory()
    pledge = factories.PledgeFactory(programme=programme, published=True)
    same = factories.PledgeFactory(programme=programme, published=True)
    elsewhere = factories.PledgeFactory(published=True)
    draft = factories.PledgeFactory(programme=programme)
    address = reverse("pledge:merge", args=[pledge.pk])
    for into in (elsewhere.pk, draft.pk, pledge.pk, "", "abc"):
        assert "into" in administrator.post(address, {"into": into, "reason": "Isto."}).context["form"].errors
    administrator.post(address, {"into": same.pk, "reason": "Isto."})
    pledge.refresh_from_db()
    assert (pledge.state, pledge.merged_into) == (PledgeState.MERGED, same)


def test_only_drafts_are_deleted(administrator: Client) -> None:
    draft, published = factories.PledgeFactory(), factories.PledgeFactory(published=True)
    for pledge in (draft, published):
        administrator.post(reverse("pledge:delete", args=[pledge.pk]))
    assert list(Pledge.objects.all()) == [published]
    response = administrator.post(reverse("pledge:delete", args=[published.pk]), follow=True)
    assert messages_of(response)


@pytest.mark.parametrize(
    "name", ["candidacy", "mandate", "programme", "recognition", "proposal", "reply", "correction", "organisation"]
)
def test_what_was_published_is_never_deleted(administrator: Client, name: str) -> None:
    record = LISTED[name](published_at=factories.LONG_AGO)
    response = administrator.post(reverse(f"{name}:delete", args=[record.pk]), follow=True)
    assert messages_of(response)
    assert type(record).objects.filter(pk=record.pk).exists()
    draft = LISTED[name](published_at=None)
    administrator.post(reverse(f"{name}:delete", args=[draft.pk]))
    assert not type(record).objects.filter(pk=draft.pk).exists()


def test_person_with_a_candidacy_is_not_deleted(administrator: Client) -> None:
    candidacy = factories.CandidacyFactory()
    for follow in (False, True):
        response = administrator.post(reverse("person:delete", args=[candidacy.person_id]), follow=follow)
    assert messages_of(response)
    assert Person.objects.filter(pk=candidacy.person_id).exists()
    alone = factories.PersonFactory()
    administrator.post(reverse("person:delete", args=[alone.pk]))
    assert not Person.objects.filter(pk=alone.pk).exists()


def test_what_others_refer_to_is_not_deleted(administrator: Client) -> None:
    pledge = factories.PledgeFactory(topics=[factories.TopicFactory()])
    draft = factories.AssessmentFactory(evidence=[factories.EvidenceFactory()])
    proposal = factories.ProposalFactory(topic=pledge.topics.get())
    for address in (
        reverse("edition:delete", args=[pledge.edition_id]),
        reverse("topic:delete", args=[proposal.topic_id]),
        reverse("programme:delete", args=[pledge.programme_id]),
        reverse("evidence:delete", args=[draft.evidence.get().pk]),
    ):
        response = administrator.post(address, follow=True)
        assert response.status_code == 200
        assert messages_of(response), address
    assert Evidence.objects.exists()


def test_record_is_published_once(administrator: Client) -> None:
    candidacy = factories.CandidacyFactory(published_at=None)
    address = reverse("candidacy:publish", args=[candidacy.pk])
    assert administrator.get(address).status_code == 200
    assert Candidacy.objects.get().published_at is None
    administrator.post(address)
    first = Candidacy.objects.get().published_at
    assert first
    assert administrator.post(address).context["form"].non_field_errors()
    assert Candidacy.objects.get().published_at == first


# Assessments


def draft_form(pledge: Pledge, **fields: Any) -> dict[str, Any]:
    return {
        "pledge": pledge.pk,
        "kind": AssessmentKind.INITIAL,
        "status": Status.IN_PROGRESS,
        "effective_date": "2024-02-01",
        "verification": "documented",
        "language": "sl",
        "summary": "Svet je sprejel sklep.",
        "texts-TOTAL_FORMS": 0,
        "texts-INITIAL_FORMS": 0,
        **fields,
    }


def test_draft_is_of_the_signed_in_user_with_the_methodology_of_the_edition() -> None:
    user = person(ADMINISTRATORS)
    evidence = factories.EvidenceFactory()
    client = client_of(user)
    form = client.get(reverse("assessment:add"), {"pledge": evidence.pledge_id}).context["form"]
    assert form["kind"].value() == AssessmentKind.INITIAL
    assert form["methodology_version"].value() == evidence.pledge.edition.methodology_version
    assert list(form.fields["evidence"].queryset) == [evidence]
    response = client.post(
        reverse("assessment:add"), draft_form(evidence.pledge, evidence=[evidence.pk], author=999, published_at="2020")
    )
    draft = Assessment.objects.get()
    assert response.url == reverse("assessment:edit", args=[draft.pk])
    assert (draft.author, draft.published_at, draft.methodology_version) == (user, None, "1.0")
    assert list(draft.evidence.all()) == [evidence]


def test_draft_is_published_by_somebody_else(reviewer: Client) -> None:
    author = person(ADMINISTRATORS)
    draft = factories.AssessmentFactory(author=author)
    address = reverse("assessment:publish", args=[draft.pk])
    assert reviewer.post(address).context["form"].non_field_errors(), "nobody has approved it"
    approved(draft, person("Reviewers"))
    assert draft.summary in reviewer.get(address).content.decode()
    reviewer.post(address)
    draft.refresh_from_db()
    assert draft.published_at
    assert services.current_assessment(draft.pledge) == draft


def test_draft_is_changed_by_its_author_or_an_administrator_only(administrator: Client) -> None:
    author, other = person(ADMINISTRATORS), person("Monitors")
    draft = factories.AssessmentFactory(author=author)
    hub = factories.HubFactory(covers=[draft.pledge.municipality])
    factories.HubMemberFactory(user=other, hub=hub)
    address = reverse("assessment:edit", args=[draft.pk])
    assert client_of(other).get(address).url == reverse("assessment:inspect", args=[draft.pk])
    assert client_of(author).get(address).status_code == administrator.get(address).status_code == 200


def test_published_assessment_is_neither_changed_nor_deleted_but_followed(administrator: Client) -> None:
    evidence = factories.EvidenceFactory()
    published = factories.AssessmentFactory(pledge=evidence.pledge, published=True, evidence=[evidence])
    before = Assessment.objects.values().get()
    for view in ("edit", "delete"):
        address = reverse(f"assessment:{view}", args=[published.pk])
        for response in (administrator.get(address), administrator.post(address, draft_form(published.pledge))):
            assert response.url == reverse("assessment:inspect", args=[published.pk])
    assert messages_of(administrator.get(response.url))
    assert Assessment.objects.values().get() == before
    listing = administrator.get(reverse("assessment:index")).content.decode()
    for kind in ("correction", "retraction", "confirmation"):
        assert f"kind={kind}" in listing
    assert reverse("assessment:edit", args=[published.pk]) not in listing
    assert reverse("assessment:inspect", args=[published.pk]) in listing


@pytest.mark.parametrize("kind", ["correction", "retraction", "confirmation"])
def test_what_follows_a_published_assessment_opens_as_a_prefilled_draft(administrator: Client, kind: str) -> None:
    evidence = factories.EvidenceFactory()
    published = factories.AssessmentFactory(pledge=evidence.pledge, published=True, evidence=[evidence], late=True)
    query = {"pledge": published.pledge_id, "kind": kind, "of": published.pk}
    form = administrator.get(reverse("assessment:add"), query).context["form"]
    assert form["kind"].value() == kind
    assert form["status"].value() == published.status
    assert form["late"].value() is True
    assert [getattr(item, "pk", item) for item in form["evidence"].value()] == [evidence.pk]
    assert (form["supersedes"].value() == published.pk) == (kind != "confirmation")
    assert bool(form["summary"].value()) == (kind != "retraction")
    assert Assessment.objects.count() == 1, "opening the form makes nothing"


@pytest.mark.parametrize(
    "query", [{"pledge": "abc"}, {"pledge": "9" * 40}, {"pledge": "١"}, {"kind": "bogus", "of": "1"}, {"of": "x"}]
)
def test_form_passes_over_nonsense_in_its_address(administrator: Client, query: dict[str, str]) -> None:
    published = factories.AssessmentFactory(published=True)
    response = administrator.get(reverse("assessment:add"), {"pledge": published.pledge_id, **query})
    assert response.status_code == 200


def test_cited_evidence_is_only_read(administrator: Client) -> None:
    evidence = factories.EvidenceFactory()
    factories.AssessmentFactory(pledge=evidence.pledge, evidence=[evidence], published=True)
    for view in ("edit", "delete"):
        response = administrator.post(reverse(f"evidence:{view}", args=[evidence.pk]), {"title": "x"})
        assert response.url == reverse("evidence:inspect", args=[evidence.pk])
    free = factories.EvidenceFactory()
    assert administrator.get(reverse("evidence:edit", args=[free.pk])).status_code == 200


def test_draft_with_evidence_is_deleted_by_its_author() -> None:
    author = person(ADMINISTRATORS)
    draft = factories.AssessmentFactory(author=author, evidence=[factories.EvidenceFactory()])
    client_of(author).post(reverse("assessment:delete", args=[draft.pk]))
    assert not Assessment.objects.exists()


def test_overdue_checks_are_filtered(administrator: Client) -> None:
    overdue, fresh = (factories.AssessmentFactory(published=True).pledge for _number in range(2))
    for pledge, day in ((overdue, clock.today() - dt.timedelta(days=1)), (fresh, clock.today())):
        PledgeStatus.objects.filter(pledge=pledge).update(next_check=day)
    found = administrator.get(reverse("pledge:index"), {"check": "overdue"}).context["page_obj"]
    assert list(found) == [overdue]
