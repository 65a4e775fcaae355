"""The demo's fictional people, lists and hubs. Municipalities and regions are real; nobody named here is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stand:
    """Who stood in one municipality at one edition: the winner first."""

    municipality: str
    year: int
    winner: tuple[str, str, str]
    others: tuple[tuple[str, str, str], ...] = ()


HUBS = (
    ("sticisce-burja", "Stičišče Burja", "Burja Hub", ("ajdovscina", "tolmin", "idrija", "vipava", "bovec")),
    (
        "sticisce-gorjanci",
        "Stičišče Gorjanci",
        "Gorjanci Hub",
        ("novo-mesto", "crnomelj", "kocevje", "trebnje", "metlika"),
    ),
    ("sticisce-javornik", "Stičišče Javornik", "Javornik Hub", ("postojna", "cerknica", "pivka", "ilirska-bistrica")),
)

NGOS = (
    ("zveza-drustev-vipavske-doline", "Zveza društev Vipavske doline"),
    ("mreza-prostovoljcev-krke", "Mreža prostovoljcev ob Krki"),
    ("zavod-kraski-veter", "Zavod Kraški veter"),
)

# name, grammatical form, list as printed
STANDS = (
    Stand(
        "ajdovscina",
        2022,
        ("Živa Repnik", "f", "Lista Odprta dolina"),
        (("Tomaž Osojnik", "m", "Za mirno Ajdovščino"), ("Mirjam Dolžan", "f", "Neodvisna kandidatka")),
    ),
    Stand("tolmin", 2022, ("Rok Trebušar", "m", "Lista Zelena Soča"), (("Neva Podmelc", "f", "Skupaj za Posočje"),)),
    Stand(
        "idrija", 2022, ("Jerneja Idrijan", "f", "Lista Rudnik znanja"), (("Vid Čekovnik", "m", "Neodvisni kandidat"),)
    ),
    Stand("vipava", 2022, ("Bine Lozičar", "m", "Lista Trta in veter"), (("Ajda Podnanos", "f", "Lista za Vipavo"),)),
    Stand("bovec", 2022, ("Lenka Kaninar", "f", "Gorski kraj"), (("Jošt Trentar", "m", "Lista Dolina"),)),
    Stand(
        "novo-mesto",
        2022,
        ("Gregor Lokvičar", "m", "Lista Ob Krki"),
        (("Saša Grmovnik", "f", "Novo mesto diha"), ("Miha Težkovodnik", "m", "Neodvisni kandidat")),
    ),
    Stand("crnomelj", 2022, ("Darja Belokrajnik", "f", "Lista Steljnik"), (("Peter Lahinjar", "m", "Za Črnomelj"),)),
    Stand(
        "kocevje", 2022, ("Andraž Rinžar", "m", "Lista Gozd in delo"), (("Katja Rogovec", "f", "Kočevska prihodnost"),)
    ),
    Stand("trebnje", 2022, ("Petra Temeničar", "f", "Lista Dolenjski potok"), (("Luka Čatežan", "m", "Naše Trebnje"),)),
    Stand(
        "metlika", 2022, ("Zoran Kolpičar", "m", "Lista Ob Kolpi"), (("Tina Vinomerčan", "f", "Neodvisna kandidatka"),)
    ),
    Stand(
        "postojna", 2022, ("Nataša Pivnik", "f", "Lista Podzemlje in sonce"), (("Igor Nanosar", "m", "Za Postojno"),)
    ),
    Stand(
        "cerknica",
        2022,
        ("Matej Jezernik", "m", "Lista Presihajoče jezero"),
        (("Urša Slivničar", "f", "Cerknica skupaj"),),
    ),
    Stand(
        "pivka",
        2022,
        ("Alenka Krpanovec", "f", "Lista Park in kraj"),
        (("Simon Petelinjar", "m", "Neodvisni kandidat"),),
    ),
    Stand(
        "ilirska-bistrica",
        2022,
        ("Boris Snežničar", "m", "Lista Pod Snežnikom"),
        (("Maja Sušečan", "f", "Bistrica naprej"),),
    ),
    Stand("ajdovscina", 2018, ("Edvard Hubeljnik", "m", "Lista Burja"), (("Živa Repnik", "f", "Lista Odprta dolina"),)),
    Stand("tolmin", 2018, ("Rok Trebušar", "m", "Lista Zelena Soča"), (("Cveta Zadlaškar", "f", "Lista Korita"),)),
    Stand("novo-mesto", 2018, ("Gregor Lokvičar", "m", "Lista Ob Krki"), (("Helena Gotničar", "f", "Lista Krog"),)),
    Stand(
        "postojna",
        2018,
        ("Anton Ravbarnik", "m", "Lista Grad"),
    ),
    Stand(
        "cerknica",
        2018,
        ("Matej Jezernik", "m", "Lista Presihajoče jezero"),
        (("Rudi Menišar", "m", "Neodvisni kandidat"),),
    ),
    Stand("crnomelj", 2018, ("Ludvik Gričar Dobličan", "m", "Lista Jurjevanje")),
)

PLACES = (
    "nekdanji pošti",
    "stari železniški postaji",
    "središču kraja",
    "zadružnem domu",
    "nekdanji vojašnici",
    "stari šoli",
)

EDITORS = (
    ("nika.kavcic@zaveza.example", "Nika", "Kavčnikova", "sticisce-burja"),
    ("tine.jug@zaveza.example", "Tine", "Južnikar", "sticisce-gorjanci"),
    ("ula.brest@zaveza.example", "Ula", "Brestovar", "sticisce-javornik"),
)
# The second of each hub, with whom the first extracts pledges.
SECOND_EDITORS = (
    ("miha.brezar@zaveza.example", "Miha", "Brezarjev", "sticisce-burja"),
    ("zala.hrast@zaveza.example", "Zala", "Hrastar", "sticisce-gorjanci"),
    ("jan.gaber@zaveza.example", "Jan", "Gabrovec", "sticisce-javornik"),
)
REVIEWER = ("vera.lipar@zaveza.example", "Vera", "Liparjeva")
EDITOR = ("oskar.urednik@zaveza.example", "Oskar", "Urednikar")
ADMINISTRATOR = ("admin@zaveza.example", "Ada", "Skrbnikova")
