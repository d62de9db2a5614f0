"""Where answers tick the matters, a form without script shows them after the answers, to be unticked there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..cases.choices import read_choices
from ..catalogue import Catalogue
from ..catalogue.choose import ticked
from ..catalogue.model import Matter
from .body import Body

MATTERS = "matters"
LISTED = "matters_listed"


def offers(catalogue: Catalogue, body: Body) -> list[Matter]:
    """The matters that these answers tick; nothing where the applicant ticks."""
    if catalogue.ticked_by != "answers":
        return []
    choices, _ = read_choices(catalogue, body.value)
    return ticked(catalogue, None, choices.answers)[0]


def still_wanted(offered: Iterable[Matter], typed: Mapping[str, list[str]]) -> list[str]:
    """Without those that were listed before and came back unticked; a changed answer may offer new ones."""
    unticked = set(typed.get(LISTED, ())) - set(typed.get(MATTERS, ()))
    return [matter.slug for matter in offered if matter.slug not in unticked]
