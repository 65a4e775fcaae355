"""Forms of the admin: they offer only what the user may reach and hold uploads and frozen words to the rules."""

from .actions import MergeForm, ReasonForm
from .assessments import AssessmentForm
from .base import RecordForm
from .evidence import EvidenceForm
from .pledges import PledgeForm
from .programmes import ProgrammeForm
from .replies import AmendmentForm, CorrectionForm, ReplyForm, TipForm
from .tips import SendTipForm, TipStatusForm

__all__ = [
    "AmendmentForm",
    "AssessmentForm",
    "CorrectionForm",
    "EvidenceForm",
    "MergeForm",
    "PledgeForm",
    "ProgrammeForm",
    "ReasonForm",
    "RecordForm",
    "ReplyForm",
    "SendTipForm",
    "TipForm",
    "TipStatusForm",
]
