"""The variables that settings read: those of the process, then those of the file `.env`.

The process always wins over the file. Unlike `environ.Env.read_env` nothing is written into `os.environ`, so what a
settings module leaves out (`only`) does not reach programs that the tests start either.
"""

import os
from pathlib import Path

import environ

ENV_FILE = Path(__file__).resolve().parents[3] / ".env"


def _read() -> dict[str, str]:
    values: dict[str, str] = {}

    class File(environ.Env):
        ENVIRON = values

    if ENV_FILE.is_file():
        File.read_env(ENV_FILE)
    # `NAME=` is the same as no variable: what a copied example or a compose file leaves open keeps its default.
    return {name: value for name, value in {**values, **os.environ}.items() if value}


class Environment(environ.Env):
    """An `environ.Env` over the variables found when the settings were loaded."""

    ENVIRON = _read()

    @classmethod
    def only(cls, *names: str) -> None:
        """Forget every variable but these: for settings that must not depend on where they run."""
        cls.ENVIRON = {name: value for name, value in cls.ENVIRON.items() if name in names}

    @classmethod
    def missing(cls, *names: str) -> list[str]:
        """Those of the names that are unset or empty."""
        return [name for name in names if name not in cls.ENVIRON]


env = Environment()
