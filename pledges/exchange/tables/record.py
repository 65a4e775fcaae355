"""Pledges, what was asked for, the sources, and the assessments."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ...enums import AmendedField, AssessmentKind, PledgeState, PromisedBy, Status, Testability, Uptake
from ...forms.uploads import DOCUMENTS_AND_PICTURES
from ...ledger.contents import assessment_id
from ...models import Assessment, AssessmentEvidence, Evidence, Pledge, ProposalUptake
from ...permissions import is_cited
from ..columns import Account, Authors, Citations, CitedHashes, Column, Link, Named, Shown, Topics, Upload, Words
from ..rows import Row
from ..scope import Scope
from ..table import Complaint, Table
from ..values import Hash, Moment, Text

_PUBLIC_ID = re.compile(r"([A-Z]{3})-([0-9]{4})-([0-9]{2,9})")
_SUPERSEDING = (AssessmentKind.CORRECTION, AssessmentKind.RETRACTION)
SALT = Hash(length=32)
DIGEST = Hash()


def on_record(scope: Scope) -> models.QuerySet:
    """Pledges that any reader may see, and those that were merged or withdrawn: their addresses go on to answer."""
    at = scope.at
    pledges: models.QuerySet = Pledge.objects.filter(
        Q(organisation__isnull=True) | Q(organisation__published_at__lte=at),
        published_at__lte=at,
        programme__published_at__lte=at,
        programme__candidacy__published_at__lte=at,
        edition__published_at__lte=at,
    )
    return pledges


def _standing(pledge: Any, name: str) -> Any:
    standing = pledge.standing
    return getattr(standing, name) if standing and not pledge.gate else None


def _status(pledge: Any) -> str:
    if pledge.published_at is None or pledge.gate:
        return ""
    return str(_standing(pledge, "status") or Status.NOT_ASSESSED.value)


def _address(pledge: Any) -> str:
    if not pledge.public_id:
        return ""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("permanent", args=[pledge.public_id])


class Pledges(Table):
    name = "pledges"
    model = Pledge
    prefix = "pledge"
    is_ledgered = False
    select_related = ("municipality", "edition", "programme__candidacy__person")
    known_fields = ("municipality_id", "published_at", "due_date", "state", "programme__candidacy_id")
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("programme", to="programmes", required=True, frozen=True),
        Column("quote", required=True, frozen=True),
        Column("quote_language", frozen=True),
        Column("page", frozen=True),
        Column("paragraph", frozen=True),
        Column("quote_prefix", frozen=True),
        Column("quote_suffix", frozen=True),
        Words("title"),
        Words("summary", needed=False),
        Topics("topics"),
        Column("kind", frozen=True),
        Column("testability", frozen=True),
        Column("interpretation", frozen=True),
        Column("success_criteria", frozen=True),
        Column("indicator", frozen=True),
        Column("indicator_baseline", frozen=True),
        Column("indicator_target", frozen=True),
        Column("indicator_unit", frozen=True),
        Column("due_date", frozen=True),
        Column("due_precision", frozen=True),
        Column("responsible_body", frozen=True),
        Column("depends_on_council", frozen=True),
        Column("depends_on_state", frozen=True),
        Column("depends_on_eu_funds", frozen=True),
        Column("promised_by", frozen=True),
        Link("organisation", to="organisations", frozen=True),
        Link("carried_over_from", to="pledges", frozen=True),
        Named("similarity_group"),
        Column("state", published=True),
        Column("published_at", published=True),
        Column("closed_at", published=True),
        Column("withdrawn_reason", published=True),
        Link("merged_into", to="pledges", published=True),
        Authors("authors"),
        Shown("municipality", of=lambda pledge: pledge.municipality.name),
        Shown("edition", of=lambda pledge: str(pledge.edition.year)),
        Shown("person", of=lambda pledge: pledge.programme.candidacy.person.name),
        Shown("gate", of=lambda pledge: pledge.gate),
        Shown("status", of=_status),
        Shown("last_changed", of=lambda pledge: Moment().write(_standing(pledge, "last_changed"))),
        Shown("last_checked", of=lambda pledge: Moment().write(_standing(pledge, "last_checked"))),
        Shown("address", of=_address),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return on_record(scope).exclude(state__in=[PledgeState.DRAFT, PledgeState.IN_REVIEW])

    def selected(self, scope: Scope) -> models.QuerySet:
        records: Any = super().selected(scope)
        records = records.with_standing(scope.at if scope.is_past else None)
        return records.with_gate().select_related(*self.select_related, records.standing_path)

    def as_known(self, record: Pledge, scope: Scope) -> None:
        if record.closed_at and record.closed_at > scope.at:
            record.state, record.closed_at = PledgeState.PUBLISHED, None
            record.withdrawn_reason, record.merged_into_id = "", None

    def is_own_id(self, key: str) -> bool:
        return _PUBLIC_ID.fullmatch(key) is not None

    def check(self, row: Row) -> Iterator[Complaint]:
        pledge = row.record
        if (pledge.promised_by == PromisedBy.NGO) != (pledge.organisation_id is not None):
            yield "organisation", _("A pledge of an organisation names it; a candidate's names none.")
        if pledge.testability == Testability.TESTABLE_AS_INTERPRETED and not pledge.interpretation:
            yield "interpretation", _("Say how the words are read: readers see this note.")
        if row.is_new and not pledge.quote.strip():
            yield "quote", _("A pledge has a quote.")
        if row.is_new and row.replays and pledge.state in (PledgeState.DRAFT, PledgeState.IN_REVIEW):
            pledge.state = PledgeState.DRAFT
        if row.is_new and (pledge.published_at is not None) != (pledge.state != PledgeState.DRAFT):
            yield "published_at", _("A published pledge has its time of publication, a draft has none.")
        if row.is_new and pledge.published_at is not None:
            yield from self._check_id(row)
        if (pledge.state == PledgeState.MERGED) != (pledge.merged_into_id is not None or row.waits_for("merged_into")):
            yield "merged_into", _("A merged pledge names the other one, and only a merged one does.")

    def _check_id(self, row: Row) -> Iterator[Complaint]:
        found = _PUBLIC_ID.fullmatch(row.key)
        programme = row.found.get("programme")
        if not found or not programme:
            if programme:
                yield "id", _("A published pledge has an id like AJD-2022-04.")
            return
        code, year = programme[3], str(programme[4])
        if (found[1], found[2]) != (code, year):
            yield (
                "id",
                _("The id of a pledge of this programme begins with %(start)s.") % {"start": f"{code}-{year}-"},
            )
        if programme[6] is None or programme[6] > row.record.published_at:
            yield "published_at", _("Publish the programme first.")

    def prepare(self, record: Pledge, row: Row) -> None:
        if programme := row.found.get("programme"):
            record.municipality_id, record.edition_id = programme[1], programme[2]
        found = _PUBLIC_ID.fullmatch(row.key)
        if record.published_at is not None and found:
            record.number, record.public_id = int(found[3]), row.key
        else:
            record.state, record.number, record.public_id = PledgeState.DRAFT, None, None

    def refusal(self, record: Pledge, column: Any) -> str:
        if record.published_at is not None and column.name in (*AmendedField.values, "quote_language", "programme"):
            return _("Frozen since the first publication; make an amendment.")
        if record.state in (PledgeState.MERGED, PledgeState.WITHDRAWN):
            return _("This pledge was merged or withdrawn and is not changed any more.")
        if column.name != "published_at" and column.published and record.published_at is not None:
            return _("A pledge is merged or withdrawn in the admin, with a reason.")
        return super().refusal(record, column)

    def municipality(self, row: Row) -> int | None:
        return row.of("programme", 1)


class ProposalUptakes(Table):
    name = "proposal_uptakes"
    model = ProposalUptake
    natural_key = ("proposal", "candidacy", "pledge")
    declared = (
        Link("proposal", to="proposals", required=True),
        Link("candidacy", to="candidacies", required=True),
        Link("pledge", to="pledges"),
        Column("extent", required=True),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        from ...models import Candidacy, Proposal

        return ProposalUptake.objects.filter(
            Q(pledge__isnull=True) | Q(pledge__in=on_record(scope).values("pk")),
            proposal__in=Proposal.objects.public(scope.at).values("pk"),
            candidacy__in=Candidacy.objects.public(scope.at).values("pk"),
        )

    def check(self, row: Row) -> Iterator[Complaint]:
        if row.of("proposal", 1) != row.of("candidacy", 2):
            yield "proposal", _("The proposal was made for another edition.")
        elif row.of("proposal", 2) not in (None, row.of("candidacy", 1)):
            yield "proposal", _("The proposal was addressed to another municipality.")
        pledge = row.found.get("pledge")
        if pledge and pledge[5] != row.record.candidacy_id:
            yield "pledge", _("This pledge is of another candidacy.")
        if pledge and row.record.extent == Uptake.DECLINED:
            yield "pledge", _("What was declined stands in no pledge.")

    def municipality(self, row: Row) -> int | None:
        return row.of("candidacy", 1)


class EvidenceTable(Table):
    name = "evidence"
    model = Evidence
    prefix = "evidence"
    known_fields = ("pledge_id", "pledge__municipality_id")
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("pledge", to="pledges", required=True),
        Column("kind", required=True),
        Column("direction"),
        Column("title", required=True),
        Column("publisher"),
        Column("url"),
        Column("published_on"),
        Column("accessed_on"),
        Column("language"),
        Column("licence"),
        Column("excerpt"),
        Column("excerpt_salt", kind=SALT, published=True),
        Column("excerpt_digest", kind=DIGEST, published=True),
        Upload("stored_copy", extensions=DOCUMENTS_AND_PICTURES),
        Column("sha256", kind=DIGEST),
        Column("copy_type"),
        Column("copied_at"),
        Column("copy_is_public"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        cited = AssessmentEvidence.objects.filter(assessment__published_at__lte=scope.at)
        return Evidence.objects.filter(pk__in=cited.values("evidence"), pledge__in=on_record(scope).values("pk"))

    def as_known(self, record: Evidence, scope: Scope) -> None:
        # The copy of a source is somebody else's work: only those that may be given travel in public.
        if not scope.full and not record.copy_is_public:
            record.stored_copy = ""

    def refusal(self, record: Evidence, column: Any) -> str:
        if column.name != "licence" and is_cited(record):
            return _("A published assessment cites this evidence: it stays as it is.")
        return ""

    def municipality(self, row: Row) -> int | None:
        return row.of("pledge", 1)


class Assessments(Table):
    name = "assessments"
    model = Assessment
    prefix = "assessment"
    key_field = "sequence"
    order = (F("sequence").asc(nulls_last=True), "pk")
    is_ledgered = True
    known_fields = ("pledge_id", "pledge__municipality_id", "published_at", "kind")
    declared = (
        Column("id", attribute="sequence", kind=Text(max_length=60, many_lines=False), required=True),
        Link("pledge", to="pledges", required=True),
        Column("kind"),
        Link("supersedes", to="assessments", back_only=True),
        Column("status", required=True),
        Column("late"),
        Column("reason"),
        Column("inherited"),
        Column("verification"),
        Column("openness"),
        Column("outlook"),
        Column("outcome"),
        Column("effective_date", required=True),
        Column("language"),
        Column("summary", required=True),
        Column("reasoning"),
        Column("methodology_version"),
        Citations("evidence"),
        Words("summary_in", attribute="summary"),
        Words("reasoning_in", attribute="reasoning", needed=False),
        Column("published_at", published=True),
        Column("author_name", published=True),
        Column("approver_name", published=True),
        Account("author", signed_as="author_name"),
        Account("approver", signed_as="approver_name", published=True),
        Column("summary_salt", kind=SALT, published=True),
        Column("summary_digest", kind=DIGEST, published=True),
        Column("reasoning_salt", kind=SALT, published=True),
        Column("reasoning_digest", kind=DIGEST, published=True),
        CitedHashes("evidence_sha256", published=True),
        Column("author_interest", published=True),
        Column("author_interest_salt", kind=SALT, published=True),
        Column("author_interest_digest", kind=DIGEST, published=True),
        Column("approver_interest", published=True),
        Column("approver_interest_salt", kind=SALT, published=True),
        Column("approver_interest_digest", kind=DIGEST, published=True),
        Column("window_skipped", published=True),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return Assessment.objects.filter(published_at__lte=scope.at, pledge__in=on_record(scope).values("pk"))

    def everything(self) -> models.QuerySet:
        return Assessment.objects.all()

    def key_of(self, pk: int, value: Any) -> str:
        return assessment_id(value) or super().key_of(pk, None)

    def by_field(self, keys: set[str]) -> dict[str, tuple[Any, ...]]:
        numbers = {int(key.removeprefix("assessment-")): key for key in keys if Table.is_own_id(self, key)}
        found = super().by_field({str(number) for number in numbers})
        return {numbers[int(number)]: rest for number, rest in found.items()}

    def check(self, row: Row) -> Iterator[Complaint]:
        assessment = row.record
        pledge = row.found.get("pledge")
        target = row.found.get("supersedes")
        if (assessment.kind in _SUPERSEDING) != (assessment.supersedes_id is not None):
            yield "supersedes", _("A correction or retraction names the assessment it supersedes, no other does.")
        if target and pledge and target[1] != pledge[0]:
            yield "supersedes", _("This assessment is of another pledge.")
        if assessment.outlook and pledge and pledge[3] is None:
            yield "outlook", _("Only a pledge with a due date has an outlook.")
        if row.is_new and not assessment.summary and not assessment.summary_digest:
            yield "summary", _("This must not be empty.")
        if row.is_new and assessment.published_at is not None:
            yield from self._check_published(row, pledge, target)

    @staticmethod
    def _check_published(row: Row, pledge: Any, target: Any) -> Iterator[Complaint]:
        assessment = row.record
        if pledge and (pledge[2] is None or pledge[2] > assessment.published_at):
            yield "published_at", _("The pledge was published later than that.")
        if target and (target[3] is None or target[3] > assessment.published_at):
            yield "supersedes", _("It must supersede a published assessment of the same pledge.")
        if not assessment.author_name or not assessment.approver_name:
            yield "approver_name", _("Who published is signed by two people.")
        elif assessment.author_id == assessment.approver_id:
            yield "approver_name", _("Nobody approves their own assessment.")

    def refusal(self, record: Assessment, column: Any) -> str:
        if record.published_at is not None and column.name not in ("summary_in", "reasoning_in"):
            return _("A published assessment is neither changed nor deleted: correct or retract it by a new one.")
        return super().refusal(record, column)

    def prepare(self, record: Assessment, row: Row) -> None:
        if record.published_at is None:
            record.approver_id, record.author_name, record.approver_name = None, "", ""

    def municipality(self, row: Row) -> int | None:
        return row.of("pledge", 1)


def citations_of(keys: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Of each assessment the evidence with the SHA-256 of its copy when it was cited, in order."""
    found: dict[int, list[tuple[int, str]]] = {}
    rows = AssessmentEvidence.objects.filter(assessment__in=list(keys)).order_by("pk")
    for assessment, evidence, sha256 in rows.values_list("assessment", "evidence", "sha256"):
        found.setdefault(assessment, []).append((evidence, sha256))
    return found


RECORD = (Pledges(), ProposalUptakes(), EvidenceTable(), Assessments())
