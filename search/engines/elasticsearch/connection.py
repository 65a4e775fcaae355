"""The connection to Elasticsearch, from the settings, and what its errors mean for us."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from zaveza.health import Health

from ..base import EngineUnavailable


def connect(timeout: float | None = None) -> Elasticsearch:
    """A client of this process that waits so many seconds for an answer, by default as long as a reader may wait.

    `EngineUnavailable` when no address is set.
    """
    if not settings.ELASTICSEARCH_URL:
        raise EngineUnavailable("ELASTICSEARCH_URL is not set.")
    client = _client(
        tuple(settings.ELASTICSEARCH_URL),
        settings.ELASTICSEARCH_USER,
        settings.ELASTICSEARCH_PASSWORD,
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_CA_FILE,
    )
    return client.options(request_timeout=timeout or settings.ELASTICSEARCH_TIMEOUT)


@lru_cache(maxsize=8)
def _client(urls: tuple[str, ...], user: str, password: str, api_key: str, ca_file: str) -> Elasticsearch:
    options: dict[str, Any] = {}
    if api_key:
        options["api_key"] = api_key
    elif user:
        options["basic_auth"] = (user, password)
    if ca_file:
        options["ca_certs"] = ca_file
    # A node that does not answer in time is not asked again, and no other instead of it: the reader has waited enough.
    # One that refuses the connection costs no time, so the next one is asked.
    return Elasticsearch(list(urls), retry_on_timeout=False, max_retries=len(urls), **options)


@contextmanager
def reachable() -> Iterator[None]:
    """Whatever the server or the way to it has to complain of becomes `EngineUnavailable`."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(f"Elasticsearch: {describe(error)}") from error


def describe(error: Exception) -> str:
    """An error in a few words: its kind, and the reason that the server gave."""
    body = getattr(error, "body", None)
    reason = ""
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        causes = body["error"].get("root_cause") or [body["error"]]
        reason = f": {causes[0].get('type')}: {str(causes[0].get('reason'))[:200]}"
    status = getattr(error, "status_code", "")
    return f"{type(error).__name__}{f' {status}' if status else ''}{reason}"


def health() -> Health:
    """The state of the cluster. Never unready: search is answered by the database."""
    try:
        # Asked this way and not by ping: the distribution that the tests run has no root page (design: search, 9).
        answer = connect().cluster.health()
    except (ApiError, TransportError) as error:
        return Health(f"unreachable: {type(error).__name__}")
    return Health(str(answer["status"]))
