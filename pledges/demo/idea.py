"""The shape of a fictional promise, and the topics that promises are about."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Idea:
    """One promise: its topic, title, quote, the rest of the sentence around it, and what would fulfil it."""

    topic: str
    title: str
    title_en: str
    quote: str
    criteria: tuple[str, ...]
    after: str = ""
    kind: str = "action"
    interpretation: str = ""
    testable: bool = True
    depends: tuple[str, ...] = field(default=())
    numbers: tuple[int, ...] = (5, 6, 8, 9, 12)
    unit: str = ""


TOPICS = (
    (
        "associations",
        "Sodelovanje z društvi",
        "Work with associations",
        "საზოგადოებრივ ორგანიზაციებთან თანამშრომლობა",
        "Współpraca ze stowarzyszeniami",
    ),
    (
        "transport",
        "Promet in varnost",
        "Transport and safety",
        "ტრანსპორტი და უსაფრთხოება",
        "Transport i bezpieczeństwo",
    ),
    ("open-municipality", "Odprta občina", "Open municipality", "ღია მუნიციპალიტეტი", "Otwarta gmina"),
    ("older-people", "Starejši", "Older people", "ხანდაზმულები", "Osoby starsze"),
    ("young-people", "Mladi", "Young people", "ახალგაზრდები", "Młodzież"),
    ("environment", "Okolje", "Environment", "გარემო", "Środowisko"),
    ("housing", "Stanovanja", "Housing", "საცხოვრებელი", "Mieszkania"),
    (
        "intergenerational",
        "Medgeneracijsko sožitje",
        "Generations together",
        "თაობათა თანაცხოვრება",
        "Wspólnota pokoleń",
    ),
)
