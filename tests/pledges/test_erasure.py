"""What is erased is gone everywhere; what is public and its hashes stay."""

import datetime as dt
import html
import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from pledges import services
from pledges.enums import DeskStepKind, LinkPurpose, ReplyState
from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    EvidenceFactory,
    PledgeFactory,
    ReplyFactory,
    TipFactory,
)
from pledges.ledger import contents, reading, verify
from pledges.models import (
    Assessment,
    AssessmentEvidence,
    AssessmentText,
    CandidacyLink,
    HandInDraft,
    RecordLogEntry,
    Redaction,
    Tip,
)
from search import services as search
from search.follows import subject_of
from search.services.alerts import ask_to_follow
from zaveza import clock
from zaveza.mail.factories import OutgoingMailFactory
from zaveza.mail.models import OutgoingMail
from zaveza.ticking import tick
from zaveza.users.factories import UserFactory

from .admin_people import ADMINISTRATORS, MONITORS, client_of, person

pytestmark = pytest.mark.django_db

SECRET = "zaupnostmojebolezni"
WORDS = f"Župan je povedal za {SECRET} svojega soseda."
ADDRESS = "janez.skrivni@example.si"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.TODAY = "2026-02-03"
    return tmp_path


def follow_by(email: str) -> None:
    """Somebody asks to follow everything."""
    ask_to_follow(email, subject_of("search", QueryDict("q=steza")), "sl")


def left_in_database(word: str) -> list[str]:
    """The tables and columns in which a word still stands, whatever table it is."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            for column in columns:
                name, table_name = connection.ops.quote_name(column.name), connection.ops.quote_name(table)
                cursor.execute(
                    f"SELECT count(*) FROM {table_name} WHERE lower(CAST({name} AS text)) LIKE %s",  # noqa: S608
                    [f"%{word.lower()}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column.name}")
    return found


def declared(words: str, **fields) -> Assessment:
    """A draft with a second reader, whose author declared an interest."""
    draft = AssessmentFactory(**fields)
    AssessmentEvidence.objects.create(assessment=draft, evidence=EvidenceFactory(pledge=draft.pledge))
    return services.submit_assessment(draft, draft.author, interest=words)


class TestRedaction:
    @pytest.fixture
    def administrator(self):
        return UserFactory(is_superuser=True)

    def test_nothing_is_left_of_an_assessment(self, administrator, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            assessment = AssessmentFactory(reasoning=WORDS, summary=f"{WORDS} Na kratko.", published=True)
            AssessmentText.objects.create(assessment=assessment, language="en", summary=WORDS, reasoning=WORDS)
            OutgoingMailFactory(body=f"Nova ocena: {WORDS}")
        assert left_in_database(SECRET)
        before = Assessment.objects.values("summary_digest", "reasoning_digest").get(pk=assessment.pk)
        with django_capture_on_commit_callbacks(execute=True):
            services.redact(assessment, ["summary", "reasoning"], "personal_data", administrator)
        assert left_in_database(SECRET) == []
        row = Assessment.objects.get(pk=assessment.pk)
        assert before == {"summary_digest": row.summary_digest, "reasoning_digest": row.reasoning_digest}
        assert row.summary_digest
        assert row.status == assessment.status

    def test_nothing_is_left_of_what_the_signers_declared(self, administrator, client: Client):
        assessment = declared(WORDS)
        services.return_assessment(assessment, assessment.author, "Še enkrat.")
        services.submit_assessment(assessment, assessment.author, interest=f"{WORDS} In še kaj.")
        services.approve_assessment(assessment, administrator, interest="", skip_window="Poskus.")
        page = f"/en/pledges/{assessment.pledge.public_id}/"
        assert html.escape(WORDS) in client.get(page).text
        assert set(left_in_database(SECRET)) == {"pledges_assessment.author_interest", "pledges_deskstep.comment"}
        services.redact(assessment, ["author_interest"], "personal_data", administrator)
        assert left_in_database(SECRET) == []
        row = Assessment.objects.get(pk=assessment.pk)
        assert (row.author_interest_salt, len(row.author_interest_digest)) == ("", 64)
        assert "Interest declared by the author: <em" in client.get(page).text
        call_command("ledger_verify", stdout=io.StringIO())
        lines = "".join(reading.public_lines())
        assert SECRET not in lines
        assert verify.verify(verify.lines(lines.encode().splitlines())).erased == 1
        assert not row.steps.exclude(comment="").filter(kind=DeskStepKind.SUBMITTED).exists()
        assert row.steps.get(kind=DeskStepKind.RETURNED).comment == "Še enkrat."

    def test_a_second_reader_has_the_same_right(self, administrator):
        assessment = declared("", author=UserFactory())
        services.approve_assessment(assessment, administrator, interest=WORDS, skip_window="Poskus.")
        out = io.StringIO()
        call_command("erase_person", f"--words=assessment-{assessment.sequence}.approver_interest", "--yes", stdout=out)
        assert left_in_database(SECRET) == []
        call_command("ledger_verify", stdout=io.StringIO())

    def test_what_was_hashed_before_it_could_be_erased(self, administrator, monkeypatch):
        with monkeypatch.context() as patch:
            patch.setattr(Assessment, "DECLARATIONS", ())
            assessment = AssessmentFactory(author_interest=WORDS, published=True)
        content = contents.read("assessment", [f"assessment-{assessment.sequence}"])
        assert [each.values["author_interest"] for each in content.values()] == [WORDS]
        call_command("ledger_verify", stdout=io.StringIO())
        with pytest.raises(services.RuleViolation):
            services.redact(assessment, ["author_interest"], "court", administrator)
        page = client_of(person(ADMINISTRATORS)).get(reverse("assessment:redact", args=[assessment.pk]))
        assert [name for name, _label in page.context["form"].fields["parts"].choices] == ["summary", "reasoning"]

    @pytest.mark.parametrize("kind", ["reply", "correction", "evidence"])
    def test_nothing_is_left_of_what_stands_beside(self, kind, administrator, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            record, parts = self.made(kind)
            log_entry = RecordLogEntry.objects.log_action(record, "wagtail.edit", user=administrator)
            RecordLogEntry.objects.filter(pk=log_entry.pk).update(label=WORDS[:80])
        assert left_in_database(SECRET)
        with django_capture_on_commit_callbacks(execute=True):
            services.redact(record, parts, "court", administrator)
        assert left_in_database(SECRET) == []
        entry = RecordLogEntry.objects.get(action="pledges.redact")
        assert entry.user == administrator
        assert json.loads(json.dumps(entry.data)) == {"parts": parts, "ground": "court"}

    @staticmethod
    def made(kind: str):
        if kind == "reply":
            reply = ReplyFactory(text=WORDS, state=ReplyState.RECEIVED)
            return services.publish_reply(reply), ["text"]
        if kind == "correction":
            return services.publish_correction(CorrectionFactory(wrong=WORDS, right=WORDS)), ["wrong", "right"]
        evidence = EvidenceFactory(excerpt=WORDS)
        AssessmentFactory(pledge=evidence.pledge, evidence=[evidence], published=True)
        evidence.refresh_from_db()
        return evidence, ["excerpt"]

    def test_it_is_public_that_words_were_erased(self, client: Client, administrator):
        reply = services.publish_reply(ReplyFactory(text=WORDS, state=ReplyState.RECEIVED))
        services.redact(reply, ["text"], "personal_data", administrator)
        redaction = Redaction.objects.get()
        assert (redaction.record, redaction.parts, redaction.pledge) == (reply.public_id, "text", reply.pledge)
        page = client.get(f"/en/pledges/{reply.pledge.public_id}/").content.decode()
        assert "[erased by law]" in page
        assert "There was no answer" not in page
        log = client.get("/en/corrections/").content.decode()
        assert reply.public_id in log
        response = client.get(f"/z/{redaction.public_id}")
        assert response.status_code == 302
        assert "kind=redaction" in response["Location"]

    def test_the_ledger_still_verifies(self, administrator):
        assessment = AssessmentFactory(reasoning=WORDS, published=True)
        services.redact(assessment, ["reasoning"], "personal_data", administrator)
        call_command("ledger_verify", stdout=io.StringIO())

    def test_what_is_refused(self, administrator):
        draft = AssessmentFactory(reasoning=WORDS)
        published = AssessmentFactory(reasoning="", published=True)
        for record, parts in (
            (draft, ["reasoning"]),
            (published, ["reasoning"]),
            (published, ["status"]),
            (published, []),
        ):
            with pytest.raises(services.RuleViolation):
                services.redact(record, parts, "personal_data", administrator)
        assert not Redaction.objects.exists()

    def test_only_administrators(self):
        assessment = AssessmentFactory(reasoning=WORDS, published=True)
        address = reverse("assessment:redact", args=[assessment.pk])
        data = {"parts": ["reasoning"], "ground": "court"}
        assert client_of(person(MONITORS)).post(address, data).status_code in (302, 403)
        assert Assessment.objects.get(pk=assessment.pk).reasoning == WORDS
        administrator = client_of(person(ADMINISTRATORS))
        assert administrator.get(address).status_code == 200
        assert administrator.post(address, {"parts": ["status"], "ground": "court"}).status_code == 200
        assert administrator.post(address, data).status_code == 302
        assert Assessment.objects.get(pk=assessment.pk).reasoning == ""


class TestPerson:
    @pytest.fixture
    def candidacy(self):
        candidacy = CandidacyFactory()
        CandidacyLink.objects.create(
            candidacy=candidacy,
            purpose=LinkPurpose.PROGRAMME,
            email=ADDRESS,
            expires_at=clock.now() + dt.timedelta(days=30),
        )
        draft = HandInDraft.objects.create(candidacy=candidacy, pledges=[{"quote": SECRET}])
        draft.file.save("osnutek.pdf", ContentFile(b"%PDF"))
        return candidacy

    def test_nothing_of_it_is_left(self, candidacy, media, django_capture_on_commit_callbacks):
        follow_by(ADDRESS.upper())
        TipFactory(contact=f"Pišite na {ADDRESS}", message=SECRET)
        OutgoingMailFactory(to=[ADDRESS], body=f"Povezava za {SECRET}")
        OutgoingMailFactory(to=["drug@example.si"])
        name = candidacy.person.name
        with django_capture_on_commit_callbacks(execute=True):
            erased = services.erase_person(candidacy.person, [], UserFactory())
        assert (erased.links, erased.drafts, erased.tips, erased.follows, erased.letters) == (1, 1, 1, 1, 2)
        for word in (ADDRESS, SECRET):
            assert left_in_database(word) == []
        assert not list(media.rglob("*.pdf"))
        candidacy.person.refresh_from_db()
        assert candidacy.person.name == name
        assert OutgoingMail.objects.filter(to=["drug@example.si"]).count() == 1
        entry = RecordLogEntry.objects.get(action="pledges.erase", content_type__model="person")
        assert entry.data["tips"] == 1
        assert not CandidacyLink.objects.get().is_open

    def test_the_desk_forgets_what_somebody_with_an_account_declared(self):
        draft = declared(WORDS, author=UserFactory(email=ADDRESS))
        services.return_assessment(draft, draft.author, "Premisli.")
        other = declared("Brat je občinski uradnik.", author=UserFactory())
        assert left_in_database(SECRET) == ["pledges_deskstep.comment"]
        erased = services.erase_person(None, [ADDRESS.upper()], None)
        assert erased.declarations == 1
        assert left_in_database(SECRET) == []
        assert draft.steps.get(kind=DeskStepKind.RETURNED).comment == "Premisli."
        assert other.steps.get().comment == "Brat je občinski uradnik."

    def test_the_command(self, candidacy):
        TipFactory(contact="druga@example.si")
        UserFactory(email="skrbnica@example.si")
        reply = services.publish_reply(ReplyFactory(text=WORDS, state=ReplyState.RECEIVED))
        out = io.StringIO()
        call_command(
            "erase_person",
            candidacy.person.public_id,
            "--email=druga@example.si",
            f"--words={reply.public_id}.text",
            "--by=skrbnica@example.si",
            "--yes",
            stdout=out,
        )
        assert f"{reply.public_id}.text: erased" in out.getvalue()
        assert "links 1, drafts 1, tips 1, follows 0, letters 0" in out.getvalue()
        assert left_in_database(SECRET) == []
        assert Redaction.objects.get().made_by.email == "skrbnica@example.si"

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["person-999"],
            ["--email=a@example.si"],
            ["--words=reply-999.text", "--yes"],
            ["--words=pledge-1.quote", "--yes"],
            ["--words=neznano", "--yes"],
            ["--email=a@example.si", "--by=nobody@example.si", "--yes"],
        ],
    )
    def test_what_the_command_refuses(self, arguments):
        tip = TipFactory(contact="a@example.si")
        with pytest.raises(CommandError):
            call_command("erase_person", *arguments, stdout=io.StringIO())
        tip.refresh_from_db()
        assert tip.contact

    def test_by_an_administrator(self, candidacy):
        TipFactory(contact="druga@example.si")
        address = reverse("person:erase", args=[candidacy.person.pk])
        assert client_of(person(MONITORS)).post(address).status_code in (302, 403)
        assert CandidacyLink.objects.get().email
        administrator = client_of(person(ADMINISTRATORS))
        assert administrator.post(address, {"addresses": "to ni naslov"}).status_code == 200
        assert CandidacyLink.objects.get().email
        assert administrator.post(address, {"addresses": "druga@example.si"}).status_code == 302
        assert not CandidacyLink.objects.get().email
        assert not Tip.objects.get().contact


class TestTick:
    def test_what_is_erased_by_itself(self, media, settings, django_capture_on_commit_callbacks):
        due = TipFactory(erase_on=dt.date(2026, 2, 3), message=SECRET, contact=ADDRESS)
        due.file.save("dokaz.pdf", ContentFile(b"%PDF"))
        later = TipFactory(erase_on=dt.date(2026, 2, 4))
        with django_capture_on_commit_callbacks(execute=True):
            [outcome] = tick(["keep_periods"])
        assert outcome.message == "tips 1"
        assert left_in_database(SECRET) == left_in_database(ADDRESS) == []
        assert not list(media.rglob("*.pdf"))
        later.refresh_from_db()
        assert later.message
        [outcome] = tick(["keep_periods"])
        assert outcome.message == ""


def test_the_search_forgets_too(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pledge = PledgeFactory(published=True)
        assessment = AssessmentFactory(pledge=pledge, summary=WORDS, published=True)
    search.rebuild()
    with django_capture_on_commit_callbacks(execute=True):
        services.redact(assessment, ["summary"], "rights", None)
    assert left_in_database(SECRET) == []
