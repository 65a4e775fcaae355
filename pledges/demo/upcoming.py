"""The edition that is being prepared: not public yet, with links for its candidates and programmes on their way in."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from zaveza import clock
from zaveza.texts.odt_writing import write_odt

from .. import services
from ..enums import DatePrecision, EditionState, KeyDateKind, LinkPurpose, Suitability
from ..factories import CandidacyFactory, EditionFactory, KeyDateFactory, PersonFactory
from ..models import Candidacy, Edition, EditionText, KeyDateText, Municipality
from .staff import Staff

YEAR = 2026
ELECTION = dt.date(2026, 11, 15)
CRITERIA = (
    "Zaveze so napisane tako, da jih je mogoče preveriti.",
    "Vsaka zaveza ima rok ali je vezana na mandat.",
    "Program pove, kdo je za zavezo odgovoren.",
    "Program imenuje denar ali drug vir.",
    "Program je javen in podpisan.",
)
# Municipality, person, grammatical form, list, address of the team
CANDIDATES = (
    ("ajdovscina", "Živa Repnik", "f", "Lista Odprta dolina", "ziva@ekipa.example"),
    ("ajdovscina", "Lovro Hubelj", "m", "Za Vipavsko", "lovro@ekipa.example"),
    ("tolmin", "Neva Podmelc", "f", "Skupaj za Posočje", "neva@ekipa.example"),
)
PLEDGES = (
    {
        "quote": "Do konca leta 2028 bomo v vsaki krajevni skupnosti uredili prostor, ki ga društva uporabljajo brezplačno.",
        "title": "Prostor za društva v vsaki krajevni skupnosti",
        "due": "2028-12-31",
        "check": "Sklep o brezplačni uporabi velja.\nSeznam prostorov je objavljen.",
    },
    {
        "quote": "Vsako leto bomo objavili, koliko denarja je občina namenila nevladnim organizacijam.",
        "title": "Letna objava sredstev za nevladne organizacije",
        "due": "",
        "check": "Poročilo je na spletni strani občine do konca marca.",
    },
)


def seed_upcoming(staff: Staff) -> None:
    """The first team has handed in and waits for the jury, the second has a draft, the third has only its link."""
    edition: Edition = EditionFactory(
        year=YEAR,
        election_date=ELECTION,
        state=EditionState.OPEN,
        methodology_version="2.1",
        copyright_holder="Šola za župane",
        published_at=None,
    )
    edition.texts.all().delete()
    EditionText.objects.create(
        edition=edition, language="sl", title=f"Šola za župane {YEAR}", suitability_criteria="\n".join(CRITERIA)
    )
    due = KeyDateFactory(
        edition=edition, date=dt.date(2026, 10, 6), precision=DatePrecision.DAY, kind=KeyDateKind.PROGRAMMES_DUE
    )
    due.texts.all().delete()
    KeyDateText.objects.create(key_date=due, language="sl", title="Rok za programe sodelovanja")
    first, second, _third = (_candidate(edition, staff, *fields) for fields in CANDIDATES)
    _hand_in(first)
    services.save_draft(second, 0, language="sl", pledges=[PLEDGES[1], dict.fromkeys(services.ENTRY_FIELDS, "")])


def _candidate(
    edition: Edition, staff: Staff, slug: str, name: str, gender: str, list_name: str, email: str
) -> Candidacy:
    municipality = Municipality.objects.get(slug=slug)
    person = municipality.candidacies.filter(person__name=name).values_list("person", flat=True).first()
    candidacy: Candidacy = CandidacyFactory(
        **({"person_id": person} if person else {"person": PersonFactory(name=name, gender=gender)}),
        municipality=municipality,
        edition=edition,
        list_name=list_name,
        elected=None,
        published_at=None,
    )
    services.make_link(candidacy, LinkPurpose.PROGRAMME, staff.administrator, email=email, language="sl")
    return candidacy


def _hand_in(candidacy: Candidacy) -> None:
    content = write_odt(f"Program sodelovanja v skupnosti: {candidacy.person}", [row["quote"] for row in PLEDGES])
    file = SimpleUploadedFile("program.odt", content)
    draft = services.save_draft(candidacy, 0, language="sl", pledges=PLEDGES, file=file)
    entries = [{**row, "due": dt.date.fromisoformat(row["due"]) if row["due"] else None} for row in PLEDGES]
    programme = services.hand_in(candidacy, draft.revision, entries)
    services.decide_suitability(
        programme,
        Suitability.SUITABLE,
        [services.Criterion(text, place != 3) for place, text in enumerate(CRITERIA)],
        decided_on=clock.today(),
        jury="Vera Liparjeva\nOskar Urednikar\nAda Skrbnikova",
        reason="Zaveze so konkretne in preverljive; vir denarja manjka.",
    )
