"""What both benchmarks of the search share: their queries, and the figures that they print."""

import statistics
from collections.abc import Sequence
from typing import Any

# Searches that a process has answered before anything is measured: that of a site has met most words of its texts.
WARM = 100


def sampled(words: Any, documents: Sequence[Any], count: int, queries: int) -> list[str]:
    """Queries of so many words, those of each from one document."""
    random = words.random
    return [" ".join(random.sample(random.choice(documents).body.split(), count)) for _query in range(queries)]


def middle(times: Sequence[float]) -> float:
    """The 50th percentile."""
    return statistics.median(times)


def tail(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]
