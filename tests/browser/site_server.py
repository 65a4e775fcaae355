"""The site with its demo content as a process of its own: what `make demo` serves, on a free port and database."""

import datetime as dt
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from email import message_from_bytes
from email.policy import default
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until a started server must answer


class DemoSite:
    """A running demo: `url`, `email` and `password` of its administrator, `manage()` for its command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(folder),
            "TMPDIR": os.environ.get("TMPDIR", tempfile.gettempdir()),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "DJANGO_SETTINGS_MODULE": "zaveza.settings.dev",
            # A developer's `.env` does not reach the demo: what is set here wins over it.
            "DATABASE_URL": f"sqlite:///{folder / 'zaveza.sqlite3'}",
            "ELASTICSEARCH_URL": "",
            "REDIS_URL": "",
            "EMAIL_URL": "",
            "ZAVEZA_TODAY": "",
            "ZAVEZA_DEBUG": "0",
            "ZAVEZA_DATA_DIR": str(folder),
            # `make setup` has built them; learning them again would take longer than all browser tests.
            "SEARCH_TABLES_DIR": os.environ.get("SEARCH_TABLES_DIR") or str(ROOT / "var" / "search-tables"),
            "BASE_URL": self.url,
            "PORT": str(self.port),
        }
        self._server: subprocess.Popen[bytes] | None = None
        self.email = self.password = ""

    def manage(self, *arguments: str, today: str | None = None) -> str:
        """The output of a management command on this site's database, on the day served or on `today` (ISO).

        Raises `RuntimeError` when it fails.
        """
        done = subprocess.run(  # noqa: S603 - arguments of the tests themselves
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self._environment | ({} if today is None else {"ZAVEZA_TODAY": today}), cwd=self.folder,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Migrate, seed, make the administrator and serve."""
        self.prepare()
        self.serve()

    def prepare(self) -> None:
        """Migrate, seed and make the administrator."""
        self.manage("migrate", "--verbosity", "0")
        self.manage("seed_demo")
        told = self.manage("demo_login", "--port", str(self.port))
        self.email = re.search(r"Sign in\s+(\S+)", told).group(1)  # type: ignore[union-attr]
        self.password = re.search(r"Password\s+(\S+)", told).group(1)  # type: ignore[union-attr]

    def serve(self, day: dt.date | None = None) -> None:
        """Serve, or serve anew, on a day: everything that the site dates from then on is of that day."""
        self.stop()
        self._environment["ZAVEZA_TODAY"] = day.isoformat() if day else ""
        self._log = (self.folder / "server.log").open("ab")
        self._server = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy/gunicorn.conf.py"), "zaveza.wsgi"],
            env=self._environment, cwd=ROOT, stdout=self._log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._wait()

    def stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(timeout=20)
            self._log.close()
            self._server = None

    def letters(self, to: str) -> list[str]:
        """The words of the letters that somebody got, oldest first."""
        files = sorted((self.folder / "mail").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        letters = [message_from_bytes(part, policy=default) for file in files for part in _parts(file)]
        return [letter.get_content() for letter in letters if to in str(letter["To"])]

    def log(self) -> str:
        """What the server wrote so far: errors with their tracebacks."""
        return (self.folder / "server.log").read_text(errors="replace")

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._server is not None and self._server.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/-/live", timeout=2):  # noqa: S310 - our own address
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"The site did not start:\n{self.log()}")


def _parts(file: Path) -> list[bytes]:
    """The letters in a file of Django's file backend, which ends each with a line of dashes."""
    return [part.lstrip() for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n") if part.strip()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
