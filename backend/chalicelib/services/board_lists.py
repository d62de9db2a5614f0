"""What hangs on the board, as lists: blocked tasks, messages nobody got, dormant cases, and what has to be checked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..cases.moments import beijing_date, parse
from ..catalogue import Catalogue
from .access import admit_lead, catalogue_of
from .board import Sort, notes
from .claims import Claims
from .listing import Asked, Listing, agencies, of_agency
from .live import read_all
from .ports import Ports
from .records import task_key_of
from .store import Store, Value

NAMES = {
    Sort.BLOCKED: "tasks",
    Sort.UNDELIVERED: "messages",
    Sort.UNSURE: "cases",
    Sort.CERTIFICATE: "certificates",
    Sort.DORMANT: "cases",
}
"""The key of the rows in an answer."""
THE_STORES = ("pk", "sk", "version")


def list_notes(ports: Ports, claims: Claims, locality: str, sort: Sort, asked: Asked) -> Listing:
    """What hangs longest comes first. Raises Refused."""
    catalogue = catalogue_of(ports, locality)
    admit_lead(catalogue, claims)
    agencies(catalogue, asked)
    found = sorted(notes(ports.store, locality, sort), key=lambda note: str(note["at"]))
    rows = [{name: value for name, value in note.items() if name not in THE_STORES} for note in found]
    if sort is Sort.BLOCKED:
        rows = _with_reasons(ports.store, locality, rows)
    if sort is Sort.DORMANT:
        today = beijing_date(ports.clock())
        rows = [{**row, "days": (today - beijing_date(parse(row["since"]))).days} for row in rows]
    if sort is Sort.UNSURE:
        rows = [{**row, "asked": [_ask(catalogue, slug) for slug in row.get("conditions", ())]} for row in rows]
    if sort is Sort.CERTIFICATE:
        words = catalogue.texts["wording"]["supervision"]["changes"]
        rows = [{**row, "change_name": words.get(row.get("change"), "")} for row in rows]
    return Listing(NAMES[sort], of_agency(rows, asked))


def _ask(catalogue: Catalogue, slug: str) -> str:
    return catalogue.conditions[slug].ask if slug in catalogue.conditions else slug


def _with_reasons(store: Store, locality: str, rows: Iterable[Value]) -> list[dict[str, Any]]:
    """Why the agency refused, in the words it gave the family."""
    keys = {row["cause"]: task_key_of(locality, row["case_number"], row["cause"]) for row in rows}
    causes = read_all(store, keys.values())
    return [{**row, "reason": causes.get(keys[row["cause"]], {}).get("reason", "")} for row in rows]
