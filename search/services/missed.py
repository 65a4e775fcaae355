"""Searches that found nothing, for editors who add synonyms: words only, and nothing that may be somebody's data.

No rule knows a name from a word. What one reader looks for once, such as a neighbour, is therefore shown to nobody:
only what was asked on several days is, and the rest is erased after weeks.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Case, F, PositiveIntegerField, Q, When

from zaveza import clock

from ..models import MissedQuery

KEPT = dt.timedelta(days=180)
# Words are shown from so many different days on, and erased if they do not come to them in this time.
SHOWN_FROM = 3
RARE_KEPT = dt.timedelta(days=30)
# Whoever types a sentence may tell of somebody; and the list is for words.
MOST_WORDS, MOST_LETTERS = 6, 60
# A machine that asks for nonsense fills no more.
MOST_ROWS = 5_000
# Numbers this long are those of telephones, people and accounts.
_LONG_NUMBER = re.compile(r"\d(?:[\s./()-]*\d){5,}")


def normalised(text: str, words: Sequence[str]) -> str:
    """The words as they are counted, in small letters; empty where they are not noted (too many, or an address)."""
    if "@" in text or "://" in text or _LONG_NUMBER.search(text):
        return ""
    plain = unicodedata.normalize("NFC", " ".join(words).casefold())
    if not words or len(words) > MOST_WORDS or len(plain) > MOST_LETTERS:
        return ""
    return plain


def note_missed(text: str, words: Sequence[str], language: str) -> None:
    """Count a search without a hit; `text` is what was typed, `words` those of it that were looked for."""
    plain = normalised(text, words)
    if not plain:
        return
    today = clock.today()
    rows = MissedQuery.objects.filter(words=plain, language=language)
    days = Case(When(last_on__lt=today, then=F("days") + 1), default=F("days"), output_field=PositiveIntegerField())
    if rows.update(count=F("count") + 1, days=days, last_on=today) or MissedQuery.objects.count() >= MOST_ROWS:
        return
    try:
        with transaction.atomic():
            MissedQuery.objects.create(words=plain, language=language, first_on=today, last_on=today)
    except IntegrityError:
        rows.update(count=F("count") + 1, last_on=today)


def erase_old_missed(now: dt.datetime) -> str | None:
    """Erase what nobody has looked for in a long time, and what was asked too rarely. For `manage.py tick`."""
    old, rare = ((now - kept).astimezone(clock.SITE_ZONE).date() for kept in (KEPT, RARE_KEPT))
    too_rare = Q(days__lt=SHOWN_FROM, first_on__lt=rare)
    erased, _by_model = MissedQuery.objects.filter(Q(last_on__lt=old) | too_rare).delete()
    return f"{erased} erased" if erased else None
