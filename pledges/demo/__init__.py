"""The demo's record: two editions, three hubs, their candidates, programmes, pledges and what became of them.

Built from the factories and published through the services, so that it obeys every rule of the real record.
"""

import datetime as dt
from collections.abc import Callable

from zaveza import clock

from .. import services
from ..enums import (
    EditionState,
    MandateEndReason,
    OrganisationKind,
    PartnershipRole,
    PromisedBy,
    SubmissionChannel,
    Suitability,
    Testability,
)
from ..factories import (
    CandidacyFactory,
    EditionFactory,
    KeyDateFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    PledgeFactory,
    ProgrammeFactory,
    RecognitionFactory,
    TopicFactory,
)
from ..models import (
    Candidacy,
    Edition,
    EditionText,
    HubCoverage,
    HubMember,
    KeyDateText,
    Mandate,
    Municipality,
    Organisation,
    OrganisationText,
    Partnership,
    Person,
    Pledge,
    PledgeText,
    Programme,
    SimilarityGroup,
    Topic,
    TopicText,
)
from .course import publish_courses
from .desk import fill_desk
from .extractions import extractors_of, seed_extractions, store_file, with_description
from .idea import TOPICS, Idea
from .ideas import IDEAS, NGO_IDEAS
from .people import HUBS, NGOS, PLACES, STANDS, Stand
from .policies import publish_policies
from .proposals import seed_proposals
from .sources import seed_sources, seed_tips
from .staff import Staff, make_staff
from .upcoming import seed_upcoming

# A mayor's programme is longer than that of a candidate who was not elected; the archived edition is smaller.
WINNER_PLEDGES = {2022: 16, 2018: 7}
OTHER_PLEDGES = {2022: 4, 2018: 3}
MANDATE_START = {2018: dt.date(2018, 12, 5), 2022: dt.date(2022, 12, 5)}
MANDATE_END = {2018: dt.date(2022, 12, 4), 2022: dt.date(2026, 12, 4)}
ELECTION = {2018: dt.date(2018, 11, 18), 2022: dt.date(2022, 11, 20)}

KEY_DATES = {
    2018: (
        (dt.date(2018, 10, 1), "day", "Dan Šole za župane", "School for Mayors day", "Isti dan po vsej Sloveniji."),
        (dt.date(2018, 10, 10), "day", "Rok za programe sodelovanja", "Programmes are due", "Oddaja po spletu ali na papirju."),
        (dt.date(2018, 10, 22), "day", "Podelitev priznanj", "Recognitions", "Za vsak ustrezen program."),
    ),
    2022: (
        (dt.date(2022, 9, 26), "day", "Dan Šole za župane", "School for Mayors day", "Kandidatke in kandidati spoznajo društva svojega kraja."),
        (dt.date(2022, 10, 11), "day", "Rok za programe sodelovanja", "Programmes are due", "Oddaja po roku je dovoljena in označena."),
        (dt.date(2022, 10, 24), "day", "Podelitev priznanj", "Recognitions", "Priznanje dobi vsaka kandidatura z ustreznim programom."),
        (dt.date(2022, 12, 5), "day", "Začetek mandatov", "Mandates begin", "Od tega dne spremljamo zaveze izvoljenih."),
        (dt.date(2026, 2, 3), "day", "Letni pregled zavez", "Yearly review of pledges", "Stičišča objavijo, kaj se je v letu dni spremenilo."),
        (dt.date(2026, 10, 1), "month", "Končne ocene", "Final assessments", "Vsaka zaveza dobi končno oceno."),
        (dt.date(2026, 12, 4), "day", "Konec mandatov", "Mandates end", "Izvedba se zapre in ostane v arhivu."),
    ),
}  # fmt: skip


def seed(day: dt.date, step: Callable[[str], None] = lambda message: None) -> None:
    """Write the record as seen on `day`; nothing later than that day is written. Runs once per database."""
    staff = make_staff()
    topics = _topics()
    hubs = _organisations()
    _coverage(hubs, staff)
    editions = {year: _edition(year, hubs) for year in (2018, 2022)}
    persons: dict[str, Person] = {}
    mandates: dict[tuple[str, int], Mandate] = {}
    promised: list[tuple[Pledge, Stand, int]] = []
    # The archived edition first, so that numbers and times run forward.
    for stand in sorted(STANDS, key=lambda stand: stand.year):
        step(f"{stand.municipality} {stand.year}")
        promised += _stand(stand, editions[stand.year], topics, persons, mandates, staff)
    seed_proposals(editions[2022], NGOS[0][0])
    step("extractions")
    seed_extractions(promised, staff, day)
    step("assessments")
    publish_courses(promised, mandates, staff, min(clock.end_of_day(day), clock.now()))
    publish_policies(min(clock.end_of_day(day), clock.now()))
    seed_sources(day)
    seed_tips()
    archived = editions[2018]
    archived.state = EditionState.ARCHIVED
    archived.save()
    seed_upcoming(staff)
    services.rebuild_statuses()
    step("desk")
    fill_desk(promised, staff)


def _topics() -> dict[str, Topic]:
    topics = {}
    for order, (code, sl, en, ka, pl) in enumerate(TOPICS):
        topic = TopicFactory(code=code, sort_order=order)
        topic.texts.all().delete()
        for language, name in (("sl", sl), ("en", en), ("ka", ka), ("pl", pl)):
            TopicText.objects.create(topic=topic, language=language, name=name)
        topics[code] = topic
    return topics


def _organisations() -> dict[str, Organisation]:
    published = clock.end_of_day(dt.date(2018, 6, 1))
    hubs = {}
    for slug, name, english, _municipalities in HUBS:
        hub = OrganisationFactory(slug=slug, name=name, kind=OrganisationKind.HUB, published_at=published)
        OrganisationText.objects.create(organisation=hub, language="en", name=english)
        hubs[slug] = hub
    for slug, name in NGOS:
        OrganisationFactory(slug=slug, name=name, kind=OrganisationKind.NGO, published_at=published)
    for slug, name, kind in (
        ("sklad-za-lokalno-demokracijo", "Sklad za lokalno demokracijo", OrganisationKind.FUNDER),
        ("radio-planota", "Radio Planota", OrganisationKind.MEDIA),
        ("institut-za-lokalno-demokracijo", "Inštitut za lokalno demokracijo", OrganisationKind.ACADEMIA),
        ("zdruzenje-krajevnih-skupnosti", "Združenje krajevnih skupnosti", OrganisationKind.NGO),
    ):
        OrganisationFactory(slug=slug, name=name, kind=kind, published_at=published)
    return hubs


def _coverage(hubs: dict[str, Organisation], staff: Staff) -> None:
    for slug, _name, _english, municipalities in HUBS:
        for municipality in Municipality.objects.filter(slug__in=municipalities):
            HubCoverage.objects.create(hub=hubs[slug], municipality=municipality, start=MANDATE_START[2018])
        for member in (staff.monitors[slug], staff.second_monitors[slug]):
            HubMember.objects.create(user=member, hub=hubs[slug])


def _edition(year: int, hubs: dict[str, Organisation]) -> Edition:
    edition = EditionFactory(
        year=year,
        election_date=ELECTION[year],
        state=EditionState.RUNNING,
        methodology_version="1.0" if year == 2018 else "2.1",
        copyright_holder="Šola za župane",
        published_at=clock.end_of_day(dt.date(year, 6, 1)),
    )
    edition.texts.all().delete()
    for language, title, funder in (
        ("sl", f"Šola za župane {year}", f"Izvedbo {year} delno financira Sklad za lokalno demokracijo. Za vsebino odgovarjajo stičišča; stališč sklada ne izraža nujno."),
        ("en", f"School for Mayors {year}", f"The {year} edition is funded in part by the Fund for Local Democracy. The hubs alone answer for its contents."),
        ("ka", f"მერების სკოლა {year}", f"{year} წლის სკოლას ნაწილობრივ აფინანსებს ადგილობრივი დემოკრატიის ფონდი."),
        ("pl", f"Szkoła burmistrzów {year}", f"Edycję {year} współfinansuje Fundusz Demokracji Lokalnej. Za treść odpowiadają organizatorzy."),
    ):  # fmt: skip
        EditionText.objects.create(edition=edition, language=language, title=title, funder_text=funder)
    for date, precision, sl, en, text in KEY_DATES[year]:
        key_date = KeyDateFactory(edition=edition, date=date, precision=precision)
        key_date.texts.all().delete()
        KeyDateText.objects.create(key_date=key_date, language="sl", title=sl, text=text)
        KeyDateText.objects.create(key_date=key_date, language="en", title=en)
    roles = [(hub.slug, PartnershipRole.INITIATOR) for hub in hubs.values()] + [
        ("institut-za-lokalno-demokracijo", PartnershipRole.PARTNER),
        ("zdruzenje-krajevnih-skupnosti", PartnershipRole.HONORARY_PATRON),
        ("sklad-za-lokalno-demokracijo", PartnershipRole.FUNDER),
        ("radio-planota", PartnershipRole.MEDIA_PARTNER),
    ]
    for order, (slug, role) in enumerate(roles):
        Partnership.objects.create(
            organisation=Organisation.objects.get(slug=slug), role=role, edition=edition, sort_order=order
        )
    return edition


def _stand(
    stand: Stand,
    edition: Edition,
    topics: dict[str, Topic],
    persons: dict[str, Person],
    mandates: dict[tuple[str, int], Mandate],
    staff: Staff,
) -> list[tuple[Pledge, Stand, int]]:
    """One municipality's election: its candidacies, their programmes, the mandate, the pledges (winner's first)."""
    municipality = Municipality.objects.get(slug=stand.municipality)
    offset = sorted({each.municipality for each in STANDS}).index(stand.municipality)
    promised: list[tuple[Pledge, Stand, int]] = []
    for place, (name, gender, list_name) in enumerate((stand.winner, *stand.others)):
        elected = place == 0
        person = persons.get(name)
        if person is None:
            person = persons[name] = PersonFactory(name=name, gender=gender)
        share = 56 - offset % 5 if elected else (44 + offset % 5) / len(stand.others)
        candidacy = CandidacyFactory(
            person=person,
            municipality=municipality,
            edition=edition,
            list_name=list_name,
            elected=elected,
            first_round_share=f"{share:.2f}",
            published_at=clock.end_of_day(dt.date(stand.year, 9, 20)),
        )
        if elected:
            mandates[stand.municipality, stand.year] = MandateFactory(
                person=person,
                municipality=municipality,
                candidacy=candidacy,
                start=MANDATE_START[stand.year],
                planned_end=MANDATE_END[stand.year],
                end=MANDATE_END[stand.year] if stand.year == 2018 else None,
                end_reason=MandateEndReason.TERM if stand.year == 2018 else "",
                predecessor=mandates.get((stand.municipality, 2018)),
                published_at=clock.end_of_day(MANDATE_START[stand.year]),
            )
        if place == 2:  # the third candidate of a large municipality handed nothing in
            continue
        count = WINNER_PLEDGES[stand.year] if elected else OTHER_PLEDGES[stand.year]
        start = offset * 5 + place * 19 + (7 if stand.year == 2018 else 0)
        ideas = [IDEAS[(start + number * 5) % len(IDEAS)] for number in range(count)]
        if elected and stand.year == 2022:
            ideas.append(NGO_IDEAS[offset % len(NGO_IDEAS)])
        promised += _programme(stand, candidacy, ideas, topics, offset, staff)
    return promised


def _programme(
    stand: Stand,
    candidacy: Candidacy,
    ideas: list[Idea],
    topics: dict[str, Topic],
    offset: int,
    staff: Staff,
) -> list[tuple[Pledge, Stand, int]]:
    """A programme with its file, the jury's decision, a recognition, and the pledges cut from it."""
    submitted = dt.datetime(stand.year, 10, 11 if stand.year == 2022 else 10, 9, offset, tzinfo=clock.SITE_ZONE)
    filled = [(idea, _fill(idea, offset + number)) for number, idea in enumerate(ideas)]
    paragraphs = with_description([quote + after for _idea, (_title, quote, after) in filled], offset)
    text = "\n".join(paragraphs)
    programme: Programme = ProgrammeFactory(
        candidacy=candidacy,
        submitted_at=submitted,
        channel=SubmissionChannel.FORM,
        text=text,
        suitability=Suitability.SUITABLE,
        criteria_met=5 if candidacy.elected else 4,
        criteria_total=5,
        decided_on=dt.date(stand.year, 10, 18),
        jury="Vera Liparjeva, Oskar Urednikar, Ada Skrbnikova",
        decision_reason="Program je konkreten, zaveze imajo roke in odgovorne.",
        published_at=clock.end_of_day(dt.date(stand.year, 10, 19)),
    )
    store_file(programme, paragraphs)
    RecognitionFactory(
        candidacy=candidacy,
        kind=f"Priznanje Šole za župane {stand.year}",
        date=dt.date(stand.year, 10, 24 if stand.year == 2022 else 22),
        event="Podelitev priznanj",
        citation="Za program, ki ga je mogoče preverjati ves mandat.",
        published_at=clock.end_of_day(dt.date(stand.year, 10, 24)),
    )
    promised = []
    for number, (idea, (title, quote, after)) in enumerate(filled):
        pledge = _pledge(programme, idea, title, quote, after, topics, number)
        when = dt.datetime(stand.year, 11, 4, 8, offset, number, tzinfo=clock.SITE_ZONE)
        services.note_author(pledge, *extractors_of(stand.municipality, staff))
        services.publish_pledge(pledge, staff.reviewer, published_at=when)
        promised.append((pledge, stand, number))
    return promised


def _pledge(
    programme: Programme, idea: Idea, title: str, quote: str, after: str, topics: dict[str, Topic], number: int
) -> Pledge:
    by_ngo = idea in NGO_IDEAS
    testability = Testability.TESTABLE if idea.testable else Testability.NOT_TESTABLE
    if idea.testable and idea.interpretation:
        testability = Testability.TESTABLE_AS_INTERPRETED
    end = MANDATE_END[programme.candidacy.edition.year]
    group, _made = SimilarityGroup.objects.get_or_create(name=idea.title.replace("{n}", "…").replace("{place}", "…"))
    pledge = PledgeFactory(
        title=None,
        published_by=None,
        programme=programme,
        quote=quote,
        quote_suffix=after,
        page=1 + number // 5,
        paragraph=1 + number % 5,
        promised_by=PromisedBy.NGO if by_ngo else PromisedBy.CANDIDATE,
        organisation=Organisation.objects.get(slug=NGOS[number % len(NGOS)][0]) if by_ngo else None,
        kind=idea.kind,
        testability=testability,
        interpretation=idea.interpretation,
        success_criteria="\n".join(idea.criteria),
        indicator_unit=idea.unit,
        due_date=None if not idea.testable else (end.replace(year=end.year - 1) if number % 6 == 2 else end),
        responsible_body=f"Občina {programme.candidacy.municipality}",
        depends_on_council="council" in idea.depends,
        depends_on_state="state" in idea.depends,
        depends_on_eu_funds="eu_funds" in idea.depends,
        similarity_group=group,
        carried_over_from=_carried_over_from(programme, group),
    )
    pledge.topics.set([topics[idea.topic]])
    PledgeText.objects.create(pledge=pledge, language="sl", title=title, summary=quote + after)
    PledgeText.objects.create(pledge=pledge, language="en", title=idea.title_en)
    return Pledge.objects.get(pk=pledge.pk)


def _fill(idea: Idea, turn: int) -> tuple[str, str, str]:
    """Title, quote and the rest of the sentence with this programme's number and place."""
    slots = {"n": idea.numbers[turn % len(idea.numbers)], "place": PLACES[turn % len(PLACES)]}
    return idea.title.format(**slots), idea.quote.format(**slots), idea.after.format(**slots)


def _carried_over_from(programme: Programme, group: SimilarityGroup) -> Pledge | None:
    """The earlier pledge of the same person with the same goal, where there is one."""
    candidacy = programme.candidacy
    earlier = Pledge.objects.filter(
        similarity_group=group,
        programme__candidacy__person=candidacy.person,
        edition__year__lt=candidacy.edition.year,
    )
    found: Pledge | None = earlier.order_by("pk").last()
    return found
