"""A public site. Fails at start, naming every missing variable at once."""

import os

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL")

from .base import *  # noqa: E402, F403
from .base import WAGTAILADMIN_BASE_URL, env  # noqa: E402

# After base, which reads `.env` into the environment.
_missing = [name for name in REQUIRED if not os.environ.get(name)]
if _missing:
    raise ImproperlyConfigured(f"Missing environment variables: {', '.join(_missing)}. See .env.example.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Plain http only where the site's own address says so (a closed network, a first try behind no proxy).
_https = WAGTAILADMIN_BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^-/"]
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000) if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
