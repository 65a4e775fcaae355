"""Results of an election: all candidacies of a municipality in one form, what follows from them, then written."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from .. import services
from ..forms import OfficeForm, PlaceForm, result_forms
from ..models import Candidacy, Edition, Municipality
from ..permissions import covered_municipalities


class ResultsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """`?edition=` and `?municipality=` choose; a POST shows the consequences, a second one with `confirmed` writes."""

    model = Candidacy
    template_name = "pledges/admin/results.html"
    page_title = gettext_lazy("Results of an election")
    header_icon = "list-ol"
    permission_required = "change"
    index_url_name: str | None = None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("candidacy:index"), "label": str(Candidacy._meta.verbose_name_plural).capitalize()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        place, candidacies = self._place(), self._candidacies()
        return self._page(place=place, forms=result_forms(candidacies), office=OfficeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        candidacies = self._candidacies()
        if not candidacies:
            return redirect(reverse("candidacy:results"))
        forms, office = result_forms(candidacies, request.POST), OfficeForm(request.POST)
        shown = {"place": self._place(), "forms": forms, "office": office}
        if not all([*(form.is_valid() for form in forms), office.is_valid()]):
            return self._page(**shown, status=422)
        rows = [form.instance for form in forms]
        # What is written is what was shown: anything changed since is shown first.
        previewed = hashlib.sha256(repr([form.cleaned_data for form in (*forms, office)]).encode()).hexdigest()
        confirmed = request.POST.get("action") == "write" and request.POST.get("previewed") == previewed
        try:
            consequences = services.record_results(
                rows,
                takes_office=office.cleaned_data["takes_office"],
                planned_end=office.cleaned_data["planned_end"],
                only_preview=not confirmed,
            )
        except ValidationError as error:
            return self._page(**shown, problems=error.messages, status=422)
        if not confirmed:
            return self._page(**shown, consequences=consequences, previewed=previewed)
        for row in consequences.changed:
            log(instance=row, action="pledges.results", user=request.user)
        messages.success(request, _("The results are recorded."))
        for warning in consequences.warnings:
            messages.warning(request, warning)
        return redirect(
            f"{reverse('candidacy:index')}?municipality={rows[0].municipality_id}&edition={rows[0].edition_id}"
        )

    def _municipalities(self) -> Any:
        covered = covered_municipalities(self.request.user)
        return Municipality.objects.all() if covered is None else Municipality.objects.filter(pk__in=covered)

    def _place(self) -> PlaceForm:
        return PlaceForm(self.request.GET or None, municipalities=self._municipalities())

    def _candidacies(self) -> list[Candidacy]:
        """All candidacies of the chosen place within the user's reach; nothing where none is chosen."""
        place = self._place()
        if not place.is_bound or not place.is_valid():
            return []
        edition: Edition = place.cleaned_data["edition"]
        return list(
            self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
            .filter(edition=edition, municipality=place.cleaned_data["municipality"])
            .select_related("person", "municipality", "edition")
            .order_by("person__name", "pk")
        )

    def _page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)
