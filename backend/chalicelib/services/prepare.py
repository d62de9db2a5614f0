"""Everything about an application that needs no store: read it, plan it, and say every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..cases.choices import Choices, read_choices
from ..cases.fields import Values, read_fields
from ..cases.moments import beijing_date
from ..cases.wording import message
from ..catalogue import Catalogue, Channel, OnFile, Plan, Problem, Request, plan
from .ports import Ports
from .refused import Refused


@dataclass(frozen=True, slots=True)
class Application:
    """`values` are the tidied personal fields; `notices` sentences for the family that stop nothing."""

    catalogue: Catalogue
    request: Request
    plan: Plan
    choices: Choices
    values: Values
    notices: tuple[str, ...]


def prepare(ports: Ports, catalogue: Catalogue, body: Mapping[str, Any], channel: Channel) -> Application:
    """Raises Refused with every problem; who is not covered learns that alone."""
    choices, problems = read_choices(catalogue, body)
    request = Request(
        channel=channel,
        answers=choices.answers,
        matters=choices.matters,
        payee=choices.payee,
        eligibility=choices.eligibility,
    )
    planned = plan(catalogue, request)
    not_covered = [problem for problem in planned.problems if problem.code == "not_covered"]
    if not_covered:
        raise Refused(422, not_covered)
    today = beijing_date(ports.clock())
    values, wrong, notices = read_fields(catalogue, body, planned.accounts, today)
    problems = _without_echoes([problems, planned.problems, wrong])
    if problems:
        raise Refused(422, problems)
    return Application(
        catalogue, request, planned, choices, values, tuple(message(catalogue, notice) for notice in notices)
    )


def replan(application: Application, on_file: OnFile, running: Mapping[str, str]) -> Application:
    """The same application in the light of what is on file for the person."""
    request = replace(application.request, on_file=on_file, running=running)
    planned = plan(application.catalogue, request)
    if planned.problems:
        raise Refused(422, planned.problems)
    return replace(application, request=request, plan=planned)


def _without_echoes(sources: Iterable[Iterable[Problem]]) -> list[Problem]:
    """Where one reader stumbled over a field, the next one's problem with it only confuses."""
    kept: list[Problem] = []
    for source in sources:
        named = {problem.field for problem in kept}
        kept += [problem for problem in source if problem.field not in named]
    return kept
