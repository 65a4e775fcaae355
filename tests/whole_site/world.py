"""A site in which every public thing has a private one beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import TestCase, override_settings
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page

from home import models as pages
from home.factories import StandardPageFactory
from home.models import ImportedPage
from pledges.enums import PartnershipRole
from pledges.factories import PartnershipFactory
from pledges.models import Edition, Organisation
from zaveza.images.models import CustomDocument
from zaveza.navigation.factories import FooterFactory, MenuFactory, footer_columns, link, menu_items
from zaveza.texts.odt_writing import write_odt

from .pages import PageMaker
from .records import PublicRecords, RecordMaker
from .words import Words, values_for

# The site's day: what is published on the next one is not public, whatever the computer's clock says.
TODAY = "2026-02-03"


@dataclass
class World:
    """The site and the words in it."""

    private: Words
    public: Words
    records: PublicRecords
    pages: PageMaker
    private_pages: dict[type[Page], dict[str, Page]]

    @property
    def public_word(self) -> str:
        """Something that a search finds."""
        return self.public.of("pledges.PledgeText (public).title")[0]


@contextmanager
def made(media: Path) -> Iterator[World]:
    """The site; taken back at the end."""
    with override_settings(MEDIA_ROOT=str(media), TODAY=TODAY), translation.override("sl"), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            world = _make()
        yield world
        transaction.set_rollback(True)


def _make() -> World:
    private, public = Words("qx"), Words("qy")
    records = RecordMaker(private, public)
    beside = records.make_public()
    records.make_private(beside)
    draft_hub = Organisation.objects.filter(published_at=None, kind="hub").get()
    draft_edition = Edition.objects.get(year=2030)
    # Public pages name the hub and the edition that are not public yet.
    given = {
        pages.EditionPage: {"edition": beside.edition},
        pages.EventPage: {"hub": draft_hub, "edition": draft_edition, "search_image": None},
        pages.NewsPage: {"hub": draft_hub},
    }
    page_maker = PageMaker(private, public, given)
    page_maker.make_public()
    world = World(private, public, beside, page_maker, page_maker.make_private())
    _point_to_private_things(world, records)
    _library(world, records)
    return world


def _point_to_private_things(world: World, records: RecordMaker) -> None:
    """Links from public pages, the menu, the footer and redirects to pages that are not public."""
    drafts = {
        model: states["never published"] for model, states in world.private_pages.items() if "never published" in states
    }
    restricted = world.private_pages[pages.StandardPage]["restricted"]
    home = pages.HomePage.objects.get(locale__language_code="en")
    home.edition_page = drafts[pages.EditionPage]
    home.save_revision().publish()
    news = pages.NewsPage.objects.get(pk=world.pages.public_pages[pages.NewsPage].pk)
    news.project = drafts[pages.ProjectPage]
    rich = "".join(f'<p><a linktype="page" id="{page.pk}">link</a></p>' for page in [*drafts.values(), restricted])
    document = CustomDocument.objects.create(
        title=world.public.new("images.CustomDocument (public).title"),
        file=ContentFile(write_odt("", [world.public.new("images.DocumentText (public).text")]), "vabilo.odt"),
    )
    news.body = [
        *news.body.raw_data,
        {"type": "text", "value": {"text": rich, "language": ""}},
        {"type": "downloads", "value": {"documents": [{"document": document.pk}], "language": ""}},
    ]
    news.funding_text = rich
    news.save_revision().publish()
    # A published page below one that was taken back, whose title then stands in no path.
    above = world.private_pages[pages.StandardPage]["unpublished"]
    above.slug = "umaknjena"
    above.save()
    StandardPageFactory(parent=above, slug="javna", title=world.public.new("home.StandardPage (below a draft).title"))
    # The campaign page of an edition that is not public.
    world.pages._make(pages.EditionPage, world.public, edition=Edition.objects.get(year=2030))
    for page in (drafts[pages.NewsPage], world.private_pages[pages.NewsPage]["unpublished"]):
        Redirect.objects.create(old_path=f"/sl/stara-{page.pk}", redirect_page=page)

    hidden = [
        link(world.private.new("navigation.Menu (link to a draft).items"), page=drafts[pages.StandardPage]),
        link(world.private.new("navigation.Menu (link to a restricted page).items"), page=restricted),
    ]
    shown = link(world.public.new("navigation.Menu (public).items"), page=world.pages.public_pages[pages.NewsIndexPage])
    MenuFactory(items=menu_items([shown, *hidden]))
    hidden = [
        link(world.private.new("navigation.Footer (link to a draft).columns"), page=drafts[pages.ProjectPage]),
        link(world.private.new("navigation.Footer (link to a restricted page).columns"), page=restricted),
    ]
    FooterFactory(
        columns=footer_columns([(world.public.new("navigation.Footer (public).columns"), [shown, *hidden])]),
        colophon=rich,
    )


def _library(world: World, records: RecordMaker) -> None:
    """Pictures of drafts, documents that only some may read, partners of pages, and what an import remembers."""
    draft = world.private_pages[pages.ProjectPage]["never published"]
    draft.search_image = records.picture("of a draft page")
    draft.save_revision()
    hub = Organisation.objects.filter(published_at=None, kind="hub").get()
    project = world.pages.public_pages[pages.ProjectPage]
    PartnershipFactory(
        organisation=hub, edition=None, page_translation_key=project.translation_key, role=PartnershipRole.FUNDER
    )
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Interno"))
    CollectionViewRestriction.objects.create(
        collection=collection,
        restriction_type=CollectionViewRestriction.PASSWORD,
        password=world.private.new("wagtailcore.CollectionViewRestriction.password"),
    )
    CustomDocument.objects.create(
        collection=collection, **values_for(CustomDocument, world.private, "images.CustomDocument (private collection)")
    )
    uploads = {
        state: CustomDocument.objects.create(
            **values_for(CustomDocument, world.private, f"images.CustomDocument ({state})", without=["file"]),
            file=ContentFile(write_odt("", [world.private.new(f"images.DocumentText ({state}).text")]), "osnutek.odt"),
        )
        for state in ("of no page", "of a draft", "of a draft of a public page", "of a restricted page")
    }
    public = world.pages.public_pages[pages.StandardPage]
    _offer(pages.StandardPage.objects.get(pk=public.pk), uploads["of a draft of a public page"], publish=False)
    states = world.private_pages[pages.StandardPage]
    _offer(states["never published"], uploads["of a draft"], publish=False, save=True)
    _offer(states["restricted"], uploads["of a restricted page"], publish=True)
    ImportedPage.objects.create(
        page=draft,
        locale=Locale.objects.get(language_code="sl"),
        fingerprint="0",
        key=world.private.new("home.ImportedPage.key"),
    )


def _offer(page: Page, document: CustomDocument, *, publish: bool, save: bool = False) -> None:
    """Have a page offer a document: at once, in its draft, or (`save`) in a row that was never published."""
    page.body = [
        *page.body.raw_data,
        {"type": "downloads", "value": {"documents": [{"document": document.pk}], "language": ""}},
    ]
    if save:
        page.save()
    revision = page.save_revision()
    if publish:
        revision.publish()
