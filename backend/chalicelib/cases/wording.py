"""The sentence of a problem, from the catalogue's one table."""

from __future__ import annotations

from collections.abc import Iterable

from ..catalogue import Catalogue, Problem


def worded(catalogue: Catalogue, problems: Iterable[Problem]) -> list[dict[str, str]]:
    """`[{"field", "code", "message"}]` in the order of the form."""
    ordered = sorted(problems, key=lambda problem: _place(catalogue, problem.field))
    return [
        {"field": problem.field, "code": problem.code, "message": message(catalogue, problem)} for problem in ordered
    ]


def message(catalogue: Catalogue, problem: Problem) -> str:
    sentence: str = catalogue.texts["problems"][problem.code]
    return sentence.format_map({"label": label(catalogue, problem.field), **problem.values})


def label(catalogue: Catalogue, path: str) -> str:
    """What the form calls a field; the question itself where there is no field of that name."""
    group, _, slug = path.partition(".")
    if path in catalogue.fields:
        return catalogue.fields[path].ask
    if group == "answers" and slug in catalogue.questions:
        return catalogue.questions[slug].label
    if group == "eligibility" and slug in catalogue.conditions:
        return f"“{catalogue.conditions[slug].ask}”"
    names: dict[str, str] = catalogue.texts["wording"]["parts"]
    return names.get(path) or names.get(group, names[""])


def _place(catalogue: Catalogue, path: str) -> tuple[int, str]:
    order = [field for step in catalogue.steps for field in step.fields]
    for name in (path, path.partition(".")[0]):
        if name in order:
            return order.index(name), ""
    return (len(order), path) if path else (-1, "")
