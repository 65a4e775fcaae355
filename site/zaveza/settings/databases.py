"""One database from `DATABASE_URL`: SQLite below the data folder by default, PostgreSQL by address."""

from pathlib import Path
from typing import Any

import environ

# IMMEDIATE: a writer takes its lock at the start, so concurrent publications queue instead of failing.
# recursive_triggers: without it `INSERT OR REPLACE` walks past a DELETE trigger (design: domain, traps).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON; PRAGMA busy_timeout=20000;"
    ),
}


def database_settings(env: environ.Env, data_dir: Path) -> dict[str, Any]:
    """The `DATABASES["default"]` entry; creates the data folder for SQLite.

    Raises `environ.ImproperlyConfigured` for an address that names no known database.
    """
    settings: dict[str, Any] = dict(env.db_url("DATABASE_URL", default=f"sqlite:///{data_dir / 'zaveza.sqlite3'}"))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        data_dir.mkdir(parents=True, exist_ok=True)
        settings["OPTIONS"] = SQLITE_OPTIONS
    else:
        settings.setdefault("CONN_MAX_AGE", 60)
        settings["CONN_HEALTH_CHECKS"] = True
    # Tests make their own database beside this one and touch nothing in it.
    settings["TEST"] = (
        {"NAME": f"zaveza_test_{Path(str(settings['NAME'])).stem}"}
        if (settings["ENGINE"] != "django.db.backends.sqlite3")
        else {}
    )
    return settings
