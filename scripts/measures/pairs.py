"""Runs two things in turn and compares them pair by pair, so that a machine that slows down slows both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Run = Callable[[], float]
"""Does the thing once; how much it took, in seconds."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both took, in the order of the rounds."""

    ours: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def ratios(self) -> list[float]:
        return sorted(ours / bare for ours, bare in zip(self.ours, self.bare, strict=True))

    def __str__(self) -> str:
        """Median seconds of each, the median ratio, and between which two ratios all pairs were."""
        ratios = self.ratios
        spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}, {len(ratios)} pair{'s' if len(ratios) > 1 else ''}"
        return f"{seconds(median(self.ours))} against {seconds(median(self.bare))}: {median(ratios):.2f} ({spread})"


def compare(ours: Run, bare: Run, rounds: int, progress: Callable[[int], None]) -> Comparison:
    """Ours, bare, ours, bare ...; one pair ahead of the rounds warms caches and is not counted."""
    ours(), bare()
    pairs: list[tuple[float, float]] = []
    for number in range(rounds):
        progress(number + 1)
        pairs.append((ours(), bare()))
    return Comparison(tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs))


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"
