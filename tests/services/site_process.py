"""A site with five thousand records in processes that can be killed; `search_site.py` is what runs in them."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests import migrated_database

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 5_000


class Site:
    """A site of its own with five thousand records, in processes that can be killed."""

    def __init__(self, folder: Path, url: str, prefix: str) -> None:
        self.database = folder / "site.sqlite3"
        if migrated_database.kept_copy().exists():
            self.database.write_bytes(migrated_database.kept_copy().read_bytes())
        self.url, self.prefix = url, prefix

    def start(self, action: str, url: str = "") -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.services.search_site", str(self.database), url or self.url, self.prefix]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return subprocess.Popen(  # noqa: S603
            [*command, action], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, action: str) -> str:
        process = self.start(action)
        output, _none = process.communicate(timeout=300)
        assert process.returncode == 0, output
        return output

    def remote(self) -> list[tuple[str, int, int]]:
        """Name, place and whether it is in use, of each generation."""
        with sqlite3.connect(self.database) as database:
            return database.execute("SELECT name, place, is_current FROM search_remoteindex").fetchall()

    def ids(self) -> list[str]:
        """Of all documents of the index in the database."""
        with sqlite3.connect(self.database) as database:
            rows = database.execute("SELECT document_id FROM search_searchentry ORDER BY document_id")
            return [identifier for (identifier,) in rows]
