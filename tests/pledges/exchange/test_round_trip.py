"""What is exported imports into an empty database: the same public pages, and the same head of the ledger."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from pledges import append_only, choices, models, services
from pledges.enums import PolicyKind, RedactionGround, ReplyState, Status, Suitability
from pledges.exchange import export_records
from pledges.exchange.scope import Scope
from pledges.exchange.tables import TABLES
from pledges.factories import (
    AmendmentFactory,
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    EvidenceFactory,
    HubFactory,
    KeyDateFactory,
    MandateFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PledgeFactory,
    PolicyVersionFactory,
    ProgrammeFactory,
    RecognitionFactory,
    ReplyFactory,
    SimilarityGroupFactory,
    TopicFactory,
)
from pledges.forms.uploads import sha256_of
from pledges.ledger import chain, reading
from tests.pledges.test_ledger import behind_djangos_back
from zaveza.users.factories import UserFactory

from .tools import imported, read_csv

pytestmark = pytest.mark.django_db

START = dt.datetime(2024, 1, 10, 9, tzinfo=dt.UTC)
ODD = '=1+1, "quoted"; \'=x\r\nשלום 👋🏽 ’'


def later(days: int) -> dt.datetime:
    return START + dt.timedelta(days=days)


@pytest.fixture
def record() -> models.Pledge:
    """A record with everything that one may hold."""
    approver = UserFactory(email="odobri@example.si", last_name="Odobri")
    place = MunicipalityFactory(code="AJD")
    HubFactory(covers=[place])
    candidacy = CandidacyFactory(municipality=place, first_round_share="56.10")
    KeyDateFactory(edition=candidacy.edition)
    PartnershipFactory(edition=candidacy.edition)
    MandateFactory(candidacy=candidacy)
    lost = CandidacyFactory(municipality=place, elected=None)
    RecognitionFactory(candidacy=lost, published_at=START)
    programme = ProgrammeFactory(candidacy=candidacy, text=ODD)
    file = ContentFile(b"%PDF-1.4 program")
    programme.sha256, programme.file_size = sha256_of(file), file.size
    programme.file.save("program.pdf", file)
    roads, group = TopicFactory(code="roads", name="Ceste"), SimilarityGroupFactory(name="Uredniško ime")
    old = PledgeFactory(programme=programme, published=True, similarity_group=group)
    first, second, third = (
        PledgeFactory(
            programme=programme,
            published=True,
            quote=f"{ODD} {number}",
            topics=[roads],
            due_date=dt.date(2026, 12, 4),
            similarity_group=group,
            carried_over_from=old,
        )
        for number in range(3)
    )
    # An earlier row refers to a later one.
    models.Pledge.objects.filter(pk=old.pk).update(carried_over_from=third)
    old.refresh_from_db()
    draft = PledgeFactory(programme=programme, quote="Osnutek.")
    services.note_author(draft, UserFactory(email="pisec@example.si"), UserFactory(email="spremljevalka@example.si"))
    evidence = EvidenceFactory(pledge=first, excerpt=ODD)
    initial = AssessmentFactory(pledge=first, evidence=[evidence], summary=ODD, published_at=later(5))
    models.AssessmentText.objects.create(assessment=initial, language="en", summary="In English")
    corrected = AssessmentFactory(pledge=first, supersedes=initial, status=Status.STALLED, published_at=later(6))
    services.publish_reply(
        ReplyFactory(pledge=first, assessment=initial, state=ReplyState.RECEIVED, text=ODD), published_at=later(7)
    )
    services.publish_reply(ReplyFactory(pledge=second), published_at=later(7))
    services.publish_correction(CorrectionFactory(pledge=first, assessment=initial), published_at=later(7))
    services.publish_amendment(AmendmentFactory(pledge=second), approver, published_at=later(8))
    services.withdraw_pledge(second, "Ni zaveza.", approver, closed_at=later(9))
    services.merge_pledge(old, first, "Isto.", approver, closed_at=later(9))
    services.redact(
        models.Assessment.objects.get(pk=corrected.pk), ["summary", "reasoning"], RedactionGround.COURT, approver
    )
    for words in ("Sestra je svetnica.", "Brat je direktor."):
        declared = AssessmentFactory(pledge=third, author_interest=words, published_at=later(9))
    services.redact(
        models.Assessment.objects.get(pk=declared.pk), ["author_interest"], RedactionGround.PERSONAL_DATA, approver
    )
    AssessmentFactory(pledge=third, summary="Osnutek ocene.")
    stated(programme, initial, approver)
    return models.Pledge.objects.get(pk=first.pk)


def stated(programme: models.Programme, verdict: models.Assessment, by: Any) -> None:
    """What the site says of itself, of the jury and of the extraction, and words that the law had erased."""
    english = {"language": "en", "title": "How we judge", "changes": "First.", "body": "<h2>Two</h2><p>readers</p>"}
    version = verdict.methodology_version
    PolicyVersionFactory(version=version, published_at=START, words=[{}, english])
    PolicyVersionFactory(version="0.1", published_at=later(-9))
    PolicyVersionFactory(version="9", words=[{"title": "Osnutek metodologije"}])
    for kind in (PolicyKind.CORRECTIONS, PolicyKind.FUNDING):
        PolicyVersionFactory(kind=kind, version="1", published_at=START, words=[{"title": f"Pravila {kind}"}])
    models.ExtractionAgreement.objects.create(
        programme=programme,
        units=40,
        both=10,
        only_first=3,
        only_second=1,
        alpha="0.7654",
        computed_at=START,
        settled_by=by,
        published_at=later(1),
    )
    services.decide_suitability(
        programme,
        Suitability.SUITABLE,
        [services.Criterion("Ima rok.", met=True), services.Criterion("Ima denar.", met=False)],
        decided_on=later(2).date(),
        jury="Ana Novak, Bor Zupan",
        reason="Roki so jasni.",
    )
    answer = models.Reply.objects.get(state=ReplyState.RECEIVED)
    services.redact(answer, ["text"], RedactionGround.COURT, by)


def emptied() -> None:
    """As a database that was only migrated."""
    kept = (models.Region, models.Municipality)
    said = (models.LedgerRow, models.PledgeStanding, models.PledgeStatus, models.AssessmentEvidence)
    tables = [table.model for table in reversed(TABLES) if table.model not in kept]
    words = [table.text_model for table in reversed(TABLES) if table.words]
    links = (models.Pledge.topics.through, models.PledgeAuthor)
    others = (models.HubMember, models.SimilarityGroup, models.ExchangeKey)
    with connection.constraint_checks_disabled():
        for model in (*said, *words, *links, *tables, *others):
            behind_djangos_back(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - our own tables
    append_only.install_triggers(connection)
    choices.forget()


def pages(client: Client, pledge: str) -> dict[str, str]:
    """What readers see, without what differs from one request to the next."""
    candidacy = models.Pledge.objects.get(public_id=pledge).programme.candidacy
    addresses = [
        reverse("pledges:methodology"),
        reverse("pledges:methodology_version", args=["0.1"]),
        reverse("pledges:funding"),
        reverse("pledges:corrections"),
        reverse("pledges:corrections_version", args=["1"]),
        reverse("pledges:candidate", args=[candidacy.public_id]),
        reverse("pledges:programme", args=[models.Programme.objects.get().public_id]),
        reverse("pledges:programme", args=[models.Programme.objects.get().public_id]) + "?as-of=2024-01-11",
        reverse("pledges:pledge_list"),
        reverse("pledges:pledge_list") + "?as-of=2024-01-16",
        reverse("pledges:pledge", args=[pledge]),
        reverse("pledges:municipality", args=["ajdovscina"]),
        reverse("pledges:ledger"),
        reverse("ledger_download"),
    ]
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = content.decode()
    return found


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["public", "full"])
def test_same_pages_and_same_head(client: Client, record: Any, tmp_path: Path, form: str, kind: str) -> None:
    public_id = record.public_id
    before, head = pages(client, public_id), chain.head().hash
    scope = Scope.public() if kind == "public" else Scope.everything()
    export_records(tmp_path / "out", scope, xlsx=form == "xlsx")
    name = models.Programme.objects.get().file.name
    default_storage.delete(name)
    emptied()
    author = UserFactory(email="uvoz@example.si")
    report = imported(tmp_path / "out", user=author)
    assert report.files == 1
    assert chain.head().hash == head
    assert reading.verify_database().fault is None
    assert services.check_statuses() == []
    assert pages(client, public_id) == before
    assert models.Programme.objects.get().file.name == name
    assert models.Pledge.objects.filter(public_id=None).count() == (1 if kind == "full" else 0)
    authors = set(models.PledgeAuthor.objects.values_list("pledge__quote", "user__email"))
    written = {("Osnutek.", "pisec@example.si"), ("Osnutek.", "spremljevalka@example.si")}
    assert authors == (written if kind == "full" else set())
    assert "/methodology/" in before[reverse("pledges:pledge", args=[public_id])], "a verdict names its methodology"
    drafts = models.PolicyVersion.objects.filter(published_at=None)
    assert [policy.version for policy in drafts] == (["9"] if kind == "full" else [])
    assert models.SimilarityGroup.objects.filter(name="Uredniško ime").exists() is (kind == "full")
    again = imported(tmp_path / "out", user=author)
    assert (again.new, again.changed) == (0, 0)


def test_public_export_has_no_private_word(record: Any, tmp_path: Path) -> None:
    export_records(tmp_path / "out", Scope.public())
    everything = "".join(path.read_text() for path in (tmp_path / "out").glob("*.csv"))
    for word in ("Osnutek", "odobri@example.si", "spremljevalka@example.si", "pisec@example.si", "Uredniško ime"):
        assert word not in everything


def test_export_of_an_earlier_day(record: Any, tmp_path: Path) -> None:
    """On that day nothing was corrected, answered, amended, withdrawn or merged yet."""
    export_records(tmp_path / "out", Scope.public(dt.date(2024, 1, 15)))
    rows = {
        name: read_csv(tmp_path / "out" / f"{name}.csv") for name in ("pledges", "assessments", "replies", "ledger")
    }
    assert {row["state"] for row in rows["pledges"]} == {"published"}
    assert not any(row["closed_at"] or row["withdrawn_reason"] or row["merged_into"] for row in rows["pledges"])
    assert [row["id"] for row in rows["assessments"]] == ["assessment-1"]
    assert (len(rows["replies"]), len(rows["ledger"])) == (0, 1)
    statuses = {row["id"]: row["status"] for row in rows["pledges"]}
    assert statuses[record.public_id] == Status.IN_PROGRESS
    emptied()
    imported(tmp_path / "out")
    assert chain.head().sequence == 1
