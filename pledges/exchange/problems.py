"""What is wrong with a file, and where: every problem is collected before an import is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

# After so many nobody reads on; the import is refused in any case, and memory stays small.
MOST_PROBLEMS = 5_000


class CellError(ValueError):
    """A cell does not hold what its column takes; `suggestion` is a value that may have been meant."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.message, self.suggestion = message, suggestion


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: table, row (as a spreadsheet counts, the head is row 1) and column, as far as known."""

    message: str
    table: str = ""
    row: int | None = None
    key: str = ""
    column: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        where = [self.table] if self.table else []
        if self.row is not None:
            where.append(_("row %(row)d") % {"row": self.row})
        if self.key:
            where.append(self.key)
        if self.column:
            where.append(self.column)
        words = self.message
        if self.suggestion:
            words = f"{words} {_('Did you mean “%(value)s”?') % {'value': self.suggestion}}"
        return f"{', '.join(where)}: {words}" if where else words


class ImportRefused(Exception):
    """Nothing was imported; `problems` says why. `count` is how many there are, also beyond those kept."""

    def __init__(self, problems: Iterable[Problem], count: int | None = None) -> None:
        self.problems = list(problems)
        self.count = len(self.problems) if count is None else count
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def for_file(cls, message: str) -> ImportRefused:
        """The whole file is refused."""
        return cls([Problem(message)])


@dataclass
class Problems:
    """All that was found in one import."""

    errors: list[Problem] = field(default_factory=list)
    count: int = 0
    # Rows in error by table, so that what refers to them is not reported a second time.
    bad_keys: dict[str, set[str]] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Note an error."""
        self.count += 1
        if problem.key and problem.table:
            self.bad_keys.setdefault(problem.table, set()).add(problem.key)
        if len(self.errors) < MOST_PROBLEMS:
            self.errors.append(problem)

    def refuse_if_any(self) -> None:
        """Raise what was collected, in the order of the tables and rows."""
        if self.count:
            tables = list(dict.fromkeys(problem.table for problem in self.errors))
            ordered = sorted(self.errors, key=lambda problem: (tables.index(problem.table), problem.row or 0))
            raise ImportRefused(ordered, self.count)
