"""Methodology, funding and rules of correcting, in versions; and how far two extractions of a programme agree."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.db import models
from django.utils.translation import gettext as _

from ...models import ExtractionAgreement, PolicyVersion
from ..columns import Account, Column, Link, Words
from ..rows import Row
from ..scope import Scope
from ..table import Complaint, Table

# What the editor of the admin writes for `models.policies.FEATURES`.
_TAGS = frozenset({"h2", "h3", "p", "b", "strong", "i", "em", "ol", "ul", "li", "br", "a"})
_ATTRIBUTES = frozenset({("a", "href"), ("a", "linktype"), ("a", "id")})
_ADDRESS = re.compile(r"https?://|mailto:|tel:|/(?!/)|#")


class _Markup(HTMLParser):
    """Looks for markup that the editor would not have written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.is_foreign = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_known = name == "data-block-key" or (tag, name) in _ATTRIBUTES
            if not is_known or (name == "href" and not _ADDRESS.match(value or "")):
                self.is_foreign = True
        if tag not in _TAGS:
            self.is_foreign = True

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self.is_foreign = True

    def _refuse(self, data: str) -> None:
        self.is_foreign = True

    handle_comment = handle_decl = handle_pi = unknown_decl = _refuse


def is_plain(html: str) -> bool:
    """Whether rich text has nothing in it but headings, paragraphs, lists, emphasis and links."""
    markup = _Markup()
    markup.feed(html)
    markup.close()
    # What the parser keeps back at the end is a tag that does not end.
    return not (markup.is_foreign or markup.rawdata)


class Policies(Table):
    name = "policies"
    model = PolicyVersion
    key_column, key_field = "id", "public_id"
    has_frozen_words = True
    declared = (
        Column("id", attribute="public_id", required=True),
        Column("kind", required=True),
        Column("version", required=True),
        Words("title"),
        Words("changes", needed=False),
        Words("body", needed=False),
        Column("published_at", published=True),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return PolicyVersion.objects.public(scope.at)

    def check(self, row: Row) -> Iterator[Complaint]:
        policy = row.record
        if policy.public_id != f"{policy.kind}-{policy.version}":
            yield "id", _("The id of this version is %(id)s.") % {"id": f"{policy.kind}-{policy.version}"}
        if policy.published_at and not any((row.values.get("body") or {}).values()):
            yield "body_sl", _("A version needs words in at least one language.")
        for language, body in (row.values.get("body") or {}).items():
            if not is_plain(body):
                yield f"body_{language}", _("Only headings, paragraphs, lists, emphasis and links stand in this text.")

    def refusal(self, record: PolicyVersion, column: Column) -> str:
        if record.published_at is not None:
            return _("A published version stays as it is: write the next one.")
        return super().refusal(record, column)


class ExtractionAgreements(Table):
    name = "extraction_agreements"
    model = ExtractionAgreement
    natural_key = ("programme",)
    declared = (
        Link("programme", to="programmes", required=True),
        Column("units", required=True),
        Column("both", required=True),
        Column("only_first", required=True),
        Column("only_second", required=True),
        Column("alpha"),
        Column("computed_at", required=True),
        Column("published_at", published=True),
        Account("settled_by", stand_in="Settlement elsewhere", published=True),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return ExtractionAgreement.objects.public(scope.at)

    def everything(self) -> models.QuerySet:
        # Without the marks, which stay where they were made, nobody settles the others.
        return ExtractionAgreement.objects.filter(published_at__isnull=False)

    def check(self, row: Row) -> Iterator[Complaint]:
        agreement = row.record
        if row.is_new and (not row.replays or agreement.published_at is None):
            yield "programme", _("Agreement is computed from two extractions that were made here.")
        if agreement.both + agreement.only_first + agreement.only_second > agreement.units:
            yield "units", _("There are fewer sentences than were marked.")

    def refusal(self, record: ExtractionAgreement, column: Column) -> str:
        return _("The figures of an agreement never change.")

    def municipality(self, row: Row) -> int | None:
        return row.of("programme", 1)


POLICIES = (Policies(),)
AGREEMENTS = (ExtractionAgreements(),)
