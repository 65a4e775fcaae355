"""Forms of the admin: they offer only what the user may reach and hold uploads and frozen words to the rules."""

from .actions import MergeForm, ReasonForm
from .assessments import AssessmentForm
from .base import RecordForm
from .evidence import EvidenceForm
from .extractions import MarkForm, SettlementForm
from .pledges import PledgeForm
from .programmes import ProgrammeForm
from .replies import AmendmentForm, CorrectionForm, ReplyForm, TipForm

__all__ = [
    "AmendmentForm",
    "AssessmentForm",
    "CorrectionForm",
    "EvidenceForm",
    "MarkForm",
    "MergeForm",
    "PledgeForm",
    "ProgrammeForm",
    "ReasonForm",
    "RecordForm",
    "ReplyForm",
    "SettlementForm",
    "TipForm",
]
