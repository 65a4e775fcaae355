"""The tables of the format, in the order in which one may refer to another."""

from ..table import Table
from .context import CONTEXT
from .people import PEOPLE
from .policies import AGREEMENTS, POLICIES
from .record import RECORD
from .statements import STATEMENTS

TABLES: tuple[Table, ...] = (*CONTEXT, *POLICIES, *PEOPLE, *AGREEMENTS, *RECORD, *STATEMENTS)
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
# The chain itself is no table of records: `ledger_rows` writes and replays it.
LEDGER = "ledger"


def table_of(model: type) -> Table | None:
    """The table of a model."""
    return next((table for table in TABLES if table.model is model), None)


__all__ = ["BY_NAME", "LEDGER", "TABLES", "Table", "table_of"]
