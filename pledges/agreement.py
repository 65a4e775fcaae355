"""Agreement of two people who extract pledges: units are the sentences, the answer is pledge or not.

Raw agreement counts equal answers; Krippendorff's alpha (nominal data, two coders, no missing answers) also takes into
account how often equal answers would come about by chance. Grounds: design, peers (b2, Polimeter) and (c3).
"""

from collections.abc import Set
from dataclasses import dataclass
from decimal import Decimal

import krippendorff

# As it is named to readers and kept in exports.
METHOD = "sentence: pledge or not; two coders; Krippendorff's alpha, nominal"


@dataclass(frozen=True)
class Figures:
    """Sentences in all, and how many were marked by both and by one only; alpha to four places where it is defined."""

    units: int
    both: int
    only_first: int
    only_second: int
    alpha: Decimal | None


def compare(first: Set[int], second: Set[int], units: int) -> Figures:
    """The figures for two sets of marked sentences out of those numbered 1 to `units`.

    Alpha is None where every sentence got one and the same answer from both (or there is none): then no disagreement
    is to be expected by chance, and alpha would be zero divided by zero.
    """
    answers = [[int(number in marked) for number in range(1, units + 1)] for marked in (first, second)]
    alpha = None
    if len({answer for row in answers for answer in row}) > 1:
        value = krippendorff.alpha(reliability_data=answers, level_of_measurement="nominal")
        alpha = Decimal(f"{value:.4f}")
    return Figures(units, len(first & second), len(first - second), len(second - first), alpha)
