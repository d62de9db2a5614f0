"""A write of the store as one action of a DynamoDB transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..services.store import VERSION, Delete, Key, Patch, Put, Table, Write
from .items import Attribute, attribute, attributes

TableName = Callable[[Table], str]


def action(write: Write, table: TableName) -> dict[str, Any]:
    match write:
        case Put():
            return {"Put": {"TableName": table(write.key.table), **_put(write)}}
        case Patch():
            return {"Update": {"TableName": table(write.key.table), **_patch(write)}}
        case Delete():
            return {"Delete": {"TableName": table(write.key.table), "Key": key(write.key)}}


def key(at: Key) -> dict[str, Attribute]:
    return {"pk": {"S": at.pk}, "sk": {"S": at.sk}}


def _put(write: Put) -> dict[str, Any]:
    item = attributes({**write.value, VERSION: write.expect + 1}) | key(write.key)
    if not write.expect:
        return {"Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "Item": item,
        "ConditionExpression": "#version = :expect",
        "ExpressionAttributeNames": {"#version": VERSION},
        "ExpressionAttributeValues": {":expect": attribute(write.expect)},
    }


def _patch(write: Patch) -> dict[str, Any]:
    names, values = _Names(), _Values()
    conditions = [f"attribute_not_exists({names(name)})" for name in write.absent]
    conditions += [f"{names(name)} = {values(one)}" for name, one in write.equal.items()]
    conditions += ["attribute_exists(pk)"] if write.must_exist else []
    added = ", ".join(f"{names(name)} {values(one)}" for name, one in _counters(write).items())
    clauses = [f"ADD {added}"]
    if write.set:
        clauses.append("SET " + ", ".join(f"{names(name)} = {values(one)}" for name, one in write.set.items()))
    if write.remove:
        clauses.append("REMOVE " + ", ".join(map(names, write.remove)))
    update = {
        "Key": key(write.key),
        "UpdateExpression": " ".join(clauses),
        "ExpressionAttributeNames": names.known,
        "ExpressionAttributeValues": values.known,
    }
    return update | ({"ConditionExpression": " AND ".join(conditions)} if conditions else {})


def _counters(write: Patch) -> Mapping[str, int]:
    return {**write.add, VERSION: 1}


class _Names:
    """Placeholders for attribute names, so that any name will do: a reserved word, one with a dot."""

    def __init__(self) -> None:
        self._placeholders: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        return self._placeholders.setdefault(name, f"#n{len(self._placeholders)}")

    @property
    def known(self) -> dict[str, str]:
        return {placeholder: name for name, placeholder in self._placeholders.items()}


class _Values:
    def __init__(self) -> None:
        self.known: dict[str, Attribute] = {}

    def __call__(self, value: object) -> str:
        placeholder = f":v{len(self.known)}"
        self.known[placeholder] = attribute(value)
        return placeholder
