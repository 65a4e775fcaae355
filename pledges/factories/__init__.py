"""Records for tests and the demo, all fictional; every value follows from a counter, nothing is random.

Everything but pledges, assessments, replies, corrections, recognitions and proposals is public from `LONG_AGO` on;
`published_at=None` makes a draft. Pledges and assessments are drafts; `published=True` publishes them through
`services`, as the site does."""

from zaveza.users.factories import UserFactory

from .context import (
    LONG_AGO,
    CandidacyFactory,
    EditionFactory,
    HubCoverageFactory,
    HubFactory,
    HubMemberFactory,
    KeyDateFactory,
    MandateFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PartnershipFactory,
    PersonFactory,
    ProgrammeFactory,
    ProposalFactory,
    ProposalUptakeFactory,
    RecognitionFactory,
    RegionFactory,
    TopicFactory,
)
from .extractions import ExtractionFactory, ExtractionMarkFactory, ProgrammeTextFactory
from .links import CandidacyLinkFactory, HandInDraftFactory
from .policies import PolicyVersionFactory
from .record import (
    PLEDGES_PUBLISHED,
    AmendmentFactory,
    AssessmentFactory,
    CorrectionFactory,
    EvidenceFactory,
    PledgeFactory,
    ReplyFactory,
    SimilarityGroupFactory,
    TipFactory,
)

__all__ = [
    "AmendmentFactory",
    "AssessmentFactory",
    "CandidacyFactory",
    "CandidacyLinkFactory",
    "CorrectionFactory",
    "EditionFactory",
    "EvidenceFactory",
    "ExtractionFactory",
    "ExtractionMarkFactory",
    "HandInDraftFactory",
    "HubCoverageFactory",
    "HubFactory",
    "HubMemberFactory",
    "KeyDateFactory",
    "LONG_AGO",
    "MandateFactory",
    "MunicipalityFactory",
    "OrganisationFactory",
    "PLEDGES_PUBLISHED",
    "PartnershipFactory",
    "PersonFactory",
    "PledgeFactory",
    "PolicyVersionFactory",
    "ProgrammeFactory",
    "ProgrammeTextFactory",
    "ProposalFactory",
    "ProposalUptakeFactory",
    "RecognitionFactory",
    "RegionFactory",
    "ReplyFactory",
    "SimilarityGroupFactory",
    "TipFactory",
    "TopicFactory",
    "UserFactory",
]
