"""Documents of the library in the search: their text, who may find them, and that the index follows."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.documents import FileSource
from home.factories import EventPageFactory, NewsPageFactory, ProjectPageFactory, StandardPageFactory
from pledges.factories import EditionFactory, HubFactory, MunicipalityFactory
from search import services
from search.engines import SearchQuery, get_engine
from search.models import OutboxEntry, SearchEntry
from search.queries import read_query
from tests.files import docx, pdf, write_odt
from tests.home.content import block, text
from zaveza.images.models import CustomDocument, DocumentText
from zaveza.users.models import User

pytestmark = pytest.mark.django_db

Follow = Callable[[], AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def follow(django_capture_on_commit_callbacks: Any) -> Follow:
    """What is inside is committed at its end, and what waits for that is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@example.si", "a long password"))
    return client


def upload(content: bytes | None = None, name: str = "zapisnik.odt", title: str = "Zapisnik", **values: Any) -> Any:
    if content is None:
        content = write_odt("Seja", ["Govorili smo o kolesarski stezi."])
    return CustomDocument.objects.create(title=title, file=ContentFile(content, name), **values)


def offering(*documents: CustomDocument) -> list[dict[str, Any]]:
    """A body that offers these documents."""
    return [block("downloads", documents=[{"document": each.pk, "title": "", "note": ""} for each in documents])]


def found(words: str) -> list[str]:
    hits = get_engine().search(read_query(words, facets={}, offset=0, limit=10).query).hits
    return [hit.title for hit in hits if hit.type == "document"]


def indexed() -> list[str]:
    return sorted(SearchEntry.objects.filter(type="document").values_list("title", flat=True))


def test_a_document_is_found_by_its_text(follow: Follow) -> None:
    with follow():
        document = upload(write_odt("Seja", ["Govorili smo o kolesarski stezi."]), language="sl")
        StandardPageFactory(slug="gradivo", body=offering(document))
    assert found("kolesarskih stez") == ["Zapisnik"]
    row = SearchEntry.objects.get(type="document")
    assert (row.document_id, row.language, row.url) == (f"document-{document.pk}", "sl", document.url)
    assert row.data == {"file": "ODT"}


def test_the_hit_says_what_it_is_and_leads_to_the_file(follow: Follow, admin: Client) -> None:
    with follow():
        file = SimpleUploadedFile("zapisnik.docx", docx("Govorili smo o kolesarski stezi."))
        admin.post(reverse("wagtaildocs:add"), {"title": "Zapisnik", "file": file, "language": "en"})
    assert indexed() == [], "nobody offers it yet"
    document = CustomDocument.objects.get()
    assert DocumentText.objects.get(document=document).text == "Govorili smo o kolesarski stezi."
    with follow():
        StandardPageFactory(slug="gradivo", body=[text(f'<a linktype="document" id="{document.pk}">zapisnik</a>')])
    for language, kind, kinds in (
        ("sl", "Dokument", "Dokumenti"),
        ("en", "Document", "Documents"),
        ("ka", "დოკუმენტი", "დოკუმენტები"),
        ("pl", "Dokument", "Dokumenty"),
    ):
        response = Client().get(f"/{language}/search/", {"q": "kolesarski stezi"})
        [hit] = [hit for hit in response.context["hits"] if hit.type == "document"]
        assert (hit.kind, hit.url) == (kind, document.url)
        assert any(fact.startswith("DOCX, ") for fact in hit.meta)
        types = next(facet for facet in response.context["facets"] if facet.name == "type")
        [option] = [option for option in types.options if option.value == "document"]
        assert (option.label.lower(), option.count) == (kinds.lower(), 1)
    assert Client().get(document.url).status_code == 200


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (pdf([]), "scan.pdf", "no_text"),
        (pdf(["Skrito."], password="geslo"), "zaklenjeno.pdf", "encrypted"),
        (b"a;b\n1;2\n", "tabela.csv", "unknown_type"),
        (docx("Besedilo.")[:1500], "razbito.docx", "damaged"),
    ],
)
def test_one_without_text_is_found_by_its_title(follow: Follow, content: bytes, name: str, problem: str) -> None:
    with follow():
        StandardPageFactory(slug="gradivo", body=offering(upload(content, name)))
    assert DocumentText.objects.get().problems == [problem]
    assert found("zapisnika") == ["Zapisnik"]


def test_without_a_language_it_is_of_the_first_one(follow: Follow) -> None:
    with follow():
        StandardPageFactory(slug="gradivo", body=offering(upload(), upload(title="Minutes", language="en")))
    assert dict(SearchEntry.objects.filter(type="document").values_list("title", "language")) == {
        "Zapisnik": "sl",
        "Minutes": "en",
    }


def test_drafts_do_not_show_their_documents(follow: Follow) -> None:
    """Used on no page, on a draft, in the draft of a published page, on a restricted page."""
    with follow():
        upload(title="Nikjer")
        StandardPageFactory(slug="osnutek", live=False, body=offering(upload(title="Na osnutku")))
        published = StandardPageFactory(slug="objavljena", body=offering(upload(title="Javni")))
        closed = StandardPageFactory(slug="zaprta", body=offering(upload(title="Na zaprti")))
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    answers = {each.title: Client().get(f"/z/document-{each.pk}") for each in CustomDocument.objects.all()}
    assert {title for title, answer in answers.items() if answer.status_code == 302} == {"Javni"}
    assert {answer.status_code for title, answer in answers.items() if title != "Javni"} == {404}
    assert answers["Javni"]["Location"] == CustomDocument.objects.get(title="Javni").url
    with follow():
        published.body = offering(upload(title="V osnutku objavljene"))
        draft = published.save_revision()
    assert indexed() == ["Javni"]
    assert [drift for drift in services.sync() if drift.type == "document"] == []
    services.rebuild()
    assert indexed() == ["Javni"]
    with follow():
        draft.publish()
    assert indexed() == ["V osnutku objavljene"]


def test_the_index_follows_the_pages_that_offer_it(follow: Follow) -> None:
    with follow():
        document = upload()
        page = StandardPageFactory(slug="gradivo", live=False, body=offering(document))
        other = NewsPageFactory(slug="novica", body=offering(document))
    assert indexed() == ["Zapisnik"]
    with follow():
        other.unpublish()
    assert indexed() == []
    with follow():
        page.save_revision().publish()
    assert indexed() == ["Zapisnik"]
    with follow():
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert indexed() == []
    with follow():
        restriction.delete()
    assert indexed() == ["Zapisnik"]
    with follow():
        page.refresh_from_db()
        page.delete()
    assert indexed() == []


def test_references_are_noted_at_once_where_tasks_wait_for_a_worker(follow: Follow, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    document = upload()
    page = StandardPageFactory(slug="gradivo", live=False, body=offering(document))
    with follow():
        page.save_revision().publish()
    services.drain()
    assert indexed() == ["Zapisnik"]
    with follow():
        page.body = []
        page.save_revision().publish()
    services.drain()
    assert indexed() == []


def test_the_index_follows_the_document(follow: Follow, admin: Client) -> None:
    with follow():
        document = upload(docx("Govorili smo o kolesarski stezi."), "zapisnik.docx")
        StandardPageFactory(slug="gradivo", body=offering(document))
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    values = {"title": "Poročilo", "collection": document.collection_id, "tags": "", "language": "", "dated": ""}
    with follow():
        assert admin.post(edit, values).status_code == 302
    assert (indexed(), found("kolesarska")) == (["Poročilo"], ["Poročilo"])
    # Wagtail takes the old file away first: the new one has its name.
    with follow():
        file = SimpleUploadedFile("zapisnik.docx", docx("Govorili smo o vrtcu."))
        assert admin.post(edit, {**values, "file": file}).status_code == 302
    assert (found("kolesarska"), found("vrtec")) == ([], ["Poročilo"])
    with follow():
        admin.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert indexed() == []
    assert not DocumentText.objects.exists()


def test_the_text_of_the_old_file_is_not_found_until_the_new_one_is_read(follow: Follow, monkeypatch: Any) -> None:
    with follow():
        document = upload()
        StandardPageFactory(slug="gradivo", body=offering(document))
    assert found("kolesarska") == ["Zapisnik"]
    monkeypatch.setattr("zaveza.images.tasks.services.read_document", lambda document: None)
    with follow():
        document.file = ContentFile(write_odt("Seja", ["Drugo."]), "drugi.odt")
        document._set_document_file_metadata()
        document.save()
    assert (found("kolesarska"), found("zapisnik")) == ([], ["Zapisnik"])
    assert SearchEntry.objects.get(type="document").url == document.url


def test_the_index_follows_the_collection(follow: Follow, admin: Client) -> None:
    root = Collection.get_first_root_node()
    outer = root.add_child(instance=Collection(name="Zunanja"))
    inner = outer.add_child(instance=Collection(name="Notranja"))
    open_one = Collection.get_first_root_node().add_child(instance=Collection(name="Odprta"))
    with follow():
        document = upload(collection=inner)
        StandardPageFactory(slug="gradivo", body=offering(document))
    assert indexed() == ["Zapisnik"]
    with follow():
        closed = CollectionViewRestriction.objects.create(
            collection=outer, restriction_type=CollectionViewRestriction.LOGIN
        )
    assert indexed() == [], "closed above"
    with follow():
        document.collection = open_one
        document.save()
    assert indexed() == ["Zapisnik"]
    # Many at once: Wagtail saves none of them.
    address = reverse("wagtail_bulk_action", args=["images", "customdocument", "add_to_collection"])
    with follow():
        admin.post(f"{address}?id={document.pk}", {"collection": inner.pk})
    document.refresh_from_db()
    assert (document.collection_id, indexed()) == (inner.pk, [])
    with follow():
        closed.delete()
    assert indexed() == ["Zapisnik"]
    with follow():
        CollectionViewRestriction.objects.create(collection=outer, restriction_type=CollectionViewRestriction.LOGIN)
        CollectionViewRestriction.objects.all().delete()
    assert indexed() == ["Zapisnik"]


def test_moving_a_collection_below_a_closed_one_takes_its_documents_away(follow: Follow, admin: Client) -> None:
    root = Collection.get_first_root_node()
    closed = root.add_child(instance=Collection(name="Zaprta"))
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    moved = Collection.get_first_root_node().add_child(instance=Collection(name="Selitvena"))
    with follow():
        StandardPageFactory(slug="gradivo", body=offering(upload(collection=moved)))
    assert indexed() == ["Zapisnik"]
    with follow():
        edit = reverse("wagtailadmin_collections:edit", args=[moved.pk])
        assert admin.post(edit, {"name": "Selitvena", "parent": closed.pk}).status_code == 302
    assert indexed() == []


def test_it_is_found_within_what_the_pages_that_offer_it_belong_to(follow: Follow) -> None:
    hub, municipality = HubFactory(slug="gorjanci"), MunicipalityFactory(code="AJD")
    with follow():
        project = ProjectPageFactory(slug="projekt")
        document = upload()
        news = NewsPageFactory(
            slug="novica", date=dt.date(2026, 1, 5), project=project, hub=hub, body=offering(document)
        )
        EventPageFactory(
            slug="dan", municipality=municipality, edition=EditionFactory(year=2022), body=offering(document)
        )
        EventPageFactory(slug="osnutek", live=False, edition=EditionFactory(year=2018), body=offering(document))
    [made] = FileSource().documents(FileSource().queryset())
    assert made.facets == {
        "hub": ["gorjanci"],
        "project": [str(project.translation_key)],
        "municipality": [municipality.slug],
        "region": [municipality.region.slug],
        "edition": ["2022"],
        "year": ["2026"],
    }

    def within(code: str, value: str) -> list[str]:
        hits = get_engine().search(SearchQuery(facets={"type": ["document"], code: [value]})).hits
        return [hit.title for hit in hits]

    assert within("project", str(project.translation_key)) == within("hub", "gorjanci") == ["Zapisnik"]
    with follow():
        hub.slug = "podgorje"
        hub.save()
    assert within("hub", "podgorje") == ["Zapisnik"]
    with follow():
        news.refresh_from_db()
        news.unpublish()
    assert within("hub", "podgorje") == within("project", str(project.translation_key)) == []
    assert within("edition", "2022") == ["Zapisnik"]


def test_its_queries_do_not_grow(django_assert_max_num_queries: Any) -> None:
    counts = []
    for number in (1, 5):
        for place in range(number):
            NewsPageFactory(slug=f"novica-{number}-{place}", hub=HubFactory(), body=offering(upload()))
        with django_assert_max_num_queries(12) as queries:
            documents = list(FileSource().queryset())
        counts.append(len(queries))
    assert len(documents) == 6
    assert counts[0] == counts[1]


def test_documents_from_before_are_read_by_the_command(follow: Follow, capsys: Any) -> None:
    with follow():
        StandardPageFactory(slug="gradivo", body=offering(upload(), upload(pdf([]), "scan.pdf", "Sken")))
    with follow():
        DocumentText.objects.all().delete()
    assert (indexed(), found("kolesarska")) == (["Sken", "Zapisnik"], [])
    with follow():
        call_command("read_documents")
    told = capsys.readouterr().out
    assert "Documents read: 2." in told
    assert "1\t" in told
    assert found("kolesarska") == ["Zapisnik"]
    call_command("read_documents")
    assert "Documents read: 0." in capsys.readouterr().out


def test_sync_finds_what_no_signal_told() -> None:
    """What was written past every signal is found by the daily comparison."""
    document = upload()
    StandardPageFactory(slug="gradivo", body=offering(document))
    OutboxEntry.objects.all().delete()
    found_by_sync = {(drift.kind, drift.type) for drift in services.sync()}
    assert ("missing", "document") in found_by_sync
    CustomDocument.objects.filter(pk=document.pk).update(title="Drugače")
    assert ("outdated", "document") in {(drift.kind, drift.type) for drift in services.sync()}
    assert indexed() == ["Drugače"]
