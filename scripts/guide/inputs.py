"""The parts of the online form as templates draw them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Relevance:
    """When a part matters: one of `matters` ticked, `question` answered with one of `answers`, paid to `payee`."""

    matters: tuple[str, ...] = ()
    question: str = ""
    answers: tuple[str, ...] = ()
    payee: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """`widget`: text, date, one (of several), several, or agree. `kind`: one of `chalicelib.catalogue.kinds`."""

    path: str
    widget: str
    label: str
    kind: str = "text"
    hints: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    type: str = "text"
    inputmode: str = ""
    autocomplete: str = "off"
    optional: bool = False
    relevance: Relevance = Relevance()


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs that belong together under a name, such as the numbers of one account."""

    label: str
    hint: str
    inputs: tuple[Input, ...]
    relevance: Relevance = Relevance()


@dataclass(frozen=True, slots=True)
class Step:
    slug: str
    title: str
    number: int
    of: int
    groups: tuple[Group, ...]

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(one for group in self.groups for one in group.inputs)

    @property
    def may_be_empty(self) -> bool:
        """Whether everything in it depends on the matters that are ticked."""
        return all(group.relevance.matters or group.inputs[0].relevance.matters for group in self.groups)
