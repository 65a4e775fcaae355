"""Methodology, money and the rules of correcting: the version in force, and each earlier one at its own address."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.base.methods import read_only

from .. import overviews
from ..enums import PolicyKind
from ..models import HubCoverage, PolicyVersion
from .frame import crumbs

# Where each kind is read: the version in force, and any version.
ADDRESSES = {
    PolicyKind.METHODOLOGY: ("pledges:methodology", "pledges:methodology_version"),
    PolicyKind.CORRECTIONS: ("pledges:corrections", "pledges:corrections_version"),
    PolicyKind.FUNDING: ("pledges:funding", "pledges:funding_version"),
}


def current_policy(kind: PolicyKind) -> PolicyVersion | None:
    """The version published last, with its words."""
    found: PolicyVersion | None = (
        PolicyVersion.objects.public().filter(kind=kind).with_words().order_by("-published_at", "-pk").first()
    )
    return found


def policy_address(policy: PolicyVersion) -> str:
    """The permanent address of a version in the reader's language."""
    return reverse(ADDRESSES[PolicyKind(policy.kind)][1], args=[policy.version])


@read_only
def methodology(request: HttpRequest, version: str = "") -> HttpResponse:
    """How pledges are assessed: the methodology in force, or the version that an assessment names."""
    return _policy(request, PolicyKind.METHODOLOGY, version, "pages/policy.html", {})


@read_only
def corrections_policy(request: HttpRequest, version: str) -> HttpResponse:
    """One version of the rules by which mistakes are corrected."""
    return _policy(request, PolicyKind.CORRECTIONS, version, "pages/policy.html", {})


@read_only
def funding(request: HttpRequest, version: str = "") -> HttpResponse:
    """Who pays: in words, and from the record the funders of each edition and the money that hubs declare."""
    now = clock.now()
    declared = (
        HubCoverage.objects.exclude(funding_note="")
        .filter(hub__published_at__lte=now)
        .select_related("hub", "municipality")
        .prefetch_related("hub__texts")
        .order_by("municipality__name", "hub__name", "pk")
    )
    context = {"editions": overviews.funded_editions(), "declared": list(declared)}
    return _policy(request, PolicyKind.FUNDING, version, "pages/funding.html", context)


def _policy(
    request: HttpRequest, kind: PolicyKind, version: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    versions = list(PolicyVersion.objects.public().filter(kind=kind).with_words().order_by("-published_at", "-pk"))
    current = versions[0] if versions else None
    shown = next((each for each in versions if each.version == version), None) if version else current
    if shown is None and (version or kind != PolicyKind.FUNDING):
        raise Http404
    page_name, _version_name = ADDRESSES[kind]
    steps: list[tuple[str, str | None]] = [(str(kind.label), reverse(page_name) if version else None)]
    if version:
        steps.append((_("Version %(version)s") % {"version": version}, None))
    return render(
        request,
        template,
        {
            "policy": shown,
            "words": shown.words if shown else None,
            "kind_label": kind.label,
            "is_current": shown is not None and shown is current,
            "current": current,
            "current_url": reverse(page_name),
            "versions": [(each, policy_address(each)) for each in versions],
            "LANGUAGE_CODE": get_language(),
            "breadcrumbs": crumbs(*steps),
            "description": shown.words.changes if shown and shown.words else "",
            # The version in force has two addresses; the one that never changes is the one to cite and to find.
            "canonical_url": policy_address(shown) if shown else reverse(page_name),
            **context,
        },
    )
