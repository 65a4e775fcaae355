"""What changes the public record, and what the record amounts to. Views, commands and imports call nothing deeper."""

from .assessments import confirm, publish_assessment
from .ledger import build_ledger
from .pledges import (
    merge_pledge,
    publish_pledge,
    remaining_pledge,
    return_to_draft,
    submit_for_review,
    withdraw_pledge,
)
from .restoring import Restoration, restoring
from .rules import RuleViolation
from .standings import Standing, replay, standing_of
from .statements import amended, erase_words, publish_amendment, publish_correction, publish_reply
from .statuses import check_statuses, current_assessment, rebuild_statuses

__all__ = [
    "Restoration",
    "RuleViolation",
    "Standing",
    "amended",
    "build_ledger",
    "check_statuses",
    "confirm",
    "current_assessment",
    "erase_words",
    "merge_pledge",
    "publish_amendment",
    "publish_assessment",
    "publish_correction",
    "publish_pledge",
    "publish_reply",
    "rebuild_statuses",
    "remaining_pledge",
    "replay",
    "restoring",
    "return_to_draft",
    "standing_of",
    "submit_for_review",
    "withdraw_pledge",
]
