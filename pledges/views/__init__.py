"""The public pages of the record. Each reads its models through `.public()` only."""

from .candidacies import candidate, programme
from .copies import evidence_copy
from .corrections import corrections
from .ledger import ledger, ledger_download, ledger_row, ledger_verifier
from .municipalities import municipality, municipality_list
from .pledges import pledge, pledge_list
from .policies import corrections_policy, funding, methodology
from .tips import send_tip, tip_status

__all__ = [
    "corrections",
    "corrections_policy",
    "evidence_copy",
    "funding",
    "methodology",
    "send_tip",
    "tip_status",
    "candidate",
    "ledger",
    "ledger_download",
    "ledger_row",
    "ledger_verifier",
    "municipality",
    "municipality_list",
    "pledge",
    "pledge_list",
    "programme",
]
