"""The public pages of the record. Each reads its models through `.public()` only."""

from .candidacies import candidate, certificate, programme
from .copies import evidence_copy
from .corrections import corrections
from .hand_ins import hand_in, hand_in_receipt, hand_in_review
from .ledger import ledger, ledger_download, ledger_row, ledger_verifier
from .municipalities import municipality, municipality_list
from .pledges import pledge, pledge_list
from .policies import corrections_policy, funding, methodology
from .proposals import proposal
from .replies import reply, reply_list
from .timemaps import municipality_timemap, pledge_timemap
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
    "certificate",
    "hand_in",
    "hand_in_receipt",
    "hand_in_review",
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
    "proposal",
    "reply",
    "reply_list",
]
