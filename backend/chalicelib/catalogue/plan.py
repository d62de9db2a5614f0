"""The planner: answers, matters, channel and what is on file become tasks, waits, materials, payees and reasons.

Order follows from certificates: a task waits while none of the certificates that open its item is on file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from .choose import Chosen, asked, select, ticked
from .model import Bring, Catalogue, Channel, Item
from .papers import Need, needs
from .payee import Payment, Wish, payments
from .problem import Problem
from .when import UNKNOWN, Answer, Answers

ACCOUNTS = "accounts."


@dataclass(frozen=True, slots=True)
class OnFile:
    """Certificates by kind of evidence. Only `shared` ones hold for the person and start silent items;
    `seen` at a counter and `uploaded` count for this case alone."""

    shared: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    uploaded: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        return self.shared | self.seen | self.uploaded


@dataclass(frozen=True, slots=True)
class Request:
    """What an applicant asks for, in typed values. `matters` None: left out. `running`: silent items that
    have been started for the person already, with the ids of their tasks."""

    channel: Channel
    answers: Answers = field(default_factory=dict)
    matters: tuple[str, ...] | None = None
    payee: Wish = None
    eligibility: Mapping[str, Answer] = field(default_factory=dict)
    on_file: OnFile = field(default_factory=OnFile)
    running: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One task. `item` is None while the agency has to determine it among `candidates`."""

    item: str | None
    candidates: tuple[str, ...]
    matter: str
    name: str
    agency: str
    opens_on: tuple[str, ...]
    waits_for: tuple[str, ...]
    issues: str | None
    payees: tuple[str, ...]
    payee: str | None
    accounts: tuple[str, ...]
    discloses: tuple[str, ...]
    working_days: int | None
    silent: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """`standby`: silent items that start when their certificate is shared. `unsure`: conditions answered unknown."""

    tasks: tuple[PlannedTask, ...] = ()
    standby: tuple[PlannedTask, ...] = ()
    linked: tuple[PlannedTask, ...] = ()
    needs: tuple[Need, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    counter_only: tuple[tuple[str, str], ...] = ()
    done_already: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def uploads(self) -> tuple[str, ...]:
        """Materials to be uploaded; a missing one never blocks."""
        return tuple(need.material for need in self.needs if need.bring is Bring.UPLOAD and not need.waived)

    @property
    def shown(self) -> tuple[str, ...]:
        """Materials to be shown at a counter; a missing one never blocks."""
        shown = (Bring.SHOW, Bring.IF_NOT_SHARED)
        return tuple(need.material for need in self.needs if need.bring in shown and not need.waived)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts in use, whose numbers the form must give."""
        return tuple(dict.fromkeys(account for task in self.tasks for account in task.accounts))


def plan(catalogue: Catalogue, request: Request) -> Plan:
    """Every problem at once; with problems the other parts say what is known so far.

    Who is not covered is told so and nothing else.
    """
    turned_away = list(_eligibility(catalogue, request.eligibility))
    if turned_away:
        return Plan(problems=tuple(turned_away))
    matters, problems = ticked(catalogue, request.matters, request.answers)
    questions = asked(catalogue, matters, request.answers)
    answers = {slug: request.answers[slug] for slug in questions if slug in request.answers}
    missing = [Problem("choose", f"answers.{slug}") for slug in questions if slug not in answers]
    selection = select(catalogue, matters, answers, request.channel, request.on_file.all)
    paid, payee_problems = payments(catalogue, selection.chosen, matters, request.payee)
    tasks = [_task(catalogue, *pair, request.on_file) for pair in zip(selection.chosen, paid, strict=True)]
    silent, standby, linked = _silent(catalogue, tasks, request)
    tasks = [task for task in tasks if task.item not in request.running] + silent
    problems += [] if problems else missing
    if not problems and not (tasks or selection.done or linked):
        problems.append(_nothing_left(selection.left_out, selection.counter_only))
    return Plan(
        tasks=tuple(tasks),
        standby=tuple(standby),
        linked=tuple(linked),
        needs=needs(catalogue, selection.chosen, paid, request.channel, request.on_file.shared, request.on_file.all),
        left_out=selection.left_out,
        counter_only=selection.counter_only,
        done_already=selection.done,
        unsure=tuple(slug for slug, answer in request.eligibility.items() if answer == UNKNOWN),
        problems=tuple(problems + ([] if missing else payee_problems)),
    )


def silent_tasks(catalogue: Catalogue, certificate: str, running: Collection[str] = ()) -> list[PlannedTask]:
    """What this certificate starts by itself, open: with a case or without."""
    on_file = OnFile(shared=frozenset({certificate}))
    return [
        _alone(catalogue, item, on_file)
        for item in catalogue.items.values()
        if item.silent and certificate in item.opens_on and item.slug not in running
    ]


def _alone(catalogue: Catalogue, item: Item, on_file: OnFile) -> PlannedTask:
    matter = next(matter.slug for matter in catalogue.matters.values() if item.slug in matter.items)
    return _task(catalogue, Chosen(matter, (item.slug,), True), Payment(), on_file)


def _eligibility(catalogue: Catalogue, given: Mapping[str, Answer]) -> Iterable[Problem]:
    for condition in catalogue.conditions.values():
        answer = given.get(condition.slug)
        if answer is None:
            yield Problem("choose", f"eligibility.{condition.slug}")
        elif answer not in (condition.must_be, UNKNOWN):
            yield Problem("not_covered", "eligibility", {"reason": condition.reason})


def _task(catalogue: Catalogue, chosen: Chosen, payment: Payment, on_file: OnFile) -> PlannedTask:
    items = [catalogue.items[slug] for slug in chosen.candidates]
    opens_on = tuple(dict.fromkeys(certificate for item in items for certificate in item.opens_on))
    opened = any(not item.opens_on or on_file.all.intersection(item.opens_on) for item in items)
    return PlannedTask(
        item=items[0].slug if chosen.certain else None,
        candidates=chosen.candidates,
        matter=chosen.matter,
        name=items[0].name if chosen.certain else "、".join(item.name for item in items),
        agency=items[0].agency,
        opens_on=opens_on,
        waits_for=() if opened else opens_on,
        issues=items[0].issues if chosen.certain else None,
        payees=payment.allowed,
        payee=payment.payee,
        accounts=payment.accounts,
        discloses=tuple(_disclosed(catalogue, items, payment.accounts)),
        working_days=items[0].working_days,
        silent=items[0].silent and chosen.certain,
    )


def _disclosed(catalogue: Catalogue, items: list[Item], accounts: tuple[str, ...]) -> Iterable[str]:
    """The union over the candidates; of the accounts only those in use, field by field."""
    for path in dict.fromkeys(path for item in items for path in item.discloses):
        if not path.startswith(ACCOUNTS):
            yield path
        elif path.removeprefix(ACCOUNTS) in accounts:
            yield from (one for one in catalogue.fields if one.startswith(path + "."))


def narrowed(item: Item, discloses: Iterable[str], payee: str | None) -> tuple[str, ...]:
    """Of what several candidates disclosed, what the one that was chosen among them does."""
    listed = [path for path in item.discloses if not path.startswith(ACCOUNTS) or path == f"{ACCOUNTS}{payee}"]
    return tuple(path for path in discloses if any(path == one or path.startswith(f"{one}.") for one in listed))


def _silent(
    catalogue: Catalogue, tasks: list[PlannedTask], request: Request
) -> tuple[list[PlannedTask], list[PlannedTask], list[PlannedTask]]:
    """Silent items: those that start now, those that stand by for their certificate, those that run already."""
    planned = {task.item for task in tasks}
    started: list[PlannedTask] = []
    standby: list[PlannedTask] = []
    linked: list[PlannedTask] = []
    for item in (item for item in catalogue.items.values() if item.silent):
        task = _alone(catalogue, item, OnFile(shared=request.on_file.shared))
        if item.slug in request.running:
            linked.append(task)
        elif item.slug not in planned:
            (standby if task.waits_for else started).append(task)
    return started, standby, linked


def _nothing_left(left_out: tuple[tuple[str, str], ...], counter_only: tuple[tuple[str, str], ...]) -> Problem:
    reasons = [reason for _, reason in (*left_out, *counter_only) if reason]
    if not reasons:
        return Problem("nothing_chosen", "matters")
    return Problem("nothing_left", "matters", {"reason": "；".join(dict.fromkeys(reasons))})
