"""Handing in a programme through a link: drafts, files, versions, receipts, deadlines, two windows at once."""

import datetime as dt
import hashlib
import io
import threading
import zipfile
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import translation

from pledges import factories, links, services
from pledges.enums import EditionState, KeyDateKind, LinkPurpose, PledgeState
from pledges.models import Candidacy, CandidacyLink, HandIn, HandInDraft, Pledge, Programme
from zaveza import clock

PDF = b"%PDF-1.4 program"


@pytest.fixture
def link(db: None) -> CandidacyLink:
    made: CandidacyLink = factories.CandidacyLinkFactory()
    return made


@pytest.fixture
def form(link: CandidacyLink) -> "Form":
    return Form(link)


def upload(content: bytes = PDF, name: str = "Program občine.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return file.getvalue()


class Form:
    """What a browser without JavaScript does with the form."""

    def __init__(self, link: CandidacyLink) -> None:
        self.path = urlsplit(links.address_of(link)).path
        self.client = Client()
        self.candidacy = link.candidacy

    @property
    def draft(self) -> HandInDraft:
        return services.draft_of(self.candidacy)

    def post(self, action: str, *rows: tuple[str, ...], path: str = "", **more: Any) -> Any:
        data: dict[str, Any] = {"action": action, "revision": str(self.draft.revision), "language": "sl"}
        data["rows"] = str(len(rows))
        for number, row in enumerate(rows):
            for name, value in zip(services.ENTRY_FIELDS, row, strict=False):
                data[f"pledges-{number}-{name}"] = value
        data.update(more)
        return self.client.post(path or self.path, data)

    def hand_in(self, *rows: tuple[str, ...], file: bytes = PDF) -> Any:
        assert self.post("review", *rows, file=upload(file)).status_code == 302
        return self.confirm()

    def confirm(self, revision: str = "") -> Any:
        return self.client.post(f"{self.path}review/", {"revision": revision or str(self.draft.revision)})


ROAD = ("V dveh letih bomo obnovili cesto na Brdo.", "Cesta na Brdo", "2028-12-31", "Cesta je obnovljena.")
LIBRARY = ("Knjižnica bo odprta tudi ob sobotah.", "Knjižnica ob sobotah", "", "")


def test_the_form_shows_one_empty_entry_and_works_without_javascript(form: Form) -> None:
    content = form.client.get(form.path).content.decode()
    assert 'name="pledges-0-quote"' in content
    assert 'name="pledges-1-quote"' not in content
    for action in ("save", "add", "review", "remove-0"):
        assert f'name="action" value="{action}"' in content
    assert 'enctype="multipart/form-data"' in content


def test_a_draft_is_kept_as_typed_complete_or_not(form: Form) -> None:
    answer = form.post("save", ("", "Samo naslov", "enkrat", ""))
    assert answer.status_code == 302
    content = form.client.get(form.path).content.decode()
    assert "Samo naslov" in content
    assert 'value="enkrat"' in content
    assert form.draft.pledges == [{"quote": "", "title": "Samo naslov", "due": "enkrat", "check": ""}]


def test_entries_are_added_and_removed_by_buttons(form: Form) -> None:
    answer = form.post("add", ROAD)
    assert answer["Location"].endswith("#pledge-2")
    form.post("add", ROAD, LIBRARY)
    assert len(form.draft.pledges) == 3
    form.post("remove-0", ROAD, LIBRARY, ("", "", "", ""))
    assert [row["title"] for row in form.draft.pledges] == ["Knjižnica ob sobotah", ""]
    for nonsense in ("remove-99", "remove-x", "remove-", "remove-²", "xyz"):
        assert form.post(nonsense, ROAD).status_code == 302
    assert len(form.draft.pledges) == 1


def test_there_are_at_most_a_hundred_entries(form: Form) -> None:
    form.post("add", *[LIBRARY] * 100)
    assert len(form.draft.pledges) == 100
    assert 'value="add"' not in form.client.get(form.path).content.decode()
    form.post("save", *[LIBRARY] * 140)
    assert len(form.draft.pledges) == 100


def test_autosave_answers_with_the_next_revision(form: Form) -> None:
    answer = form.post("autosave", ROAD)
    assert answer.json()["revision"] == 1
    assert form.draft.pledges[0]["title"] == "Cesta na Brdo"


def test_the_window_that_is_behind_is_told_and_loses_nothing(form: Form) -> None:
    form.post("save", ROAD)
    late = form.post("save", LIBRARY, revision="0")
    assert late.status_code == 409
    content = late.content.decode()
    assert "Knjižnica ob sobotah" in content
    assert 'name="revision" value="1"' in content
    assert form.draft.pledges[0]["title"] == "Cesta na Brdo"
    assert form.post("autosave", LIBRARY, revision="0").json()["stale"] is True
    assert form.post("save", LIBRARY, revision="1").status_code == 302
    assert form.post("save", LIBRARY, revision="nonsense").status_code == 409


def test_what_is_missing_is_named_with_row_and_field(form: Form) -> None:
    answer = form.post("review", ROAD, ("", "Brez besed", "31. februar", ""))
    assert answer["Location"].endswith("/review/")
    review = form.client.get(answer["Location"])
    assert review["Location"].endswith("?check=1#problems")
    with translation.override("en"):
        content = form.client.get(review["Location"].replace("/sl/", "/en/")).content.decode()
    assert "File of the programme: add the file." in content
    assert "Pledge 2, The pledge, word for word: This field is required." in content
    assert "Pledge 2, To be done by: Enter a valid date." in content
    assert "Pledge 1," not in content
    assert 'href="#id_pledges-1-quote"' in content
    assert not Programme.objects.exists()


def test_entries_far_too_long_are_refused_with_everything_else_kept_on_the_page(form: Form) -> None:
    answer = form.post("save", ROAD, ("x" * 10_001, "Dolga", "", ""))
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "Cesta na Brdo" in content
    assert "x" * 10_001 in content
    assert form.draft.pk is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.pdf", b"MZ not a pdf"),
        ("program.exe", PDF),
        ("program.pdf", b""),
        ("program.docx", PDF),
        ("program.docx", archive(mimetype=b"application/vnd.oasis.opendocument.text")),
        ("program.odt", archive(mimetype=b"application/zip")),
        ("program", PDF),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_the_rest_is_saved(
    form: Form, name: str, content: bytes
) -> None:
    answer = form.post("review", ROAD, file=upload(content, name))
    assert answer.status_code == 200
    assert "Cesta na Brdo" in answer.content.decode()
    assert 'id="id_file-error"' in answer.content.decode()
    assert form.draft.pledges[0]["title"] == "Cesta na Brdo"
    assert not form.draft.file


def test_a_file_that_is_too_large_is_refused(form: Form, settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    answer = form.post("save", ROAD, file=upload(PDF + b"x" * 100))
    assert 'id="id_file-error"' in answer.content.decode()
    assert not form.draft.file


@pytest.mark.django_db(transaction=True)
def test_files_of_drafts_have_no_address_and_the_replaced_one_is_deleted(settings: Any) -> None:
    form = Form(factories.CandidacyLinkFactory())
    form.post("save", file=upload())
    first = form.draft.file.name
    assert form.client.get(f"/media/{first}").status_code == 404
    form.post("save", file=upload(PDF + b"2"))
    assert not default_storage.exists(first)
    second = form.draft.file.name
    form.post("save", remove_file="on")
    assert not default_storage.exists(second)
    assert not form.draft.file


def test_what_is_handed_in_is_a_version_with_drafts_for_the_monitors(
    form: Form, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = form.hand_in(ROAD, ("", "", "", ""), LIBRARY)
    assert answer["Location"] == f"{form.path}receipt/1/"
    programme = Programme.objects.get()
    assert (programme.version, programme.channel, programme.language) == (1, "form", "sl")
    assert programme.published_at is None
    assert programme.sha256 == hashlib.sha256(PDF).hexdigest()
    with programme.file.open() as stored:
        assert stored.read() == PDF
    road, library = Pledge.objects.order_by("pk")
    assert road.state == PledgeState.DRAFT
    assert (road.quote, road.title, road.due_date) == (ROAD[0], ROAD[1], dt.date(2028, 12, 31))
    assert road.success_criteria == "Cesta je obnovljena."
    assert library.due_date is None
    receipt = form.client.get(answer["Location"]).content.decode()
    assert programme.sha256 in receipt
    assert programme.public_id in receipt
    assert HandIn.objects.get().pledges_sha256 in receipt
    assert "31.\xa012.\xa02028" in receipt or 'datetime="2028-12-31"' in receipt
    (letter,) = mail.outbox
    assert letter.to == ["ekipa@example.si"]
    assert programme.sha256 in letter.body


def test_a_later_version_supersedes_and_the_earlier_one_stays(form: Form) -> None:
    form.hand_in(ROAD)
    touched = Pledge.objects.get()
    form.hand_in(ROAD, LIBRARY, file=PDF + b"2")
    first, second = Programme.objects.order_by("version")
    assert second.supersedes == first
    assert not Pledge.objects.filter(pk=touched.pk).exists(), "drafts of the earlier version would be double"
    assert HandIn.objects.get(programme=first).pledges[0]["quote"] == ROAD[0]
    assert second.pledges.count() == 2
    content = form.client.get(form.path).content.decode()
    assert f"{form.path}receipt/1/" in content
    assert f"{form.path}receipt/2/" in content
    assert "Cesta na Brdo" in content, "the next version begins with the entries of the last one"


def test_drafts_that_a_monitor_works_on_outlive_a_later_version(form: Form) -> None:
    form.hand_in(ROAD, LIBRARY)
    road, library = Pledge.objects.order_by("pk")
    road.topics.add(factories.TopicFactory())
    Pledge.objects.filter(pk=library.pk).update(quote="Spremenjeno.")
    form.hand_in(ROAD, file=PDF + b"2")
    assert Pledge.objects.filter(pk__in=[road.pk, library.pk]).count() == 2


def test_the_second_of_two_windows_hands_nothing_in(form: Form) -> None:
    form.post("review", ROAD, file=upload())
    revision = str(form.draft.revision)
    assert form.confirm(revision)["Location"].endswith("/receipt/1/")
    late = form.confirm(revision)
    assert late.status_code == 409
    assert f"{form.path}receipt/1/" in late.content.decode()
    assert Programme.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_windows_at_once_one_hands_in() -> None:
    form = Form(factories.CandidacyLinkFactory())
    form.post("review", ROAD, file=upload())
    revision, outcomes = str(form.draft.revision), []
    start = threading.Barrier(10)

    def press() -> None:
        try:
            start.wait()
            answer = Client().post(f"{form.path}review/", {"revision": revision})
            outcomes.append(answer.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [302] + [409] * 9
    assert Programme.objects.count() == 1
    assert Pledge.objects.count() == 1


def _past_deadline(candidacy: Candidacy) -> None:
    day = clock.today() - dt.timedelta(days=1)
    factories.KeyDateFactory(edition=candidacy.edition, date=day, kind=KeyDateKind.PROGRAMMES_DUE)


def _archived(candidacy: Candidacy) -> None:
    candidacy.edition.state = EditionState.ARCHIVED
    candidacy.edition.save()


def _announced(candidacy: Candidacy) -> None:
    candidacy.edition.state = EditionState.ANNOUNCED
    candidacy.edition.save()


def _withdrawn(candidacy: Candidacy) -> None:
    candidacy.withdrawn_on = clock.today()
    candidacy.save()


@pytest.mark.parametrize("close", [_past_deadline, _archived, _announced, _withdrawn])
def test_nothing_is_taken_when_it_is_closed_and_receipts_stay(form: Form, close: Any) -> None:
    form.hand_in(ROAD)
    form.post("review", LIBRARY, file=upload(PDF + b"2"))
    revision = str(form.draft.revision)
    close(form.candidacy)
    page = form.client.get(form.path)
    assert page.status_code == 200
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert f"{form.path}receipt/1/" in page.content.decode()
    assert form.post("save", ROAD).status_code == 403
    assert form.confirm(revision).status_code == 403
    assert form.client.get(f"{form.path}receipt/1/").status_code == 200
    assert Programme.objects.count() == 1
    with pytest.raises(services.RuleViolation):
        services.hand_in(form.candidacy, int(revision), [])


def test_the_day_of_the_deadline_still_counts(form: Form) -> None:
    factories.KeyDateFactory(edition=form.candidacy.edition, date=clock.today(), kind=KeyDateKind.PROGRAMMES_DUE)
    assert form.hand_in(ROAD).status_code == 302


def test_a_receipt_of_another_candidacy_is_not_there(form: Form) -> None:
    form.hand_in(ROAD)
    other = Form(factories.CandidacyLinkFactory(candidacy__edition=form.candidacy.edition))
    answer = other.client.get(f"{other.path}receipt/1/")
    assert answer.status_code == 404
    content = other.client.get(other.path).content.decode()
    assert "Cesta na Brdo" not in content
    assert form.candidacy.person.name not in content


def test_a_damaged_file_is_not_handed_in(form: Form) -> None:
    form.post("review", ROAD, file=upload())
    with default_storage.open(form.draft.file.name, "wb") as stored:
        stored.write(b"%PDF-1.4 something else")
    assert form.confirm().status_code == 403
    assert not Programme.objects.exists()


def test_receipts_never_change(form: Form) -> None:
    form.hand_in(ROAD)
    receipt = HandIn.objects.get()
    with pytest.raises(ValueError, match="never"):
        receipt.save()


@pytest.mark.parametrize("language", ["sl", "en", "ka", "pl"])
def test_every_page_is_there_in_the_teams_language(form: Form, language: str) -> None:
    form.hand_in(ROAD)
    form.post("review", LIBRARY, file=upload())
    for path in ("", "review/", "receipt/1/"):
        response = form.client.get(form.path.replace("/sl/", f"/{language}/") + path)
        assert response.status_code == 200
        assert f'<html lang="{language}"' in response.content.decode()


def test_a_link_to_reply_hands_nothing_in(link: CandidacyLink) -> None:
    reply_link = services.make_link(link.candidacy, LinkPurpose.REPLY, None)
    path = urlsplit(links.address_of(reply_link)).path.replace("/reply/", "/hand-in/")
    assert Client().get(path).status_code == 404
