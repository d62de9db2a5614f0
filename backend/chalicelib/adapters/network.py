"""Where the addresses of channels may lead: to the public network, and to what the deployment allows besides.

Whoever writes an address into the catalogue must not reach the inside of our own network with it. What is checked
is the address that is then connected to, so that a name cannot mean something else a moment later.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from .http import HttpError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Translated to version 4 on the way (RFC 6052).
TRANSLATED = IPv6Network("64:ff9b::/96")


class PlaceRefusedError(HttpError):
    """No connection was made: the address may not be reached, or not in this way."""


class Reach:
    """`allowed`: networks that may be reached though they are not public. Only this machine without encryption."""

    def __init__(
        self,
        allowed: Callable[[], Sequence[Network]],
        resolve: Callable[[str, int], Sequence[Address]] | None = None,
    ) -> None:
        self._allowed, self._resolve = allowed, resolve or resolved

    def __call__(self, scheme: str, host: str, port: int, seconds: float) -> socket.socket:
        """A connection to the first of the host's addresses. Raises PlaceRefusedError, OSError."""
        found = self._resolve(host, port)
        if not found or not all(self._may(scheme, one) for one in found):
            raise PlaceRefusedError("address refused")
        return socket.create_connection((str(found[0]), port), seconds)

    def _may(self, scheme: str, address: Address) -> bool:
        real = embedded(address)
        if scheme != "https" and not real.is_loopback:
            return False
        if any(real.version == network.version and real in network for network in self._allowed()):
            return True
        return real.is_global and not real.is_multicast


def resolved(host: str, port: int) -> Sequence[Address]:
    try:
        return [ip_address(host)]
    except ValueError:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [ip_address(str(place[0]).partition("%")[0]) for *_, place in found]


def embedded(address: Address) -> Address:
    """The version 4 address that a version 6 one stands for."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
