"""The content of a ledger row, read from its record: format 1.

A released format never changes: what a row was hashed over has to be built the same way for ever. A new field of a
record needs a new format, and the old builder stays for the old rows.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q

from ..enums import LedgerKind, PledgeState
from ..models import Amendment, Assessment, AssessmentEvidence, Correction, Pledge, Reply
from ..models.redactable import fields_of

FORMAT = 1


@dataclass(slots=True)
class Content:
    """What was published, the words behind its digests, and the pledge that it is about."""

    values: dict[str, Any]
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    pledge: int | None = None

    def put_text(self, row: Mapping[str, Any], name: str) -> None:
        """Put the digest of a text into the content and the text beside it; erased, only the digest is left."""
        self.values[name] = _text(self, name, *(row[column] for column in fields_of(name)))


def read(kind: str, records: Iterable[str]) -> dict[str, Content]:
    """The contents of these records by id; one that is not published is missing from the answer."""
    return _READERS[kind](list(records))


def public_pledges(keys: Iterable[int], now: dt.datetime) -> set[int]:
    """Those whose programme, candidacy and edition are public; withdrawn and merged ones stay on the record."""
    return set(
        Pledge.objects.filter(
            Q(organisation__isnull=True) | Q(organisation__published_at__lte=now),
            pk__in=set(keys),
            published_at__lte=now,
            programme__published_at__lte=now,
            programme__candidacy__published_at__lte=now,
            edition__published_at__lte=now,
        ).values_list("pk", flat=True)
    )


def assessment_id(sequence: int | None) -> str | None:
    """The id of a published assessment in the ledger and in exports."""
    return None if sequence is None else f"assessment-{sequence}"


def as_text(moment: dt.datetime | str | None) -> str:
    """A moment as the ledger writes it: UTC, with microseconds.

    What a database holds that is no moment stays as it is: nothing that was hashed looks like it.
    """
    if not isinstance(moment, dt.datetime):
        return str(moment)
    if moment.tzinfo is not dt.UTC:
        moment = moment.astimezone(dt.UTC)
    return moment.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _day(day: dt.date | str | None) -> str | None:
    """A day as the ledger writes it; what is none stays as it is."""
    return day.isoformat() if isinstance(day, dt.date) else day


_ASSESSMENT = (
    "kind", "status", "late", "reason", "inherited", "verification", "openness", "outlook", "outcome", "language",
    "methodology_version",
)  # fmt: skip
# What the signers declared, and why nobody was asked: readers see it, so it is hashed. Rows published before there was
# any are hashed without: what is empty does not stand in the content. Declarations stand there as digests, but for rows
# published before these had any: those are hashed with the words.
_DECLARED = (*fields_of("author_interest"), *fields_of("approver_interest"), "window_skipped")
_EVIDENCE = ("kind", "direction", "title", "publisher", "url", "language")


def _assessments(records: list[str]) -> dict[str, Content]:
    numbers = {int(number) for record in records if (number := record.removeprefix("assessment-")).isdigit()}
    # Rows of the one kind of which there are very many: as tuples, unpacked at once, and asked for as a range.
    rows = Assessment.objects.filter(_among("sequence", numbers), published_at__isnull=False).values_list(
        *_ASSESSMENT,
        *fields_of("summary"),
        *fields_of("reasoning"),
        "pk",
        "sequence",
        "effective_date",
        "published_at",
        "author_name",
        "approver_name",
        "pledge_id",
        "pledge__public_id",
        "supersedes__sequence",
        *_DECLARED,
    )
    found: dict[int, Content] = {}
    answer: dict[str, Content] = {}
    for row in rows.order_by():
        summary, reasoning = row[_PLAIN : _PLAIN + 3], row[_PLAIN + 3 : _PLAIN + 6]
        key, sequence, effective, published, author, approver, pledge, public_id, superseded = row[_PLAIN + 6 : -7]
        record = f"assessment-{sequence}"
        values: dict[str, Any] = dict(zip(_ASSESSMENT, row, strict=False))
        content = found[key] = answer[record] = Content(values, {}, pledge)
        values["id"] = record
        values["pledge"] = public_id
        values["supersedes"] = None if superseded is None else f"assessment-{superseded}"
        values["effective_date"] = _day(effective)
        values["published_at"] = as_text(published)
        values["author"] = author
        values["approver"] = approver
        values["evidence"] = []
        for name, (words, salt, digest) in (("author_interest", row[-7:-4]), ("approver_interest", row[-4:-1])):
            if digest or words:
                values[name] = _text(content, name, words, salt, digest) if digest else words
        if row[-1]:
            values["window_skipped"] = row[-1]
        values["summary"] = _text(content, "summary", *summary)
        values["reasoning"] = _text(content, "reasoning", *reasoning)
    _add_citations(found)
    return answer


_PLAIN = len(_ASSESSMENT)


def _among(name: str, numbers: set[int]) -> Q:
    """That a field is one of these numbers: between the first and the last where none is missing between them."""
    if numbers and max(numbers) - min(numbers) == len(numbers) - 1:
        return Q(**{f"{name}__gte": min(numbers), f"{name}__lte": max(numbers)})
    return Q(**{f"{name}__in": numbers})


def _add_citations(contents: Mapping[int, Content]) -> None:
    rows = (
        AssessmentEvidence.objects.filter(_among("assessment", set(contents)))
        .order_by("pk")
        .values_list(
            *(f"evidence__{name}" for name in (*_EVIDENCE, *fields_of("excerpt"))),
            "assessment_id",
            "sha256",
            "evidence__public_id",
            "evidence__published_on",
            "evidence__accessed_on",
        )
    )
    for row in rows:
        assessment, sha256, public_id, published, accessed = row[len(_EVIDENCE) + 3 :]
        content = contents[assessment]
        cited: list[dict[str, Any]] = content.values["evidence"]
        values: dict[str, Any] = dict(zip(_EVIDENCE, row, strict=False))
        values["id"] = public_id
        values["published_on"] = _day(published)
        values["accessed_on"] = _day(accessed)
        values["sha256"] = sha256
        excerpt = row[len(_EVIDENCE) : len(_EVIDENCE) + 3]
        values["excerpt"] = _text(content, f"evidence/{len(cited)}/excerpt", *excerpt)
        cited.append(values)


def _text(content: Content, place: str, text: str, salt: str, digest: str) -> dict[str, str] | None:
    """What stands in the content for a text; the text itself goes beside it, unless it is erased."""
    if text:
        content.texts[place] = {"salt": salt, "text": text}
    return {"digest": digest} if digest else None


_ABOUT = {
    "own_pledge": F("pledge__public_id"),
    "assessed": F("assessment__sequence"),
    "assessed_pledge": F("assessment__pledge"),
}


def _replies(records: list[str]) -> dict[str, Content]:
    rows = Reply.objects.filter(public_id__in=records, concluded_at__isnull=False).values(
        *fields_of("text"),
        *fields_of("editors_note"),
        "public_id",
        "pledge_id",
        "invited_on",
        "due_on",
        "received_on",
        "state",
        "channel",
        "entered_why",
        "language",
        "concluded_at",
        **_ABOUT,
    )
    answer = {}
    for row in rows:
        content = answer[row["public_id"]] = Content(
            {
                "id": row["public_id"],
                "pledge": row["own_pledge"],
                "assessment": assessment_id(row["assessed"]),
                "invited_on": _day(row["invited_on"]),
                "due_on": _day(row["due_on"]),
                "received_on": _day(row["received_on"]),
                "state": row["state"],
                "language": row["language"],
                "published_at": as_text(row["concluded_at"]),
            },
            pledge=row["pledge_id"],
        )
        # As with what the signers declare: older rows are hashed without, so what is empty does not stand there.
        content.values.update({name: row[name] for name in ("channel", "entered_why") if row[name]})
        content.put_text(row, "text")
        content.put_text(row, "editors_note")
    return answer


def _corrections(records: list[str]) -> dict[str, Content]:
    rows = Correction.objects.filter(public_id__in=records, published_at__isnull=False).values(
        *fields_of("wrong"),
        *fields_of("right"),
        "public_id",
        "pledge_id",
        "wrong_since",
        "severity",
        "requested_by",
        "language",
        "published_at",
        **_ABOUT,
    )
    answer = {}
    for row in rows:
        content = answer[row["public_id"]] = Content(
            {
                "id": row["public_id"],
                "pledge": row["own_pledge"],
                "assessment": assessment_id(row["assessed"]),
                "wrong_since": _day(row["wrong_since"]),
                "severity": row["severity"],
                "requested_by": row["requested_by"],
                "language": row["language"],
                "published_at": as_text(row["published_at"]),
            },
            pledge=row["pledge_id"] or row["assessed_pledge"],
        )
        content.put_text(row, "wrong")
        content.put_text(row, "right")
    return answer


def _amendments(records: list[str]) -> dict[str, Content]:
    names = ("part", "before", "after", "reason", "language")
    rows = Amendment.objects.filter(public_id__in=records, published_at__isnull=False).values(
        *names,
        "public_id",
        "pledge_id",
        "published_at",
        "author_name",
        "approver_name",
        pledge_public_id=F("pledge__public_id"),
    )
    return {
        row["public_id"]: Content(
            {
                **{name: row[name] for name in names},
                "id": row["public_id"],
                "pledge": row["pledge_public_id"],
                "author": row["author_name"],
                "approver": row["approver_name"],
                "published_at": as_text(row["published_at"]),
            },
            pledge=row["pledge_id"],
        )
        for row in rows
    }


def _closings(state: PledgeState) -> Callable[[list[str]], dict[str, Content]]:
    def closings(records: list[str]) -> dict[str, Content]:
        rows = Pledge.objects.filter(public_id__in=records, closed_at__isnull=False, state=state).values(
            "pk", "public_id", "withdrawn_reason", "closed_at", into=F("merged_into__public_id")
        )
        return {
            row["public_id"]: Content(
                {
                    "pledge": row["public_id"],
                    **({"into": row["into"]} if state == PledgeState.MERGED else {}),
                    "reason": row["withdrawn_reason"],
                    "published_at": as_text(row["closed_at"]),
                },
                pledge=row["pk"],
            )
            for row in rows
        }

    return closings


_READERS: dict[str, Callable[[list[str]], dict[str, Content]]] = {
    LedgerKind.ASSESSMENT: _assessments,
    LedgerKind.REPLY: _replies,
    LedgerKind.CORRECTION: _corrections,
    LedgerKind.AMENDMENT: _amendments,
    LedgerKind.WITHDRAWAL: _closings(PledgeState.WITHDRAWN),
    LedgerKind.MERGE: _closings(PledgeState.MERGED),
}
