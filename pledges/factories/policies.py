"""Versions of policies for tests and the demo."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from .. import models, services
from ..enums import PolicyKind


class PolicyVersionFactory(DjangoModelFactory):
    """A version with words in Slovene; a draft unless a `published_at` is given. `words` are `PolicyText` values."""

    class Meta:
        model = models.PolicyVersion
        skip_postgeneration_save = True

    kind = PolicyKind.METHODOLOGY
    version = factory.Sequence(lambda n: f"1.{n}")
    published_at: dt.datetime | None = None

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        published_at, words = kwargs.pop("published_at", None), kwargs.pop("words", None)
        policy = super()._create(model_class, *args, **kwargs)
        for each in words or [{}]:
            values = {"language": "sl", "title": "Kako ocenjujemo", "body": "<p>Dva bralca.</p>", **each}
            models.PolicyText.objects.create(policy=policy, **values)
        # As the database has it: without the cluster's own, empty list of texts.
        policy = models.PolicyVersion.objects.get(pk=policy.pk)
        return services.publish_policy(policy, published_at=published_at) if published_at else policy
