"""Agreement of two people: against published and hand-computed values, and where alpha is not defined."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.agreement import compare


def test_published_example_of_two_coders_and_binary_data() -> None:
    """Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example A: ten units, alpha 0.095."""
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    first, second = ({unit for unit, answer in enumerate(row, 1) if answer} for row in (meg, owen))
    figures = compare(first, second, 10)
    assert (figures.units, figures.both, figures.only_first, figures.only_second) == (10, 1, 1, 3)
    assert figures.alpha == Decimal("0.0952")


@pytest.mark.parametrize(
    ("first", "second", "units", "alpha"),
    [
        # 1 - (2n - 1) * disagreements / (ones * zeros), with both people's answers pooled: worked out by hand.
        ({1, 2, 3}, {1, 2, 3}, 5, "1.0000"),
        ({1, 2}, {1, 3}, 4, "0.1250"),  # 1 - 7 * 2 / (4 * 4)
        ({1}, {2}, 2, "-0.5000"),  # 1 - 3 * 2 / (2 * 2)
        (set(), {1, 2, 3, 4, 5}, 5, "-0.8000"),  # 1 - 9 * 5 / (5 * 5)
        ({1}, set(), 10, "0.0000"),  # 1 - 19 * 1 / (1 * 19)
    ],
)
def test_hand_computed_values(first: set[int], second: set[int], units: int, alpha: str) -> None:
    assert compare(first, second, units).alpha == Decimal(alpha)


@pytest.mark.parametrize(
    ("first", "second", "units"), [(set(), set(), 8), ({1, 2}, {1, 2}, 2), (set(), set(), 0), ({1}, {1}, 1)]
)
def test_alpha_is_not_defined_without_any_variation(first: set[int], second: set[int], units: int) -> None:
    assert compare(first, second, units).alpha is None


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(*[st.sets(st.integers(1, n))] * 2, st.just(n))))
def test_follows_the_definition_for_any_marks(case: tuple[set[int], set[int], int]) -> None:
    first, second, units = case
    figures = compare(first, second, units)
    ones = len(first) + len(second)
    zeros = 2 * units - ones
    if not ones or not zeros:
        assert figures.alpha is None
        return
    expected = 1 - (2 * units - 1) * len(first ^ second) / (ones * zeros)
    assert figures.alpha is not None
    assert float(figures.alpha) == pytest.approx(expected, abs=0.0001)
    assert compare(second, first, units).alpha == figures.alpha
