"""gunicorn for the demo, the container and a small public site: one process with threads by default.

The embedded set-up (SQLite, cache in memory) wants exactly one process; with PostgreSQL and Redis there may be more.
"""

import os

bind = os.environ.get("HOST", "127.0.0.1") + ":" + os.environ.get("PORT", "8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = 8
# The application answers overlong addresses itself, with a page that says what to do (zaveza.middleware).
limit_request_line = 0
# No socket or file outside the data folder.
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a nameless file for heartbeats
accesslog = None
loglevel = "warning"
pythonpath = "site"
