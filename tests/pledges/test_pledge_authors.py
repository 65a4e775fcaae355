"""Who wrote a pledge in the admin, or before it was stored who did, does not publish it."""

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log

from pledges import factories, services
from pledges.enums import MarkOutcome, PledgeState
from pledges.models import MarkDecision, Pledge, PledgeAuthor, RecordLogEntry
from tests.pledges.admin_people import ADMINISTRATORS, client_of, person
from tests.pledges.test_forms import pledge_form
from zaveza.users.factories import UserFactory
from zaveza.users.models import User

pytestmark = pytest.mark.django_db


def fields_of(client: Client, pledge: Pledge, **changes: Any) -> dict[str, Any]:
    """The form of a pledge as the browser would send it back."""
    form = client.get(reverse("pledge:edit", args=[pledge.pk])).context["form"]
    data = {bound.html_name: bound.value() for bound in form}
    for formset in form.formsets.values():
        data |= {bound.html_name: bound.value() for bound in formset.management_form}
        for inner in formset.forms:
            data |= {bound.html_name: bound.value() for bound in inner if bound.name != "DELETE"}
    data = {name: "" if value is None else value for name, value in data.items()}
    return {name: value for name, value in {**data, **changes}.items() if value is not False}


def test_writing_one_and_another_submitting_leaves_publication_to_a_third() -> None:
    writer, helper, submitter, third = (person(ADMINISTRATORS) for _number in range(4))
    programme = factories.ProgrammeFactory()
    assert client_of(writer).post(reverse("pledge:add"), pledge_form(programme)).status_code == 302
    pledge = Pledge.objects.get()
    assert set(pledge.authors.all()) == {writer}
    edit = reverse("pledge:edit", args=[pledge.pk])
    unchanged = fields_of(client_of(third), pledge)
    assert client_of(third).post(edit, unchanged).status_code == 302
    changed = fields_of(client_of(helper), pledge, **{"texts-0-title": "Druge besede"})
    assert client_of(helper).post(edit, changed).status_code == 302
    assert Pledge.objects.get().texts.get().title == "Druge besede"
    assert set(pledge.authors.all()) == {writer, helper}, "who changed nothing wrote nothing"
    client_of(submitter).post(reverse("pledge:submit", args=[pledge.pk]))
    publish, inspect = (reverse(f"pledge:{view}", args=[pledge.pk]) for view in ("publish", "inspect"))
    for user in (writer, helper, submitter):
        assert f'href="{publish}"' not in client_of(user).get(inspect).text
        assert client_of(user).post(publish).context["form"].non_field_errors()
    assert str(helper) in client_of(third).get(inspect).text
    assert f'href="{publish}"' in client_of(third).get(inspect).text
    assert client_of(third).post(publish).status_code == 302
    assert Pledge.objects.get().state == PledgeState.PUBLISHED


def test_nobody_publishes_what_they_wrote_whoever_submitted_it() -> None:
    pledge, monitor, reviewer = factories.PledgeFactory(), UserFactory(), UserFactory()
    services.note_author(pledge, reviewer, monitor)
    services.note_author(pledge, reviewer)
    services.submit_for_review(pledge, UserFactory())
    with pytest.raises(services.RuleViolation):
        services.publish_pledge(pledge, reviewer)
    other = UserFactory()
    services.publish_pledge(pledge, other)
    services.note_author(pledge, other)
    assert set(pledge.authors.all()) == {monitor, reviewer}, "what is changed later is no draft"


def test_authors_stay_when_it_is_returned() -> None:
    pledge, monitor, reviewer = factories.PledgeFactory(), UserFactory(), UserFactory()
    services.note_author(pledge, reviewer)
    services.return_to_draft(services.submit_for_review(pledge, monitor))
    services.submit_for_review(pledge, monitor)
    with pytest.raises(services.RuleViolation):
        services.publish_pledge(pledge, reviewer)


def test_authors_of_earlier_pledges_are_taken_from_the_log_and_the_marks() -> None:
    credit = importlib.import_module("pledges.migrations.0012_pledge_authors").credit
    draft, published, marked = (
        factories.PledgeFactory(),
        factories.PledgeFactory(published=True),
        factories.PledgeFactory(),
    )
    writer, later, submitter = UserFactory(), UserFactory(), UserFactory()
    log(instance=draft, action="wagtail.create", user=writer)
    log(instance=draft, action="wagtail.edit", user=writer)
    log(instance=draft, action="pledges.submit", user=submitter)
    log(instance=published, action="wagtail.edit", user=later)
    gone = UserFactory()
    log(instance=draft, action="wagtail.edit", user=gone)
    RecordLogEntry.objects.filter(user=gone).update(user=gone.pk + 1000)
    first, second = factories.ExtractionMarkFactory(), factories.ExtractionMarkFactory()
    by: dict[str, Any] = {"decided_by": UserFactory(), "decided_at": published.published_at}
    MarkDecision.objects.create(mark=first, outcome=MarkOutcome.ACCEPTED, pledge=marked, **by)
    MarkDecision.objects.create(mark=second, outcome=MarkOutcome.MERGED, merged_into=first, **by)
    credit(apps, SimpleNamespace(connection=connection))
    found: set[tuple[Pledge, User]] = {(row.pledge, row.user) for row in PledgeAuthor.objects.all()}
    assert found == {
        (draft, writer),
        (marked, first.extraction.extractor),
        (marked, second.extraction.extractor),
    }
