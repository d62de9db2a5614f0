"""Compile the document into one plain JSON value per locality: shared content below, the locality's own above."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

Value = dict[str, Any]


def compile_all(document: Mapping[str, Any]) -> dict[str, Value]:
    """`{slug: everything the site and the backend know of that locality}`, `guide` included."""
    return {slug: compile_one(document, slug) for slug in document["localities"]}


def compile_one(document: Mapping[str, Any], slug: str) -> Value:
    value: Value = _plain(merge(document.get("shared", {}), document["localities"][slug]))
    value["slug"] = slug
    value.setdefault("payee_help", "")
    value["fields"] = {path: value["fields"][path] for path in _form_fields(value)}
    value["version"] = hashlib.sha256(to_json(for_backend(value)).encode()).hexdigest()[:12]
    return value


def for_backend(value: Mapping[str, Any]) -> Value:
    """What the backend needs: without the texts that only pages show."""
    return {key: one for key, one in value.items() if key != "guide"}


def to_json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _form_fields(value: Value) -> list[str]:
    """The fields this locality's form asks for, in the order of its steps."""
    return [path for step in value["form"]["steps"] for path in step["fields"] if path in value["fields"]]


def merge(below: Any, above: Any) -> Any:
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return above
    merged = dict(below)
    for key, value in above.items():
        merged[key] = merge(below[key], value) if key in below else value
    return merged


def _plain(value: Any) -> Any:
    """JSON's types only: YAML reads an unquoted day as a date."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
