"""What a family changes without script: each answer is the case's page as it is now, with what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chalice.app import Response

from ..catalogue import Problem
from ..services.access import catalogue_of
from ..services.lookup import look_up
from ..services.ports import Ports
from ..services.refused import Refused
from . import pages
from .answers import as_page
from .body import Body
from .failure import failure
from .words import sentences

Change = Callable[[Ports, str, Mapping[str, Any]], dict[str, Any]]
NUMBERS = ("case_number", "lookup_code")
SHOWN_WITH_THE_CASE = (409, 422)
"""Anything else is about the two numbers themselves."""


def answer_change(ports: Ports, locality: str, name: str, change: Change, body: Body) -> Response:
    """Raises Refused for what has no page of its own."""
    catalogue_of(ports, locality)
    try:
        if body.typed.get("stage") == ["confirm"]:
            return _asked_again(ports, locality, body)
        answer = change(ports, locality, body.value)
        return as_page(200, pages.case_page(locality, answer, _numbers(body), done=name))
    except Refused as refused:
        return _refused(ports, locality, body, refused)


def look_up_again(locality: str, body: Body, refused: Refused) -> Response:
    """The look-up form, with why the numbers did not open anything."""
    what = failure(refused)
    page = pages.lookup_page(locality, _numbers(body), _said(locality, what.problems))
    return as_page(what.status, page, what.headers)


def _asked_again(ports: Ports, locality: str, body: Body) -> Response:
    """Nothing is withdrawn yet."""
    answer = _looked_up(ports, locality, body)
    free = [task["task_id"] for task in answer["tasks"] if task["withdrawable"]]
    wanted = body.value.get("tasks", free)
    if not wanted or not set(wanted) <= set(free):
        raise Refused(409, [Problem("too_late_to_withdraw", "tasks")])
    return as_page(200, pages.withdraw_page(locality, answer, _numbers(body), wanted))


def _refused(ports: Ports, locality: str, body: Body, refused: Refused) -> Response:
    if refused.status not in SHOWN_WITH_THE_CASE:
        return look_up_again(locality, body, refused)
    answer, what = _looked_up(ports, locality, body), failure(refused)
    page = pages.case_page(locality, answer, body.typed, _said(locality, what.problems))
    return as_page(what.status, page, what.headers)


def _looked_up(ports: Ports, locality: str, body: Body) -> dict[str, Any]:
    return look_up(ports, locality, body.value.get("case_number"), body.value.get("lookup_code"))


def _numbers(body: Body) -> dict[str, list[str]]:
    return {name: body.typed[name] for name in NUMBERS if name in body.typed}


def _said(locality: str, problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(one["field"], one["message"]) for one in sentences(locality, problems)]
