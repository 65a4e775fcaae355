"""Registers the record with Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .models import Person, RecordLogEntry
from .permissions import MUNICIPALITY_PATHS, register_policies

# Before anything below asks for a policy.
register_policies()

from .choosers import CHOOSERS  # noqa: E402
from .viewsets import PledgesViewSetGroup, imports  # noqa: E402
from .viewsets.dashboard import WaitingPanel  # noqa: E402


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """The group of the menu and the choosers."""
    return [PledgesViewSetGroup(), *CHOOSERS]


@hooks.register("register_admin_urls")
def register_import_urls() -> list[Any]:
    """The wizard of imports."""
    return [path("pledges-import/", include(imports, namespace="pledges_import"))]


@hooks.register("register_admin_menu_item")
def register_import_menu_item() -> imports.ImportMenuItem:
    """Its place in the menu."""
    return imports.ImportMenuItem()


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """The steps of a record's life, as its history names them, and where the history of confined records is kept."""
    for model in (*MUNICIPALITY_PATHS, Person):
        actions.register_model(model, RecordLogEntry)
    actions.register_action("pledges.submit", _("Send to review"), _("Sent to review"))
    actions.register_action("pledges.return", _("Return to draft"), _("Returned to draft"))
    actions.register_action("pledges.extract", _("Extract pledges"), _("Extraction begun"))
    actions.register_action("pledges.extracted", _("Finish the extraction"), _("Extraction finished"))
    actions.register_action("pledges.settle", _("Close the settlement"), _("Settlement of extractions closed"))
    actions.register_action("pledges.publish", _("Publish"), _("Published"))
    actions.register_action("pledges.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("pledges.merge", _("Merge"), _("Merged"))


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    """What waits, for those to whom anything of the record can."""
    panel = WaitingPanel(request)
    if panel.tasks:
        panels.append(panel)
