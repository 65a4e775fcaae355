"""The entities of the record (design: domain)."""

from .amendments import Amendment
from .areas import Municipality, Region
from .assessments import Assessment, AssessmentEvidence, AssessmentText, Evidence, PledgeStanding, PledgeStatus
from .editions import Edition, EditionText, KeyDate, KeyDateText
from .exchange import ExchangeKey, ImportJob
from .extractions import Extraction, ExtractionAgreement, ExtractionMark, MarkDecision, ProgrammeText
from .ledger import LedgerRow
from .log_entries import RecordLogEntry
from .organisations import HubCoverage, HubMember, Organisation, OrganisationText, Partnership
from .people import Candidacy, Mandate, Person
from .pledges import Pledge, PledgeText, SimilarityGroup
from .programmes import Programme, Proposal, ProposalUptake, Recognition
from .replies import Correction, Reply, Subscription, Tip
from .topics import Topic, TopicText

__all__ = [
    "Amendment",
    "Assessment",
    "AssessmentEvidence",
    "AssessmentText",
    "Candidacy",
    "Correction",
    "Edition",
    "EditionText",
    "Evidence",
    "ExchangeKey",
    "Extraction",
    "ExtractionAgreement",
    "ExtractionMark",
    "HubCoverage",
    "HubMember",
    "KeyDate",
    "KeyDateText",
    "ImportJob",
    "LedgerRow",
    "Mandate",
    "MarkDecision",
    "Municipality",
    "Organisation",
    "OrganisationText",
    "Partnership",
    "Person",
    "Pledge",
    "PledgeStanding",
    "PledgeStatus",
    "PledgeText",
    "Programme",
    "ProgrammeText",
    "Proposal",
    "ProposalUptake",
    "Recognition",
    "RecordLogEntry",
    "Region",
    "Reply",
    "SimilarityGroup",
    "Subscription",
    "Tip",
    "Topic",
    "TopicText",
]
