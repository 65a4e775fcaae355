"""One HTTPS connection to the very address that was checked, and a clock that ends it whatever the server does."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from .addresses import HTTPS_PORT, Resolver

# Where to open a socket: tests lead public addresses to a server of their own.
Connector = Callable[[str, int, float], socket.socket]


class OutOfTimeError(OSError):
    """The time for the whole request is over."""


def open_socket(address: str, port: int, timeout: float) -> socket.socket:
    """A socket to a numeric address; nothing is looked up."""
    return socket.create_connection((address, port), timeout)


class Deadline:
    """So many seconds for everything; when they are over, the open socket is shut from outside.

    A timeout of the socket would start anew with every byte that a slow server sends.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    @property
    def remaining(self) -> float:
        """Seconds that are left. Raises `OutOfTimeError` where none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        return left

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._end

    def check(self) -> None:
        """Raise `OutOfTimeError` where the time is over."""
        if self.is_over:
            raise OutOfTimeError

    def watch(self, opened: socket.socket) -> None:
        """Shut this socket when the time is over."""
        with self._lock:
            self._socket = opened

    def _shut(self) -> None:
        with self._lock:
            if self._socket is not None:
                try:
                    # The plain socket's: that of TLS forgets that there was TLS, and who reads on would read raw bytes.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
                except OSError:  # closed already
                    return


def resolve_in_time(resolver: Resolver, host: str, deadline: Deadline) -> Sequence[str]:
    """Ask the resolver, which takes no timeout of its own, in a thread that is left behind when the time is over."""
    found: list[Sequence[str]] = []
    failed: list[OSError] = []

    def ask() -> None:
        try:
            found.append(resolver(host, HTTPS_PORT))
        except (OSError, UnicodeError) as error:
            failed.append(error if isinstance(error, OSError) else OSError(str(error)))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(deadline.remaining)
    if failed:
        raise failed[0]
    if not found:
        raise OutOfTimeError
    return found[0]


class PinnedConnection(http.client.HTTPSConnection):
    """HTTPS to one numeric address; certificate, SNI and `Host` are those of the name. No proxy is ever asked."""

    def __init__(
        self, host: str, address: str, deadline: Deadline, context: ssl.SSLContext, connector: Connector
    ) -> None:
        super().__init__(host, HTTPS_PORT, context=context)
        self._address = address
        self._deadline = deadline
        self._tls = context
        self._connector = connector

    def connect(self) -> None:
        """Open the socket to the checked address and shake hands under the host's name."""
        plain = self._connector(self._address, HTTPS_PORT, self._deadline.remaining)
        try:
            plain.settimeout(self._deadline.remaining)
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        except BaseException:
            plain.close()
            raise
        self._deadline.watch(self.sock)
        self.sock.do_handshake()
