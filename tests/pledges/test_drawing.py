"""The drawn components, against the figures of the prototype pages."""

import datetime as dt

import pytest

from pledges import drawing
from pledges.drawing import Step
from pledges.enums import Status

LABELS = {
    "fulfilled": "izpolnjeno",
    "partly": "delno izpolnjeno",
    "in_progress": "v izvajanju",
    "stalled": "zastalo",
    "not_started": "ni začeto",
    "not_assessed": "še ni ocenjeno",
    "not_fulfilled": "neizpolnjeno",
    "no_information": "ni podatkov",
    "not_testable": "ni preverljivo",
}
HOME = {
    "fulfilled": 296,
    "partly": 121,
    "in_progress": 318,
    "stalled": 92,
    "not_started": 97,
    "not_assessed": 43,
    "not_fulfilled": 68,
}
MANDATE = dt.date(2022, 12, 5), dt.date(2026, 12, 5)
TODAY = dt.date(2026, 2, 3)


def bar_of_home():
    return drawing.status_bar(HOME, {"no_information": 39, "not_testable": 74}, LABELS)


def test_bar_has_the_positions_of_the_home_page():
    positions = [(segment.x, segment.width) for segment in bar_of_home().segments]
    assert positions == [
        ("0", "25.217"),
        ("25.217", "10.308"),
        ("35.525", "27.091"),
        ("62.616", "7.838"),
        ("70.453", "8.264"),
        ("78.717", "3.663"),
        ("82.38", "5.793"),
        ("90.373", "3.322"),
        ("93.696", "6.304"),
    ]


def test_bar_shows_numbers_where_they_fit():
    shown = {segment.code: segment.number_class for segment in bar_of_home().segments}
    assert shown == {
        "fulfilled": "bn",
        "partly": "bn",
        "in_progress": "bn",
        "stalled": "bn",
        "not_started": "bn",
        "not_assessed": "bn bn-wide",
        "not_fulfilled": "bn bn-wide",
        "no_information": "bn bn-wide",
        "not_testable": "bn",
    }


def test_bar_shows_words_where_they_fit():
    assert [segment.code for segment in bar_of_home().segments if segment.shows_word] == ["fulfilled", "in_progress"]


def test_bar_omits_a_number_without_room():
    bar = drawing.status_bar({"fulfilled": 5000, "partly": 1}, {}, LABELS)
    assert bar.segments[1].number_class == ""


def test_bar_paints_solid_patterned_and_left_out():
    paint = {segment.code: (segment.fill_class, segment.pattern) for segment in bar_of_home().segments}
    assert paint["fulfilled"] == ("f-fulfilled", "")
    assert paint["in_progress"] == ("f-in-progress", "")
    assert paint["not_started"] == ("e-not-started", "not_started")
    assert paint["no_information"] == ("o-tail", "")


@pytest.mark.parametrize(
    ("counted", "left_out", "widths"),
    [
        ({"fulfilled": 1, "partly": 1}, {}, ["50", "50"]),
        ({}, {"not_testable": 3}, ["100"]),
        ({"fulfilled": 0}, {}, []),
    ],
)
def test_bar_has_a_gap_only_between_both_parts(counted, left_out, widths):
    assert [segment.width for segment in drawing.status_bar(counted, left_out, LABELS).segments] == widths


def test_clock_has_the_days_of_the_prototype():
    dial = drawing.mandate_clock(*MANDATE, TODAY, 12 / 23)
    assert (dial.elapsed, dial.total, dial.percent) == (1156, 1461, 79)
    assert (dial.x, dial.done) == ("79.124", "52.174")
    assert (dial.label_anchor, dial.label_dx) == ("end", -8)
    assert [(tick.year, tick.x) for tick in dial.ticks if tick.year] == [
        (2024, "26.831"),
        (2025, "51.882"),
        (2026, "76.865"),
    ]
    assert [tick.day for tick in dial.ticks if tick.day] == list(MANDATE)


def test_clock_turns_its_label_in_the_first_half():
    dial = drawing.mandate_clock(*MANDATE, dt.date(2023, 5, 29), 0)
    assert (dial.label_anchor, dial.label_dx) == ("start", 8)


@pytest.mark.parametrize(
    ("today", "x", "running"), [(dt.date(2020, 1, 1), "0", False), (dt.date(2030, 1, 1), "100", False)]
)
def test_clock_stays_within_the_mandate(today, x, running):
    dial = drawing.mandate_clock(*MANDATE, today, 0)
    assert (dial.x, dial.is_running) == (x, running)


def test_clock_of_a_mandate_without_length():
    assert drawing.mandate_clock(TODAY, TODAY, TODAY, 0) is None


def history():
    return [
        Step(dt.date(2023, 6, 18), Status.IN_PROGRESS.value),
        Step(dt.date(2025, 3, 11), Status.STALLED.value),
        Step(dt.date(2025, 9, 22), Status.IN_PROGRESS.value),
    ]


def test_strip_follows_the_statuses():
    strip = drawing.history_strip(history(), *MANDATE, TODAY)
    assert [(segment.code, segment.x) for segment in strip.segments] == [
        ("not_assessed", "0"),
        ("in_progress", "13.347"),
        ("stalled", "56.605"),
        ("in_progress", "69.952"),
    ]
    assert strip.now == "79.124"
    # 2026 stands too near to "today", in the same line.
    assert [tick.year for tick in strip.ticks if tick.year] == [2024, 2025]


def test_strip_reaches_past_the_mandate_for_a_final_assessment():
    steps = [*history(), Step(dt.date(2027, 2, 1), Status.PARTLY.value)]
    strip = drawing.history_strip(steps, *MANDATE, dt.date(2027, 6, 1))
    assert [segment.code for segment in strip.segments][-1] == "partly"
    assert not strip.is_running
    assert strip.ticks[-1].day == dt.date(2027, 2, 1)


def test_strip_without_assessments():
    strip = drawing.history_strip([], *MANDATE, TODAY)
    assert [(segment.code, segment.width) for segment in strip.segments] == [("not_assessed", "79.124")]


def test_map_places_ajdovscina_as_the_prototype():
    assert drawing.map_point(45.89937, 13.90766) == (69, 226)


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"), [(46.84048, 13.5454, (12, 12)), (45.48784, 16.44481, (468, 319))]
)
def test_map_fits_its_frame(latitude, longitude, point):
    assert drawing.map_point(latitude, longitude) == point


def test_dots_are_one_path():
    assert drawing.dots_path([(20, 10), (10, 10), (15, 100)]) == "m10 10h0m10 0h0m-5 90h0"


def test_no_dots_no_path():
    assert drawing.dots_path([]) == ""


def test_twelve_region_labels():
    assert len({label.nuts3 for label in drawing.REGION_LABELS}) == 12


def test_name_stands_where_there_is_room():
    west, east = drawing.placed_name((69, 226), "Ajdovščina"), drawing.placed_name((400, 50), "Lendava")
    assert (west.text_x, west.text_y, west.anchor) == (83, 231, "start")
    assert (east.text_x, east.anchor) == (386, "end")


def test_units_as_the_prototype():
    chart = drawing.units_chart(2, 8)
    assert [(unit.x, unit.width, unit.was) for unit in chart.units][:3] == [
        ("0", "11.9", True),
        ("12.5", "11.9", True),
        ("25", "11.9", False),
    ]
    assert len(chart.units) == 8


@pytest.mark.parametrize(("baseline", "target"), [(0, 41), (0, 2.5), (1.5, 4), (4, 4), (0, None), (-1, 4), (5, 3)])
def test_units_are_few_and_whole(baseline, target):
    assert drawing.units_chart(baseline, target) is None


@pytest.mark.parametrize(
    ("value", "text"), [(25.21739, "25.217"), (58.68, "58.68"), (0, "0"), (100.0, "100"), (-0.0001, "0")]
)
def test_decimals(value, text):
    assert drawing.decimal(value) == text
