"""The one place that turns a refusal or an exception into an HTTP answer."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, field

from ..catalogue import Problem
from ..services.refused import BusyError, Refused
from ..services.store import UnavailableError

TRY_AGAIN_SECONDS = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    status: int
    problems: tuple[Problem, ...]
    headers: dict[str, str] = field(default_factory=dict)


def failure(error: Exception) -> Failure:
    """What nobody expected is logged and answered like a machine that is busy, without a word about it."""
    if isinstance(error, Refused):
        return Failure(error.status, error.problems, _headers(error))
    if isinstance(error, BusyError):
        return _later(503, "busy")
    if not isinstance(error, UnavailableError):
        log.error("%s", described(error))
        return _later(500, "unavailable")
    log.warning("%s", described(error))
    return _later(503, "unavailable")


def described(error: BaseException) -> str:
    """Kind and place only: an exception's own words may hold what a family wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames[-4:]))
    return f"{type(error).__name__} at {where}"


def _headers(refused: Refused) -> dict[str, str]:
    if refused.status == 401:
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": str(refused.retry_after)} if refused.retry_after is not None else {}


def _later(status: int, code: str) -> Failure:
    return Failure(status, (Problem(code),), {"Retry-After": str(TRY_AGAIN_SECONDS)})
