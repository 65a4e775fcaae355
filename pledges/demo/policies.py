"""The demo's methodology in two versions, its rules of correcting and its words about money."""

import datetime as dt

from zaveza import clock

from .. import services
from ..enums import PolicyKind
from ..models import PolicyText, PolicyVersion

# Kind, version, day of publication, and by language: title, what changed, text.
VERSIONS = (
    (
        PolicyKind.METHODOLOGY,
        "1.0",
        dt.date(2018, 9, 1),
        {
            "sl": (
                "Kako ocenjujemo",
                "",
                "<h2>Zaveza</h2><p>Zaveza je obljuba, ki jo je mogoče preveriti. Prepišemo jo dobesedno iz programa.</p>"
                "<h2>Stanja</h2><p>Ocena ima eno od sedmih stanj. Podpiše jo en bralec.</p>"
                "<h2>Štetje</h2><p>Vsaka številka pove števec in imenovalec.</p>",
            ),
            "en": (
                "How we assess",
                "",
                "<h2>Pledge</h2><p>A pledge is a promise that can be checked. We copy it word for word.</p>"
                "<h2>Statuses</h2><p>An assessment has one of seven statuses. One reader signs it.</p>",
            ),
        },
    ),
    (
        PolicyKind.METHODOLOGY,
        "2.1",
        dt.date(2022, 9, 1),
        {
            "sl": (
                "Kako ocenjujemo",
                "Vsako oceno podpišeta dva bralca. Novo stanje je »ni podatkov«. Pred objavo vprašamo tistega, ki je obljubil.",
                "<h2>Zaveza</h2><p>Zaveza je obljuba, ki jo je mogoče preveriti. Prepišemo jo dobesedno iz programa, z "
                "mestom v njem. Stavek z dvema dejanjema sta dve zavezi.</p>"
                "<h2>Osem stanj</h2><ul><li>Izpolnjeno: vsa merila so dosežena, sprejeta in izvedena.</li>"
                "<li>Delno izpolnjeno: izveden je pretežni del ali manjši ukrep z istim ciljem.</li>"
                "<li>V izvajanju: obstaja uradni korak.</li><li>Zastalo: dolgo se ni nič premaknilo.</li>"
                "<li>Ni začeto: viri ne kažejo nobenega koraka.</li><li>Še ni ocenjeno: ocena še ni objavljena.</li>"
                "<li>Neizpolnjeno: rok ali mandat se je iztekel brez izvedbe.</li>"
                "<li>Ni podatkov: vprašali smo, viri ne zadoščajo.</li></ul>"
                "<h2>Dva podpisa</h2><p>Kdor oceno napiše, je ne potrdi. Stičišče, ki ga plačuje občina, ni njen edini ocenjevalec.</p>"
                "<h2>Pravica do odgovora</h2><p>Pred objavo vprašamo in počakamo deset delovnih dni. Odgovor objavimo "
                "dobesedno; objavimo tudi, da odgovora ni bilo.</p>"
                "<h2>Štetje</h2><p>Vsaka številka pove števec in imenovalec. Česar ni mogoče preveriti in o čemer ni "
                "podatkov, stoji zunaj imenovalca in je našteto posebej.</p>",
            ),
            "en": (
                "How we assess",
                "Two readers sign every assessment. “No information” is a new status. Whoever promised is asked before publication.",
                "<h2>Pledge</h2><p>A pledge is a promise that can be checked. We copy it word for word from the programme, "
                "with its place in it.</p><h2>Two signatures</h2><p>Nobody approves their own assessment.</p>"
                "<h2>Right of reply</h2><p>We ask before publication and wait for ten working days.</p>"
                "<h2>Counting</h2><p>Every figure states its numerator and its denominator.</p>",
            ),
            "ka": (
                "როგორ ვაფასებთ",
                "ყოველ შეფასებას ორი მკითხველი აწერს ხელს.",
                "<h2>ორი ხელმოწერა</h2><p>არავინ ამტკიცებს საკუთარ შეფასებას.</p>"
                "<h2>როგორ ვითვლით</h2><p>ყოველი რიცხვი აჩვენებს მრიცხველსა და მნიშვნელს.</p>",
            ),
            "pl": (
                "Jak oceniamy",
                "Każdą ocenę podpisują dwie osoby.",
                "<h2>Dwa podpisy</h2><p>Nikt nie zatwierdza własnej oceny.</p>"
                "<h2>Liczenie</h2><p>Każda liczba podaje licznik i mianownik.</p>",
            ),
        },
    ),
    (
        PolicyKind.CORRECTIONS,
        "1.0",
        dt.date(2018, 9, 1),
        {
            "sl": (
                "Kako popravljamo napake",
                "",
                "<p>Tipkarsko napako popravimo na mestu. Vse drugo popravimo z novim zapisom: kaj je bilo narobe, kaj je "
                "prav, od kdaj in kdo je na to opozoril. Stari zapis ostane berljiv.</p>"
                "<p>Na napako lahko opozori vsak. Odgovorimo v petih delovnih dneh.</p>",
            ),
            "en": (
                "How we correct mistakes",
                "",
                "<p>Typing errors are mended in place. Everything else is corrected by a new record: what was wrong, what "
                "is right, since when, and who pointed it out. The old record stays readable.</p>",
            ),
        },
    ),
    (
        PolicyKind.FUNDING,
        "1.0",
        dt.date(2022, 9, 1),
        {
            "sl": (
                "Kdo plača",
                "",
                "<p>Delo financira Sklad za lokalno demokracijo. Občine ga ne financirajo. Kjer je stičišče vseeno prejelo "
                "občinski denar, je to zapisano spodaj in oceno pregleda drugo stičišče.</p>",
            ),
            "en": (
                "Who pays",
                "",
                "<p>The work is funded by the Fund for Local Democracy, not by municipalities. Where a hub has received "
                "money from one, it is stated below and another hub reviews the assessment.</p>",
            ),
        },
    ),
)


def publish_policies(until: dt.datetime) -> None:
    """Publish what was in force by then."""
    for kind, version, day, words in VERSIONS:
        moment = clock.end_of_day(day)
        if moment > until:
            continue
        policy = PolicyVersion.objects.create(kind=kind, version=version)
        for language, (title, changes, body) in words.items():
            PolicyText.objects.create(policy=policy, language=language, title=title, changes=changes, body=body)
        services.publish_policy(PolicyVersion.objects.get(pk=policy.pk), published_at=moment)
