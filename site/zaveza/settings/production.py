"""A public site. Fails at start, naming every missing variable at once."""

from django.core.exceptions import ImproperlyConfigured

from zaveza.settings.environment import env

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL")

# Before the base settings, which already make use of some.
if _missing := env.missing(*REQUIRED):
    raise ImproperlyConfigured(f"Missing environment variables: {', '.join(_missing)}. See .env.example.")

from .base import *  # noqa: E402, F403
from .base import LOGGING, WAGTAILADMIN_BASE_URL  # noqa: E402

# Plain http only where the site's own address says so (a closed network, a first try behind no proxy).
_https = WAGTAILADMIN_BASE_URL.startswith("https://")
if _https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^-/"]
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000) if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https

# W019: the admin shows previews in frames of its own. W021: preloading binds the whole domain, so its owner decides.
SILENCED_SYSTEM_CHECKS = ["security.W019", "security.W021"]

LOGGING = {
    **LOGGING,
    "formatters": {"json": {"()": "zaveza.json_logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
}
