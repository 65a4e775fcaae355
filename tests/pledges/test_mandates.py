"""Results of elections, mandates from taking office to the end, and what a successor carries over."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from pledges import factories, services
from pledges.enums import EditionState, Gate, MandateEndReason, PledgeState, Status
from pledges.models import Assessment, Candidacy, Mandate, Pledge, PledgeAuthor
from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person
from tests.pledges.desk import publish
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db

OFFICE = dt.date(2022, 12, 5)
ELECTION = dt.date(2022, 11, 20)


@pytest.fixture
def candidacies() -> list[Candidacy]:
    """Three who stood in one place; the result is unknown."""
    edition = factories.EditionFactory(year=2022, election_date=ELECTION, state=EditionState.RUNNING)
    place = factories.MunicipalityFactory()
    return [
        factories.CandidacyFactory(municipality=place, edition=edition, elected=None, person__name=name)
        for name in ("Ana", "Bor", "Cilka")
    ]


def decided(candidacies: list[Candidacy]) -> list[Candidacy]:
    """Ana wins in the second round, Bor loses, of Cilka nothing is known."""
    ana, bor, _cilka = candidacies
    ana.first_round_share, bor.first_round_share = Decimal("40.10"), Decimal("45.90")
    ana.second_round_share, bor.second_round_share = Decimal("52.00"), Decimal("48.00")
    ana.elected, bor.elected = True, False
    return candidacies


def test_a_preview_writes_nothing_and_names_what_follows(candidacies: list[Candidacy]) -> None:
    pledge = factories.PledgeFactory(programme__candidacy=candidacies[1], published=True)
    result = services.record_results(decided(candidacies), takes_office=OFFICE, only_preview=True)
    assert result.mandate is not None
    assert (result.mandate.person, result.mandate.planned_end) == (candidacies[0].person, dt.date(2026, 12, 4))
    assert [(row.person.name, count) for row, count in result.behind_office_gate] == [("Bor", 1)]
    assert [row.person.name for row in result.changed] == ["Ana", "Bor"]
    assert not Mandate.objects.exists()
    assert not Candidacy.objects.exclude(elected=None).exists()
    assert Pledge.objects.with_gate().get(pk=pledge.pk).gate == ""


def test_results_make_the_mandate_and_the_gate_and_unknown_stays_unknown(candidacies: list[Candidacy]) -> None:
    lost = factories.PledgeFactory(programme__candidacy=candidacies[1], published=True)
    unknown = factories.PledgeFactory(programme__candidacy=candidacies[2], published=True)
    services.record_results(decided(candidacies), takes_office=OFFICE)
    assert list(Candidacy.objects.order_by("person__name").values_list("elected", flat=True)) == [True, False, None]
    mandate = Mandate.objects.get()
    assert (mandate.candidacy, mandate.start) == (candidacies[0], OFFICE)
    assert mandate.published_at is not None
    gates = Pledge.objects.with_gate()
    assert gates.get(pk=lost.pk).gate == Gate.NOT_IN_OFFICE
    assert gates.get(pk=unknown.pk).gate == ""
    again = services.record_results(list(Candidacy.objects.select_related("person", "edition")), takes_office=OFFICE)
    assert (again.changed, again.mandate) == ([], None)


@pytest.mark.parametrize(
    ("break_rule", "words"),
    [
        (lambda rows: setattr(rows[1], "elected", True), "ena oseba|One person"),
        (lambda rows: setattr(rows[0], "withdrawn_on", ELECTION), "Ana"),
        (lambda rows: setattr(rows[2], "first_round_share", Decimal("40")), "100"),
        (lambda rows: setattr(rows[2], "second_round_share", Decimal("0")), "2|Two|drug"),
        (lambda rows: setattr(rows[0], "first_round_share", Decimal("-1")), "100"),
        (lambda rows: setattr(rows[0].edition, "election_date", dt.date(2100, 1, 1)), "."),
    ],
)
def test_what_cannot_be_is_refused_as_a_whole(candidacies: list[Candidacy], break_rule: Any, words: str) -> None:
    edition = candidacies[0].edition
    rows = decided(candidacies)
    for row in rows:
        row.edition = edition
    break_rule(rows)
    with pytest.raises(services.RuleViolation, match=words):
        services.record_results(rows, takes_office=OFFICE)
    assert not Mandate.objects.exists()
    assert not Candidacy.objects.exclude(elected=None).exists()


def test_who_has_a_mandate_cannot_be_made_not_elected(candidacies: list[Candidacy]) -> None:
    services.record_results(decided(candidacies), takes_office=OFFICE)
    candidacies[0].elected = None
    with pytest.raises(services.RuleViolation, match="Ana"):
        services.record_results(candidacies)


def test_nobody_takes_office_before_the_election(candidacies: list[Candidacy]) -> None:
    with pytest.raises(services.RuleViolation):
        services.record_results(decided(candidacies), takes_office=ELECTION - dt.timedelta(days=1))


def test_the_mandate_before_is_the_predecessor_and_an_open_one_is_named(candidacies: list[Candidacy]) -> None:
    earlier = factories.CandidacyFactory(municipality=candidacies[0].municipality, edition__year=2018)
    before = factories.MandateFactory(candidacy=earlier, start=dt.date(2018, 12, 5))
    result = services.record_results(decided(candidacies), takes_office=OFFICE)
    assert result.mandate is not None
    assert result.mandate.predecessor == before
    assert len(result.warnings) == 1


def test_four_years() -> None:
    assert services.four_years_after(dt.date(2022, 12, 5)) == dt.date(2026, 12, 4)
    assert services.four_years_after(dt.date(2024, 2, 29)) == dt.date(2028, 2, 28)
    assert services.four_years_after(dt.date(2096, 2, 29)) == dt.date(2100, 2, 27)


# The form


def fields_of(candidacies: list[Candidacy], **more: str) -> dict[str, str]:
    ana, bor, cilka = candidacies
    return {
        f"candidacy-{ana.pk}-first_round_share": "40.10",
        f"candidacy-{ana.pk}-elected": "yes",
        f"candidacy-{bor.pk}-elected": "no",
        f"candidacy-{cilka.pk}-elected": "",
        "takes_office": OFFICE.isoformat(),
        **more,
    }


def address(candidacies: list[Candidacy]) -> str:
    first = candidacies[0]
    return f"{reverse('candidacy:results')}?edition={first.edition_id}&municipality={first.municipality_id}"


def test_the_form_shows_what_follows_before_it_writes(candidacies: list[Candidacy]) -> None:
    client = client_of(person(ADMINISTRATORS))
    assert client.get(reverse("candidacy:results")).status_code == 200
    page = client.get(address(candidacies)).content.decode()
    assert all(row.person.name in page for row in candidacies)
    preview = client.post(address(candidacies), fields_of(candidacies, action="preview"))
    assert 'id="consequences"' in preview.content.decode()
    assert not Mandate.objects.exists()
    previewed = preview.context["previewed"]
    changed = fields_of(candidacies, action="write", previewed=previewed, takes_office="2022-12-06")
    assert client.post(address(candidacies), changed).status_code == 200, "it is another thing than was shown"
    assert not Mandate.objects.exists()
    written = client.post(address(candidacies), fields_of(candidacies, action="write", previewed=previewed))
    assert written.status_code == 302
    assert Mandate.objects.get().candidacy == candidacies[0]
    assert Candidacy.objects.get(pk=candidacies[2].pk).elected is None


def test_the_form_names_what_is_wrong_and_keeps_what_was_typed(candidacies: list[Candidacy]) -> None:
    client = client_of(person(ADMINISTRATORS))
    wrong = {f"candidacy-{candidacies[1].pk}-elected": "yes", "action": "preview"}
    answer = client.post(address(candidacies), fields_of(candidacies) | wrong)
    assert answer.status_code == 422
    assert "40.10" in answer.content.decode()
    bad = fields_of(candidacies, action="preview", planned_end="2020-01-01")
    assert client.post(address(candidacies), bad).status_code == 422
    assert not Candidacy.objects.exclude(elected=None).exists()


@pytest.mark.parametrize("role", [EDITORS, MONITORS, REVIEWERS])
def test_results_are_for_administrators(candidacies: list[Candidacy], role: str) -> None:
    hub = factories.HubFactory(covers=[candidacies[0].municipality])
    client = client_of(person(role, hub))
    for answer in (client.get(address(candidacies)), client.post(address(candidacies), fields_of(candidacies))):
        assert answer.status_code in (302, 403)
        assert not answer.get("Location", "").startswith("/admin/candidacy")
    assert not Mandate.objects.exists()


# The end


@pytest.fixture
def mandate() -> Mandate:
    made: Mandate = factories.MandateFactory(
        candidacy__edition__state=EditionState.RUNNING, start=OFFICE, planned_end=dt.date(2025, 12, 4)
    )
    return made


def pledge_of(mandate: Mandate, **fields: Any) -> Pledge:
    programme = mandate.candidacy.programmes.first() or factories.ProgrammeFactory(candidacy=mandate.candidacy)
    made: Pledge = factories.PledgeFactory(programme=programme, published=True, **fields)
    return made


def test_the_end_leaves_final_assessments_due(mandate: Mandate) -> None:
    open_one, kept = pledge_of(mandate), pledge_of(mandate)
    untestable = pledge_of(mandate, testability="not_testable")
    factories.AssessmentFactory(pledge=kept, status=Status.FULFILLED, published=True)
    due = services.end_mandate(mandate, dt.date(2025, 12, 4), MandateEndReason.TERM)
    assert list(due) == [open_one]
    open_one.refresh_from_db()
    assert open_one.current.next_check is None
    client = client_of(person(ADMINISTRATORS))
    listed = client.get(f"{reverse('pledge:index')}?check=final").content.decode()
    assert open_one.public_id in listed
    assert kept.public_id not in listed
    assert untestable.public_id not in listed
    assert "check=final" in client.get(reverse("wagtailadmin_home")).content.decode()
    draft = factories.AssessmentFactory(
        pledge=open_one, status=Status.NOT_FULFILLED, effective_date=dt.date(2025, 12, 4), author=UserFactory()
    )
    publish(draft, UserFactory())
    assert not Pledge.objects.unassessed_in_the_end().exists()


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (dt.date(2022, 12, 4), MandateEndReason.RESIGNATION),
        (dt.date(2100, 1, 1), MandateEndReason.TERM),
        (dt.date(2024, 1, 1), MandateEndReason.TERM),
    ],
)
def test_an_end_that_cannot_be_is_refused(mandate: Mandate, end: dt.date, reason: MandateEndReason) -> None:
    with pytest.raises(services.RuleViolation):
        services.end_mandate(mandate, end, reason)
    mandate.refresh_from_db()
    assert mandate.end is None


def test_an_early_end_brings_the_failure_forward_and_happens_once(mandate: Mandate) -> None:
    pledge = pledge_of(mandate)
    day = dt.date(2024, 3, 1)
    services.end_mandate(mandate, day, MandateEndReason.RESIGNATION)
    with pytest.raises(services.RuleViolation):
        services.end_mandate(mandate, day, MandateEndReason.RESIGNATION)
    draft = factories.AssessmentFactory(pledge=pledge, status=Status.NOT_FULFILLED, effective_date=day)
    assert publish(draft, UserFactory()).published_at


def test_the_admin_ends_a_mandate(mandate: Mandate) -> None:
    pledge_of(mandate)
    address = reverse("mandate:end_mandate", args=[mandate.pk])
    monitor = client_of(person(MONITORS, factories.HubFactory(covers=[mandate.municipality])))
    assert monitor.post(address, {"end": "2024-03-01", "end_reason": "death"}).status_code in (302, 403)
    assert Mandate.objects.get(pk=mandate.pk).end is None
    administrator = client_of(person(ADMINISTRATORS))
    assert administrator.get(address).status_code == 200
    assert administrator.post(address, {"end": "2100-03-01", "end_reason": "death"}).status_code == 200
    assert administrator.post(address, {"end": "2024-03-01", "end_reason": "death"}).status_code == 302
    assert Mandate.objects.get(pk=mandate.pk).end_reason == "death"


def test_the_command_ends_one_or_all_of_an_edition(mandate: Mandate, capsys: pytest.CaptureFixture[str]) -> None:
    year = mandate.candidacy.edition.year
    call_command("end_mandate", mandate.public_id, "--on", "2025-12-04", "--dry-run")
    assert Mandate.objects.get(pk=mandate.pk).end is None
    call_command("end_mandate", "--edition", str(year), "--on", "2025-12-04")
    assert Mandate.objects.get(pk=mandate.pk).end == dt.date(2025, 12, 4)
    with pytest.raises(SystemExit):
        call_command("end_mandate", mandate.public_id, "--on", "2025-12-04")
    for wrong in (["--on", "2025-12-04"], ["mandate-0", "--on", "2025-12-04"], [mandate.public_id, "--on", "jutri"]):
        with pytest.raises(CommandError):
            call_command("end_mandate", *wrong)


# The successor


def successor_of(mandate: Mandate) -> Mandate:
    made: Mandate = factories.MandateFactory(
        candidacy__municipality=mandate.municipality,
        candidacy__edition__year=2026,
        candidacy__edition__state=EditionState.RUNNING,
        predecessor=mandate,
        start=dt.date(2025, 12, 5),
        planned_end=dt.date(2029, 12, 4),
    )
    return made


def test_a_successor_carries_pledges_over_as_drafts(mandate: Mandate) -> None:
    topic = factories.TopicFactory()
    pledge, other = pledge_of(mandate, topics=[topic]), pledge_of(mandate)
    successor, by, earlier = successor_of(mandate), UserFactory(), UserFactory()
    PledgeAuthor.objects.create(pledge=pledge, user=earlier)
    with pytest.raises(services.RuleViolation, match="."):
        services.carry_over(successor, [pledge], by)
    programme = factories.ProgrammeFactory(candidacy=successor.candidacy)
    (draft,) = services.carry_over(successor, [pledge], by)
    assert (draft.state, draft.programme, draft.carried_over_from) == (PledgeState.DRAFT, programme, pledge)
    assert (draft.quote, draft.title, list(draft.topics.all())) == (pledge.quote, pledge.title, [topic])
    assert draft.page is None
    assert set(draft.authors.all()) == {by, earlier}
    assert list(services.carriable(successor)) == [other]
    for wrong in ([pledge], [], [draft], [factories.PledgeFactory(published=True)]):
        with pytest.raises(services.RuleViolation):
            services.carry_over(successor, wrong, by)


def test_what_is_carried_over_reads_as_amended(mandate: Mandate) -> None:
    pledge, successor = pledge_of(mandate, responsible_body="Oddelek za promet"), successor_of(mandate)
    for part, words in (("responsible_body", "Oddelek za mobilnost"), ("quote", "Uredili bomo trg.")):
        services.publish_amendment(factories.AmendmentFactory(pledge=pledge, part=part, after=words), UserFactory())
    factories.ProgrammeFactory(candidacy=successor.candidacy)
    (draft,) = services.carry_over(successor, [pledge], UserFactory())
    draft.refresh_from_db()
    assert (draft.responsible_body, draft.quote) == ("Oddelek za mobilnost", "Uredili bomo trg.")


def test_the_assessment_of_what_was_carried_over_begins_as_inherited(mandate: Mandate) -> None:
    pledge, successor = pledge_of(mandate), successor_of(mandate)
    factories.ProgrammeFactory(candidacy=successor.candidacy)
    administrator = client_of(person(ADMINISTRATORS))
    address = reverse("mandate:carry_over", args=[successor.pk])
    assert administrator.post(address, {"pledges": [pledge.pk]}).status_code == 302
    draft = Pledge.objects.get(carried_over_from=pledge)
    published = services.publish_pledge(draft, UserFactory(), published_at=factories.PLEDGES_PUBLISHED)
    form = administrator.get(f"{reverse('assessment:add')}?pledge={published.pk}").context["form"]
    assert form.instance.inherited is True


# The archive


def test_an_archived_edition_takes_only_what_ends_it(mandate: Mandate) -> None:
    pledge, assessed = pledge_of(mandate), pledge_of(mandate)
    first = factories.AssessmentFactory(pledge=assessed, status=Status.IN_PROGRESS, published=True)
    services.end_mandate(mandate, dt.date(2025, 12, 4), MandateEndReason.TERM)
    edition = mandate.candidacy.edition
    edition.state = EditionState.ARCHIVED
    edition.save()
    pledge, assessed = Pledge.objects.get(pk=pledge.pk), Pledge.objects.get(pk=assessed.pk)
    with pytest.raises(services.RuleViolation):
        services.submit_for_review(factories.PledgeFactory(programme=pledge.programme), UserFactory())
    with pytest.raises(services.RuleViolation):
        publish(
            factories.AssessmentFactory(pledge=pledge, status=Status.IN_PROGRESS, effective_date=dt.date(2025, 12, 4)),
            UserFactory(),
        )
    day = dt.date(2025, 12, 4)
    final = factories.AssessmentFactory(pledge=pledge, status=Status.PARTLY, effective_date=day)
    assert publish(final, UserFactory()).published_at
    retraction = factories.AssessmentFactory(
        pledge=assessed, status=Status.IN_PROGRESS, kind="retraction", supersedes=first, effective_date=day
    )
    assert publish(retraction, UserFactory()).published_at
    correction = factories.CorrectionFactory(pledge=pledge)
    services.publish_correction(correction)
    page = Client().get(reverse("pledges:pledge", args=[pledge.public_id])).content.decode()
    timeline = page.partition('<ol class="timeline">')[2].partition("</ol>")[0]
    assert timeline.count('<span class="late">') == 2
    assert Assessment.objects.get(pk=first.pk).published_at


def test_what_was_published_before_the_end_is_not_marked(mandate: Mandate) -> None:
    pledge = pledge_of(mandate)
    factories.AssessmentFactory(pledge=pledge, status=Status.FULFILLED, published=True)
    services.end_mandate(mandate, dt.date(2025, 12, 4), MandateEndReason.TERM)
    page = Client().get(reverse("pledges:pledge", args=[pledge.public_id])).content.decode()
    assert '<span class="late">' not in page.partition('<ol class="timeline">')[2].partition("</ol>")[0]
