"""Documents of real words at random: lemmas by Zipf (s = 1), each in any of its forms, no stop words removed."""

import datetime as dt
import itertools
import random
from collections import defaultdict
from collections.abc import Iterator

from search.analysis.tables.dictionaries import folded_pairs
from search.documents import SearchDocument

TITLE, BODY, SEED = 6, 54, 20260115
START = dt.date(2014, 1, 1)
TYPES = ("pledge", "programme", "person", "news", "project", "event")
LEMMAS = 31_000


class Words:
    """Random words of Slovene."""

    def __init__(self) -> None:
        forms: dict[str, list[str]] = defaultdict(list)
        for form, lemma in folded_pairs("sl"):
            forms[lemma].append(form)
        self.random = random.Random(SEED)  # noqa: S311 - a benchmark repeats itself
        lemmas = sorted(lemma for lemma in forms if len(lemma) > 2)
        self.random.shuffle(lemmas)
        self.forms = [sorted(set(forms[lemma])) for lemma in lemmas[:LEMMAS]]
        self.weights = list(itertools.accumulate(1 / place for place in range(1, len(self.forms) + 1)))

    def some(self, number: int) -> list[str]:
        """So many words."""
        return [
            self.random.choice(each) for each in self.random.choices(self.forms, cum_weights=self.weights, k=number)
        ]


def documents(words: Words, number: int) -> Iterator[SearchDocument]:
    """So many documents with values of every facet."""
    choose = words.random.randrange
    for each in range(number):
        yield SearchDocument(
            id=f"AAA-2022-{each:07}",
            type=TYPES[min(choose(10), len(TYPES) - 1) if choose(2) else 0],
            language="sl",
            title=" ".join(words.some(TITLE)),
            body=" ".join(words.some(BODY)),
            url=f"/pledges/{each}/",
            facets={
                "municipality": [f"place-{choose(212)}"],
                "region": [f"region-{choose(12)}"],
                "edition": [str(2014 + 4 * choose(4))],
                "topic": [f"topic-{choose(20)}", f"topic-{choose(20)}"],
                "status": [f"status-{choose(10)}"],
                "hub": [f"hub-{choose(20)}"],
            },
            date=START + dt.timedelta(days=choose(4_500)),
            due=START + dt.timedelta(days=choose(6_000)) if choose(2) else None,
            data={"language_neutral": True, "place": "Bohinj", "quoted": 100},
        )
