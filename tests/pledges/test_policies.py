"""Methodology, corrections and funding in versions that are never rewritten."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from pledges import services
from pledges.enums import PolicyKind
from pledges.factories import (
    AssessmentFactory,
    EditionFactory,
    HubCoverageFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PartnershipFactory,
    PolicyVersionFactory,
)
from pledges.models import PolicyText, PolicyVersion

from .admin_people import ADMINISTRATORS, EDITORS, MONITORS, client_of, person
from .public_pages import queries_of

pytestmark = pytest.mark.django_db

FIRST, SECOND = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2019, 2023))


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


@pytest.fixture
def versions():
    old = PolicyVersionFactory(version="1.0", words=[{"body": "<p>Prva</p>"}], published_at=FIRST)
    words = [
        {"body": "<p>Druga</p>", "changes": "Dva bralca."},
        {"language": "en", "title": "How", "body": "<p>Two</p>"},
    ]
    return old, PolicyVersionFactory(version="2.1", words=words, published_at=SECOND)


class TestPages:
    def test_the_version_in_force_and_the_old_one(self, client: Client, versions):
        current = client.get("/sl/methodology/").content.decode()
        assert "<p>Druga</p>" in current
        assert "/sl/methodology/1.0/" in current
        assert 'rel="canonical" href="http://testserver/sl/methodology/2.1/"' in current
        old = client.get("/sl/methodology/1.0/").content.decode()
        assert "<p>Prva</p>" in old
        assert "notice-warn" in old
        assert "<p>Two</p>" in client.get("/en/methodology/2.1/").content.decode()
        polish = client.get("/pl/methodology/2.1/").content.decode()
        assert '<div class="prose" lang="sl">' in polish

    def test_each_has_a_permanent_address(self, client: Client, versions):
        response = client.get("/z/methodology-1.0", headers={"accept-language": "en"})
        assert (response.status_code, response["Location"]) == (302, "/en/methodology/1.0/")

    def test_an_assessment_leads_to_the_version_by_which_it_was_made(self, client: Client, versions):
        old = AssessmentFactory(methodology_version="1.0", published=True)
        unknown = AssessmentFactory(pledge=old.pledge, methodology_version="0.9", status="stalled", published=True)
        page = client.get(f"/sl/pledges/{old.pledge.public_id}/").content.decode()
        assert "/sl/methodology/1.0/" in page
        assert f"/sl/methodology/{unknown.methodology_version}/" not in page
        assert "/sl/corrections/" in page
        assert "/sl/funding/" in page

    def test_drafts_are_unknown(self, client: Client, versions):
        PolicyVersionFactory(version="3.0")
        PolicyVersionFactory(kind=PolicyKind.FUNDING, version="3.0")
        for path in ("/sl/methodology/3.0/", "/sl/funding/3.0/", "/sl/corrections/rules/3.0/", "/z/methodology-3.0"):
            assert client.get(path, follow=True).status_code == 404

    def test_without_any_version(self, client: Client):
        assert client.get("/sl/methodology/").status_code == 404
        assert client.get("/sl/corrections/").status_code == 200
        assert client.get("/sl/funding/").status_code == 200

    def test_the_rules_of_correcting_stand_with_the_log(self, client: Client):
        PolicyVersionFactory(kind=PolicyKind.CORRECTIONS, version="1.0", published_at=FIRST)
        assert "/sl/corrections/rules/1.0/" in client.get("/sl/corrections/").content.decode()
        assert client.get("/sl/corrections/rules/1.0/").status_code == 200


class TestFunding:
    def test_funders_words_and_declared_money(self, client: Client):
        edition = EditionFactory(year=2022)
        edition.texts.update(funder_text="Financira sklad.")
        funder = OrganisationFactory(name="Sklad", kind="funder")
        hidden = OrganisationFactory(name="Skriti", kind="funder", published_at=None)
        for organisation in (funder, hidden):
            PartnershipFactory(organisation=organisation, edition=edition, role="funder")
        HubCoverageFactory(municipality=MunicipalityFactory(code="AJD"), funding_note="Najem prostorov, 900 €.")
        PolicyVersionFactory(
            kind=PolicyKind.FUNDING, version="1.0", words=[{"body": "<p>Od kod</p>"}], published_at=FIRST
        )
        page = client.get("/sl/funding/").content.decode()
        for words in ("Financira sklad.", "Sklad", "Najem prostorov, 900 €.", "<p>Od kod</p>"):
            assert words in page
        assert "Skriti" not in page

    def test_the_number_of_queries(self, client: Client):
        def make(first: int, last: int) -> None:
            for number in range(first, last):
                edition = EditionFactory(year=1900 + number)
                PartnershipFactory(organisation=OrganisationFactory(kind="funder"), edition=edition, role="funder")

        make(0, 3)
        few = queries_of(client, "/sl/funding/")
        make(3, 60)
        assert len(queries_of(client, "/sl/funding/")) == len(few) <= 14


class TestFreezing:
    def test_the_database_keeps_a_published_version(self, versions):
        old, _new = versions
        changes = (
            lambda: PolicyText.objects.filter(policy=old).update(body="x"),
            lambda: PolicyText.objects.filter(policy=old).delete(),
            lambda: PolicyText.objects.create(policy=old, language="pl", title="x", body="x"),
            lambda: PolicyVersion.objects.filter(pk=old.pk).update(version="1.1"),
            lambda: PolicyVersion.objects.filter(pk=old.pk).delete(),
        )
        for change in changes:
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_what_is_not_published(self, versions):
        with pytest.raises(services.RuleViolation):
            services.publish_policy(versions[0])
        with pytest.raises(services.RuleViolation):
            services.publish_policy(PolicyVersion.objects.create(kind=PolicyKind.FUNDING, version="9"))

    def test_who_writes_and_who_publishes(self):
        draft = PolicyVersionFactory(version="3.0")
        publish = reverse("policyversion:publish", args=[draft.pk])
        editor = client_of(person(EDITORS))
        assert editor.get(reverse("policyversion:edit", args=[draft.pk])).status_code == 200
        for role in (EDITORS, MONITORS):
            assert client_of(person(role)).post(publish).status_code in (302, 403)
        draft.refresh_from_db()
        assert draft.published_at is None
        administrator = client_of(person(ADMINISTRATORS))
        assert administrator.post(publish).status_code == 302
        draft.refresh_from_db()
        assert draft.published_at
        response = administrator.get(reverse("policyversion:edit", args=[draft.pk]))
        assert response["Location"] == reverse("policyversion:inspect", args=[draft.pk])
