"""The words of the demo's pages, in four languages: real subjects retold in our own words, people left out."""

from typing import Any

from .blocks import heading, items, steps, text

HOME: dict[str, dict[str, str]] = {
    "sl": {
        "title": "Kaj so župani obljubili in kaj je od tega nastalo",
        "lead": "Pred volitvami kandidatke in kandidati oddajo program sodelovanja v skupnosti. Nevladne organizacije ga razrežemo na zaveze in vsako preverjamo ves mandat, z dokazi in datumi.",
    },
    "en": {
        "title": "What mayors promised and what came of it",
        "lead": "Before the election candidates hand in a programme of cooperation in the community. Civil society cuts it into pledges and checks each of them through the whole mandate, with evidence and dates.",
    },
    "ka": {
        "title": "რას დაგვპირდნენ მერები და რა შესრულდა",
        "lead": "არჩევნების წინ კანდიდატები წარადგენენ თემში თანამშრომლობის პროგრამას. სამოქალაქო ორგანიზაციები მას ცალკეულ დაპირებებად ყოფენ და თითოეულს მთელი მანდატის განმავლობაში ამოწმებენ.",
    },
    "pl": {
        "title": "Co obiecali burmistrzowie i co z tego wynikło",
        "lead": "Przed wyborami kandydatki i kandydaci składają program współpracy w społeczności. Organizacje pozarządowe dzielą go na zobowiązania i sprawdzają każde z nich przez całą kadencję.",
    },
}

NEWS_INDEX = {
    "sl": ("Novice", "Kaj se dogaja v stičiščih, občinah in projektih."),
    "en": ("News", "What is going on at the hubs, in municipalities and in projects."),
    "ka": ("სიახლეები", "რა ხდება ცენტრებში, მუნიციპალიტეტებსა და პროექტებში."),
    "pl": ("Aktualności", "Co słychać w ośrodkach, gminach i projektach."),
}

# The report of an international meeting (seed 002), retold.
CISOMO: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Štiri države o solidarnosti z migranti: teden projekta CI.SO.MO. v Novem mestu",
        "lead": "Pet organizacij je v Novem mestu primerjalo, kdo v njihovih državah pomaga ljudem, ki pridejo od drugod, in česa pri tem ne zmore sam.",
        "places": "Novo mesto, Ljubljana",
        "countries": "Švedska, Bolgarija, Grčija, Slovenija",
        "activity_form": "srečanje, delavnica, študijski obisk",
        "programme": "Evropa za državljane, projekti civilne družbe",
        "funding_text": "<p>Dogodek je sofinancirala Evropska unija iz programa Evropa za državljane. Za vsebino odgovarjajo avtorji.</p>",
        "body": [
            text(
                "Od ponedeljka do petka so gostje in gostitelji delali v Novem mestu. Vsaka organizacija je najprej povedala, kakšne so razmere doma: kdo prihaja, kdo jih sprejme in kje se solidarnost konča. Potem so na mizo položili primere, ki so se obnesli."
            ),
            heading("Od potreb do priročnika"),
            text("Projekt želi iz posameznih pobud narediti gibanje. Načrt ima tri dele:"),
            items(
                "popis tega, kar civilna družba za takšno gibanje potrebuje,",
                "zbirko dobrih praks iz sodelujočih držav,",
                "akcijski načrt s priročnikom, ki ga lahko uporabi kdorkoli.",
                kind="letters",
            ),
            text(
                "Prvi del so začeli kar na srečanju. V »svetovni kavarni«, delavnici, pri kateri se udeleženci selijo od mize do mize, so zapisali, kaj jim manjka doma in kaj bi lahko počeli skupaj čez mejo. Ena od miz je nosila napis „Solidarnost brez meja“, druga “World Café”."
            ),
            heading("Na kmetijski šoli in v Ljubljani"),
            text(
                "Projekt so predstavili tudi zunaj dvorane: dijakom na Grmu v Novem mestu in v Slovenski filantropiji v Ljubljani. Na Inštitutu za slovensko izseljenstvo in migracije so poslušali, kako se je priseljevanje v Slovenijo spreminjalo. Zadnji dan so jih po mestu vodili vodniki, ki so v Ljubljano prišli kot migranti."
            ),
            heading("Zakaj to objavljamo"),
            text(
                "Cilj projekta je, da bi ljudje bolje razumeli, kako nastajajo odločitve v Uniji, in pri njih sodelovali. To je blizu vprašanju, ki ga postavljamo županom: kako skupnost pride do besede še pred odločitvijo."
            ),
        ],
    },
    "en": {
        "title": "Four countries on solidarity with migrants: a week of CI.SO.MO. in Novo mesto",
        "lead": "Five organisations compared who helps people arriving from elsewhere, and where help runs out.",
        "places": "Novo mesto, Ljubljana",
        "countries": "Sweden, Bulgaria, Greece, Slovenia",
        "activity_form": "meeting, workshop, study visit",
        "programme": "Europe for Citizens, civil society projects",
        "funding_text": "<p>Co-funded by the European Union under Europe for Citizens. The authors alone answer for the contents.</p>",
        "body": [
            text(
                "Hosts and guests worked together for five days. Each organisation first described the situation at home and then put on the table what had worked."
            ),
            heading("From needs to a handbook"),
            items(
                "a survey of what such a movement needs,",
                "a collection of good practices,",
                "an action plan with a handbook for anybody.",
                kind="letters",
            ),
        ],
    },
    "ka": {
        "title": "ოთხი ქვეყანა მიგრანტებთან სოლიდარობაზე: CI.SO.MO.-ს კვირა ნოვო-მესტოში",
        "lead": "ხუთმა ორგანიზაციამ შეადარა, ვინ ეხმარება სხვა ქვეყნებიდან ჩამოსულ ადამიანებს.",
        "places": "ნოვო-მესტო, ლიუბლიანა",
        "countries": "შვედეთი, ბულგარეთი, საბერძნეთი, სლოვენია",
        "activity_form": "შეხვედრა, სემინარი, სასწავლო ვიზიტი",
        "body": [
            text(
                "მასპინძლები და სტუმრები ხუთი დღის განმავლობაში ერთად მუშაობდნენ და ერთმანეთს წარმატებული მაგალითები გაუზიარეს."
            ),
            items(
                "საჭიროებების აღწერა,", "კარგი პრაქტიკის კრებული,", "სამოქმედო გეგმა სახელმძღვანელოთი.", kind="letters"
            ),
        ],
    },
    "pl": {
        "title": "Cztery kraje o solidarności z migrantami: tydzień projektu CI.SO.MO. w Nowym Mieście",
        "lead": "Pięć organizacji porównało, kto pomaga przybyszom i gdzie tej pomocy brakuje.",
        "places": "Novo mesto, Lublana",
        "countries": "Szwecja, Bułgaria, Grecja, Słowenia",
        "activity_form": "spotkanie, warsztaty, wizyta studyjna",
        "body": [
            text(
                "Goście i gospodarze pracowali razem przez pięć dni. Każda organizacja opowiedziała o sytuacji u siebie i o tym, co się sprawdziło."
            ),
            items(
                "spis potrzeb takiego ruchu,",
                "zbiór dobrych praktyk,",
                "plan działania z podręcznikiem.",
                kind="letters",
            ),
        ],
    },
}

PROJECT_INDEX = {
    "sl": ("Projekti", "Kaj delamo zdaj in kaj smo končali."),
    "en": ("Projects", "What we are working on, and what is done."),
    "ka": ("პროექტები", "რაზე ვმუშაობთ და რა დავასრულეთ."),
    "pl": ("Projekty", "Nad czym pracujemy i co już zakończyliśmy."),
}

# A project on NGOs in career education (seed 001), retold.
CAREERS: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Nevladne organizacije v karierni vzgoji",
        "lead": "Šole pogosto ne vedo, kaj jim lahko ponudijo društva. Projekt išče vzroke in pripravlja model, po katerem bosta obe strani sodelovali.",
        "audience": ["šole", "nevladne organizacije", "lokalna skupnost"],
        "area": "Slovenija",
        "body": [
            heading("V čem je težava"),
            text(
                "Izvajalca izberejo na hitro ali po navadi, o delu društev s področja kariernega svetovanja pa v zbornicah malo vedo. Nihče jih ne izpusti namenoma, izpuščena pa so vseeno."
            ),
            heading("Kaj počnemo"),
            steps(
                ("Raziskava", "Popišemo slabe prakse in povemo, kako nastanejo."),
                ("Usposabljanje", "Društva se naučijo prakse spremljati in o njih poročati."),
                ("Kampanja", "Šolam in krajem pokažemo, kaj je že na voljo."),
                ("Zagovorništvo", "Odločevalcem predlagamo pravila, ki vključijo obe strani."),
            ),
            heading("Kaj bomo dosegli"),
            items(
                "Šole bodo bolje poznale delo društev.",
                "Društva bodo spretnejša v zagovorništvu.",
                "Nastal bo preverjen model sodelovanja.",
                "Ministrstvo in urad za mladino bosta dobila uraden predlog smernic.",
            ),
            (
                "numbers",
                {
                    "numbers": [
                        {
                            "value": 5,
                            "unit": "pričakovanih rezultatov",
                            "explanation": "",
                            "as_of": None,
                            "source": "načrt projekta",
                        },
                        {
                            "value": None,
                            "unit": "vključenih šol",
                            "explanation": "Podatek bo znan po prvem razpisu.",
                            "as_of": None,
                            "source": "",
                        },
                    ],
                    "language": "",
                },
            ),
        ],
    },
    "en": {
        "title": "Civil society in career education",
        "lead": "Schools often do not know what associations have to offer. The project looks for the causes and prepares a model for working together.",
        "audience": ["schools", "civil society organisations", "local community"],
        "area": "Slovenia",
        "body": [
            heading("What the matter is"),
            text(
                "Providers are chosen in a hurry or out of habit, and little is known about associations that work in career counselling."
            ),
            heading("What we do"),
            steps(
                ("Study", "We describe poor practices and how they come about."),
                ("Training", "Associations learn to follow and report them."),
                ("Campaign", "We show schools what is there already."),
                ("Advocacy", "We propose rules that include both sides."),
            ),
        ],
    },
    "ka": {
        "title": "სამოქალაქო ორგანიზაციები კარიერულ განათლებაში",
        "lead": "სკოლებმა ხშირად არ იციან, რას სთავაზობენ მათ ორგანიზაციები. პროექტი თანამშრომლობის მოდელს ამზადებს.",
        "audience": ["სკოლები", "სამოქალაქო ორგანიზაციები"],
        "area": "სლოვენია",
        "body": [
            heading("რას ვაკეთებთ"),
            steps(
                ("კვლევა", "აღვწერთ პრაქტიკას."),
                ("ტრენინგი", "ვასწავლით დაკვირვებასა და ანგარიშგებას."),
                ("კამპანია", "ვაცნობთ სკოლებს არსებულ შესაძლებლობებს."),
            ),
        ],
    },
    "pl": {
        "title": "Organizacje pozarządowe w edukacji zawodowej",
        "lead": "Szkoły często nie wiedzą, co mogą im zaoferować stowarzyszenia. Projekt przygotowuje model współpracy.",
        "audience": ["szkoły", "organizacje pozarządowe"],
        "area": "Słowenia",
        "body": [
            heading("Co robimy"),
            steps(
                ("Badanie", "Opisujemy złe praktyki."),
                ("Szkolenia", "Uczymy monitorowania i raportowania."),
                ("Kampania", "Pokazujemy szkołom, co już jest dostępne."),
            ),
        ],
    },
}

# A network of schools and NGOs in Mazovia (seed 004), retold.
MAZOVIA: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Mazovijska izobraževalna mreža",
        "lead": "Organizacije, šole in občine z Mazovskega so povezale moči, da bi izobraževanje postalo stvar vse pokrajine.",
        "audience": ["lokalna skupnost", "šola"],
        "area": "Mazovijsko vojvodstvo, 12 okrajev",
        "body": [
            heading("Trije koraki"),
            steps(
                ("Spoznati se", "Delavnice, forumi in sejmi po okrajih."),
                ("Okrepiti organizacije", "Usposabljanja o sodelovanju, prostovoljstvu in komuniciranju."),
                ("Delati skupaj", "Programi sodelovanja z nevladnimi organizacijami v dvanajstih okrajih."),
            ),
        ],
    },
    "pl": {
        "title": "Mazowiecka sieć edukacyjna",
        "lead": "Organizacje, szkoły i samorządy z Mazowsza połączyły siły, żeby edukacja stała się sprawą całego regionu.",
        "audience": ["społeczność lokalna", "szkoła"],
        "area": "województwo mazowieckie, 12 powiatów",
        "body": [
            heading("Dwa obszary"),
            steps(
                ("Uczenie się przez całe życie", "Przywrócić tym słowom treść, także poza szkołą i po niej."),
                (
                    "Mała szkoła wiejska jako miejsce wielu funkcji",
                    "Szkoła, która jest też świetlicą, biblioteką i siedzibą stowarzyszeń.",
                ),
            ),
            heading("Wpływ projektu", "Brak danych to nie zero."),
            (
                "numbers",
                {
                    "numbers": [
                        {
                            "value": 12,
                            "unit": "powiatów, w których powstawały programy współpracy",
                            "explanation": "",
                            "as_of": None,
                            "source": "opis projektu",
                        },
                        {
                            "value": None,
                            "unit": "organizacji, które dołączyły do sieci",
                            "explanation": "Źródło nie podało wartości.",
                            "as_of": None,
                            "source": "",
                        },
                    ],
                    "language": "",
                },
            ),
            heading("Finansowanie"),
            (
                "funding",
                {
                    "levels": [
                        {"label": "Program operacyjny", "name": "Kapitał Ludzki"},
                        {"label": "Priorytet V", "name": "Dobre rządzenie"},
                        {"label": "Działanie 5.4", "name": "Rozwój potencjału trzeciego sektora"},
                    ],
                    "language": "",
                },
            ),
        ],
    },
}

EVENT_INDEX = {
    "sl": ("Dogodki", "Šola za župane in srečanja stičišč."),
    "en": ("Events", "The School for Mayors and meetings of the hubs."),
    "ka": ("ღონისძიებები", "მერების სკოლა და ცენტრების შეხვედრები."),
    "pl": ("Wydarzenia", "Szkoła burmistrzów i spotkania ośrodków."),
}

EVENT: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Letni pregled zavez: pogovor v živo",
        "lead": "Stičišča pokažejo, kaj se je v letu dni premaknilo in kje se je ustavilo. Vstop je prost.",
        "venue": "Kulturni dom",
        "body": [
            text(
                "Po kratkem pregledu številk odgovarjajo tisti, ki zaveze preverjajo. Vprašanja lahko pošljete vnaprej ali jih postavite na mestu."
            )
        ],
    },
    "en": {
        "title": "Yearly review of pledges: a public talk",
        "lead": "The hubs show what has moved within a year and what has not. Admission is free.",
        "venue": "House of Culture",
        "body": [text("After a short look at the figures those who check the pledges answer questions.")],
    },
    "ka": {
        "title": "დაპირებების წლიური მიმოხილვა: საჯარო საუბარი",
        "lead": "ცენტრები აჩვენებენ, რა შეიცვალა ერთ წელიწადში. დასწრება თავისუფალია.",
        "venue": "კულტურის სახლი",
        "body": [text("მოკლე მიმოხილვის შემდეგ კითხვებზე პასუხობენ ისინი, ვინც დაპირებებს ამოწმებს.")],
    },
    "pl": {
        "title": "Roczny przegląd zobowiązań: rozmowa publiczna",
        "lead": "Ośrodki pokazują, co zmieniło się w ciągu roku. Wstęp wolny.",
        "venue": "Dom Kultury",
        "body": [text("Po krótkim przeglądzie liczb na pytania odpowiadają osoby, które sprawdzają zobowiązania.")],
    },
}

# What the School for Mayors is (seed 000), retold.
EDITION: dict[str, dict[str, Any]] = {
    "sl": {
        "title": "Šola za župane {year}",
        "lead": "Regionalna stičišča pred lokalnimi volitvami v isto učilnico povabijo kandidatke in kandidate, njihove ekipe ter ljudi iz društev in krajev. Naloga je ena: napisati program, ki ga bo mogoče preverjati ves mandat.",
        "body": [
            heading("Kako poteka"),
            steps(
                ("Predlog", "Društvo ali občanka pove, kaj kraj potrebuje."),
                ("Program", "Iz predlogov in svojih zamisli kandidatka sestavi program sodelovanja v skupnosti."),
                ("Zaveza", "Program razrežemo na preverljive zaveze, še preden so znani izidi."),
                ("Mandat", "Stičišče zaveze preverja ves mandat, z dokazi in datumi."),
            ),
        ],
    },
    "en": {
        "title": "School for Mayors {year}",
        "lead": "Before local elections regional hubs invite candidates, their teams and people from associations into one classroom. The task: to write a programme that can be checked through the whole mandate.",
        "body": [
            heading("How it works"),
            steps(
                ("Proposal", "An association says what the place needs."),
                ("Programme", "The candidate writes a programme of cooperation."),
                ("Pledge", "The programme is cut into pledges that can be tested."),
                ("Mandate", "The hub checks them, with evidence and dates."),
            ),
        ],
    },
    "ka": {
        "title": "მერების სკოლა {year}",
        "lead": "ადგილობრივი არჩევნების წინ რეგიონული ცენტრები ერთ საკლასო ოთახში იწვევენ კანდიდატებს, მათ გუნდებსა და ორგანიზაციების წარმომადგენლებს.",
        "body": [
            heading("როგორ მიმდინარეობს"),
            steps(
                ("წინადადება", "ორგანიზაცია ამბობს, რა სჭირდება თემს."),
                ("პროგრამა", "კანდიდატი წერს თანამშრომლობის პროგრამას."),
                ("დაპირება", "პროგრამა იყოფა შემოწმებად დაპირებებად."),
            ),
        ],
    },
    "pl": {
        "title": "Szkoła burmistrzów {year}",
        "lead": "Przed wyborami lokalnymi regionalne ośrodki zapraszają do jednej klasy kandydatów, ich zespoły i ludzi ze stowarzyszeń.",
        "body": [
            heading("Jak to działa"),
            steps(
                ("Propozycja", "Stowarzyszenie mówi, czego potrzebuje miejscowość."),
                ("Program", "Kandydatka pisze program współpracy."),
                ("Zobowiązanie", "Program dzielimy na zobowiązania, które można sprawdzić."),
            ),
        ],
    },
}
