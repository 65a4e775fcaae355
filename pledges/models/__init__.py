"""The entities of the record (design: domain)."""

from .amendments import Amendment
from .areas import Municipality, Region
from .assessments import Assessment, AssessmentEvidence, AssessmentText, Evidence, PledgeStanding, PledgeStatus
from .desk import DeskStep
from .editions import Edition, EditionText, KeyDate, KeyDateText
from .evidence_states import EvidenceState, LinkCheck
from .exchange import ExchangeKey, ImportJob
from .extractions import Extraction, ExtractionAgreement, ExtractionMark, MarkDecision, ProgrammeText
from .ledger import LedgerRow
from .links import CandidacyLink, HandIn, HandInDraft
from .log_entries import RecordLogEntry
from .organisations import HubCoverage, HubMember, Organisation, OrganisationText, Partnership
from .people import Candidacy, Mandate, Person
from .pledges import Pledge, PledgeAuthor, PledgeText, SimilarityGroup
from .policies import PolicyText, PolicyVersion
from .programmes import Programme, ProgrammeCriterion, Proposal, ProposalUptake, Recognition
from .redactions import Redaction
from .replies import Correction, Reply, Tip
from .topics import Topic, TopicText

__all__ = [
    "Amendment",
    "Assessment",
    "AssessmentEvidence",
    "AssessmentText",
    "Candidacy",
    "CandidacyLink",
    "Correction",
    "DeskStep",
    "Edition",
    "EditionText",
    "Evidence",
    "EvidenceState",
    "ExchangeKey",
    "Extraction",
    "ExtractionAgreement",
    "ExtractionMark",
    "HandIn",
    "HandInDraft",
    "HubCoverage",
    "HubMember",
    "ImportJob",
    "KeyDate",
    "KeyDateText",
    "LedgerRow",
    "LinkCheck",
    "Mandate",
    "MarkDecision",
    "Municipality",
    "Organisation",
    "OrganisationText",
    "Partnership",
    "Person",
    "Pledge",
    "PledgeAuthor",
    "PledgeStanding",
    "PledgeStatus",
    "PledgeText",
    "PolicyText",
    "PolicyVersion",
    "Programme",
    "ProgrammeCriterion",
    "ProgrammeText",
    "Proposal",
    "ProposalUptake",
    "Recognition",
    "RecordLogEntry",
    "Redaction",
    "Region",
    "Reply",
    "SimilarityGroup",
    "Tip",
    "Topic",
    "TopicText",
]
