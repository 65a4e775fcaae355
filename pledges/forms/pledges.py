"""The form of a pledge. Its state is not here: it changes through actions only."""

from typing import Any

from django.utils.translation import gettext as _

from .. import services
from ..enums import PromisedBy
from ..models import Pledge
from .base import RecordForm


class PledgeForm(RecordForm):
    """Everything before the first publication; afterwards without what froze then."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.published_at:
            for name in Pledge.FROZEN_FIELDS:
                self.fields.pop(name.removesuffix("_id"), None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        programme = cleaned.get("programme")
        if programme and not self.instance.pk and programme.candidacy.edition.is_archived:
            self.add_error("programme", _("The edition is archived: it takes no new pledge."))
        if cleaned.get("promised_by") == PromisedBy.NGO and not cleaned.get("organisation"):
            self.add_error("organisation", _("Name the organisation that promises."))
        if cleaned.get("carried_over_from") and cleaned["carried_over_from"].pk == self.instance.pk:
            self.add_error("carried_over_from", _("A pledge is not carried over from itself."))
        return cleaned

    def save(self, commit: bool = True) -> Pledge:
        is_written = self.instance.pk is None or self.has_changed()
        pledge: Pledge = super().save(commit)
        if commit and is_written and self.for_user is not None:
            services.note_author(pledge, self.for_user)
        return pledge
