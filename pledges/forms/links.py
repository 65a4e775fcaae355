"""The form of a link for a candidate."""

from typing import Any

from django.utils.translation import gettext as _

from .. import services
from ..enums import LinkPurpose
from .base import RecordForm


class CandidacyLinkForm(RecordForm):
    """Whom the link is for and what for; its period follows from that."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        candidacy, purpose = cleaned.get("candidacy"), cleaned.get("purpose")
        if candidacy and purpose:
            if purpose == LinkPurpose.PROGRAMME and candidacy.edition.is_archived:
                self.add_error("candidacy", _("The edition is archived: it takes no new programme."))
            # Set before the model's own validation, which asks for it.
            self.instance.expires_at = services.default_expiry(candidacy, LinkPurpose(purpose))
        return cleaned
