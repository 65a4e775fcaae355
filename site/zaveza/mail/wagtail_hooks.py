"""Registration with Wagtail's admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .models import OutgoingMail
from .permissions import OutgoingMailPolicy

register_permission_policy(OutgoingMail, OutgoingMailPolicy(OutgoingMail))

from .viewsets import OutgoingMailViewSet  # noqa: E402


@hooks.register("register_admin_viewset")
def register_viewset() -> OutgoingMailViewSet:
    """The report of letters."""
    return OutgoingMailViewSet()
