"""A way to a real Elasticsearch on which things go wrong when a test wants them to."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_DROPPED = {"connection", "transfer-encoding", "content-length", "content-encoding"}


class Proxy:
    """Passes requests on to a server, and its answers back.

    `delay`: seconds before each request is passed on. `refusals`: so many requests whose address has `refused_path` are
    answered by `refusal` (a status) instead. `before` and `after` are called with the address around each request.
    """

    def __init__(self, target: str) -> None:
        self.target = urlsplit(target)
        self.delay = 0.0
        self.refusals, self.refusal, self.refused_path = 0, 429, "_bulk"
        self.before: Callable[[str], Any] = lambda path: None
        self.after: Callable[[str], Any] = lambda path: None
        self.requests: list[str] = []
        self._server: ThreadingHTTPServer | None = None
        self.port = 0
        self.up()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def up(self) -> None:
        """Listen, on the same port as before."""
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                proxy.pass_on(self)

            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any

            def log_message(self, *args: Any) -> None:
                """The tests' output is no place for it."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False
            allow_reuse_address = True

            def handle_error(self, *args: Any) -> None:
                """A client that was killed is what some tests are about."""

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def down(self) -> None:
        """Refuse connections, as a server that is not there."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def pass_on(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.requests.append(handler.path)
        if self._server is None:
            handler.close_connection = True
            return
        self.before(handler.path)
        time.sleep(self.delay)
        if self.refusals and self.refused_path in handler.path:
            self.refusals -= 1
            status, headers, answer = self.refusal, {}, b"{}"
        else:
            status, headers, answer = self._ask(handler, body)
        self.after(handler.path)
        handler.send_response(status)
        for name, value in headers.items():
            if name.lower() not in _DROPPED:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(answer)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(answer)

    def _ask(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(str(self.target.hostname), self.target.port, timeout=60)
        headers = {
            name: value for name, value in handler.headers.items() if name.lower() not in {"host", "accept-encoding"}
        }
        try:
            connection.request(handler.command, handler.path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


@contextmanager
def proxy_to(target: str) -> Iterator[Proxy]:
    """A proxy while it is needed."""
    proxy = Proxy(target)
    try:
        yield proxy
    finally:
        proxy.down()
