"""The parts of a pledge's page: the quotation in its context, the facts, the indicator."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaveza.base.templatetags.base_tags import number

from .. import drawing, wording
from ..counting import join_words
from ..enums import Gate, PromisedBy, Testability
from ..models import Assessment, Pledge


@dataclass(frozen=True)
class Quotation:
    """The words around a pledge's quote, and the quotation marks of its language."""

    before: str
    after: str
    opening: str
    closing: str

    @property
    def has_context(self) -> bool:
        return bool(self.before or self.after)


def quotation(pledge: Pledge) -> Quotation:
    """The quote's surroundings, with a space where the sentence needs one."""
    opening, closing = wording.quotation_marks(pledge.quote_language)
    before, after = pledge.quote_prefix, pledge.quote_suffix
    if before and not before[-1].isspace() and before[-1] not in "(»„“\"'":
        before += " "
    if after and after[0].isalnum():
        after = f" {after}"
    return Quotation(before, after, opening, closing)


def in_language(text: str, language: str) -> Any:
    """Text with its `lang` where that is not the reader's language."""
    if not text or language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


def facts(pledge: Pledge, assessment: Assessment | None, carried_over_from: Any) -> list[dict[str, Any]]:
    """Terms and values beside the criteria; what is not known has no value and is not shown."""
    language = pledge.quote_language
    rows: list[tuple[Any, Any]] = [
        (_("Testability"), pledge.get_testability_display()),
        (
            _("Interpretation"),
            in_language(pledge.interpretation, language)
            if pledge.testability == Testability.TESTABLE_AS_INTERPRETED or pledge.interpretation
            else "",
        ),
        (_("Kind"), pledge.get_kind_display()),
        (_("Promised by"), pledge.organisation.name if pledge.promised_by == PromisedBy.NGO else ""),
        (_("Responsible body"), in_language(pledge.responsible_body, language)),
        (_("Depends on"), join_words(_dependencies(pledge))),
        (_("Indicator"), in_language(pledge.indicator, language)),
        (_("Baseline"), _measure(pledge.indicator_baseline, pledge)),
        (_("Target"), _measure(pledge.indicator_target, pledge)),
        (_("Carried over from"), _carried_over(carried_over_from)),
    ]
    if assessment and not pledge.gate:
        rows += [
            (_("Late"), _("yes") if assessment.late else ""),
            (_("Reason of the status"), assessment.get_reason_display()),
            (_("Begun before the mandate"), _("yes") if assessment.inherited else ""),
            (_("Verification"), assessment.get_verification_display()),
            (_("Outlook"), assessment.get_outlook_display()),
            (_("Openness of the body"), assessment.get_openness_display()),
            (_("Outcome"), assessment.get_outcome_display()),
        ]
    return [{"term": term, "value": value} for term, value in rows if value]


def _dependencies(pledge: Pledge) -> list[str]:
    words = [
        (pledge.depends_on_council, _("the municipal council")),
        (pledge.depends_on_state, _("the state")),
        (pledge.depends_on_eu_funds, _("EU funds")),
    ]
    return [word for depends, word in words if depends]


def _measure(value: Decimal | None, pledge: Pledge) -> Any:
    if value is None:
        return ""
    plain = int(value) if value == int(value) else value.normalize()
    return in_language(f"{number(plain)} {pledge.indicator_unit}".strip(), pledge.quote_language)


def _carried_over(source: Any) -> Any:
    if source is None:
        return ""
    return format_html(
        '<a href="{}" lang="{}">{} {}</a>',
        wording.pledge_address(source),
        source.title_language,
        source.public_id,
        source.title,
    )


def quote_note(pledge: Pledge, person: Any) -> str:
    """Whose words these are."""
    if pledge.promised_by == PromisedBy.NGO:
        return _("The words of %(organisation)s in the same programme.") % {"organisation": pledge.organisation.name}
    return wording.for_person(wording.WORDS_OF_CANDIDATE, person)


def units(pledge: Pledge) -> tuple[drawing.Units | None, str]:
    """The units of the indicator one by one, and the same in words."""
    baseline, target = pledge.indicator_baseline, pledge.indicator_target
    chart = drawing.units_chart(
        None if baseline is None else float(baseline), None if target is None else float(target)
    )
    if chart is None or pledge.gate == Gate.NOT_TESTABLE:
        return None, ""
    words = _("Promised: %(target)s; before: %(baseline)s (%(indicator)s).")
    return chart, words % {
        "target": _measure(target, pledge),
        "baseline": number(int(baseline or 0)),
        "indicator": pledge.indicator,
    }
