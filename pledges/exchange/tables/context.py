"""Places, topics, organisations and editions: what the record refers to."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from ...models import (
    Edition,
    HubCoverage,
    KeyDate,
    Municipality,
    Organisation,
    Partnership,
    Region,
    Topic,
)
from ..columns import Column, Link, Publication, Words
from ..rows import Row
from ..scope import Scope
from ..table import Complaint, Table


class Regions(Table):
    name = "regions"
    model = Region
    key_column, key_field = "nuts3", "nuts3"
    declared = (
        Column("nuts3", required=True),
        Column("name", required=True),
        Column("slug", required=True),
        Column("population", required=True),
    )


class Municipalities(Table):
    name = "municipalities"
    model = Municipality
    key_column, key_field = "code", "code"
    declared = (
        Column("code", required=True),
        Column("iso_code", required=True),
        Column("name", required=True),
        Column("slug", required=True),
        Link("region", to="regions", required=True),
        Column("population", required=True),
        Column("latitude", required=True),
        Column("longitude", required=True),
        Column("valid_from"),
        Column("valid_to"),
    )

    def municipality(self, row: Row) -> int | None:
        return row.pk


class Topics(Table):
    name = "topics"
    model = Topic
    key_column, key_field = "code", "code"
    declared = (Column("code", required=True), Column("sort_order"), Words("name"))


class Organisations(Table):
    name = "organisations"
    model = Organisation
    key_column, key_field = "slug", "slug"
    declared = (
        Column("slug", required=True),
        Column("name", required=True),
        Column("kind", required=True),
        Words("name_in", attribute="name"),
        Column("website"),
        Column("social_url"),
        Column("social_name"),
        Column("email"),
        Publication("published_at"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return Organisation.objects.public(scope.at)


class HubCoverages(Table):
    name = "hub_coverages"
    model = HubCoverage
    natural_key = ("hub", "municipality", "start")
    declared = (
        Link("hub", to="organisations", required=True),
        Link("municipality", to="municipalities", required=True),
        Column("start", required=True),
        Column("end"),
        Column("funding_note"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return HubCoverage.objects.filter(hub__published_at__lte=scope.at)

    def municipality(self, row: Row) -> int | None:
        return row.record.municipality_id


class Editions(Table):
    name = "editions"
    model = Edition
    key_column, key_field = "year", "year"
    known_fields = ("methodology_version",)
    declared = (
        Column("year", required=True),
        Column("election_date"),
        Column("state"),
        Column("methodology_version", required=True),
        Column("copyright_holder"),
        Words("title"),
        Words("funder_text", needed=False),
        Words("suitability_criteria", needed=False),
        Publication("published_at"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return Edition.objects.public(scope.at)

    def by_field(self, keys: set[str]) -> dict[str, tuple[Any, ...]]:
        return super().by_field({key for key in keys if key.isdigit() and len(key) == 4})


class KeyDates(Table):
    name = "key_dates"
    model = KeyDate
    natural_key = ("edition", "date", "title_sl")
    declared = (
        Link("edition", to="editions", required=True),
        Column("date", required=True),
        Column("precision"),
        Column("kind"),
        Words("title"),
        Words("text", needed=False),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return KeyDate.objects.filter(edition__published_at__lte=scope.at)


class Partnerships(Table):
    name = "partnerships"
    model = Partnership
    natural_key = ("organisation", "role", "edition", "page")
    declared = (
        Link("organisation", to="organisations", required=True),
        Column("role", required=True),
        Link("edition", to="editions"),
        Column("page", attribute="page_translation_key", private=True),
        Column("sort_order"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        # Which pages there are is not asked here, so that no draft page is named.
        return Partnership.objects.filter(
            Q(organisation__published_at__lte=scope.at), edition__published_at__lte=scope.at
        )

    def check(self, row: Row) -> Iterator[Complaint]:
        from django.utils.translation import gettext as _

        if (row.record.edition_id is None) == (row.record.page_translation_key is None):
            yield "edition", _("Name either an edition or a page.")


CONTEXT = (
    Regions(),
    Municipalities(),
    Topics(),
    Organisations(),
    HubCoverages(),
    Editions(),
    KeyDates(),
    Partnerships(),
)
