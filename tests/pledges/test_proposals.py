"""What organisations asked for, in public: the page of a proposal, and the pages that lead to it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pledges import factories, services
from pledges.enums import EditionState, Uptake
from pledges.models import Candidacy, Edition, Organisation, Pledge, Proposal, ProposalUptake
from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person
from zaveza import clock
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal() -> Proposal:
    """One to Ajdovščina that three candidacies answered: fully, partly and not at all."""
    place = factories.MunicipalityFactory(code="AJD")
    edition = factories.EditionFactory(year=2022, title="Šola za župane 2022")
    made: Proposal = factories.ProposalFactory(
        title="Načrt varnih poti v šolo",
        text="Občina naj pripravi načrt.\n\nDo konca leta.",
        organisation=factories.OrganisationFactory(name="Društvo Varna pot", slug="varna-pot"),
        edition=edition,
        municipality=place,
        topic=factories.TopicFactory(code="roads", name="Ceste"),
        published_at=factories.LONG_AGO,
    )
    for name, extent in (("Jana Polna", "fully"), ("Ivo Delni", "partly"), ("Eva Zavrnila", "declined")):
        candidacy = factories.CandidacyFactory(
            person=factories.PersonFactory(name=name), municipality=place, edition=edition
        )
        pledge = None
        if extent != Uptake.DECLINED:
            programme = factories.ProgrammeFactory(candidacy=candidacy)
            pledge = factories.PledgeFactory(programme=programme, title=f"Zaveza: {name}", published=True)
        ProposalUptake.objects.create(proposal=made, candidacy=candidacy, pledge=pledge, extent=extent)
    return made


def page_of(proposal: Proposal, query: str = "", language: str = "en") -> Any:
    return Client().get(f"/{language}/proposals/{proposal.public_id}/{query}")


def rows_of(response: Any) -> list[str]:
    """The rows of its table as words."""
    body = response.text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_who_asked_for_what_and_who_took_it_up(proposal: Proposal) -> None:
    response = page_of(proposal)
    assert response.status_code == 200
    assert re.findall(r"<h1[^>]*>([^<]+)</h1>", response.text) == ["Načrt varnih poti v\xa0šolo"]
    for words in (
        "Društvo Varna pot",
        "Šola za župane 2022",
        "Do konca leta.",
        "Ceste",
        "/en/municipalities/ajdovscina/",
    ):
        assert words in response.text, words
    full = Pledge.objects.get(programme__candidacy__person__name="Jana Polna")
    part = Pledge.objects.get(programme__candidacy__person__name="Ivo Delni")
    rows = rows_of(response)
    assert [row.split(" Ajdovščina, 2022 ")[0] for row in rows] == ["Eva Zavrnila", "Ivo Delni", "Jana Polna"]
    assert [row.split(" Ajdovščina, 2022 ")[1].replace("\xa0", " ") for row in rows] == [
        "declined – –",
        f"taken up partly {part.public_id}: Zaveza: Ivo Delni not assessed yet",
        f"taken up fully {full.public_id}: Zaveza: Jana Polna not assessed yet",
    ]
    assert f'href="/en/pledges/{full.public_id}/"' in response.text


def test_nobody_took_it_up_yet(proposal: Proposal) -> None:
    ProposalUptake.objects.all().delete()
    response = page_of(proposal)
    assert "We know of no candidacy" in response.text
    assert "<table>" not in response.text


def test_the_permanent_address_leads_there(proposal: Proposal) -> None:
    response = Client().get(f"/z/{proposal.public_id}?as-of=2024-01-01", headers={"accept-language": "en"})
    assert response.status_code == 302
    assert response["Location"].endswith(f"/proposals/{proposal.public_id}/?as-of=2024-01-01")
    assert Client().get(response["Location"]).status_code == 200


@pytest.mark.parametrize("hidden", ["proposal", "tomorrow", "edition", "organisation"])
def test_what_is_not_published_is_unknown(proposal: Proposal, hidden: str) -> None:
    record = getattr(proposal, hidden) if hidden in ("edition", "organisation") else proposal
    record.published_at = clock.now() + dt.timedelta(days=1) if hidden == "tomorrow" else None
    record.save()
    assert page_of(proposal).status_code == 404
    assert Client().get(f"/z/{proposal.public_id}").status_code == 404
    for address in ("/en/municipalities/ajdovscina/", "/sitemap-proposals.xml"):
        assert proposal.public_id not in Client().get(address).text


def test_a_private_candidacy_or_pledge_is_not_told(proposal: Proposal) -> None:
    candidacy = Candidacy.objects.get(person__name="Eva Zavrnila")
    draft = factories.PledgeFactory(programme=factories.ProgrammeFactory(candidacy=candidacy))
    ProposalUptake.objects.create(proposal=proposal, candidacy=candidacy, pledge=draft, extent="fully")
    Candidacy.objects.filter(person__name="Ivo Delni").update(published_at=None)
    rows = rows_of(page_of(proposal))
    assert len(rows) == 2
    assert "declined" in rows[0]
    assert "Jana Polna" in rows[1]


def test_a_pledge_that_was_withdrawn_is_named_by_its_id(proposal: Proposal) -> None:
    pledge = Pledge.objects.get(programme__candidacy__person__name="Jana Polna")
    services.withdraw_pledge(pledge, "Napaka.", UserFactory())
    response = page_of(proposal)
    assert rows_of(response)[-1].endswith(f"taken up fully {pledge.public_id} merged or withdrawn")
    assert f'href="/z/{pledge.public_id}"' in response.text


def test_as_known_on_an_earlier_day(proposal: Proposal) -> None:
    pledge = Pledge.objects.get(programme__candidacy__person__name="Jana Polna")
    day = (factories.PLEDGES_PUBLISHED - dt.timedelta(days=2)).date().isoformat()
    assert len(rows_of(page_of(proposal, f"?as-of={day}"))) == 1, "no pledge was published by then"
    factories.AssessmentFactory(pledge=pledge, published_at=dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
    services.withdraw_pledge(pledge, "Napaka.", UserFactory())
    before, after = page_of(proposal, "?as-of=2024-02-01"), page_of(proposal, "?as-of=2024-04-01")
    assert rows_of(before)[-1].endswith("not assessed yet")
    assert rows_of(after)[-1].endswith("in progress")
    assert f'/en/pledges/{pledge.public_id}/?as-of=2024-04-01"' in after.text
    assert "Back to today" in after.text
    Proposal.objects.update(published_at=dt.datetime(2024, 3, 1, tzinfo=dt.UTC))
    assert page_of(proposal, "?as-of=2024-02-01").status_code == 404


def test_the_municipality_and_the_programme_lead_to_it(proposal: Proposal) -> None:
    address = f'href="/en/proposals/{proposal.public_id}/"'
    assert address in Client().get("/en/municipalities/ajdovscina/").text
    candidacy = Candidacy.objects.get(person__name="Ivo Delni")
    programme = Client().get(reverse("pledges:programme", args=[candidacy.programmes.get().public_id])).text
    assert f"/proposals/{proposal.public_id}/" in programme
    assert f'href="/z/{Pledge.objects.get(programme__candidacy=candidacy).public_id}"' in programme
    assert f"/proposals/{proposal.public_id}/" in Client().get("/sitemap-proposals.xml").text
    Organisation.objects.filter(slug="varna-pot").update(published_at=None)
    assert address not in Client().get("/en/municipalities/ajdovscina/").text


class TestAnswers:
    """What became of a proposal, as the hub of the candidacy's municipality enters it."""

    @pytest.fixture
    def asked(self) -> Candidacy:
        """A candidacy that has not answered yet, in the municipality that was asked."""
        candidacy: Candidacy = factories.CandidacyFactory(
            municipality=factories.MunicipalityFactory(code="AJD"), edition=factories.EditionFactory(year=2022)
        )
        return candidacy

    @pytest.fixture
    def monitor(self, asked: Candidacy) -> Client:
        return client_of(person(MONITORS, factories.HubFactory(covers=[asked.municipality])))

    def errors(self, monitor: Client, proposal: Proposal, candidacy: Candidacy, extent: str, pledge: Any = "") -> Any:
        """What the form for a new answer says; nothing where it is stored."""
        data = {
            "proposal": proposal.pk,
            "candidacy": candidacy.pk,
            "extent": extent,
            "pledge": getattr(pledge, "pk", ""),
        }
        answer = monitor.post(reverse("proposaluptake:add"), data)
        return answer.context["form"].errors if answer.status_code == 200 else {}

    def pledge_of(self, candidacy: Candidacy) -> Pledge:
        pledge: Pledge = factories.PledgeFactory(
            programme=factories.ProgrammeFactory(candidacy=candidacy), title="Varne poti", published=True
        )
        return pledge

    def test_readers_see_what_a_monitor_enters(self, proposal: Proposal, asked: Candidacy, monitor: Client) -> None:
        pledge = self.pledge_of(asked)
        assert "Varne poti" not in page_of(proposal).text
        assert not self.errors(monitor, proposal, asked, "partly", pledge)
        assert any(str(asked.person) in row and "partly" in row for row in rows_of(page_of(proposal)))
        uptake = ProposalUptake.objects.get(candidacy=asked)
        address = reverse("proposaluptake:edit", args=[uptake.pk])
        assert set(monitor.get(address).context["form"].fields) == {"extent", "pledge"}, "the rest is chosen once"
        monitor.post(address, {"extent": "fully", "pledge": pledge.pk})
        uptake.refresh_from_db()
        assert uptake.extent == Uptake.FULLY
        history = monitor.get(reverse("proposaluptake:history", args=[uptake.pk]))
        assert len(history.context["object_list"]) == 2
        monitor.post(reverse("proposaluptake:delete", args=[uptake.pk]))
        assert not ProposalUptake.objects.filter(candidacy=asked).exists()

    def test_a_proposal_to_all_is_answered_in_every_hub(
        self, proposal: Proposal, asked: Candidacy, monitor: Client
    ) -> None:
        to_all, draft, elsewhere = (
            factories.ProposalFactory(edition=asked.edition, published_at=moment, municipality=place)
            for moment, place in (
                (factories.LONG_AGO, None),
                (None, None),
                (factories.LONG_AGO, factories.MunicipalityFactory()),
            )
        )
        offered = monitor.get(reverse("proposaluptake:add")).context["form"].fields["proposal"].queryset
        assert set(offered) == {proposal, to_all}
        assert not self.errors(monitor, to_all, asked, "declined")
        for other in (draft, elsewhere):
            assert "proposal" in self.errors(monitor, other, asked, "declined")

    def test_what_does_not_fit_together_is_refused(self, proposal: Proposal, asked: Candidacy) -> None:
        administrator = client_of(person(ADMINISTRATORS))
        own, foreign = (
            self.pledge_of(asked),
            self.pledge_of(factories.CandidacyFactory(municipality=asked.municipality)),
        )
        assert "pledge" in self.errors(administrator, proposal, asked, "fully", foreign)
        assert "pledge" in self.errors(administrator, proposal, asked, "declined", own)
        for wrong in (
            factories.CandidacyFactory(municipality=asked.municipality, edition=factories.EditionFactory(year=2026)),
            factories.CandidacyFactory(edition=asked.edition),
        ):
            assert "__all__" in self.errors(administrator, proposal, wrong, "fully")
        assert not self.errors(administrator, proposal, asked, "fully", own)
        assert "__all__" in self.errors(administrator, proposal, asked, "fully", own), "it stands there already"
        assert "extent" in self.errors(administrator, proposal, asked, "declined")
        assert not self.errors(administrator, proposal, asked, "partly")
        assert "__all__" in self.errors(administrator, proposal, asked, "fully"), "one without a pledge is enough"

    def test_an_archived_edition_takes_none(self, proposal: Proposal, asked: Candidacy, monitor: Client) -> None:
        Edition.objects.update(state=EditionState.ARCHIVED)
        assert "candidacy" in self.errors(monitor, proposal, asked, "fully")
        assert not ProposalUptake.objects.filter(candidacy=asked).exists()

    def test_reviewers_and_editors_enter_none(self, proposal: Proposal) -> None:
        uptake = proposal.uptakes.first()
        for role, may_read in ((REVIEWERS, True), (EDITORS, False)):
            client = client_of(person(role))
            assert (client.get(reverse("proposaluptake:inspect", args=[uptake.pk])).status_code == 200) is may_read
            for address in (reverse("proposaluptake:add"), reverse("proposaluptake:edit", args=[uptake.pk])):
                assert client.get(address).status_code == 302
