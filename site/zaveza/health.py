"""`/-/live` and `/-/ready`: is the process up, and is everything it needs in order.

`zaveza` knows no app: each app registers its own checks in `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@dataclass(frozen=True)
class Health:
    """One answer: `ok`, or what is wrong. A `degraded` answer is told but does not make the site unready."""

    state: str = "ok"
    ready: bool = True


_checks: dict[str, Callable[[], Health]] = {}


def register_health_check(name: str, check: Callable[[], Health]) -> None:
    """Add a named check to `/-/ready`; a second one under the same name replaces the first."""
    _checks[name] = check


def _database() -> Health:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Health(f"unreachable: {type(error).__name__}", ready=False)
    return Health()


register_health_check("database", _database)


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Every registered check with its state; 503 when one of them makes the site unready."""
    answers: dict[str, Health] = {}
    for name, check in sorted(_checks.items()):
        try:
            answers[name] = check()
        except Exception as error:  # noqa: BLE001 - a broken check is an answer, not a crash
            answers[name] = Health(f"check failed: {type(error).__name__}", ready=False)
    is_ready = all(answer.ready for answer in answers.values())
    body = {"status": "ok" if is_ready else "unready", **{name: answer.state for name, answer in answers.items()}}
    return JsonResponse(body, status=200 if is_ready else 503)
