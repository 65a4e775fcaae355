"""What waits for the signed-in user, on the admin's first page: numbers that lead to the lists they count."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from ..enums import PledgeState, TipState
from ..models import Assessment, Pledge, Reply, Tip
from ..permissions import READING_ACTIONS
from .assessments import awaiting_reader
from .pledges import final_due, overdue
from .replies import unanswered


@dataclass(frozen=True)
class Task:
    """One number with the list behind it."""

    label: str
    count: int
    url: str


def tasks(user: Any) -> Iterator[Task]:
    """What waits, of the kinds that the user may see and within the user's hub."""
    kinds: list[tuple[Any, str, str, Any]] = [
        (
            Assessment,
            _("Drafts awaiting a second reader"),
            "stage=awaiting",
            lambda records: awaiting_reader(records, user),
        ),
        (
            Pledge,
            _("Pledges in review"),
            f"state={PledgeState.IN_REVIEW}",
            lambda records: records.filter(state=PledgeState.IN_REVIEW),
        ),
        (Pledge, _("Overdue checks"), "check=overdue", overdue),
        (Pledge, _("Final assessments due"), "check=final", final_due),
        (Reply, _("Answers past their date"), "waiting=overdue", unanswered),
        (Tip, _("New tips"), f"state={TipState.NEW}", lambda records: records.filter(state=TipState.NEW)),
    ]
    for model, label, query, select in kinds:
        policy = policy_registry.get_by_type(model)
        if policy.user_has_any_permission(user, READING_ACTIONS):
            records: QuerySet = policy.instances_user_has_any_permission_for(user, READING_ACTIONS)
            url = f"{reverse(f'{model._meta.model_name}:index')}?{query}"
            yield Task(label, select(records).count(), url)


class WaitingPanel(Component):
    """The panel on the admin's first page."""

    name = "pledges_waiting"
    template_name = "pledges/admin/waiting.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.tasks = list(tasks(request.user))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"tasks": self.tasks}
