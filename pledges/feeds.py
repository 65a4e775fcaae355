"""Atom feeds of the record."""

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from search.feeds import feed_of
from zaveza.base.methods import read_only

from .corrections import AMENDMENT, CORRECTION, REDACTION, CorrectionLog, Entry, kinds
from .follows import PledgeListFollow

ENTRIES = 50


class CorrectionsFeed(Feed):
    """The newest entries of the log of corrections, narrowed down as the page is."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> CorrectionLog:
        return CorrectionLog(request.GET)

    def title(self, log: CorrectionLog) -> str:
        return _("Corrections")

    def link(self, log: CorrectionLog) -> str:
        return log.url()

    def feed_url(self, log: CorrectionLog) -> str:
        return log.url("pledges:corrections_feed")

    def items(self, log: CorrectionLog) -> list[Entry]:
        return log.entries(log.rows[:ENTRIES])

    def item_title(self, item: Entry) -> str:
        what = kinds()[item.kind]
        return f"{item.pledge.public_id}: {what}" if item.pledge else what

    def item_description(self, item: Entry) -> str:
        record = item.record
        if item.kind == CORRECTION:
            return _("Wrong: %(wrong)s Right: %(right)s") % {"wrong": record.wrong, "right": record.right}
        if item.kind == AMENDMENT:
            return str(record.reason)
        if item.kind == REDACTION:
            return str(record.get_ground_display())
        return str(record.summary)

    def item_link(self, item: Entry) -> str:
        return reverse("pledges:corrections") + f"#{item.anchor}"

    def item_guid(self, item: Entry) -> str:
        return f"tag:zaveza,{item.at.year}:{item.anchor}"

    def item_pubdate(self, item: Entry) -> dt.datetime:
        return item.at

    def item_updateddate(self, item: Entry) -> dt.datetime:
        return item.at


_feed = CorrectionsFeed()


@read_only
def corrections_feed(request: HttpRequest) -> Any:
    """The feed; a filter that it does not know is an error here: a machine reads no notice."""
    log = CorrectionLog(request.GET)
    if log.problems:
        content = loader.get_template("bad_request.html").render({"status": 400, "problems": log.problems}, request)
        return HttpResponse(content, status=400)
    return _feed(request)


@read_only
def pledge_feed(request: HttpRequest) -> HttpResponse:
    """The last changes of the pledges in a list, with the filters of its page."""
    return feed_of(PledgeListFollow(), request)
