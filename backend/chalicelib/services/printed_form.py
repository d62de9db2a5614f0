"""What the code on a printed form stands for, so that the counter's form opens with it."""

from __future__ import annotations

from typing import Any

from ..cases.form_code import BadFormCodeError, decode
from ..catalogue import Problem
from .claims import Claims
from .counter import at_counter
from .ports import Ports
from .refused import Refused


def read_code(ports: Ports, claims: Claims, locality: str, code: str) -> dict[str, Any]:
    """`current` is false for a form of another edition, whose matters may have changed. Raises Refused."""
    catalogue = at_counter(ports, claims, locality)
    try:
        found = decode(catalogue, code)
    except BadFormCodeError:
        raise Refused(422, [Problem("form_code", "form_code")]) from None
    names = [catalogue.matters[slug].form_label or catalogue.matters[slug].name for slug in found.matters]
    return {"matters": list(found.matters), "names": names, "current": found.current}
