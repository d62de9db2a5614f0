"""A sound application to any place, with everything it offers; nobody is meant."""

from __future__ import annotations

import itertools
from typing import Any

from chalicelib.catalogue import Catalogue
from chalicelib.catalogue.kinds.id_number import check_character

DIED_ON, AGE, REGION = "2020-01-02", 74, "370800"
VALUES: dict[str, Any] = {
    "name": "王秀英",
    "sex": "female",
    "age": AGE,
    "date": DIED_ON,
    "phone": "13900000001",
    "text": "示例",
    "social-security-card": "A12345678",
    "bank-account": "6217000000000000015",
    "agreement": True,
}
_people = itertools.count()


def application(catalogue: Catalogue) -> dict[str, Any]:
    """Another person each time."""
    values = {**VALUES, "id-number": _id_number(number := next(_people))}
    body: dict[str, Any] = {
        "submission_key": f"measure-{number}",
        "eligibility": {one.slug: one.must_be for one in catalogue.conditions.values()},
        "answers": {slug: options[0] for slug, options in catalogue.options.items()},
        "matters": [slug for slug, matter in catalogue.matters.items() if not matter.not_offered],
    }
    if catalogue.payee_choices:
        body["payee"] = next(iter(catalogue.payee_choices))
    for path, field in catalogue.fields.items():
        _put(body, path.split("."), values[field.kind])
    return body


def _id_number(number: int) -> str:
    """A woman born in March 1945: two digits of the day, and an even sequence number."""
    day, sequence = number // 500 % 28 + 1, number % 500 * 2
    digits = f"{REGION}194503{day:02}{sequence:03}"
    return digits + check_character(digits)


def _put(body: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        body = body.setdefault(part, {})
    body[path[-1]] = value
