"""Makes what envelopes are sealed to: a key pair for every agency of every place, and one for the messenger.

`python -m scripts.keys`, after `make build`. Safe to repeat: it adds what is missing and never replaces a key,
since what was sealed to it must stay readable.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Protocol

from chalicelib import wiring
from chalicelib.cases.envelope import SUITE, KeyPair, generate_key
from chalicelib.catalogue import Catalogue, for_locality, localities
from chalicelib.services.records import directory_key, private_key
from chalicelib.services.sealing import MESSENGER
from chalicelib.services.store import ConflictError, Put, Store

TRIES = 3


class Wrapper(Protocol):
    def wrap(self, plain: bytes, context: Mapping[str, str]) -> bytes:
        """The key, readable only to whoever may unwrap it with the same context."""


def main() -> int:
    places = localities()
    if not places:
        print("没有可用的目录：请先运行 make build", file=sys.stderr)
        return 1
    for slug in places:
        made = add_keys(wiring.store(), wiring.sealing_key(), for_locality(slug))
        print(f"{slug}: {len(made)} 对新密钥{'（' + '、'.join(made) + '）' if made else ''}")
    return 0


def add_keys(store: Store, wrapper: Wrapper, catalogue: Catalogue) -> tuple[str, ...]:
    """The recipients that had no key yet."""
    for _ in range(TRIES):
        key = directory_key(catalogue.slug)
        record = store.read([key]).get(key, {})
        known: dict[str, Any] = record.get("keys", {})
        missing = tuple(one for one in (*catalogue.agencies, MESSENGER) if one not in known)
        if not missing:
            return ()
        pairs = {recipient: generate_key() for recipient in missing}
        # The private ones first: what is in the directory is sealed to.
        store.commit(_private(wrapper, catalogue.slug, recipient, pair) for recipient, pair in pairs.items())
        public = {recipient: _public(pair) for recipient, pair in pairs.items()}
        try:
            store.commit([Put(key, {"keys": {**known, **public}}, record.get("version", 0))])
        except ConflictError:
            continue  # Somebody else added keys at the same time: theirs stay, ours are never used.
        return missing
    raise ConflictError


def _private(wrapper: Wrapper, locality: str, recipient: str, pair: KeyPair) -> Put:
    context = {"locality": locality, "recipient": recipient, "key_id": pair.key_id}
    return Put(private_key(locality, recipient, pair.key_id), {"wrapped": wrapper.wrap(pair.private, context)})


def _public(pair: KeyPair) -> dict[str, Any]:
    return {"key_id": pair.key_id, "suite": SUITE, "public": pair.public}


if __name__ == "__main__":
    sys.exit(main())
