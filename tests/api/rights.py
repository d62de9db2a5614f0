"""Which rights a function's calls need, and which its policy grants."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase as fnmatch
from typing import Any
from urllib.parse import urlsplit

from chalicelib.adapters import aws as clients
from tests.emulator import RESOURCES

CHALICE = RESOURCES.parent / ".chalice"


@contextmanager
def used() -> Iterator[set[tuple[str, str]]]:
    """The rights, (action, resource), that calls need meanwhile."""
    rights: set[tuple[str, str]] = set()

    def note(model: Any, context: Any, params: Any, **_: Any) -> None:
        if model.service_model.service_name == "s3":
            rights.add((f"s3:{model.name}", urlsplit(params["url"]).path.strip("/")))
            return
        body = json.loads(params["body"] or b"{}")
        rights.update(needed(model.service_model.service_name, model.name, body))

    made = [clients.client(service) for service in ("dynamodb", "kms", "sqs", "s3")]
    for client in made:
        client.meta.events.register("before-call", note)
    yield rights
    for client in made:
        client.meta.events.unregister("before-call", note)


def needed(service: str, call: str, body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if call == "TransactWriteItems":
        for ((action, write),) in (one.items() for one in body["TransactItems"]):
            yield f"dynamodb:{action}Item", f"table/{write['TableName']}"
    elif call == "BatchGetItem":
        yield from (("dynamodb:BatchGetItem", f"table/{table}") for table in body["RequestItems"])
    elif service == "dynamodb":
        index = f"/index/{body['IndexName']}" if "IndexName" in body else ""
        yield f"dynamodb:{call}", f"table/{body['TableName']}{index}"
    elif service == "sqs":
        yield f"sqs:{call.removesuffix('Batch')}", body["QueueUrl"].rpartition("/")[2]
    else:
        yield f"{service}:{call}", f"key/{body['KeyId']}"


def policy(function: str) -> list[dict[str, Any]]:
    snake = {"APIHandler": "api", "OpenEnvelope": "open_envelope"}.get(function, function.lower())
    statements: list[dict[str, Any]] = json.loads((CHALICE / f"{snake}.json").read_text())["Statement"]
    return statements


def granted(statements: list[dict[str, Any]], action: str, resource: str) -> bool:
    return any(
        action in one["Action"] and any(fnmatch(resource, _named(arn)) for arn in _list(one["Resource"]))
        for one in statements
    )


def _named(arn: str) -> str:
    """Service, region and account are not what is asked here."""
    return arn.split(":", 5)[5]


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
