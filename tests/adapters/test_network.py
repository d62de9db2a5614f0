"""Channels lead to the public network only, whatever the catalogue says."""

import socket
from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from chalicelib.adapters.network import PlaceRefusedError, Reach
from tests.adapters.servers import http_server

PUBLIC = "1.1.1.1"


class ReachedError(Exception):
    """A connection would have been made."""


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(place: Any, seconds: float) -> socket.socket:
        raise ReachedError(place)

    monkeypatch.setattr("chalicelib.adapters.network.socket.create_connection", connect)


def reach(scheme: str, *addresses: str, allowed: Sequence[str] = ()) -> None:
    found = [ip_address(one) for one in addresses]
    Reach(lambda: [ip_network(one) for one in allowed], lambda *_: found)(scheme, "name.example", 443, 1)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a00:1::",
    ],
)
@pytest.mark.usefixtures("connected")
def test_the_inside_of_a_network_is_not_reached(address: str) -> None:
    with pytest.raises(PlaceRefusedError):
        reach("https", address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700:4700::1111", "::ffff:101:101"])
@pytest.mark.usefixtures("connected")
def test_the_public_network_is_reached_at_the_very_address_that_was_checked(address: str) -> None:
    with pytest.raises(ReachedError) as caught:
        reach("https", address)
    assert caught.value.args == ((address, 443),)


@pytest.mark.usefixtures("connected")
def test_a_name_with_one_address_inside_is_not_reached_at_any() -> None:
    with pytest.raises(PlaceRefusedError):
        reach("https", PUBLIC, "10.0.0.1")
    with pytest.raises(PlaceRefusedError):
        reach("https")


@pytest.mark.usefixtures("connected")
def test_what_the_deployment_allows_is_reached_and_not_its_neighbours() -> None:
    with pytest.raises(ReachedError):
        reach("https", "10.1.2.3", allowed=["10.1.0.0/16", "fc00::/7"])
    with pytest.raises(PlaceRefusedError):
        reach("https", "10.2.2.3", allowed=["10.1.0.0/16", "fc00::/7"])


@pytest.mark.parametrize(
    ("address", "allowed"), [(PUBLIC, ()), ("10.1.2.3", ("10.0.0.0/8",)), ("127.0.0.1", ())], ids=str
)
@pytest.mark.usefixtures("connected")
def test_nothing_travels_without_encryption(address: str, allowed: Sequence[str]) -> None:
    with pytest.raises(PlaceRefusedError):
        reach("http", address, allowed=allowed)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached_where_the_deployment_says_so(host: str) -> None:
    with http_server(lambda _: (200, b"", {})) as server:
        port = int(server.address.rpartition(":")[2])
        with pytest.raises(PlaceRefusedError):
            Reach(tuple)("http", host, port, 1)
        both = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
        Reach(lambda: both, lambda *_: [ip_address("127.0.0.1")])("http", host, port, 1).close()
