"""What a family is told about its case: the receipt of a submission, and the look-up's answer. No personal data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..catalogue import Catalogue
from ..catalogue.kinds.date import format as day_text
from .case import Case, Task, TaskKind
from .numbers import group
from .states import RATED, TaskState

Answer = dict[str, Any]


def receipt(catalogue: Catalogue, case: Case, tasks: Iterable[Task], code: str) -> Answer:
    """As it was at submission, however often it is asked for."""
    shown = (task for task in tasks if task.first)
    return {
        "case_number": group(case.number),
        "lookup_code": group(code),
        "received_at": case.received_at,
        "tasks": [
            *(_task(catalogue, case, task, task.first) for task in shown),
            *(_elsewhere(catalogue, case, task) for task in case.linked),
        ],
        **_rest(case),
    }


def look_up(catalogue: Catalogue, case: Case, tasks: Iterable[Task], linked: Iterable[Task] | None = None) -> Answer:
    """As it is now, with every opening of the family's data. `linked`: the linked tasks, freshly read."""
    everything = list(tasks)
    current = [task for task in everything if task.kind is TaskKind.ITEM]
    words = catalogue.texts["wording"]
    return {
        "case_number": group(case.number),
        "received_at": case.received_at,
        "state": case.state,
        "state_name": words["case_states"][case.state],
        "shredded_at": case.shredded_at or None,
        "tasks": [
            {
                **_task(catalogue, case, task, {}),
                **_opinion(catalogue, case, task),
                "withdrawable": task.withdrawable,
            }
            for task in current
        ]
        + [_elsewhere(catalogue, case, task) for task in (case.linked if linked is None else linked)],
        "call_backs": [_call_back(catalogue, task, current) for task in everything if task.kind is TaskKind.CALL_BACK],
        "openings": [
            {"agency": one.agency, "agency_name": one.agency_name, "task": task.name, "at": one.at}
            for task in everything
            for one in task.openings
        ],
        **_rest(case),
        "missing": missing(case, current),
        "notices": [*case.notices, *_shredded(catalogue, case)],
    }


def _elsewhere(catalogue: Catalogue, case: Case, task: Task) -> Answer:
    """A silent task that a certificate started without this case: the family sees it, and can do nothing about it."""
    return {**_task(catalogue, case, task, {}), "linked": True}


def missing(case: Case, tasks: Iterable[Task] = ()) -> list[Answer]:
    """Each material that is lacking, and for what; no longer for tasks that have ended."""
    over = {item for task in tasks if task.ended for item in task.candidates}
    wanted = ((slug, [item for item in items if item not in over]) for slug, items in case.missing)
    return [
        {
            "material": slug,
            "name": _name(case, "material", slug),
            "for": items,
            "for_names": [_name(case, "item", item) for item in items],
        }
        for slug, items in wanted
        if items
    ]


def _opinion(catalogue: Catalogue, case: Case, task: Task) -> Answer:
    """What the family said of it, and whether it may say so now; `stuck` may be said of anything, any time."""
    scores = catalogue.texts["wording"]["scores"]
    return {
        "score": task.score,
        "score_name": scores[str(task.score)] if task.score else "",
        "can_rate": task.state in RATED and not case.shredded_at,
    }


def _call_back(catalogue: Catalogue, task: Task, items: Iterable[Task]) -> Answer:
    """That somebody will call, by when, and that somebody did; never what was said."""
    words = catalogue.texts["wording"]
    said: str = words["call_back"]["done" if task.ended else "open"]
    about = next((one.name for one in items if one.task_id == task.about), "")
    return {
        "about": task.about,
        "about_name": about,
        "agency_name": task.agency_name,
        "state": task.state,
        "state_name": words["states"][task.state]["name"],
        "due": task.due or None,
        "text": said.format(item=about, agency=task.agency_name, due=day_text(task.due)),
    }


def _shredded(catalogue: Catalogue, case: Case) -> list[str]:
    day = case.shredded_at[:10]
    return [catalogue.texts["wording"]["shredded"].format(day=day_text(day))] if day else []


def _task(catalogue: Catalogue, case: Case, task: Task, first: Mapping[str, str]) -> Answer:
    words = catalogue.texts["wording"]
    state = TaskState(first.get("state", task.state))
    waits_for = task.opens_on if state is TaskState.WAITING else ()
    payee = catalogue.accounts.get(task.payee or "", "")
    return {
        "task_id": task.task_id,
        "item": task.item,
        "candidates": list(task.candidates) if task.item is None else [],
        "matter": task.matter,
        "name": task.name,
        "agency": task.agency,
        "agency_name": task.agency_name,
        "state": state,
        "state_name": words["states"][state]["name"],
        "waits_for": list(waits_for),
        "waits_for_names": [_name(case, "material", slug) for slug in waits_for],
        "due": first.get("due", task.due) or None,
        "due_explained": first.get("due_explained", task.due_explained) or _due_words(catalogue, task, state),
        "payee": task.payee,
        "payee_name": payee,
        "payee_note": words["card_only"].format(account=payee) if _fixed(catalogue, task) else "",
        "payees": list(task.payees),
        "silent": task.silent,
        "result": "" if first else task.result,
        "certificate_number": "" if first else task.certificate_number,
        "reason": "" if first else task.reason,
        "next_step": words["states"][state]["next"],
    }


def _fixed(catalogue: Catalogue, task: Task) -> bool:
    """Where the locality offers a choice but this item does not."""
    return len(task.payees) == 1 and len(catalogue.payee_choices) > 1


def _due_words(catalogue: Catalogue, task: Task, state: TaskState) -> str:
    words = catalogue.texts["wording"]
    if state in (TaskState.WAITING, TaskState.OPEN, TaskState.ACCEPTED) and task.working_days is None:
        return str(words["due_unknown"].format(agency=task.agency_name))
    return str(words["due_from_open"]) if state is TaskState.WAITING else ""


def _rest(case: Case) -> Answer:
    return {
        "left_out": [
            {"matter": slug, "name": _name(case, "matter", slug), "reason": reason} for slug, reason in case.left_out
        ],
        "counter_only": [
            {"item": slug, "name": _name(case, "item", slug), "reason": reason} for slug, reason in case.counter_only
        ],
        "done_already": list(case.done_already),
        "done_already_names": [_name(case, "item", slug) for slug in case.done_already],
        "linked": [{"item": task.item, "name": task.name} for task in case.linked],
        "missing": missing(case),
        "uploads": list(case.uploads),
        "notices": list(case.notices),
    }


def _name(case: Case, sort: str, slug: str) -> str:
    return case.names.get(f"{sort}:{slug}", slug)
