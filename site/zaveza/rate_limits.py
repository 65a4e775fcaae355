"""How often the same reader may do something that costs or annoys others."""

import datetime as dt
import hashlib
import time

from django.core.cache import cache
from django.http import HttpRequest


def over_limit(request: HttpRequest, scope: str, limit: int, per: dt.timedelta) -> bool:
    """Count one more attempt at `scope` from the request's address; whether it is over `limit` within `per`.

    Counted in fixed windows on the cache, under a hash: no address is stored. Several processes need a shared cache.
    """
    seconds = max(int(per.total_seconds()), 1)
    window = int(time.time()) // seconds
    sender = hashlib.sha256(request.META.get("REMOTE_ADDR", "").encode()).hexdigest()[:32]
    key = f"rate:{scope}:{sender}:{window}"
    if cache.add(key, 1, seconds):
        return limit < 1
    try:
        count: int = cache.incr(key)
    except ValueError:  # gone in between
        cache.set(key, 1, seconds)
        count = 1
    return count > limit
