"""What happened to the demo's sources, and what its readers told."""

import datetime as dt

from django.core.files.base import ContentFile

from zaveza import clock
from zaveza.texts.odt_writing import write_odt

from .. import services
from ..enums import LinkResult, LinkState, TipState
from ..files import sha256_of
from ..models import Evidence, EvidenceState, LinkCheck, Municipality, Pledge

# The address of a source that is gone; `.example` is reserved and leads nowhere.
OLD_ADDRESS = "https://stara-stran.obcina.example/zapisnik.pdf"
COPIES = 4
# What it says, about which pledge or municipality, and how far the work on it is.
TIPS = (
    ("Na gradbišču od ponedeljka ni nikogar, ograja je odstranjena.", "pledge", TipState.NEW),
    ("V občinskem glasilu piše, da je razpis odpovedan. Stran 4 zadnje številke.", "pledge", TipState.IN_WORK),
    ("Posnel sem seje sveta v celoti, pišite mi.", "municipality", TipState.USED),
)


def seed_sources(day: dt.date) -> None:
    """Copies of the newest sources, half of them public, and one link that is gone but has its copy."""
    gone = list(Evidence.objects.public().filter(url=OLD_ADDRESS))
    others = list(Evidence.objects.public().exclude(url=OLD_ADDRESS).order_by("-published_on", "pk")[:COPIES])
    for number, evidence in enumerate([*gone, *others]):
        file = ContentFile(write_odt(evidence.title, [evidence.excerpt or evidence.title]))
        evidence.sha256, evidence.copy_type = sha256_of(file), "odt"
        evidence.copied_at, evidence.copy_is_public = clock.end_of_day(day - dt.timedelta(days=30)), number % 2 == 0
        evidence.stored_copy.save(f"{evidence.public_id}.odt", file)
    for evidence in gone:
        looked = [clock.end_of_day(day - dt.timedelta(days=days)) for days in (12, 11, 8)]
        for moment in looked:
            LinkCheck.objects.create(
                evidence=evidence, checked_at=moment, url=evidence.url, result=LinkResult.FAILED, status=404
            )
        EvidenceState.objects.create(
            evidence=evidence,
            link=LinkState.BROKEN,
            failures=len(looked),
            checked_at=looked[-1],
            next_check_at=looked[-1] + dt.timedelta(days=365),
        )


def seed_tips() -> None:
    """A few tips with codes that nobody knows."""
    pledges = list(Pledge.objects.public().filter(edition__year=2022).select_related("edition").order_by("pk")[:2])
    place = Municipality.objects.get(slug="ajdovscina")
    for number, (message, about, state) in enumerate(TIPS):
        pledge = pledges[number % len(pledges)] if about == "pledge" else None
        tip, _code = services.receive_tip(
            f"{number:016x}", message, pledge=pledge, municipality=None if pledge else place
        )
        tip.state = state
        tip.save(update_fields=["state"])
