"""What an import makes of rows that are right."""

import datetime as dt

import pytest
from wagtail.models import Page, Revision

from home.factories import NewsIndexPageFactory, ProjectIndexPageFactory, StandardPageFactory, home_page
from home.models import EventPage, HomePage, ImportedPage, NewsPage, ProjectPage, StandardPage
from home.page_import.references import page_types
from home.page_import.values import importable_fields
from pledges.models import Edition, Municipality, Organisation, Region

from .conftest import Importer, block, row

pytestmark = pytest.mark.django_db


def test_draft_has_a_revision_and_is_not_live(importer: Importer) -> None:
    importer(row("about", status="draft"))
    page = StandardPage.objects.get()
    assert not page.live
    assert page.latest_revision is not None


def test_published_page_has_a_live_revision(importer: Importer) -> None:
    importer(row("about"))
    page = StandardPage.objects.get()
    assert page.live
    assert page.live_revision == page.latest_revision
    assert not page.has_unpublished_changes


def test_slug_comes_from_the_title_where_the_row_has_none(importer: Importer) -> None:
    importer(
        row("a", title="Šola za župane"),
        row("b", title="Šola za župane"),
        row("home-ka", type="HomePage", locale="ka", parent="/", translation_of="/sl/", title="მთავარი"),
        row("c", title="სკოლა", locale="ka", parent="home-ka"),
    )
    slugs = set(StandardPage.objects.values_list("slug", flat=True))
    assert slugs == {"šola-za-župane", "šola-za-župane-2", "სკოლა"}


def test_rows_of_one_key_are_translations(importer: Importer) -> None:
    importer(
        row("projects", type="ProjectIndexPage"),
        row("home-en", type="HomePage", locale="en", parent="/", translation_of="/sl/"),
        row("projects", type="ProjectIndexPage", locale="en", parent="home-en"),
        row("careers", type="ProjectPage", parent="projects", title="Karierna vzgoja"),
        row("careers", type="ProjectPage", parent="projects", title="Career education", locale="en"),
    )
    slovene, english = ProjectPage.objects.order_by("-locale__language_code")
    assert slovene.get_translations().get().specific == english
    assert english.get_parent().specific.get_translations().get() == slovene.get_parent().specific
    assert HomePage.objects.get(locale__language_code="en").translation_key == home_page().translation_key


def test_parents_and_originals_may_stand_later_in_the_file(importer: Importer) -> None:
    importer(
        row("child", parent="parent"),
        row("parent", parent="grandparent"),
        row("grandparent"),
        row("translated", locale="en", parent="home-en", translation_of="grandparent"),
        row("home-en", type="HomePage", locale="en", parent="/", translation_of="/sl/"),
    )
    child = StandardPage.objects.get(title="Child")
    assert [page.title for page in child.get_ancestors()[2:]] == ["Grandparent", "Parent"]
    translated = StandardPage.objects.get(title="Translated")
    assert translated.get_translations().get().title == "Grandparent"


def test_parent_by_path_may_be_a_draft_with_a_slug_of_any_script(importer: Importer) -> None:
    parent = StandardPageFactory(slug="სკოლა", live=False)
    quoted = "/sl/%E1%83%A1%E1%83%99%E1%83%9D%E1%83%9A%E1%83%90/"
    importer(row("child", parent=quoted), row("other", parent="/sl/სკოლა"))
    assert Page.objects.get(pk=parent.pk).numchild == 2


def test_second_import_changes_nothing_and_says_so(importer: Importer) -> None:
    rows = [row("about", body=[block("text", text="<p>A <strong>b</strong></p>")]), row("team", parent="about")]
    first = importer(*rows)
    assert (len(first.created), len(first.updated), len(first.unchanged)) == (2, 0, 0)
    revisions = Revision.objects.count()
    second = importer(*reversed(rows))  # the order of the rows is no content
    assert (len(second.created), len(second.updated), len(second.unchanged)) == (0, 0, 2)
    assert Revision.objects.count() == revisions


def test_changed_row_becomes_a_new_revision(importer: Importer) -> None:
    importer(row("about", lead="First.", search_description="Kept."), row("team"))
    report = importer(row("about", lead="Second."), row("team"))
    assert (len(report.updated), len(report.unchanged)) == (1, 1)
    page = StandardPage.objects.get(title="About")
    assert page.lead == "Second."
    assert page.search_description == "Kept."
    assert page.slug == "about"
    assert Revision.objects.for_instance(page).count() == 2


def test_blocks_keep_their_ids(importer: Importer) -> None:
    importer(row("about", body=[block("heading", text="One")]))
    before = StandardPage.objects.get().body[0].id
    importer(row("about", body=[block("heading", text="Two")]))
    after = StandardPage.objects.get().body[0]
    assert (after.id, after.value["text"]) == (before, "Two")


def test_draft_row_leaves_the_published_version_public(importer: Importer) -> None:
    importer(row("about", lead="Public."))
    report = importer(row("about", lead="Coming.", status="draft"))
    page = StandardPage.objects.get()
    assert page.live
    assert page.lead == "Public."
    assert page.get_latest_revision_as_object().lead == "Coming."
    assert len(report.warnings) == 1


def test_unchanged_row_does_not_undo_what_an_editor_wrote(importer: Importer) -> None:
    importer(row("about", lead="Imported."))
    page = StandardPage.objects.get()
    page.lead = "Edited."
    page.save_revision().publish()
    importer(row("about", lead="Imported."))
    assert StandardPage.objects.get().lead == "Edited."


def test_changed_row_over_an_edited_page_tells_so(importer: Importer) -> None:
    importer(row("about", lead="Imported."))
    StandardPage.objects.get().save_revision().publish()
    report = importer(row("about", lead="Imported again."))
    assert [(warning.row, warning.key) for warning in report.warnings] == [(1, "about")]


def test_deleted_page_is_made_again(importer: Importer) -> None:
    importer(row("about"))
    StandardPage.objects.get().delete()
    assert not ImportedPage.objects.exists()
    assert len(importer(row("about")).created) == 1


def test_dry_run_writes_nothing(importer: Importer, folder, media, picture) -> None:
    (folder / "a.png").write_bytes(picture())
    report = importer(row("about", body=[block("image", image="a.png")]), dry_run=True)
    assert (len(report.created), report.files, report.dry_run) == (1, 1, True)
    assert not StandardPage.objects.exists()
    assert not ImportedPage.objects.exists()
    assert not Revision.objects.filter(object_str="About").exists()
    assert list(media.rglob("*")) == []


def test_records_are_named_by_their_natural_keys(importer: Importer) -> None:
    region = Region.objects.create(nuts3="SI999", name="R", slug="r", population=1)
    place = Municipality.objects.create(
        iso_code="SI-999", code="QQQ", name="Q", slug="q", region=region, population=1, latitude=46, longitude=15
    )
    hub = Organisation.objects.create(name="Stičišče", slug="sticisce", kind="hub")
    edition = Edition.objects.create(year=2018, methodology_version="1.0")
    importer(
        row("events", type="EventIndexPage"),
        row("a", type="EventPage", parent="events", municipality="QQQ", hub="sticisce", edition=2018),
        row("b", type="EventPage", parent="events", municipality="SI-999", edition="2018", start_time="09:30",
            start_date="2018-10-01"),
    )  # fmt: skip
    first, second = EventPage.objects.order_by("title")
    assert (first.municipality, first.hub, first.edition) == (place, hub, edition)
    assert (second.municipality, second.edition, second.start_time) == (place, edition, dt.time(9, 30))


def test_related_pages_are_named_by_key_also_when_they_come_later(importer: Importer) -> None:
    index = NewsIndexPageFactory()
    ProjectIndexPageFactory()
    article = row("article", type="NewsPage", parent="/sl/novice/", project="project", date="2019-05-31")
    article["fields"]["body"] = [block("text", text='<p>See <a href="page:project">it</a>.</p>')]
    importer(article, row("project", type="ProjectPage", parent="/sl/projekti/"))
    page, project = NewsPage.objects.get(), ProjectPage.objects.get()
    assert page.get_parent().specific == index
    assert page.project == project
    assert f'<a id="{project.pk}" linktype="page">it</a>' in page.body[0].value["text"].source
    assert len(importer(article).unchanged) == 1


def test_null_empties_a_field(importer: Importer) -> None:
    ProjectIndexPageFactory()
    importer(row("project", type="ProjectPage", parent="/sl/projekti/", start="2014-08-01", area="Mazowsze"))
    importer(row("project", type="ProjectPage", parent="/sl/projekti/", start=None, area=""))
    page = ProjectPage.objects.get()
    assert (page.start, page.area) == (None, "")


def test_missing_number_is_not_nought(importer: Importer) -> None:
    numbers = [{"unit": "a"}, {"unit": "b", "value": None}, {"unit": "c", "value": 0}, {"unit": "d", "value": "1.50"}]
    importer(row("about", body=[block("numbers", numbers=numbers)]))
    values = [number["value"] for number in StandardPage.objects.get().body[0].value["numbers"]]
    assert values[:2] == [None, None]
    assert [str(value) for value in values[2:]] == ["0", "1.50"]


def test_every_field_that_editors_fill_can_be_imported() -> None:
    """A field that a page type gains must be taught to the importer."""
    known = {name: importable_fields(model) for name, model in page_types().items()}
    assert set(known) >= {"HomePage", "NewsPage", "ProjectPage", "EditionPage", "InitiativesPage", "StandardPage"}
    for model in page_types().values():
        form = model.get_edit_handler().get_form_class()
        missing = set(form.base_fields) - set(importable_fields(model))
        assert missing <= {"go_live_at", "expire_at", "comment_notifications"}, model


@pytest.mark.parametrize("size", [3, 12])
def test_progress_counts_every_row_twice(importer: Importer, size: int) -> None:
    from home.page_import.run import import_pages

    importer(*(row(f"page-{number}") for number in range(size)), dry_run=True)
    steps: list[tuple[int, int]] = []
    import_pages(importer.path, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(done, 2 * size) for done in range(1, 2 * size + 1)]
    assert Page.objects.filter(title__startswith="Page-").count() == size
