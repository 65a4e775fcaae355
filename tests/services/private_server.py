"""An Elasticsearch of a test's own, with a port and a folder of its own: it can be killed, frozen and started again."""

import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "test-services" / "elasticsearch"


class PrivateServer:
    """A server process; whatever was done to it, `resume` has it answer again with the data that it had."""

    def __init__(self) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Fails with what to do where no server can be started: nobody passes these tests without one."""
        done = self._run("start")
        if done.returncode:
            pytest.fail(f"These tests start an Elasticsearch of their own to kill it. {done.stderr}")

    def kill(self) -> None:
        """As in a power cut: nothing is finished, nothing answered."""
        self._must("kill")

    def resume(self) -> None:
        """Awake, running and healthy, with its data."""
        with suppress(OSError):
            self._signal(signal.SIGCONT)
        self._must("resume")

    def freeze(self) -> None:
        """It takes connections and says nothing any more."""
        self._signal(signal.SIGSTOP)

    def remove(self) -> None:
        self.kill()
        self._must("stop")

    def _signal(self, number: int) -> None:
        folder = Path(os.environ.get("TMPDIR") or "/tmp") / f"zaveza-test-elasticsearch-{self.port}"  # noqa: S108
        os.kill(int((folder / "pid").read_text()), number)

    def _must(self, action: str) -> None:
        done = self._run(action)
        assert done.returncode == 0, done.stderr

    def _run(self, action: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "TEST_ELASTICSEARCH_PORT": str(self.port), "TEST_ELASTICSEARCH_HEAP": "256m"}
        # Into files: the server keeps what it inherits open, and a pipe would never end.
        with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
            done = subprocess.run([SCRIPT, action], env=environment, stdout=output, stderr=errors, check=False)  # noqa: S603
            output.seek(0)
            errors.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read(), errors.read())


@contextmanager
def private_server() -> Iterator[PrivateServer]:
    """One while it is needed."""
    made = PrivateServer()
    try:
        made.start()
        yield made
    finally:
        made.remove()


def _free_port() -> int:
    """One that is free together with that a thousand above it, on which the server talks to other nodes."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            with suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1_000))
                return port
