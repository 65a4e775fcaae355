"""Hits as readers see them: marked words, the address in their language, a line of facts."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaveza.base.templatetags.base_tags import day_time

from .analysis import Term, has_match, highlight, snippet, tokens
from .engines import Hit
from .registry import sources

# Most of the other forms of the words looked for that the page names.
MAX_FORMS = 6


@dataclass(frozen=True)
class ShownHit:
    """One hit, ready for `components/search_hit.html`."""

    id: str
    type: str
    kind: str
    url: str
    title: SafeString
    plain_title: str
    title_language: str
    snippet: SafeString
    snippet_language: str
    quoted: bool
    status: str
    meta: Sequence[str]

    @property
    def templates(self) -> list[str]:
        """The template of this type, where an app has one, else the one of all hits."""
        return [f"components/search_hits/{self.type}.html", "components/search_hit.html"]


def shown_hits(hits: Iterable[Hit], terms: Sequence[Term], language: str) -> list[ShownHit]:
    """Hits for a reader of this language."""
    kinds = {code: str(source.kind) for code, source in sources().items()}
    active = get_language() or ""
    return [_shown(hit, kinds.get(hit.type, hit.type), tuple(terms), language, active) for hit in hits]


def other_forms(hits: Iterable[Hit], terms: Sequence[Term]) -> list[str]:
    """Forms of the words looked for that these hits have and the query has not, the commonest first."""
    typed = {term.surface for term in terms}
    found: Counter[str] = Counter()
    for hit in hits:
        for text in (hit.title, hit.body):
            for token in tokens(text, hit.language):
                if token.surface not in typed and any(term.finds(token.surface, token.keys) for term in terms):
                    found[text[token.start : token.end].lower()] += 1
    return [form for form, _times in found.most_common(MAX_FORMS)]


def _shown(hit: Hit, kind: str, terms: Sequence[Term], language: str, active: str) -> ShownHit:
    translated = hit.data.get("titles", {}).get(language)
    title_language = language if translated else hit.language
    shown, is_quoted = _shown_text(hit, terms)
    return ShownHit(
        id=hit.id,
        type=hit.type,
        kind=kind,
        url=f"/{language}{hit.url}" if hit.data.get("language_neutral") else hit.url,
        title=highlight(translated or hit.title, title_language, terms),
        plain_title=translated or hit.title,
        title_language=title_language,
        snippet=snippet(shown, hit.language, terms),
        snippet_language=hit.language,
        quoted=is_quoted,
        status=str(hit.data.get("status") or ""),
        meta=_facts(hit, language, active),
    )


def _shown_text(hit: Hit, terms: Sequence[Term]) -> tuple[str, bool]:
    """The part of the body to show, and whether it is a quotation: never our words as somebody else's."""
    length, facts = int(hit.data.get("quoted") or 0), int(hit.data.get("facts") or 0)
    quotation, others = hit.body[:length], hit.body[length : len(hit.body) - facts].strip()
    if not quotation:
        return others, False
    if others and not has_match(quotation, hit.language, terms) and has_match(others, hit.language, terms):
        return others, False
    return quotation, True


def _facts(hit: Hit, language: str, active: str) -> list[str]:
    """In words of the active language."""
    data = hit.data
    facts: list[Any] = [data.get("number"), data.get("place"), data.get("person"), data.get("hub")]
    if data.get("edition"):
        facts.append(_("edition %(year)s") % {"year": data["edition"]})
    if hit.due:
        facts.append(_day_fact("due", hit.due, active))
    if data.get("checked"):
        facts.append(_day_fact("checked", dt.date.fromisoformat(data["checked"]), active))
    elif hit.date:
        facts.append(_day_fact("", hit.date, active))
    if data.get("file"):
        size = filesizeformat(data["bytes"]) if data.get("bytes") else ""
        facts.append(", ".join(filter(None, [data["file"], size])))
    if hit.language != language:
        facts.append(str(dict(settings.LANGUAGES).get(hit.language, hit.language)))
    return [fact if isinstance(fact, SafeString) else str(fact) for fact in facts if fact]


@lru_cache(maxsize=20_000)
def _day_fact(kind: str, day: dt.date, language: str) -> str:
    """A day in words of the active language, which `language` names; a page of hits has many, and often the same."""
    if not kind:
        return day_time(day, "long")
    words = _("due %(day)s") if kind == "due" else _("checked %(day)s")
    before, _percent, after = words.partition("%(day)s")
    return format_html("{}{}{}", before, day_time(day), after)
