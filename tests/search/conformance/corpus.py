"""The documents of the conformance suite."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from search.documents import SearchDocument

# A long text whose words are all different, with what is looked for at places that matter to some engine.
FAR = 20_000


def _long_text() -> str:
    words = [f"beseda{number}" for number in range(FAR)]
    words[200:203] = ["prva", "meja", "odlomka"]  # across the end of a passage
    words[9_000] = "sredina"
    words[16_382:16_385] = ["za", "zadnjim", "mestom"]  # PostgreSQL's last position
    words[-2:] = ["cisto", "konec"]
    return " ".join(words)


def _document(identifier: str, title: str, body: str = "", type: str = "pledge", **values: Any) -> SearchDocument:
    values.setdefault("language", "sl")
    return SearchDocument(identifier, type, title=title, body=body, url=f"/{identifier}/", **values)


def _day(number: int) -> dt.date:
    return dt.date(2025, 1, 1) + dt.timedelta(days=number)


def _place(slug: str, region: str = "podravska", **others: Sequence[str]) -> dict[str, Sequence[str]]:
    return {"municipality": [slug], "region": [region], **others}


DOCUMENTS = [
    _document(
        "steza",
        "Kolesarska steza v Mariboru",
        "Zgradili bomo kolesarske steze do šole.",
        facets=_place("maribor", edition=["2022"], topic=["promet", "okolje"], status=["fulfilled"], hub=["stik"]),
        date=_day(10),
        due=_day(400),
    ),
    _document(
        "pot",
        "Kolesarska pot na Ptuju",
        "Steza ob reki bo urejena.",
        facets=_place("ptuj", edition=["2022"], topic=["promet"], status=["in_progress"]),
        date=_day(30),
    ),
    _document(
        "igrisca",
        "Žepna igrišča",
        "Županja bo prenovila žepna igrišča v občini.",
        facets=_place("maribor", edition=["2018"], topic=["mladi"], status=["in_progress"]),
        date=_day(20),
        due=_day(300),
    ),
    # The words of a phrase in two fields, and in the wrong order.
    _document("dve-polji", "Nova kolesarska", "Steza je urejena.", facets=_place("ptuj"), date=_day(5)),
    _document("obrnjeno", "Steza kolesarska", facets=_place("celje", "savinjska"), date=_day(6)),
    _document("dolgo", "Program dela", _long_text(), "programme", facets=_place("celje", "savinjska")),
    _document("pogosto", "Vodovod", "voda " * 300 + "teče", facets=_place("celje", "savinjska"), date=_day(1)),
    _document("dolga-beseda", "Beseda", "q" * 300 + " konča"),
    _document("skola", "ახალი სკოლა", "სკოლაში სპორტული მოედანი.", "news", language="ka", date=_day(40)),
    _document("boiska", "Sieć wiejskich szkół i boisk", "Łódź buduje boiska.", "project", language="pl"),
    _document("lane", "New cycle lanes", "We will build safe lanes to schools.", "news", language="en", date=_day(2)),
    _document("prazno", "…", "", "news", date=_day(3)),
    _document(
        "AJD-2022-04", "Zeleni park", "Park bo urejen do jeseni. Ajdovščina 2022 AJD-2022-04", "project", date=_day(0)
    ),
    _document("AJD-2018-04", "Zelen park", "Park. 2022 04 AJD-2018-04", "project", date=_day(0)),
    _document("sklic", "Sklic na AJD-2022-04", "AJD-2022-04", "news", date=_day(0)),
    _document("dom", "Novi ZD", "", "event", date=_day(0)),
    # Many alike, for paging: the same words, few dates.
    *(
        _document(f"enako-{number:02}", "Klop v parku", "Klop.", "event", date=_day(50 + number % 3))
        for number in range(47)
    ),
    _document("enako-brez", "Klop v parku", "Klop.", "event"),
]
