"""Slovene: endings of nouns, adjectives and verbs in all numbers, the dual included."""

from .endings import longest_first, strip_one

_VOWELS = "aeiou"

_ENDINGS = longest_first(
    # nouns
    "a e i o u ja je ji jo ju om em oma ema ov ev ama ami am ah ih im imi mi eh",
    # possessive and of-relation adjectives, -ov- and -ev-
    "ova ove ovi ovo ovu ovega ovemu ovem ovim ovih ovima ovimi eva eve evi evo evega evemu evem evim evih evima evimi",
    # adjectives and their comparatives
    "ega emu ima ejsi ejsa ejse ejso ejsega ejsemu ejsem ejsim ejsih ejsima ejsimi",
    # abstract nouns in -ost
    "ostjo ostma",
    # verbs: infinitive, l-participle, present
    "ati iti eti uti al ala alo ali ale il ila ilo ili ile el ela elo eli ele",
    "am as amo ate ajo ava ata im is imo ite ijo iva ita em es emo ete ejo eva eta",
    # loan words in -ija
    "ija ije iji ijo ij ijam ijah ijami",
)
_FLEETING = "bcklmnrtv"


def stem_slovene(word: str) -> str:
    """The stem of a folded Slovene word: `vrtec`, `vrtca` and `vrtcih` give `vrtc`."""
    stem = strip_one(word, _ENDINGS, 3)
    if len(stem) >= 4 and stem[-2] == "e" and stem[-1] in _FLEETING and stem[-3] not in _VOWELS:
        stem = stem[:-2] + stem[-1]  # the e that comes and goes: vrtec, vrtca
    if len(stem) > 4 and stem.endswith("j"):
        stem = stem[:-1]
    return stem
