"""The public pages of the ledger and the permanent addresses."""

import datetime as dt
import json

import pytest

from home.factories import StandardPageFactory
from pledges import services
from pledges.enums import ReplyState
from pledges.factories import (
    AmendmentFactory,
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    EvidenceFactory,
    MandateFactory,
    MunicipalityFactory,
    PledgeFactory,
    ProgrammeFactory,
    RecognitionFactory,
    ReplyFactory,
)
from pledges.ledger import chain, reading, verify
from pledges.models import Assessment, LedgerRow
from zaveza.users.factories import UserFactory

from .public_pages import queries_of

pytestmark = pytest.mark.django_db

AT = dt.datetime(2024, 1, 15, 12, tzinfo=dt.UTC)


@pytest.fixture
def pledge():
    return PledgeFactory(
        programme=ProgrammeFactory(candidacy=CandidacyFactory(municipality=MunicipalityFactory(code="AJD"))),
        published=True,
    )


@pytest.fixture
def assessment(pledge):
    return AssessmentFactory(pledge=pledge, evidence=[EvidenceFactory(pledge=pledge)], published_at=AT)


class TestLedgerPages:
    def test_days_with_their_heads(self, client, assessment):
        services.publish_correction(CorrectionFactory(pledge=assessment.pledge), published_at=AT)
        late = dt.datetime(2024, 1, 15, 23, 30, tzinfo=dt.UTC)  # half past midnight in Ljubljana
        services.publish_correction(CorrectionFactory(pledge=assessment.pledge), published_at=late)
        page = client.get("/sl/ledger/").content.decode()
        second, third = LedgerRow.objects.get(sequence=2), LedgerRow.objects.get(sequence=3)
        assert second.hash in page
        assert third.hash in page
        assert LedgerRow.objects.get(sequence=1).hash not in page, "only the last of the day"
        assert page.index("2024-01-16") < page.index("2024-01-15")
        assert "/ledger/zaveza-ledger.jsonl" in page
        assert "/ledger/verify.py" in page

    def test_empty(self, client):
        assert client.get("/en/ledger/").status_code == 200
        assert b"".join(client.get("/ledger/zaveza-ledger.jsonl")) == b""

    def test_row(self, client, assessment):
        page = client.get("/en/ledger/L-1/").content.decode()
        assert LedgerRow.objects.get().hash in page
        assert 'href="/z/assessment-1"' in page
        for missing in ("2", "0", "99999999999999999999999"):
            assert client.get(f"/en/ledger/L-{missing}/").status_code == 404

    def test_download_is_streamed_and_verifies(self, client, assessment):
        answer = client.get("/ledger/zaveza-ledger.jsonl")
        assert answer.streaming
        assert answer["Content-Type"] == "application/x-ndjson"
        rows = [json.loads(line) for line in b"".join(answer).splitlines()]
        assert verify.verify(rows).fault is None
        assert rows[0]["texts"]["summary"]["text"] == assessment.summary

    def test_verifier_is_offered(self, client):
        answer = client.get("/ledger/verify.py")
        assert b"standard" not in answer.getvalue() or answer.status_code == 200
        assert answer["Content-Disposition"] == 'attachment; filename="verify.py"'

    def test_later_rows_are_not_shown_to_a_demo_of_an_earlier_day(self, client, assessment, settings):
        settings.TODAY = "2024-01-14"
        assert client.get("/en/ledger/L-1/").status_code == 404
        assert list(reading.public_rows()) == []

    def test_same_queries_with_more_rows(self, client, assessment):
        before = len(queries_of(client, "/sl/ledger/"))
        for number in range(40):
            moment = AT + dt.timedelta(days=number)
            services.publish_correction(CorrectionFactory(pledge=assessment.pledge), published_at=moment)
        assert len(queries_of(client, "/sl/ledger/")) == before <= 8
        assert client.get("/sl/ledger/?page=2").status_code == 200


class TestPermanentAddresses:
    def see(self, client, public_id, **headers):
        answer = client.get(f"/z/{public_id}", headers=headers)
        return answer.status_code, answer.get("Location")

    def test_pledge_in_the_readers_language(self, client, pledge):
        for language, path in (("en-GB,en", "en"), ("ka", "ka"), ("de", "sl"), ("pl;q=0.9,en;q=0.5", "pl")):
            answer = client.get(f"/z/{pledge.public_id}", headers={"accept-language": language})
            assert (answer.status_code, answer["Location"]) == (302, f"/{path}/pledges/{pledge.public_id}/")
            assert "Accept-Language" in answer["Vary"]

    def test_every_published_record(self, client, pledge, assessment):
        candidacy = pledge.programme.candidacy
        reply = services.publish_reply(ReplyFactory(pledge=pledge, state=ReplyState.NONE))
        correction = services.publish_correction(CorrectionFactory(pledge=pledge))
        amendment = services.publish_amendment(AmendmentFactory(pledge=pledge), UserFactory())
        mandate = MandateFactory(candidacy=candidacy)
        recognition = RecognitionFactory(candidacy=candidacy, published_at=AT)
        page, candidate = f"/sl/pledges/{pledge.public_id}/", f"/sl/candidates/{candidacy.public_id}/"
        expected = {
            "L-1": "/sl/ledger/L-1/",
            "assessment-1": f"{page}#z1",
            assessment.evidence.get().public_id: f"{page}#h-evidence",
            reply.public_id: f"{page}#{reply.public_id}",
            correction.public_id: f"{page}#{correction.public_id}",
            amendment.public_id: f"{page}#{amendment.public_id}",
            candidacy.public_id: candidate,
            candidacy.person.public_id: candidate,
            recognition.public_id: candidate,
            pledge.programme.public_id: f"/sl/programmes/{pledge.programme.public_id}/",
            mandate.public_id: "/sl/municipalities/ajdovscina/",
            "municipality-SI-001": "/sl/municipalities/ajdovscina/",
        }
        found = {public_id: self.see(client, public_id)[1] for public_id in expected}
        assert found == expected
        text = client.get(page).content.decode()
        for address in expected.values():
            if address.startswith(f"{page}#"):
                assert f'id="{address.partition("#")[2]}"' in text
            else:
                assert client.get(address).status_code == 200

    def test_readers_language_is_that_of_the_cookie_first(self, client, pledge, settings):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ka"
        answer = client.get(f"/z/{pledge.public_id}", headers={"accept-language": "en"})
        assert answer["Location"] == f"/ka/pledges/{pledge.public_id}/"
        assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
        assert "private" in answer["Cache-Control"]

    def test_other_spellings_lead_to_the_id(self, client, pledge, assessment):
        person = pledge.programme.candidacy.person.public_id
        for typed, own in (
            (pledge.public_id.lower(), pledge.public_id),
            ("l-1", "L-1"),
            ("L-0001", "L-1"),
            ("ASSESSMENT-01", "assessment-1"),
            ("Municipality-si-001", "municipality-SI-001"),
            (person.upper(), person),
        ):
            assert self.see(client, typed) == (301, f"/z/{own}"), typed
            assert self.see(client, own)[0] == 302
        assert self.see(client, f"{pledge.public_id}/") == (301, f"/z/{pledge.public_id}")
        assert self.see(client, "ajd-2022-99")[0] == 404
        assert self.see(client, "ajd-2022-01?as-of=2024-01-20") == (301, "/z/AJD-2022-01?as-of=2024-01-20")

    def test_head_and_nothing_else(self, client, pledge):
        answer = client.head(f"/z/{pledge.public_id}")
        assert (answer.status_code, answer["Location"]) == (302, f"/sl/pledges/{pledge.public_id}/")
        assert client.post(f"/z/{pledge.public_id}").status_code == 405

    def test_leads_to_the_state_of_a_day(self, client, pledge):
        first = PledgeFactory(programme=pledge.programme, published=True)
        services.merge_pledge(pledge, first, "Isto.", UserFactory(), closed_at=AT)
        services.withdraw_pledge(first, "Ni zaveza.", UserFactory(), closed_at=AT + dt.timedelta(days=5))
        address, query = f"/sl/pledges/{pledge.public_id}/", "?as-of=2024-01-14"
        assert self.see(client, f"{pledge.public_id}{query}") == (302, f"{address}{query}")
        between = "?as-of=2024-01-16"
        assert self.see(client, f"{pledge.public_id}{between}") == (302, f"/z/{first.public_id}{between}")
        assert self.see(client, f"{first.public_id}{between}")[1] == f"/sl/pledges/{first.public_id}/{between}"
        assert self.see(client, pledge.public_id)[0] == 410
        candidacy = pledge.programme.candidacy.public_id
        assert self.see(client, f"{candidacy}{query}") == (302, f"/sl/candidates/{candidacy}/{query}")
        assert self.see(client, f"{pledge.public_id}?as-of=2022-10-01")[0] == 404

    def test_merged_leads_to_the_one_that_remains(self, client, pledge):
        first, second = PledgeFactory(programme=pledge.programme, published=True), pledge
        third = PledgeFactory(programme=pledge.programme, published=True)
        services.merge_pledge(third, second, "Isto.", UserFactory())
        services.merge_pledge(second, first, "Isto.", UserFactory())
        assert self.see(client, third.public_id) == (301, f"/z/{first.public_id}")
        assert client.get(f"/sl/pledges/{third.public_id}/")["Location"] == f"/sl/pledges/{first.public_id}/"

    def test_withdrawn_tells_the_reason(self, client, pledge):
        services.withdraw_pledge(pledge, "Ni bila obljuba.", UserFactory())
        answer = client.get(f"/z/{pledge.public_id}", headers={"accept-language": "en"})
        assert answer.status_code == 410
        text = answer.content.decode()
        assert "Ni bila obljuba." in text
        assert '<html lang="en"' in text

    def test_drafts_and_nothing(self, client, pledge):
        draft = PledgeFactory(programme=pledge.programme)
        Assessment.objects.filter(pk=AssessmentFactory(pledge=pledge).pk).update(created_at=AT)
        hidden = CandidacyFactory(published_at=None)
        drafts = [
            ReplyFactory(pledge=pledge),
            CorrectionFactory(pledge=pledge),
            AmendmentFactory(pledge=pledge),
            EvidenceFactory(pledge=pledge),
            ProgrammeFactory(candidacy=hidden),
            hidden,
            hidden.person,
        ]
        ids = [record.public_id for record in drafts]
        ids += ["L-1", "L-0", "L-99999999999999999999", "assessment-1", "assessment-x", "AJD-2022-99", "x", "L-", "-"]
        ids += ["municipality-SI-999", "page-x-sl", f"page-{'0' * 36}-sl", str(draft.pk)]
        for public_id in ids:
            assert self.see(client, public_id)[0] == 404, public_id

    def test_of_an_edition_that_is_not_public(self, client, pledge, assessment):
        type(pledge.edition).objects.update(published_at=None)
        for public_id in (pledge.public_id, "assessment-1"):
            assert self.see(client, public_id)[0] == 404

    def test_page(self, client, site_with_home):
        page = StandardPageFactory(parent=site_with_home, title="O projektu")
        assert self.see(client, f"page-{page.translation_key}-sl") == (302, page.url)
        assert self.see(client, f"page-{page.translation_key}-en")[0] == 404
        page.unpublish()
        assert self.see(client, f"page-{page.translation_key}-sl")[0] == 404

    def test_row_of_the_ledger_is_the_head(self, client, assessment):
        assert self.see(client, chain.head().public_id) == (302, "/sl/ledger/L-1/")


@pytest.fixture
def site_with_home():
    from home.factories import HomePageFactory

    return HomePageFactory()
