"""Letters to followers: nothing lost, nothing twice, the same on every engine, nobody's address told."""

import datetime as dt
import re

import pytest
from django.core import mail as outbox
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

from search import services
from search.alert_links import Purpose, address_key, token_of
from search.follows import subject_of
from search.models import DocumentChange, IndexState, SearchAlert
from search.services import alerts, changes, digests
from zaveza import clock
from zaveza.mail.models import OutgoingMail
from zaveza.ticking import tick

pytestmark = pytest.mark.django_db

ADDRESS = "bralka@example.si"


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"
    settings.QUIET_PERIODS = []


def next_day(settings, days: int = 1) -> None:
    settings.TODAY = (dt.date.fromisoformat(settings.TODAY) + dt.timedelta(days=days)).isoformat()


def follow(query: str = "q=steza", email: str = ADDRESS, language: str = "sl") -> SearchAlert:
    with translation.override(language):
        alerts.ask_to_follow(email, subject_of("search", QueryDict(query)), language)
    alert = SearchAlert.objects.latest("pk")
    alerts.confirm(alert)
    alert.refresh_from_db()
    return alert


def digest() -> str:
    """What the run of today writes, all letters together."""
    known = set(OutgoingMail.objects.values_list("pk", flat=True))

    for outcome in tick(["follow_digests"]):
        assert not outcome.has_failed, outcome.message
    letters = OutgoingMail.objects.filter(kind="follow_digest").exclude(pk__in=known).order_by("pk")
    return "\n".join(letter.body for letter in letters)


class TestChanges:
    def test_only_another_content_is_a_change(self, pledges):
        group = pledges.index("Steza")
        [first] = DocumentChange.objects.all()
        assert (first.is_new, first.is_last) == (True, True)
        services.reindex_now("pledge", [group.pk])
        services.rebuild()
        services.rebuild(fresh=True)
        assert DocumentChange.objects.get() == first
        pledges.fields[group.pk]["body"] = "Druge besede"
        services.reindex_now("pledge", [group.pk])
        last = DocumentChange.objects.get(is_last=True)
        assert last.number > first.number
        assert not last.is_new
        assert DocumentChange.objects.count() == 2

    def test_a_new_text_analysis_is_none(self, pledges, monkeypatch):
        pledges.index("Steza")
        monkeypatch.setattr("search.services.rows.analysis_version", lambda: "another")
        services.rebuild(fresh=True)
        assert DocumentChange.objects.count() == 1

    def test_what_comes_back_is_new(self, pledges):
        group = pledges.index("Steza")
        pledges.hidden.add(group.pk)
        services.reindex_now("pledge", [group.pk])
        assert not DocumentChange.objects.exists()
        pledges.hidden.clear()
        services.reindex_now("pledge", [group.pk])
        assert DocumentChange.objects.get().is_new

    def test_replaced_changes_are_dropped_once_all_are_told(self, pledges, settings):
        group = pledges.index("Steza")
        follow()
        pledges.fields[group.pk]["body"] = "Druge besede"
        services.reindex_now("pledge", [group.pk])
        changes.prune_changes(clock.now())
        assert DocumentChange.objects.count() == 1 + DocumentChange.objects.filter(is_last=False).count()
        next_day(settings)
        assert "Steza" in digest()
        changes.prune_changes(clock.now())
        assert DocumentChange.objects.get().is_last


class TestDigest:
    def test_new_and_changed_entries_once(self, pledges, settings):
        old = pledges.index("Stara steza")
        pledges.index("Vrtec")
        follow()
        next_day(settings)
        assert digest() == ""
        pledges.index("Nova steza")
        pledges.fields[old.pk]["body"] = "Zdaj drugače."
        services.reindex_now("pledge", [old.pk])
        services.rebuild(fresh=True)
        next_day(settings)
        letter = digest()
        assert letter.count("Nova steza (") == 1
        assert letter.count("Stara steza\n") == 1
        assert "Vrtec" not in letter
        assert digest() == ""
        next_day(settings)
        assert digest() == ""

    def test_nothing_is_lost_when_no_run_was_for_days(self, pledges, settings):
        follow()
        for number in range(3):
            pledges.index(f"Steza {number}")
            next_day(settings, 3)
        letter = digest()
        assert all(f"Steza {number}" in letter for number in range(3))

    def test_at_most_one_letter_a_day_with_everything_in_it(self, pledges, settings):
        follow()
        follow("q=vrtec")
        next_day(settings)
        pledges.index("Steza")
        pledges.index("Vrtec")
        assert "Vrtec" in digest()
        [letter] = OutgoingMail.objects.filter(kind="follow_digest")
        assert "Steza" in letter.body
        pledges.index("Druga steza")
        assert digest() == ""
        next_day(settings)
        assert "Druga steza" in digest()

    def test_a_run_that_dies_tells_the_rest_later_and_nothing_twice(self, pledges, settings, monkeypatch):
        for name in ("a", "b", "c"):
            follow(email=f"{name}@example.si")
        pledges.index("Steza")
        next_day(settings)
        sent = digests.mail.send
        count = iter(range(10))

        def dies(*args, **kwargs):
            letter = sent(*args, **kwargs)
            if next(count) == 1:
                raise KeyboardInterrupt
            return letter

        monkeypatch.setattr(digests.mail, "send", dies)
        with pytest.raises(KeyboardInterrupt):
            digests.send_digests(clock.now())
        assert OutgoingMail.objects.filter(kind="follow_digest").count() == 1
        monkeypatch.setattr(digests.mail, "send", sent)
        assert digests.send_digests(clock.now()) == "2 letters"
        letters = OutgoingMail.objects.filter(kind="follow_digest")
        assert sorted(to for letter in letters for to in letter.to) == [f"{name}@example.si" for name in "abc"]

    def test_one_failing_letter_stops_no_other(self, pledges, settings, monkeypatch):
        for name in ("a", "b"):
            follow(email=f"{name}@example.si")
        pledges.index("Steza")
        next_day(settings)
        sent = digests.mail.send

        def fails(template, to, *args, **kwargs):
            if to == ["a@example.si"]:
                raise OSError
            return sent(template, to, *args, **kwargs)

        monkeypatch.setattr(digests.mail, "send", fails)
        with pytest.raises(RuntimeError, match="1 letters were not written, 1 were"):
            digests.send_digests(clock.now())
        monkeypatch.setattr(digests.mail, "send", sent)
        assert digests.send_digests(clock.now()) == "1 letters"
        assert digests.send_digests(clock.now()) is None

    def test_the_quiet_period_holds_it_back(self, pledges, settings):
        follow()
        pledges.index("Steza")
        next_day(settings)
        settings.QUIET_PERIODS = [f"{settings.TODAY}/{settings.TODAY}"]
        assert digests.send_digests(clock.now()) == "quiet period: waits"
        assert digest() == ""
        next_day(settings)
        assert "Steza" in digest()

    def test_what_waits_in_the_outbox_is_told(self, pledges, settings, monkeypatch):
        follow()
        group = pledges.add("Steza")
        services.reindex("pledge", [group.pk])
        next_day(settings)
        assert "Steza" in digest()

    def test_a_document_that_left_the_result_is_not_told(self, pledges, settings):
        group = pledges.index("Steza")
        follow()
        pledges.fields[group.pk]["title"] = "Vrtec"
        services.reindex_now("pledge", [group.pk])
        next_day(settings)
        assert digest() == ""

    def test_more_than_a_letter_holds_is_counted(self, pledges, settings, monkeypatch):
        monkeypatch.setattr(digests, "MOST_ENTRIES", 2)
        follow()
        for number in range(5):
            pledges.index(f"Steza {number}")
        next_day(settings)
        letter = digest()
        assert letter.count("* ") == 2
        assert "3" in letter.rpartition("* ")[2]

    def test_a_subject_that_is_gone_ends_with_a_letter(self, pledges, settings):
        alert = follow()
        SearchAlert.objects.filter(pk=alert.pk).update(query="type=gone")
        pledges.index("Steza")
        next_day(settings)
        digests.send_digests(clock.now())
        assert not SearchAlert.objects.exists()
        assert OutgoingMail.objects.get(kind="follow_ended").to == [ADDRESS]

    @pytest.mark.parametrize("language", ["sl", "en", "ka", "pl"])
    def test_in_every_language_with_the_headers_of_one_click(self, pledges, settings, language):
        follow(language=language)
        pledges.index("Steza")
        next_day(settings)
        digest()
        letter = OutgoingMail.objects.get(kind="follow_digest")
        assert f"/{language}/search/follow/leave/" in letter.body
        assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = letter.headers["List-Unsubscribe"].strip("<>")
        assert Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert not SearchAlert.objects.exists()

    def test_queries_do_not_grow_with_what_is_followed(self, pledges, settings, django_assert_max_num_queries):
        for number in range(30):
            pledges.index(f"Steza {number}")
        follow()
        next_day(settings)
        with django_assert_max_num_queries(16):
            digests.send_digests(clock.now())


class TestFollowing:
    PAGE = "/sl/search/follow/search/?q=steza"

    def test_from_the_form_to_the_end(self, client, pledges, settings, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(self.PAGE, {"email": ADDRESS})
        assert answer.status_code == 200
        [letter] = outbox.outbox
        path = re.search(r"https?://[^/]+(/\S+/confirm/\S+)", letter.body).group(1)
        alert = SearchAlert.objects.get()
        assert client.get(path).status_code == 200
        alert.refresh_from_db()
        assert alert.confirmed_at is None
        mine = client.post(path)
        assert mine.status_code == 302
        alert.refresh_from_db()
        assert alert.confirmed_at
        assert "steza" in client.get(mine["Location"]).text
        leaving = reverse("search:follow_leave", args=[token_of(Purpose.LEAVE, alert.key)])
        assert client.get(leaving).status_code == 200
        assert SearchAlert.objects.exists()
        assert client.post(leaving).status_code == 200
        assert not SearchAlert.objects.exists()
        assert client.get(leaving).status_code == 200
        assert client.get(path).status_code == 404

    def test_the_same_answer_whoever_asks(self, client, pledges):
        answers = set()
        for email, website in ((ADDRESS, ""), (ADDRESS, ""), ("nova@example.si", ""), ("stroj@example.si", "x")):
            answer = client.post(self.PAGE, {"email": email, "website": website})
            answers.add((answer.status_code, re.sub(r"csrf\S+", "", answer.text)))
            alerts.confirm(SearchAlert.objects.first())
        assert len(answers) == 1
        assert not SearchAlert.objects.filter(email="stroj@example.si").exists()
        assert sorted(OutgoingMail.objects.values_list("kind", flat=True)) == [
            "follow_confirm",
            "follow_confirm",
            "follow_known",
        ]

    def test_an_address_is_one_in_any_case(self, client, pledges):
        for email in (ADDRESS, ADDRESS.upper()):
            client.post(self.PAGE, {"email": email})
        assert SearchAlert.objects.count() == 1

    def test_an_address_gets_few_letters_and_a_client_few_answers(self, client, pledges):
        for _number in range(12):
            assert client.post(self.PAGE, {"email": ADDRESS}).status_code == 200
        assert OutgoingMail.objects.count() == 10
        for _number in range(8):
            client.post(self.PAGE, {"email": ADDRESS})
        assert client.post(self.PAGE, {"email": "druga@example.si"}).status_code == 429

    def test_one_address_has_only_so_many(self, client, pledges, monkeypatch):
        monkeypatch.setattr(alerts, "MOST_FOLLOWS", 1)
        client.post(self.PAGE, {"email": ADDRESS})
        client.post("/sl/search/follow/search/?q=vrtec", {"email": ADDRESS})
        assert SearchAlert.objects.count() == 1
        assert OutgoingMail.objects.filter(kind="follow_full").count() == 1

    @pytest.mark.parametrize("email", ["", "ni naslov", "a@b", "a" * 300 + "@example.si", "a@example.si\nBcc: b@c.si"])
    def test_what_is_no_address(self, client, pledges, email):
        answer = client.post(self.PAGE, {"email": email})
        assert answer.status_code == 422
        assert not OutgoingMail.objects.exists()

    def test_unknown_filters_and_kinds(self, client, pledges):
        assert client.get("/sl/search/follow/search/?type=gone").status_code == 400
        assert client.get("/sl/search/follow/search/?typ=pledge").status_code == 400
        assert client.get("/sl/search/follow/nobody/").status_code == 404
        assert client.put(self.PAGE).status_code == 405

    def test_the_same_search_is_one_follow_in_any_spelling_of_the_address(self, client, pledges):
        for query in ("q=steza&type=pledge&sort=due", "type=pledge&q=%20steza%20&page=2"):
            client.post(f"/sl/search/follow/search/?{query}", {"email": ADDRESS})
        assert SearchAlert.objects.get().query == "q=steza&type=pledge"

    def test_a_link_opens_only_what_it_is_for(self, client, pledges):
        alert = follow()
        for purpose in Purpose:
            key = alert.key if purpose in (Purpose.CONFIRM, Purpose.LEAVE) else alert.address
            for other, route in (
                (Purpose.CONFIRM, "follow_confirm"),
                (Purpose.LEAVE, "follow_leave"),
                (Purpose.MINE, "follow_mine"),
                (Purpose.LEAVE_ALL, "follow_leave_all"),
            ):
                path = reverse(f"search:{route}", args=[token_of(purpose, key)])
                assert (client.get(path).status_code == 200) == (purpose == other), (purpose, other)

    def test_the_page_of_ones_own(self, client, pledges):
        first, second = follow(), follow("q=vrtec")
        foreign = follow(email="druga@example.si")
        path = reverse("search:follow_mine", args=[token_of(Purpose.MINE, first.address)])
        answer = client.get(path)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        for key in (foreign.key, "x", ""):
            client.post(path, {"end": key})
        assert SearchAlert.objects.count() == 3
        client.post(path, {"end": second.key})
        assert set(SearchAlert.objects.all()) == {first, foreign}
        client.post(reverse("search:follow_leave_all", args=[token_of(Purpose.LEAVE_ALL, first.address)]))
        assert SearchAlert.objects.get() == foreign

    def test_who_never_confirms_is_erased(self, pledges, settings):
        with translation.override("sl"):
            alerts.ask_to_follow(ADDRESS, subject_of("search", QueryDict("q=a")), "sl")
        kept = follow(email="druga@example.si")
        next_day(settings, 13)
        assert alerts.erase_unconfirmed(clock.now()) is None
        next_day(settings)
        assert alerts.erase_unconfirmed(clock.now()) == "1 erased"
        assert SearchAlert.objects.get() == kept

    def test_erasing_an_address(self, pledges):
        follow()
        follow("q=vrtec")
        assert alerts.erase_follows(ADDRESS.upper()) == 2
        assert address_key(ADDRESS) == address_key(f" {ADDRESS.upper()} ")

    def test_confirming_begins_now(self, pledges, settings):
        pledges.index("Stara steza")
        alert = follow()
        assert alert.place == IndexState.current().version
        place = alert.place
        pledges.index("Nova steza")
        alerts.confirm(alert)
        alert.refresh_from_db()
        assert alert.place == place
