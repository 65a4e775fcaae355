"""Who may reach which record in the admin.

Django's permissions say what a role may do with a model; here is added *where*: a monitor reaches only the
municipalities that the own hub covers today, in every list, view, form and chooser, and what was published is
neither rewritten nor deleted by anybody (design: domain, Roles).
"""

import functools
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from zaveza import clock

from .enums import PledgeState, Stage
from .models import (
    Amendment,
    Assessment,
    Candidacy,
    CandidacyLink,
    Correction,
    Edition,
    Evidence,
    Extraction,
    ExtractionAgreement,
    ExtractionMark,
    HubCoverage,
    HubMember,
    KeyDate,
    Mandate,
    MarkDecision,
    Municipality,
    Organisation,
    Partnership,
    Person,
    Pledge,
    PolicyVersion,
    Programme,
    ProgrammeText,
    Proposal,
    ProposalUptake,
    Recognition,
    Region,
    Reply,
    SimilarityGroup,
    Tip,
    Topic,
)
from .models.words import PublishedRecord

# Who says which hub somebody belongs to is bound by none.
ADMINISTRATION_PERMISSION = "pledges.change_hubmember"
APPROVAL_PERMISSION = "pledges.approve_assessment"
READING_ACTIONS = ("add", "change", "delete", "view")

# The ways from a record to its municipality. Of several, each that is set has to lead into the hub's area.
MUNICIPALITY_PATHS: dict[type[Model], tuple[str, ...]] = {
    Candidacy: ("municipality",),
    CandidacyLink: ("candidacy__municipality",),
    Mandate: ("municipality",),
    Programme: ("candidacy__municipality",),
    ProgrammeText: ("programme__candidacy__municipality",),
    Extraction: ("programme__candidacy__municipality",),
    ExtractionMark: ("extraction__programme__candidacy__municipality",),
    MarkDecision: ("mark__extraction__programme__candidacy__municipality",),
    ExtractionAgreement: ("programme__candidacy__municipality",),
    Recognition: ("candidacy__municipality",),
    Proposal: ("municipality",),
    ProposalUptake: ("candidacy__municipality",),
    Pledge: ("municipality",),
    Evidence: ("pledge__municipality",),
    Amendment: ("pledge__municipality",),
    Assessment: ("pledge__municipality",),
    Reply: ("pledge__municipality", "assessment__pledge__municipality"),
    Correction: ("pledge__municipality", "assessment__pledge__municipality"),
    Tip: ("municipality", "pledge__municipality"),
    HubCoverage: ("municipality",),
}

# A pledge copies its municipality when it is saved: before, the way leads through the programme.
_PATHS_OF_UNSAVED: dict[type[Model], tuple[str, ...]] = {Pledge: ("programme__candidacy__municipality",)}


def is_administrator(user: Any) -> bool:
    """Whether somebody may do everything but rewrite published facts."""
    return user.is_active and user.has_perm(ADMINISTRATION_PERMISSION)


def covered_municipalities(user: Any) -> frozenset[int] | None:
    """Keys of the municipalities that somebody is confined to today; None for those who are not confined.

    A member of a hub is confined to what the hub covers. Without a hub only administrators and reviewers reach
    everything, everybody else nothing. Kept on the user for the length of a request.
    """
    if not hasattr(user, "_covered_municipalities"):
        user._covered_municipalities = _covered_municipalities(user)
    covered: frozenset[int] | None = user._covered_municipalities
    return covered


def _covered_municipalities(user: Any) -> frozenset[int] | None:
    if is_administrator(user):
        return None
    hub = HubMember.objects.filter(user=user.pk).values_list("hub_id", flat=True).first()
    if hub is None:
        return None if user.has_perm(APPROVAL_PERMISSION) else frozenset()
    today = clock.today()
    active = Q(end__isnull=True) | Q(end__gte=today)
    return frozenset(
        HubCoverage.objects.filter(active, hub=hub, start__lte=today).values_list("municipality_id", flat=True)
    )


class RecordPermissionPolicy(ModelPermissionPolicy):
    """Permissions of the model, within the municipalities of the user's hub, and never against the record."""

    @property
    def paths(self) -> tuple[str, ...]:
        return MUNICIPALITY_PATHS.get(self.model, ())

    def within_hub(self, user: Any, records: QuerySet) -> QuerySet:
        """Those of the records that lie within the municipalities of the user."""
        covered = covered_municipalities(user)
        if covered is None or not self.paths:
            return records
        inside, outside = Q(), Q()
        for path in self.paths:
            inside |= Q(**{f"{path}__in": covered})
            if len(self.paths) > 1:
                outside |= Q(**{f"{path}__isnull": False}) & ~Q(**{f"{path}__in": covered})
        return records.filter(inside).exclude(outside) if outside else records.filter(inside)

    def places_within_hub(self, user: Any, record: Model) -> bool:
        """Whether a record as a form has filled it in, saved or not, would lie within the user's municipalities."""
        covered = covered_municipalities(user)
        if covered is None or not self.paths:
            return True
        places = {_follow(record, path) for path in _PATHS_OF_UNSAVED.get(self.model, self.paths)} - {None}
        return bool(places) and places <= covered

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        return self.within_hub(user, super().instances_user_has_any_permission_for(user, actions))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if not self.user_has_permission(user, action) or refusal(instance, action, user):
            return False
        if covered_municipalities(user) is None or not self.paths:
            return True
        return self.within_hub(user, self.model._default_manager.filter(pk=instance.pk)).exists()

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)


class PersonPermissionPolicy(RecordPermissionPolicy):
    """Persons stand or hold office in municipalities; one who does neither yet belongs to nobody."""

    def within_hub(self, user: Any, records: QuerySet) -> QuerySet:
        covered = covered_municipalities(user)
        if covered is None:
            return records
        candidates = Candidacy.objects.filter(municipality__in=covered).values("person")
        mayors = Mandate.objects.filter(municipality__in=covered).values("person")
        return records.filter(
            Q(pk__in=candidates) | Q(pk__in=mayors) | Q(candidacies__isnull=True, mandates__isnull=True)
        )

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if not super().user_has_permission_for_instance(user, action, instance):
            return False
        return covered_municipalities(user) is None or (
            self.within_hub(user, Person.objects.filter(pk=instance.pk)).exists()
        )


def _follow(record: Any, path: str) -> int | None:
    """The key at the end of a path such as `pledge__municipality`; None where a step is empty."""
    *steps, last = path.split("__")
    for step in steps:
        record = getattr(record, f"{step}_id", None) and getattr(record, step)
        if record is None:
            return None
    return getattr(record, f"{last}_id")


@functools.singledispatch
def refusal(record: Any, action: str, user: Any) -> str:
    """Why the record itself refuses to be changed or deleted, as a sentence for the user; empty where it does not.

    `user` None: nobody in particular, such as a command.
    """
    if action == "delete" and isinstance(record, PublishedRecord) and record.published_at:
        return _("What was published is never deleted.")
    return ""


@refusal.register
def _pledge_refusal(record: Pledge, action: str, user: Any) -> str:
    if action == "delete" and record.state != PledgeState.DRAFT:
        return _("Only a draft is deleted. A published pledge is withdrawn with a reason, or merged.")
    if action == "change" and record.state == PledgeState.IN_REVIEW:
        return _("It is in review: a reviewer publishes it as it is or returns it to draft.")
    if action == "change" and record.state in (PledgeState.MERGED, PledgeState.WITHDRAWN):
        return _("This pledge was merged or withdrawn and is not changed any more.")
    return ""


@refusal.register
def _assessment_refusal(record: Assessment, action: str, user: Any) -> str:
    if action not in ("change", "delete"):
        return ""
    if record.published_at:
        return _("A published assessment is neither changed nor deleted: correct or retract it by a new one.")
    if record.stage != Stage.DRAFT:
        return _("It is on the desk: return it to its author before it is changed.")
    if user is not None and record.author_id != user.pk and not is_administrator(user):
        return _("A draft is changed by its author only. You may publish it or tell the author.")
    return ""


@refusal.register
def _amendment_refusal(record: Amendment, action: str, user: Any) -> str:
    if action in ("change", "delete") and record.published_at:
        return _("A published amendment is neither changed nor deleted: make another one.")
    is_others = user is not None and record.author_id != user.pk and not is_administrator(user)
    if action in ("change", "delete") and is_others:
        return _("A draft is changed by its author only. You may publish it or tell the author.")
    return ""


@refusal.register
def _correction_refusal(record: Correction, action: str, user: Any) -> str:
    if action in ("change", "delete") and record.published_at:
        return _("A published correction is neither changed nor deleted: publish another one.")
    return ""


@refusal.register
def _reply_refusal(record: Reply, action: str, user: Any) -> str:
    if action == "delete" and record.published_at:
        return _("What was published is never deleted.")
    if action == "delete" and record.answered_at:
        return _("An answer that came through the candidate's link is never deleted.")
    is_author = user is not None and record.assessment is not None and record.assessment.author_id == user.pk
    if action == "delete" and is_author and record.is_by_hand:
        return _("The author of an assessment does not take away an answer to it.")
    if action == "delete" and record.is_on_desk:
        return _("The reply window of an assessment is open: return the assessment to its author instead.")
    if action == "change" and record.concluded_at:
        return _("A published reply stays as it is. A later answer is a reply of its own.")
    return ""


@refusal.register
def _evidence_refusal(record: Evidence, action: str, user: Any) -> str:
    if action in ("change", "delete") and is_cited(record):
        return _("A published assessment cites this evidence: it stays as it is.")
    return ""


@refusal.register
def _policy_refusal(record: PolicyVersion, action: str, user: Any) -> str:
    if action in ("change", "delete") and record.published_at:
        return _("A published version stays as it is: write the next one.")
    return ""


@refusal.register
def _tip_refusal(record: Tip, action: str, user: Any) -> str:
    return _("Tips are erased by themselves after their period.") if action == "delete" else ""


@refusal.register(Region)
@refusal.register(Municipality)
def _area_refusal(record: Region | Municipality, action: str, user: Any) -> str:
    return _("Reference data is ended by a date, not deleted.") if action == "delete" else ""


def is_cited(evidence: Evidence) -> bool:
    """Whether a published assessment cites it; listings bring the answer along as `cited`."""
    if not hasattr(evidence, "cited"):
        return evidence.citations.filter(assessment__published_at__isnull=False).exists()
    return bool(evidence.cited)


def register_policies() -> None:
    """To be called before anything asks for a policy: Wagtail fixes the model's own as soon as it is asked."""
    register_permission_policy(Person, PersonPermissionPolicy(Person))
    unconfined = (
        Region,
        Municipality,
        Edition,
        KeyDate,
        Topic,
        Organisation,
        Partnership,
        HubMember,
        SimilarityGroup,
        PolicyVersion,
    )
    for model in (*MUNICIPALITY_PATHS, *unconfined):
        register_permission_policy(model, RecordPermissionPolicy(model))
