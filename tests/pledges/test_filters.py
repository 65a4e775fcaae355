"""The one reader of the query string: what it keeps, what it names, what it counts."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import translation

from pledges.enums import Status
from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    EditionFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PledgeFactory,
    ProgrammeFactory,
    TopicFactory,
)
from pledges.filters import PledgeFilterSet, UnknownFilters
from pledges.models import Municipality, PledgeText
from search.services import reindex_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"
    with translation.override("en"):
        yield


def programme_in(code, **candidacy):
    return ProgrammeFactory(candidacy=CandidacyFactory(municipality=MunicipalityFactory(code=code), **candidacy))


@pytest.fixture
def record():
    """Pledges in two municipalities of two regions."""
    roads, elderly = TopicFactory(code="roads", name="Ceste"), TopicFactory(code="elderly", name="Starejši")
    ajdovscina = programme_in("AJD", list_name="Lista Odprta dolina")
    postojna = programme_in("POS", list_name="Za mirno mesto")
    pledges = {
        "road": PledgeFactory(programme=ajdovscina, title="Pločnik do šole", topics=[roads, elderly], published=True),
        "bus": PledgeFactory(
            programme=ajdovscina, title="Avtobus", topics=[elderly], due_date=dt.date(2025, 6, 30), published=True
        ),
        "vague": PledgeFactory(programme=postojna, title="Lepša občina", testability="not_testable", published=True),
        "park": PledgeFactory(
            programme=postojna, title="Park", due_date=dt.date(2026, 2, 1), due_precision="month", published=True
        ),
        "ngo": PledgeFactory(
            programme=postojna, title="Prireditve", organisation=OrganisationFactory(), published=True
        ),
    }
    AssessmentFactory(pledge=pledges["road"], status=Status.FULFILLED, published=True)
    AssessmentFactory(
        pledge=pledges["park"], status=Status.IN_PROGRESS, effective_date=dt.date(2024, 5, 1), published=True
    )
    PledgeFactory(programme=ajdovscina, title="Osnutek")
    loser = ProgrammeFactory(
        candidacy=CandidacyFactory(municipality=Municipality.objects.get(code="AJD"), elected=False, list_name="")
    )
    pledges["lost"] = PledgeFactory(programme=loser, title="Bazen", published=True)
    return pledges


def filtered(query="", **kwargs):
    return PledgeFilterSet(QueryDict(query), **kwargs)


def titles(query):
    return sorted(pledge.title for pledge in filtered(query).rows)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Avtobus", "Bazen", "Lepša občina", "Park", "Pločnik do šole", "Prireditve"]),
        ("municipality=ajdovscina", ["Avtobus", "Bazen", "Pločnik do šole"]),
        ("municipality=ajdovscina&municipality=postojna&status=fulfilled", ["Pločnik do šole"]),
        ("region=primorsko-notranjska", ["Lepša občina", "Park", "Prireditve"]),
        ("edition=2022", ["Avtobus", "Bazen", "Lepša občina", "Park", "Pločnik do šole", "Prireditve"]),
        ("list=Za+mirno+mesto", ["Lepša občina", "Park", "Prireditve"]),
        ("topic=elderly&topic=roads", ["Avtobus", "Pločnik do šole"]),
        ("topic=roads", ["Pločnik do šole"]),
        ("status=not_assessed", ["Avtobus", "Prireditve"]),
        ("status=in_progress&status=fulfilled", ["Park", "Pločnik do šole"]),
        ("testability=not_testable", ["Lepša občina"]),
        ("in_office=no", ["Bazen"]),
        ("in_office=yes", ["Avtobus", "Lepša občina", "Park", "Pločnik do šole", "Prireditve"]),
        ("in_office=yes&in_office=no&municipality=ajdovscina", ["Avtobus", "Bazen", "Pločnik do šole"]),
        ("due=overdue", ["Avtobus"]),
        ("due=2026", ["Park"]),
        ("due=2025&due=2026", ["Avtobus", "Park"]),
        ("promised_by=ngo", ["Prireditve"]),
        ("q=plo%C4%8Dnik", ["Pločnik do šole"]),
        ("q=%C5%A1ole", ["Pločnik do šole"]),
        ("q=PLO%C4%8CNIK", ["Pločnik do šole"]),
        ("q=park+prvem+letu", ["Park"]),
        ("q=park+bazen", []),
    ],
)
def test_each_filter(record, query, expected):
    assert titles(query) == expected


def test_words_are_found_in_every_language(record):
    PledgeText.objects.create(pledge=record["bus"], language="ka", title="ავტობუსი", summary="მოხუცებისთვის")
    assert titles("q=მოხუცებისთვის") == ["Avtobus"]


def test_a_month_is_overdue_after_its_end(record, settings):
    settings.TODAY = "2026-03-01"
    assert titles("due=overdue") == ["Avtobus", "Park"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("status=bogus", "bogus"),
        ("municipality=atlantis", "atlantis"),
        ("colour=red", "colour"),
        ("due=soon", "soon"),
        ("sort=random", "random"),
        ("edition=abc", "abc"),
        ("q=" + "a" * 300, "200"),
        ("q=" + "+".join("abcdefghijklmnopqrstuvwxyz"), "20"),
    ],
)
def test_what_does_not_exist_is_named_and_ignored(record, query, named):
    filterset = filtered(query)
    assert len(filterset.problems) == 1
    assert named in filterset.problems[0]
    assert filterset.rows.count() == 6


def test_strict_refuses_what_does_not_exist(record):
    with pytest.raises(UnknownFilters) as refused:
        filtered("status=bogus&colour=red", strict=True)
    assert len(refused.value.problems) == 2
    with pytest.raises(UnknownFilters) as refused:
        filtered("as-of=2999-01-01", strict=True)
    assert refused.value.problems == ["The day 2999-01-01 has not come yet."], "nobody is shown anything instead"


def test_known_values_stay_beside_unknown_ones(record):
    assert titles("status=fulfilled&status=bogus") == ["Pločnik do šole"]


def test_one_query_string_for_one_list(record):
    one = filtered("topic=roads&status=partly&status=fulfilled&q=&page=3&sort=changed")
    other = filtered("status=fulfilled&status=partly&status=partly&topic=roads")
    assert one.query_string == other.query_string == "status=fulfilled&status=partly&topic=roads"


def test_chips_lead_to_the_list_without_them(record):
    filterset = filtered("status=fulfilled&topic=roads&q=plo%C4%8Dnik")
    assert [(chip.label, chip.url) for chip in filterset.chips] == [
        ("»pločnik«", "/en/pledges/?status=fulfilled&topic=roads"),
        ("fulfilled", "/en/pledges/?q=plo%C4%8Dnik&topic=roads"),
        ("Ceste", "/en/pledges/?q=plo%C4%8Dnik&status=fulfilled"),
    ]


def facet(filterset, name):
    found = next(facet for facet in filterset.facets if facet.name == name)
    return {option.value: option.count for option in found.all_options}


def test_a_facet_counts_without_its_own_filter(record):
    filterset = filtered("municipality=ajdovscina&status=fulfilled")
    assert facet(filterset, "municipality") == {"ajdovscina": 1}
    assert facet(filterset, "status")["not_assessed"] == 1
    assert facet(filterset, "region")["goriska"] == 1


def test_zero_counts_stay(record):
    counts = facet(filtered("topic=roads"), "status")
    assert counts["stalled"] == 0
    assert facet(filtered("status=in_progress"), "topic") == {"roads": 0, "elderly": 0}


def test_facets_count_every_pledge_once(record):
    filterset = filtered("")
    assert facet(filterset, "topic") == {"roads": 1, "elderly": 2}
    assert facet(filterset, "due") == {"overdue": 1, "2025": 1, "2026": 1}
    assert facet(filterset, "in_office") == {"yes": 5, "no": 1}
    assert facet(filterset, "promised_by") == {"candidate": 5, "ngo": 1}
    assert facet(filterset, "list") == {"Lista Odprta dolina": 2, "Za mirno mesto": 3}


def test_long_facets_fold_but_show_what_is_chosen(record):
    regions = next(facet for facet in filtered("region=zasavska").facets if facet.name == "region")
    assert "zasavska" in [option.value for option in regions.options]
    assert len(regions.options) <= 9
    assert len(regions.all_options) >= 12


def test_numbers_are_those_of_the_list(record):
    filterset = filtered("municipality=postojna")
    assert filterset.count.total == filterset.rows.count() == 3
    assert filterset.count.by_gate == {"not_testable": 1}
    assert filterset.municipality_count == 1


@pytest.mark.parametrize("query", ["", "municipality=ajdovscina", "q=p", "due=2025&due=2026"])
def test_the_key_of_the_bar_leads_to_as_many_rows(record, query):
    filterset = filtered(query)
    shown = dict(filterset.count.by_status) | dict(filterset.count.by_gate)
    for code, count in shown.items():
        target = filtered(filterset.status_links[code].partition("?")[2])
        assert target.rows.count() == count, code


@pytest.mark.parametrize(
    ("sort", "first"),
    [("changed", "Park"), ("due", "Avtobus"), ("municipality", "Pločnik do šole"), ("checked", "Park")],
)
def test_orders(record, sort, first):
    assert filtered(f"sort={sort}").rows[0].title == first


def test_drafts_are_no_choices(record):
    EditionFactory(year=2030, published_at=None)
    CandidacyFactory(list_name="Skrita lista", published_at=None)
    filterset = filtered("list=Skrita+lista&edition=2030")
    assert len(filterset.problems) == 2


class TestForms:
    """Other forms of a word, by the index of the search."""

    def test_another_form_is_found_today_and_not_for_an_earlier_day(self) -> None:
        pledge = PledgeFactory(programme=programme_in("AJD"), quote="Zgradili bomo kolesarske steze.", published=True)
        reindex_now("pledge", [pledge.pk])
        assert [row.pk for row in PledgeFilterSet(QueryDict("q=kolesarska+steza")).qs] == [pledge.pk]
        assert not PledgeFilterSet(QueryDict("q=kolesarska+vrtec")).qs.exists()
        assert not PledgeFilterSet(QueryDict("q=kolesarska&as-of=2026-01-01")).qs.exists()
