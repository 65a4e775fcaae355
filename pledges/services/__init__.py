"""What changes the public record, and what the record amounts to. Views, commands and imports call nothing deeper."""

from ..ledger.erasures import REDACTABLE
from .approvals import digest_of
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
from .extraction import (
    both_finished,
    finish_extraction,
    remove_mark,
    reopen_extraction,
    save_mark,
    start_extraction,
    visible_marks,
    why_not_extract,
)
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
from .pledges import (
    merge_pledge,
    note_author,
    publish_pledge,
    remaining_pledge,
    return_to_draft,
    submit_for_review,
    withdraw_pledge,
    wrote,
)
from .policies import publish_policy
from .reply_windows import due_day, note_entry, open_invitations, record_answer, undelivered
from .results import RESULT_FIELDS, Consequences, four_years_after, record_results
from .rules import RuleViolation, refuse_new_in_archive
from .settlement import Decision, Difference, accept_agreed, close_settlement, decide, differences, why_not_settle
from .standings import Standing, replay, standing_of
from .statements import (
    amended,
    erase_words,
    publish_amendment,
    publish_correction,
    publish_reply,
    refuse_amending_archive,
    refuse_own_entry,
)
from .statuses import check_statuses, current_assessment, rebuild_statuses
from .suitability import Criterion, criteria_of, decide_suitability, recognition_refusal
from .texts import read_programme, text_is_current
from .tips import erase_tip, receive_tip, tip_by_code, tracking_digest

__all__ = [
    "Consequences",
    "Criterion",
    "Decision",
    "Difference",
    "ENTRY_FIELDS",
    "Erased",
    "MOST_PLEDGES",
    "REDACTABLE",
    "RESULT_FIELDS",
    "RuleViolation",
    "StaleDraft",
    "Standing",
    "accept_agreed",
    "amended",
    "approve_assessment",
    "ask_for_copy",
    "both_finished",
    "build_ledger",
    "carriable",
    "carry_over",
    "check_due_links",
    "check_link",
    "check_statuses",
    "close_settlement",
    "close_windows",
    "confirm",
    "confirm_unchanged",
    "criteria_of",
    "current_assessment",
    "decide",
    "decide_suitability",
    "default_expiry",
    "differences",
    "digest_of",
    "draft_of",
    "drop_copy",
    "due_day",
    "end_mandate",
    "erase_contacts_job",
    "erase_ended_contacts",
    "erase_person",
    "erase_tip",
    "erase_words",
    "fetch_copy",
    "finish_extraction",
    "four_years_after",
    "hand_in",
    "hand_in_refusal",
    "is_published",
    "keep_periods",
    "make_link",
    "merge_pledge",
    "note_author",
    "note_entry",
    "open_invitations",
    "publish_amendment",
    "publish_assessment",
    "publish_correction",
    "publish_pledge",
    "publish_policy",
    "publish_reply",
    "read_programme",
    "rebuild_statuses",
    "receive_tip",
    "recognition_refusal",
    "record_answer",
    "record_by_id",
    "record_results",
    "redact",
    "refuse_amending_archive",
    "refuse_new_in_archive",
    "refuse_own_entry",
    "release_assessment",
    "remaining_pledge",
    "remove_mark",
    "renew_link",
    "reopen_extraction",
    "replay",
    "return_assessment",
    "return_to_draft",
    "revoke_link",
    "save_draft",
    "save_mark",
    "send_link",
    "show_copy",
    "standing_of",
    "start_extraction",
    "submit_assessment",
    "submit_for_review",
    "text_is_current",
    "tip_by_code",
    "tracking_digest",
    "undelivered",
    "visible_marks",
    "why_not_extract",
    "why_not_settle",
    "withdraw_pledge",
    "wrote",
]
