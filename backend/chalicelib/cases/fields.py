"""Read the personal fields of an untrusted body: tidied, checked one by one and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..catalogue import Catalogue, Problem
from ..catalogue.kinds import Code, KindError, id_number, kind
from ..catalogue.model import Field
from .choices import MOST_UNKNOWN, unknown_field

Values = dict[str, Any]
"""Path -> tidied value: text, or an int for an age."""

GROUPS = ("applicant", "deceased", "accounts", "declaration")
AGREEMENT = "agreement"
CODES = {Code.EMPTY: "required"}
LONGEST = {"name": "50"}


def read_fields(
    catalogue: Catalogue, body: Mapping[str, Any], accounts: tuple[str, ...], today: date
) -> tuple[Values, list[Problem], list[Problem]]:
    """The values, the problems, and notices that do not stop anything.

    `accounts`: those in use; the others are neither asked nor kept. `today` is Beijing's date.
    """
    problems = list(_strange(catalogue, body))
    values: Values = {}
    for field in catalogue.fields.values():
        if _in_use(field.path, accounts):
            try:
                values[field.path] = _read(field, _dig(body, field.path))
            except KindError as error:
                problems.append(Problem(_code(field, error), field.path, {"limit": LONGEST.get(field.kind, "200")}))
    values = {path: value for path, value in values.items() if value != ""}
    problems += _contradictions(values, today)
    return values, problems, list(_notices(values))


def read_changes(catalogue: Catalogue, body: Mapping[str, Any], today: date) -> tuple[Values, list[Problem]]:
    """Only the fields that are given, for a correction: nothing is required, everything given is checked."""
    problems = list(_strange(catalogue, body))
    values: Values = {}
    for field in catalogue.fields.values():
        given = _dig(body, field.path)
        if given is None or given == "" or field.kind == AGREEMENT:
            continue
        try:
            values[field.path] = _read(field, given)
        except KindError as error:
            problems.append(Problem(_code(field, error), field.path, {"limit": LONGEST.get(field.kind, "200")}))
    return values, problems + list(_contradictions(values, today))


def _read(field: Field, given: Any) -> Any:
    if field.kind == AGREEMENT:
        if given is True or given == "true":
            return True
        raise KindError(Code.EMPTY)
    if field.kind == "age" and isinstance(given, int) and not isinstance(given, bool):
        given = str(given) if abs(given) < 10**6 else "999999"
    if given is None:
        given = ""
    if not isinstance(given, str):
        raise KindError(Code.CHOICE)
    if not given.strip():
        if field.required:
            raise KindError(Code.EMPTY)
        return ""
    value = kind(field.kind).validate(given)
    return int(value) if field.kind == "age" else value


def _code(field: Field, error: KindError) -> str:
    if field.kind == AGREEMENT:
        return "not_agreed"
    if error.code is Code.EMPTY and field.kind == "sex":
        return "choose"
    if error.code is Code.DATE and field.kind == "id-number":
        return "birth_date"
    if error.code is Code.CHOICE and field.kind != "sex":
        return "wrong_type"
    return CODES.get(error.code, error.code.value)


def _contradictions(values: Values, today: date) -> Iterator[Problem]:
    died = _date(values.get("deceased.died_on"))
    for who in ("deceased", "applicant"):
        number = values.get(f"{who}.id_number")
        if number and id_number.birth_date(number) > today:
            yield Problem("birth_date", f"{who}.id_number")
    if died and died > today:
        yield Problem("future", "deceased.died_on")
        return
    number = values.get("deceased.id_number")
    born = id_number.birth_date(number) if number else None
    if not (died and born):
        return
    if died < born:
        yield Problem("before_birth", "deceased.died_on")
        return
    years = died.year - born.year - ((died.month, died.day) < (born.month, born.day))
    if "deceased.age" in values and values["deceased.age"] not in (years, years + 1):
        # 虚岁 counts one more than full years.
        expected = {"expected": str(years), "expected_nominal": str(years + 1)}
        yield Problem("age", "deceased.age", expected)


def _notices(values: Values) -> Iterator[Problem]:
    """Sex may contradict the ID number: records err, and people change."""
    for who in ("deceased", "applicant"):
        number, sex = values.get(f"{who}.id_number"), values.get(f"{who}.sex")
        if number and sex and id_number.sex(number) != sex:
            yield Problem("sex_differs", f"{who}.sex")


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _in_use(path: str, accounts: tuple[str, ...]) -> bool:
    group, _, rest = path.partition(".")
    return group != "accounts" or rest.partition(".")[0] in accounts


def _dig(body: Mapping[str, Any], path: str) -> Any:
    value: Any = body
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _strange(catalogue: Catalogue, body: Mapping[str, Any]) -> Iterator[Problem]:
    """Names no field of this form has, and groups that are no groups."""
    found = 0
    known = {prefix for path in catalogue.fields for prefix in _prefixes(path)}
    stack = [(group, body[group]) for group in GROUPS if body.get(group) is not None]
    while stack and found < MOST_UNKNOWN:
        path, value = stack.pop(0)
        if not isinstance(value, Mapping):
            if path not in catalogue.fields:
                found += 1
                yield Problem("wrong_type", path)
            continue
        for key, one in list(value.items())[:100]:
            inner = f"{path}.{key}"
            if inner not in known:
                found += 1
                yield unknown_field(inner)
            elif inner not in catalogue.fields:
                stack.append((inner, one))


def _prefixes(path: str) -> Iterator[str]:
    parts = path.split(".")
    yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))
