"""The demo's proposal of an NGO, with what candidacies of one municipality answered."""

import datetime as dt

from zaveza import clock

from ..enums import Uptake
from ..factories import ProposalFactory, ProposalUptakeFactory
from ..models import Candidacy, Edition, Organisation, Pledge

TOPIC = "associations"
EXTENTS = (Uptake.FULLY, Uptake.PARTLY, Uptake.DECLINED)


def seed_proposals(edition: Edition, organisation: str) -> None:
    """One proposal to the municipality of the first stand; each answers with its first pledge of the topic."""
    candidacies = list(Candidacy.objects.filter(edition=edition, municipality__slug="ajdovscina").order_by("pk"))
    proposal = ProposalFactory(
        edition=edition,
        organisation=Organisation.objects.get(slug=organisation),
        municipality=candidacies[0].municipality,
        title="Občina naj z društvi sklene pogodbo in jim da prostor",
        text="Občina naj z društvi za ves mandat sklene pogodbo o sodelovanju in jim odpre prostor, ki stoji prazen.",
        published_at=clock.end_of_day(dt.date(edition.year, 9, 1)),
    )
    for candidacy, extent in zip(candidacies, EXTENTS, strict=False):
        pledge = Pledge.objects.filter(programme__candidacy=candidacy, topics__code=TOPIC).order_by("pk").first()
        ProposalUptakeFactory(
            proposal=proposal,
            candidacy=candidacy,
            pledge=pledge if extent != Uptake.DECLINED else None,
            extent=extent,
        )
