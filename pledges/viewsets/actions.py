"""Steps of a record's life as pages of their own: a GET asks, a POST does it through `pledges.services`."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from zaveza import clock

from .base import RecordEditView, RecordInspectView, RecordViewSet, WithinHubMixin


class ActionView(WithinHubMixin, PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView):
    """Asks before a step and takes it; what the rules refuse is shown as an error of the form."""

    template_name = "pledges/admin/confirm_action.html"
    form_class: type[forms.Form] = forms.Form
    # The step's name in addresses and in the record's log.
    code = ""
    label: Any = ""
    question: Any = ""
    done: Any = ""
    icon_name = "check"
    is_serious = False
    # Whether `perform` writes to the record's log itself.
    logs_itself = False
    index_url_name: str | None = None
    inspect_url_name: str | None = None
    edit_url_name: str | None = None

    @classmethod
    def offered(cls, record: Any, user: Any) -> bool:
        """Whether the step makes sense for this record and user; the rules themselves are the services'."""
        raise NotImplementedError

    def perform(self, form: forms.Form) -> None:
        """Take the step. Raises `ValidationError` where a rule refuses it."""
        raise NotImplementedError

    def get_page_title(self) -> str:
        return str(self.label)

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": str(self.model._meta.verbose_name_plural).capitalize()},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_success_url(self) -> str:
        return reverse(self.inspect_url_name, args=(quote(self.object.pk),))

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.perform(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            # What the service has set on the record before it refused is not what is stored.
            self.object = self.get_object()
            return self.form_invalid(form)
        if not self.logs_itself:
            log(instance=self.object, action=f"pledges.{self.code}", user=self.request.user)
        messages.success(self.request, self.done)
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            question=self.question,
            label=self.label,
            is_serious=self.is_serious,
            back_url=self.get_success_url(),
            **kwargs,
        )
        return context


class PublishRecordView(ActionView):
    """Makes a record public from now on."""

    code = "publish"
    label = gettext_lazy("Publish")
    question = gettext_lazy("From now on everybody can read this. What was published is never deleted.")
    done = gettext_lazy("Published.")
    icon_name = "view"
    permission_required = "change"

    @classmethod
    def offered(cls, record: Any, user: Any) -> bool:
        return record.published_at is None

    def perform(self, form: forms.Form) -> None:
        if self.object.published_at is not None:
            raise ValidationError(_("This is published already."))
        self.object.published_at = clock.now()
        self.object.full_clean()
        self.object.save()


class WithActionsMixin:
    """Puts the steps of a record's life above its form and its page to read; serious ones behind the dots."""

    viewset: Any = None

    def _actions(self, *, serious: bool) -> Iterator[dict[str, Any]]:
        for number, action in enumerate(self.viewset.action_view_classes):
            if (
                action.is_serious == serious
                and self.user_has_permission(action.permission_required)
                and action.offered(self.object, self.request.user)
            ):
                url = reverse(self.viewset.get_url_name(action.code), args=(quote(self.object.pk),))
                yield {"label": action.label, "url": url, "icon_name": action.icon_name, "priority": 60 + number}

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(**step) for step in self._actions(serious=False)]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *(Button(**step) for step in self._actions(serious=True))]


class ActionsEditView(WithActionsMixin, RecordEditView):
    """A form with the record's steps above it."""


class ActionsInspectView(WithActionsMixin, RecordInspectView):
    """A record to read, with its steps above it."""


class ActionsViewSet(RecordViewSet):
    """A viewset whose records also have steps (`action_view_classes`), each at `<code>/<pk>/`."""

    edit_view_class = ActionsEditView
    inspect_view_class = ActionsInspectView
    action_view_classes: tuple[type[ActionView], ...] = (PublishRecordView,)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(viewset=self, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{action.code}/<int:pk>/", self.construct_view(action), name=action.code)
                for action in self.action_view_classes
            ),
        ]
