"""A migrated SQLite database kept between runs: some 300 migrations take longer than most tests.

The copy is named by a hash over everything that shapes it, so a changed migration, model file or dependency makes a
new one. Each test process works on a copy of its own.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("ZAVEZA_DATA_DIR") or ROOT / "var") / "test-databases"
SOURCES = ("*/migrations/*.py", "*/models/*.py", "*/models.py", "append_only*.py", "reference/*", "roles.py")


def kept_copy() -> Path:
    """Where the migrated database of the code as it stands is kept, whether it is there yet or not."""
    digest = hashlib.sha256((ROOT / "requirements" / "dev.txt").read_bytes())
    for app in ("home", "pledges", "search", "site/zaveza"):
        for pattern in SOURCES:
            for path in sorted((ROOT / app).rglob(pattern)):
                if path.is_file():
                    digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return FOLDER / f"{digest.hexdigest()[:16]}.sqlite3"


def own_copy(folder: Path) -> tuple[Path, bool]:
    """A database file in `folder` for this process, and whether it is migrated already."""
    own = folder / "test.sqlite3"
    kept = kept_copy()
    if kept.exists():
        shutil.copyfile(kept, own)
        return own, True
    return own, False


def keep(own: Path) -> None:
    """Keep a freshly migrated database for later runs, and drop those of earlier code."""
    kept = kept_copy()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=".part", delete=False) as part:
        pass
    source, target = sqlite3.connect(own), sqlite3.connect(part.name)
    try:
        source.backup(target)  # also what still stands in the write-ahead log
    finally:
        source.close()
        target.close()
    os.replace(part.name, kept)
    for other in kept.parent.glob("*.sqlite3"):
        if other != kept:
            other.unlink(missing_ok=True)
