"""The best hits come first: our own graded queries over what the demo's candidates promise."""

import pytest

from pledges.demo.ideas import IDEAS
from search.documents import SearchDocument
from search.engines import embedded_engine
from search.quality import measure_ranking, read_judgements, scratch_index

# Measured .93 on SQLite and .92 on PostgreSQL; what changes the order must not make it worse.
FLOOR = 0.90
PLACES = ("starem mlinu", "zadružnem domu", "središču kraja")


def documents() -> list[SearchDocument]:
    """Each promise in three municipalities."""
    return [
        SearchDocument(
            id=f"AJD-20{20 + copy}-{number:02}",
            type="pledge",
            language="sl",
            title=idea.title.format(n=5 + copy, place=place),
            body="\n".join(
                [
                    (idea.quote + idea.after).format(n=5 + copy, place=place),
                    *idea.criteria,
                    idea.interpretation,
                    idea.title_en.format(n=5 + copy, place=place),
                ]
            ),
            url=f"/pledges/AJD-20{20 + copy}-{number:02}/",
        )
        for number, idea in enumerate(IDEAS)
        for copy, place in enumerate(PLACES)
    ]


def test_the_judgements_are_enough_and_well_formed() -> None:
    judgements = read_judgements()
    assert len(judgements) >= 60
    assert len({judged.query for judged in judgements}) == len(judgements)


def test_the_best_hits_come_first(db) -> None:
    titles = [document.title for document in documents()]
    # What the demo's associations promise is made elsewhere.
    judgements = [judged for judged in read_judgements() if any(map(judged.grade, titles))]
    assert len(judgements) >= 90
    with scratch_index(embedded_engine(), documents()) as engine:
        gains = measure_ranking(judgements, engine)
    mean = sum(gains.values()) / len(gains)
    assert mean >= FLOOR, sorted(gains.items(), key=lambda each: each[1])[:10]


def test_another_index_than_the_demos_is_told(db) -> None:
    with scratch_index(embedded_engine(), documents()[:3]) as engine, pytest.raises(ValueError, match="demo"):
        measure_ranking(read_judgements(), engine)
