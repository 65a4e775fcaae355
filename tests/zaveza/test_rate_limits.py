"""Limits per client: who a client is, and how often it may."""

import datetime as dt
from typing import Any

import pytest
from django.test import RequestFactory

from zaveza import rate_limits
from zaveza.rate_limits import client_address, over_limit

HOUR = dt.timedelta(hours=1)


def asked(address: str = "192.0.2.7", forwarded: str = "") -> Any:
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def test_the_request_after_the_limit_is_over_it() -> None:
    assert [over_limit(asked(), "tip", 3, HOUR) for _time in range(5)] == [False, False, False, True, True]


def test_scopes_clients_and_keys_are_counted_apart() -> None:
    assert not over_limit(asked(), "tip", 1, HOUR)
    assert not over_limit(asked(), "follow", 1, HOUR)
    assert not over_limit(asked("192.0.2.8"), "tip", 1, HOUR)
    assert not over_limit(asked(), "tip", 1, HOUR, by="a key")
    assert over_limit(asked("192.0.2.9"), "tip", 1, HOUR, by="a key")


def test_a_new_period_begins_at_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits.time, "time", lambda: 7200.0)
    assert not over_limit(asked(), "tip", 1, HOUR)
    assert over_limit(asked(), "tip", 1, HOUR)
    monkeypatch.setattr(rate_limits.time, "time", lambda: 10800.0)
    assert not over_limit(asked(), "tip", 1, HOUR)


def test_without_a_proxy_the_header_is_not_believed(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 0
    assert client_address(asked(forwarded="203.0.113.1")) == "192.0.2.7"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "198.51.100.9, 203.0.113.1", "203.0.113.1"),
        (2, "10.9.9.9, 203.0.113.1, 198.51.100.9", "203.0.113.1"),
        (2, "203.0.113.1", "192.0.2.7"),
        (1, "", "192.0.2.7"),
        (1, "no address", "192.0.2.7"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.1", "203.0.113.1"),
    ],
)
def test_behind_proxies_the_outermost_of_ours_says_who_asks(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert client_address(asked(forwarded=forwarded)) == address


def test_no_address_stands_in_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(rate_limits.cache, "add", lambda key, *rest: keys.append(key) or True)
    over_limit(asked(), "tip", 1, HOUR)
    assert "192.0.2" not in keys[0]
