"""Hermetic settings for the tests: nothing outside this process but a named database or search engine."""

import atexit
import shutil
import tempfile
from pathlib import Path

from zaveza.settings.environment import env

# Before the base settings read them: neither a developer's `.env` nor a shell changes what the tests see.
_data_dir, _tables_dir = (env.str(name, default="") for name in ("ZAVEZA_DATA_DIR", "SEARCH_TABLES_DIR"))
env.only("DATABASE_URL", "ELASTICSEARCH_URL", "ELASTICSEARCH_INDEX_PREFIX")
_folder = tempfile.mkdtemp(prefix="zaveza-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
env.ENVIRON["ZAVEZA_DATA_DIR"] = _folder

from .base import *  # noqa: E402, F403
from .base import (  # noqa: E402
    BASE_DIR,
    DATABASES,
    ELASTICSEARCH_INDEX_PREFIX,
    ELASTICSEARCH_URL,
    STORAGES,
)

SECRET_KEY = "testing"  # noqa: S105
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = "http://testserver"

DATA_DIR = Path(_folder)
(DATA_DIR / "static").mkdir()
# Built once, and the same for every run (`make setup`).
SEARCH_TABLES_DIR = Path(_tables_dir or Path(_data_dir or BASE_DIR / "var") / "search-tables")
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "testing"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A server that was lent to the tests: used by those that ask for it (`lent_elasticsearch`), under their own prefix.
LENT_ELASTICSEARCH_URL, ELASTICSEARCH_URL = ELASTICSEARCH_URL, []
ELASTICSEARCH_INDEX_PREFIX = f"{ELASTICSEARCH_INDEX_PREFIX}-test"
# A busy machine may be slow; tests of a server that is too slow set their own.
ELASTICSEARCH_TIMEOUT = 30.0
APPEND_ONLY_ALLOW_FLUSH = True

# A query that never ends is a failed test, not a run that never ends.
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["OPTIONS"] = {"options": "-c statement_timeout=120s"}
