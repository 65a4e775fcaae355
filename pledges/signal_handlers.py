"""Keeps what is derived from the record in step with it: the statuses and the documents of the search.

Publishing, assessing, merging and withdrawing go through `services`, which rebuild the status themselves. Here is what
happens when something changes that a pledge's status or document shows: a name, a mandate, a result of an election.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connections, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from . import append_only, roles, services, tasks
from .models import (
    Assessment,
    Candidacy,
    Correction,
    Edition,
    HubCoverage,
    Mandate,
    Municipality,
    Organisation,
    OrganisationText,
    Person,
    Pledge,
    PledgeText,
    Programme,
    Redaction,
    Region,
    Reply,
    Topic,
    TopicText,
)
from .services.freshness import refresh

# What of a record other records show or count by; a save that changes none of it spreads no further.
SHOWN_ELSEWHERE: dict[type[models.Model], tuple[str, ...]] = {
    Candidacy: ("person_id", "municipality_id", "edition_id", "list_name", "elected", "withdrawn_on", "published_at"),
    Edition: ("year", "state", "published_at"),
    Mandate: ("person_id", "municipality_id", "candidacy_id", "start", "planned_end", "end", "published_at"),
    Municipality: ("name", "slug", "region_id", "population", "valid_to"),
    Organisation: ("name", "slug", "published_at"),
    Person: ("name",),
    Region: ("name", "slug"),
    Programme: ("candidacy_id", "published_at", "suitability", "text", "version", "supersedes_id"),
    Topic: ("code",),
}


def note_changes(sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Before a save: does it change what others show?"""
    names = SHOWN_ELSEWHERE[sender]
    stored = sender._default_manager.filter(pk=instance.pk).values(*names).first() if instance.pk and not raw else None
    instance._spreads = stored is not None and any(stored[name] != getattr(instance, name) for name in names)


def spread_changes(sender: type[models.Model], instance: Any, created: bool, **kwargs: Any) -> None:
    """After a save: the record's own document always, those that show it where that changed."""
    if sender in _OWN_DOCUMENT:
        type_code, key = _OWN_DOCUMENT[sender]
        refresh(type_code, [getattr(instance, key)])
    if created and sender is Mandate:
        # A municipality names who is in office.
        refresh("municipality", [instance.municipality_id])
    if not instance._spreads:
        return
    pledges = Pledge.objects.filter(published_at__isnull=False).filter(_PLEDGES_OF[sender](instance))
    if sender in (Candidacy, Edition, Mandate):
        services.rebuild_statuses(pledges)
    refresh("pledge", _keys(pledges))
    for type_code, records in _OTHERS_OF.get(sender, _nothing)(instance):
        refresh(type_code, _keys(records))


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


def refresh_topics_of_pledge(
    sender: Any, instance: Any, action: str, pk_set: set[int] | None = None, **kwargs: Any
) -> None:
    """The topics of a pledge were set, or the pledges of a topic."""
    if isinstance(instance, Pledge):
        if action.startswith("post_"):
            refresh_pledge(Pledge, instance)
    elif pk_set is not None or action == "pre_clear":
        of_topic = models.Q(pk__in=pk_set) if pk_set is not None else models.Q(topics=instance.pk)
        refresh("pledge", _keys(Pledge.objects.filter(of_topic, published_at__isnull=False)))


def refresh_before_delete(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A topic goes, and with it without a word its place with the pledges that have it."""
    refresh("pledge", _keys(Pledge.objects.filter(topics=instance.pk, published_at__isnull=False)))


def refresh_topic_name(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A topic is called something else."""
    refresh("pledge", _keys(Pledge.objects.filter(topics=instance.topic_id, published_at__isnull=False)))


def refresh_organisation_name(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """An organisation is called something else in one language."""
    refresh("pledge", _keys(Pledge.objects.filter(organisation=instance.organisation_id, published_at__isnull=False)))


def refresh_coverage(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A hub begins or ceases to watch a municipality: both are filters of the search."""
    refresh("municipality", [instance.municipality_id])
    refresh("programme", _keys(Programme.objects.filter(candidacy__municipality=instance.municipality_id)))
    refresh("person", _keys(Person.objects.filter(candidacies__municipality=instance.municipality_id).distinct()))
    refresh("pledge", _keys(Pledge.objects.filter(municipality=instance.municipality_id, published_at__isnull=False)))


def refresh_after_delete(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A record is gone, and with it its document; the mandate's, from those of the others."""
    if sender in _OWN_DOCUMENT:
        type_code, key = _OWN_DOCUMENT[sender]
        refresh(type_code, [getattr(instance, key)])
    if sender is Mandate:
        refresh("municipality", [instance.municipality_id])
        services.rebuild_statuses(Pledge.objects.filter(_PLEDGES_OF[Mandate](instance), published_at__isnull=False))


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
        HubCoverage: refresh_coverage,
        Assessment: refresh_happening,
        Correction: refresh_happening,
        Reply: refresh_happening,
        Redaction: refresh_happening,
    }
    for model, handler in handlers.items():
        for signal in (post_save, post_delete):
            signal.connect(handler, sender=model, dispatch_uid=f"pledges.refresh.{model.__name__}")
    post_save.connect(read_text, sender=Programme, dispatch_uid="pledges.read_text")
    pre_delete.connect(refresh_before_delete, sender=Topic, dispatch_uid="pledges.refresh.topic_goes")
    m2m_changed.connect(
        refresh_topics_of_pledge, sender=Pledge.topics.through, dispatch_uid="pledges.refresh.topics_of_pledge"
    )


def _keys(records: models.QuerySet) -> list[int]:
    return list(records.order_by().values_list("pk", flat=True))


def _nothing(record: Any) -> Iterable[tuple[str, models.QuerySet]]:
    return ()


# The document of a record itself: its type and the attribute with its key. A candidacy is part of its person's.
_OWN_DOCUMENT: dict[type[models.Model], tuple[str, str]] = {
    Candidacy: ("person", "person_id"),
    Mandate: ("person", "person_id"),
    Municipality: ("municipality", "pk"),
    Person: ("person", "pk"),
    Programme: ("programme", "pk"),
}

_PLEDGES_OF: dict[type[models.Model], Callable[[Any], models.Q]] = {
    Candidacy: lambda candidacy: models.Q(programme__candidacy=candidacy.pk),
    Edition: lambda edition: models.Q(edition=edition.pk),
    Mandate: lambda mandate: models.Q(programme__candidacy=mandate.candidacy_id),
    Municipality: lambda municipality: models.Q(municipality=municipality.pk),
    Organisation: lambda hub: models.Q(organisation=hub.pk) | models.Q(municipality__coverages__hub=hub.pk),
    Person: lambda person: models.Q(programme__candidacy__person=person.pk),
    Programme: lambda programme: models.Q(programme=programme.pk),
    Region: lambda region: models.Q(municipality__region=region.pk),
    Topic: lambda topic: models.Q(topics=topic.pk),
}

_OTHERS_OF: dict[type[models.Model], Callable[[Any], Iterable[tuple[str, models.QuerySet]]]] = {
    Candidacy: lambda candidacy: [("programme", Programme.objects.filter(candidacy=candidacy.pk))],
    Edition: lambda edition: [
        ("programme", Programme.objects.filter(candidacy__edition=edition.pk)),
        ("person", Person.objects.filter(candidacies__edition=edition.pk).distinct()),
    ],
    Mandate: lambda mandate: [("municipality", Municipality.objects.filter(pk=mandate.municipality_id))],
    Municipality: lambda municipality: [
        ("programme", Programme.objects.filter(candidacy__municipality=municipality.pk)),
        ("person", Person.objects.filter(candidacies__municipality=municipality.pk).distinct()),
    ],
    Organisation: lambda hub: [
        ("municipality", Municipality.objects.filter(coverages__hub=hub.pk).distinct()),
        ("programme", Programme.objects.filter(candidacy__municipality__coverages__hub=hub.pk).distinct()),
        ("person", Person.objects.filter(candidacies__municipality__coverages__hub=hub.pk).distinct()),
    ],
    Person: lambda person: [
        ("programme", Programme.objects.filter(candidacy__person=person.pk)),
        ("municipality", Municipality.objects.filter(mandates__person=person.pk).distinct()),
    ],
    Programme: lambda programme: [("person", Person.objects.filter(candidacies=programme.candidacy_id))],
    Region: lambda region: [
        ("municipality", Municipality.objects.filter(region=region.pk)),
        ("programme", Programme.objects.filter(candidacy__municipality__region=region.pk)),
        ("person", Person.objects.filter(candidacies__municipality__region=region.pk).distinct()),
    ],
}
