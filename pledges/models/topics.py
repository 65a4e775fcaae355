"""The topics of pledges: one global taxonomy, never one per mandate."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ..querysets import WordsQuerySet
from .words import HasWords, Words


class Topic(HasWords):
    """A field of local life that a pledge is about. The code stands in addresses and exports."""

    code = models.SlugField(_("code"), max_length=50, unique=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    objects = WordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["sort_order", "code"]

    def __str__(self) -> str:
        return self.words.name if self.words else self.code


class TopicText(Words):
    """A topic's name in one language."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("name of a topic")
        verbose_name_plural = _("names of topics")
        constraints = [models.UniqueConstraint(fields=["topic", "language"], name="pledges_topictext_language")]

    def __str__(self) -> str:
        return self.name
