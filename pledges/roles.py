"""The four roles of people with an account (design: domain, Roles), as groups with permissions.

What a group may do with *pledges* follows this file after every migrate. Permissions of other apps are added where
they are missing; what an administrator granted beyond them stays.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITORS, MONITORS, REVIEWERS, ADMINISTRATORS = "Editors", "Monitors", "Reviewers", "Administrators"

_ADMIN_ACCESS = ["wagtailadmin.access_admin"]
_MEDIA = [
    f"{app}.{action}_{model}"
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
]
_PAGES = ["add_page", "change_page", "publish_page", "lock_page"]

# The record that everybody who works on it can look up.
_CONTEXT = (
    "amendment",
    "assessment",
    "candidacy",
    "correction",
    "edition",
    "evidence",
    "extraction",
    "evidencestate",
    "hubcoverage",
    "keydate",
    "ledgerrow",
    "linkcheck",
    "mandate",
    "municipality",
    "organisation",
    "partnership",
    "person",
    "pledge",
    "pledgestatus",
    "policyversion",
    "programme",
    "proposal",
    "proposaluptake",
    "recognition",
    "redaction",
    "region",
    "reply",
    "similaritygroup",
    "topic",
)


def _may(actions: str, *names: str, app: str = "pledges") -> list[str]:
    return [f"{app}.{action}_{name}" for name in names for action in actions.split()]


_PERMISSIONS = {
    EDITORS: [
        *_ADMIN_ACCESS,
        *_may("add change delete view", "organisation", "partnership"),
        *_may("add change view", "policyversion"),
        *_may("view", "edition", "keydate", "municipality", "region", "topic"),
        *_may("add change delete view", "menu", "footer", app="navigation"),
        *_may("add change delete view", "redirect", app="wagtailredirects"),
        *_may("view", "missedquery", app="search"),
        "wagtail_localize.submit_translation",
    ],
    MONITORS: [
        *_ADMIN_ACCESS,
        *_may("add change delete view", "programme", "pledge", "amendment", "assessment", "evidence", "reply"),
        # Which pledge takes up what was asked for is seen where the pledges are cut.
        *_may("add change delete view", "proposaluptake"),
        "pledges.submit_pledge",
        "pledges.add_importjob",
        "pledges.add_extraction",
        # The links of their candidates; sending, renewing and revoking is changing.
        *_may("add change view", "candidacylink"),
        *_may("view change", "tip"),
        *_may("view", *_CONTEXT),
    ],
    REVIEWERS: [
        *_ADMIN_ACCESS,
        *_may("view", *_CONTEXT),
        "pledges.publish_pledge",
        "pledges.close_pledge",
        "pledges.approve_amendment",
        "pledges.approve_assessment",
        "pledges.settle_extraction",
        *_may("add change", "correction"),
    ],
}
# Tables that the machine keeps: nobody edits them by hand.
_MACHINE = models.Q(content_type__app_label__in=["contenttypes", "sessions"]) | models.Q(
    content_type__app_label="pledges",
    content_type__model__in=[
        "deskstep",
        "evidencestate",
        "exchangekey",
        "ledgerrow",
        "linkcheck",
        "pledgestanding",
        "pledgestatus",
        "recordlogentry",
        "redaction",
    ],
    codename__regex="^(add|change|delete)_",
)


def ensure_roles(using: str = "default") -> list[str]:
    """Create the groups and give them their permissions; running it again changes nothing.

    Returns the permissions that a role names and the database does not have: some are there only once every app is
    migrated, some a test case flushed away.
    """
    everything = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    missing: set[str] = set()
    with transaction.atomic(using=using):
        for name, codes in _PERMISSIONS.items():
            wanted = set(codes)
            missing |= wanted - everything.keys()
            _set_permissions(name, [everything[code] for code in sorted(wanted & everything.keys())], using)
        for_administrators = Permission.objects.using(using).exclude(_MACHINE).select_related("content_type")
        _set_permissions(ADMINISTRATORS, list(for_administrators), using)
        _let_edit_pages(using)
    return sorted(missing)


def _set_permissions(name: str, wanted: list[Permission], using: str) -> None:
    group, _is_new = Group.objects.using(using).get_or_create(name=name)
    held = set(group.permissions.select_related("content_type"))
    group.permissions.add(*(permission for permission in wanted if permission not in held))
    surplus = [row for row in held if row.content_type.app_label == "pledges" and row not in wanted]
    group.permissions.remove(*surplus)


def _let_edit_pages(using: str) -> None:
    """Editors and administrators work below the roots of pages and of images and documents."""
    root = Page.objects.using(using).filter(depth=1).first()
    collection = Collection.objects.using(using).filter(depth=1).first()
    for name, pages in ((EDITORS, _PAGES), (ADMINISTRATORS, [*_PAGES, "bulk_delete_page", "unlock_page"])):
        group = Group.objects.using(using).get(name=name)
        if root:
            for permission in _named((f"wagtailcore.{code}" for code in pages), using):
                GroupPagePermission.objects.using(using).get_or_create(group=group, page=root, permission=permission)
        if collection:
            for permission in _named(_MEDIA, using):
                GroupCollectionPermission.objects.using(using).get_or_create(
                    group=group, collection=collection, permission=permission
                )


def _named(codes: Iterable[str], using: str) -> list[Permission]:
    named = models.Q(pk__in=[])
    for code in codes:
        app, codename = code.split(".")
        named |= models.Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.using(using).filter(named))
