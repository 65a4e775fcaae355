"""The form of every record: what it offers to choose lies within the municipalities of the user's hub."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from ..permissions import RecordPermissionPolicy


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
                    policy = policy_registry.get_by_type(field.queryset.model)
                    if isinstance(policy, RecordPermissionPolicy):
                        field.queryset = policy.within_hub(self.for_user, field.queryset)

    def _post_clean(self) -> None:
        super()._post_clean()
        policy = policy_registry.get_by_type(type(self.instance))
        if self.errors or self.for_user is None or not isinstance(policy, RecordPermissionPolicy):
            return
        if not policy.places_within_hub(self.for_user, self.instance):
            self.add_error(None, _("This lies outside the municipalities of your hub."))
