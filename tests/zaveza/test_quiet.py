"""The quiet period: what counts as one, and what it holds back."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from wagtail.models import Page

from home.factories import NewsPageFactory
from zaveza import checks, quiet
from zaveza.clock import SITE_ZONE


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SITE_ZONE)


def test_none_by_default(settings) -> None:
    assert settings.QUIET_PERIODS == []
    assert not quiet.is_quiet(moment("2026-11-22T12:00"))


@pytest.mark.parametrize(
    ("text", "quiet_at", "not_at"),
    [
        (
            "2026-11-21/2026-11-22",
            ["2026-11-21T00:00", "2026-11-22T23:59:59"],
            ["2026-11-20T23:59:59", "2026-11-23T00:00"],
        ),
        ("2026-11-21/2026-11-22T19:00", ["2026-11-22T18:59:59"], ["2026-11-22T19:00"]),
        ("2026-11-21T06:30/2026-11-21", ["2026-11-21T06:30"], ["2026-11-21T06:29"]),
    ],
)
def test_days_are_whole_and_moments_exact(settings, text, quiet_at, not_at) -> None:
    settings.QUIET_PERIODS = ["2001-01-01/2001-01-02", text]
    assert [quiet.is_quiet(moment(at)) for at in quiet_at] == [True] * len(quiet_at)
    assert [quiet.is_quiet(moment(at)) for at in not_at] == [False] * len(not_at)


def test_tells_when_it_ends(settings) -> None:
    settings.QUIET_PERIODS = ["2026-11-21/2026-11-22T19:00"]
    assert quiet.quiet_until(moment("2026-11-21T12:00")) == moment("2026-11-22T19:00")
    assert quiet.quiet_until(moment("2026-11-23T12:00")) is None


@pytest.mark.parametrize("text", ["2026-11-21", "soon/later", "2026-11-22/2026-11-21", "2026-11-21/2026-11-31", "/"])
def test_what_cannot_be_read_is_found_by_the_check(settings, text) -> None:
    settings.QUIET_PERIODS = [text]
    with pytest.raises(ImproperlyConfigured, match="QUIET_PERIODS"):
        quiet.quiet_periods()
    (error,) = checks.check_quiet_periods()
    assert text in error.msg


@pytest.mark.django_db
def test_nothing_scheduled_is_published_before_it_ends(settings) -> None:
    settings.QUIET_PERIODS = ["2026-11-21/2026-11-22T19:00"]
    page = NewsPageFactory(live=False)
    page.go_live_at = moment("2026-11-22T08:00")
    page.save_revision(approved_go_live_at=page.go_live_at)
    with time_machine.travel(moment("2026-11-22T18:00")):
        call_command("publish_scheduled")
        call_command("tick", "publish_scheduled")
        assert not Page.objects.get(pk=page.pk).live
    with time_machine.travel(moment("2026-11-22T19:01")):
        call_command("tick", "publish_scheduled")
    assert Page.objects.get(pk=page.pk).live
