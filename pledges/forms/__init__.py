"""Forms of the admin: they offer only what the user may reach and hold uploads and frozen words to the rules."""

from .actions import MergeForm, ReasonForm
from .assessments import AssessmentForm
from .base import RecordForm
from .evidence import EvidenceForm
from .extractions import MarkForm, SettlementForm
from .hand_ins import HandInForm, ReplyByLinkForm, entry_forms, is_blank, problems, rows_from, too_long
from .links import CandidacyLinkForm
from .mandates import CarryOverForm, EndMandateForm, OfficeForm, PlaceForm, result_forms
from .pledges import PledgeForm
from .programmes import ProgrammeForm
from .proposals import ProposalUptakeForm
from .replies import AmendmentForm, CorrectionForm, ReplyForm, TipForm
from .suitability import DecideForm, RecognitionForm
from .tips import SendTipForm, TipStatusForm

__all__ = [
    "AmendmentForm",
    "AssessmentForm",
    "CandidacyLinkForm",
    "CarryOverForm",
    "CorrectionForm",
    "DecideForm",
    "EndMandateForm",
    "EvidenceForm",
    "HandInForm",
    "MarkForm",
    "MergeForm",
    "OfficeForm",
    "PlaceForm",
    "PledgeForm",
    "ProgrammeForm",
    "ProposalUptakeForm",
    "ReasonForm",
    "RecognitionForm",
    "RecordForm",
    "ReplyByLinkForm",
    "ReplyForm",
    "SendTipForm",
    "SettlementForm",
    "TipForm",
    "TipStatusForm",
    "entry_forms",
    "is_blank",
    "problems",
    "result_forms",
    "rows_from",
    "too_long",
]
