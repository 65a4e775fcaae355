"""The report of outgoing mail in the admin. It shows no letter's text: letters carry private links."""

from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from . import services
from .enums import MailState
from .models import OutgoingMail


class OutgoingMailFilterSet(WagtailFilterSet):
    """By what became of the letter, what it was for and the record that it is about."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=MailState.choices)
    kind = django_filters.CharFilter(label=gettext_lazy("Kind"))
    about = django_filters.CharFilter(label=gettext_lazy("About"))

    class Meta:
        model = OutgoingMail
        fields = ["state", "kind", "about"]


def can_try_again(letter: OutgoingMail) -> bool:
    """Whether the letter was given up and still has its words."""
    return letter.state == MailState.FAILED and letter.next_attempt_at is None and letter.emptied_at is None


class OutgoingMailIndexView(generic.IndexView):
    """The list, newest first."""

    page_title = gettext_lazy("Outgoing mail")
    default_ordering = "-created_at"
    filterset_class = OutgoingMailFilterSet
    any_permission_required = ("view", "change")
    try_again_url_name = ""
    paginate_by = 50

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("subject", label=_("Subject"), accessor="subject"),
            Column("to", label=_("To"), accessor=lambda letter: ", ".join(letter.to)),
            Column("kind", label=_("Kind"), accessor="kind", sort_key="kind"),
            Column("about", label=_("About"), accessor="about", sort_key="about"),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            DateColumn("created_at", label=_("Written"), sort_key="created_at"),
            DateColumn("next_attempt_at", label=_("Next attempt"), sort_key="next_attempt_at"),
            Column("last_error", label=_("Last error"), accessor="last_error"),
            _TryAgainColumn("try_again", label=_("Try again"), view=self),
        ]


class _TryAgainColumn(Column):
    cell_template_name = "mail/admin/try_again_cell.html"

    def __init__(self, *args: Any, view: OutgoingMailIndexView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view

    def get_value(self, instance: OutgoingMail) -> str:
        if not can_try_again(instance) or not self.view.user_has_permission("change"):
            return ""
        return reverse(self.view.try_again_url_name, args=[instance.pk])


class TryAgainView(PermissionCheckedMixin, View):
    """Puts a letter that was given up back in line."""

    model = OutgoingMail
    permission_policy: Any = None
    permission_required = "change"
    http_method_names = ("post",)
    index_url_name = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = get_object_or_404(OutgoingMail, pk=pk)
        if can_try_again(letter):
            services.try_again(letter)
            messages.success(request, _("It is tried again."))
        else:
            messages.error(request, _("This letter is not tried again."))
        return redirect(reverse(self.index_url_name))


class OutgoingMailViewSet(ViewSet):
    """Under Reports, for those who may see letters."""

    name = "outgoing_mail"
    model = OutgoingMail
    icon = "mail"
    menu_label = gettext_lazy("Outgoing mail")
    menu_name = "outgoing-mail"
    menu_hook = "register_reports_menu_item"

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(OutgoingMail)

    @cached_property
    def menu_item_class(self) -> type:
        from wagtail.admin.menu import MenuItem

        policy = self.permission_policy

        def is_shown(item: Any, request: HttpRequest) -> bool:
            return policy.user_has_any_permission(request.user, ("view", "change"))

        return type("OutgoingMailMenuItem", (MenuItem,), {"is_shown": is_shown})

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {f"{view}_url_name": self.get_url_name(view) for view in ("index", "index_results", "try_again")}
        return super().get_common_view_kwargs(
            model=OutgoingMail, permission_policy=self.permission_policy, header_icon=self.icon, **names, **kwargs
        )

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.construct_view(OutgoingMailIndexView), name="index"),
            path("results/", self.construct_view(OutgoingMailIndexView, results_only=True), name="index_results"),
            path("try-again/<int:pk>/", self.construct_view(TryAgainView), name="try_again"),
        ]
