"""How pledges are assessed, mistakes corrected and money shown: texts in versions that are never rewritten."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField

from ..enums import PolicyKind
from ..querysets import PublishedWordsQuerySet
from .public_ids import PublicIdField
from .words import HasWords, PublishedRecord, Words

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class PolicyVersion(HasWords, PublishedRecord):
    """One version of the methodology, of how mistakes are corrected or of the money, as it stood when published.

    An assessment names the version of the methodology by which it was made. Published, a version and its words are
    frozen (`services.publish_policy`); whatever changes is the next version.
    """

    public_id = PublicIdField()
    kind = models.CharField(_("kind"), max_length=12, choices=PolicyKind)
    version = models.CharField(_("version"), max_length=20, help_text=_("As assessments name it, for example 2.1."))

    objects = PublishedWordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a policy")
        verbose_name_plural = _("versions of policies")
        ordering = ["kind", "-published_at", "-pk"]
        permissions = [("publish_policyversion", "Can publish a version of a policy")]
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="pledges_policyversion_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # `methodology-2.1`: the version is the number here.
        if self.published_at is None:
            self.public_id = f"{self.kind}-{self.version}"
        super().save(*args, **kwargs)


class PolicyText(Words):
    """The words of a version in one language."""

    policy = ParentalKey(PolicyVersion, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=255)
    changes = models.TextField(
        _("what changed"), blank=True, help_text=_("Against the version before, in a few sentences.")
    )
    body = RichTextField(_("text"), features=FEATURES)

    class Meta:
        verbose_name = _("words of a policy")
        verbose_name_plural = _("words of policies")
        constraints = [models.UniqueConstraint(fields=["policy", "language"], name="pledges_policytext_language")]

    def __str__(self) -> str:
        return self.title
