"""Letters for tests."""

import factory

from zaveza import clock

from .models import OutgoingMail


class OutgoingMailFactory(factory.django.DjangoModelFactory):
    """A letter that waits."""

    class Meta:
        model = OutgoingMail

    to = factory.LazyFunction(lambda: ["somebody@example.org"])
    subject = "A letter"
    body = "Words.\n"
    language = "sl"
    kind = "test"
    created_at = factory.LazyFunction(clock.now)
    next_attempt_at = factory.LazyFunction(clock.now)
