"""The materials one application needs on one channel, each once, with the items it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .choose import Chosen
from .model import Bring, Catalogue, Channel
from .payee import Payment


@dataclass(frozen=True, slots=True)
class Need:
    """One material: what the applicant does about it, what for; `waived` when it is shared already."""

    material: str
    bring: Bring
    items: tuple[str, ...]
    waived: bool


def needs(
    catalogue: Catalogue,
    chosen: Iterable[Chosen],
    payments: Iterable[Payment],
    channel: Channel,
    shared: frozenset[str],
    on_file: frozenset[str],
) -> tuple[Need, ...]:
    """In the catalogue's order. Where any one of several is on file, the others are not needed."""
    tasks = list(chosen)
    wanted: dict[str, list[str]] = {}
    for slug, item in _wanted(catalogue, tasks, list(payments), on_file):
        wanted.setdefault(slug, []).append(item)
    every = tuple(slug for task in tasks for slug in task.candidates)
    for slug in catalogue.case_materials if every else ():
        wanted.setdefault(slug, []).extend(every)
    return tuple(
        Need(slug, material.bring[channel], tuple(dict.fromkeys(wanted[slug])), slug in shared)
        for slug, material in catalogue.materials.items()
        if slug in wanted
    )


def _wanted(
    catalogue: Catalogue, tasks: list[Chosen], payments: list[Payment], on_file: frozenset[str]
) -> Iterator[tuple[str, str]]:
    for task, payment in zip(tasks, payments, strict=True):
        for item in (catalogue.items[slug] for slug in task.candidates):
            for requirement in item.materials:
                if requirement.payee is None or requirement.payee in payment.accounts:
                    held = [slug for slug in requirement.any_of if slug in on_file]
                    yield from ((slug, item.slug) for slug in held or requirement.any_of)
