"""What the rules of the domain refuse (design: domain), each refusal with the words that the editor reads."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from zaveza import clock

from ..ledger import chain
from ..models import Edition

# Any number will do, as long as nothing else on the server locks the same one.
_RECORD_LOCK = 0x7A617665


class RuleViolation(ValidationError):
    """A rule of the record forbids it; the message says which one and what to do."""


@contextmanager
def one_writer() -> Iterator[None]:
    """A transaction in which nobody else publishes: sequences have no gap and times never go back.

    On SQLite every transaction is already alone (`transaction_mode` IMMEDIATE).
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_RECORD_LOCK])
        yield


def moment_of_publication(replayed: dt.datetime | None = None) -> dt.datetime:
    """The time of a publication: the server's, never before that of the ledger's last row. Within `one_writer`.

    `replayed` is an earlier moment that a demo or an import brings along. Raises `RuleViolation` where something
    published later is in the record already.
    """
    last = chain.head()
    if replayed is None:
        return max(clock.now(), last.at) if last else clock.now()
    if last and replayed < last.at:
        raise RuleViolation(_("Something published later is already in the record."))
    return replayed


def check(record: models.Model) -> None:
    """Run the model's own validation. Raises `RuleViolation` with its messages."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise RuleViolation(error) from error


def local_day(moment: dt.datetime) -> dt.date:
    """The day in Slovenia that a moment falls on."""
    return moment.astimezone(clock.SITE_ZONE).date()


def refuse_new_in_archive(edition: Edition, message: str) -> None:
    """An archived edition takes no new programme, pledge, tip or follow (design: domain). Raises `RuleViolation`."""
    if edition.is_archived:
        raise RuleViolation(message)
