"""Polish: endings of nouns and adjectives, and of the commonest verb forms."""

from .endings import longest_first, strip_one

_ENDINGS = longest_first(
    # nouns
    "a e i o u y ia ie iu io ow owi owie om iom em iem ami iami ach iach ich ych",
    # adjectives
    "ego iego emu iemu ej iej ym im ymi imi",
    # abstract nouns in -ość
    "osci oscia osciami osciach osciom",
    # verbs: infinitive, past, present
    "ac ic yc ec al ala alo ali aly il ila ilo ili ily yl yla ylo yli yly",
    "am asz amy acie aja uje ujesz ujemy ujecie uja owac owal owala owali owano",
)


def stem_polish(word: str) -> str:
    """The stem of a folded Polish word: `szkoła`, `szkole` and `szkołami` give `szkol`."""
    stem = strip_one(word, _ENDINGS, 3)
    if len(stem) > 4 and stem[-2:] == "ek":
        stem = stem[:-2] + "k"  # the e that comes and goes: dzieciaczek, dzieciaczka
    if len(stem) > 3 and stem.endswith(("i", "j")):
        stem = stem[:-1]
    return stem
