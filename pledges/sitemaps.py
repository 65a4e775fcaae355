"""The record in `/sitemap.xml`: every public address of it, with its alternates in the other languages."""

import datetime as dt
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from zaveza import clock
from zaveza.sitemaps import register_sitemap

from .models import Candidacy, Municipality, Pledge, PolicyVersion, Programme, Proposal
from .views.policies import policy_address


class _RecordSitemap(Sitemap):
    """Records stand under every language at the same path."""

    i18n = True
    alternates = True
    view_name = ""
    key = "public_id"

    def location(self, item: Any) -> str:
        return reverse(f"pledges:{self.view_name}", args=[getattr(item, self.key)])


class PledgeSitemap(_RecordSitemap):
    """Public pledges; changed when they were last checked."""

    view_name = "pledge"

    def items(self) -> QuerySet[Pledge]:
        return Pledge.objects.public().select_related("current").order_by("pk")

    def lastmod(self, item: Pledge) -> dt.datetime | None:
        current = getattr(item, "current", None)
        return (current.last_checked if current else None) or item.published_at


class CandidateSitemap(_RecordSitemap):
    """Public candidacies."""

    view_name = "candidate"

    def items(self) -> QuerySet[Candidacy]:
        return Candidacy.objects.public().filter(edition__published_at__lte=clock.now()).order_by("pk")


class ProgrammeSitemap(_RecordSitemap):
    """Public programmes."""

    view_name = "programme"

    def items(self) -> QuerySet[Programme]:
        now = clock.now()
        return (
            Programme.objects.public()
            .filter(candidacy__published_at__lte=now, candidacy__edition__published_at__lte=now)
            .order_by("pk")
        )


class ProposalSitemap(_RecordSitemap):
    """Public proposals."""

    view_name = "proposal"

    def items(self) -> QuerySet[Proposal]:
        return Proposal.objects.public().order_by("pk")


class MunicipalitySitemap(_RecordSitemap):
    """All municipalities."""

    view_name = "municipality"
    key = "slug"

    def items(self) -> QuerySet[Municipality]:
        return Municipality.objects.order_by("pk")


class ListSitemap(Sitemap):
    """The lists, who pays, and the ledger; its rows are found from there, and say nothing to who searches for words."""

    i18n = True
    alternates = True

    def items(self) -> list[str]:
        return ["pledge_list", "municipality_list", "corrections", "funding", "ledger"]

    def location(self, item: str) -> str:
        return reverse(f"pledges:{item}")


class PolicySitemap(Sitemap):
    """Every version of methodology, corrections and funding: old ones stay readable."""

    i18n = True
    alternates = True

    def items(self) -> QuerySet[PolicyVersion]:
        return PolicyVersion.objects.public().order_by("pk")

    def location(self, item: PolicyVersion) -> str:
        return policy_address(item)

    def lastmod(self, item: PolicyVersion) -> dt.datetime | None:
        return item.published_at


def register() -> None:
    """Make the sitemaps known; called when the app is ready."""
    register_sitemap("pledges", PledgeSitemap)
    register_sitemap("candidates", CandidateSitemap)
    register_sitemap("programmes", ProgrammeSitemap)
    register_sitemap("proposals", ProposalSitemap)
    register_sitemap("municipalities", MunicipalitySitemap)
    register_sitemap("policies", PolicySitemap)
    register_sitemap("lists", ListSitemap)
