"""Counts of pledges that always carry their denominator and what is left out of it (design: domain, Counting)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaveza.base.templatetags.base_tags import number, percent_of

from .drawing import COUNTED_ORDER, LEFT_OUT_ORDER, StatusBar, status_bar
from .enums import FINAL_STATUSES, UNCOUNTED_STATUSES, Gate, Status
from .querysets import PledgeQuerySet

# Under this many rated pledges a percentage would say more than is known.
MIN_RATED_FOR_PERCENT = 10


@dataclass(frozen=True)
class PledgeCount:
    """How many pledges of one list have each status, and how many are behind a gate."""

    by_status: Mapping[str, int] = field(default_factory=dict)
    by_gate: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All pledges of the list, counted or not."""
        return sum(self.by_status.values()) + sum(self.by_gate.values())

    @property
    def counted(self) -> int:
        """The denominator: neither behind a gate nor without information."""
        return sum(count for status, count in self.by_status.items() if status not in UNCOUNTED_STATUSES)

    @property
    def fulfilled(self) -> int:
        """The numerator."""
        return self.by_status.get(Status.FULFILLED, 0)

    @property
    def rated(self) -> int:
        """Counted pledges that have an assessment: the coverage."""
        return self.counted - self.by_status.get(Status.NOT_ASSESSED, 0)

    @property
    def final(self) -> int:
        """Counted pledges whose status is a final one."""
        return sum(self.by_status.get(status, 0) for status in FINAL_STATUSES)

    @property
    def final_share(self) -> float:
        """`final` of `counted`, between 0 and 1."""
        return self.final / self.counted if self.counted else 0.0

    @property
    def left_out(self) -> dict[str, int]:
        """What is not in the denominator, by its code, without zeros."""
        counts = {Status.NO_INFORMATION.value: self.by_status.get(Status.NO_INFORMATION, 0)}
        counts |= {gate.value: self.by_gate.get(gate, 0) for gate in Gate}
        return {code: count for code, count in counts.items() if count}

    @property
    def has_percent(self) -> bool:
        """Whether enough pledges are rated to speak of a percentage."""
        return self.rated >= MIN_RATED_FOR_PERCENT

    def percent(self, part: int) -> str:
        """A part of the denominator in percent, or an empty string where too few pledges are rated."""
        return percent_of(part, self.counted) if self.has_percent else ""

    # Sentences. The word after the denominator has its own plural form: "1 of 1 pledge", "1 of 23 pledges".

    @property
    def of_counted(self) -> str:
        """`of 23 pledges`."""
        return ngettext("of %(total)s pledge", "of %(total)s pledges", self.counted) % {"total": number(self.counted)}

    @property
    def fraction(self) -> SafeString:
        """`7 of 23 pledges are fulfilled (30 %).`"""
        if not self.counted:
            return format_html("{}", _("No pledge can be counted yet."))
        words = ngettext("%(part)s %(of_total)s is fulfilled", "%(part)s %(of_total)s are fulfilled", self.fulfilled)
        return self._sentence(words, self.fulfilled)

    @property
    def organisations_fraction(self) -> SafeString:
        """`1 of 3 pledges of non-governmental organisations is fulfilled.`"""
        if not self.counted:
            return format_html("{}", _("No pledge of the non-governmental organisations can be counted yet."))
        words = ngettext(
            "%(part)s %(of_total)s of non-governmental organisations is fulfilled",
            "%(part)s %(of_total)s of non-governmental organisations are fulfilled",
            self.fulfilled,
        )
        return self._sentence(words, self.fulfilled)

    @property
    def final_fraction(self) -> SafeString:
        """`12 of 23 pledges have their final assessment (52 %).`"""
        words = ngettext(
            "%(part)s %(of_total)s has its final assessment",
            "%(part)s %(of_total)s have their final assessment",
            self.final,
        )
        return self._sentence(words, self.final)

    @property
    def coverage(self) -> str:
        """`22 of 23 pledges are rated.`"""
        words = ngettext("%(part)s %(of_total)s is rated.", "%(part)s %(of_total)s are rated.", self.rated)
        return words % {"part": number(self.rated), "of_total": self.of_counted}

    @property
    def left_out_sentence(self) -> str:
        """What the denominator leaves out and why; empty where it leaves nothing out."""
        left_out = self.left_out
        reasons = [_left_out_reason(code, left_out[code]) for code in LEFT_OUT_ORDER if code in left_out]
        if not reasons:
            return ""
        return _("We do not count %(reasons)s in the denominator.") % {"reasons": join_words(reasons)}

    def _sentence(self, words: str, part: int) -> SafeString:
        # The words are a translation of ours; numbers are set in bold.
        sentence = format_html(
            words.replace("%(part)s", "{part}").replace("%(of_total)s", "{of_total}"),
            part=format_html("<b>{}</b>", number(part)),
            of_total=self._of_counted_html,
        )
        percent = self.percent(part)
        return format_html("{} ({}).", sentence, percent) if percent else format_html("{}.", sentence)

    @property
    def _of_counted_html(self) -> SafeString:
        words = ngettext("of %(total)s pledge", "of %(total)s pledges", self.counted)
        return format_html(words.replace("%(total)s", "{total}"), total=format_html("<b>{}</b>", number(self.counted)))

    def bar(self, *, bar_height: int = 26) -> StatusBar:
        """The status bar of these counts."""
        return status_bar(self.by_status, self.left_out, status_labels(), bar_height=bar_height)

    @property
    def bar_title(self) -> str:
        """The bar in words: each status with its count, then what is left out."""
        labels = status_labels()
        counted = ", ".join(f"{labels[code]} {number(self.by_status.get(code, 0))}" for code in COUNTED_ORDER)
        left_out = ", ".join(f"{labels[code]} {number(count)}" for code, count in self.left_out.items())
        if left_out:
            return _("Pledges by status: %(counted)s; outside the denominator: %(left_out)s.") % {
                "counted": counted,
                "left_out": left_out,
            }
        return _("Pledges by status: %(counted)s.") % {"counted": counted}

    @property
    def key(self) -> list[tuple[str, str, int]]:
        """All statuses of the denominator with their words and counts, zeros too."""
        labels = status_labels()
        return [(code.value, labels[code], self.by_status.get(code, 0)) for code in COUNTED_ORDER]

    @property
    def left_out_key(self) -> list[tuple[str, str, int]]:
        """The same for what is left out, without zeros."""
        labels = status_labels()
        left_out = self.left_out
        return [(code.value, labels[code], left_out[code]) for code in LEFT_OUT_ORDER if code in left_out]


def status_labels() -> dict[str, str]:
    """The words for statuses and gates in the reader's language."""
    return {code.value: str(code.label) for choices in (Status, Gate) for code in choices}


def _left_out_reason(code: str, count: int) -> str:
    words = {
        Status.NO_INFORMATION: lambda: ngettext(
            "%(count)s pledge for which the sources do not suffice",
            "%(count)s pledges for which the sources do not suffice",
            count,
        ),
        Gate.NOT_TESTABLE: lambda: ngettext(
            "%(count)s pledge that cannot be tested", "%(count)s pledges that cannot be tested", count
        ),
        Gate.NOT_IN_OFFICE: lambda: ngettext(
            "%(count)s pledge of those who are not in office",
            "%(count)s pledges of those who are not in office",
            count,
        ),
    }
    return words[code]() % {"count": number(count)}


def join_words(words: list[str]) -> str:
    """`a, b and c` in the reader's language."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def count_pledges(pledges: PledgeQuerySet) -> PledgeCount:
    """Count a list of pledges in one query. A pledge without a projection is not assessed."""
    status = f"{pledges.standing_path}__status"
    rows = pledges.with_gate().order_by().values_list("gate", status).annotate(count=Count("pk"))
    return tally(rows)


def count_pledges_by(pledges: PledgeQuerySet, field_name: str) -> dict[str, PledgeCount]:
    """The same for each value of a field, in one query."""
    status = f"{pledges.standing_path}__status"
    rows = pledges.with_gate().order_by().values_list(field_name, "gate", status).annotate(count=Count("pk"))
    groups: dict[str, list[tuple[str, str | None, int]]] = {}
    for value, gate, status, count in rows:
        groups.setdefault(value, []).append((gate, status, count))
    return {value: tally(group) for value, group in groups.items()}


def tally(rows: "list[tuple[str, str | None, int]] | object") -> PledgeCount:
    """Sum up (gate, status, count)."""
    by_status: dict[str, int] = {}
    by_gate: dict[str, int] = {}
    for gate, status, count in rows:  # type: ignore[attr-defined]
        if gate:
            by_gate[gate] = by_gate.get(gate, 0) + count
        else:
            code = status or Status.NOT_ASSESSED.value
            by_status[code] = by_status.get(code, 0) + count
    return PledgeCount(by_status=by_status, by_gate=by_gate)
