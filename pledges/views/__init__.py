"""The public pages of the record. Each reads its models through `.public()` only."""

from .candidacies import candidate, programme
from .ledger import ledger, ledger_download, ledger_row, ledger_verifier
from .municipalities import municipality, municipality_list
from .pledges import pledge, pledge_list
from .timemaps import municipality_timemap, pledge_timemap

__all__ = [
    "candidate",
    "ledger",
    "ledger_download",
    "ledger_row",
    "ledger_verifier",
    "municipality",
    "municipality_list",
    "municipality_timemap",
    "pledge",
    "pledge_list",
    "pledge_timemap",
    "programme",
]
