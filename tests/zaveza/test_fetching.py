"""Reading foreign addresses against a real TLS server; only names and routes are the test's own."""

import io
import socket
import time

import pytest

from zaveza.fetching import FetchFailedError, Limits, Network, UnsafeAddressError, fetch, is_public_address, probe
from zaveza.fetching.addresses import read_url
from zaveza.fetching.connections import open_socket

from .fetching import HOST, PDF, PUBLIC, World, serving, world

__all__ = ["serving", "world"]


def get(world: World, path: str, **limits) -> tuple[bytes, object]:
    file = io.BytesIO()
    answer = fetch(f"https://{HOST}{path}", file, Limits(**{"seconds": 10.0, **limits}), world.network)
    return file.getvalue(), answer


class TestAddresses:
    @pytest.mark.parametrize("address", ["1.1.1.1", PUBLIC, "2606:4700:4700::1111", "2a00:1450:4014:80b::200e"])
    def test_public_ones(self, address):
        assert is_public_address(address)

    @pytest.mark.parametrize(
        "address",
        [
            "0.0.0.0",  # noqa: S104 - an address to refuse
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:1.1.1.1",
            "64:ff9b::a00:1",
            "64:ff9b::101:101",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fe80::1%eth0",
            "2a00:1450:4014:80b::200e%eth0",
            "fec0::1",
            "ff02::1",
            "localhost",
            "",
            "1.1.1.1:443",
        ],
    )
    def test_others(self, address):
        assert not is_public_address(address)

    @pytest.mark.parametrize(
        "url",
        [
            "http://vir.example.si/",
            "ftp://vir.example.si/",
            "file:///etc/passwd",
            "gopher://vir.example.si/",
            "//vir.example.si/",
            "vir.example.si",
            "https:///pot",
            "https://user@vir.example.si/",
            "https://user:pass@vir.example.si/",
            "https://@vir.example.si/",
            "https://vir.example.si:8443/",
            "https://vir.example.si:22/",
            "https://vir.example.si:port/",
            "https://vir.example.si:99999/",
            "https://[::1/",
            "https://vir.example.si\\@127.0.0.1/",
            "https://vir example.si/",
            "https://vir.example.si/a\r\nHost: x",
            "https://vir.example.si/\x00",
            "https://" + "a" * 64 + ".si/",
            "https://vir.example.si/" + "a" * 2000,
            "https://",
            "",
        ],
    )
    def test_urls_that_are_not_asked(self, url, world):
        with pytest.raises(UnsafeAddressError):
            fetch(url, io.BytesIO(), network=world.network)
        assert not world.opened
        assert not world.looked_up

    def test_what_goes_over_the_wire(self):
        target = read_url("https://Občina.example.si/zapisnik%20šole.pdf?q=č&p=1#del")
        assert target.host == "xn--obina-iya.example.si"
        assert target.path == "/zapisnik%20%C5%A1ole.pdf?q=%C4%8D&p=1"

    @pytest.mark.parametrize(
        "url", ["https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest"]
    )
    def test_private_numbers_in_the_address(self, url, world):
        world.names = {url.split("/")[2].strip("[]"): [[url.split("/")[2].strip("[]")]]}
        world.names["::ffff:a00:1"] = [["::ffff:10.0.0.1"]]
        with pytest.raises(UnsafeAddressError):
            fetch(url, io.BytesIO(), network=world.network)
        assert not world.opened

    @pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "localhost."])
    def test_other_ways_to_write_this_computer(self, host):
        with pytest.raises((UnsafeAddressError, FetchFailedError)):
            fetch(f"https://{host}/", io.BytesIO(), Limits(seconds=5))


class TestFetch:
    def test_a_file(self, world):
        content, answer = get(world, "/file?a=1")
        assert content == PDF
        assert (answer.status, answer.content_type, answer.size) == (200, "application/pdf", len(PDF))
        [(method, path, headers)] = world.server.asked
        assert (method, path) == ("GET", "/file?a=1")
        assert headers["Host"] == HOST
        assert headers["User-Agent"].startswith("ZavezaBot/1.0 (+http")
        assert "Cookie" not in headers
        assert "Authorization" not in headers
        assert world.server.names_asked == [HOST]
        assert world.opened == [PUBLIC]

    def test_a_name_with_a_caret(self, world):
        world.names["xn--obina-iya.example.si"] = [[PUBLIC]]
        fetch("https://občina.example.si/file", io.BytesIO(), network=world.network)
        assert world.server.asked[0][2]["Host"] == "xn--obina-iya.example.si"

    @pytest.mark.parametrize("path", ["/packed", "/chunked", "/hop"])
    def test_packed_in_pieces_or_after_a_redirect(self, world, path):
        assert get(world, path)[0] == PDF

    def test_no_proxy_is_asked(self, world, monkeypatch):
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        assert get(world, "/file")[0] == PDF

    def test_the_next_address_of_a_host_that_is_down(self, world):
        world.names[HOST] = [["1.0.0.1", PUBLIC]]
        reach = world.connect

        def connect(address, port, timeout):
            if address == "1.0.0.1":
                world.opened.append(address)
                raise ConnectionRefusedError
            return reach(address, port, timeout)

        network = Network(world.resolve, connect, world.network.context)
        fetch(f"https://{HOST}/file", io.BytesIO(), network=network)
        assert world.opened == ["1.0.0.1", PUBLIC]


class TestForgery:
    """Ways to have this server ask what only it can reach."""

    @pytest.mark.parametrize(
        "leads_to",
        [
            "https://notranji.example.si/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "//notranji.example.si/skrivnost",
            "http://vir.example.si/file",
            "https://vir.example.si:8080/file",
            "https://x:y@vir.example.si/file",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ],
    )
    def test_a_redirect_to_what_is_not_public(self, world, leads_to):
        world.names |= {
            "notranji.example.si": [["10.0.0.5"]],
            "127.0.0.1": [["127.0.0.1"]],
            "::1": [["::1"]],
        }
        world.server.leads_to = leads_to
        with pytest.raises(UnsafeAddressError):
            get(world, "/to-other")
        assert world.opened == [PUBLIC]

    def test_a_redirect_to_another_public_host(self, world):
        world.server.leads_to = "https://drugi.example.si/file"
        assert get(world, "/to-other")[1].url == "https://drugi.example.si/file"
        assert world.opened == [PUBLIC, "1.1.1.1"]
        assert world.server.names_asked == [HOST, "drugi.example.si"]

    def test_too_many_redirects(self, world):
        with pytest.raises(FetchFailedError, match="prevečkrat|too many"):
            get(world, "/loop", redirects=3)
        assert len(world.server.asked) == 4

    def test_a_name_that_changes_between_check_and_connection(self, world):
        """DNS rebinding: the second answer would be this computer. There is no second look-up."""
        world.names[HOST] = [[PUBLIC], ["127.0.0.1"]]
        assert get(world, "/file")[0] == PDF
        assert world.opened == [PUBLIC]
        assert world.looked_up == [HOST]

    def test_a_name_that_changes_between_redirects(self, world):
        world.names[HOST] = [[PUBLIC], ["127.0.0.1"]]
        with pytest.raises(UnsafeAddressError):
            get(world, "/hop")
        assert world.opened == [PUBLIC]

    @pytest.mark.parametrize("answers", [[PUBLIC, "127.0.0.1"], ["::1", PUBLIC], ["64:ff9b::7f00:1"], []])
    def test_a_name_with_a_private_address_among_others(self, world, answers):
        world.names[HOST] = [answers] if answers else [[]]
        with pytest.raises((UnsafeAddressError, FetchFailedError)):
            get(world, "/file")
        assert not world.opened

    def test_a_server_with_the_certificate_of_another_name(self, world):
        world.names["tretji.example.si"] = [[PUBLIC]]
        with pytest.raises(FetchFailedError) as caught:
            fetch("https://tretji.example.si/file", io.BytesIO(), network=world.network)
        assert caught.value.status is None
        assert not world.server.asked

    def test_a_certificate_that_nobody_signed(self, world):
        network = Network(world.resolve, world.connect)
        with pytest.raises(FetchFailedError):
            fetch(f"https://{HOST}/file", io.BytesIO(), network=network)

    def test_a_host_that_nobody_knows(self, world):
        with pytest.raises(FetchFailedError):
            fetch("https://neznan.example.si/", io.BytesIO(), network=world.network)


class TestLimits:
    @pytest.mark.parametrize("path", ["/announced-huge", "/endless", "/bomb"])
    def test_a_huge_file(self, world, path):
        file = io.BytesIO()
        with pytest.raises(FetchFailedError):
            fetch(f"https://{HOST}{path}", file, Limits(size=1_000_000), world.network)
        assert len(file.getvalue()) <= 1_000_000

    def test_a_wrong_type(self, world):
        with pytest.raises(FetchFailedError, match="video/mp4"):
            get(world, "/video", types=frozenset({"application/pdf"}))
        assert get(world, "/file", types=frozenset({"application/pdf"}))[0] == PDF

    @pytest.mark.parametrize("path", ["/cut", "/cut-packed", "/other-packing"])
    def test_what_comes_incomplete_or_unreadable(self, world, path):
        with pytest.raises(FetchFailedError):
            get(world, path)

    def test_another_status(self, world):
        with pytest.raises(FetchFailedError) as caught:
            get(world, "/missing")
        assert caught.value.status == 404

    @pytest.mark.parametrize("path", ["/slow-body", "/slow-headers"])
    def test_a_slow_server(self, world, path):
        start = time.monotonic()
        with pytest.raises(FetchFailedError, match="predolgo|too long"):
            get(world, path, seconds=0.6)
        assert time.monotonic() - start < 3

    def test_a_server_that_never_shakes_hands(self, world):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            network = Network(world.resolve, lambda _a, _p, t: open_socket("127.0.0.1", port, t))
            start = time.monotonic()
            with pytest.raises(FetchFailedError, match="predolgo|too long"):
                fetch(f"https://{HOST}/", io.BytesIO(), Limits(seconds=0.5), network)
        assert time.monotonic() - start < 3

    def test_a_resolver_that_never_answers(self, world):
        def resolve(host, port):
            time.sleep(5)
            return [PUBLIC]

        start = time.monotonic()
        with pytest.raises(FetchFailedError, match="predolgo|too long"):
            fetch(f"https://{HOST}/", io.BytesIO(), Limits(seconds=0.3), Network(resolve, world.connect))
        assert time.monotonic() - start < 3


class TestProbe:
    def test_head(self, world):
        assert probe(f"https://{HOST}/file", network=world.network).status == 200
        assert [method for method, _path, _headers in world.server.asked] == ["HEAD"]

    def test_a_server_that_does_not_know_head(self, world):
        assert probe(f"https://{HOST}/no-head", network=world.network).status == 200
        assert [method for method, _path, _headers in world.server.asked] == ["HEAD", "GET"]

    def test_a_page_that_is_gone(self, world):
        assert probe(f"https://{HOST}/missing", network=world.network).status == 404
