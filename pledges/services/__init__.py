"""What changes the public record, and what the record amounts to. Views, commands and imports call nothing deeper."""

from .assessments import confirm, publish_assessment
from .copies import ask_for_copy, drop_copy, fetch_copy, show_copy
from .erasure import Erased, erase_person, is_published, keep_periods, record_by_id, redact
from .ledger import build_ledger
from .link_checks import check_due_links, check_link
from .pledges import (
    merge_pledge,
    publish_pledge,
    remaining_pledge,
    return_to_draft,
    submit_for_review,
    withdraw_pledge,
)
from .policies import publish_policy
from .restoring import Restoration, restoring
from .rules import RuleViolation
from .standings import Standing, replay, standing_of
from .statements import REDACTABLE, amended, erase_words, publish_amendment, publish_correction, publish_reply
from .statuses import check_statuses, current_assessment, rebuild_statuses
from .tips import erase_tip, receive_tip, tip_by_code, tracking_digest

__all__ = [
    "REDACTABLE",
    "is_published",
    "ask_for_copy",
    "drop_copy",
    "fetch_copy",
    "show_copy",
    "Erased",
    "erase_person",
    "keep_periods",
    "record_by_id",
    "redact",
    "check_due_links",
    "check_link",
    "publish_policy",
    "erase_tip",
    "receive_tip",
    "tip_by_code",
    "tracking_digest",
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
