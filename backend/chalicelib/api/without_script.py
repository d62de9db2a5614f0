"""The application form without script: each step is a submitted form, and each answer a page with everything kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

from chalice.app import Response

from ..catalogue import Channel, Problem
from ..services.access import catalogue_of
from ..services.ports import Ports
from ..services.refused import Refused
from ..services.submit import check, submit
from . import pages
from .answers import as_page
from .body import Body
from .offers import MATTERS, offers, still_wanted
from .words import sentences

KEY = "submission_key"
NOT_COVERED = "not_covered"
ELIGIBILITY = "eligibility"

Typed = Mapping[str, list[str]]


def answer_form(ports: Ports, locality: str, body: Body) -> Response:
    """Raises Refused for what has no page of its own."""
    catalogue_of(ports, locality)
    stage = body.typed.get("stage", [""])[-1]
    typed = {name: values for name, values in body.typed.items() if name != "stage"}
    answer = STAGES.get(stage, _submitted)
    return answer(ports, locality, Body(body.value, typed, page=True))


def _edited(_: Ports, locality: str, body: Body) -> Response:
    return as_page(200, pages.form_page(locality, body.typed, []))


def _conditions(ports: Ports, locality: str, body: Body) -> Response:
    """Nothing personal has been asked yet: only what is wrong with the conditions matters here."""
    problems = _about_conditions(ports, locality, body)
    if any(problem.code == NOT_COVERED for problem in problems):
        return _turned_away(locality, problems)
    if problems:
        return as_page(422, pages.conditions_page(locality, body.typed, _said(locality, problems)))
    return _edited(ports, locality, body)


def _about_conditions(ports: Ports, locality: str, body: Body) -> list[Problem]:
    try:
        check(ports, locality, {ELIGIBILITY: body.value.get(ELIGIBILITY)}, Channel.ONLINE)
    except Refused as refused:
        return [problem for problem in refused.problems if problem.field.partition(".")[0] == ELIGIBILITY]
    return []


def _submitted(ports: Ports, locality: str, body: Body) -> Response:
    try:
        return _taken(ports, locality, body) if KEY in body.value else _checked(ports, locality, body)
    except Refused as refused:
        if refused.status != 422:
            raise
        if any(problem.code == NOT_COVERED for problem in refused.problems):
            return _turned_away(locality, refused.problems)
        return as_page(422, pages.form_page(locality, body.typed, _said(locality, refused.problems)))


def _taken(ports: Ports, locality: str, body: Body) -> Response:
    outcome = submit(ports, locality, body.value, Channel.ONLINE)
    return as_page(outcome.status, pages.receipt_page(locality, outcome.receipt))


def _checked(ports: Ports, locality: str, body: Body) -> Response:
    """The key is minted here: from now on the same form sent twice is one application."""
    catalogue = catalogue_of(ports, locality)
    offered = offers(catalogue, body)
    wanted = {**body.value, MATTERS: still_wanted(offered, body.typed)} if offered else body.value
    summary = check(ports, locality, wanted, Channel.ONLINE)
    listed = [{"matter": one.slug, "name": one.name, "required": one.required} for one in offered]
    minted = {KEY: secrets.token_urlsafe(24), "matters": listed}
    return as_page(200, pages.check_page(locality, body.typed, {**summary, **minted}))


def _turned_away(locality: str, problems: tuple[Problem, ...] | list[Problem]) -> Response:
    reasons = [message for _, message in _said(locality, problems)]
    return as_page(422, pages.turned_away_page(locality, reasons))


def _said(locality: str, problems: tuple[Problem, ...] | list[Problem]) -> list[tuple[str, str]]:
    return [(one["field"], one["message"]) for one in sentences(locality, problems)]


STAGES: Mapping[str, Callable[[Ports, str, Body], Response]] = {"edit": _edited, "conditions": _conditions}
