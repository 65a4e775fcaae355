"""What changes the public record, and what the record amounts to. Views, commands and imports call nothing deeper."""

from .assessments import confirm, publish_assessment
from .hand_ins import (
    ENTRY_FIELDS,
    MOST_PLEDGES,
    StaleDraft,
    draft_of,
    hand_in,
    hand_in_refusal,
    save_draft,
)
from .ledger import build_ledger
from .links import (
    default_expiry,
    erase_contacts_job,
    erase_ended_contacts,
    make_link,
    renew_link,
    revoke_link,
    send_link,
)
from .pledges import (
    merge_pledge,
    publish_pledge,
    remaining_pledge,
    return_to_draft,
    submit_for_review,
    withdraw_pledge,
)
from .rules import RuleViolation, refuse_new_in_archive
from .standings import Standing, replay, standing_of
from .statements import amended, erase_words, publish_amendment, publish_correction, publish_reply
from .statuses import check_statuses, current_assessment, rebuild_statuses

__all__ = [
    "ENTRY_FIELDS",
    "MOST_PLEDGES",
    "RuleViolation",
    "StaleDraft",
    "Standing",
    "amended",
    "build_ledger",
    "check_statuses",
    "confirm",
    "current_assessment",
    "default_expiry",
    "draft_of",
    "erase_contacts_job",
    "erase_ended_contacts",
    "erase_words",
    "hand_in",
    "hand_in_refusal",
    "make_link",
    "merge_pledge",
    "publish_amendment",
    "publish_assessment",
    "publish_correction",
    "publish_pledge",
    "publish_reply",
    "rebuild_statuses",
    "refuse_new_in_archive",
    "remaining_pledge",
    "renew_link",
    "replay",
    "return_to_draft",
    "revoke_link",
    "save_draft",
    "send_link",
    "standing_of",
    "submit_for_review",
    "withdraw_pledge",
]
