"""A site on this machine: needs no variable at all."""

from .base import *  # noqa: F403
from .base import DATA_DIR, STATIC_ROOT, STORAGES, env

DEBUG = env.bool("ZAVEZA_DEBUG", default=True)
ALLOWED_HOSTS = ["*"]


def _local_secret_key() -> str:
    """A key made once for this data folder, so that sessions outlive a restart."""
    from django.core.management.utils import get_random_secret_key

    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", default="") or _local_secret_key()

# Served from the source folders: no collectstatic step before the first page. (whitenoise warns of a missing folder.)
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
