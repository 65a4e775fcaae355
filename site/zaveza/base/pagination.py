"""Pages of a list that answer every `?page=`, and say so when they could not show the one asked for."""

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.core.paginator import Page as DjangoPage
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zaveza.base.templatetags.base_tags import number

PARAMETER = "page"


class Page(DjangoPage):
    """Django's page with `notice`: empty, or why this is not the page that was asked for."""

    notice: str = ""

    @property
    def window(self) -> list[int | None]:
        """The page numbers to offer: the ends and the neighbours of this page; None where some are left out."""
        last = self.paginator.num_pages
        offered = sorted({1, 2, last, *range(self.number - 1, self.number + 2)} & set(range(1, last + 1)))
        window: list[int | None] = []
        for page_number in offered:
            previous = window[-1] if window else None
            if previous is not None and page_number - previous == 2:
                window.append(page_number - 1)
            elif previous is not None and page_number - previous > 2:
                window.append(None)
            window.append(page_number)
        return window


class _Paginator(Paginator):
    def _get_page(self, *args: Any, **kwargs: Any) -> Page:
        return Page(*args, **kwargs)

    def page(self, number: Any) -> Page:
        found = super().page(number)
        assert isinstance(found, Page)  # noqa: S101 - what _get_page made
        return found


def paginate(request: HttpRequest, object_list: Any, per_page: int) -> Page:
    """The page of `object_list` that `?page=` names.

    Something that is no number gives the first page, a number past the end the last one, both with a `notice`.
    """
    paginator = _Paginator(object_list, per_page)
    asked = request.GET.get(PARAMETER) or "1"
    try:
        return paginator.page(asked)
    except PageNotAnInteger:
        page = paginator.page(1)
        page.notice = _("The page number was not a number, so this is the first page.")
    except EmptyPage:
        below = asked.lstrip().startswith("-") or asked.strip("0 ") == ""
        page = paginator.page(1 if below else paginator.num_pages)
        page.notice = _("There is no page %(asked)s; the list has %(pages)s.") % {
            "asked": asked.strip()[:10],
            "pages": number(paginator.num_pages),
        }
    return page
