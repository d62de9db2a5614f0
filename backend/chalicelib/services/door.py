"""The family's door: a case opens to its number and look-up code, and to nothing else.

Two calls at most, and nothing to learn from a wrong number or code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..cases.moments import iso
from ..cases.numbers import CODE_DIGITS, NUMBER_DIGITS, codes_match, lookup_code, tidy
from ..catalogue import Problem
from .casefile import CaseFile, read_case
from .ports import Ports
from .records import tries_key
from .refused import Refused, not_found
from .store import Delete, Key, Patch

FREE_TRIES = 5
FIRST_WAIT = 30
LONGEST_WAIT = 900
FORGOTTEN_AFTER = timedelta(days=1)


def open_case(ports: Ports, locality: str, number: object, code: object) -> CaseFile:
    """Raises Refused: 404 for any wrong pair, 429 when too many were tried for this number."""
    number, code = _typed(number), _typed(code)
    if len(number) != NUMBER_DIGITS or not number.isascii() or not number.isdigit():
        raise not_found()
    read = read_case(ports.store, locality, number)
    moment = ports.clock()
    _slow_down(read.tries, moment)
    file = _opened(ports, locality, number, code, read.file)
    if file is None:
        ports.store.commit([_failed(tries_key(locality, number), read.tries, moment)])
        raise not_found()
    if read.tries and not file.case.linked:  # a look-up needs its second call for what is linked
        ports.store.commit([Delete(tries_key(locality, number))])
    return file


def _typed(text: object) -> str:
    return tidy(text) if isinstance(text, str) else ""


def _opened(ports: Ports, locality: str, number: str, code: str, file: CaseFile | None) -> CaseFile | None:
    """A number without a case takes the same steps as one with."""
    generation = file.case.generation if file else 0
    right = codes_match(code, lookup_code(ports.secrets.lookup, locality, number, generation))
    return file if right and len(code) == CODE_DIGITS else None


def _slow_down(tries: Mapping[str, Any], moment: datetime) -> None:
    """After five wrong tries each further one has to wait, twice as long each time, a quarter of an hour at most."""
    count = tries.get("count", 0)
    if count < FREE_TRIES or _forgotten(tries, moment):
        return
    wait = min(FIRST_WAIT * 2 ** min(count - FREE_TRIES, 10), LONGEST_WAIT)
    left = wait - (moment - datetime.fromisoformat(tries["last"])).total_seconds()
    if left > 0:
        seconds = int(left) + 1
        raise Refused(429, [Problem("slow_down", "", {"seconds": str(seconds)})], retry_after=seconds)


def _failed(key: Key, tries: Mapping[str, Any], moment: datetime) -> Patch:
    """Counts on, or from the start again when the day of the earlier ones is over."""
    known = {"last": iso(moment), "expires_at": int((moment + FORGOTTEN_AFTER).timestamp())}
    if tries and _forgotten(tries, moment):
        return Patch(key, set={**known, "count": 1})
    return Patch(key, set=known, add={"count": 1})


def _forgotten(tries: Mapping[str, Any], moment: datetime) -> bool:
    """The store lets expired records go when it gets round to it."""
    return bool(tries["expires_at"] < moment.timestamp())
