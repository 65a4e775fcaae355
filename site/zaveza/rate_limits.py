"""How often one client may do something, counted in the cache: forms without an account, links, anything to be guessed.

Behind a proxy every request comes from the proxy's address. `TRUSTED_PROXIES` says how many proxies of ours stand in
front; the client's address is then the one that the outermost of them wrote into `X-Forwarded-For`. What a client
writes there itself stands further left and is never believed. With 0, the default, the header is ignored.
"""

import datetime as dt
import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# A household or an office gets one IPv6 network of this size; its addresses count as one client.
_IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """The address that a request came from, of an IPv6 one its /64 network; empty where there is none (a socket)."""
    address = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        # Fewer hops than proxies: the request did not come through all of them, so the header proves nothing.
        if len(hops) >= proxies:
            address = hops[-proxies]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return request.META.get("REMOTE_ADDR", "")
    if parsed.version == 6:
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False))
    return str(parsed)


def over_limit(request: HttpRequest, scope: str, limit: int, per: dt.timedelta, *, by: str | None = None) -> bool:
    """Count this request and say whether there were more than `limit` of its kind `per` period.

    `scope` names the kind (`"tip"`). Clients are told apart by address, or by `by` where something else identifies
    them, such as the key of a link. Periods are fixed: at their border a client may reach twice the limit for a
    moment. Neither address nor key stands in the cache, only a keyed hash of them.
    """
    seconds = max(int(per.total_seconds()), 1)
    who = client_address(request) if by is None else by
    # The real clock, not the site's: a demo's set day must not stop the counting.
    period = int(time.time()) // seconds
    key = f"rate:{scope}:{period}:{salted_hmac('zaveza.rate_limits', who, algorithm='sha256').hexdigest()[:32]}"
    if cache.add(key, 1, seconds):
        return limit < 1
    try:
        return cache.incr(key) > limit
    except ValueError:  # it ran out in between
        cache.set(key, 1, seconds)
        return limit < 1
