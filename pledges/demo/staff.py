"""The demo's users, one per role, all with the one password generated for this database."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group

from zaveza.users.models import User

from .people import ADMINISTRATOR, EDITOR, EDITORS, REVIEWER, SECOND_EDITORS


@dataclass(frozen=True)
class Staff:
    """Who writes, who approves and who looks after the site."""

    monitors: dict[str, User]
    second_monitors: dict[str, User]
    reviewer: User
    editor: User
    administrator: User


def demo_password() -> str:
    """The password of this database's demo users: made once and kept below the data folder, never in the code."""
    path = settings.DATA_DIR / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(12))
        path.chmod(0o600)
    return path.read_text().strip()


def make_staff() -> Staff:
    """Create the users with their groups, or take those who are there."""
    password = demo_password()

    def user(email: str, first_name: str, last_name: str, group: str, **fields: bool) -> User:
        found = User.objects.filter(email=email).first()
        if found is None:
            found = User.objects.create_user(email, password, first_name=first_name, last_name=last_name, **fields)
        if group:
            found.groups.add(Group.objects.get(name=group))
        return found

    return Staff(
        monitors={hub: user(email, first, last, "Monitors") for email, first, last, hub in EDITORS},
        second_monitors={hub: user(email, first, last, "Monitors") for email, first, last, hub in SECOND_EDITORS},
        reviewer=user(*REVIEWER, "Reviewers"),
        editor=user(*EDITOR, "Editors"),
        administrator=user(*ADMINISTRATOR, "", is_staff=True, is_superuser=True),
    )
