"""Every address of the site outside the admin, and what to ask of it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import FileField
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from home import filters
from home.models import EventIndexPage, GoodPracticeIndexPage, HomePage, NewsIndexPage, ProjectIndexPage, ProjectPage
from pledges import as_of, choices, links
from pledges.corrections import PARAMETERS as CORRECTION_PARAMETERS
from pledges.corrections import kinds
from pledges.enums import Gate, Status
from pledges.filters import PledgeFilterSet
from pledges.models import (
    Assessment,
    Candidacy,
    CandidacyLink,
    Evidence,
    LedgerRow,
    Municipality,
    Organisation,
    Person,
    Pledge,
    Programme,
    Proposal,
    Recognition,
    Topic,
)
from search.alert_links import Purpose, token_of
from search.follows import followables
from search.models import SearchAlert
from search.parameters import FILTERS
from search.registry import sources
from zaveza.images.models import CustomDocument
from zaveza.sitemaps import registered_sitemaps

from .models import PRIVATE_MODELS, all_models

if TYPE_CHECKING:
    from .world import World

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ADMIN = "admin/"
Arguments = Iterable[tuple[Any, ...]]


def walk(
    patterns: Iterable[URLPattern | URLResolver], path: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Every pattern as `(its whole path, its name with namespaces)`."""
    for pattern in patterns:
        whole = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from walk(pattern.url_patterns, whole, inner)
        else:
            yield whole, ":".join([*names, pattern.name or whole])


def public_routes() -> set[str]:
    """The names of all addresses outside the admin."""
    return {name for path, name in walk(get_resolver().url_patterns) if not path.startswith(ADMIN)}


# What to ask of each address.


def _once(world: "World") -> Arguments:
    return [()]


def _ids_of(model: Any) -> Callable[["World"], Arguments]:
    """All records, the private ones too, and ids that somebody may guess."""

    def ids(world: "World") -> Arguments:
        name = model._meta.model_name
        known = [public_id for public_id in model.objects.values_list("public_id", flat=True) if public_id]
        return [(public_id,) for public_id in [*known, "draft", "None", "1", f"{name}-1", "AJD-2030-01"]]

    return ids


def _closed_links(world: "World") -> Arguments:
    """Links that open nothing: revoked and expired ones, those for another purpose, guessed ones."""
    tokens = [links.token_of(link) for link in CandidacyLink.objects.all() if not link.is_open]
    keys = [f"zl_{link.key}_{'A' * 43}" for link in CandidacyLink.objects.all()]
    return [(token,) for token in [*tokens, *keys, "zl_1", "draft", "None", "1"]]


def _follow_links(purpose: Purpose) -> Callable[["World"], Arguments]:
    """Addresses that somebody may guess, and those of a follow for another purpose: they open nothing."""

    def tokens(world: "World") -> Arguments:
        others = [other for other in Purpose if other != purpose]
        known = [token_of(other, alert.key) for alert in SearchAlert.objects.all() for other in others]
        return [(token,) for token in [*known, f"zl_{'0' * 32}_{'A' * 43}", "zl_1", "draft"]]

    return tokens


def _followed_records(world: "World") -> dict[str, list[str]]:
    """Every id, the private ones too."""
    pledges = Pledge.objects.values_list("public_id", flat=True)
    people = Person.objects.values_list("public_id", flat=True)
    return {"id": [*(public_id for public_id in [*pledges, *people] if public_id), "draft", "AJD-2030-01"]}


def _ledger_rows(world: "World") -> Arguments:
    """Every row, those of later publications too, and the next one."""
    numbers = list(LedgerRow.objects.order_by("sequence").values_list("sequence", flat=True))
    return [(number,) for number in [*numbers, len(numbers) + 1]]


def _permanent_ids(world: "World") -> Arguments:
    """Every id that a record, a page or a row of the ledger has, public or not."""
    for model in all_models():
        if any(field.name == "public_id" for field in model._meta.concrete_fields):
            for public_id in model._default_manager.exclude(public_id=None).values_list("public_id", flat=True):
                yield (public_id,)
    for number in Assessment.objects.exclude(sequence=None).values_list("sequence", flat=True):
        yield (f"assessment-{number}",)
    for (number,) in _ledger_rows(world):
        yield (f"L-{number}",)
    for municipality in Municipality.objects.filter(code__in=("AJD", "BOH")):
        yield (f"municipality-{municipality.iso_code}",)
    for page in Page.objects.filter(depth__gt=1).select_related("locale"):
        yield (f"page-{page.translation_key}-{page.locale.language_code}",)
    for document in CustomDocument.objects.all():
        yield (f"document-{document.pk}",)


def _municipalities(world: "World") -> Arguments:
    private = Organisation.objects.filter(published_at=None).values_list("slug", flat=True)
    return [(slug,) for slug in ("ajdovscina", "bohinj", *private)]


def _versions(world: "World") -> Arguments:
    return [(version,) for version in ("1.0", "8.0", "9.0", "draft")]


def _pages(world: "World") -> Arguments:
    """Every page, public or not, at its own path below the language."""
    paths = {page.url_path.split("/", 2)[2]: None for page in Page.objects.filter(depth__gt=1).order_by("pk")}
    return [(path,) for path in paths]


def _restricted_pages(world: "World") -> Arguments:
    """The form that asks for the password of a page, and of pages that are not published at all."""
    restrictions = PageViewRestriction.objects.all()
    drafts = [states["never published"].pk for states in world.private_pages.values() if "never published" in states]
    return [
        *((restriction.pk, restriction.page_id) for restriction in restrictions),
        *((restrictions[0].pk, draft) for draft in drafts),
    ]


def _documents(world: "World") -> Arguments:
    return [(document.pk, document.filename) for document in CustomDocument.objects.all()]


def _restricted_collections(world: "World") -> Arguments:
    return [(restriction.pk,) for restriction in CollectionViewRestriction.objects.all()]


def _sitemap_sections(world: "World") -> Arguments:
    return [(name,) for name in registered_sitemaps()]


def _files(world: "World") -> Arguments:
    """Files of private records under the names that they had when they were uploaded, and folders."""
    for model in PRIVATE_MODELS:
        for field in model._meta.concrete_fields:
            if not isinstance(field, FileField):
                continue
            folder = "original_images/" if callable(field.upload_to) else f"{field.upload_to.rstrip('/')}/"
            yield (folder,)
            for word in world.private.of(f"{model._meta.label} ("):
                if world.private.owners[word].endswith(f".{field.name}"):
                    yield from ((f"{folder}{word}.{extension}",) for extension in ("pdf", "png"))


ROUTES: dict[str, Callable[["World"], Arguments]] = {
    "live": _once,
    "ready": _once,
    "sitemap": _once,
    "sitemap_section": _sitemap_sections,
    "robots": _once,
    "permanent": _permanent_ids,
    "permanent_with_slash": _permanent_ids,
    "ledger_download": _once,
    "ledger_verifier": _once,
    "media": _files,
    "wagtaildocs_serve": _documents,
    "wagtaildocs_authenticate_with_password": _restricted_collections,
    "wagtail_serve": _pages,
    "wagtailcore_authenticate_with_password": _restricted_pages,
    "wagtailcore_login": _once,
    "pledges:pledge_list": _once,
    "pledges:pledge_export": lambda world: [("csv",), ("jsonl",), ("xlsx",)],
    "pledges:pledge": _ids_of(Pledge),
    "pledges:pledge_timemap": _ids_of(Pledge),
    "pledges:candidate": _ids_of(Candidacy),
    "pledges:programme": _ids_of(Programme),
    "pledges:proposal": _ids_of(Proposal),
    "pledges:certificate": _ids_of(Recognition),
    "pledges:municipality_list": _once,
    "pledges:municipality": _municipalities,
    "pledges:send_tip": _once,
    "pledges:tip_status": _once,
    "pledges:corrections": _once,
    "pledges:corrections_feed": _once,
    "pledges:corrections_version": _versions,
    "pledges:methodology": _once,
    "pledges:methodology_version": _versions,
    "pledges:funding": _once,
    "pledges:funding_version": _versions,
    "evidence_copy": _ids_of(Evidence),
    "pledges:hand_in": _closed_links,
    "pledges:hand_in_review": _closed_links,
    "pledges:hand_in_receipt": lambda world: [(*args, 1) for args in _closed_links(world)],
    "pledges:reply": _closed_links,
    "pledges:reply_to": lambda world: [(*args, "reply-1") for args in _closed_links(world)],
    "pledges:municipality_timemap": _municipalities,
    "pledges:ledger": _once,
    "pledges:ledger_row": _ledger_rows,
    "search:search": _once,
    "search:suggest": _once,
    "search:feed": _once,
    "search:table": _once,
    "search:follow": lambda world: [(kind,) for kind in followables()],
    "search:follow_feed": lambda world: [(kind,) for kind in followables()],
    "search:follow_confirm": _follow_links(Purpose.CONFIRM),
    "search:follow_leave": _follow_links(Purpose.LEAVE),
    "search:follow_leave_all": _follow_links(Purpose.LEAVE_ALL),
    "search:follow_mine": _follow_links(Purpose.MINE),
    "pledges:pledge_feed": _once,
}
# Addresses that show an earlier day, and a day that is not over.
AS_OF = (
    "pledges:pledge_list",
    "pledges:pledge",
    "pledges:candidate",
    "pledges:programme",
    "pledges:proposal",
    "pledges:municipality_list",
    "pledges:municipality",
)
BETWEEN = "2024-06-01"  # after the pledges were published and before two of them were closed
DAYS = ("2022-10-01", BETWEEN, "2026-02-03", "2026-02-04")

# Parameters of the lists, by the list's name: what is read of the query string, and what to ask.


def list_parameters() -> dict[str, set[str]]:
    """What the code of each list reads."""
    return {
        "pledges:pledge_list": {*PledgeFilterSet.base_filters, "page"},
        "pledges:municipality_list": {"q"},
        "search:search": {"q", "in", "sort", "page", *FILTERS},
        "search:suggest": {"q", "in", *FILTERS},
        "search:feed": {"q", "in", "sort", "page", *FILTERS},
        "search:table": {"q", "in", "sort", "page", *FILTERS},
        "pledges:pledge_feed": {*PledgeFilterSet.base_filters, "page"},
        "pledges:corrections": {*CORRECTION_PARAMETERS, "as-of", "page"},
        "pledges:corrections_feed": {*CORRECTION_PARAMETERS, "as-of"},
        "pledges:send_tip": {"about"},
        "home.NewsIndexPage": {*filters.NewsFilter.parameters, "page"},
        "home.ProjectIndexPage": {*filters.ProjectFilter.parameters, "page"},
        "home.EventIndexPage": {*filters.EventFilter.parameters, "page"},
        "home.GoodPracticeIndexPage": {"page"},
    }


def _pledge_list_queries(world: "World") -> dict[str, list[str]]:
    private_lists = Candidacy.objects.exclude(pk__in=Candidacy.objects.public()).values_list("list_name", flat=True)
    values: dict[str, list[str]] = {
        "q": [*world.private.of("pledges.Pledge (")[:3], *world.private.of("pledges.PledgeText (")[:3]],
        "municipality": ["ajdovscina", "bohinj"],
        "due": ["overdue", "2024", "2026"],
        "edition": [*(str(edition.year) for edition in choices.editions()), "2030", "2034"],
        "list": [*choices.list_names(), *private_lists],
        "page": ["2", "99999"],
    }
    for name, declared in PledgeFilterSet.base_filters.items():
        if name not in values:
            offered = declared.extra["choices"]
            values[name] = [str(value) for value, _label in (offered() if callable(offered) else offered)]
    return values


def _projects() -> list[str]:
    return [f"project:{key}" for key in ProjectPage.objects.values_list("translation_key", flat=True)]


def _named_people(world: "World") -> list[str]:
    """What a search for a person asks for, the private ones too."""
    names = [*world.private.of("pledges.Person (")[:2], *world.public.of("pledges.Person (public).name")[:1]]
    return [f'oseba:"{name}"' for name in names]


def _search_queries(world: "World") -> dict[str, list[str]]:
    hubs = list(Organisation.objects.values_list("slug", flat=True))
    return {
        "q": [world.public_word, "zaveza", "program", "2030", "izvedba:2030", *_named_people(world)],
        "type": [*sources(), "municipality:ajdovscina", "edition:2030", *(f"hub:{slug}" for slug in hubs)],
        "in": ["municipality:bohinj", "edition:2022", "edition:2030", *_projects(), "hub:x", "x"],
        "language": LANGUAGES,
        "municipality": ["ajdovscina", "bohinj"],
        "region": [region.slug for region in choices.regions()],
        "edition": ["2022", "2030", "2034"],
        "status": [*Status.values, *Gate.values],
        "topic": list(Topic.objects.values_list("code", flat=True)),
        "hub": hubs,
        "year": ["2024", "2026", "2030"],
        "sort": ["relevance", "changed", "due"],
        "page": ["2", "99999"],
    }


def _suggest_queries(world: "World") -> dict[str, list[str]]:
    values = {name: each for name, each in _search_queries(world).items() if name not in ("sort", "page")}
    return {**values, "q": [world.public_word, *(word[:4] for word in world.private.owners)]}


def _news_queries(world: "World") -> dict[str, list[str]]:
    hubs = Organisation.objects.values_list("slug", flat=True)
    return {"year": ["2024", "2025", "2026", "2030"], "hub": list(hubs), "page": ["2", "99999"]}


def _correction_queries(world: "World") -> dict[str, list[str]]:
    return {
        "kind": [*kinds()],
        "municipality": ["ajdovscina", "bohinj"],
        "edition": ["2022", "2030", "2034"],
        "as-of": ["2020-01-01", "2026-02-02"],
    }


def _subjects(world: "World") -> dict[str, list[str]]:
    ids = [public_id for public_id in Pledge.objects.values_list("public_id", flat=True) if public_id]
    return {"about": [*ids, "municipality-SI-001", "AJD-2030-01", "draft"]}


QUERIES: dict[str, Callable[["World"], dict[str, list[str]]]] = {
    "pledges:pledge_list": _pledge_list_queries,
    "pledges:municipality_list": lambda world: {
        "q": ["ajd", "bo", "neobstoječa", world.private.of("pledges.Person (")[0]]
    },
    "pledges:corrections": lambda world: {**_correction_queries(world), "page": ["2"]},
    "pledges:corrections_feed": _correction_queries,
    "pledges:send_tip": _subjects,
    "search:search": _search_queries,
    "search:feed": _search_queries,
    "search:table": _search_queries,
    "pledges:pledge_feed": _pledge_list_queries,
    "search:suggest": _suggest_queries,
    "home.NewsIndexPage": _news_queries,
    "home.ProjectIndexPage": lambda world: {"state": ["current", "archived"], "page": ["2"]},
    "home.EventIndexPage": lambda world: {"when": ["upcoming", "past"], "page": ["2"]},
    "home.GoodPracticeIndexPage": lambda world: {"page": ["2"]},
}
INDEX_PAGES: dict[str, type[Page]] = {
    model._meta.label: model for model in (NewsIndexPage, ProjectIndexPage, EventIndexPage, GoodPracticeIndexPage)
}


def list_address(name: str, world: "World") -> str:
    """A list in Slovene."""
    if name in INDEX_PAGES:
        return str(world.pages.public_pages[INDEX_PAGES[name]].url)
    with translation.override("sl"):
        return reverse(name)


# All addresses


def addresses(world: "World") -> Iterator[str]:
    """Every address, each list with each value of each parameter, and pages as reached from lists."""
    asked: set[str] = set()
    for name, arguments in ROUTES.items():
        for number, args in enumerate(arguments(world)):
            # In every language what takes no argument; a record or page in Slovene and in another one by turns.
            languages = ("sl", LANGUAGES[number % len(LANGUAGES)]) if args else LANGUAGES
            for language in languages:
                with translation.override(language):
                    asked.add(reverse(name, args=args))
    for name in AS_OF:
        for args in ROUTES[name](world):
            with translation.override("sl"):
                asked |= {f"{reverse(name, args=args)}?{as_of.PARAMETER}={day}" for day in DAYS}
    # Pages in their own language, too.
    asked |= {page.url for page in Page.objects.filter(depth__gt=1) if page.url}
    yield from sorted(asked)
    for name, queries in QUERIES.items():
        address = list_address(name, world)
        for parameter, values in queries(world).items():
            searched = name in ("search:search", "search:suggest") and parameter != "q"
            base = {"q": world.public_word} if searched else {}
            for value in values:
                yield f"{address}?{urlencode({**base, parameter: value})}"
    for kind in followables():
        with translation.override("sl"):
            places = reverse("search:follow", args=[kind]), reverse("search:follow_feed", args=[kind])
        queries = _followed_records(world) if kind in ("pledge", "person") else {"q": [world.public_word]}
        for place in places:
            for parameter, values in queries.items():
                yield from (f"{place}?{urlencode({parameter: value})}" for value in values)
    for page in world.pages.public_pages.values():
        for came_from in ("hub=x&year=2026&page=2", "state=archived", "when=past"):
            yield f"{page.url}?{urlencode({'from': came_from})}"
        yield f"{page.url}?untranslated=pl"
    home = world.pages.public_pages[HomePage]
    yield f"{home.url}?untranslated=pl"
    yield "/"
