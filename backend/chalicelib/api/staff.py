"""Who calls on behalf of an agency: reads the bearer token, and records what was refused to a valid one."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chalice.app import Request

from ..catalogue import Problem
from ..services.claims import Claims
from ..services.refused import Refused
from ..services.tasks import TASK_ID
from .failure import described
from .words import known

RECORDED = (403, 404)
BEARER = re.compile(r"bearer +(\S+)", re.IGNORECASE | re.ASCII)

log = logging.getLogger(__name__)

Keep = Callable[[Claims, str, str, str, int], None]
_keepers: list[Keep] = []


def token_of(request: Request) -> str:
    """Raises Refused (401)."""
    given = request.headers.get("authorization")
    match = BEARER.fullmatch(given.strip()) if isinstance(given, str) else None
    if match is None:
        raise Refused(401, [Problem("bad_token" if given else "no_token")])
    return match[1]


@contextmanager
def recorded(call: str, claims: Claims, locality: str, task_id: str = "") -> Iterator[None]:
    """Somebody we know asked for what is not theirs. The path is the caller's own text: only ids are kept of it."""
    try:
        yield
    except Refused as refused:
        if refused.status in RECORDED:
            log.warning("%s", _record(call, claims, locality, task_id, refused.status))
            _kept(call, claims, locality, task_id, refused.status)
        raise


def keep_refusals(keep: Keep) -> None:
    """Where they go beside the log: claims, the locality asked for or else the caller's own, call, task and status."""
    _keepers[:] = [keep]


def _kept(call: str, claims: Claims, locality: str, task_id: str, status: int) -> None:
    """The answer is a refusal whether or not this can be written down."""
    place = known(locality) or known(claims.locality)
    task = task_id if TASK_ID.fullmatch(task_id) else ""
    for keep in _keepers if place else ():
        try:
            keep(claims, str(place), call, task, status)
        except Exception as error:  # noqa: BLE001 - it stands in the log
            log.warning("a refusal is in the log only: %s", described(error))


def _record(call: str, claims: Claims, locality: str, task_id: str, status: int) -> str:
    record = {
        "event": "refused",
        "call": call,
        "verdict": status,
        "role": claims.role,
        "agency": claims.agency,
        "of": claims.locality,
        "locality": known(locality) or "",
        "task": task_id if TASK_ID.fullmatch(task_id) else "",
    }
    return json.dumps(record, ensure_ascii=True)
