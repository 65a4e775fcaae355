"""Keeps what is derived from the record in step with it: the statuses and the documents of the search.

Publishing, assessing, merging and withdrawing go through `services`, which rebuild the status themselves. Here is what
happens when something changes that a pledge's status or document shows: a name, a mandate, a result of an election.
"""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from django.db import connections, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from . import append_only, roles, services, tasks
from .models import (
    Assessment,
    AssessmentText,
    Candidacy,
    Correction,
    Edition,
    Evidence,
    HubCoverage,
    Mandate,
    Municipality,
    Organisation,
    OrganisationText,
    Person,
    Pledge,
    PledgeText,
    Programme,
    ProgrammeText,
    Redaction,
    Region,
    Reply,
    Topic,
    TopicText,
)
from .services.freshness import keys_of, pledges_showing, refresh, refresh_own, refresh_showing

# What of a record other records show or count by; a save that changes none of it spreads no further.
SHOWN_ELSEWHERE: dict[type[models.Model], tuple[str, ...]] = {
    Candidacy: ("person_id", "municipality_id", "edition_id", "list_name", "elected", "withdrawn_on", "published_at"),
    Edition: ("year", "state", "published_at"),
    HubCoverage: ("hub_id", "municipality_id", "start", "end"),
    Mandate: ("person_id", "municipality_id", "candidacy_id", "start", "planned_end", "end", "published_at"),
    Municipality: ("name", "slug", "region_id", "population", "valid_to"),
    Organisation: ("name", "slug", "published_at"),
    Person: ("name", "gender"),
    Region: ("name", "slug"),
    Programme: ("candidacy_id", "published_at", "suitability", "text", "version", "supersedes_id"),
    Topic: ("code",),
}


# A new one of these changes what others show at once.
_SHOWN_WHEN_NEW = (HubCoverage, Mandate)
_STATUS_DEPENDS_ON = (Candidacy, Edition, Mandate)


def note_changes(sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Before a save: does it change what others show? The stored values lead to those that showed it until now."""
    names = SHOWN_ELSEWHERE[sender]
    stored = sender._default_manager.filter(pk=instance.pk).values(*names).first() if instance.pk and not raw else None
    is_changed = stored is not None and any(stored[name] != getattr(instance, name) for name in names)
    instance._until_now = SimpleNamespace(pk=instance.pk, **stored) if stored and is_changed else None


def spread_changes(sender: type[models.Model], instance: Any, created: bool, **kwargs: Any) -> None:
    """After a save: the record's own document always, those that show it, or did until now, where that changed."""
    refresh_own(sender, [instance])
    if instance._until_now is not None:
        _spread(sender, [instance._until_now, instance])
    elif created and sender in _SHOWN_WHEN_NEW:
        refresh_showing(sender, [instance])


def _spread(sender: type[models.Model], records: Sequence[Any]) -> None:
    refresh_own(sender, records)
    refresh_showing(sender, records)
    if sender in _STATUS_DEPENDS_ON:
        services.rebuild_statuses(pledges_showing(sender, records))


def refresh_pledge(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A pledge, its words or its topics changed: its own document and no other."""
    pledge = instance if isinstance(instance, Pledge) else instance.pledge
    if pledge.published_at is not None:
        refresh("pledge", [pledge.pk])


def refresh_happening(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Something was published beside a pledge: its followers are told."""
    if instance.published_at is None:
        return
    of_assessment = instance.assessment.pledge_id if sender is Correction and instance.assessment_id else None
    if pledge := instance.pledge_id or of_assessment:
        refresh("pledge", [pledge])


def refresh_pledge_of(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """The translation of an assessment or a source changed: a pledge is found by them."""
    of = instance.assessment if isinstance(instance, AssessmentText) else instance
    refresh("pledge", keys_of(Pledge.objects.filter(pk=of.pledge_id, published_at__isnull=False)))


def refresh_programme(sender: type[models.Model], instance: ProgrammeText, **kwargs: Any) -> None:
    """The text of a programme was read from its file."""
    refresh("programme", [instance.programme_id])


def refresh_topics_of_pledge(
    sender: Any, instance: Any, action: str, pk_set: set[int] | None = None, **kwargs: Any
) -> None:
    """The topics of a pledge were set, or the pledges of a topic."""
    if isinstance(instance, Pledge):
        if action.startswith("post_"):
            refresh_pledge(Pledge, instance)
    elif pk_set is not None or action == "pre_clear":
        of_topic = models.Q(pk__in=pk_set) if pk_set is not None else models.Q(topics=instance.pk)
        refresh("pledge", keys_of(Pledge.objects.filter(of_topic, published_at__isnull=False)))


def refresh_before_delete(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A topic goes, and with it without a word its place with the pledges that have it."""
    refresh("pledge", keys_of(Pledge.objects.filter(topics=instance.pk, published_at__isnull=False)))


def refresh_topic_name(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A topic is called something else."""
    refresh("pledge", keys_of(Pledge.objects.filter(topics=instance.topic_id, published_at__isnull=False)))


def refresh_organisation_name(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """An organisation is called something else in one language."""
    refresh("pledge", keys_of(Pledge.objects.filter(organisation=instance.organisation_id, published_at__isnull=False)))


def refresh_after_delete(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A record is gone, and with it its document; a mandate and a coverage also from those of the others."""
    if sender in _SHOWN_WHEN_NEW:
        _spread(sender, [instance])
    else:
        refresh_own(sender, [instance])


def read_text(sender: type[models.Model], instance: Programme, raw: bool = False, **kwargs: Any) -> None:
    """A programme was saved: once that is certain, its text is read in a task, unless it is read already."""

    def ask() -> None:
        if not services.text_is_current(instance):
            tasks.read_programme.enqueue(instance.pk)

    if not raw and (instance.file or instance.text):
        transaction.on_commit(ask, robust=True)


def protect_record(using: str, **kwargs: Any) -> None:
    """After every migrate: a migration may have dropped triggers without a word."""
    append_only.install_triggers(connections[using])


def make_way_for_migration(using: str, plan: list[Any] | None = None, **kwargs: Any) -> None:
    """Before a migration on SQLite, where a trigger may stop a table from being changed."""
    if plan and connections[using].vendor == "sqlite":
        append_only.make_way(connections[using], backwards=any(backwards for _migration, backwards in plan))


def teach_connection(connection: Any, **kwargs: Any) -> None:
    """See `append_only.teach_connection`."""
    append_only.teach_connection(connection)


def keep_roles(using: str, **kwargs: Any) -> None:
    """After every migrate, once the permissions of all apps are there."""
    roles.ensure_roles(using)


def connect() -> None:
    """Connect what reacts to saved records; `PledgesConfig.ready` calls it."""
    for model in SHOWN_ELSEWHERE:
        pre_save.connect(note_changes, sender=model, dispatch_uid=f"pledges.note.{model.__name__}")
        post_save.connect(spread_changes, sender=model, dispatch_uid=f"pledges.spread.{model.__name__}")
        post_delete.connect(refresh_after_delete, sender=model, dispatch_uid=f"pledges.gone.{model.__name__}")
    handlers: dict[type[models.Model], Callable[..., None]] = {
        Pledge: refresh_pledge,
        PledgeText: refresh_pledge,
        TopicText: refresh_topic_name,
        OrganisationText: refresh_organisation_name,
        Assessment: refresh_happening,
        Correction: refresh_happening,
        Reply: refresh_happening,
        Redaction: refresh_happening,
        AssessmentText: refresh_pledge_of,
        Evidence: refresh_pledge_of,
        ProgrammeText: refresh_programme,
    }
    for model, handler in handlers.items():
        for signal in (post_save, post_delete):
            signal.connect(handler, sender=model, dispatch_uid=f"pledges.refresh.{model.__name__}")
    post_save.connect(read_text, sender=Programme, dispatch_uid="pledges.read_text")
    pre_delete.connect(refresh_before_delete, sender=Topic, dispatch_uid="pledges.refresh.topic_goes")
    m2m_changed.connect(
        refresh_topics_of_pledge, sender=Pledge.topics.through, dispatch_uid="pledges.refresh.topics_of_pledge"
    )
