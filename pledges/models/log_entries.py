"""Who did what to a record in the admin, readable by those who may reach that record."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail.permissions import policy_registry


class RecordLogEntryManager(ModelLogEntryManager):
    """Confines the site's history to the reader's hub: Wagtail's own asks for the permission of the model only."""

    def viewable_by_user(self, user: Any) -> QuerySet:
        """Entries of the records that this user reaches today; of deleted records those who are not confined read."""
        reachable = Q(pk__in=[])
        for content_type in ContentType.objects.filter(pk__in=self.all().get_content_type_ids()):
            model = content_type.model_class()
            policy = policy_registry.get_by_type(model) if model else None
            if policy is None or not policy.user_has_any_permission(user, ("add", "change", "delete", "view")):
                continue
            reachable |= Q(content_type=content_type) & self._of_records(policy, user)
        return self.filter(reachable)

    @staticmethod
    def _of_records(policy: Any, user: Any) -> Q:
        records = policy.model._default_manager.all()
        within = policy.within_hub(user, records)
        if within is records:
            return Q()
        return Q(object_id__in=within.annotate(key=Cast("pk", CharField())).values("key"))


class RecordLogEntry(BaseLogEntry):
    """One step in the admin with a record that belongs to a municipality (or a person)."""

    object_id = models.CharField(max_length=255, db_index=True)

    objects = RecordLogEntryManager()

    class Meta(BaseLogEntry.Meta):
        ordering = ["-timestamp", "-id"]
        verbose_name = _("log entry of a record")
        verbose_name_plural = _("log entries of records")

    def __str__(self) -> str:
        return f"{self.action} {self.content_type} {self.object_id}"
