"""Secrets of one local stack: made once, kept in its state folder, readable by their owner only."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], str]) -> str:
    """What the file holds, or what `make` gives, written first."""
    if not path.exists():
        write(path, make())
    return path.read_text("utf-8")


def write(path: Path, text: str) -> None:
    """All of it or nothing, and never readable by others, not even for a moment."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def application_secrets(state: Path) -> str:
    """The keys of the application's keyed hashes, as its SECRETS setting wants them."""
    return kept(state / "secrets.json", _application_secrets)


def channel_secrets(state: Path) -> str:
    """What the agencies' channels can be tried with: `secret_name: local-webhook` and `local-robot`."""
    key = base64.b64encode(bytes.fromhex(_derived(state, "webhook"))).decode()
    robot = dict.fromkeys(("key", "access_token", "sign"), _derived(state, "robot"))
    return json.dumps({"local-webhook": f"whsec_{key}", "local-robot": robot})


def password(state: Path) -> str:
    """One password for all sign-ins of this stack, short enough to type."""
    return _derived(state, "password")[:8]


def client_secret(state: Path, client: str) -> str:
    return _derived(state, f"client {client}")


def _application_secrets() -> str:
    key = secrets.token_hex
    return json.dumps({"identity": {"v1": key(32)}, "lookup": key(32), "fingerprint": key(32)})


def _derived(state: Path, purpose: str) -> str:
    """Derived, so that a new agency in the catalogue has its secret without anything being written."""
    seed = kept(state / "sign-in.seed", lambda: secrets.token_hex(32))
    return hmac.digest(bytes.fromhex(seed), purpose.encode(), hashlib.sha256).hex()


def same(said: str, known: str) -> bool:
    return hmac.compare_digest(said.encode(), known.encode())
