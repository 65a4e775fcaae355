"""The admin as a whole: every view of every record answers, the menu, the first page."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.permissions import policy_registry

from pledges import factories
from pledges.models import Pledge
from pledges.permissions import RecordPermissionPolicy, is_administrator
from pledges.viewsets import PledgesViewSetGroup
from tests.pledges.admin_people import ADMINISTRATORS, MONITORS, REVIEWERS, client_of, person

pytestmark = pytest.mark.django_db

FACTORIES = {
    "pledge": factories.PledgeFactory,
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
    "policyversion": factories.PolicyVersionFactory,
    "organisation": factories.OrganisationFactory,
    "hubcoverage": factories.HubCoverageFactory,
    "hubmember": factories.HubMemberFactory,
    "partnership": factories.PartnershipFactory,
    "edition": factories.EditionFactory,
    "keydate": factories.KeyDateFactory,
    "topic": factories.TopicFactory,
    "similaritygroup": factories.SimilarityGroupFactory,
    "municipality": factories.MunicipalityFactory,
    "region": factories.RegionFactory,
}
READ_ONLY = {"municipality", "region", "tip"}


@pytest.fixture
def administrator() -> Client:
    return client_of(person(ADMINISTRATORS))


def test_every_viewset_of_the_group_is_tested() -> None:
    names = {viewset.model._meta.model_name for viewset in PledgesViewSetGroup.items}
    # The desk has no lists and forms of its own (`test_extraction`).
    # A link of a candidacy is made, renewed and revoked, never edited (`test_links`).
    assert names - {"extraction", "candidacylink"} == set(FACTORIES)


def test_every_model_of_the_group_has_a_policy_that_knows_hubs() -> None:
    for viewset in PledgesViewSetGroup.items:
        assert isinstance(policy_registry.get_by_type(viewset.model), RecordPermissionPolicy), viewset.model


@pytest.mark.parametrize("name", FACTORIES)
def test_every_view_answers(administrator: Client, name: str) -> None:
    record = FACTORIES[name]()
    addresses = [reverse(f"{name}:index"), reverse(f"{name}:index_results")]
    addresses += [
        reverse(f"{name}:{view}", args=[record.pk])
        for view in ("edit", "inspect", "history", "history_results", "usage")
    ]
    if name not in READ_ONLY:
        addresses.append(reverse(f"{name}:add"))
    for address in addresses:
        response = administrator.get(address)
        assert response.status_code == 200, address
        assert response.content


@pytest.mark.parametrize("name", FACTORIES)
def test_listing_searches_sorts_and_filters_without_an_error(administrator: Client, name: str) -> None:
    FACTORIES[name]()
    address = reverse(f"{name}:index")
    view = administrator.get(address).context["view"]
    for ordering in [*view.get_valid_orderings(), "bogus"]:
        assert administrator.get(address, {"ordering": ordering}).status_code == 200, ordering
    assert administrator.get(address, {"q": "šola"}).status_code == 200
    for field in view.filters.form.fields if view.filters else ():
        assert administrator.get(address, {field: "bogus"}).status_code == 200, field
    assert administrator.get(address, {"p": "abc"}).status_code == 200


@pytest.mark.parametrize("name", FACTORIES)
def test_empty_form_names_what_is_missing(administrator: Client, name: str) -> None:
    if name in READ_ONLY:
        return
    response = administrator.post(reverse(f"{name}:add"), {})
    assert response.status_code == 200
    assert response.context["form"].errors or response.context["form"].formsets


def test_key_beyond_every_integer_is_not_found(administrator: Client) -> None:
    for view in ("edit", "inspect", "history", "usage", "delete", "publish"):
        address = f"/admin/pledge/{view}/{10**30}/"
        assert administrator.get(address).status_code in (302, 404), view


def test_first_page_counts_what_the_lists_behind_it_show() -> None:
    author, reviewer = person(ADMINISTRATORS), person(REVIEWERS)
    factories.AssessmentFactory(author=author)
    factories.AssessmentFactory(author=author)
    factories.AssessmentFactory(author=reviewer)
    factories.AssessmentFactory(published=True)
    factories.PledgeFactory()
    for user in (author, reviewer):
        client = client_of(user)
        panel = next(
            panel
            for panel in client.get("/admin/").context["panels"]
            if getattr(panel, "name", "") == "pledges_waiting"
        )
        assert panel.tasks
        for task in panel.tasks:
            assert client.get(task.url).context["paginator"].count == task.count, task


def test_first_page_counts_only_what_the_hub_covers() -> None:
    mine, other = factories.PledgeFactory(published=True), factories.PledgeFactory(published=True)
    monitor = person(MONITORS, factories.HubFactory(covers=[mine.municipality]))
    for pledge in (mine, other):
        Pledge.objects.filter(pk=pledge.pk).update(state="published")
        factories.ReplyFactory(pledge=pledge)
    panels = client_of(monitor).get("/admin/").context["panels"]
    waiting = next(panel for panel in panels if getattr(panel, "name", "") == "pledges_waiting")
    replies = next(task for task in waiting.tasks if "reply" in task.url)
    assert replies.count == 1


def test_administrators_are_bound_by_no_hub() -> None:
    assert is_administrator(person(ADMINISTRATORS))
    assert not is_administrator(person(REVIEWERS))
