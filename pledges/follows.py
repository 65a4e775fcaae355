"""What of the record can be followed: lists of pledges with their filters, one pledge, one person; and what happened.

A municipality is followed as a search within it, a topic as the list of its pledges.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from search.engines import SearchQuery, Within, embedded_engine
from search.follows import (
    Followable,
    Subject,
    UnknownSubject,
    register_describer,
    register_edition_gate,
    register_followable,
)
from search.models import DocumentChange, SearchEntry

from . import as_of
from .enums import AssessmentKind, EditionState
from .filters import PledgeFilterSet, UnknownFilters, overdue
from .models import Amendment, Assessment, Candidacy, Correction, Edition, Person, Pledge, Redaction, Reply
from .services.freshness import refresh

# Words of an assessment's summary or of a correction in a letter.
_LINE = 300


def closed_by_editions(years: Sequence[str]) -> str:
    """Why nobody begins to follow what lies in these editions only; empty while one of them is not archived."""
    states = {str(edition.year): edition.state for edition in Edition.objects.only("year", "state")}
    if years and all(states.get(year) == EditionState.ARCHIVED for year in years):
        return _("The edition is archived: it takes no new followers.")
    return ""


def list_subject(filterset: PledgeFilterSet) -> Subject:
    """What the page of a list offers to follow: the list that it shows, whatever its order."""
    query = urlencode(filterset.filter_pairs)
    suffix = f"?{query}" if query else ""
    return Subject(
        PledgeListFollow.kind,
        query,
        "",
        f"{reverse('pledges:pledge_list')}{suffix}",
        f"{reverse('pledges:pledge_feed')}{suffix}",
    )


class PledgeListFollow(Followable):
    """The pledge list as its filters narrow it down, in any order; always that of today."""

    kind = "pledges"

    def read(self, given: QueryDict) -> Subject:
        filterset = self._filterset(given)
        labels = ", ".join(chip.label for chip in filterset.chips)
        subject = list_subject(filterset)
        suffix = f"?{subject.query}" if subject.query else ""
        return replace(
            subject,
            table_url=f"{reverse('pledges:pledge_export', args=['csv'])}{suffix}",
            title=_("Pledges: %(filters)s") % {"filters": labels} if labels else _("all pledges"),
            closed=closed_by_editions(filterset.chosen("edition")),
        )

    def entries(self, given: QueryDict) -> QuerySet[SearchEntry]:
        rows = self._filterset(given).qs.order_by()
        return SearchEntry.objects.filter(type="pledge", document_id__in=rows.values("public_id"))

    @staticmethod
    def _filterset(given: QueryDict) -> PledgeFilterSet:
        if as_of.PARAMETER in given:
            raise UnknownSubject([_("An earlier day does not change any more: it cannot be followed.")])
        try:
            return PledgeFilterSet(given, strict=True)
        except UnknownFilters as error:
            raise UnknownSubject(error.problems) from error


class _RecordFollow(Followable):
    """One record, by its public id: `?id=`."""

    def read(self, given: QueryDict) -> Subject:
        public_id = given.get("id", "")
        if set(given) - {"id"}:
            raise UnknownSubject([_("There is no filter “%(name)s”.") % {"name": min(set(given) - {"id"})[:50]}])
        title, page_url, closed = self.found(public_id)
        query = urlencode([("id", public_id)])
        return Subject(
            self.kind,
            query,
            title,
            page_url,
            f"{reverse('search:follow_feed', args=[self.kind])}?{query}",
            closed=closed,
        )

    def found(self, public_id: str) -> tuple[str, str, str]:
        """Title, path and why it takes no followers. Raises `UnknownSubject`."""
        raise NotImplementedError

    @staticmethod
    def unknown(public_id: str) -> UnknownSubject:
        """Nothing public has this id."""
        return UnknownSubject([_("There is nothing called “%(id)s” to follow.") % {"id": public_id[:50]}])


class PledgeFollow(_RecordFollow):
    """One pledge."""

    kind = "pledge"

    def found(self, public_id: str) -> tuple[str, str, str]:
        pledge = (
            Pledge.objects.public()  # type: ignore[attr-defined]
            .filter(public_id=public_id)
            .select_related("edition")
            .prefetch_related("texts")
            .first()
        )
        if pledge is None:
            raise self.unknown(public_id)
        closed = closed_by_editions([str(pledge.edition.year)])
        return f"{public_id}: {pledge.title}", reverse("pledges:pledge", args=[public_id]), closed

    def entries(self, given: QueryDict) -> QuerySet[SearchEntry]:
        return SearchEntry.objects.filter(type="pledge", document_id=given.get("id", ""))


class PersonFollow(_RecordFollow):
    """Everything of one person: candidacies, programmes, pledges."""

    kind = "person"

    def found(self, public_id: str) -> tuple[str, str, str]:
        candidacies = Candidacy.objects.public().order_by("-edition__year", "-pk")  # type: ignore[attr-defined]
        person = (
            Person.objects.filter(Exists(candidacies.filter(person=OuterRef("pk"))), public_id=public_id).first()
            if public_id
            else None
        )
        if person is None:
            raise self.unknown(public_id)
        own = list(candidacies.filter(person=person).select_related("edition"))
        closed = closed_by_editions([str(candidacy.edition.year) for candidacy in own])
        return person.name, reverse("pledges:candidate", args=[own[0].public_id]), closed

    def entries(self, given: QueryDict) -> QuerySet[SearchEntry]:
        return embedded_engine().entries(SearchQuery(scope=(Within("person", (given.get("id", ""),)),)))


# What happened, in words


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LINE else f"{plain[:_LINE].rsplit(' ', 1)[0]} …"


def _marked(record: Any, words: str) -> str:
    """What is published after an edition was archived says so (design: domain, Workflow)."""
    pledge = record.pledge or getattr(record, "assessment", None) and record.assessment.pledge
    if pledge and pledge.edition.state == EditionState.ARCHIVED:
        return _("%(what)s (after the end of the edition)") % {"what": words}
    return words


def describe_assessments(marks: Sequence[str]) -> Mapping[str, str]:
    """Corrections and retractions are named as such."""
    numbers = [int(mark.removeprefix("assessment-")) for mark in marks]
    public = Assessment.objects.public().filter(sequence__in=numbers).select_related("pledge__edition")  # type: ignore[attr-defined]
    lines = {}
    for row in public:
        words = {
            AssessmentKind.CONFIRMATION: _("Checked, nothing changed"),
            AssessmentKind.CORRECTION: _("Correction of an assessment"),
            AssessmentKind.RETRACTION: _("Retraction: an earlier assessment does not hold any more"),
        }.get(AssessmentKind(row.kind), _("New assessment"))
        if row.kind != AssessmentKind.RETRACTION:
            words = f"{words}, {row.get_status_display()}"
        lines[f"assessment-{row.sequence}"] = ": ".join(
            part for part in (_marked(row, words), _shortened(row.summary)) if part
        )
    return lines


def _correction(row: Correction) -> str:
    words = _("Wrong: %(wrong)s Right: %(right)s") % {"wrong": row.wrong, "right": row.right}
    return f"{_marked(row, _('Correction'))}: {_shortened(words)}"


def _amendment(row: Amendment) -> str:
    return f"{_marked(row, _('The words of the pledge were amended'))}: {_shortened(row.reason)}"


def _reply(row: Reply) -> str:
    return f"{_marked(row, _('Reply of the mayor or candidate'))}: {row.get_state_display()}"


def _redaction(row: Redaction) -> str:
    return f"{_marked(row, _('Words were erased by law'))}: {row.get_ground_display()}"


def _by_public_id(model: Any, related: Sequence[str], line: Callable[[Any], str]) -> Any:
    def describe(marks: Sequence[str]) -> Mapping[str, str]:
        rows = model.objects.public().filter(public_id__in=marks).select_related(*related)
        return {row.public_id: line(row) for row in rows}

    return describe


def describe_overdue(marks: Sequence[str]) -> Mapping[str, str]:
    """That the day passed by which a pledge was to be fulfilled."""
    return dict.fromkeys(marks, _("Past its due date"))


def refresh_overdue(now: dt.datetime) -> str | None:
    """Have the search know which pledges are past their date by now. For `manage.py tick`."""
    late = dict(
        Pledge.objects.public()  # type: ignore[attr-defined]
        .with_gate()
        .filter(overdue())
        .order_by("pk")
        .values_list("public_id", "pk")
    )
    known = {
        change.document_id
        for change in DocumentChange.objects.filter(is_last=True, document_id__in=late)
        if any(mark.startswith("overdue-") for mark in change.marks)
    }
    keys = [pk for public_id, pk in late.items() if public_id not in known]
    refresh("pledge", keys)
    return f"{len(keys)} overdue" if keys else None


for followable in (PledgeListFollow(), PledgeFollow(), PersonFollow()):
    register_followable(followable)
register_edition_gate(closed_by_editions)
register_describer("overdue", describe_overdue)
register_describer("assessment", describe_assessments)
register_describer(
    "correction", _by_public_id(Correction, ["pledge__edition", "assessment__pledge__edition"], _correction)
)
register_describer("amendment", _by_public_id(Amendment, ["pledge__edition"], _amendment))
register_describer("reply", _by_public_id(Reply, ["pledge__edition"], _reply))
register_describer("redaction", _by_public_id(Redaction, ["pledge__edition"], _redaction))
