"""What changes the public record, and what the record amounts to. Views, commands and imports call nothing deeper."""

from .assessments import confirm, publish_assessment
from .copies import ask_for_copy, drop_copy, fetch_copy, show_copy
from .desk import (
    approve_assessment,
    close_windows,
    confirm_unchanged,
    release_assessment,
    return_assessment,
    submit_assessment,
)
from .erasure import Erased, erase_person, is_published, keep_periods, record_by_id, redact
from .hand_ins import ENTRY_FIELDS, MOST_PLEDGES, StaleDraft, draft_of, hand_in, hand_in_refusal, save_draft
from .ledger import build_ledger
from .link_checks import check_due_links, check_link
from .links import (
    default_expiry,
    erase_contacts_job,
    erase_ended_contacts,
    make_link,
    renew_link,
    revoke_link,
    send_link,
)
from .mandates import carriable, carry_over, end_mandate
from .pledges import merge_pledge, publish_pledge, remaining_pledge, return_to_draft, submit_for_review, withdraw_pledge
from .policies import publish_policy
from .reply_windows import due_day, open_invitations, record_answer, undelivered
from .restoring import Restoration, restoring
from .results import RESULT_FIELDS, Consequences, four_years_after, record_results
from .rules import RuleViolation, refuse_new_in_archive
from .standings import Standing, replay, standing_of
from .statements import REDACTABLE, amended, erase_words, publish_amendment, publish_correction, publish_reply
from .statuses import check_statuses, current_assessment, rebuild_statuses
from .suitability import Criterion, criteria_of, decide_suitability, recognition_refusal
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
    "ENTRY_FIELDS",
    "MOST_PLEDGES",
    "RESULT_FIELDS",
    "Consequences",
    "Criterion",
    "Restoration",
    "RuleViolation",
    "StaleDraft",
    "Standing",
    "amended",
    "approve_assessment",
    "build_ledger",
    "carriable",
    "carry_over",
    "check_statuses",
    "close_windows",
    "confirm",
    "confirm_unchanged",
    "criteria_of",
    "current_assessment",
    "decide_suitability",
    "default_expiry",
    "draft_of",
    "due_day",
    "end_mandate",
    "erase_contacts_job",
    "erase_ended_contacts",
    "erase_words",
    "four_years_after",
    "hand_in",
    "hand_in_refusal",
    "make_link",
    "merge_pledge",
    "open_invitations",
    "publish_amendment",
    "publish_assessment",
    "publish_correction",
    "publish_pledge",
    "publish_reply",
    "rebuild_statuses",
    "recognition_refusal",
    "record_answer",
    "record_results",
    "refuse_new_in_archive",
    "release_assessment",
    "remaining_pledge",
    "renew_link",
    "replay",
    "restoring",
    "return_assessment",
    "return_to_draft",
    "revoke_link",
    "save_draft",
    "send_link",
    "standing_of",
    "submit_assessment",
    "submit_for_review",
    "undelivered",
    "withdraw_pledge",
]
