"""What is wrong with a file, and where: every problem is collected before an import is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with the row and field it is in; without a row it is about the whole file."""

    message: str
    row: int | None = None
    key: str = ""
    locale: str = ""
    field: str = ""

    def __str__(self) -> str:
        if self.row is None:
            return self.message
        where = _("row %(row)d") % {"row": self.row}
        if self.key:
            where = f"{where}, {self.key}"
        if self.locale:
            where = f"{where} ({self.locale})"
        if self.field:
            where = f"{where}, {self.field}"
        return f"{where}: {self.message}"


class ImportRefused(Exception):
    """Nothing was imported; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def for_file(cls, message: str) -> ImportRefused:
        """The whole file is refused."""
        return cls([Problem(message)])


@dataclass
class Problems:
    """All that was found in one import: errors refuse it, warnings are only told."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _fields_with_errors: dict[int | None, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, problem: Problem) -> None:
        """Note an error."""
        self.errors.append(problem)
        self._fields_with_errors[problem.row].add(problem.field)

    def fields_with_errors(self, row: int) -> set[str]:
        """Where in a row errors are noted."""
        return self._fields_with_errors[row]

    def refuse_if_any(self) -> None:
        """Raise what was collected, in the order of the rows."""
        if self.errors:
            raise ImportRefused(sorted(self.errors, key=lambda problem: problem.row or 0))


@dataclass(frozen=True)
class Place:
    """A row, or a field or a part of a field in it, for which problems can be noted. Parts are counted from 1."""

    problems: Problems
    row: int
    key: str = ""
    locale: str = ""
    field: str = ""

    def __truediv__(self, part: str) -> Place:
        return replace(self, field=f"{self.field}.{part}" if self.field else part)

    def __getitem__(self, index: int) -> Place:
        return replace(self, field=f"{self.field}[{index + 1}]")

    @property
    def has_errors(self) -> bool:
        """Whether an error is noted for this very place."""
        return self.field in self.problems.fields_with_errors(self.row)

    @property
    def has_errors_within(self) -> bool:
        """Whether an error is noted for a part of this place."""
        parts = (f"{self.field}.", f"{self.field}[")
        return any(field.startswith(parts) for field in self.problems.fields_with_errors(self.row))

    def error(self, message: object) -> None:
        """Note what is wrong here; a second error of the same place says nothing new and is dropped."""
        if not (self.field and self.has_errors):
            self.problems.add(self._problem(message))

    def warn(self, message: object) -> None:
        """Note what a person should look at, without refusing the import."""
        self.problems.warnings.append(self._problem(message))

    def _problem(self, message: object) -> Problem:
        return Problem(str(message), self.row, self.key, self.locale, self.field)
