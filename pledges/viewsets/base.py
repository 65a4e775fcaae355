"""What every admin view of a record shares: it stays within the user's hub and says no in words, never with a 500."""

import logging
from pathlib import PurePath
from typing import Any

from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, models, transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import registry as log_registry

from ..exchange.scope import Scope
from ..exchange.tables import table_of
from ..exports import table_response
from ..forms import RecordForm
from ..models import RecordLogEntry
from ..permissions import READING_ACTIONS, covered_municipalities, is_administrator, refusal
from ..searching import containing

logger = logging.getLogger(__name__)


class WithinHubMixin:
    """Refuses a view of a record outside the municipalities of the user's hub, before anything of it is shown."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pk = kwargs.get("pk")
        if pk is not None:
            reachable = self.permission_policy.instances_user_has_any_permission_for(request.user, READING_ACTIONS)
            if not reachable.filter(pk=pk).exists():
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RefusableMixin(WithinHubMixin):
    """Sends the user back with the reason where the record itself refuses to be changed or deleted."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        action = self.permission_required
        if self.user_has_permission(action):
            record = self.model._default_manager.filter(pk=kwargs["pk"]).first()
            reason = record and refusal(record, action, request.user)
            if reason and self.permission_policy.instances_user_has_any_permission_for(
                request.user, READING_ACTIONS
            ).filter(pk=record.pk):
                messages.error(request, reason)
                return redirect(reverse(self.inspect_url_name, args=(quote(record.pk),)))
        return super().dispatch(request, *args, **kwargs)


class SavingMixin:
    """Shows what a rule of the domain or the database refuses as an error of the form."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except DatabaseError:
            logger.exception("The database refused a %s", self.model._meta.label)
            form.add_error(None, _("The database refused this: it breaks a rule of the record."))
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)


class RecordIndexView(generic.IndexView):
    """A list in a fixed number of queries: `list_select_related` and `list_prefetch_related` name what rows show."""

    # Wagtail's "Add %(model_name)s" does not decline the name.
    add_item_label = gettext_lazy("Add")

    list_select_related: tuple[str, ...] = ()
    list_prefetch_related: tuple[Any, ...] = ()

    def get_base_queryset(self) -> QuerySet:
        queryset = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, self.any_permission_required
        )
        if self.list_select_related:
            queryset = queryset.select_related(*self.list_select_related)
        return queryset.prefetch_related(*self.list_prefetch_related)

    def _annotate_queryset_updated_at(self, queryset: QuerySet) -> QuerySet:
        """Wagtail knows how to read its own log only; that of confined records lies in `RecordLogEntry`."""
        if log_registry.get_log_model_for_model(queryset.model) is not RecordLogEntry:
            return super()._annotate_queryset_updated_at(queryset)
        content_type = ContentType.objects.get_for_model(queryset.model, for_concrete_model=False)
        steps = RecordLogEntry.objects.filter(
            content_type=content_type, object_id=Cast(models.OuterRef("pk"), models.CharField())
        )
        latest = steps.order_by("-timestamp", "-pk").values("timestamp")[:1]
        return queryset.annotate(_updated_at=models.Subquery(latest))

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Search by substring; a row found in several of its words is one row, whatever the case of its š and ž."""
        if not self.is_searching:
            return queryset
        return queryset.filter(
            pk__in=containing(self.model._default_manager.all(), self.search_fields, self.search_query).values("pk")
        )

    # The list as a file: the format of the record's export and import, of the rows that the user reaches.

    @property
    def show_export_buttons(self) -> bool:
        return table_of(self.model) is not None

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        table = table_of(self.model)
        if table is None:
            raise PermissionDenied
        user = self.request.user
        scope = Scope.everything(
            None if covered_municipalities(user) is None else user, accounts=is_administrator(user)
        )
        chosen = queryset.order_by().values("pk")
        return table_response(
            table, scope, table.selected(scope).filter(pk__in=chosen).order_by(*table.order), spreadsheet_format
        )

    def _get_title_column(self, field_name: str, **kwargs: Any) -> Any:
        column = super()._get_title_column(field_name, **kwargs)
        column.label = capfirst(self.model._meta.verbose_name)
        return column

    def get_edit_url(self, instance: models.Model) -> str | None:
        return None if refusal(instance, "change", self.request.user) else super().get_edit_url(instance)

    def get_delete_url(self, instance: models.Model) -> str | None:
        return None if refusal(instance, "delete", self.request.user) else super().get_delete_url(instance)


class RecordCreateView(SavingMixin, generic.CreateView):
    """A form for a new record, open for the next step afterwards."""

    def get_success_url(self) -> str:
        return self.get_edit_url()

    def get_success_buttons(self) -> list[Any]:
        return []


class RecordEditView(RefusableMixin, SavingMixin, generic.EditView):
    """A form for a record that may still change."""

    def get_success_url(self) -> str:
        return self.get_edit_url()

    def get_success_buttons(self) -> list[Any]:
        return []


class RecordDeleteView(RefusableMixin, generic.DeleteView):
    """Deletes what is not public and not referred to; says why where it cannot."""

    inspect_url_name: str | None = None

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            if not (self.usage and self.usage.is_protected):
                with transaction.atomic():
                    return super().form_valid(form)
        except (ProtectedError, RestrictedError, DatabaseError) as error:
            logger.info("Not deleted: %s", error)
        messages.error(
            self.request, _("“%(record)s” is not deleted: other records refer to it.") % {"record": self.object}
        )
        return redirect(reverse(self.inspect_url_name, args=(quote(self.object.pk),)))


class RecordHistoryView(WithinHubMixin, history.HistoryView):
    """Who changed a record when."""


class RecordUsageView(WithinHubMixin, usage.UsageView):
    """Which other records refer to a record."""

    permission_required = None
    any_permission_required = READING_ACTIONS


class RecordInspectView(WithinHubMixin, generic.InspectView):
    """A record to read."""

    def get_fields(self) -> list[str]:
        return [name for name in super().get_fields() if name != "id"]

    def get_edit_url(self) -> str | None:
        return None if refusal(self.object, "change", self.request.user) else super().get_edit_url()

    def get_delete_url(self) -> str | None:
        return None if refusal(self.object, "delete", self.request.user) else super().get_delete_url()

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(field, models.FileField):
            file = getattr(self.object, field_name)
            return format_html('<a href="{}">{}</a>', file.url, PurePath(file.name).name) if file else "–"
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return value


class RecordViewSet(ModelViewSet):
    """Admin of one kind of record. Copying is off: a copied record would carry facts of another one."""

    index_view_class = RecordIndexView
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    history_view_class = RecordHistoryView
    usage_view_class = RecordUsageView
    inspect_view_class = RecordInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_view_enabled = True
    delete_view_enabled = True

    form_class: type[RecordForm] = RecordForm
    list_select_related: tuple[str, ...] = ()
    list_prefetch_related: tuple[Any, ...] = ()
    search_backend_name = None

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(
            list_select_related=self.list_select_related, list_prefetch_related=self.list_prefetch_related, **kwargs
        )

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=self.form_class).bind_to_model(self.model)
