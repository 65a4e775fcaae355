"""Which addresses may be asked at all: public HTTPS, by name and by number.

An allow list: of IPv6 only what is assigned as global unicast and carries no IPv4 address inside, of IPv4 what is
globally reachable. Everything else, known or invented later, is refused.
"""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

import idna
from django.utils.translation import gettext as _

HTTPS_PORT = 443
MAX_LENGTH = 2000

# Globally reachable by the book, and yet nobody's web site: protocol assignments and the 6to4 relay.
_NOT_IPV4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_GLOBAL_IPV6 = IPv6Network("2000::/3")
# Protocol assignments (Teredo, ORCHID), documentation, and 6to4, which carries an IPv4 address inside.
_NOT_IPV6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))

Resolver = Callable[[str, int], Sequence[str]]


class UnsafeAddressError(Exception):
    """This address is not asked; the message says why, for the person who typed it in."""


@dataclass(frozen=True)
class Target:
    """An address taken apart, ready to be asked."""

    host: str
    # Path and query as they go over the wire
    path: str

    @property
    def url(self) -> str:
        """The address in its plain form."""
        return f"https://{self._in_url}{self.path}"

    @property
    def _in_url(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def read_url(url: str) -> Target:
    """Take an address apart. Raises `UnsafeAddressError` unless it is plain HTTPS on the usual port, without a name."""
    if len(url) > MAX_LENGTH:
        raise UnsafeAddressError(_("The address is too long."))
    if any(character.isspace() or ord(character) < 0x20 or character == "\\" for character in url):
        raise UnsafeAddressError(_("The address contains a character that no address has."))
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise UnsafeAddressError(_("This is no address of a web page.")) from error
    if parts.scheme != "https":
        raise UnsafeAddressError(_("Only addresses that begin with https:// are read."))
    if not host:
        raise UnsafeAddressError(_("This is no address of a web page."))
    if parts.username is not None or parts.password is not None:
        raise UnsafeAddressError(_("An address with a user name or password is not read."))
    if port not in (None, HTTPS_PORT):
        raise UnsafeAddressError(_("Only the usual port of https is asked."))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return Target(_host(host), path + query)


def _host(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        pass
    else:
        return str(address)
    try:
        return idna.encode(host.rstrip("."), uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise UnsafeAddressError(_("The name in this address is no name of a host.")) from error


def is_public_address(text: str) -> bool:
    """Whether a numeric address is one that the whole world reaches; a scope (`%eth0`) is none."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return (
            address.is_global
            and not address.is_multicast
            and not address.is_reserved
            and not any(address in network for network in _NOT_IPV4)
        )
    return _is_public_ipv6(address)


def _is_public_ipv6(address: IPv6Address) -> bool:
    # Mapped, translated (NAT64), local and multicast addresses all lie outside 2000::/3.
    return (
        address.scope_id is None
        and address in _GLOBAL_IPV6
        and address.is_global
        and not any(address in network for network in _NOT_IPV6)
    )


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, each once, in the system's order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_addresses(host: str, addresses: Sequence[str]) -> list[str]:
    """The addresses to connect to. Raises `UnsafeAddressError` where one is not public: then none is trusted."""
    if not addresses:
        raise UnsafeAddressError(_("There is no host called %(host)s.") % {"host": host})
    for address in addresses:
        if not is_public_address(address):
            raise UnsafeAddressError(_("The host %(host)s lies in a private network.") % {"host": host})
    return list(addresses)
