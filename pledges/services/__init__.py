"""What changes the public record, and what the record amounts to. Views, commands and imports call nothing deeper."""

from .assessments import confirm, publish_assessment
from .desk import (
    approve_assessment,
    close_windows,
    confirm_unchanged,
    release_assessment,
    return_assessment,
    submit_assessment,
)
from .ledger import build_ledger
from .pledges import (
    merge_pledge,
    publish_pledge,
    remaining_pledge,
    return_to_draft,
    submit_for_review,
    withdraw_pledge,
)
from .reply_windows import due_day, open_invitations, record_answer, undelivered
from .rules import RuleViolation
from .standings import Standing, replay, standing_of
from .statements import amended, erase_words, publish_amendment, publish_correction, publish_reply
from .statuses import check_statuses, current_assessment, rebuild_statuses

__all__ = [
    "RuleViolation",
    "Standing",
    "amended",
    "approve_assessment",
    "build_ledger",
    "check_statuses",
    "close_windows",
    "confirm",
    "confirm_unchanged",
    "current_assessment",
    "due_day",
    "erase_words",
    "merge_pledge",
    "open_invitations",
    "publish_amendment",
    "publish_assessment",
    "publish_correction",
    "publish_pledge",
    "publish_reply",
    "rebuild_statuses",
    "record_answer",
    "release_assessment",
    "remaining_pledge",
    "replay",
    "return_assessment",
    "return_to_draft",
    "standing_of",
    "submit_assessment",
    "submit_for_review",
    "undelivered",
    "withdraw_pledge",
]
