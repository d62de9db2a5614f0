"""The flowchart's geometry: boxes and arrows in pixels from the grid of the data, and the same in words.

One cell of the grid is 10 px wide and high; `x` is a box's middle, `y` its top edge, `w` its width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CELL, LINE, PADDING, DIAMOND, MARGIN = 10, 21, 9, 92, 2
"""Pixels: a cell, a line of text, the space above and below it, a question's height, the space around all."""
GAP = 20
"""Pixels between an arrow's bend and the box it points to."""


@dataclass(frozen=True, slots=True)
class Box:
    """`bold`: the first line names who acts."""

    id: str
    kind: str
    lines: tuple[str, ...]
    bold: bool
    x: float
    top: float
    width: float

    @property
    def height(self) -> float:
        return DIAMOND if self.kind == "ask" else len(self.lines) * LINE + 2 * PADDING

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def baselines(self) -> list[tuple[str, float]]:
        """Each line with the height it stands at."""
        first = self.top + (self.height - len(self.lines) * LINE) / 2 + 15.5
        return [(line, first + number * LINE) for number, line in enumerate(self.lines)]

    @property
    def head(self) -> str:
        return "".join(self.lines[: self.bold])

    @property
    def text(self) -> str:
        """The lines joined: the official words to the letter."""
        return "".join(self.lines[self.bold :])


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the bottom of one box to the top of another: straight where they face each other, else with one bend."""

    start: Box
    end: Box
    label: str

    @property
    def path(self) -> str:
        if self.straight:
            return f"M{_n(self._x)} {_n(self.start.bottom)}V{_n(self.end.top - 1)}"
        bend = self.end.top - GAP
        return f"M{_n(self.start.x)} {_n(self.start.bottom)}V{_n(bend)}H{_n(self.end.x)}V{_n(self.end.top - 1)}"

    @property
    def straight(self) -> bool:
        return abs(self.start.x - self.end.x) < max(self.start.width, self.end.width) / 2 - CELL and not self.label

    @property
    def label_at(self) -> tuple[float, float]:
        return self.end.x, self.end.top - GAP - 6

    @property
    def _x(self) -> float:
        """Along the middle of the narrower box."""
        return min(self.start, self.end, key=lambda box: box.width).x


@dataclass(frozen=True, slots=True)
class Way:
    """One box in words; `next`: (branch, number of the step it leads to)."""

    box: Box
    next: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def view(self) -> str:
        left = min(box.left for box in self.boxes) - MARGIN
        right = max(box.left + box.width for box in self.boxes) + MARGIN
        bottom = max(box.bottom for box in self.boxes) + MARGIN
        return f"{_n(left)} {-MARGIN} {_n(right - left)} {_n(bottom + MARGIN)}"

    @property
    def ways(self) -> list[Way]:
        """The chart as an ordered list."""
        numbers = {box.id: number for number, box in enumerate(self.boxes, 1)}
        leaving = {box.id: [one for one in self.arrows if one.start is box] for box in self.boxes}
        return [Way(box, tuple((one.label, numbers[one.end.id]) for one in leaving[box.id])) for box in self.boxes]


def draw(chart: Mapping[str, Any]) -> Drawing:
    boxes = {node["id"]: _box(node) for node in chart["nodes"]}
    return Drawing(tuple(boxes.values()), tuple(_arrow(boxes, edge) for edge in chart["edges"]))


def _box(node: Mapping[str, Any]) -> Box:
    x, top, width = (float(node[key]) * CELL for key in ("x", "y", "w"))
    return Box(node["id"], node.get("kind", "step"), tuple(node["text"]), node.get("bold", False), x, top, width)


def _arrow(boxes: Mapping[str, Box], edge: Sequence[str]) -> Arrow:
    start, end, *label = edge
    return Arrow(boxes[start], boxes[end], "".join(label))


def _n(number: float) -> str:
    return f"{number:g}"
