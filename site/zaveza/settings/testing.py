"""Hermetic settings for the tests: nothing outside this process but a named database or search engine."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import ELASTICSEARCH_INDEX_PREFIX, STORAGES

SECRET_KEY = "testing"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", "*"]
WAGTAILADMIN_BASE_URL = "http://testserver"
TODAY = ""

DATA_DIR = Path(tempfile.mkdtemp(prefix="zaveza-test-"))
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "testing"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A prefix of our own on a server that was lent to the tests.
ELASTICSEARCH_INDEX_PREFIX = f"{ELASTICSEARCH_INDEX_PREFIX}-test"
APPEND_ONLY_ALLOW_FLUSH = True
