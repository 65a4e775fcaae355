"""GET and HEAD of a public HTTPS address, limited in redirects, bytes, kinds and time."""

import http.client
import io
import ssl
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import urljoin

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .addresses import Resolver, Target, UnsafeAddressError, check_addresses, read_url, resolve
from .connections import Connector, Deadline, OutOfTimeError, PinnedConnection, open_socket, resolve_in_time

REDIRECTS = (301, 302, 303, 307, 308)
# Addresses of one host that are tried before it counts as down.
MAX_ADDRESSES = 3
_PIECE = 64 * 1024


class FetchFailedError(Exception):
    """The address was asked and gave no answer that is taken; the message says why, `status` the HTTP status if any."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Limits:
    """How far a request may go: `size` in bytes (sent and unpacked alike), `seconds` for everything together."""

    size: int = 20 * 1024 * 1024
    seconds: float = 30.0
    redirects: int = 5
    # Media types that are taken; empty: any
    types: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Network:
    """The ways out to the network; tests put their own names and server here."""

    resolver: Resolver = resolve
    connector: Connector = open_socket
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)


@dataclass(frozen=True)
class Fetched:
    """The last answer: its status, the address after all redirects, the media type, and how many bytes were kept."""

    status: int
    url: str
    content_type: str
    size: int = 0


def fetch(url: str, into: BinaryIO, limits: Limits | None = None, network: Network | None = None) -> Fetched:
    """Write what an address holds into a file.

    Raises `UnsafeAddressError` for an address, or one that it leads to, that is not public HTTPS, and
    `FetchFailedError` for any other answer than a complete one of an accepted type within the limits.
    """
    return _request("GET", url, limits or Limits(), network or Network(), into)


def probe(url: str, limits: Limits | None = None, network: Network | None = None) -> Fetched:
    """Whether an address answers: HEAD, and GET without reading on where the server does not know HEAD.

    The status may be any; raises as `fetch` does where there is no answer.
    """
    limits, network = limits or Limits(), network or Network()
    try:
        answer = _request("HEAD", url, limits, network)
    except FetchFailedError:
        return _request("GET", url, limits, network)
    # Many servers answer a HEAD with an error of their own making.
    return answer if answer.status < 400 else _request("GET", url, limits, network)


def _request(method: str, url: str, limits: Limits, network: Network, into: BinaryIO | None = None) -> Fetched:
    with Deadline(limits.seconds) as deadline:
        try:
            for _step in range(limits.redirects + 1):
                target = read_url(url)
                with closing(_open(method, target, deadline, network)) as connection:
                    response = connection.getresponse()
                    location = response.getheader("Location")
                    if response.status in REDIRECTS and location:
                        url = _joined(target.url, location)
                        continue
                    answer = _answer(response, target, limits, into)
                    # Shut when the time was over, an answer without a length only looks complete.
                    deadline.check()
                    return answer
        except (OutOfTimeError, TimeoutError) as error:
            raise FetchFailedError(_("The server took too long.")) from error
        except (OSError, http.client.HTTPException, zlib.error) as error:
            if deadline.is_over:
                raise FetchFailedError(_("The server took too long.")) from error
            raise FetchFailedError(_words_for(error)) from error
        raise FetchFailedError(_("The address leads on too many times."))


def _joined(base: str, location: str) -> str:
    """The address to which a server leads on. Raises `UnsafeAddressError` for what is none."""
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise UnsafeAddressError(_("This is no address of a web page.")) from error


def _open(method: str, target: Target, deadline: Deadline, network: Network) -> PinnedConnection:
    """Ask the first address of the host that takes the connection; all were checked, none is looked up again."""
    addresses = check_addresses(target.host, resolve_in_time(network.resolver, target.host, deadline))
    last: OSError | None = None
    for address in addresses[:MAX_ADDRESSES]:
        connection = PinnedConnection(target.host, address, deadline, network.context, network.connector)
        try:
            connection.connect()
            connection.request(
                method,
                target.path,
                headers={
                    "User-Agent": user_agent(),
                    "Accept": "*/*",
                    "Accept-Encoding": "gzip, deflate",
                    "Connection": "close",
                },
            )
        except ssl.SSLError:
            connection.close()
            raise
        except OSError as error:
            connection.close()
            last = error
        else:
            return connection
    raise last or OSError


def user_agent() -> str:
    """Who asks, with an address to read about it."""
    return f"ZavezaBot/1.0 (+{settings.WAGTAILADMIN_BASE_URL})"


def _answer(response: http.client.HTTPResponse, target: Target, limits: Limits, into: BinaryIO | None) -> Fetched:
    content_type = response.headers.get_content_type()
    if into is None:
        return Fetched(response.status, target.url, content_type)
    if response.status != http.client.OK:
        raise FetchFailedError(_("The server answered %(status)s.") % {"status": response.status}, response.status)
    if limits.types and content_type not in limits.types:
        raise FetchFailedError(_("The server sends “%(type)s”, which is not stored.") % {"type": content_type[:80]})
    announced = response.getheader("Content-Length", "")
    if announced.isdigit() and int(announced) > limits.size:
        raise FetchFailedError(_too_big(limits))
    size = 0
    for piece in _unpacked(response, limits):
        size += len(piece)
        if size > limits.size:
            raise FetchFailedError(_too_big(limits))
        into.write(piece)
    into.seek(0, io.SEEK_SET)
    return Fetched(response.status, target.url, content_type, size)


def _too_big(limits: Limits) -> str:
    return _("The file is larger than %(limit)s.") % {"limit": filesizeformat(limits.size)}


def _unpacked(response: http.client.HTTPResponse, limits: Limits) -> Iterator[bytes]:
    """The content, unpacked piece by piece so that a small file cannot become a huge one at once."""
    packing = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if packing in ("", "identity"):
        yield from _pieces(response, limits)
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailedError(_("The server packs the file in a way that is not read."))
    # 32 more bits: the header says whether it is zlib or gzip.
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for piece in _pieces(response, limits):
        packed = piece
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
    while rest := unpacker.decompress(unpacker.unconsumed_tail, _PIECE):
        yield rest
    if not unpacker.eof:
        raise FetchFailedError(_("The file came incomplete."))


def _pieces(response: http.client.HTTPResponse, limits: Limits) -> Iterator[bytes]:
    """What comes over the wire, never more of it than the limit allows."""
    expected, received = response.length, 0
    while piece := response.read1(_PIECE):
        received += len(piece)
        if received > limits.size:
            raise FetchFailedError(_too_big(limits))
        yield piece
    if expected is not None and received < expected:
        raise FetchFailedError(_("The file came incomplete."))


def _words_for(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("The server's certificate is not valid.")
    if isinstance(error, ssl.SSLError):
        return _("The server does not speak https as it should.")
    if isinstance(error, http.client.HTTPException | zlib.error):
        return _("The server's answer cannot be read.")
    return _("The server cannot be reached.")


__all__ = ["FetchFailedError", "Fetched", "Limits", "Network", "UnsafeAddressError", "fetch", "probe", "user_agent"]
