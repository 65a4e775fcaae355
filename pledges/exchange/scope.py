"""What an export holds: which records, as known when, and what of them is not for everybody."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from zaveza import clock

from ..models import Person
from ..permissions import MUNICIPALITY_PATHS, PersonPermissionPolicy, RecordPermissionPolicy
from ..querysets import as_moment


@dataclass(frozen=True)
class Scope:
    """`full`: drafts, too; otherwise what any reader may see.

    `at` is the moment as at which the record is written; `day` the day asked for where it is an earlier one.
    `user`: confined to the municipalities of that user's hub.
    """

    at: dt.datetime
    day: dt.date | None = None
    full: bool = False
    user: Any = None
    # Whether it names who signed by e-mail address
    accounts: bool = False

    @classmethod
    def public(cls, day: dt.date | None = None) -> "Scope":
        """What any reader may see, today or as known at the end of an earlier day."""
        return cls(at=as_moment(day), day=day)

    @classmethod
    def everything(cls, user: Any = None, *, accounts: bool = True) -> "Scope":
        """The whole record, for those who look after it; `user`: that of the municipalities of this user's hub."""
        return cls(at=clock.now(), full=True, user=user, accounts=accounts)

    @property
    def is_past(self) -> bool:
        return self.day is not None

    def within_hub(self, model: type[Model], records: QuerySet) -> QuerySet:
        """Those that the user reaches."""
        if self.user is None:
            return records
        policy: Any = PersonPermissionPolicy if model is Person else RecordPermissionPolicy
        if model is not Person and model not in MUNICIPALITY_PATHS:
            return records
        return policy(model).within_hub(self.user, records)
