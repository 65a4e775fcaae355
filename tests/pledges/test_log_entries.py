"""The history of the site in the admin, within the reader's hub."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from pledges import factories
from pledges.models import RecordLogEntry

from .admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person

pytestmark = pytest.mark.django_db

REPORTS = ("wagtailadmin_reports:site_history", "wagtailadmin_reports:site_history_results")


@pytest.fixture
def labels() -> tuple[str, str]:
    """What the history calls a record of the own and of another hub."""
    own, foreign = (factories.PledgeFactory(quote=quote) for quote in ("Naša zaveza", "Tuja zaveza"))
    for pledge in (own, foreign):
        log(instance=pledge, action="wagtail.edit")
    factories.HubFactory(slug="nas-center", covers=[own.municipality])
    return str(own), str(foreign)


def reader(role: str):
    from pledges.models import Organisation

    return person(role, Organisation.objects.get(slug="nas-center") if role == MONITORS else None)


@pytest.mark.parametrize("report", REPORTS)
def test_a_monitor_reads_the_history_of_the_own_hub(labels: tuple[str, str], report: str) -> None:
    page = client_of(reader(MONITORS)).get(reverse(report)).content.decode()
    assert labels[0] in page
    assert labels[1] not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_no_more(labels: tuple[str, str], kind: str) -> None:
    answer = client_of(reader(MONITORS)).get(reverse(REPORTS[0]), {"export": kind})
    assert answer.status_code == 200
    if kind == "csv":
        text = b"".join(answer.streaming_content).decode()
        assert labels[0] in text
        assert labels[1] not in text


@pytest.mark.parametrize("role", [REVIEWERS, ADMINISTRATORS])
def test_who_is_not_confined_reads_all(labels: tuple[str, str], role: str) -> None:
    page = client_of(reader(role)).get(reverse(REPORTS[0])).content.decode()
    assert all(label in page for label in labels)


def test_who_may_not_see_such_records_reads_none(labels: tuple[str, str]) -> None:
    page = client_of(reader(EDITORS)).get(reverse(REPORTS[0])).content.decode()
    assert not any(label in page for label in labels)


def test_entries_lie_in_the_table_that_is_confined(labels: tuple[str, str]) -> None:
    assert RecordLogEntry.objects.count() == 2
    assert not ModelLogEntry.objects.filter(content_type__app_label="pledges").exists()


def test_the_history_of_one_record_shows_them(labels: tuple[str, str]) -> None:
    from pledges.models import Pledge

    own = Pledge.objects.get(quote="Naša zaveza")
    page = client_of(reader(MONITORS)).get(reverse("pledge:history", args=[own.pk]))
    assert page.status_code == 200
    assert len(page.context["object_list"]) == 1
