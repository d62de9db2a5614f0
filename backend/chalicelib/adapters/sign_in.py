"""Trades an authorization code for a token at the provider's token endpoint: one bounded call, as a public client.

https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from ..services.sign_in import Token
from ..services.store import UnavailableError
from .http import HttpError, call
from .tokens import LONGEST

HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
REFUSED = frozenset({400, 401, 403})


class CodeExchange:
    """`url` is the provider's token endpoint."""

    def __init__(self, url: Callable[[], str], client_id: Callable[[], str]) -> None:
        self._url, self._client_id = url, client_id

    def __call__(self, code: str, verifier: str, redirect_uri: str) -> Token | None:
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": self._client_id(),
            "code_verifier": verifier,
        }
        try:
            status, content = call("POST", self._url(), urlencode(asked).encode(), HEADERS)
        except HttpError as error:
            raise UnavailableError(f"sign-in provider: {error}") from error
        if status in REFUSED:
            return None
        if status != 200:
            raise UnavailableError(f"sign-in provider: {status}")
        return _token(_parsed(content))


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else {}


def _token(answer: Mapping[str, Any]) -> Token:
    """Only what is a bearer token that this service would take back."""
    text, kind, seconds = (answer.get(name) for name in ("access_token", "token_type", "expires_in"))
    sound = isinstance(text, str) and 0 < len(text) <= LONGEST and text.isascii() and text.isprintable()
    if not sound or not isinstance(kind, str) or kind.lower() != "bearer":
        raise UnavailableError("sign-in provider: no bearer token")
    lasts = isinstance(seconds, int) and not isinstance(seconds, bool) and seconds > 0
    return Token(str(text), seconds if lasts else None)
