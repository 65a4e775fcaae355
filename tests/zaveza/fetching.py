"""A real TLS server for tests of reading foreign addresses; only names and routes are the test's own."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import trustme

from zaveza.fetching import Network
from zaveza.fetching.connections import open_socket

PUBLIC = "93.184.215.14"
HOST = "vir.example.si"
PDF = b"%PDF-1.7 " + b"x" * 5000


class Handler(BaseHTTPRequestHandler):
    """Answers by path; what it was asked is kept on the server."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_HEAD(self):
        self.answer(with_body=False)

    def do_GET(self):
        self.answer(with_body=True)

    def answer(self, *, with_body):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        name = self.path.strip("/").partition("?")[0].replace("-", "_")
        getattr(self, f"on_{name}", self.on_missing)(with_body)

    def send(self, body, content_type="application/pdf", status=200, with_body=True, **headers):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def on_missing(self, with_body):
        self.send(b"", status=404, with_body=with_body)

    def on_file(self, with_body):
        self.send(PDF, with_body=with_body)

    def on_page(self, with_body):
        self.send(b"<!doctype html><title>x</title>", "text/html; charset=utf-8", with_body=with_body)

    def on_lying(self, with_body):
        self.send(b"<!doctype html><title>Prijava</title>", with_body=with_body)

    def on_refused(self, with_body):
        self.send(b"", status=403, with_body=with_body)

    def on_video(self, with_body):
        self.send(b"....", "video/mp4", with_body=with_body)

    def on_no_head(self, with_body):
        self.send(PDF if with_body else b"", status=200 if with_body else 405, with_body=with_body)

    def on_hop(self, with_body):
        self.send(b"", status=302, Location="/file")

    def on_loop(self, with_body):
        self.send(b"", status=302, Location="/loop")

    def on_to_other(self, with_body):
        self.send(b"", status=302, Location=self.server.leads_to)

    def on_announced_huge(self, with_body):
        self.send(b"", Content_Length=str(10**12), with_body=with_body)

    def on_endless(self, with_body):
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"x" * 65536)
                self.server.sent += 65536
        except OSError:
            return

    def on_bomb(self, with_body):
        self.send(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip", with_body=with_body)

    def on_packed(self, with_body):
        self.send(gzip.compress(PDF), Content_Encoding="gzip", with_body=with_body)

    def on_cut_packed(self, with_body):
        self.send(gzip.compress(PDF)[:-12], Content_Encoding="gzip", with_body=with_body)

    def on_other_packing(self, with_body):
        self.send(PDF, Content_Encoding="br", with_body=with_body)

    def on_cut(self, with_body):
        self.send(PDF[:100], Content_Length="5000", with_body=with_body)
        self.close_connection = True

    def on_chunked(self, with_body):
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (PDF[:1000], PDF[1000:]):
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def on_slow_body(self, with_body):
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf")
        self.end_headers()
        self.close_connection = True
        self._drip(b"x")

    def on_slow_headers(self, with_body):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self._drip(b"X-A: b\r\n")

    def _drip(self, piece):
        try:
            for _number in range(200):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return


class Server(ThreadingHTTPServer):
    """Knows for whom the reader asked in the TLS handshake."""

    daemon_threads = True
    leads_to = ""
    sent = 0

    def handle_error(self, request, client_address):
        """Readers here break off on purpose."""


@dataclass
class World:
    """The server, its names, and where sockets were opened."""

    server: Server
    authority: trustme.CA
    names: dict[str, list[list[str]]]
    opened: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    def resolve(self, host, port):
        """Each answer once, the last one for ever: a name may be given another address meanwhile."""
        self.looked_up.append(host)
        answers = self.names.get(host)
        if not answers:
            raise socket.gaierror("unknown")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address, port, timeout):
        self.opened.append(address)
        assert port == 443
        return open_socket("127.0.0.1", self.server.server_port, timeout)

    @property
    def network(self):
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return Network(self.resolve, self.connect, context)


@pytest.fixture(scope="module")
def serving() -> Iterator[tuple[Server, trustme.CA]]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST, "drugi.example.si", "xn--obina-iya.example.si").configure_cert(context)
    server = Server(("127.0.0.1", 0), Handler)
    server.names_asked = []
    context.sni_callback = lambda connection, name, _context: server.names_asked.append(name)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server, authority
    server.shutdown()
    server.server_close()


@pytest.fixture
def world(serving) -> World:
    server, authority = serving
    server.asked, server.leads_to, server.sent = [], "", 0
    server.names_asked.clear()
    return World(server, authority, {HOST: [[PUBLIC]], "drugi.example.si": [["1.1.1.1"]]})
