"""Processor time of one submission, against the same requests to AWS and as many seals of the same size made bare."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
from botocore import xform_name
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from chalicelib import wiring
from chalicelib.catalogue import Channel
from chalicelib.services.submit import submit
from scripts.build import ROOT
from scripts.guide.place import read_places

from .emulator import emulator
from .pairs import Run
from .sample import application

BATCH = 25
"""Submissions in one run: a single one is too short to be measured."""

Request = tuple[str, dict[str, Any]]


@contextmanager
def runs(folder: Path) -> Iterator[tuple[Run, Run]]:
    """Seconds per submission. The bare run repeats the requests of the run before it."""
    catalogues = {place.slug: place.catalogue for place in read_places(ROOT / "matters.yaml")}
    slug, catalogue = next(iter(catalogues.items()))
    recorded: list[Request] = []
    boto3.setup_default_session()  # before the first client, which takes over what listens to its session
    _session().events.register("provide-client-params.dynamodb.*", _recorder(recorded))
    with emulator(folder, catalogues.values()):
        ports = replace(wiring.backend().ports, catalogue=catalogues.__getitem__)
        client = _bare_client()

        def ours() -> float:
            bodies = [application(catalogue) for _ in range(BATCH)]
            recorded.clear()
            start = time.process_time()
            for body in bodies:
                submit(ports, slug, body, Channel.COUNTER)
            return (time.process_time() - start) / BATCH

        def bare() -> float:
            _undo(client, recorded)
            seal = _Seal()
            sealed = [seal.plain(request) for request in recorded]
            start = time.process_time()
            for (name, values), plain in zip(recorded, sealed, strict=True):
                for text in plain:
                    seal(text)
                _call(client, name, values)
            return (time.process_time() - start) / BATCH

        yield ours, bare


def _session() -> Any:
    return boto3.DEFAULT_SESSION


def _recorder(recorded: list[Request]) -> Any:
    def record(params: dict[str, Any], model: Any, **_: Any) -> None:
        recorded.append((model.name, params))

    return record


def _bare_client() -> Any:
    """Of a session of its own, which records nothing."""
    return boto3.Session().client("dynamodb")


def _call(client: Any, name: str, values: dict[str, Any]) -> None:
    token = {"ClientRequestToken": str(uuid.uuid4())} if "ClientRequestToken" in values else {}
    getattr(client, xform_name(name))(**{**values, **token})


def _undo(client: Any, recorded: list[Request]) -> None:
    """Deletes what was new, so that writing it again meets the same conditions."""
    for _, values in recorded:
        keys = [{"TableName": put["TableName"], "Key": _key(put["Item"])} for put in _puts(values)]
        if keys:
            client.transact_write_items(TransactItems=[{"Delete": key} for key in keys])


def _puts(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [action["Put"] for action in values.get("TransactItems", ()) if "Put" in action]


def _key(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("pk", "sk")}


class _Seal:
    """HPKE with one public key, and nothing around it."""

    def __init__(self) -> None:
        self._suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
        self._key = X25519PrivateKey.generate().public_key()
        self._overhead = len(self(b""))

    def __call__(self, plain: bytes) -> bytes:
        return self._suite.encrypt(plain, self._key, info=b"measure")

    def plain(self, request: Request) -> list[bytes]:
        """As many texts of the same size as this request has envelopes."""
        items = [put["Item"] for put in _puts(request[1])]
        return [bytes(len(item["ciphertext"]["B"]) - self._overhead) for item in items if "ciphertext" in item]
