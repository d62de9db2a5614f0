"""A sign-in provider for tests: real keys, real signatures, and any header or claim that a test wants."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

ISSUER, AUDIENCE = "https://sign-in.example", "staff-api"
RSA = rsa.generate_private_key(65537, 2048)
OTHER_RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()


def public(key: Any) -> dict[str, Any]:
    maker = {rsa.RSAPrivateKey: RSAAlgorithm, ec.EllipticCurvePrivateKey: ECAlgorithm}
    algorithm: Any = next((one for kind, one in maker.items() if isinstance(key, kind)), OKPAlgorithm)
    return dict(json.loads(algorithm.to_jwk(key.public_key())))


@dataclass(slots=True)
class Issuer:
    """`keys` is what it publishes, by key id."""

    keys: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            "rsa": {**public(RSA), "alg": "RS256", "use": "sig"},
            "ec": public(EC),
            "ed": public(ED),
        }
    )

    def document(self) -> bytes:
        return json.dumps({"keys": [{**key, "kid": kid} for kid, key in self.keys.items()]}).encode()


def claims(**changes: Any) -> dict[str, Any]:
    """A clerk of Jining's police; a claim of None is left out."""
    now = int(time.time())
    sound = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "clerk",
        "iat": now,
        "nbf": now,
        "exp": now + 600,
        "role": "agency",
        "locality": "jining",
        "agency": "police",
    }
    return {name: value for name, value in {**sound, **changes}.items() if value is not None}


def token(key: Any = RSA, algorithm: str = "RS256", kid: str | None = "rsa", **changes: Any) -> str:
    headers = {"kid": kid} if kid is not None else {}
    return jwt.encode(claims(**changes), key, algorithm, headers=headers)


def with_header(header: dict[str, Any], **changes: Any) -> str:
    """A soundly signed token whose header says more."""
    return jwt.encode(claims(**changes), RSA, "RS256", headers={"kid": "rsa", **header})
