"""One programme at the extraction desk: its text and what the signed-in user marked in it. Needs no JavaScript."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from zaveza.texts.wording import problem_words

from .. import services
from ..forms import MarkForm
from ..models import Extraction, ExtractionMark, Programme, ProgrammeText
from ..permissions import READING_ACTIONS


class OfProgrammeMixin:
    """A view of one programme within the user's hub, for those who hold `permission` on extractions."""

    permission = "pledges.view_extraction"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policy = policy_registry.get_by_type(Programme)
        within = policy.instances_user_has_any_permission_for(request.user, READING_ACTIONS)
        programme = (
            within.filter(pk=kwargs["pk"])
            .select_related("candidacy__person", "candidacy__municipality", "candidacy__edition", "agreement")
            .first()
        )
        if programme is None or not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.programme = programme
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def text(self) -> ProgrammeText | None:
        """Its text as read; None where that has not happened."""
        return ProgrammeText.objects.filter(programme=self.programme).first()

    @cached_property
    def own(self) -> Extraction | None:
        """The extraction of the signed-in user."""
        extraction = Extraction.objects.filter(programme=self.programme, extractor=self.request.user.pk).first()
        if extraction:
            extraction.programme = self.programme
        return extraction

    def address(self, name: str, *more: Any) -> str:
        """Of another view of this programme."""
        return reverse(f"extraction:{name}", args=(self.programme.pk, *more))


class ProgrammePageMixin(OfProgrammeMixin, WagtailAdminTemplateMixin):
    """A page of the admin about one programme."""

    page_title: Any = gettext_lazy("Extraction desk")

    def get_page_subtitle(self) -> str:
        return str(self.programme)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("extraction:index"), "label": _("Extraction desk")},
            {"url": "", "label": self.get_page_subtitle()},
        ]


class DeskView(ProgrammePageMixin, View):
    """The text on the left, the own marks on the right; `?first=` (and `last`, `exact`) begins a mark."""

    template_name = "pledges/admin/extraction_desk.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(self.new_form())

    def answer(self, form: MarkForm | None, **more: Any) -> HttpResponse:
        """The page with a form for a mark, or without."""
        return self.render_to_response(self.get_context_data(form=form, form_action=self.address("mark"), **more))

    def new_form(self) -> MarkForm | None:
        """A form for the sentence that the query string names, if there is such a sentence and it may be marked."""
        number = self.request.GET.get("first", "")
        count = len(self.text.sentences) if self.text else 0
        if not self.may_mark or not (number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= count):
            return None
        first = int(number[:9])
        last = self.request.GET.get("last", "")
        asked = int(last[:9]) if last.isascii() and last.isdecimal() else first
        exact = self.request.GET.get("exact", "")[:5000]
        mark = ExtractionMark(extraction=self.own, first_sentence=first, last_sentence=max(first, asked), exact=exact)
        return MarkForm(text=self.text, instance=mark)

    @property
    def may_mark(self) -> bool:
        """Whether the user is at work on the own extraction."""
        return bool(self.own and not self.own.is_finished and self.text)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        marks = list(self.own.marks.all()) if self.own else []
        by_sentence: dict[int, list[tuple[int, ExtractionMark]]] = {}
        for order, mark in enumerate(marks, 1):
            for number in mark.numbers:
                by_sentence.setdefault(number, []).append((order, mark))
        pair = Extraction.objects.filter(programme=self.programme)
        is_permitted = self.request.user.has_perm(StartView.permission)
        obstacle = "" if self.own else services.why_not_extract(self.programme, self.request.user)
        problems = self.text.problems if self.text else []
        context: dict[str, Any] = super().get_context_data(
            programme=self.programme,
            text=self.text,
            problems=[problem_words(problem) for problem in problems],
            pages=self._pages(by_sentence),
            own=self.own,
            marks=marks,
            may_mark=self.may_mark,
            may_start=self.own is None and not obstacle and is_permitted,
            obstacle=obstacle,
            may_compare=services.both_finished(self.programme),
            may_reopen=bool(self.own and self.own.is_finished and not hasattr(self.programme, "agreement")),
            may_read=not pair.exists() and self.request.user.has_perm(ReadTextView.permission),
            **kwargs,
        )
        return context

    def _pages(self, by_sentence: dict[int, list[tuple[int, ExtractionMark]]]) -> list[dict[str, Any]]:
        """Paragraphs by page, each sentence with the own marks that touch it."""
        pages: list[dict[str, Any]] = []
        for paragraph in self.text.layout if self.text else ():
            if not pages or pages[-1]["number"] != paragraph.page:
                pages.append({"number": paragraph.page, "paragraphs": []})
            sentences = [(sentence, by_sentence.get(sentence.number, [])) for sentence in paragraph.sentences]
            pages[-1]["paragraphs"].append((paragraph, sentences))
        return pages


class MarkAddView(DeskView):
    """Stores a new mark."""

    permission = "pledges.add_extraction"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_mark:
            messages.error(request, _("This extraction is finished.") if self.own else _("Begin the extraction first."))
            return redirect(self.address("desk"))
        return self.save(MarkForm(request.POST, text=self.text, instance=ExtractionMark(extraction=self.own)))

    def save(self, form: MarkForm, **more: Any) -> HttpResponse:
        """Store what the form holds, or show why not."""
        if form.is_valid():
            try:
                mark = services.save_mark(form.save(commit=False))
            except ValidationError as error:
                form.add_error(None, error) if not hasattr(error, "error_dict") else _add_errors(form, error)
            else:
                return redirect(f"{self.address('desk')}#mark-{mark.pk}")
        messages.error(self.request, _("The mark is not saved: see what the form says."))
        return self.answer(form, **more)


class MarkEditView(MarkAddView):
    """Changes an own mark."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.mark_key = kwargs["mark"]
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def mark(self) -> ExtractionMark:
        """Raises `Http404` for a mark of somebody else, as for one that does not exist."""
        mark = self.own.marks.filter(pk=self.mark_key).first() if self.own and self.may_mark else None
        if mark is None:
            raise Http404
        mark.extraction = self.own
        return mark

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(MarkForm(text=self.text, instance=self.mark), edited=self.mark)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.save(MarkForm(request.POST, text=self.text, instance=self.mark), edited=self.mark)

    def answer(self, form: MarkForm | None, **more: Any) -> HttpResponse:
        action = self.address("mark_edit", self.mark_key)
        return self.render_to_response(self.get_context_data(form=form, form_action=action, **more))


class StepView(OfProgrammeMixin, View):
    """A step that one button takes."""

    permission = "pledges.add_extraction"
    http_method_names = ["post"]
    # Name of the step in the programme's history; empty for steps that are not noted.
    code = ""
    done: Any = ""
    leads_to = "desk"

    def perform(self) -> None:
        """Raises `ValidationError` where a rule refuses it."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            self.perform()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            if self.code:
                log(instance=self.programme, action=f"pledges.{self.code}", user=request.user)
            if self.done:
                messages.success(request, self.done)
        return redirect(self.address(self.leads_to))

    def own_extraction(self) -> Extraction:
        """Raises `Http404` where the user has none."""
        if self.own is None:
            raise Http404
        return self.own


class StartView(StepView):
    """Takes one of the two places."""

    code = "extract"
    done = gettext_lazy("You extract this programme. Mark every pledge; nobody sees your marks before both finished.")

    def perform(self) -> None:
        services.start_extraction(self.programme, self.request.user)


class FinishView(StepView):
    """Says that nothing is missing."""

    code = "extracted"
    done = gettext_lazy("Your extraction is finished.")

    def perform(self) -> None:
        services.finish_extraction(self.own_extraction())


class ReopenView(StepView):
    """Goes on with a finished extraction while the other person has not finished."""

    code = "extract"
    done = gettext_lazy("You can go on.")

    def perform(self) -> None:
        services.reopen_extraction(self.own_extraction())


class ReadTextView(StepView):
    """Reads the text of the file again, as long as nobody marks in it."""

    def perform(self) -> None:
        text = services.read_programme(self.programme, again=True)
        if text is None:
            raise ValidationError(_("The programme has neither a file nor text."))
        if text.sentences:
            messages.success(self.request, _("The text was read."))


class MarkDeleteView(StepView):
    """Removes an own mark."""

    def perform(self) -> None:
        mark = self.own_extraction().marks.filter(pk=self.kwargs["mark"]).first()
        if mark is None:
            raise Http404
        services.remove_mark(mark)


def _add_errors(form: MarkForm, error: ValidationError) -> None:
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
