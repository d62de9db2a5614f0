"""The application form on paper as rows of cells, in the order and with the words of the official sample."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Data = Mapping[str, Any]
"""Everything matters.yaml says of one place."""
ACROSS = 4
"""Columns beside the section's name: label, field, label, field."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`kind`: blank, boxes, accounts or declaration. `accounts`: per account its lines of names to fill in."""

    kind: str
    span: int
    label: str = ""
    choices: tuple[str, ...] = ()
    accounts: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]

    @property
    def label_beside(self) -> bool:
        return bool(self.cells[0].label)


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    hint: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    title_lines: tuple[str, ...]
    author: str
    based_on: str
    sections: tuple[Section, ...]
    declaration: tuple[str, ...]
    signature_label: str
    note: str


def paper(data: Data) -> Paper:
    form, source = data["form"], data["source"]
    return Paper(
        title=form["title"],
        title_lines=tuple(form["title_lines"]),
        author=source["issuer"],
        based_on=f"依据：{source['number'] or source['title']} {form['source']}",
        sections=tuple(_section(data, section) for section in form["sections"]),
        declaration=tuple(form["declaration"]),
        signature_label=_label(data, "declaration.signed_name"),
        note=form.get("note", ""),
    )


def _section(data: Data, section: Mapping[str, Any]) -> Section:
    rows = [Row(tuple(_cells(data, paths))) for paths in _gathered(section["rows"])]
    return Section(section["label"], section.get("hint", ""), tuple(rows))


def _gathered(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """All accounts of a section share one cell, as on the official form."""
    accounts: list[str] = []
    for paths in rows:
        if paths[0].startswith("accounts."):
            accounts += paths
        else:
            yield paths
    if accounts:
        yield accounts


def _cells(data: Data, paths: list[str]) -> Iterator[Cell]:
    if paths[0].startswith("accounts."):
        yield Cell("accounts", ACROSS, accounts=tuple(tuple(_account(data, path)) for path in paths))
        return
    for path in paths:
        yield _cell(data, path, alone=len(paths) == 1)


def _cell(data: Data, path: str, *, alone: bool) -> Cell:
    span = ACROSS - 1 if alone else 1
    if path == "declaration":
        return Cell("declaration", ACROSS)
    if path == "matters":
        return Cell("boxes", ACROSS, choices=_matter_labels(data))
    if path.startswith("answers."):
        question = data["questions"][path.removeprefix("answers.")]
        return Cell("boxes", span, question["label"], tuple(_answers(data, question)))
    return Cell("blank", span, _label(data, path))


def _matter_labels(data: Data) -> tuple[str, ...]:
    """What is not on the official form has no `form_label`."""
    return tuple(matter["form_label"] for matter in data["matters"].values() if matter.get("form_label"))


def _answers(data: Data, question: Mapping[str, Any]) -> Iterable[str]:
    """不清楚 is no box on paper: leaving all of them empty says it."""
    if question["kind"] == "choice":
        return tuple(question["choices"].values())
    return tuple(question.get(key, data["wording"][key]) for key in ("true_label", "false_label"))


def _account(data: Data, path: str) -> Iterator[tuple[str, ...]]:
    """Two names a line, but a bank's name, which is long, has a line of its own."""
    waiting: list[str] = []
    for name, field in data["fields"].items():
        if name.startswith(f"{path}."):
            if field["kind"] == "text":
                yield (_label(data, name),)
            else:
                waiting.append(_label(data, name))
    yield from (tuple(waiting[at : at + 2]) for at in range(0, len(waiting), 2))


def _label(data: Data, path: str) -> str:
    """Wide spaces that only line labels up would split them for whoever searches or listens."""
    label: str = data["fields"][path]["label"]
    return label.replace("\u3000", "")
