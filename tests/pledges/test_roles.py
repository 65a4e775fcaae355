"""What the four groups may and may not do."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from pledges import roles
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db


def member(*names: str):
    user = UserFactory()
    user.groups.set(Group.objects.filter(name__in=names))
    return user


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            roles.EDITORS,
            [
                "wagtailadmin.access_admin",
                "pledges.change_organisation",
                "pledges.add_partnership",
                "navigation.change_menu",
                "wagtailredirects.add_redirect",
                "wagtail_localize.submit_translation",
            ],
            [
                "pledges.view_pledge",
                "pledges.change_pledge",
                "pledges.add_assessment",
                "pledges.change_programme",
                "pledges.approve_assessment",
                "pledges.change_municipality",
                "users.change_user",
            ],
        ),
        (
            roles.MONITORS,
            [
                "wagtailadmin.access_admin",
                "pledges.add_programme",
                "pledges.change_pledge",
                "pledges.submit_pledge",
                "pledges.add_assessment",
                "pledges.add_evidence",
                "pledges.change_reply",
                "pledges.view_municipality",
            ],
            [
                "pledges.publish_pledge",
                "pledges.close_pledge",
                "pledges.approve_assessment",
                "pledges.change_organisation",
                "pledges.change_municipality",
                "search.view_searchalert",
                "users.view_user",
            ],
        ),
        (
            roles.REVIEWERS,
            [
                "wagtailadmin.access_admin",
                "pledges.view_pledge",
                "pledges.publish_pledge",
                "pledges.close_pledge",
                "pledges.approve_assessment",
                "pledges.add_correction",
            ],
            ["pledges.change_pledge", "pledges.add_assessment", "pledges.view_tip", "users.view_user"],
        ),
        (
            roles.ADMINISTRATORS,
            [
                "wagtailadmin.access_admin",
                "pledges.change_pledge",
                "pledges.approve_assessment",
                "pledges.change_hubmember",
                "pledges.change_municipality",
                "users.add_user",
                "wagtailcore.add_locale",
                "wagtailredirects.delete_redirect",
            ],
            ["pledges.change_pledgestatus", "pledges.add_pledgestatus", "sessions.delete_session"],
        ),
    ],
)
def test_permissions_of_a_role(role, may, may_not):
    user = member(role)
    assert [code for code in may if not user.has_perm(code)] == []
    assert [code for code in may_not if user.has_perm(code)] == []


def test_nobody_but_reviewers_and_administrators_approves():
    holders = Group.objects.filter(permissions__codename__in=["approve_assessment", "publish_pledge", "close_pledge"])
    assert set(holders.values_list("name", flat=True)) == {roles.REVIEWERS, roles.ADMINISTRATORS}


def test_only_editors_and_administrators_work_on_pages_and_media():
    names = (roles.EDITORS, roles.MONITORS, roles.REVIEWERS, roles.ADMINISTRATORS)
    for model in (GroupPagePermission, GroupCollectionPermission):
        groups = model.objects.filter(group__name__in=names).values_list("group__name", flat=True)
        assert set(groups) == {roles.EDITORS, roles.ADMINISTRATORS}
    pages = GroupPagePermission.objects.filter(group__name=roles.EDITORS, page__depth=1)
    assert {"add_page", "change_page", "publish_page"} <= set(pages.values_list("permission__codename", flat=True))


def test_making_them_again_changes_nothing():
    def state():
        return (
            sorted(Group.objects.values_list("name", "permissions")),
            GroupPagePermission.objects.count(),
            GroupCollectionPermission.objects.count(),
        )

    before = state()
    roles.ensure_roles()
    assert state() == before


def test_a_right_over_pledges_beyond_the_role_is_taken_back_and_others_stay():
    monitors = Group.objects.get(name=roles.MONITORS)
    monitors.permissions.add(
        Permission.objects.get(codename="publish_pledge"), Permission.objects.get(codename="view_redirect")
    )
    roles.ensure_roles()
    codes = set(monitors.permissions.values_list("codename", flat=True))
    assert "publish_pledge" not in codes
    assert "view_redirect" in codes


def test_a_lost_right_comes_back():
    reviewers = Group.objects.get(name=roles.REVIEWERS)
    reviewers.permissions.clear()
    roles.ensure_roles()
    assert member(roles.REVIEWERS).has_perm("pledges.approve_assessment")


def test_every_right_that_a_role_names_exists():
    assert roles.ensure_roles() == []


def test_a_right_that_does_not_exist_is_named_and_the_others_are_given(monkeypatch):
    monkeypatch.setitem(roles._PERMISSIONS, roles.REVIEWERS, ["pledges.fly", "pledges.view_pledge"])
    assert roles.ensure_roles() == ["pledges.fly"]
    assert member(roles.REVIEWERS).has_perm("pledges.view_pledge")
