"""The admin of the record: one group of viewsets in the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from .amendments import AmendmentViewSet
from .assessments import AssessmentViewSet
from .evidence import EvidenceViewSet
from .extraction import ExtractionViewSet
from .links import CandidacyLinkViewSet
from .mandates import MandateViewSet
from .organisations import HubCoverageViewSet, HubMemberViewSet, OrganisationViewSet, PartnershipViewSet
from .people import CandidacyViewSet, PersonViewSet
from .pledges import PledgeViewSet
from .policies import PolicyVersionViewSet
from .programmes import ProgrammeViewSet, ProposalUptakeViewSet, ProposalViewSet, RecognitionViewSet
from .reference import (
    EditionViewSet,
    KeyDateViewSet,
    MunicipalityViewSet,
    RegionViewSet,
    SimilarityGroupViewSet,
    TopicViewSet,
)
from .replies import CorrectionViewSet, ReplyViewSet
from .tips import TipViewSet


class PledgesViewSetGroup(ModelViewSetGroup):
    """Everything of the record, in the order of daily work."""

    menu_label = _("Pledges")
    menu_name = "pledges"
    menu_icon = "list-ul"
    menu_order = 150
    items = (
        PledgeViewSet,
        AssessmentViewSet,
        EvidenceViewSet,
        AmendmentViewSet,
        ProgrammeViewSet,
        ExtractionViewSet,
        PersonViewSet,
        CandidacyViewSet,
        CandidacyLinkViewSet,
        MandateViewSet,
        RecognitionViewSet,
        ProposalViewSet,
        ProposalUptakeViewSet,
        ReplyViewSet,
        CorrectionViewSet,
        TipViewSet,
        OrganisationViewSet,
        HubCoverageViewSet,
        HubMemberViewSet,
        PartnershipViewSet,
        PolicyVersionViewSet,
        EditionViewSet,
        KeyDateViewSet,
        TopicViewSet,
        SimilarityGroupViewSet,
        MunicipalityViewSet,
        RegionViewSet,
    )


__all__ = ["PledgesViewSetGroup"]
