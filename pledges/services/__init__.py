"""What changes the public record, and what the record amounts to. Views, commands and imports call nothing deeper."""

from .assessments import confirm, publish_assessment
from .pledges import merge_pledge, publish_pledge, return_to_draft, submit_for_review, withdraw_pledge
from .rules import RuleViolation
from .statuses import Standing, check_statuses, current_assessment, rebuild_statuses, replay, standing_of

__all__ = [
    "RuleViolation",
    "Standing",
    "check_statuses",
    "confirm",
    "current_assessment",
    "merge_pledge",
    "publish_assessment",
    "publish_pledge",
    "rebuild_statuses",
    "replay",
    "return_to_draft",
    "standing_of",
    "submit_for_review",
    "withdraw_pledge",
]
