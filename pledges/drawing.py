"""What the drawn components show, worked out on the server: positions are SVG attributes, never styles.

Every position is a percentage of the drawing's width (so that text keeps its size) except on the dot map, which has
its own coordinates; all are rounded to three decimals. The rules are those of the visual guide, "Drawing".
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .enums import Gate, Status

# Order of bars and keys; what comes after the gap is outside the denominator.
COUNTED_ORDER = [
    Status.FULFILLED,
    Status.PARTLY,
    Status.IN_PROGRESS,
    Status.STALLED,
    Status.NOT_STARTED,
    Status.NOT_ASSESSED,
    Status.NOT_FULFILLED,
]
LEFT_OUT_ORDER = [Status.NO_INFORMATION, Gate.NOT_TESTABLE, Gate.NOT_IN_OFFICE]
# Statuses drawn in one colour; the others have a pattern.
SOLID_STATUSES = frozenset({Status.FULFILLED, Status.IN_PROGRESS})
BAR_GAP = 2.2

# A year's tick nearer to an end than this (in percent) would run into the date that stands there.
TICK_MARGIN = 18
# On the history strip "today" stands in the line of the years.
TODAY_MARGIN = 12

# Most units drawn one by one; more are told in words only.
MAX_UNITS = 40


def decimal(value: float) -> str:
    """A number as it stands in an SVG attribute: at most three decimals, no trailing zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# Status bar


@dataclass(frozen=True)
class Segment:
    """One piece of a status bar or history strip. `x`, `width` and `end` are percentages."""

    code: str
    count: int
    x: str
    width: str
    fill_class: str
    pattern: str
    # Class of the number above the piece ("bn", "bn bn-wide"), or empty where it does not fit.
    number_class: str = ""
    shows_word: bool = False


@dataclass(frozen=True)
class StatusBar:
    segments: list[Segment]
    bar_height: int
    height: int


def status_bar(
    counted: Mapping[str, int],
    left_out: Mapping[str, int],
    labels: Mapping[str, str],
    *,
    bar_height: int = 26,
) -> StatusBar:
    """Lay out a bar of counts: those of the denominator, then, after a gap, what is left out.

    `labels` are the words in the reader's language: their length decides whether one fits above its piece.
    """
    pieces = [(code.value, counted.get(code, 0)) for code in COUNTED_ORDER if counted.get(code)]
    tail = [(code.value, left_out.get(code, 0)) for code in LEFT_OUT_ORDER if left_out.get(code)]
    gap = BAR_GAP if pieces and tail else 0
    total = sum(count for _code, count in pieces + tail)
    segments: list[Segment] = []
    if total:
        unit = (100 - gap) / total
        position = 0.0
        for code, count in pieces:
            segments.append(_segment(code, count, position, count * unit, labels, is_left_out=False))
            position += count * unit
        position += gap
        for code, count in tail:
            segments.append(_segment(code, count, position, count * unit, labels, is_left_out=True))
            position += count * unit
    return StatusBar(segments=segments, bar_height=bar_height, height=bar_height + 21)


def _segment(code: str, count: int, x: float, width: float, labels: Mapping[str, str], *, is_left_out: bool) -> Segment:
    digits = len(str(count))
    if width * 3.2 >= 8 * digits + 3:
        number_class = "bn"
    elif width * 8.6 >= 9 * digits + 4:
        number_class = "bn bn-wide"
    else:
        number_class = ""
    letters = len(str(labels.get(code, "")))
    shows_word = (
        letters > 0 and bool(number_class) and not is_left_out and width * 8.6 >= 8.2 * (digits + letters + 1) + 8
    )
    fill_class, pattern = ("o-tail", "") if is_left_out else _paint(code)
    return Segment(code, count, decimal(x), decimal(width), fill_class, pattern, number_class, shows_word)


def _paint(code: str) -> tuple[str, str]:
    """Class and pattern of a status's area."""
    name = code.replace("_", "-")
    if code in SOLID_STATUSES:
        return f"f-{name}", ""
    if code == Status.NO_INFORMATION:
        return "o-tail", ""
    return f"e-{name}", code


# Mandate clock and history strip


@dataclass(frozen=True)
class Tick:
    """A date on the axis: a whole year, or the first or last day."""

    x: str
    anchor: str
    year: int | None = None
    day: dt.date | None = None


@dataclass(frozen=True)
class MandateClock:
    """How much of a mandate has passed (`x`), and how much of what was counted has its final assessment (`done`)."""

    start: dt.date
    end: dt.date
    elapsed: int
    total: int
    x: str
    done: str
    label_anchor: str
    label_dx: int
    is_running: bool
    ticks: list[Tick]

    @property
    def percent(self) -> int:
        """The elapsed part in whole percent."""
        return round_half_up(100 * self.elapsed / self.total)


def round_half_up(value: float) -> int:
    """As people round, not as `round` does (2.5 is 3)."""
    return math.floor(value + 0.5)


def mandate_clock(start: dt.date, end: dt.date, today: dt.date, done_share: float) -> MandateClock | None:
    """Lay out the clock of a mandate; `done_share` is between 0 and 1. None for a mandate without length."""
    total = (end - start).days
    if total <= 0:
        return None
    elapsed = min(max((today - start).days, 0), total)
    x = elapsed / total * 100
    is_late = x > 50
    return MandateClock(
        start=start,
        end=end,
        elapsed=elapsed,
        total=total,
        x=decimal(x),
        done=decimal(done_share * 100),
        label_anchor="end" if is_late else "start",
        label_dx=-8 if is_late else 8,
        is_running=start <= today <= end,
        ticks=_ticks(start, end, avoid=None),
    )


def _ticks(start: dt.date, end: dt.date, *, avoid: float | None) -> list[Tick]:
    """First day, the years that have room, last day."""
    total = (end - start).days
    ticks = [Tick("0", "start", day=start)]
    for year in range(start.year + 1, end.year + 1):
        x = (dt.date(year, 1, 1) - start).days / total * 100
        has_room = TICK_MARGIN <= x <= 100 - TICK_MARGIN
        if has_room and (avoid is None or abs(x - avoid) >= TODAY_MARGIN):
            ticks.append(Tick(decimal(x), "middle", year=year))
    ticks.append(Tick("100", "end", day=end))
    return ticks


@dataclass(frozen=True)
class Step:
    """From this day on the status was this one."""

    day: dt.date
    status: str


@dataclass(frozen=True)
class HistoryStrip:
    """The statuses of one pledge through the mandate, by the days on which they were published."""

    segments: list[Segment]
    steps: list[Step]
    now: str
    is_running: bool
    label_anchor: str
    ticks: list[Tick]


def history_strip(steps: Sequence[Step], start: dt.date, end: dt.date, today: dt.date) -> HistoryStrip | None:
    """Lay out the strip from the mandate's first day to today; before the first step nothing was assessed.

    `steps` are in order of their days. What was published after the end of the mandate
    (a final assessment) stretches the strip to that day.
    """
    end = max([end, *(step.day for step in steps)])
    total = (end - start).days
    if total <= 0:
        return None
    last = min(max(today, start), end)
    all_steps = [Step(start, Status.NOT_ASSESSED.value), *steps]
    segments = []
    shown: list[Step] = []
    for index, step in enumerate(all_steps):
        until = all_steps[index + 1].day if index + 1 < len(all_steps) else last
        begin = min(max(step.day, start), last)
        until = min(max(until, begin), last)
        if until == begin and index + 1 < len(all_steps):
            continue
        fill_class, pattern = _paint(step.status)
        x, width = (begin - start).days / total * 100, (until - begin).days / total * 100
        segments.append(Segment(step.status, 0, decimal(x), decimal(width), fill_class, pattern))
        shown.append(Step(begin, step.status))
    now = (last - start).days / total * 100
    return HistoryStrip(
        segments=segments,
        steps=shown,
        now=decimal(now),
        is_running=start <= today <= end,
        label_anchor="end" if now > 50 else "start",
        ticks=_ticks(start, end, avoid=now),
    )


# Dot map

MAP_WIDTH, MAP_HEIGHT, MAP_PAD = 480, 331, 12
LONGITUDE_MIN, LONGITUDE_MAX = 13.5454, 16.44481
LATITUDE_MAX = 46.84048
_PARALLEL = math.cos(math.radians(46.12))
_SCALE = (MAP_WIDTH - 2 * MAP_PAD) / ((LONGITUDE_MAX - LONGITUDE_MIN) * _PARALLEL)
# Height of the rows in which dots are sorted: neighbours follow each other, so the relative moves stay short.
_ROW = 24


@dataclass(frozen=True)
class RegionLabel:
    """Where a region's name stands on the map; names that are too long stand in two lines."""

    nuts3: str
    x: int
    y: int
    lines: tuple[str, ...]


REGION_LABELS = [
    RegionLabel("SI031", 376, 12, ("Pomurska",)),
    RegionLabel("SI032", 424, 146, ("Podravska",)),
    RegionLabel("SI033", 256, 51, ("Koroška",)),
    RegionLabel("SI034", 392, 173, ("Savinjska",)),
    RegionLabel("SI035", 228, 190, ("Zasavska",)),
    RegionLabel("SI036", 349, 234, ("Posavska",)),
    RegionLabel("SI037", 319, 299, ("Jugovzhodna", "Slovenija")),
    RegionLabel("SI038", 143, 315, ("Primorsko-", "notranjska")),
    RegionLabel("SI041", 167, 238, ("Osrednjeslovenska",)),
    RegionLabel("SI042", 134, 101, ("Gorenjska",)),
    RegionLabel("SI043", 58, 195, ("Goriška",)),
    RegionLabel("SI044", 33, 278, ("Obalno-", "kraška")),
]
# Savinjska's name stands beside the region; this line leads to it.
REGION_LEAD = "M362 169 306 154"


def map_point(latitude: float, longitude: float) -> tuple[int, int]:
    """Where a place lies on the map: equirectangular, one standard parallel."""
    x = MAP_PAD + (float(longitude) - LONGITUDE_MIN) * _PARALLEL * _SCALE
    y = MAP_PAD + (LATITUDE_MAX - float(latitude)) * _SCALE
    return round_half_up(x), round_half_up(y)


def dots_path(points: Iterable[tuple[int, int]]) -> str:
    """One path for many dots: each a subpath without length, drawn by its round cap."""
    ordered = sorted(points, key=lambda point: (point[1] // _ROW, point[0], point[1]))
    x, y = 0, 0
    moves = []
    for next_x, next_y in ordered:
        moves.append(f"m{next_x - x} {next_y - y}h0")
        x, y = next_x, next_y
    return "".join(moves)


@dataclass(frozen=True)
class PlacedName:
    """A municipality's own dot with its name, on the side where there is room."""

    x: int
    y: int
    text_x: int
    text_y: int
    anchor: str
    name: str


def placed_name(point: tuple[int, int], name: str) -> PlacedName:
    """Place a name beside its dot: to the right in the western half of the map, else to the left."""
    x, y = point
    is_west = x < MAP_WIDTH / 2
    return PlacedName(x, y, x + 14 if is_west else x - 14, y + 5, "start" if is_west else "end", name)


# Units of an indicator


@dataclass(frozen=True)
class Unit:
    x: str
    width: str
    was: bool


@dataclass(frozen=True)
class Units:
    """The units that a pledge is to reach, one by one; `was` had been there before."""

    units: list[Unit] = field(default_factory=list)


def units_chart(baseline: float | None, target: float | None) -> Units | None:
    """Lay out the units of an indicator, or None where they are not few whole ones."""
    if target is None or not 1 <= target <= MAX_UNITS or target != int(target):
        return None
    was = int(baseline or 0)
    if (baseline or 0) != was or not 0 <= was < target:
        return None
    pitch = 100 / int(target)
    return Units([Unit(decimal(i * pitch), decimal(pitch - 0.6), i < was) for i in range(int(target))])
