"""The demo's good practices: a made-up one in four languages, in a real municipality."""

from typing import Any

from .blocks import text

INDEX: dict[str, tuple[str, str]] = {
    "sl": ("Dobre prakse", "Kar se je kje obneslo, lahko prevzame kdo drug."),
    "en": ("Good practices", "What worked in one place can be taken over in another."),
    "ka": ("კარგი პრაქტიკა", "რაც ერთგან გამართლდა, სხვაგანაც შეიძლება გამოდგეს."),
    "pl": ("Dobre praktyki", "Co sprawdziło się w jednym miejscu, mogą przejąć inni."),
}
PLAYGROUND: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Šolsko igrišče, ki ga popoldne odklene soseska",
        "lead": "Šola posodi ključ društvu, društvo skrbi za red. Igrišče je odprto vsak dan do mraka.",
        "body": [
            text(
                "Šola in društvo sta podpisala dogovor na eni strani: kdo odklene, kdo pospravi in kdo plača popravila.",
                "Prvo leto je bilo manj razbitega kot prej, ko je bilo igrišče zaklenjeno.",
            )
        ],
    },
    "en": {
        "title": "A school playground that the neighbourhood unlocks in the afternoon",
        "lead": "The school lends the key to an association, which keeps order. The playground is open until dusk.",
        "body": [
            text(
                "School and association signed an agreement of one page: who unlocks, who tidies up, who pays repairs."
            )
        ],
    },
    "ka": {
        "title": "სკოლის მოედანი, რომელსაც შუადღის შემდეგ უბანი ხსნის",
        "lead": "სკოლა გასაღებს გაერთიანებას აძლევს, ის კი წესრიგზე ზრუნავს.",
        "body": [text("სკოლამ და გაერთიანებამ ერთგვერდიან შეთანხმებას მოაწერეს ხელი.")],
    },
    "pl": {
        "title": "Szkolne boisko, które po południu otwierają sąsiedzi",
        "lead": "Szkoła pożycza klucz stowarzyszeniu, a ono dba o porządek.",
        "body": [text("Szkoła i stowarzyszenie podpisały umowę na jednej stronie.")],
    },
}
