"""The desk of a hub: what waits, as numbers that lead to the lists they count, and how far each municipality is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from zaveza import clock

from ..choices import alphabetical
from ..enums import LinkState, OrganisationKind, Stage, Status, TipState
from ..models import Assessment, Evidence, HubMember, Municipality, Organisation, Pledge, Reply, Tip
from ..permissions import READING_ACTIONS, covered_municipalities
from .assessments import ready_to_publish
from .listing import of_hub
from .pledges import assessable, overdue, without_evidence
from .replies import awaited, unanswered

# As many overdue pledges can be confirmed from the desk itself; the list has them all.
CONFIRMED_HERE = 10


@dataclass(frozen=True)
class Pile:
    """One number with the list behind it; `urgent` ones wait for somebody past a date."""

    label: str
    count: int
    url: str
    urgent: bool = False


@dataclass(frozen=True)
class Progress:
    """How far one municipality is: assessable pledges, those with an assessment, those overdue."""

    municipality: str
    pledges: int
    assessed: int
    overdue: int
    url: str
    overdue_url: str


@dataclass(frozen=True)
class _Kind:
    label: Any
    model: type[Any]
    query: str
    select: Callable[[QuerySet], QuerySet]
    urgent: bool = False


KINDS = (
    _Kind(gettext_lazy("Overdue checks"), Pledge, "check=overdue", overdue, urgent=True),
    _Kind(
        gettext_lazy("With a second reader"),
        Assessment,
        f"stage={Stage.SECOND_READER}",
        lambda records: records.filter(stage=Stage.SECOND_READER),
    ),
    _Kind(
        gettext_lazy("In the reply window"),
        Assessment,
        f"stage={Stage.REPLY_WINDOW}",
        lambda records: records.filter(stage=Stage.REPLY_WINDOW),
    ),
    _Kind(gettext_lazy("Ready to be published"), Assessment, "stage=ready", ready_to_publish),
    _Kind(
        gettext_lazy("Drafts"),
        Assessment,
        f"stage={Stage.DRAFT}",
        lambda records: records.filter(stage=Stage.DRAFT),
    ),
    _Kind(gettext_lazy("Replies awaited"), Reply, "waiting=open", awaited),
    _Kind(gettext_lazy("Replies past their date"), Reply, "waiting=overdue", unanswered, urgent=True),
    _Kind(gettext_lazy("Pledges without evidence"), Pledge, "evidence=none", without_evidence),
    _Kind(
        gettext_lazy("Broken links"),
        Evidence,
        f"link={LinkState.BROKEN}",
        lambda records: records.filter(state__link=LinkState.BROKEN),
    ),
    _Kind(gettext_lazy("New tips"), Tip, f"state={TipState.NEW}", lambda records: records.filter(state=TipState.NEW)),
)
_PLACES: dict[type[Any], tuple[str, ...]] = {
    Pledge: ("municipality",),
    Tip: ("municipality", "pledge__municipality"),
}


def may_see_desk(user: Any) -> bool:
    """Whoever works on assessments."""
    return bool(policy_registry.get_by_type(Assessment).user_has_any_permission(user, READING_ACTIONS))


def reachable(model: type[Any], user: Any) -> QuerySet:
    """The records of a kind that somebody may read; none where the role reads no such records."""
    policy = policy_registry.get_by_type(model)
    if not policy.user_has_any_permission(user, READING_ACTIONS):
        return model._default_manager.none()
    records: QuerySet = policy.instances_user_has_any_permission_for(user, READING_ACTIONS)
    return records


def piles(user: Any, hub: Organisation | None) -> Iterator[Pile]:
    """What waits, of the kinds that the user may see, in the municipalities of a hub or in all within reach."""
    for kind in KINDS:
        policy = policy_registry.get_by_type(kind.model)
        if not policy.user_has_any_permission(user, READING_ACTIONS):
            continue
        records = kind.select(reachable(kind.model, user))
        if hub:
            records = of_hub(records, hub, *_PLACES.get(kind.model, ("pledge__municipality",)))
        yield Pile(str(kind.label), records.count(), _list_url(kind.model, kind.query, hub), kind.urgent)


def coverage(user: Any, hub: Organisation | None) -> list[Progress]:
    """How far the municipalities are, in one query; those without an assessable pledge are there, too."""
    covered = covered_municipalities(user)
    places = Municipality.objects.filter(valid_to__isnull=True)
    if covered is not None:
        places = places.filter(pk__in=covered)
    if hub:
        places = of_hub(places, hub, "pk")
    pledges = assessable(reachable(Pledge, user)).order_by()
    counted = {
        row["municipality"]: row
        for row in pledges.values("municipality").annotate(
            pledges=Count("pk"),
            assessed=Count("pk", filter=~Q(current__status=Status.NOT_ASSESSED) & Q(current__isnull=False)),
            overdue=Count("pk", filter=Q(current__next_check__lt=clock.today())),
        )
    }
    rows = []
    for pk, name in places.values_list("pk", "name"):
        row = counted.get(pk)
        # Without a hub: all of Slovenia would be a list of empty lines.
        if row is None and hub is None and covered is None:
            continue
        numbers = (row["pledges"], row["assessed"], row["overdue"]) if row else (0, 0, 0)
        url = _list_url(Pledge, urlencode({"municipality": pk, "state": "published"}))
        rows.append(Progress(name, *numbers, url, _list_url(Pledge, f"municipality={pk}&check=overdue")))
    return sorted(rows, key=lambda row: alphabetical(row.municipality))


def _list_url(model: type[Any], query: str, hub: Organisation | None = None) -> str:
    suffix = f"&hub={hub.pk}" if hub else ""
    return f"{reverse(f'{model._meta.model_name}:index')}?{query}{suffix}"


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """The page. A monitor sees the own hub's desk; who is bound by no hub chooses one, or sees all."""

    template_name = "pledges/admin/desk.html"
    page_title = gettext_lazy("Desk")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_desk(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_page_subtitle(self) -> str:
        return str(self.hub) if self.hub else ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.hubs: list[Organisation] = []
        if covered_municipalities(request.user) is not None:
            member = HubMember.objects.select_related("hub").filter(user=request.user.pk).first()
            self.hub = member.hub if member else None
        else:
            self.hubs = list(Organisation.objects.filter(kind=OrganisationKind.HUB))
            chosen = request.GET.get("hub", "")
            self.hub = next((hub for hub in self.hubs if str(hub.pk) == chosen), None)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        late = overdue(reachable(Pledge, user)).filter(current__assessment__isnull=False)
        if self.hub:
            late = of_hub(late, self.hub, "municipality")
        on_the_desk = Assessment.objects.filter(published_at=None, kind="confirmation").values("pledge")
        late = late.exclude(pk__in=on_the_desk).select_related("municipality", "current").prefetch_related("texts")
        context: dict[str, Any] = super().get_context_data(
            hub=self.hub,
            hubs=self.hubs,
            piles=list(piles(user, self.hub)),
            coverage=coverage(user, self.hub),
            late=list(late.order_by(F("current__next_check"), "pk")[:CONFIRMED_HERE])
            if user.has_perm("pledges.add_assessment")
            else [],
            desk_url=reverse("pledges_desk"),
            **kwargs,
        )
        return context
