"""JSON-like values in the form in which DynamoDB takes and gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Attribute = dict[str, Any]


def attribute(value: object) -> Attribute:
    """Floats are refused: they do not come back as they went."""
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, str):
        return {"S": str(value)}
    if isinstance(value, int):
        return {"N": str(value)}
    if isinstance(value, bytes):
        return {"B": value}
    if isinstance(value, Mapping):
        return {"M": attributes(value)}
    if isinstance(value, list | tuple):
        return {"L": [attribute(one) for one in value]}
    raise TypeError(f"the store keeps no {type(value).__name__}")


def attributes(value: Mapping[str, object]) -> dict[str, Attribute]:
    return {name: attribute(one) for name, one in value.items()}


def value(given: Mapping[str, Any]) -> Any:
    ((kind, content),) = given.items()
    match kind:
        case "NULL":
            return None
        case "N":
            return int(content)
        case "B":
            return bytes(content)
        case "M":
            return values(content)
        case "L":
            return [value(one) for one in content]
        case "S" | "BOOL":
            return content
    raise TypeError(f"the store holds a {kind}")


def values(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value(one) for name, one in given.items()}
