"""Views that are only read."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template import loader
from django.views.decorators.csrf import csrf_exempt

Answer = TypeVar("Answer", bound=HttpResponseBase)
READING = ("GET", "HEAD")


def read_only(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponseNotAllowed]:
    """The view; any other method than GET and HEAD is answered with 405 and a page that says so."""

    # Nothing is ever written, so there is nothing to forge: the answer to a POST is the method, not its missing token.
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer | HttpResponseNotAllowed:
        if request.method in READING:
            return view(request, *args, **kwargs)
        content = loader.get_template("bad_request.html").render({"status": 405})
        return HttpResponseNotAllowed(READING, content)

    return answer
