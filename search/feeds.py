"""Atom feeds of searches and lists: what changed last, with permanent ids."""

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language

from zaveza.base.methods import read_only

from .follows import Followable, SearchFollow, Subject, UnknownSubject, described, followables
from .models import DocumentChange, SearchEntry
from .registry import sources
from .services.digests import path_of, title_of

ENTRIES = 50
# Letters of a summary.
SUMMARY = 400
# Of an empty feed.
_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class _Feed(Atom1Feed):
    """A feed that is as old as its newest entry."""

    def latest_post_date(self) -> dt.datetime:
        newest: dt.datetime = self.feed["newest"]
        return newest


def bad_request(request: HttpRequest, problems: Sequence[str]) -> HttpResponse:
    """400 with what is wrong with the address: a machine reads no notice."""
    content = loader.get_template("bad_request.html").render({"status": 400, "problems": problems}, request)
    return HttpResponse(content, status=400)


def feed_of(followable: Followable, request: HttpRequest) -> HttpResponse:
    """The feed of a subject, or 400 for what does not exist; 304 where the reader has it already."""
    try:
        subject = followable.read(request.GET)
    except UnknownSubject as error:
        return bad_request(request, error.problems)
    entries = followable.entries(request.GET)
    changes = list(
        DocumentChange.objects.filter(is_last=True, document_id__in=entries.values("document_id")).order_by(
            "-at", "document_id"
        )[:ENTRIES]
    )
    newest = max((change.at for change in changes), default=_NEVER)
    stamp = [get_language() or "", subject.kind, subject.query, subject.title]
    stamp += [f"{change.document_id}:{change.number}:{change.content}" for change in changes]
    etag = quote_etag(hashlib.sha256("\n".join(stamp).encode("utf-8", "surrogatepass")).hexdigest()[:32])
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(newest.timestamp()),
        "Cache-Control": "public, max-age=300",
        "X-Robots-Tag": "noindex",
    }
    # Only the ETag decides: an entry may leave a feed without the others getting younger.
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        for name, value in headers.items():
            unchanged[name] = value
        return unchanged
    content = _written(subject, changes, newest)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8", headers=headers)


def _written(subject: Subject, changes: Sequence[DocumentChange], newest: dt.datetime) -> str:
    language = get_language() or settings.LANGUAGE_CODE
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    feed = _Feed(
        title=_plain(f"{settings.WAGTAIL_SITE_NAME}: {subject.title}"),
        link=f"{site}{subject.page_url}",
        description="",
        language=language,
        author_name=settings.WAGTAIL_SITE_NAME,
        feed_url=f"{site}{subject.feed_url}",
        feed_guid=f"{site}{subject.feed_url}",
        newest=newest,
    )
    rows = {
        entry.document_id: entry
        for entry in SearchEntry.objects.filter(document_id__in=[change.document_id for change in changes])
    }
    lines = described(mark for change in changes for mark in change.added)
    kinds = {code: str(source.kind) for code, source in sources().items()}
    for change in changes:
        entry = rows.get(change.document_id)
        if entry is None:
            continue
        told = [lines[mark] for mark in change.added if mark in lines]
        feed.add_item(
            title=_plain(title_of(entry, language)),
            link=f"{site}{path_of(entry, language)}",
            description=_plain(" ".join([*told, _beginning(entry.body)])),
            # Without a language: the same record in four feeds is one entry.
            unique_id=f"{site}{reverse('permanent', args=[entry.document_id])}",
            updateddate=change.at,
            categories=[kinds.get(entry.type, entry.type)],
        )
    return str(feed.writeString("utf-8"))


def _beginning(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SUMMARY else f"{plain[:SUMMARY].rsplit(' ', 1)[0]} …"


def _plain(text: str) -> str:
    """Without what XML has no place for."""
    return "".join(
        sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs") and sign not in "\ufffe\uffff"
    )


@read_only
def search_feed(request: HttpRequest) -> HttpResponse:
    """`/<language>/search/feed.atom`: the last changes of what a search finds, with its query string."""
    return feed_of(SearchFollow(), request)


@read_only
def follow_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """`/<language>/search/follow/<kind>/feed.atom`: the same for any kind that can be followed."""
    if kind not in followables():
        raise Http404
    return feed_of(followables()[kind], request)
