"""The extraction desk: each alone, places in the text, who may do what, and what becomes of two readings."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from pledges import factories, services
from pledges.enums import EditionState, MarkOutcome, PledgeState
from pledges.models import Extraction, ExtractionAgreement, ExtractionMark, Pledge, Programme
from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person
from tests.whole_site.words import text_of
from zaveza import clock
from zaveza.users.models import User

pytestmark = pytest.mark.django_db

SECRET = "Skrivna oznaka prve osebe"
# Sentences 1 to 5; the fourth holds two actions.
FIRST_ACTION, SECOND_ACTION = "Uvedli bomo večletni razpis", "odprli dom za društva"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def programme() -> Programme:
    made: Programme = factories.ProgrammeTextFactory().programme
    return made


@pytest.fixture
def hub(programme: Programme) -> Any:
    return factories.HubFactory(covers=[programme.candidacy.municipality])


@pytest.fixture
def first(hub: Any) -> User:
    return person(MONITORS, hub)


@pytest.fixture
def second(hub: Any) -> User:
    return person(MONITORS, hub)


@pytest.fixture
def reviewer() -> User:
    return person(REVIEWERS)


def at(name: str, programme: Programme, *more: Any) -> str:
    return reverse(f"extraction:{name}", args=[programme.pk, *more])


def words_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def extract(programme: Programme, extractor: User, *marks: tuple[int, str], finished: bool = True) -> Extraction:
    made: Extraction = factories.ExtractionFactory(
        programme=programme, extractor=extractor, marks=marks, finished=finished
    )
    return made


def filled(**given: Any) -> dict[str, Any]:
    """The form of a mark as a browser sends it."""
    return {
        "first_sentence": 2,
        "last_sentence": 2,
        "exact": "",
        "title": "Center za mlade",
        "kind": "action",
        "testability": "testable",
        "interpretation": "",
        "due_date": "2024-01-01",
        "due_precision": "day",
        "note": "",
        **given,
    }


class TestPlaces:
    """Where a mark stands follows from its sentences and words."""

    def test_whole_sentences(self, programme: Programme, first: User) -> None:
        mark = factories.ExtractionMarkFactory(
            extraction=extract(programme, first, finished=False), first_sentence=3, last_sentence=4
        )
        assert mark.exact == "Prostora je malo. Uvedli bomo večletni razpis in odprli dom za društva."
        assert (mark.page, mark.paragraph, mark.prefix, mark.suffix) == (None, 2, "", " Hvala za zaupanje.")

    def test_two_actions_of_one_sentence_are_two_marks(self, programme: Programme, first: User) -> None:
        extraction = extract(programme, first, (4, FIRST_ACTION), (4, SECOND_ACTION), finished=False)
        one, two = extraction.marks.all()
        assert (one.first_sentence, two.first_sentence) == (4, 4)
        assert (one.prefix, one.suffix[:14]) == ("Prostora je malo. ", " in odprli dom")
        assert two.prefix.endswith("razpis in ")

    def test_words_narrow_the_sentences(self, programme: Programme, first: User) -> None:
        mark = ExtractionMark(
            extraction=extract(programme, first, finished=False),
            first_sentence=3,
            last_sentence=5,
            exact="večletni   razpis",
            title="Razpis",
        )
        services.save_mark(mark)
        assert (mark.exact, list(mark.numbers)) == ("večletni razpis", [4])

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"exact": "Tega tam ni"}, "exact"),
            ({"exact": "Uvedli bomo"}, "exact"),
            ({"last_sentence": 3}, "last_sentence"),
            ({"last_sentence": 1}, "last_sentence"),
            ({"last_sentence": "x"}, "last_sentence"),
            ({"first_sentence": 99, "last_sentence": 99}, "last_sentence"),
            ({"first_sentence": "abc"}, "first_sentence"),
            ({"title": ""}, "title"),
            ({"testability": "testable_as_interpreted"}, "interpretation"),
            ({"due_date": "31. 2. 2024"}, "due_date"),
        ],
    )
    def test_what_does_not_fit_is_said(
        self, programme: Programme, first: User, given: dict[str, Any], field: str
    ) -> None:
        extract(programme, first, finished=False)
        answer = client_of(first).post(at("mark", programme), filled(**given))
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
        assert not ExtractionMark.objects.exists()

    def test_only_within_one_paragraph(self, programme: Programme, first: User) -> None:
        mark = ExtractionMark(extraction=extract(programme, first, finished=False), first_sentence=2, last_sentence=3)
        with pytest.raises(ValidationError, match="one paragraph"):
            services.save_mark(mark)


class TestDesk:
    """One person at work, without JavaScript."""

    def test_from_start_to_finish(self, programme: Programme, first: User) -> None:
        client = client_of(first)
        assert programme in client.get(reverse("extraction:index")).context["page_obj"]
        client.post(at("start", programme))
        page = client.get(at("desk", programme))
        assert 'href="?first=4#mark-form"' in page.content.decode()
        form = client.get(at("desk", programme), {"first": 3, "last": 4, "exact": FIRST_ACTION}).context["form"]
        assert (form["last_sentence"].value(), form["exact"].value()) == (4, FIRST_ACTION)
        assert [number for number, _words in form.fields["last_sentence"].choices] == [3, 4, 5]
        client.post(at("mark", programme), filled())
        mark = ExtractionMark.objects.get()
        assert (mark.exact, mark.due_date) == (
            "Do 1. januarja 2024 bomo uredili center za mlade.",
            dt.date(2024, 1, 1),
        )
        assert 'id="mark-' in client.get(at("desk", programme)).content.decode()
        assert client.get(at("mark_edit", programme, mark.pk)).context["form"]["title"].value() == "Center za mlade"
        client.post(at("mark_edit", programme, mark.pk), filled(title="Novo ime"))
        mark.refresh_from_db()
        assert mark.title == "Novo ime"
        client.post(at("mark", programme), filled(title="Odveč"))
        client.post(at("mark_delete", programme, ExtractionMark.objects.get(title="Odveč").pk))
        client.post(at("finish", programme))
        assert Extraction.objects.get().is_finished
        assert ExtractionMark.objects.count() == 1
        assert not ExtractionAgreement.objects.exists()

    @pytest.mark.parametrize(
        "query", ["first=0", "first=6", "first=99999999999", "first=a", "first=²", "last=3", "x=1"]
    )
    def test_odd_addresses_give_the_page_without_a_form(self, programme: Programme, first: User, query: str) -> None:
        extract(programme, first, finished=False)
        page = client_of(first).get(f"{at('desk', programme)}?{query}")
        assert page.status_code == 200
        assert page.context["form"] is None

    def test_a_finished_extraction_is_reopened_only_before_the_other_is(
        self, programme: Programme, first: User, second: User
    ) -> None:
        own, client = extract(programme, first, (2, "")), client_of(first)
        assert not client.get(at("desk", programme)).context["may_mark"]
        client.post(at("mark", programme), filled())
        client.post(at("mark_delete", programme, own.marks.get().pk))
        assert own.marks.count() == 1
        client.post(at("reopen", programme))
        client.post(at("mark", programme), filled())
        client.post(at("finish", programme))
        extract(programme, second, (4, ""))
        client.post(at("reopen", programme))
        own.refresh_from_db()
        assert own.is_finished
        assert own.marks.count() == 2

    def test_two_people_and_no_third(self, programme: Programme, first: User, second: User, hub: Any) -> None:
        extract(programme, first, finished=False)
        extract(programme, second, finished=False)
        third = client_of(person(MONITORS, hub))
        assert not third.get(at("desk", programme)).context["may_start"]
        assert "dve osebi" in words_of(third.post(at("start", programme), follow=True))
        assert "že izpisujete" in words_of(client_of(first).post(at("start", programme), follow=True))
        assert programme.extractions.count() == 2
        with pytest.raises(IntegrityError), transaction.atomic():
            Extraction.objects.create(programme=programme, extractor=person(MONITORS), place=2, started_at=clock.now())

    def test_an_archived_edition_takes_none(self, programme: Programme, first: User) -> None:
        edition = programme.candidacy.edition
        edition.state = EditionState.ARCHIVED
        edition.save()
        client_of(first).post(at("start", programme))
        assert not Extraction.objects.exists()


class TestImportedAgreement:
    """A programme that was extracted elsewhere comes with its figures, and without the marks."""

    @pytest.fixture
    def agreement(self, programme: Programme, reviewer: User) -> ExtractionAgreement:
        made: ExtractionAgreement = ExtractionAgreement.objects.create(
            programme=programme,
            units=40,
            both=10,
            only_first=3,
            only_second=1,
            computed_at=clock.now(),
            settled_by=reviewer,
            published_at=clock.now(),
        )
        return made

    def test_nobody_extracts_it_anew(self, programme: Programme, first: User, agreement: ExtractionAgreement) -> None:
        page = client_of(first).get(at("desk", programme))
        assert not page.context["may_start"]
        assert "izpisan drugje" in page.content.decode()
        assert at("settlement", programme) not in page.content.decode(), "there are no marks to compare"
        assert "izpisan drugje" in words_of(client_of(first).post(at("start", programme), follow=True))
        assert not Extraction.objects.exists()
        free = client_of(first).get(reverse("extraction:index"), {"stage": "free"})
        assert free.context["paginator"].count == 0

    def test_what_was_begun_before_does_not_replace_it(
        self, programme: Programme, first: User, second: User, request: pytest.FixtureRequest
    ) -> None:
        extract(programme, first, (2, ""))
        begun = extract(programme, second, (2, ""), finished=False)
        agreement = request.getfixturevalue("agreement")
        assert "izpisan drugje" in words_of(client_of(second).post(at("finish", programme), follow=True))
        begun.refresh_from_db()
        assert not begun.is_finished
        assert ExtractionAgreement.objects.get().units == agreement.units


class TestIndependence:
    """Nobody sees what the other marked before both have finished."""

    @pytest.fixture
    def secret(self, programme: Programme, first: User) -> ExtractionMark:
        extraction = extract(programme, first, finished=False)
        mark: ExtractionMark = factories.ExtractionMarkFactory(
            extraction=extraction, first_sentence=4, exact=FIRST_ACTION, title=SECRET, note=SECRET
        )
        services.finish_extraction(extraction)
        return mark

    def addresses(self, programme: Programme, mark: ExtractionMark) -> list[str]:
        return [
            reverse("extraction:index"),
            reverse("extraction:index_results"),
            f"{reverse('extraction:index')}?q=Skrivna",
            f"{reverse('extraction:index')}?export=csv",
            at("desk", programme),
            f"{at('desk', programme)}?first=4",
            at("settlement", programme),
            at("mark_edit", programme, mark.pk),
            *(reverse(f"programme:{view}", args=[programme.pk]) for view in ("inspect", "history", "usage", "edit")),
            reverse("pledge:index"),
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_reports:site_history"),
            reverse("pledges:programme", args=[programme.public_id]),
        ]

    @pytest.mark.parametrize("role", [MONITORS, REVIEWERS, ADMINISTRATORS])
    @pytest.mark.parametrize("begun", [False, True])
    def test_no_view_shows_the_marks_of_the_other(
        self, programme: Programme, secret: ExtractionMark, hub: Any, role: str, begun: bool
    ) -> None:
        other = person(role, hub if role == MONITORS else None)
        if begun:
            extract(programme, other, (2, ""), finished=False)
        client = client_of(other)
        for address in self.addresses(programme, secret):
            answer = client.get(address, follow=True)
            assert SECRET not in text_of(answer), address
            assert f"mark-{secret.pk}" not in text_of(answer), address
        for name in ("mark_edit", "mark_delete"):
            client.post(at(name, programme, secret.pk), filled(title="Prepisano"))
        secret.refresh_from_db()
        assert secret.title == SECRET
        assert list(services.visible_marks(programme, other).filter(pk=secret.pk)) == []

    def test_both_see_everything_once_both_have_finished(
        self, programme: Programme, secret: ExtractionMark, first: User, second: User
    ) -> None:
        extract(programme, second, (4, ""))
        for user in (first, second, person(REVIEWERS)):
            page = client_of(user).get(at("settlement", programme))
            assert SECRET in page.content.decode()
        assert SECRET not in Client().get(reverse("pledges:programme", args=[programme.public_id])).content.decode()

    def test_what_was_seen_is_not_changed(self, programme: Programme, secret: ExtractionMark, second: User) -> None:
        other = extract(programme, second, (4, ""))
        for extraction in (secret.extraction, other):
            with pytest.raises(ValidationError):
                services.reopen_extraction(extraction)
            with pytest.raises(ValidationError):
                services.remove_mark(extraction.marks.first())


class TestAccess:
    """Roles and hubs."""

    def test_other_hubs_and_roles_reach_nothing(self, programme: Programme, first: User, second: User) -> None:
        mark = extract(programme, first, (2, "")).marks.get()
        extract(programme, second, (2, ""))
        before = ExtractionMark.objects.values().get(pk=mark.pk)
        foreign = person(MONITORS, factories.HubFactory(covers=[factories.MunicipalityFactory()]))
        names = ["desk", "start", "finish", "reopen", "read", "mark", "settlement", "agreed", "close"]
        addresses = [*(at(name, programme) for name in names), at("mark_edit", programme, mark.pk)]
        for user in (foreign, person(MONITORS), person(EDITORS)):
            client = client_of(user)
            for address in [*addresses, at("mark_delete", programme, mark.pk)]:
                for answer in (client.get(address), client.post(address, filled())):
                    assert answer.status_code == 302, address
                    assert answer.url == reverse("wagtailadmin_home"), address
        assert programme not in client_of(foreign).get(reverse("extraction:index")).context["page_obj"]
        assert ExtractionMark.objects.values().get(pk=mark.pk) == before
        assert Client().get(addresses[0]).url.startswith(reverse("wagtailadmin_login"))

    def test_editors_do_not_see_the_desk_in_the_menu(self) -> None:
        home = client_of(person(EDITORS)).get(reverse("wagtailadmin_home")).content.decode()
        assert reverse("extraction:index") not in home

    def test_reviewers_settle_but_do_not_extract(self, programme: Programme, reviewer: User) -> None:
        client = client_of(reviewer)
        assert client.get(at("desk", programme)).status_code == 200
        assert client.post(at("start", programme)).url == reverse("wagtailadmin_home")
        assert client.post(at("mark", programme), filled()).url == reverse("wagtailadmin_home")
        assert not Extraction.objects.exists()

    def test_nobody_settles_the_own_extraction(self, programme: Programme, first: User) -> None:
        administrator = person(ADMINISTRATORS)
        extract(programme, first, (2, ""))
        extract(programme, administrator, (2, ""))
        client = client_of(administrator)
        assert client.get(at("settlement", programme)).context["form"] is None
        client.post(at("agreed", programme))
        client.post(at("close", programme))
        client_of(first).post(at("close", programme))
        assert ExtractionAgreement.objects.get().published_at is None
        with pytest.raises(ValidationError):
            services.accept_agreed(programme, administrator)


class TestSettlement:
    """What a reviewer makes of two readings."""

    @pytest.fixture
    def read(self, programme: Programme, first: User, second: User) -> tuple[Extraction, Extraction]:
        """Both marked the second sentence alike; of the fourth one person made two pledges, the other one."""
        return (
            extract(programme, first, (2, ""), (4, FIRST_ACTION), (4, SECOND_ACTION)),
            extract(programme, second, (2, ""), (4, ""), (5, "")),
        )

    def test_agreement_is_computed_when_both_have_finished(
        self, programme: Programme, read: tuple[Extraction, Extraction]
    ) -> None:
        agreement = programme.agreement
        assert (agreement.units, agreement.both, agreement.only_first, agreement.only_second) == (5, 2, 0, 1)
        assert (agreement.same, agreement.neither) == (4, 2)
        assert agreement.alpha == Decimal("0.64")  # 1 - 9 * 1 / (5 * 5)
        agreement.both = 3
        with pytest.raises(ValueError, match="never change"):
            agreement.save()

    def test_differences_stand_side_by_side(self, programme: Programme, read: Any) -> None:
        rows = services.differences(ExtractionMark.objects.select_related("extraction"))
        assert [(len(row.first), len(row.second), row.is_agreed) for row in rows] == [
            (1, 1, True),
            (2, 1, False),
            (0, 1, False),
        ]

    def test_from_two_readings_to_draft_pledges(self, programme: Programme, read: Any, reviewer: User) -> None:
        client = client_of(reviewer)
        (alike, one, two), (_alike, whole, thanks) = (list(extraction.marks.all()) for extraction in read)
        public = reverse("pledges:programme", args=[programme.public_id])
        client.post(at("agreed", programme))
        page = client.get(at("settlement", programme))
        assert page.context["open_count"] == 4
        client.post(at("close", programme))
        assert not Pledge.objects.exists()
        assert "alpha" not in Client().get(public).content.decode()
        decided = {
            f"outcome_{one.pk}": "accepted",
            f"outcome_{two.pk}": "accepted",
            f"outcome_{whole.pk}": f"merged-{one.pk}",
            f"outcome_{thanks.pk}": "rejected",
        }
        refused = client.post(at("settlement", programme), decided)
        assert set(refused.context["form"].errors) == {f"reason_{thanks.pk}"}
        assert thanks.pk not in {mark.pk for mark in ExtractionMark.objects.filter(decision__isnull=False)}
        client.post(at("settlement", programme), {**decided, f"reason_{thanks.pk}": "Zahvala."})
        client.post(at("close", programme))
        pledges = list(Pledge.objects.order_by("pk"))
        assert [pledge.quote for pledge in pledges] == [alike.exact, FIRST_ACTION, SECOND_ACTION]
        assert {pledge.state for pledge in pledges} == {PledgeState.DRAFT}
        assert [(pledge.programme_id, pledge.paragraph, pledge.quote_prefix) for pledge in pledges[1:]] == [
            (programme.pk, 2, one.prefix),
            (programme.pk, 2, two.prefix),
        ]
        assert pledges[0].title == alike.title
        first, second = (extraction.extractor for extraction in read)
        assert [set(pledge.authors.all()) for pledge in pledges] == [{first, second}, {first, second}, {first}]
        alike.refresh_from_db()
        assert alike.decision.pledge == pledges[0]
        shown = Client().get(public).content.decode()
        assert "0,64" in shown or "0.64" in shown
        assert reviewer.email not in shown
        assert "zaključeno" in words_of(client.post(at("close", programme), follow=True))
        assert Pledge.objects.count() == 3

    def test_a_mark_is_merged_only_into_one_that_becomes_a_pledge(
        self, programme: Programme, read: Any, reviewer: User
    ) -> None:
        (_alike, one, two), (_other, whole, _thanks) = (list(extraction.marks.all()) for extraction in read)
        merged = services.Decision(MarkOutcome.MERGED, into=one.pk)
        with pytest.raises(ValidationError):
            services.decide(programme, {whole.pk: merged}, reviewer)
        with pytest.raises(ValidationError):
            services.decide(programme, {one.pk: merged}, reviewer)
        services.decide(programme, {whole.pk: merged, one.pk: services.Decision(MarkOutcome.ACCEPTED)}, reviewer)
        with pytest.raises(ValidationError):
            services.decide(programme, {one.pk: services.Decision(MarkOutcome.REJECTED, reason="Ne.")}, reviewer)
        with pytest.raises(ValidationError):
            services.decide(programme, {10**6: services.Decision(MarkOutcome.ACCEPTED)}, reviewer)
        whole.refresh_from_db()
        assert whole.decision.merged_into == one
        assert not hasattr(two, "decision")

    def test_undefined_alpha_is_said_in_words(
        self, programme: Programme, first: User, second: User, reviewer: User
    ) -> None:
        extract(programme, first)
        extract(programme, second)
        assert programme.agreement.alpha is None
        assert client_of(reviewer).get(at("settlement", programme)).status_code == 200
        assert services.close_settlement(programme, reviewer) == []
        page = Client().get(reverse("pledges:programme", args=[programme.public_id])).content.decode()
        assert "5" in page
        assert "Krippendorff" in page
        assert "None" not in page

    def test_an_agreement_is_public_with_its_programme_only(
        self, programme: Programme, read: Any, reviewer: User
    ) -> None:
        agreement = ExtractionAgreement.objects.get()
        ExtractionAgreement.objects.filter(pk=agreement.pk).update(settled_by=reviewer, published_at=clock.now())
        assert ExtractionAgreement.objects.public().exists()
        Programme.objects.filter(pk=programme.pk).update(published_at=None)
        assert not ExtractionAgreement.objects.public().exists()


def test_the_list_takes_the_same_queries_however_many_programmes(
    programme: Programme,
) -> None:
    client, counts = client_of(person(ADMINISTRATORS)), []
    for more in (1, 15):
        for _number in range(more):
            extract(factories.ProgrammeTextFactory().programme, person(MONITORS), (2, ""))
        client.get(reverse("extraction:index"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("extraction:index"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("stage", "found"), [("mine", 1), ("free", 3), ("settle", 1), ("settled", 0), ("x", 5)])
def test_the_list_is_filtered_by_stage(first: User, second: User, stage: str, found: int) -> None:
    administrator = person(ADMINISTRATORS)
    # With the programme of the two people's hub they are five.
    done, begun, taken, _untouched = (factories.ProgrammeTextFactory().programme for _number in range(4))
    for user in (first, second):
        extract(done, user, (2, ""))
        extract(taken, user, (2, ""), finished=False)
    extract(begun, administrator, finished=False)
    page = client_of(administrator).get(reverse("extraction:index"), {"stage": stage})
    assert page.context["paginator"].count == found
