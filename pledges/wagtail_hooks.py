"""Registers the record with Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .models import Person, RecordLogEntry
from .permissions import MUNICIPALITY_PATHS, register_policies

# Before anything below asks for a policy.
register_policies()

from .choosers import CHOOSERS  # noqa: E402
from .viewsets import PledgesViewSetGroup, imports  # noqa: E402
from .viewsets.dashboard import WaitingPanel  # noqa: E402
from .viewsets.desk import DeskView, may_see_desk  # noqa: E402


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


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern]:
    """The desk of a hub."""
    return [path("desk/", DeskView.as_view(), name="pledges_desk")]


class DeskMenuItem(MenuItem):
    """Shown to whoever works on assessments."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_desk(request.user)


@hooks.register("register_admin_menu_item")
def register_desk_menu_item() -> MenuItem:
    """Before the records themselves."""
    return DeskMenuItem(_("Desk"), reverse("pledges_desk"), name="desk", icon_name="clipboard-list", order=140)


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
    actions.register_action("pledges.approve", _("Approve"), _("Approved"))
    actions.register_action("pledges.confirm", _("Checked, unchanged"), _("Confirmed"))
    actions.register_action("pledges.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("pledges.merge", _("Merge"), _("Merged"))
    actions.register_action("pledges.fetch_copy", _("Fetch a copy"), _("Had a copy fetched"))
    actions.register_action("pledges.check_link", _("Check the link"), _("Checked the link"))
    actions.register_action("pledges.show_copy", _("Let readers open the copy"), _("Let readers open the copy"))
    actions.register_action("pledges.hide_copy", _("Hide the copy from readers"), _("Hid the copy from readers"))
    actions.register_action("pledges.drop_copy", _("Remove the copy"), _("Removed the copy"))
    actions.register_action("pledges.redact", _("Erase words by law"), _("Erased words by law"))
    actions.register_action("pledges.erase", _("Erase personal data"), _("Erased personal data"))
    actions.register_action("pledges.decide", _("Decide on suitability"), _("Suitability decided"))
    actions.register_action("pledges.results", _("Record results"), _("Results recorded"))
    actions.register_action("pledges.end_mandate", _("End the mandate"), _("Mandate ended"))
    actions.register_action("pledges.carry_over", _("Carry pledges over"), _("Pledges carried over"))
    actions.register_action("pledges.send_link", _("Send the link"), _("Link sent"))
    actions.register_action("pledges.show_link", _("Show the link"), _("Link shown"))
    actions.register_action("pledges.renew_link", _("Renew the link"), _("Link renewed"))
    actions.register_action("pledges.revoke_link", _("Revoke the link"), _("Link revoked"))


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    """What waits, for those to whom anything of the record can."""
    panel = WaitingPanel(request)
    if panel.tasks:
        panels.append(panel)
