"""What answers under the permanent addresses of the record (`zaveza.permanent`)."""

import re
from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from zaveza import clock
from zaveza.permanent import register_resolver, see

from .as_of import AsOf, read
from .models import (
    Amendment,
    Assessment,
    Candidacy,
    Correction,
    Evidence,
    LedgerRow,
    Mandate,
    Municipality,
    Person,
    Pledge,
    PolicyVersion,
    Programme,
    Proposal,
    Recognition,
    Redaction,
    Reply,
)
from .services import remaining_pledge
from .views.corrections import ENTRIES_PER_PAGE
from .views.frame import is_public
from .views.policies import policy_address

# A version of a policy has a dot in it: `methodology-2.1`.
_ANY_ID = re.compile(r"[A-Za-z]+(-[A-Za-z0-9.]+)+")


def resolve(request: HttpRequest, public_id: str) -> HttpResponseBase | None:
    """The answer for an id of the record, if something public has it; written otherwise, it leads to its own form.

    `?as-of=` leads to the state of that day.
    """
    if not _ANY_ID.fullmatch(public_id):
        return None
    own = _own_form(public_id)
    answer = _answer(request, own, read(request.GET))
    if answer is None or own == public_id:
        return answer
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{reverse('permanent', args=[own])}{'?' if query else ''}{query}")


def _own_form(public_id: str) -> str:
    """The id as it is written, whatever case it was typed in: `AJD-2022-04`, `L-4127`, `person-17`."""
    prefix, _dash, rest = public_id.partition("-")
    if prefix.lower() not in {*_ADDRESSES, *_PARTS} and prefix.upper() != "L":
        return public_id.upper()
    if rest.isdecimal() and len(rest) < 19 and prefix.lower() in ("l", "assessment"):
        rest = str(int(rest))
    return f"{prefix.upper()}-{rest}" if prefix.upper() == "L" else f"{prefix.lower()}-{rest.upper()}"


def _answer(request: HttpRequest, public_id: str, as_of: AsOf) -> HttpResponseBase | None:
    prefix, _dash, rest = public_id.partition("-")
    if prefix == "L" and rest.isdigit():
        return _ledger_row(int(rest))
    if prefix in _ADDRESSES:
        address = _ADDRESSES[prefix](public_id)
        return see(address + as_of.query) if address else None
    if prefix in _PARTS:
        records = _PARTS[prefix](public_id)
        record = records.select_related("pledge").first()
        return _pledge(request, record.pledge, as_of, f"#{_anchor(record)}") if record and record.pledge else None
    pledge = Pledge.objects.filter(public_id=public_id).first()
    return _pledge(request, pledge, as_of) if pledge else None


def _pledge(request: HttpRequest, pledge: Pledge, as_of: AsOf, fragment: str = "") -> HttpResponseBase | None:
    """A pledge that is public leads to its page, a merged one to the id of the other, a withdrawn one tells why."""
    from .views.pledges import closed

    if Pledge.objects.public(as_of.at).filter(pk=pledge.pk).exists():  # type: ignore[attr-defined]
        return see(reverse("pledges:pledge", args=[pledge.public_id]) + as_of.query + fragment)
    if not is_public(pledge, as_of.at):
        return None
    remaining = remaining_pledge(pledge, as_of.at)
    if remaining.pk != pledge.pk and Pledge.objects.public(as_of.at).filter(pk=remaining.pk).exists():  # type: ignore[attr-defined]
        address = reverse("permanent", args=[remaining.public_id])
        # What was merged by that day may have been merged further since.
        return see(address + as_of.query) if as_of.is_past else HttpResponsePermanentRedirect(address)
    return closed(request, pledge.public_id or "", as_of)


def _anchor(record: Any) -> str:
    if isinstance(record, Assessment):
        return f"z{record.sequence}"
    return "h-evidence" if isinstance(record, Evidence) else str(record.public_id)


def _ledger_row(sequence: int) -> HttpResponseBase | None:
    row = LedgerRow.objects.filter(sequence=sequence, at__lte=clock.now()).first() if sequence < 2**63 else None
    return see(reverse("pledges:ledger_row", args=[row.sequence])) if row else None


def _municipality(public_id: str) -> str | None:
    slug = (
        Municipality.objects.filter(iso_code=public_id.removeprefix("municipality-"))
        .values_list("slug", flat=True)
        .first()
    )
    return reverse("pledges:municipality", args=[slug]) if slug else None


def _candidacy(public_id: str) -> str | None:
    found = Candidacy.objects.public().filter(public_id=public_id).exists()  # type: ignore[attr-defined]
    return reverse("pledges:candidate", args=[public_id]) if found else None


def _person(public_id: str) -> str | None:
    """A person is shown by the newest candidacy, or where the person holds office."""
    person = Person.objects.public().filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if person is None:
        return None
    candidacy = Candidacy.objects.public().filter(person=person).order_by("-edition__year", "-pk").first()  # type: ignore[attr-defined]
    if candidacy:
        return reverse("pledges:candidate", args=[candidacy.public_id])
    mandate = Mandate.objects.public().filter(person=person).select_related("municipality").first()  # type: ignore[attr-defined]
    return reverse("pledges:municipality", args=[mandate.municipality.slug]) if mandate else None


def _programme(public_id: str) -> str | None:
    found = Programme.objects.public().filter(public_id=public_id).exists()  # type: ignore[attr-defined]
    return reverse("pledges:programme", args=[public_id]) if found else None


def _proposal(public_id: str) -> str | None:
    found = Proposal.objects.public().filter(public_id=public_id).exists()  # type: ignore[attr-defined]
    return reverse("pledges:proposal", args=[public_id]) if found else None


def _mandate(public_id: str) -> str | None:
    mandate = Mandate.objects.public().filter(public_id=public_id).select_related("municipality").first()  # type: ignore[attr-defined]
    return reverse("pledges:municipality", args=[mandate.municipality.slug]) if mandate else None


def _recognition(public_id: str) -> str | None:
    record = Recognition.objects.public().filter(public_id=public_id).select_related("candidacy").first()  # type: ignore[attr-defined]
    return reverse("pledges:candidate", args=[record.candidacy.public_id]) if record else None


def _policy(public_id: str) -> str | None:
    found = PolicyVersion.objects.public().filter(public_id=public_id).first()  # type: ignore[attr-defined]
    return policy_address(found) if found else None


def _redaction(public_id: str) -> str | None:
    """Its place in the log of corrections."""
    public = Redaction.objects.public()  # type: ignore[attr-defined]
    record = public.filter(public_id=public_id).first()
    if record is None:
        return None
    newer = public.filter(
        Q(published_at__gt=record.published_at) | Q(published_at=record.published_at, pk__gt=record.pk)
    )
    page = newer.count() // ENTRIES_PER_PAGE + 1
    return f"{reverse('pledges:corrections')}?kind=redaction&page={page}#{public_id}"


_ADDRESSES: dict[str, Callable[[str], str | None]] = {
    "methodology": _policy,
    "corrections": _policy,
    "funding": _policy,
    "redaction": _redaction,
    "municipality": _municipality,
    "candidacy": _candidacy,
    "person": _person,
    "programme": _programme,
    "proposal": _proposal,
    "mandate": _mandate,
    "recognition": _recognition,
}


def _assessments(public_id: str) -> Any:
    number = public_id.removeprefix("assessment-")
    sequence = int(number) if number.isdigit() and len(number) < 19 else -1
    return Assessment.objects.public().filter(sequence=sequence)  # type: ignore[attr-defined]


def _public(model: Any) -> Callable[[str], Any]:
    return lambda public_id: model.objects.public().filter(public_id=public_id)


# Parts of a pledge's page
_PARTS: dict[str, Callable[[str], Any]] = {
    "assessment": _assessments,
    "amendment": _public(Amendment),
    "correction": _public(Correction),
    "evidence": _public(Evidence),
    "reply": _public(Reply),
}


def register() -> None:
    """Answer for the record's ids; `PledgesConfig.ready` calls it."""
    register_resolver("pledges", resolve)
