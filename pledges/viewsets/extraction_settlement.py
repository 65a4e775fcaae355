"""Two finished extractions side by side, and what a third person makes of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View
from wagtail.admin import messages

from .. import services
from ..forms import SettlementForm
from ..models import ExtractionMark
from .extraction_desk import ProgrammePageMixin, StepView

SETTLE = "pledges.settle_extraction"


class SettlementView(ProgrammePageMixin, View):
    """The differences; who may settle them decides on each mark."""

    template_name = "pledges/admin/extraction_settlement.html"
    page_title = gettext_lazy("Two extractions side by side")

    @cached_property
    def differences(self) -> list[services.Difference]:
        """Raises nothing before both have finished: there is nothing to see then, not even for their authors."""
        marks = services.visible_marks(self.programme, self.request.user)
        marks = marks.select_related("extraction__extractor", "decision__pledge", "decision__merged_into")
        return services.differences(marks)

    @cached_property
    def obstacle(self) -> str:
        """Why the user may not settle, in words."""
        if not self.request.user.has_perm(SETTLE):
            return _("A reviewer who extracted nothing here settles the differences.")
        return services.why_not_settle(self.programme, self.request.user)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not services.both_finished(self.programme):
            messages.warning(request, _("Two people have to finish their extractions first."))
            return redirect(self.address("desk"))
        form = None if self.obstacle else SettlementForm(differences=self.differences)
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.obstacle:
            messages.error(request, self.obstacle)
            return redirect(self.address("settlement" if services.both_finished(self.programme) else "desk"))
        form = SettlementForm(request.POST, differences=self.differences)
        if form.is_valid():
            try:
                services.decide(self.programme, form.decisions(), request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Your decisions are saved."))
                return redirect(self.address("settlement"))
        messages.error(request, _("Nothing is saved: see what the form says."))
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        rows = [
            {
                "difference": difference,
                "columns": [
                    [self._shown(mark, form) for mark in marks] for marks in (difference.first, difference.second)
                ],
            }
            for difference in self.differences
        ]
        extractors = {one.place: one.extractor for one in self.programme.extractions.select_related("extractor")}
        marks = [mark for difference in self.differences for mark in difference.marks]
        context: dict[str, Any] = super().get_context_data(
            programme=self.programme,
            agreement=self.programme.agreement,
            rows=rows,
            extractors=[extractors[1], extractors[2]],
            obstacle=self.obstacle,
            open_count=sum(not hasattr(mark, "decision") for mark in marks),
            agreed_count=sum(
                pair.is_agreed and not any(hasattr(mark, "decision") for mark in pair.marks)
                for pair in self.differences
            ),
            **kwargs,
        )
        return context

    def _shown(self, mark: ExtractionMark, form: SettlementForm | None) -> dict[str, Any]:
        shown: dict[str, Any] = {"mark": mark, "decision": getattr(mark, "decision", None)}
        if form is not None:
            shown |= {"outcome": form[f"outcome_{mark.pk}"], "reason": form[f"reason_{mark.pk}"]}
        return shown


class AgreedView(StepView):
    """Accepts what both marked in the same words."""

    permission = SETTLE
    leads_to = "settlement"

    def perform(self) -> None:
        count = services.accept_agreed(self.programme, self.request.user)
        words = ngettext(
            "%(count)s pledge that both marked in the same words is accepted.",
            "%(count)s pledges that both marked in the same words are accepted.",
            count,
        )
        messages.success(self.request, words % {"count": count})


class CloseView(StepView):
    """Makes draft pledges of what was accepted and publishes the agreement."""

    permission = SETTLE
    leads_to = "settlement"
    code = "settle"

    def perform(self) -> None:
        pledges = services.close_settlement(self.programme, self.request.user)
        words = ngettext(
            "The settlement is closed: %(count)s draft pledge was made.",
            "The settlement is closed: %(count)s draft pledges were made.",
            len(pledges),
        )
        messages.success(self.request, words % {"count": len(pledges)})
