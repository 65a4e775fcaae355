"""Every page type as an anonymous reader sees it."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from home.factories import (
    EditionPageFactory,
    EventPageFactory,
    GoodPracticePageFactory,
    HomePageFactory,
    InitiativesPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ProjectPageFactory,
    StandardPageFactory,
)
from home.models import (
    EditionPage,
    EventIndexPage,
    EventPage,
    GoodPracticeIndexPage,
    GoodPracticePage,
    HomePage,
    InitiativesPage,
    NewsIndexPage,
    NewsPage,
    ProjectIndexPage,
    ProjectPage,
    StandardPage,
)
from pledges.factories import EditionFactory, HubFactory, MunicipalityFactory, TopicFactory
from tests.home.content import heading, picture, read, text

pytestmark = pytest.mark.django_db

PAGE_TYPES = [
    GoodPracticeIndexPage,
    GoodPracticePage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    ProjectIndexPage,
    ProjectPage,
    EventIndexPage,
    EventPage,
    EditionPage,
    InitiativesPage,
    StandardPage,
]


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_every_field_is_either_translated_or_the_same_everywhere(model: type) -> None:
    """Nothing is left to the guesses of wagtail-localize."""
    stated = {field.field_name for field in model.translatable_fields}
    own = {field.name for field in model._meta.local_fields if field.editable and not field.primary_key}
    own -= {"page_ptr"}
    assert own <= stated
    assert {"title", "slug", "seo_title", "search_description"} <= stated
    slug = next(field for field in model.translatable_fields if field.field_name == "slug")
    assert not slug.is_overridable(model())


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_every_page_type_says_where_it_may_stand(model: type) -> None:
    for name in ("template", "parent_page_types", "subpage_types", "max_count"):
        assert name in vars(model), name


def test_an_article_has_its_own_date_apart_from_the_events(client: Client) -> None:
    hub = HubFactory(
        slug="gorjanci",
        name="Stičišče Gorjanci",
        social_url="https://example.org/fb",
        social_name="Gorjanci na omrežju",
    )
    project = ProjectPageFactory(title="CI.SO.MO.", slug="cisomo")
    NewsPageFactory(
        slug="porocilo",
        title="Mednarodni dogodek v okviru projekta CI.SO.MO.",
        date=dt.date(2019, 5, 31),
        event_start=dt.date(2019, 5, 20),
        event_end=dt.date(2019, 5, 24),
        lead="Pet organizacij.",
        hub=hub,
        project=project,
        programme="Evropa za državljane",
        places="Novo mesto, Ljubljana",
        countries="Švedska, Bolgarija",
        activity_form="delavnica",
        body=[text("<p>„Solidarnostna gibanja civilne družbe“ in “Svetovna kavarna”.</p>"), heading("Cilji")],
        funding_text="<p>Sofinancira Evropska unija.</p>",
    )
    html = read(client, "/sl/novice/porocilo/")
    assert '<time datetime="2019-05-31">petek, 31. 5. 2019</time>' in html
    assert '<time datetime="2019-05-20">20. 5. 2019</time> – <time datetime="2019-05-24">24. 5. 2019</time>' in html
    assert html.count("<h1") == 1
    assert "„Solidarnostna gibanja civilne družbe“ in “Svetovna kavarna”." in html
    assert '<a href="/sl/novice/?hub=gorjanci">Stičišče Gorjanci</a>' in html
    assert 'href="https://example.org/fb"' in html and "Gorjanci na omrežju" in html
    assert '<a href="/sl/projekti/cisomo/">CI.SO.MO.</a>' in html
    for words in ("Evropa za državljane", "Novo mesto, Ljubljana", "Švedska, Bolgarija", "delavnica"):
        assert words in html
    assert "Sofinancira Evropska unija." in html


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/sl/novice/prazna/", lambda: NewsPageFactory(slug="prazna")),
        ("/sl/projekti/prazen/", lambda: ProjectPageFactory(slug="prazen")),
        ("/sl/dogodki/prazen/", lambda: EventPageFactory(slug="prazen")),
        ("/sl/dobre-prakse/prazna/", lambda: GoodPracticePageFactory(slug="prazna")),
        ("/sl/prazne/", lambda: InitiativesPageFactory(slug="prazne")),
        ("/sl/prazna/", lambda: StandardPageFactory(slug="prazna")),
    ],
)
def test_what_is_empty_leaves_no_row_and_no_heading(client: Client, path: str, make) -> None:
    make()
    main = read(client, path).partition("<main")[2].partition("</main>")[0]
    assert not re.search(r"<(dt|dd|h[1-6]|li|p|dl|ul|ol)\b[^>]*>\s*</\1>", main)
    assert "<h2" not in main
    assert "None" not in main


def test_a_good_practice_says_where_when_about_what_and_by_whom(client: Client) -> None:
    GoodPracticePageFactory(
        title="Odklenjeno igrišče",
        slug="igrisce",
        year=2024,
        municipality=MunicipalityFactory(code="AJD"),
        topic=TopicFactory(code="youth"),
        hub=HubFactory(name="Stičišče Burja"),
        lead="Šola posodi ključ.",
        external_url="https://example.org/igrisce",
        external_title="Dogovor na eni strani",
    )
    html = read(client, "/sl/dobre-prakse/igrisce/")
    assert '<a href="/sl/municipalities/ajdovscina/">Ajdovščina</a>' in html
    assert "<dd>2024</dd>" in html
    assert "/sl/pledges/?topic=youth" in html
    assert "Stičišče Burja" in html
    assert 'href="https://example.org/igrisce" rel="external">Dogovor na eni strani' in html
    assert 'href="/sl/dobre-prakse/"' in html
    assert "Odklenjeno igrišče" in read(client, "/sl/dobre-prakse/")


def test_dates_of_an_article_are_checked() -> None:
    index = NewsIndexPageFactory()
    for wrong in ({"event_start": dt.date(2019, 5, 24), "event_end": dt.date(2019, 5, 20)}, {"event_end": dt.date.max}):
        with pytest.raises(ValidationError):
            index.add_child(instance=NewsPage(title="Narobe", **wrong))


def test_an_event_shows_when_and_where(client: Client) -> None:
    municipality = MunicipalityFactory(code="AJD")
    EventPageFactory(
        slug="dan",
        start_date=dt.date(2026, 9, 28),
        start_time=dt.time(10),
        end_time=dt.time(16, 30),
        venue="Dvorana prve slovenske vlade",
        municipality=municipality,
        level="local",
    )
    html = read(client, "/sl/dogodki/dan/")
    assert '<time datetime="2026-09-28">28. 9. 2026</time>' in html
    assert '<time datetime="10:00">' in html and '<time datetime="16:30">' in html
    assert f"/sl/municipalities/{municipality.slug}/" in html


def test_an_edition_page_shows_its_events_and_the_other_editions(client: Client) -> None:
    edition, older = EditionFactory(year=2022), EditionFactory(year=2018)
    EditionPageFactory(edition=edition, slug="sola-2022", lead="Dvanajst stičišč.")
    EditionPageFactory(edition=older, slug="sola-2018")
    EventPageFactory(slug="dan", title="Dan Šole za župane", edition=edition, start_date=dt.date(2026, 9, 28))
    html = read(client, "/sl/sola-2022/")
    assert "Dan Šole za župane" in html
    assert '<a href="/sl/sola-2018/">2018</a>' in html
    assert '<a href="/sl/sola-2022/" aria-current="page">2022</a>' in html
    assert "Dan Šole za župane" not in read(client, "/sl/sola-2018/")


def test_initiatives_are_steps_with_headings(client: Client) -> None:
    ka = HomePageFactory(language="ka", title="ზავეზა")
    InitiativesPageFactory(
        parent=ka,
        slug="პროგრამა",
        title="პარტნიორობა",
        audience=[("label", "ახალი აქტივისტები")],
        place="თბილისი",
        facts=[("fact", {"term": "დასაწყისი", "value": "2019"})],
        initiatives=[
            (
                "initiative",
                {
                    "name": "სასწავლო წრეები",
                    "description": "<p>მცირე ჯგუფები.</p>",
                    "audience": "აქტივისტები",
                    "frequency": "პერიოდულად",
                    "place": "საქართველო",
                },
            )
        ],
    )
    html = read(client, "/ka/პროგრამა/")
    assert '<html lang="ka">' in html
    assert "<h3>სასწავლო წრეები</h3>" in html
    assert "<span>აქტივისტები</span><span>პერიოდულად</span><span>საქართველო</span>" in html
    assert "<dt>დასაწყისი</dt>" in html
    assert html.count("<h1") == 1


def test_home_shows_news_and_the_edition(client: Client) -> None:
    index = NewsIndexPageFactory()
    for day in range(1, 6):
        NewsPageFactory(parent=index, title=f"Novica {day}", date=dt.date(2026, 1, day))
    edition_page = EditionPageFactory(edition=EditionFactory(year=2022))
    HomePageFactory(title="Kaj so obljubili", lead="Pred volitvami.", edition_page=edition_page)
    html = read(client, "/sl/")
    assert "<h1>Kaj so obljubili</h1>" in html
    assert "Novica 5" in html and "Novica 3" in html and "Novica 2" not in html
    assert 'href="/sl/novice/"' in html
    assert edition_page.url in html
    assert 'class="crumbs"' not in html
    index.unpublish()
    assert 'href="/sl/novice/"' not in read(client, "/sl/")


def test_search_title_description_and_picture(client: Client) -> None:
    image = picture("naslovnica", 1200, 630)
    StandardPageFactory(
        slug="o-nas", title="O nas", seo_title="Kdo smo", search_description="Kdo stoji za tem.", search_image=image
    )
    html = read(client, "/sl/o-nas/")
    assert "<title>Kdo smo · Zaveza</title>" in html
    assert '<meta name="description" content="Kdo stoji za tem.">' in html
    assert re.search(r'property="og:image" content="http://testserver/media/[^"]+1200x630[^"]+"', html)
    assert 'property="og:image:alt" content="Kaj kaže naslovnica"' in html
    StandardPageFactory(slug="uvod", lead="Uvod pove isto.")
    assert '<meta name="description" content="Uvod pove isto.">' in read(client, "/sl/uvod/")


def test_breadcrumbs_leave_out_what_is_not_published(client: Client) -> None:
    parent = StandardPageFactory(slug="o-nas", title="O nas")
    StandardPageFactory(parent=parent, slug="ekipa", title="Ekipa")
    crumbs = client.get("/sl/o-nas/ekipa/").context["breadcrumbs"]
    assert crumbs == [
        {"title": "Zaveza", "url": "/sl/"},
        {"title": "O nas", "url": "/sl/o-nas/"},
        {"title": "Ekipa", "url": None},
    ]
    parent.unpublish()
    assert "O nas" not in client.get("/sl/o-nas/ekipa/").content.decode()
