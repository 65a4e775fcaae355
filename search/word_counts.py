"""The words of the searchable texts and in how many documents each is; kept up with every write of the index.

For suggestions while one types and instead of misspelt words, in the database whatever engine answers.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from .engines import IndexedRow
from .models import SearchEntry, SearchWord

_SHORTEST = 3

_ADD = """
INSERT INTO search_searchword (word, spelling, documents)
SELECT {columns} WHERE true
ON CONFLICT (word) DO UPDATE SET documents = search_searchword.documents + excluded.documents
"""
_SQLITE = "value ->> 0, value ->> 1, value ->> 2 FROM json_each(%s)"
_POSTGRESQL = "* FROM unnest(%s::text[], %s::text[], %s::int[]) AS written (word, spelling, documents)"


def count_rows(rows: Sequence[IndexedRow]) -> None:
    """Count the words of rows about to be written, instead of those that they replace; in the same transaction."""
    changes = _counted([row.entry.document_id for row in rows], times=-1)
    written = [{**row.body.spellings, **row.title.spellings} for row in rows]
    # Whole dictionaries at a time, which costs a third of a look at each word of each row.
    found: Counter[str] = Counter()
    spellings: dict[str, str] = {}
    for words in written:
        found.update(words.keys())
        spellings.update(words)
    shouted = {word for word, spelling in spellings.items() if not spelling.islower()}
    for words in written:
        for word in shouted & words.keys():
            if words[word].islower():
                spellings[word] = words[word]
    changes.update({word: number for word, number in found.items() if _counts(word)})
    _apply(changes, spellings)


def forget_documents(identifiers: Sequence[str]) -> None:
    """Take out the words of documents about to be deleted; in the same transaction."""
    _apply(_counted(identifiers, times=-1), {})


def _counted(identifiers: Sequence[str], times: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    entries = SearchEntry.objects.filter(document_id__in=identifiers).values_list("surface_title", "surface_body")
    for title, body in entries:
        for word in {*title.split(), *body.split()}:
            if _counts(word):
                counts[word] += times
    return counts


def _counts(word: str) -> bool:
    return len(word) >= _SHORTEST and not word.isdigit()


def _apply(changes: Mapping[str, int], spellings: Mapping[str, str]) -> None:
    # In one order, so that two writers never wait for each other.
    changed = [(word, spellings.get(word, word)[:200], number) for word, number in sorted(changes.items()) if number]
    if not changed:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_ADD.format(columns=_SQLITE), (json.dumps(changed),))
        else:
            cursor.execute(_ADD.format(columns=_POSTGRESQL), tuple(map(list, zip(*changed, strict=True))))
    gone = [word for word, _spelling, number in changed if number < 0]
    for some in _chunks(gone):
        SearchWord.objects.filter(word__in=some, documents__lte=0).delete()


def _chunks(words: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (words[start : start + size] for start in range(0, len(words), size))
