"""Verifies OIDC bearer tokens in this process and reads our claims from them.

https://www.rfc-editor.org/rfc/rfc8725 (best practices): the algorithms are ours to choose, the key is looked
up in the configured provider's set only, and whatever else a header names is not followed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..catalogue import Problem
from ..services.claims import Claims, Role
from ..services.refused import Refused
from .jwks import ALGORITHMS, KeySet

if TYPE_CHECKING:
    from jwt import PyJWK

LONGEST = 8192
LONGEST_CLAIM = 200
LEEWAY_SECONDS = 30
# `nbf` counts where it is there: access tokens after RFC 9068 have none.
REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


@dataclass(frozen=True, slots=True)
class Provider:
    issuer: str
    audience: str
    claim_prefix: str


class TokenVerifier:
    def __init__(self, provider: Callable[[], Provider], keys: KeySet) -> None:
        self._provider, self._keys = provider, keys

    def __call__(self, token: str) -> Claims:
        """Raises Refused (401), and UnavailableError while no keys of the provider are known."""
        provider = self._provider()
        return _claims(self._payload(token, provider), provider.claim_prefix)

    def _payload(self, token: str, provider: Provider) -> Mapping[str, Any]:
        # Imported here: families' requests never need it.
        import jwt

        try:
            key = self._key(token)
            return jwt.decode(
                token,
                key,
                algorithms=[key.algorithm_name],
                issuer=provider.issuer,
                audience=provider.audience,
                leeway=LEEWAY_SECONDS,
                options={"require": REQUIRED},
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
            raise bad_token() from None

    def _key(self, token: str) -> PyJWK:
        import jwt

        if len(token) > LONGEST or not token.isascii():
            raise bad_token()
        header = jwt.get_unverified_header(token)
        kid = header.get("kid")
        if header.get("alg") not in ALGORITHMS or not isinstance(kid, str):
            raise bad_token()
        key = self._keys.find(kid)
        if key is None or key.algorithm_name != header["alg"]:
            raise bad_token()
        return key


def bad_token() -> Refused:
    return Refused(401, [Problem("bad_token")])


def _claims(payload: Mapping[str, Any], prefix: str) -> Claims:
    role = _text(payload, f"{prefix}role")
    if role not in list(Role):
        raise bad_token()
    return Claims(
        subject=_text(payload, "sub"),
        role=Role(role),
        locality=_text(payload, f"{prefix}locality"),
        agency=_text(payload, f"{prefix}agency"),
        unit=_text(payload, f"{prefix}unit") if f"{prefix}unit" in payload else "",
    )


def _text(payload: Mapping[str, Any], name: str) -> str:
    """One text: a list of roles or a number is nobody's role."""
    value = payload.get(name)
    if not isinstance(value, str) or not value or len(value) > LONGEST_CLAIM:
        raise bad_token()
    return value
