"""How the demo's pledges went: courses of events, one for each way a pledge can end up where it stands."""

from dataclasses import dataclass, replace

from ..enums import AssessmentKind, Direction, EvidenceKind, Openness, Reason, Status, Verification


@dataclass(frozen=True)
class Source:
    """A piece of evidence as it will be cited."""

    kind: str
    title: str
    publisher: str
    direction: str = Direction.SUPPORTS


@dataclass(frozen=True)
class Step:
    """One published assessment. `day` counts from the start of the mandate; `lag` is how long publication took."""

    day: int
    status: str
    summary: str
    kind: str = AssessmentKind.CHANGE
    sources: tuple[Source, ...] = ()
    verification: str = Verification.DOCUMENTED
    reason: str = ""
    late: bool = False
    inherited: bool = False
    openness: str = ""
    supersedes: int | None = None
    lag: int = 14
    reply: str = ""
    correction: tuple[str, str] = ("", "")


MINUTES = Source(EvidenceKind.COUNCIL_MINUTES, "Zapisnik seje občinskega sveta", "Občinski svet")
BUDGET = Source(EvidenceKind.BUDGET_LINE, "Proračunska postavka", "Občina")
EMPTY_BUDGET = replace(BUDGET, title="Proračun brez sredstev za to postavko", direction=Direction.CONTRADICTS)
CONTRACT = Source(EvidenceKind.CONTRACT, "Pogodba z izvajalcem", "Občina")
JOURNAL = Source(EvidenceKind.OFFICIAL_JOURNAL, "Odlok v uradnem glasilu", "Uradno glasilo občine")
VISIT = Source(EvidenceKind.SITE_VISIT, "Terenski ogled s fotografijami", "Stičišče")
NEWS = Source(EvidenceKind.NEWS, "Lokalno poročilo o poteku", "Krajevni tednik", Direction.CONTEXT)
LETTER = Source(EvidenceKind.REPLY, "Dopis občine", "Občina", Direction.CONTEXT)
REQUEST = Source(
    EvidenceKind.INFORMATION_REQUEST, "Zahteva za informacije javnega značaja", "Stičišče", Direction.CONTEXT
)

_BEGUN = Step(
    196,
    Status.IN_PROGRESS,
    "Občinski svet je sprejel načrt, v proračunu je odprta postavka.",
    AssessmentKind.INITIAL,
    (MINUTES, BUDGET),
)
_CHECKED = Step(
    1120,
    Status.IN_PROGRESS,
    "Preverili smo dokumente in stanje na kraju samem. Delo teče, končano še ni.",
    AssessmentKind.CONFIRMATION,
    (VISIT,),
    Verification.ON_SITE,
    lag=3,
)

# The course of events by the status in which it ends; several courses for one status.
COURSES: dict[str, tuple[tuple[Step, ...], ...]] = {
    Status.FULFILLED: (
        (
            _BEGUN,
            Step(
                742,
                Status.FULFILLED,
                "Vsa merila so izpolnjena: sprejeto in izvedeno.",
                sources=(JOURNAL, VISIT),
                verification=Verification.ON_SITE,
                openness=Openness.OPEN,
            ),
            Step(
                1095,
                Status.FULFILLED,
                "Ob ogledu stanje še vedno ustreza merilom.",
                AssessmentKind.CONFIRMATION,
                (VISIT,),
                Verification.ON_SITE,
                lag=5,
            ),
        ),
        (
            replace(_BEGUN, day=260),
            Step(
                1036,
                Status.FULFILLED,
                "Končano pol leta po obljubljenem dnevu, vsa merila so izpolnjena.",
                sources=(CONTRACT, VISIT),
                verification=Verification.ON_SITE,
                late=True,
                openness=Openness.RESPONSIVE,
            ),
        ),
        (
            Step(
                118,
                Status.FULFILLED,
                "Sklep je sprejet in se izvaja; priprave so stekle že pred mandatom.",
                AssessmentKind.INITIAL,
                (MINUTES, JOURNAL),
                inherited=True,
            ),
            Step(1101, Status.FULFILLED, "Brez spremembe.", AssessmentKind.CONFIRMATION, (LETTER,), lag=4),
        ),
    ),
    Status.PARTLY: (
        (
            _BEGUN,
            Step(
                846,
                Status.PARTLY,
                "Izveden je manjši obseg od obljubljenega: prvi dve fazi od treh.",
                sources=(CONTRACT, VISIT),
                verification=Verification.ON_SITE,
                reason=Reason.NO_MONEY,
                openness=Openness.RESPONSIVE,
                reply="Tretjo fazo smo prestavili, ker je bila ponudba dražja od ocene.",
            ),
        ),
        (
            replace(_BEGUN, day=230),
            Step(
                700,
                Status.FULFILLED,
                "Občina sporoča, da je zaveza izpolnjena.",
                sources=(LETTER,),
                verification=Verification.SELF_DECLARED,
                lag=20,
            ),
            Step(
                700,
                Status.PARTLY,
                "Odprto je pritličje; nadstropje ni urejeno.",
                AssessmentKind.CORRECTION,
                (LETTER, VISIT),
                Verification.ON_SITE,
                Reason.NO_MONEY,
                supersedes=1,
                lag=41,
                correction=(
                    "Zaveza je izpolnjena v celoti.",
                    "Odprto je le pritličje, zato je zaveza delno izpolnjena.",
                ),
            ),
        ),
    ),
    Status.IN_PROGRESS: (
        (_BEGUN, _CHECKED),
        (
            _BEGUN,
            Step(
                827,
                Status.STALLED,
                "Štirinajst mesecev ni bilo nobenega novega koraka, postavka je prazna.",
                sources=(EMPTY_BUDGET,),
                reason=Reason.STATE,
                openness=Openness.RESTRICTED,
                reply="-",
            ),
            Step(
                1008,
                Status.IN_PROGRESS,
                "Pogodba je podpisana, dela so se začela.",
                sources=(CONTRACT, NEWS),
                openness=Openness.RESPONSIVE,
                reply="Čakali smo na soglasje države. Prišlo je poleti, jeseni smo podpisali pogodbo.",
            ),
            _CHECKED,
        ),
        (
            replace(_BEGUN, day=330),
            Step(
                815,
                Status.FULFILLED,
                "Po sporočilu občine je zaveza izpolnjena.",
                sources=(LETTER,),
                verification=Verification.SELF_DECLARED,
            ),
            Step(
                860,
                Status.FULFILLED,
                "Oceno umikamo: sporočilo občine se je nanašalo na drugo naselje.",
                AssessmentKind.RETRACTION,
                (LETTER,),
                supersedes=1,
                lag=47,
                correction=(
                    "Objavljeno je bilo, da je zaveza izpolnjena.",
                    "Sporočilo je bilo o drugem naselju; ocena je umaknjena.",
                ),
            ),
        ),
    ),
    Status.STALLED: (
        (
            replace(_BEGUN, day=240),
            Step(
                925,
                Status.STALLED,
                "Projekt je pripravljen, denarja v proračunu ni.",
                sources=(EMPTY_BUDGET, NEWS),
                reason=Reason.NO_MONEY,
                openness=Openness.RESPONSIVE,
                reply="Na razpisu nismo uspeli, prijavili se bomo še enkrat.",
            ),
        ),
        (
            replace(_BEGUN, day=210),
            Step(
                980,
                Status.STALLED,
                "Občinski svet je predlog dvakrat umaknil z dnevnega reda.",
                sources=(replace(MINUTES, direction=Direction.CONTRADICTS),),
                reason=Reason.COUNCIL,
                reply="-",
            ),
            Step(1128, Status.STALLED, "Predloga ni na dnevnem redu.", AssessmentKind.CONFIRMATION, (MINUTES,), lag=4),
        ),
    ),
    Status.NOT_STARTED: (
        (
            Step(
                440,
                Status.NOT_STARTED,
                "V proračunu, sklepih in razpisih ni nobenega koraka.",
                AssessmentKind.INITIAL,
                (EMPTY_BUDGET,),
                openness=Openness.RESTRICTED,
            ),
            Step(
                1132,
                Status.NOT_STARTED,
                "Tudi proračun za letos postavke nima.",
                AssessmentKind.CONFIRMATION,
                (EMPTY_BUDGET,),
                lag=3,
            ),
        ),
        (
            Step(
                655, Status.NOT_STARTED, "Uradnega koraka nismo našli.", AssessmentKind.INITIAL, (EMPTY_BUDGET, REQUEST)
            ),
        ),
    ),
    Status.NOT_FULFILLED: (
        (
            Step(420, Status.NOT_STARTED, "Uradnega koraka še ni.", AssessmentKind.INITIAL, (EMPTY_BUDGET,)),
            Step(
                1033,
                Status.NOT_FULFILLED,
                "Na seji sveta je bila zaveza izrecno opuščena.",
                sources=(MINUTES, NEWS),
                reason=Reason.RENOUNCED,
                openness=Openness.OPEN,
                reply="Razmere so se spremenile, zato smo se odločili drugače.",
            ),
        ),
    ),
    Status.NO_INFORMATION: (
        (
            Step(
                890,
                Status.NO_INFORMATION,
                "Občina na dve vprašanji ni odgovorila, javni viri ne zadoščajo.",
                AssessmentKind.INITIAL,
                (REQUEST,),
                openness=Openness.UNCOOPERATIVE,
                reply="-",
            ),
        ),
    ),
    Status.NOT_ASSESSED: ((),),
}

# The last word after a mandate has ended, by the status in which the pledge ends.
ENDED_COURSES: dict[str, tuple[tuple[Step, ...], ...]] = {
    Status.FULFILLED: (
        (
            _BEGUN,
            Step(
                1300,
                Status.FULFILLED,
                "Vsa merila so izpolnjena.",
                sources=(JOURNAL, VISIT),
                verification=Verification.ON_SITE,
            ),
        ),
    ),
    Status.PARTLY: (
        (
            _BEGUN,
            Step(
                1461,
                Status.PARTLY,
                "Ob koncu mandata je izveden pretežni del.",
                sources=(CONTRACT, VISIT),
                verification=Verification.ON_SITE,
                lag=20,
            ),
        ),
    ),
    Status.NOT_FULFILLED: (
        (
            Step(500, Status.NOT_STARTED, "Uradnega koraka še ni.", AssessmentKind.INITIAL, (EMPTY_BUDGET,)),
            Step(
                1461,
                Status.NOT_FULFILLED,
                "Mandat se je končal brez izvedbe.",
                sources=(EMPTY_BUDGET,),
                reason=Reason.PRIORITY_CHANGED,
                lag=22,
            ),
        ),
    ),
}

# Statuses in turn, so that every one occurs in each larger municipality and the whole looks like life.
TURN = (
    Status.IN_PROGRESS,
    Status.FULFILLED,
    Status.PARTLY,
    Status.IN_PROGRESS,
    Status.FULFILLED,
    Status.STALLED,
    Status.IN_PROGRESS,
    Status.NOT_STARTED,
    Status.FULFILLED,
    Status.NOT_FULFILLED,
    Status.IN_PROGRESS,
    Status.NOT_ASSESSED,
    Status.PARTLY,
    Status.FULFILLED,
    Status.NO_INFORMATION,
    Status.STALLED,
    Status.NOT_STARTED,
)
ENDED_TURN = (Status.FULFILLED, Status.NOT_FULFILLED, Status.PARTLY, Status.FULFILLED, Status.NOT_FULFILLED)
