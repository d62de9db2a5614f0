"""Wraps every endpoint: whatever goes wrong, the answer keeps the shape that the contract promises."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from chalice.app import Blueprint, Response

from .answers import as_json, as_page
from .body import is_form
from .failure import Failure, described, failure, log
from .words import known, sentences

View = Callable[..., Response]


def guarded(routes: Blueprint) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @functools.wraps(view)
        def answer(**path: str) -> Response:
            try:
                return view(**path)
            except Exception as error:  # noqa: BLE001 - nothing may get past this: Chalice would log what it says
                return explained(failure(error), path.get("locality"), is_form(routes.current_request))

        return answer

    return guard


def explained(what: Failure, locality: str | None, page: bool) -> Response:
    problems: list[dict[str, Any]] = [*sentences(locality, what.problems)]
    if page:
        try:
            return as_page(what.status, _page(locality, what.status, problems), what.headers)
        except Exception as error:  # noqa: BLE001 - a page that cannot be made must not hide the answer
            log.error("%s", described(error))
    return as_json(what.status, {"problems": problems}, what.headers)


def _page(locality: str | None, status: int, problems: list[dict[str, Any]]) -> str:
    from . import pages

    return pages.problem_page(known(locality), status, [(one["field"], one["message"]) for one in problems])
