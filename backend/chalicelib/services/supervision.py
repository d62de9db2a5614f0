"""How the locality stands: counts per agency and state, counted on the index of tasks, and what hangs on the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..cases.moments import beijing_date, iso
from ..cases.states import TaskState
from ..catalogue import Catalogue
from .access import admit_lead, catalogue_of
from .board import Sort, all_notes
from .claims import Claims
from .late import late, soon
from .live import LIVE, RUNNING, count, partitions
from .ports import Ports
from .store import Value

Counts = dict[str, int]


def summary(ports: Ports, claims: Claims, locality: str) -> dict[str, Any]:
    """Raises Refused. `paused` are the tasks that wait for their family."""
    catalogue = catalogue_of(ports, locality)
    admit_lead(catalogue, claims)
    board = all_notes(ports.store, locality)
    agencies = [_agency(ports, catalogue, slug, board) for slug in catalogue.agencies]
    clock = ports.now()
    return {
        "at": iso(clock.moment),
        "today": beijing_date(clock.moment).isoformat(),
        "soon_until": soon(clock).upto[:10],
        "agencies": agencies,
        "totals": _totals([one["counts"] for one in agencies]),
        "board": {sort.value: len(notes) for sort, notes in board.items()},
    }


def _agency(ports: Ports, catalogue: Catalogue, agency: str, board: Mapping[Sort, Sequence[Value]]) -> dict[str, Any]:
    states = {state.value: count(ports.store, partitions(catalogue, [agency], [state])) for state in LIVE}
    running, clock = partitions(catalogue, [agency], RUNNING), ports.now()
    window = soon(clock)
    counts = {
        **states,
        "late": count(ports.store, running, late(beijing_date(clock.moment)).upto),
        "soon": count(ports.store, running, window.upto, window.since),
        "blocked": _of(agency, board[Sort.BLOCKED]),
        "undelivered": _of(agency, board[Sort.UNDELIVERED]),
        "paused": states[TaskState.CORRECTING],
    }
    return {"agency": agency, "agency_name": catalogue.agencies[agency].name, "counts": counts}


def _of(agency: str, notes: Sequence[Value]) -> int:
    return sum(note.get("agency") == agency for note in notes)


def _totals(every: Sequence[Counts]) -> Counts:
    return {name: sum(one[name] for one in every) for name in every[0]}
