"""The form of every record: what it offers to choose lies within the municipalities of the user's hub."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from ..models import Municipality
from ..permissions import MUNICIPALITY_PATHS, RecordPermissionPolicy, covered_municipalities
from ..widgets import RecordChooser


class RecordForm(WagtailAdminModelForm):
    """Offers and accepts only records within the user's hub. Without a user (`for_user`) nothing is confined."""

    # Fields that are chosen once, when the record is made.
    fixed_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.fixed_fields:
                self.fields.pop(name, None)
        if self.for_user is not None:
            for field in self.fields.values():
                if isinstance(field, forms.ModelChoiceField):
                    field.queryset = self._within_hub(field.queryset)
                    if isinstance(field.widget, RecordChooser):
                        field.widget.records = field.queryset

    def _within_hub(self, records: QuerySet) -> QuerySet:
        if records.model is Municipality:
            # Everybody may look all of them up, but a monitor writes only about those that the hub covers.
            covered = covered_municipalities(self.for_user)
            confined = covered is not None and type(self.instance) in MUNICIPALITY_PATHS
            return records.filter(pk__in=covered) if confined else records
        policy = policy_registry.get_by_type(records.model)
        return policy.within_hub(self.for_user, records) if isinstance(policy, RecordPermissionPolicy) else records

    def _post_clean(self) -> None:
        super()._post_clean()
        policy = policy_registry.get_by_type(type(self.instance))
        if self.errors or self.for_user is None or not isinstance(policy, RecordPermissionPolicy):
            return
        if not policy.places_within_hub(self.for_user, self.instance):
            self.add_error(None, _("This lies outside the municipalities of your hub."))
