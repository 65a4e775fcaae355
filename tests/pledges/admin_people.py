"""People who sign in to the admin in tests."""

from django.contrib.auth.models import Group
from django.test import Client

from pledges.factories import HubMemberFactory
from pledges.models import Organisation
from pledges.roles import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS
from zaveza.users.factories import UserFactory
from zaveza.users.models import User

__all__ = ["ADMINISTRATORS", "EDITORS", "MONITORS", "REVIEWERS", "client_of", "person"]


def person(role: str, hub: Organisation | None = None) -> User:
    """Somebody with a role, and a hub if one is given."""
    user: User = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    if hub:
        HubMemberFactory(user=user, hub=hub)
    return user


def client_of(user: User) -> Client:
    """A browser in which this user is signed in."""
    client = Client()
    client.force_login(user)
    return client
