"""Who sees the letters: those whose role lets them; nobody writes or deletes one by hand."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

_BY_HAND = frozenset({"add", "delete"})


class OutgoingMailPolicy(ModelPermissionPolicy):
    """`view` shows the list, `change` lets one try again what was given up."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in _BY_HAND and super().user_has_permission(user, action)
