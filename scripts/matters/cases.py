"""Run routing cases: what a family with these answers gets, compared with what the planner says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.catalogue import UNKNOWN, Catalogue, Channel, OnFile, Plan, Request, load, plan

from .compile import compile_all
from .place import Report
from .problem import Problem, can_be, nearest, quote
from .read import Document, read_path
from .schema import Choice, Flag, Key, Listing, Map, OneOf, Record, Text, optional

WORD = Text()
WORDS = Listing(WORD)
ANSWERS = Map(OneOf(WORD, flag=Flag()))
SETS_BY_NAME = Map(WORDS)

CASE = Record(
    {
        "name": Key(WORD, "一句话说明这种情形"),
        "locality": Key(WORD, "地区"),
        "channel": Key(Choice({"online": "网上", "counter": "窗口"}), "渠道"),
        "answers": optional(ANSWERS, "回答"),
        "matters": optional(WORDS, "勾选的事项"),
        "payee": optional(OneOf(WORD, mapping=Map(WORD)), "收款方式"),
        "eligibility": optional(ANSWERS, "办理条件；不写就是都符合"),
        "on_file": optional(WORDS, "部门已经共享的证照"),
        "uploaded": optional(WORDS, "申请人上传的证照"),
        "seen": optional(WORDS, "窗口看过的证照"),
        "tasks": optional(SETS_BY_NAME, "要办的各项和它们等的证照，要写全"),
        "undetermined": optional(SETS_BY_NAME, "由部门核定的事项和可能的几项"),
        "left_out": optional(WORDS, "不办的事项"),
        "counter_only": optional(WORDS, "只能在窗口办的"),
        "done_already": optional(WORDS, "已经办好的"),
        "uploads": optional(WORDS, "要上传的材料"),
        "payees": optional(SETS_BY_NAME, "各项可以打到的账户"),
        "error": optional(WORD, "要有问题的那一处"),
    }
)
CASES = Listing(CASE, least=1)
EXPECTATIONS = ("tasks", "undetermined", "left_out", "counter_only", "done_already", "uploads", "payees", "error")


@dataclass(frozen=True, slots=True)
class Difference:
    """One key of one case that is not as expected."""

    case: str
    key: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.case}: {self.key}: 应为 {self.expected}，实为 {self.found}"


Case = Mapping[str, Any]


def read_cases(path: Path, catalogues: Mapping[str, Catalogue], name: str = "") -> tuple[list[Case], list[Problem]]:
    """The cases as written, and every problem of their writing. With problems there is nothing to run."""
    document = read_path(path, name)
    report = Report(document, roots=((),))
    report.problems += document.problems
    if document.data is not None:
        CASES.fit(document.data, (), report)
    cases: list[Case] = (
        [case for case in document.data if isinstance(case, dict)] if isinstance(document.data, list) else []
    )
    if not report.problems:
        _check_names(document, report, catalogues)
    return cases, sorted(report.problems)


def catalogues(document: Document) -> dict[str, Catalogue]:
    """Of a document that was checked."""
    return {slug: load(value) for slug, value in compile_all(document.data).items()}


def run(cases: Iterable[Case], catalogues: Mapping[str, Catalogue]) -> Iterator[Difference]:
    for case in cases:
        yield from differences(case, catalogues[case["locality"]])


def differences(case: Case, catalogue: Catalogue) -> Iterator[Difference]:
    found = plan(catalogue, request(case, catalogue))
    if "error" not in case and found.problems:
        yield Difference(case["name"], "error", "没有", _listed(problem.field for problem in found.problems))
    for key in EXPECTATIONS:
        if key in case:
            expected, actual = _compared(key, case[key], found)
            if expected != actual:
                yield Difference(case["name"], key, _shown(expected), _shown(actual))


def request(case: Case, catalogue: Catalogue) -> Request:
    met = {slug: condition.must_be for slug, condition in catalogue.conditions.items()}
    matters = case.get("matters")
    return Request(
        channel=Channel(case["channel"]),
        answers=case.get("answers", {}),
        matters=None if matters is None else tuple(matters),
        payee=case.get("payee"),
        eligibility=case.get("eligibility", met),
        on_file=OnFile(*(frozenset(case.get(kind, ())) for kind in ("on_file", "seen", "uploaded"))),
    )


def _compared(key: str, expected: Any, found: Plan) -> tuple[Any, Any]:
    """Expected and found in the same form: the order within a list says nothing."""
    match key:
        case "tasks":
            return _sets(expected), {task.item: set(task.waits_for) for task in found.tasks if task.item}
        case "undetermined":
            return _sets(expected), {task.matter: set(task.candidates) for task in found.tasks if not task.item}
        case "payees":
            allowed = {task.item: set(task.payees) for task in found.tasks if task.item in expected}
            return _sets(expected), allowed
        case "error":
            fields = {problem.field for problem in found.problems}
            return {expected}, {expected} if expected in fields else fields
    return set(expected), {one if isinstance(one, str) else one[0] for one in getattr(found, key)}


def _sets(value: Mapping[str, Any]) -> dict[str, set[str]]:
    return {name: set(words) for name, words in value.items()}


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: [{_listed(words)}]" for name, words in sorted(value.items())) + "}"
    return f"[{_listed(value)}]"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


def _check_names(document: Document, report: Report, catalogues: Mapping[str, Catalogue]) -> None:
    """A slip in a name that the planner would pass over in silence."""
    for number, case in enumerate(document.data):
        slug = case["locality"]
        if slug not in catalogues:
            report.say(
                (number, "locality"), f"没有叫{quote(slug)}的地区", can_be(catalogues), nearest(slug, catalogues)
            )
            continue
        known = {"answers": catalogues[slug].questions, "eligibility": catalogues[slug].conditions}
        for key, names in known.items():
            for name in case.get(key, {}):
                if name not in names:
                    guess = nearest(name, names)
                    report.say((number, key, name), f"没有叫{quote(name)}的情形", can_be(names), guess, at_key=True)
        for name, answer in case.get("answers", {}).items():
            options = catalogues[slug].options.get(name)
            if options and answer != UNKNOWN and answer not in options:
                words = [*(str(one).lower() if isinstance(one, bool) else one for one in options), UNKNOWN]
                report.say((number, "answers", name), f"情形 {name} 没有这个回答", can_be(words))
