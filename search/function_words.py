"""Words that say nothing alone, of each language of the site: questions, pronouns, prepositions, conjunctions, "to be".

They are searched for like any others; only where a part of the words is enough, they are no part of it.
A word that says something in another language (Georgian რომ, folded "rom") is left out.
"""

from .analysis import fold

_WORDS = {
    "sl": """
        ali ampak bodo bodi bomo boste brez bil bila bile bili bilo čeprav čez dokler ene eni eno enega enem
        ima imajo imamo imel imela iti iz jih jim jaz je kadar kaj kajti kako kakor kakšen kakšna kakšne kakšni
        kakšno kam kateri katera katere katerega katerem katerih katero kdaj kdo kdor ker kje kjer koga koliko komu
        lahko med mene mimo moj moja moje mora morajo moram nad naj najbolj nam nas naš naša naše nek neka neke neki
        neko nekaj nekdo nič niso niti njega njegov njegova njegove njem njen njena njene njih njihov njihova njihove
        njim njo oba obe okoli okrog oni ona ono onega oziroma pač pod potem prav pred preden prek preko pri proti
        radi saj samo sem seveda sebe sebi skozi smo sta ste svoj svoja svoje svojega svojo tako takšen takšna takšne
        tam tega tej tem temu teh tista tiste tisti tisto toda tudi tukaj vaš vaša vaše vam vas vendar ves vsa vse
        vseh vsem vsi vso zakaj zaradi zato zdaj zelo zlasti znotraj zraven zoper čigav glede kmalu koder moremo
        namesto okoli poleg razen sicer skupaj torej tedaj vedno vmes več bolj
    """,
    "en": """
        about above after again against all also although and any anyone anything are because been before being
        below between both but can cannot could did does doing done down during each either else ever every few for
        from further had has have having her here hers him his how into its itself just let many may might more most
        much must neither nor not now off once only other others ought our ours out over own per same shall she should
        since some such than that the their theirs them themselves then there these they this those though through
        thus too under until upon very was were what when where whether which while who whom whose why will with
        within without would yet you your yours
    """,
    "pl": """
        aby ale albo ani bardzo bez bądź być będą będzie był była było były choć chociaż ciebie czego czemu czy czyj
        czyja czyje czyli dla dlaczego dlatego dokąd gdy gdyż gdzie ich ile im inne innych iż jak jaka jakie jakich
        jaki jako jakiego jakiej jego jej jemu jest jeszcze jestem jesteśmy jeśli jeżeli już każda każde każdy kiedy
        kogo komu która które którego której których który którzy kto lecz lub mają mam mamy mi między mnie mogą może
        można mój moja moje musi muszą nad nam nami nas nasz nasza nasze niech nich nie niego niej nim nimi niż oni ona
        one ono oraz oto pod podczas ponieważ poza pod przed przede przez przy raz się skąd sobie są swoje swoich ta
        tak taka taki takie także tam tego tej temu ten tę tej też to tobie tu tutaj twój twoja twoje tych tylko tym
        tymi wam was wasz wasza wasze wszyscy wszystkie wszystko według wśród zawsze ze zanim żaden żadna żadne że żeby
    """,
    "ka": """
        არ არა არის არიან არც ამ ამას ამის ან აქ აქვს აქვთ ასე ასეთი ასევე აუ აღარ ახლა გარდა გარეშე და თავის თავისი
        თუ თუმცა იგი ის იმ იმას იმის ისე ისეთი ისინი იყო იყოს იყვნენ იქ იქნება იქნებიან კი კიდევ მათ მათი მაგრამ
        მაშინ მე მერე მიერ მის მისი მხოლოდ მიუხედავად ნუ როგორ როგორც როგორი როდის როდესაც როცა რომელი რომელიც
        რომლის რომლებიც რა რას რატომ რამდენი რადგან სადაც საიდან სხვა უნდა ვინც ვისი ჩვენ ჩვენი შენ
        შემდეგ შესახებ ყველა ყოველი ძალიან წინ ხოლო ჩემი ერთი შორის მიმართ გამო უფრო
    """,
}

FUNCTION_WORDS = frozenset(fold(word) for words in _WORDS.values() for word in words.split())
