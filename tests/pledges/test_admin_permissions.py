"""A monitor reaches the records of the own hub and no others, in every view; editors do not edit facts."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse

from pledges import factories
from pledges.models import HubCoverage, Municipality, Pledge, Programme
from pledges.viewsets import PledgesViewSetGroup
from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person
from zaveza import clock

pytestmark = pytest.mark.django_db


def _candidacy(municipality: Municipality) -> Any:
    return factories.CandidacyFactory(municipality=municipality)


def _programme(municipality: Municipality) -> Any:
    return factories.ProgrammeFactory(candidacy=_candidacy(municipality))


def _pledge(municipality: Municipality, *, published: bool = True) -> Any:
    return factories.PledgeFactory(programme=_programme(municipality), published=published)


CONFINED: dict[str, Callable[[Municipality], Model]] = {
    "pledge": _pledge,
    "amendment": lambda place: factories.AmendmentFactory(pledge=_pledge(place)),
    "assessment": lambda place: factories.AssessmentFactory(pledge=_pledge(place)),
    "evidence": lambda place: factories.EvidenceFactory(pledge=_pledge(place)),
    "programme": _programme,
    "person": lambda place: _candidacy(place).person,
    "candidacy": _candidacy,
    "mandate": lambda place: factories.MandateFactory(candidacy=_candidacy(place)),
    "recognition": lambda place: factories.RecognitionFactory(candidacy=_candidacy(place)),
    "proposal": lambda place: factories.ProposalFactory(municipality=place),
    "proposaluptake": lambda place: factories.ProposalUptakeFactory(candidacy=_candidacy(place)),
    "reply": lambda place: factories.ReplyFactory(pledge=_pledge(place)),
    "correction": lambda place: factories.CorrectionFactory(pledge=_pledge(place)),
    "tip": lambda place: factories.TipFactory(pledge=None, municipality=place),
    "hubcoverage": lambda place: factories.HubCoverageFactory(municipality=place),
}


@pytest.fixture
def mine() -> Municipality:
    place: Municipality = factories.MunicipalityFactory()
    return place


@pytest.fixture
def other() -> Municipality:
    place: Municipality = factories.MunicipalityFactory()
    return place


@pytest.fixture
def monitor(mine: Municipality) -> Client:
    return client_of(person(MONITORS, factories.HubFactory(covers=[mine])))


def viewset_of(name: str) -> Any:
    return next(item for item in PledgesViewSetGroup.items if item.model._meta.model_name == name)()


def patterns_with_a_record(name: str) -> list[URLPattern]:
    return [pattern for pattern in viewset_of(name).get_urlpatterns() if "pk" in str(pattern.pattern)]


@pytest.mark.parametrize("name", CONFINED)
def test_no_view_shows_a_monitor_a_record_of_another_hub(monitor: Client, other: Municipality, name: str) -> None:
    record = CONFINED[name](other)
    stored = type(record).objects.filter(pk=record.pk)
    before = stored.values().get()
    names = [pattern.name for pattern in patterns_with_a_record(name)]
    assert {"edit", "inspect", "history", "history_results", "usage"} <= set(names)
    for view in names:
        address = reverse(f"{name}:{view}", args=[record.pk])
        for answer in (monitor.get(address), monitor.post(address, {"reason": "x", "into": record.pk})):
            assert answer.status_code == 302, address
            assert answer.url == reverse("wagtailadmin_home"), address
    assert stored.values().get() == before


@pytest.mark.parametrize("name", CONFINED)
def test_listing_shows_a_monitor_the_own_hub_only(
    monitor: Client, mine: Municipality, other: Municipality, name: str
) -> None:
    own, foreign = CONFINED[name](mine), CONFINED[name](other)
    for view in ("index", "index_results"):
        shown = set(monitor.get(reverse(f"{name}:{view}")).context["page_obj"])
        assert own in shown
        assert foreign not in shown


@pytest.mark.parametrize("name", ["pledge", "programme", "evidence", "reply", "proposaluptake"])
def test_monitor_works_on_records_of_the_own_hub(monitor: Client, mine: Municipality, name: str) -> None:
    record = CONFINED[name](mine)
    for view in ("edit", "inspect", "history", "usage"):
        assert monitor.get(reverse(f"{name}:{view}", args=[record.pk])).status_code == 200, view


def test_coverage_that_ended_or_has_not_begun_opens_nothing(monitor: Client, mine: Municipality) -> None:
    record = _pledge(mine)
    address, coverage = reverse("pledge:inspect", args=[record.pk]), HubCoverage.objects.filter(municipality=mine)
    assert monitor.get(address).status_code == 200
    coverage.update(end=clock.today())
    assert monitor.get(address).status_code == 200
    coverage.update(end=clock.today() - dt.timedelta(days=1))
    assert monitor.get(address).status_code == 302
    coverage.update(start=clock.today() + dt.timedelta(days=1), end=None)
    assert monitor.get(address).status_code == 302


def test_monitor_without_a_hub_reaches_nothing(mine: Municipality) -> None:
    record, client = _pledge(mine), client_of(person(MONITORS))
    assert client.get(reverse("pledge:inspect", args=[record.pk])).status_code == 302
    assert not client.get(reverse("pledge:index")).context["paginator"].count


def test_monitor_makes_no_record_of_another_hub(monitor: Client, mine: Municipality, other: Municipality) -> None:
    own, foreign = _programme(mine), _programme(other)
    for programme, is_made in ((foreign, False), (own, True)):
        response = monitor.post(
            reverse("pledge:add"),
            {
                "programme": programme.pk,
                "quote": "Uredili bomo trg.",
                "quote_language": "sl",
                "kind": "action",
                "testability": "testable",
                "due_precision": "day",
                "promised_by": "candidate",
                "texts-TOTAL_FORMS": 0,
                "texts-INITIAL_FORMS": 0,
            },
        )
        assert Pledge.objects.filter(programme=programme).exists() == is_made, response.context["form"].errors
    assert set(response.wsgi_request.user.groups.values_list("name", flat=True)) == {MONITORS}


@pytest.mark.parametrize("name", ["evidence", "assessment", "reply", "programme", "proposaluptake"])
def test_forms_offer_only_records_of_the_own_hub(
    monitor: Client, mine: Municipality, other: Municipality, name: str
) -> None:
    own, foreign = _pledge(mine), _pledge(other)
    form = monitor.get(reverse(f"{name}:add")).context["form"]
    field = form.fields["candidacy" if name == "programme" else "pledge"]
    records = (own, foreign) if name != "programme" else (own.programme.candidacy, foreign.programme.candidacy)
    assert records[0] in field.queryset
    assert records[1] not in field.queryset
    answer = monitor.post(reverse(f"{name}:add"), {"pledge": foreign.pk, "candidacy": records[1].pk})
    assert str(records[1]) not in answer.content.decode()
    assert "candidacy" in answer.context["form"].errors or "pledge" in answer.context["form"].errors


def test_links_do_not_fill_in_records_of_another_hub(monitor: Client, other: Municipality) -> None:
    foreign = _pledge(other)
    for name in ("assessment", "evidence"):
        assert foreign.title not in monitor.get(reverse(f"{name}:index"), {"pledge": foreign.pk}).content.decode()
        form = monitor.get(reverse(f"{name}:add"), {"pledge": foreign.pk}).context["form"]
        assert form["pledge"].value() is None


@pytest.mark.parametrize("name", ["person", "candidacy", "programme", "pledge"])
def test_choosers_offer_only_records_of_the_own_hub(
    monitor: Client, mine: Municipality, other: Municipality, name: str
) -> None:
    own, foreign = CONFINED[name](mine), CONFINED[name](other)
    namespace = f"{name}_chooser"
    for view in ("choose", "choose_results"):
        page = monitor.get(reverse(f"{namespace}:{view}")).content.decode()
        assert reverse(f"{namespace}:chosen", args=[own.pk]) in page
        assert reverse(f"{namespace}:chosen", args=[foreign.pk]) not in page
    assert monitor.get(reverse(f"{namespace}:chosen", args=[own.pk])).status_code == 200
    for key in (foreign.pk, "abc"):
        assert monitor.get(reverse(f"{namespace}:chosen", args=[key]), follow=True).status_code == 404
    many = monitor.get(reverse(f"{namespace}:chosen_multiple"), {"id": [own.pk, foreign.pk, "abc"], "multiple": 1})
    assert [item["id"] for item in many.json()["result"]] == [str(own.pk)]
    found = monitor.get(reverse(f"{namespace}:choose_results"), {"q": "občina"})
    assert found.status_code == 200


def test_choosers_are_closed_to_who_may_not_read_such_records(mine: Municipality) -> None:
    record, editor = _pledge(mine), client_of(person(EDITORS))
    for address in (
        reverse("pledge_chooser:choose"),
        reverse("pledge_chooser:choose_results"),
        reverse("pledge_chooser:chosen", args=[record.pk]),
        reverse("pledge_chooser:chosen_multiple"),
    ):
        assert editor.get(address).status_code == 302, address


@pytest.mark.parametrize("name", [name for name in CONFINED if name != "hubcoverage"])
def test_editors_neither_see_nor_edit_facts(mine: Municipality, name: str) -> None:
    record, editor = CONFINED[name](mine), client_of(person(EDITORS))
    for view in ("edit", "inspect", "history", "usage"):
        assert editor.get(reverse(f"{name}:{view}", args=[record.pk])).status_code == 302, view
    assert editor.get(reverse(f"{name}:index")).status_code == 302


def test_editors_edit_organisations_and_read_areas(mine: Municipality) -> None:
    editor = client_of(person(EDITORS))
    organisation = factories.OrganisationFactory()
    assert editor.get(reverse("organisation:edit", args=[organisation.pk])).status_code == 200
    assert editor.get(reverse("municipality:index")).context["paginator"].count
    assert editor.get(reverse("municipality:edit", args=[mine.pk])).status_code == 302
    assert "/admin/pledge/" not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_reviewers_publish_but_do_not_write(mine: Municipality) -> None:
    reviewer = client_of(person(REVIEWERS))
    draft, assessment = _pledge(mine, published=False), CONFINED["assessment"](mine)
    assert reviewer.get(reverse("pledge:inspect", args=[draft.pk])).status_code == 200
    assert reviewer.get(reverse("assessment:publish", args=[assessment.pk])).status_code == 200
    for address in (
        reverse("pledge:edit", args=[draft.pk]),
        reverse("pledge:submit", args=[draft.pk]),
        reverse("pledge:delete", args=[draft.pk]),
        reverse("assessment:add"),
        reverse("assessment:edit", args=[assessment.pk]),
    ):
        assert reviewer.get(address).status_code == 302, address


def test_monitor_does_not_publish(monitor: Client, mine: Municipality) -> None:
    pledge, assessment = _pledge(mine, published=False), CONFINED["assessment"](mine)
    for address in (
        reverse("pledge:publish", args=[pledge.pk]),
        reverse("pledge:withdraw", args=[pledge.pk]),
        reverse("assessment:publish", args=[assessment.pk]),
    ):
        assert monitor.post(address, {"reason": "x"}).url == reverse("wagtailadmin_home"), address


@pytest.mark.parametrize("name", CONFINED)
def test_administrators_see_everything(mine: Municipality, other: Municipality, name: str) -> None:
    records = {CONFINED[name](mine), CONFINED[name](other)}
    administrator = client_of(person(ADMINISTRATORS))
    assert records <= set(administrator.get(reverse(f"{name}:index")).context["page_obj"])


def test_monitor_does_not_move_a_programme_to_another_hub(
    monitor: Client, mine: Municipality, other: Municipality
) -> None:
    own, foreign = _programme(mine), _candidacy(other)
    monitor.post(
        reverse("programme:edit", args=[own.pk]),
        {
            "candidacy": foreign.pk,
            "version": 1,
            "submitted_at": "2022-09-01 10:00",
            "channel": "form",
            "language": "sl",
        },
    )
    assert Programme.objects.get(pk=own.pk).candidacy_id == own.candidacy_id


def test_anonymous_visitors_are_sent_to_sign_in(client: Client, mine: Municipality) -> None:
    record = _pledge(mine)
    for pattern in patterns_with_a_record("pledge"):
        answer = client.get(reverse(f"pledge:{pattern.name}", args=[record.pk]))
        assert answer.url.startswith(reverse("wagtailadmin_login")), pattern.name
