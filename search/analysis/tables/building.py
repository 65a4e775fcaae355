"""Builds tables, several at a time.

Polish has 3.4 million forms. Its forms, and the Georgian ones, are learned in two parts by last letter, so that two
processes have equally much to do.
"""

import gc
import multiprocessing
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from .dictionaries import Part, folded_pairs
from .learning import RuleBook, Rules, learn, rules_of_forms
from .store import SHORT, WITH_KNOWN_FORMS, table_key, table_path
from .table import SuffixTable, known_number

# Parts and the share of the whole work that one part of a language is, as measured; the longest goes first.
_PARTS = {"pl": 2, "ka": 2, "sl": 1, "en": 1}
_WORK = {"pl": 27, "ka": 9, "sl": 4, "en": 2}

PROCESSES = 2


@dataclass(frozen=True)
class Learned:
    """What one part of a language taught."""

    language: str
    rules: list[Rules]
    suffixes: dict[str, int]
    known: bytes


@dataclass(frozen=True)
class Step:
    """Progress: a part is done; `finished` when its language's table is written."""

    language: str
    work: int
    finished: bool


def work_of(languages: Sequence[str]) -> int:
    """The sum of `Step.work` that building these will give."""
    return sum(_PARTS[language] * _WORK[language] for language in languages)


def build(languages: Sequence[str], processes: int = PROCESSES) -> Iterator[Step]:
    """Build and write the tables of these languages, telling of each part that is done."""
    parts = [
        (language, Part(number, _PARTS[language]))
        for language in sorted(languages, key=lambda code: -_WORK[code])
        for number in range(_PARTS[language])
    ]
    learned: dict[str, list[Learned]] = {language: [] for language in languages}
    # Not forked: the parent may have threads and an open database.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(parts)), mp_context=context, max_tasks_per_child=1) as pool:
        for future in as_completed([pool.submit(learn_part, language, part) for language, part in parts]):
            done = future.result()
            of_language = learned[done.language]
            of_language.append(done)
            finished = len(of_language) == _PARTS[done.language]
            if finished:
                _table(of_language).write(table_path(done.language))
            yield Step(done.language, _WORK[done.language], finished)


def learn_part(language: str, part: Part) -> Learned:
    """Learn one part; runs in a process of its own."""
    gc.disable()  # nothing here is cyclic, and millions of objects would be looked through again and again
    book = RuleBook()
    forms = rules_of_forms(folded_pairs(language, part), book)
    kept = (form for form in forms if language in WITH_KNOWN_FORMS or len(form) <= SHORT)
    known = array("I", map(known_number, kept))
    return Learned(language, book.rules, learn(forms), known.tobytes())


def _table(parts: Sequence[Learned]) -> SuffixTable:
    """One table of all parts of a language."""
    book = RuleBook()
    suffixes: dict[str, int] = {}
    known = array("I")
    for part in parts:
        numbers = {number: book.number(part.rules[number]) for number in set(part.suffixes.values())}
        suffixes.update((suffix, numbers[number]) for suffix, number in part.suffixes.items())
        known.frombytes(part.known)
    return SuffixTable.of(table_key(), book.rules, suffixes, known)
