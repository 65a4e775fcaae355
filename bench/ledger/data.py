"""A large record, written in bulk past the services: 5 assessments of every pledge, every second one with evidence."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

START = dt.datetime(2022, 12, 12, 8, tzinfo=dt.UTC)
BATCH = 2000
STATUSES = ("not_started", "in_progress", "in_progress", "stalled", "fulfilled")
KINDS = ("initial", "change", "confirmation", "change", "change")
WORDS = (
    "Občinski svet je na seji obravnaval predlog, občinska uprava pa je pripravila popis del in objavila javno "
    "naročilo; po podatkih iz proračuna je za letos zagotovljenih 180.000 evrov."
)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def salted(words: str) -> tuple[str, str]:
    """A salt and the digest of the words under it."""
    salt = hashlib.sha256(words.encode()).hexdigest()[:32]
    return salt, hashlib.sha256((salt + words).encode()).hexdigest()


def fill(pledges: int, assessments: int) -> None:
    """Write the record into an empty database and build its ledger. Raises `SystemExit` where it is not empty."""
    from django.db import transaction
    from django.db.models import F

    from pledges import factories, services
    from pledges.models import Assessment, AssessmentEvidence, Evidence, Pledge
    from zaveza.users.factories import UserFactory

    if Assessment.objects.exists():
        raise SystemExit("The benchmark needs a database of its own: set ZAVEZA_DATA_DIR to an empty folder.")
    author, approver = UserFactory(email="pise@example.si"), UserFactory(email="odobri@example.si")
    with transaction.atomic():
        programmes = [
            factories.ProgrammeFactory(text="", candidacy=factories.CandidacyFactory(municipality=municipality))
            for municipality in factories.MunicipalityFactory.create_batch(100)
        ]
        for rows in _batches(_pledges(programmes, pledges)):
            Pledge.objects.bulk_create(rows)
        keys = list(Pledge.objects.order_by("pk").values_list("pk", flat=True))
        for turn, numbers in enumerate(_batches(range(assessments))):
            drafts = [_assessment(number, keys[number % len(keys)], author) for number in numbers]
            Assessment.objects.bulk_create(drafts)
            evidence = Evidence.objects.bulk_create(_evidence(draft) for draft in drafts[::2])
            AssessmentEvidence.objects.bulk_create(
                AssessmentEvidence(assessment=draft, evidence=item, sha256="")
                for draft, item in zip(drafts[::2], evidence, strict=True)
            )
            # Citations are taken by drafts only.
            Assessment.objects.filter(published_at=None).update(
                stage="published",
                sequence=F("pk"),
                approver=approver,
                published_at=START + dt.timedelta(hours=turn + 1),
            )
    services.build_ledger()


def _pledges(programmes: list[Any], number: int) -> Iterator[Any]:
    from pledges.models import Pledge

    for place in range(number):
        programme = programmes[place % len(programmes)]
        municipality, edition = programme.candidacy.municipality, programme.candidacy.edition
        running = place // len(programmes) + 1
        yield Pledge(
            programme=programme,
            municipality=municipality,
            edition=edition,
            number=running,
            public_id=f"{municipality.code}-{edition.year}-{running:02d}",
            quote=f"Uredili bomo {place}. točko programa.",
            success_criteria="Ukrep je sprejet.\nUkrep se izvaja.",
            state="published",
            published_at=START - dt.timedelta(days=30),
        )


def _assessment(number: int, pledge: int, author: Any) -> Any:
    from pledges.models import Assessment

    turn = number // 20_000 % len(STATUSES)
    summary, reasoning = f"Ocena {number}: {WORDS[:90]}", f"{WORDS} {number}"
    (summary_salt, summary_digest), (reasoning_salt, reasoning_digest) = salted(summary), salted(reasoning)
    return Assessment(
        pledge_id=pledge,
        kind=KINDS[turn],
        status=STATUSES[turn],
        effective_date=START.date(),
        author=author,
        author_name="Ana Spremljevalka",
        approver_name="Vera Pregledovalka",
        summary=summary,
        summary_salt=summary_salt,
        summary_digest=summary_digest,
        reasoning=reasoning,
        reasoning_salt=reasoning_salt,
        reasoning_digest=reasoning_digest,
        methodology_version="2.1",
    )


def _evidence(draft: Any) -> Any:
    from pledges.models import Evidence

    excerpt = f"Sklep št. {draft.pk}: {WORDS[:60]}"
    salt, digest = salted(excerpt)
    return Evidence(
        public_id=f"evidence-{draft.pk}",
        pledge_id=draft.pledge_id,
        kind="council_minutes",
        title=f"Zapisnik {draft.pk}. seje",
        publisher="Občinski svet",
        url=f"https://obcina.example.si/zapisnik-{draft.pk}",
        published_on=draft.effective_date,
        accessed_on=draft.effective_date,
        excerpt=excerpt,
        excerpt_salt=salt,
        excerpt_digest=digest,
    )
