"""Users for tests and the demo; every value follows from a counter."""

import factory
from factory.django import DjangoModelFactory

from .models import User


class UserFactory(DjangoModelFactory):
    """Somebody who can sign in, without rights; `password="…"` sets one, else nobody can sign in as them."""

    class Meta:
        model = User
        django_get_or_create = ("email",)
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"oseba{n}@example.si")
    first_name = "Oseba"
    last_name = factory.Sequence(lambda n: f"Primerna {n}")
    password = factory.django.Password(None)
