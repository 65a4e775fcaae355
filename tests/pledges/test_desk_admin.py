"""The desk in the admin: each step by role, and the page whose numbers lead to their lists."""

import datetime as dt
import html
import itertools

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst

from pledges import factories, services
from pledges.enums import LinkPurpose, LinkState, Stage
from pledges.models import Assessment, CandidacyLink, EvidenceState, Pledge, PledgeStatus, Reply
from pledges.services.approvals import SEALED, SEALED_OF_SOURCE
from zaveza import clock
from zaveza.mail.enums import MailState
from zaveza.mail.models import OutgoingMail

from .admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person

pytestmark = pytest.mark.django_db
HOME = "/admin/"


@pytest.fixture
def pledge() -> Pledge:
    record: Pledge = factories.PledgeFactory(published=True, due_date=dt.date(2026, 6, 1))
    CandidacyLink.objects.create(
        candidacy=record.programme.candidacy,
        purpose=LinkPurpose.REPLY,
        email="kandidatka@example.si",
        expires_at=clock.now() + dt.timedelta(days=90),
    )
    return record


@pytest.fixture
def hub(pledge):
    return factories.HubFactory(covers=[pledge.municipality])


@pytest.fixture
def author(hub):
    return person(MONITORS, hub)


@pytest.fixture
def reader():
    return person(REVIEWERS)


@pytest.fixture
def draft(pledge, author) -> Assessment:
    record: Assessment = factories.AssessmentFactory(
        pledge=pledge, author=author, evidence=[factories.EvidenceFactory(pledge=pledge)]
    )
    return record


def step(client: Client, draft: Assessment, code: str, **data: str):
    return client.post(reverse(f"assessment:{code}", args=[draft.pk]), {"has_interest": "no", **data})


def offered(client: Client, record, name: str = "assessment") -> set[str]:
    text = client.get(reverse(f"{name}:inspect", args=[record.pk])).text
    codes = ("confirm",) if name == "pledge" else ("submit", "approve", "publish", "return")
    urls = {code: reverse(f"{name}:{code}", args=[record.pk]) for code in codes}
    return {code for code, url in urls.items() if f'href="{url}"' in text}


def test_each_step_is_offered_to_whom_it_belongs(draft, author, reader) -> None:
    monitor, reviewer = client_of(author), client_of(reader)
    assert (offered(monitor, draft), offered(reviewer, draft)) == ({"submit"}, set())
    assert monitor.get(reverse("assessment:submit", args=[draft.pk])).status_code == 200
    assert step(monitor, draft, "submit").status_code == 302
    assert (offered(monitor, draft), offered(reviewer, draft)) == ({"return"}, {"approve", "return"})
    assert draft.summary in reviewer.get(reverse("assessment:approve", args=[draft.pk])).text
    assert step(reviewer, draft, "approve", window="open").status_code == 302
    assert (offered(monitor, draft), offered(reviewer, draft)) == ({"return"}, {"return"})
    OutgoingMail.objects.update(state=MailState.SENT)
    services.record_answer(draft.replies.get(), "Besede županje.", clock.now())
    assert (offered(monitor, draft), offered(reviewer, draft)) == ({"return"}, {"publish", "return"})
    assert "Besede županje." in reviewer.get(reverse("assessment:publish", args=[draft.pk])).text
    assert step(reviewer, draft, "publish").status_code == 302
    draft.refresh_from_db()
    assert draft.stage == Stage.PUBLISHED
    assert str(reader) in monitor.get(reverse("assessment:inspect", args=[draft.pk])).text


def test_the_second_reader_sees_all_that_is_sealed(draft, author, reader, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    evidence = draft.evidence.get()
    fields = {
        "late": True,
        "reason": "council",
        "inherited": True,
        "verification": "on_site",
        "openness": "closed",
        "outlook": "at_risk",
        "outcome": "marginal",
        "reasoning": "Zapisnik seje to potrjuje.",
        "methodology_version": "7.25",
        "effective_date": dt.date(2024, 11, 23),
    }
    Assessment.objects.filter(pk=draft.pk).update(**fields)
    evidence.publisher, evidence.url = "Občinski svet", "https://obcina.example.si/seja/12"
    evidence.published_on, evidence.accessed_on = dt.date(2024, 10, 21), dt.date(2024, 10, 22)
    evidence.excerpt, evidence.sha256 = "Svet je sprejel sklep.", "ab" * 32
    evidence.stored_copy.save("zapisnik-0.pdf", ContentFile(b"%PDF-1.4"), save=False)
    evidence.save()
    step(client_of(author), draft, "submit", has_interest="yes", interest="Delam na občini.")
    response = client_of(reader).get(reverse("assessment:approve", args=[draft.pk]))
    draft.refresh_from_db()
    page = html.unescape(response.text)
    for record, names in ((draft, SEALED), (evidence, SEALED_OF_SOURCE)):
        for name in names:
            field = record._meta.get_field(name.removesuffix("_id"))
            if name == "supersedes_id":
                continue
            assert capfirst(str(field.verbose_name)) in page, name
            value = getattr(record, field.name)
            if isinstance(value, bool):
                continue
            if isinstance(value, dt.date):
                value = formats.date_format(value, "SHORT_DATE_FORMAT")
            elif field.choices:
                value = getattr(record, f"get_{name}_display")()
            assert value, f"{name}: the test has nothing to look for"
            assert str(value) in page, name
    assert response.text.count("<dd>yes</dd>") + response.text.count("<dd>da</dd>") == 2
    assert f'href="{evidence.url}"' in response.text
    copy = evidence.stored_copy.url
    assert f'href="{copy}"' in response.text
    assert b"".join(client_of(reader).get(copy)) == b"%PDF-1.4"


def test_nobody_signs_without_saying_whether_they_have_an_interest(draft, author, reader) -> None:
    monitor = client_of(author)
    address = reverse("assessment:submit", args=[draft.pk])
    assert "has_interest" in monitor.post(address).context["form"].errors
    assert "interest" in monitor.post(address, {"has_interest": "yes"}).context["form"].errors
    monitor.post(address, {"has_interest": "yes", "interest": "Delam na občini."})
    draft.refresh_from_db()
    assert (draft.stage, draft.author_interest) == (Stage.SECOND_READER, "Delam na občini.")


def test_the_window_is_not_skipped_without_a_reason(draft, author, reader) -> None:
    step(client_of(author), draft, "submit")
    reviewer = client_of(reader)
    assert "skip_reason" in step(reviewer, draft, "approve", window="skip").context["form"].errors
    assert "window" in step(reviewer, draft, "approve").context["form"].errors
    step(reviewer, draft, "approve", window="skip", skip_reason="Odgovor poznamo.")
    draft.refresh_from_db()
    assert (draft.stage, draft.window_skipped) == (Stage.PUBLISHED, "Odgovor poznamo.")
    page = Client().get(f"/sl/pledges/{draft.pledge.public_id}/", follow=True)
    if page.status_code == 200:
        assert "Odgovor poznamo." in page.text


def test_an_open_window_is_an_error_of_the_form(draft, author, reader) -> None:
    step(client_of(author), draft, "submit")
    reviewer = client_of(reader)
    step(reviewer, draft, "approve", window="open")
    assert step(reviewer, draft, "publish").context["form"].non_field_errors()
    assert not Assessment.objects.public().exists()


def test_roles_are_kept_to_their_steps(draft, author, reader) -> None:
    monitor, reviewer, colleague = client_of(author), client_of(reader), person(MONITORS)
    factories.HubMemberFactory(user=colleague, hub=author.hub_membership.hub)
    stranger = client_of(person(MONITORS, factories.HubFactory()))
    editor = client_of(person(EDITORS))
    for code, client in itertools.product(("submit", "approve", "return", "publish"), (stranger, editor)):
        assert step(client, draft, code, comment="x").url == HOME, code
    step(client_of(colleague), draft, "submit")
    step(reviewer, draft, "submit")
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT, "a draft is its author's to hand over"
    step(monitor, draft, "submit")
    for code in ("approve", "publish"):
        assert step(monitor, draft, code, window="open").url == HOME
    assert step(client_of(colleague), draft, "return", comment="x").url == HOME
    draft.refresh_from_db()
    assert draft.stage == Stage.SECOND_READER
    for view in ("edit", "delete"):
        address = reverse(f"assessment:{view}", args=[draft.pk])
        assert monitor.post(address).url == reverse("assessment:inspect", args=[draft.pk])


def test_an_administrator_does_not_approve_the_own_draft(pledge) -> None:
    administrator = person(ADMINISTRATORS)
    draft = factories.AssessmentFactory(
        pledge=pledge, author=administrator, evidence=[factories.EvidenceFactory(pledge=pledge)]
    )
    client = client_of(administrator)
    step(client, draft, "submit")
    assert step(client, draft, "approve", window="open").context["form"].non_field_errors()


def test_returned_with_a_comment(draft, author, reader) -> None:
    step(client_of(author), draft, "submit")
    reviewer = client_of(reader)
    assert "comment" in step(reviewer, draft, "return").context["form"].errors
    step(reviewer, draft, "return", comment="Kje je zapisnik?")
    text = client_of(author).get(reverse("assessment:inspect", args=[draft.pk])).text
    assert "Kje je zapisnik?" in text
    assert client_of(author).get(reverse("assessment:edit", args=[draft.pk])).status_code == 200


def test_checked_unchanged_in_one_press_from_the_desk(pledge, author, reader) -> None:
    factories.AssessmentFactory(pledge=pledge, published=True, evidence=[factories.EvidenceFactory(pledge=pledge)])
    PledgeStatus.objects.filter(pledge=pledge).update(next_check=clock.today() - dt.timedelta(days=3))
    client = client_of(author)
    desk = reverse("pledges_desk")
    address = reverse("pledge:confirm", args=[pledge.pk])
    assert address in client.get(desk).text
    assert offered(client, pledge, "pledge") == {"confirm"}
    answer = client.post(address, {"has_interest": "no", "next": desk})
    assert answer.url == desk
    confirmation = Assessment.objects.get(kind="confirmation")
    assert (confirmation.stage, confirmation.author) == (Stage.SECOND_READER, author)
    assert address not in client.get(desk).text
    assert client.post(address, {"has_interest": "no"}).context["form"].non_field_errors()
    assert client_of(reader).post(address, {"has_interest": "no"}).url == HOME
    approve = client_of(reader).get(reverse("assessment:approve", args=[confirmation.pk])).context["form"]
    assert "window" not in approve.fields
    step(client_of(reader), confirmation, "approve")
    confirmation.refresh_from_db()
    assert confirmation.stage == Stage.PUBLISHED
    outside = client.post(address, {"has_interest": "no", "next": "https://elsewhere.example/"})
    assert outside.url.startswith("/admin/")


def test_words_that_came_by_the_link_are_not_edited(draft, author, reader) -> None:
    services.submit_assessment(draft, author)
    services.approve_assessment(draft, reader)
    reply = services.record_answer(draft.replies.get(), "Moje besede.", clock.now())
    client = client_of(author)
    address = reverse("reply:edit", args=[reply.pk])
    form = client.get(address).context["form"]
    assert "text" not in form.fields
    assert "Moje besede." in client.get(address).text
    client.post(
        address,
        {"pledge": reply.pledge_id, "assessment": draft.pk, "text": "Druge.", "state": "none", "editors_note": "Op."},
    )
    reply.refresh_from_db()
    assert (reply.text, reply.state, reply.editors_note) == ("Moje besede.", "received", "Op.")
    assert client.post(reverse("reply:publish", args=[reply.pk])).context["form"].non_field_errors()


# The page


def everything_waits(pledge: Pledge, author, reader) -> None:
    """One of each kind that the desk counts."""

    def another(**fields) -> Pledge:
        made: Pledge = factories.PledgeFactory(programme=pledge.programme, published=True, **fields)
        return made

    def draft_of(one: Pledge) -> Assessment:
        made: Assessment = factories.AssessmentFactory(
            pledge=one, author=author, evidence=[factories.EvidenceFactory(pledge=one)]
        )
        return made

    another()
    draft_of(another())
    services.submit_assessment(draft_of(another()), author)
    for due in (1, -1):
        draft = services.submit_assessment(draft_of(another()), author)
        services.approve_assessment(draft, reader)
        draft.replies.update(due_on=clock.today() + dt.timedelta(days=due))
    late = another()
    factories.AssessmentFactory(pledge=late, published=True)
    PledgeStatus.objects.filter(pledge=late).update(next_check=clock.today() - dt.timedelta(days=1))
    broken = factories.EvidenceFactory(pledge=late)
    EvidenceState.objects.update_or_create(evidence=broken, defaults={"link": LinkState.BROKEN})
    factories.TipFactory(pledge=None, municipality=pledge.municipality)


@pytest.mark.parametrize("role", [MONITORS, REVIEWERS, ADMINISTRATORS])
def test_every_number_is_that_of_the_list_behind_it(pledge, hub, author, reader, role) -> None:
    elsewhere = factories.PledgeFactory(published=True)
    everything_waits(pledge, author, reader)
    factories.HubFactory(covers=[elsewhere.municipality])
    user = {MONITORS: author, REVIEWERS: reader}.get(role) or person(role)
    client = client_of(user)
    for query in ({}, {"hub": hub.pk}):
        context = client.get(reverse("pledges_desk"), query).context
        seen = {pile.label for pile in context["piles"]}
        assert len(seen) == (9 if role == REVIEWERS else 10)
        for pile in context["piles"]:
            assert client.get(pile.url).context["paginator"].count == pile.count, pile
            assert pile.count, pile
        for row in context["coverage"]:
            if row.overdue:
                assert client.get(row.overdue_url).context["paginator"].count == row.overdue
        places = [row.municipality for row in context["coverage"]]
        assert pledge.municipality.name in places
        assert (elsewhere.municipality.name in places) == (role != MONITORS and not query)


def test_an_unknown_hub_is_all_hubs(pledge) -> None:
    client = client_of(person(ADMINISTRATORS))
    for value in ("999999", "x", "", "9" * 40, "١"):
        response = client.get(reverse("pledges_desk"), {"hub": value})
        assert response.status_code == 200
        assert response.context["hub"] is None


def test_a_monitor_does_not_choose_another_hub(pledge, hub, author) -> None:
    other = factories.HubFactory(covers=[factories.MunicipalityFactory()])
    context = client_of(author).get(reverse("pledges_desk"), {"hub": other.pk}).context
    assert context["hub"] == hub
    assert context["hubs"] == []


def test_editors_have_no_desk() -> None:
    client = client_of(person(EDITORS))
    assert client.get(reverse("pledges_desk")).url == HOME
    assert reverse("pledges_desk") not in client.get(HOME).text
    assert reverse("pledges_desk") in client_of(person(MONITORS, factories.HubFactory())).get(HOME).text


def test_the_page_takes_the_same_queries_for_many(pledge, hub, author, django_assert_num_queries, reader) -> None:
    client = client_of(author)

    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("pledges_desk")).status_code == 200
        return len(queries)

    def overdue_one() -> None:
        one = factories.PledgeFactory(programme=pledge.programme, published=True)
        factories.AssessmentFactory(pledge=one, published=True)
        PledgeStatus.objects.filter(pledge=one).update(next_check=clock.today() - dt.timedelta(days=1))
        Reply.objects.create(pledge=one, invited_on=clock.today(), due_on=clock.today())

    overdue_one()
    count()
    few = count()
    for _number in range(9):
        overdue_one()
    assert count() == few
    assert few <= 34
