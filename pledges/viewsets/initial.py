"""What a link to an empty form fills in."""

from django.db import models
from django.http import HttpRequest
from wagtail.permissions import policy_registry

from ..permissions import READING_ACTIONS


def preset(request: HttpRequest, model: type[models.Model], *names: str) -> dict[str, models.Model]:
    """Records named by key in the query string (`?pledge=3`) that the user reaches; anything else is passed over."""
    found = {}
    for name in names:
        key = request.GET.get(name, "")
        related = model._meta.get_field(name).related_model
        if key.isascii() and key.isdigit() and len(key) < 19:
            policy = policy_registry.get_by_type(related)
            record = policy.instances_user_has_any_permission_for(request.user, READING_ACTIONS).filter(pk=key).first()
            if record:
                found[name] = record
    return found
