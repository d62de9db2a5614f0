"""Tell a family how its case stands."""

from __future__ import annotations

from ..cases.answer import Answer
from ..cases.answer import look_up as answer
from .access import catalogue_of
from .door import open_case
from .ports import Ports


def look_up(ports: Ports, locality: str, number: object, code: object) -> Answer:
    """Two calls at most. Raises Refused."""
    catalogue = catalogue_of(ports, locality)
    file = open_case(ports, locality, number, code)
    return answer(catalogue, file.case, file.tasks)
