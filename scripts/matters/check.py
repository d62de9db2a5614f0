"""Check a catalogue: every problem at once, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import compile as compiler
from . import scenarios
from .place import Place, Report
from .problem import WHOLE, Problem, can_be, nearest, quote
from .read import Document, read, read_path
from .rules import RULES
from .schema import described
from .shape import DOCUMENT, LOCALITY

PARTS = tuple(DOCUMENT.keys)


@dataclass(frozen=True, slots=True)
class Checked:
    """`document` as read, `places` as far as they are sound, and all that is wrong."""

    document: Document
    places: tuple[Place, ...]
    problems: tuple[Problem, ...]

    def counts(self) -> dict[str, int]:
        groups = {
            "部门": "agencies",
            "事项": "matters",
            "业务办理项": "items",
            "材料": "materials",
            "情形": "questions",
        }
        counted = {called: sum(len(place[group]) for place in self.places) for called, group in groups.items()}
        combinations = sum(1 for place in self.places for _ in scenarios.iterate(place))
        return {"地区": len(self.places), **counted, "情形组合": combinations}


def check_path(path: Path, name: str = "") -> list[Problem]:
    """`name` is how problems call the file; without it, its path."""
    return list(examine(read_path(path, name)).problems)


def check_text(content: str | bytes, name: str = "matters.yaml") -> list[Problem]:
    return list(examine(read(content, name)).problems)


def examine(document: Document) -> Checked:
    """Never raises, whatever the document holds."""
    problems = list(document.problems)
    if not isinstance(document.data, dict):
        if not problems:
            what = f"文件里要写几项“名: 值”，写的是{described(document.data)}"
            problems.append(Problem(document.name, *document.where(()), WHOLE, what, can_be(PARTS)))
        return Checked(document, (), tuple(problems))
    problems += _unknown_parts(document)
    shared, localities = document.data.get("shared", {}), document.data.get("localities", {})
    whole = Report(document, roots=((),), partial=True)
    problems += _check_frame(document, whole, shared, localities)
    places: list[Place] = []
    for slug in localities if isinstance(localities, dict) else ():
        report = Report(document, roots=(("localities", slug), ("shared",)))
        places.append(_check_locality(slug, shared, localities[slug], report))
        problems += report.problems
    return Checked(document, tuple(places), tuple(sorted(set(problems))))


def _check_frame(document: Document, whole: Report, shared: Any, localities: Any) -> list[Problem]:
    """What stands outside the localities: `shared` by itself, and that there are localities at all."""
    LOCALITY.fit(shared, ("shared",), whole)
    frame = DOCUMENT.keys["localities"].shape
    names = {slug: {} for slug in localities} if isinstance(localities, dict) else localities
    if "localities" not in document.data:
        whole.say((), "缺少 localities", "至少要有一个地区")
    elif not names:
        whole.say(("localities",), "一个地区也没有", "至少要有一个地区")
    else:
        frame.fit(names, ("localities",), whole)
    return whole.problems


def _check_locality(slug: str, shared: Any, own: Any, report: Report) -> Place:
    merged = compiler.merge(shared if isinstance(shared, dict) else {}, own)
    data = LOCALITY.fit(merged, (), report)
    place = Place(slug, data, _mapping(shared), _mapping(own))
    for rule in RULES:
        rule(place, report)
    return place


def _unknown_parts(document: Document) -> Iterator[Problem]:
    for name in document.data:
        if name not in PARTS and (name,) not in document.troubled:
            position = document.where_key((name,))
            what = f"这里没有叫{quote(name)}的内容"
            yield Problem(document.name, *position, name, what, can_be(PARTS), nearest(name, PARTS))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
