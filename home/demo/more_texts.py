"""More words of the demo's pages: the programme of initiatives, pages of text, and short news for a list with pages."""

from typing import Any

from .blocks import callout, heading, initiative, items, text

# A programme of partnerships (seed 003), retold.
PARTNERSHIP: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Partnerstvo civilne družbe z drugimi",
        "lead": "Program posadi za isto mizo organizacije, nove aktiviste, podjetja, univerze in medije. Cilj je več zaupanja in izkušnje, ki krožijo.",
        "audience": ["nevladne organizacije", "novi aktivisti"],
        "place": "Tbilisi in regije",
        "initiatives": [
            initiative(
                "Srečanja v oddaljenih krajih",
                "Vodje organizacij gredo sami med ljudi, poslušajo, kaj jih skrbi, in s partnerji iščejo rešitve.",
                "domačini",
                "nekajkrat na leto",
                "kraji zunaj središča",
            ),
            initiative(
                "Učni krožki",
                "V majhnih skupinah se začetniki in izkušeni učijo drug od drugega.",
                "aktivisti in organizacije",
                "občasno",
                "vsa država",
            ),
            initiative(
                "Izmenjave in pripravništvo",
                "Organizacije s podobnimi temami se obiskujejo; začetniki lahko pridejo na pripravništvo.",
                "začetniki",
                "po dogovoru",
                "Tbilisi",
            ),
            initiative(
                "Vezi z vzhodno Evropo",
                "Študijski obiski zbližajo kolege iz drugih držav.",
                "zagovorniške skupine",
                "nekajkrat na leto",
                "vzhodna Evropa",
            ),
            initiative(
                "Srečanje za premislek",
                "Vsi sektorji skupaj presodijo, kaj je uspelo in kaj ne.",
                "vsi",
                "vsako leto",
                "Tbilisi",
            ),
        ],
    },
    "en": {
        "title": "Partnership between civil society and others",
        "lead": "The programme seats organisations, new activists, companies, universities and media at one table.",
        "audience": ["civil society organisations", "new activists"],
        "place": "Tbilisi and the regions",
        "initiatives": [
            initiative(
                "Meetings in remote communities",
                "Leaders of organisations go where people live and listen.",
                "residents",
                "several times a year",
                "communities far from the centre",
            ),
            initiative(
                "Learning circles",
                "Small groups in which beginners and the experienced learn from each other.",
                "activists and organisations",
                "periodically",
                "the whole country",
            ),
            initiative(
                "Exchange and internship",
                "Organisations with similar subjects visit each other.",
                "beginners",
                "on demand",
                "Tbilisi",
            ),
        ],
    },
    "ka": {
        "title": "პარტნიორობა სამოქალაქო სექტორსა და სხვა სექტორებს შორის",
        "lead": "პროგრამა ერთ მაგიდასთან სვამს მათ, ვინც იშვიათად ხვდება ერთმანეთს: ორგანიზაციებს, ახალ აქტივისტებს, ბიზნესს, უნივერსიტეტებსა და მედიას.",
        "audience": ["სამოქალაქო ორგანიზაციები", "ახალი აქტივისტები"],
        "place": "თბილისი და რეგიონები",
        "initiatives": [
            initiative(
                "შეხვედრები შორეულ თემებში",
                "ორგანიზაციების ხელმძღვანელები თვითონ მიდიან ხალხთან და ადგილზე ისმენენ, რა აწუხებთ.",
                "ადგილობრივი მცხოვრებლები",
                "წელიწადში რამდენჯერმე",
                "შორეული თემები",
            ),
            initiative(
                "სასწავლო წრეები",
                "პატარა ჯგუფებში დამწყებნი და გამოცდილნი ერთმანეთისგან სწავლობენ.",
                "აქტივისტები და ორგანიზაციები",
                "პერიოდულად",
                "საქართველო",
            ),
            initiative(
                "გაცვლა და სტაჟირება",
                "მსგავს თემებზე მომუშავე ორგანიზაციები ერთმანეთს სტუმრობენ.",
                "დამწყები აქტივისტები",
                "მოთხოვნის მიხედვით",
                "თბილისი",
            ),
            initiative(
                "კავშირები აღმოსავლეთ ევროპასთან",
                "სასწავლო ვიზიტები აახლოებს კოლეგებს სხვა ქვეყნებიდან.",
                "ადვოკატირების ჯგუფები",
                "წელიწადში რამდენჯერმე",
                "აღმოსავლეთ ევროპა",
            ),
            initiative(
                "თვითრეფლექსიის შეხვედრა",
                "ყველა სექტორი ერთად აფასებს, რა გამოვიდა და რა ვერა.",
                "ყველა სექტორი",
                "ყოველწლიურად",
                "თბილისი",
            ),
        ],
    },
    "pl": {
        "title": "Partnerstwo społeczeństwa obywatelskiego z innymi",
        "lead": "Program sadza przy jednym stole organizacje, nowych aktywistów, firmy, uczelnie i media.",
        "audience": ["organizacje pozarządowe", "nowi aktywiści"],
        "place": "Tbilisi i regiony",
        "initiatives": [
            initiative(
                "Spotkania w odległych gminach",
                "Liderzy organizacji jadą do ludzi i słuchają, co ich martwi.",
                "mieszkańcy",
                "kilka razy w roku",
                "gminy daleko od centrum",
            ),
            initiative(
                "Koła nauki",
                "W małych grupach początkujący i doświadczeni uczą się od siebie.",
                "aktywiści i organizacje",
                "okresowo",
                "cały kraj",
            ),
        ],
    },
}

METHODOLOGY: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Kako ocenjujemo",
        "lead": "Vsaka ocena ima datum, dokaze in dva podpisa. Izbrisati je ni mogoče, mogoče jo je le popraviti z novo.",
        "body": [
            heading("Osem stanj"),
            items(
                "Izpolnjeno: vsa merila so dosežena, sprejeta in izvedena.",
                "Delno izpolnjeno: izveden je pretežni del ali manjši ukrep z istim ciljem.",
                "V izvajanju: obstaja uradni korak.",
                "Zastalo: dolgo se ni nič premaknilo.",
                "Ni začeto: viri ne kažejo nobenega koraka.",
                "Še ni ocenjeno: ocena še ni objavljena.",
                "Neizpolnjeno: rok ali mandat se je iztekel brez izvedbe.",
                "Ni podatkov: vprašali smo, viri ne zadoščajo.",
            ),
            heading("Kako štejemo"),
            text(
                "Vsaka številka pove števec in imenovalec. Zaveze, ki jih ni mogoče preveriti, in tiste, za katere ni podatkov, stojijo zunaj imenovalca in so naštete posebej."
            ),
            callout("info", "Kdo lahko pokaže na napako", "Vsak. Popravek objavimo z datumom in razlogom."),
        ],
    },
    "en": {
        "title": "How we assess",
        "lead": "Every assessment has a date, evidence and two signatures. It cannot be deleted, only corrected by a new one.",
        "body": [
            heading("How we count"),
            text(
                "Every figure states its numerator and its denominator. What cannot be tested, and what there is no information on, stands outside the denominator and is named apart."
            ),
        ],
    },
    "ka": {
        "title": "როგორ ვაფასებთ",
        "lead": "ყოველ შეფასებას აქვს თარიღი, მტკიცებულება და ორი ხელმოწერა. მისი წაშლა შეუძლებელია, შეიძლება მხოლოდ ახლით შესწორება.",
        "body": [heading("როგორ ვითვლით"), text("ყოველი რიცხვი აჩვენებს მრიცხველსა და მნიშვნელს.")],
    },
    "pl": {
        "title": "Jak oceniamy",
        "lead": "Każda ocena ma datę, dowody i dwa podpisy. Nie można jej usunąć, można ją tylko poprawić nową.",
        "body": [heading("Jak liczymy"), text("Każda liczba podaje licznik i mianownik.")],
    },
}

ABOUT: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Kdo stoji za tem in kdo plača",
        "lead": "Zavezo vodijo regionalna stičišča nevladnih organizacij. V tej predstavitvi so izmišljena.",
        "body": [
            heading("Denar"),
            text(
                "Delo financira Sklad za lokalno demokracijo. Občine ga ne financirajo; kjer je stičišče vseeno prejelo občinski denar, oceno pregleda drugo stičišče."
            ),
        ],
    },
    "en": {
        "title": "Who is behind this and who pays",
        "lead": "Zaveza is run by regional hubs of civil society organisations. In this demonstration they are invented.",
        "body": [
            heading("Money"),
            text("The work is funded by the Fund for Local Democracy. Municipalities do not fund it."),
        ],
    },
}

ACCESSIBILITY: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Dostopnost",
        "lead": "Stran deluje brez skript, s tipkovnico, z bralnikom zaslona in natisnjena.",
        "body": [
            heading("Kaj smo preverili"),
            text(
                "Preverjamo jo po smernicah WCAG 2.2 AA, v svetli in temni podobi, na telefonu in na velikem zaslonu. Če vam kaj ne dela, nam pišite."
            ),
        ],
    },
}

# Title, lead, day, hub. A body of two paragraphs is made from the lead.
SHORT_NEWS: tuple[tuple[str, str, str, str], ...] = (
    (
        "Tri leta mandata: polovica zavez še brez dokončne ocene",
        "Letni pregled pokaže, da se največkrat ustavi pri denarju in pri občinskem svetu.",
        "2026-01-28",
        "sticisce-burja",
    ),
    (
        "Kdo odgovori in kdo molči",
        "Prešteli smo vprašanja, ki smo jih lani poslali občinam, in odgovore nanje.",
        "2026-01-19",
        "sticisce-gorjanci",
    ),
    (
        "Kako beremo »bomo preučili«",
        "Obljuba, da bo občina nekaj preučila, je preverljiva, če pove, kdo, kaj in do kdaj.",
        "2026-01-12",
        "sticisce-javornik",
    ),
    (
        "Vprašanja za proračun 2026",
        "Petnajst vprašanj, ki jih lahko postavite na javni razgrnitvi proračuna.",
        "2025-12-08",
        "sticisce-burja",
    ),
    (
        "Kdo ima ključ od igrišča?",
        "Obiskali smo enajst šolskih igrišč. Šest jih je zaprtih takoj, ko odide zadnji avtobus.",
        "2025-11-05",
        "sticisce-gorjanci",
    ),
    (
        "Prostori za društva: seznam, ki ga ni",
        "Samo v štirih občinah smo našli javen seznam praznih prostorov.",
        "2025-10-14",
        "sticisce-javornik",
    ),
    (
        "Prostovoljci pobarvali avtobusno postajo",
        "Dijaki in upokojenci so v enem popoldnevu prenovili čakalnico.",
        "2025-09-22",
        "sticisce-burja",
    ),
    (
        "Vabilo na poletno akademijo zagovorništva",
        "Trije dnevi o tem, kako predlog pride do občinskega sveta.",
        "2025-06-10",
        "sticisce-gorjanci",
    ),
    (
        "Mladi so prešteli klopi",
        "Popis klopi in senc v petih krajih je nastal v enem tednu.",
        "2025-05-16",
        "sticisce-javornik",
    ),
    (
        "Dan odprtih zapisnikov",
        "Ob dnevu odprtih podatkov smo pregledali zapisnike občinskih svetov.",
        "2025-03-06",
        "sticisce-burja",
    ),
    (
        "Polovica mandata: kje smo",
        "Na sredini mandata je izpolnjena vsaka peta zaveza.",
        "2024-12-09",
        "sticisce-gorjanci",
    ),
    (
        "Kaj pomeni »varna pot«",
        "Pojasnjujemo, zakaj talna oznaka ne šteje za varno pešpot.",
        "2024-10-03",
        "sticisce-javornik",
    ),
    (
        "Popravek ocene o medgeneracijskem domu",
        "Na napako nas je opozorila bralka. Hvala.",
        "2024-06-20",
        "sticisce-burja",
    ),
    (
        "Sodelovanje, ki ga ni v nobenem poročilu",
        "O sosedskih dogovorih, ki delujejo brez pogodbe.",
        "2024-04-11",
        "sticisce-gorjanci",
    ),
    (
        "Prvo leto: največ zavez je v izvajanju",
        "Župani so začeli, končali pa še malo.",
        "2023-12-07",
        "sticisce-javornik",
    ),
    (
        "Žepna igrišča: kaj so in zakaj jih ljudje hočejo",
        "Majhen prostor za igro stane manj, kot mislimo.",
        "2023-09-19",
        "sticisce-burja",
    ),
    ("Zaveze so objavljene", "Objavili smo vse zaveze izvoljenih in neizvoljenih.", "2022-11-04", "sticisce-gorjanci"),
    (
        "Podelili smo priznanja",
        "Priznanje dobi vsaka kandidatura z ustreznim programom.",
        "2022-10-24",
        "sticisce-javornik",
    ),
    (
        "Dan Šole za župane 2022",
        "Kandidatke in kandidati so spoznavali društva svojega kraja.",
        "2022-09-26",
        "sticisce-burja",
    ),
    ("Končne ocene izvedbe 2018", "Mandat se je iztekel, ocene so dokončne.", "2022-12-27", "sticisce-gorjanci"),
)
