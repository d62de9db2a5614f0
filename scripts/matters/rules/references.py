"""Whatever names another thing of the locality names one that exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..place import Place, Report
from ..problem import can_be, nearest, quote

Known = Callable[[Place], Mapping[str, str]]


def check(place: Place, report: Report) -> None:
    for pattern, called, known in REFERENCES:
        words = known(place)
        for path, word in place.each(*pattern):
            if isinstance(word, str) and word not in words:
                report.say(path, f"没有叫{quote(word)}的{called}", _allowed(word, words), nearest(word, words))


def _allowed(word: str, words: Iterable[str]) -> str:
    commas = "用英文逗号分开；" if any(comma in word for comma in "，、；") else ""
    return commas + (can_be(words) or "这里还一个都没有")


def _group(name: str) -> Known:
    return lambda place: place.names(name)


def _questions(place: Place) -> Mapping[str, str]:
    return {slug: question["label"] or "" for slug, question in place["questions"].items()}


def _certificates(place: Place) -> Mapping[str, str]:
    return place.certificates


def _nodes(place: Place) -> Mapping[str, str]:
    return {node["id"]: "" for _, node in place.each("guide", "flowchart", "nodes", "*") if node["id"]}


def _fields(place: Place) -> Mapping[str, str]:
    return place.askable


def _cells(place: Place) -> Mapping[str, str]:
    """What a cell of the paper form may hold."""
    accounts = {f"accounts.{slug}": name for slug, name in place.names("accounts").items()}
    others = {key: label for key, label in place.askable.items() if key not in ("payee", "eligibility")}
    return {**others, **accounts, "declaration": "个人承诺"}


def _disclosable(place: Place) -> Mapping[str, str]:
    """What the online form asks for; an account as a whole."""
    labels = place.askable
    asked = {key: labels.get(key, "") for key in place.asked_fields if "." in key}
    single = {key: label for key, label in asked.items() if not key.startswith(("accounts.", "declaration."))}
    accounts = place.names("accounts")
    return {**single, **{f"accounts.{slug}": accounts.get(slug, "") for slug in place.asked_accounts}}


_AGENCIES, _MATTERS, _ITEMS = _group("agencies"), _group("matters"), _group("items")
_MATERIALS, _ACCOUNTS = _group("materials"), _group("accounts")

REFERENCES: tuple[tuple[tuple[str | int, ...], str, Known], ...] = (
    (("lead",), "部门", _AGENCIES),
    (("agencies", "*", "certifies", "*"), "电子证照（写了 certificate: true 的材料）", _certificates),
    (("questions", "*", "asked_for", "*"), "事项", _MATTERS),
    (("materials", "*", "part_of"), "材料", _MATERIALS),
    (("case_materials", "*"), "材料", _MATERIALS),
    (("matters", "*", "items", "*"), "业务办理项", _ITEMS),
    (("items", "*", "agency"), "部门", _AGENCIES),
    (("items", "*", "opens_on", "*"), "电子证照（写了 certificate: true 的材料）", _certificates),
    (("items", "*", "issues"), "电子证照（写了 certificate: true 的材料）", _certificates),
    (("items", "*", "materials", "*"), "材料", _MATERIALS),
    (("items", "*", "materials", "*", "any_of", "*"), "材料", _MATERIALS),
    (("items", "*", "materials", "*", "payee"), "账户", _ACCOUNTS),
    (("items", "*", "payees", "*"), "账户", _ACCOUNTS),
    (("items", "*", "discloses", "*"), "表单内容（网上表单问到的）", _disclosable),
    (("form", "steps", "*", "fields", "*"), "表单内容", _fields),
    (("form", "sections", "*", "rows", "*", "*"), "表单内容", _cells),
    (("guide", "flowchart", "edges", "*", 0), "流程图格子", _nodes),
    (("guide", "flowchart", "edges", "*", 1), "流程图格子", _nodes),
)
