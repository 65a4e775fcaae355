"""The form of what became of a proposal."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ..models import Proposal
from .base import RecordForm


class ProposalUptakeForm(RecordForm):
    """How far one candidacy took up one proposal, and in which pledge. What it is about is chosen once."""

    fixed_fields = ("proposal", "candidacy")

    def _within_hub(self, records: QuerySet) -> QuerySet:
        reachable = super()._within_hub(records)
        if records.model is not Proposal:
            return reachable
        # One to all municipalities lies in none, so no hub reaches it; once it is public, each may answer it.
        to_all = Proposal.objects.public().filter(municipality__isnull=True)
        return records.filter(Q(pk__in=reachable.values("pk")) | Q(pk__in=to_all.values("pk")))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        candidacy = cleaned.get("candidacy")
        if candidacy and not self.instance.pk and candidacy.edition.is_archived:
            self.add_error("candidacy", _("The edition is archived: it takes no new answer to a proposal."))
        return cleaned
