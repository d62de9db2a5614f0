"""Sign-in for pages that can keep no secret: where it begins, and the exchange of its code for a token.

https://www.rfc-editor.org/rfc/rfc7636 (PKCE)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from ..catalogue import Problem
from .refused import Refused

VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Token:
    """`expires_in` is in seconds; None where the provider does not say."""

    access_token: str
    expires_in: int | None


class Exchange(Protocol):
    def __call__(self, code: str, verifier: str, redirect_uri: str) -> Token | None:
        """The token that the provider gives for a code; None where it refuses. Raises UnavailableError."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """`authorize` is the provider's page; it sends people back to pages of `origin` only."""

    authorize: str
    client_id: str
    scope: str
    origin: str
    exchange: Exchange


def beginning(sign_in: SignIn) -> dict[str, str]:
    """What a page needs to send somebody to the provider."""
    names = ("authorize", "client_id", "scope", "origin")
    return {name: getattr(sign_in, name) for name in names}


def token(sign_in: SignIn, body: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing of the provider's answer but the token. Raises Refused, UnavailableError."""
    wrong = [Problem("sign_in_failed", name) for name in _wrong(sign_in, body)]
    if wrong:
        raise Refused(422, wrong)
    given = sign_in.exchange(body["code"], body["code_verifier"], body["redirect_uri"])
    if given is None:
        raise Refused(422, [Problem("sign_in_failed", "code")])
    return {"access_token": given.access_token, "expires_in": given.expires_in, "token_type": "Bearer"}


def _wrong(sign_in: SignIn, body: Mapping[str, Any]) -> Iterator[str]:
    if not _text(body.get("code")):
        yield "code"
    verifier = body.get("code_verifier")
    if not isinstance(verifier, str) or not VERIFIER.fullmatch(verifier):
        yield "code_verifier"
    if not _ours(sign_in.origin, body.get("redirect_uri")):
        yield "redirect_uri"
    if body.get("client_id", sign_in.client_id) != sign_in.client_id:
        yield "client_id"


def _ours(origin: str, address: Any) -> bool:
    """A page of the origin: not one that only begins like it, and none with a name or password before it."""
    if not _text(address) or "\\" in address:
        return False
    try:
        found, own = urlsplit(address), urlsplit(origin)
    except ValueError:
        return False
    return (found.scheme, found.netloc) == (own.scheme, own.netloc) and address.startswith(f"{origin}/")


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST and value.isascii() and value.isprintable()
