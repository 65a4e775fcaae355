"""What changes the public record, and what the record amounts to. Views, commands and imports call nothing deeper."""

from .assessments import confirm, publish_assessment
from .extraction import (
    both_finished,
    finish_extraction,
    remove_mark,
    reopen_extraction,
    save_mark,
    start_extraction,
    visible_marks,
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
from .restoring import Restoration, restoring
from .rules import RuleViolation
from .settlement import Decision, Difference, accept_agreed, close_settlement, decide, differences, why_not_settle
from .standings import Standing, replay, standing_of
from .statements import amended, erase_words, publish_amendment, publish_correction, publish_reply
from .statuses import check_statuses, current_assessment, rebuild_statuses
from .texts import read_programme, text_is_current

__all__ = [
    "Decision",
    "Difference",
    "Restoration",
    "RuleViolation",
    "Standing",
    "accept_agreed",
    "amended",
    "both_finished",
    "build_ledger",
    "check_statuses",
    "close_settlement",
    "confirm",
    "current_assessment",
    "decide",
    "differences",
    "erase_words",
    "finish_extraction",
    "merge_pledge",
    "publish_amendment",
    "publish_assessment",
    "publish_correction",
    "publish_pledge",
    "publish_reply",
    "read_programme",
    "rebuild_statuses",
    "remaining_pledge",
    "remove_mark",
    "reopen_extraction",
    "replay",
    "restoring",
    "return_to_draft",
    "save_mark",
    "standing_of",
    "start_extraction",
    "submit_for_review",
    "text_is_current",
    "visible_marks",
    "why_not_settle",
    "withdraw_pledge",
]
