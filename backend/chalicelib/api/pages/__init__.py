"""The pages that the API answers with: forms with everything typed kept, receipts, the state of a case.

They were written by the site's generator (`scripts.guide.answers`); here they are only filled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .case import case
from .opinions import opinions
from .page import Look, fill, read
from .typed import Fields, Problems, Typed

__all__ = [
    "case_page",
    "check_page",
    "conditions_page",
    "form_page",
    "lookup_page",
    "problem_page",
    "receipt_page",
    "turned_away_page",
    "withdraw_page",
]


def form_page(slug: str, typed: Fields, problems: Problems = ()) -> str:
    """The application form, everything typed kept."""
    return fill(slug, "form", _typed(slug, "form", typed, problems))


def conditions_page(slug: str, typed: Fields, problems: Problems = ()) -> str:
    """Only for places that have conditions."""
    return fill(slug, "conditions", _typed(slug, "conditions", typed, problems))


def lookup_page(slug: str, typed: Fields, problems: Problems = ()) -> str:
    return fill(slug, "lookup", _typed(slug, "lookup", typed, problems))


def turned_away_page(slug: str, reasons: Sequence[str]) -> str:
    """Only for places that have conditions."""
    return fill(slug, "turned_away", _known({"reasons": reasons}))


def check_page(slug: str, typed: Fields, summary: Mapping[str, Any]) -> str:
    """`summary`: a receipt without numbers, with `submission_key`, and `matters` where answers tick them."""
    look, known = _typed(slug, "check", typed, ()), case(summary)
    known["matters"] = [_matter(typed, matter) for matter in summary.get("matters", ())]
    return fill(slug, "check", lambda name: known[name] if name in known else look(name))


def receipt_page(slug: str, receipt: Mapping[str, Any]) -> str:
    known = case(receipt)
    return fill(slug, "receipt", _known(known | opinions({"lookup_code": [known["lookup_code"]]}, known)))


def case_page(
    slug: str, answer: Mapping[str, Any], typed: Fields | None = None, problems: Problems = (), done: str = ""
) -> str:
    """`typed`: with a look-up code in it the page offers what the family may change; else it only shows.

    `done`: what the family has just done: `corrections`, `withdrawals` or `ratings`.
    """
    look, known = _typed(slug, "case", typed or {}, problems), case(answer)
    known |= _offers(typed or {}, known) | opinions(typed or {}, known) | {f"done:{done}": True}
    return fill(slug, "case", lambda name: known[name] if name in known else look(name))


def withdraw_page(slug: str, answer: Mapping[str, Any], typed: Fields, chosen: Sequence[str]) -> str:
    """Asks once more; `chosen`: ids of tasks."""
    look, known = _typed(slug, "withdraw", typed, ()), case(answer)
    known["chosen"] = [task for task in known["tasks"] if task["task_id"] in chosen]
    return fill(slug, "withdraw", lambda name: known[name] if name in known else look(name))


def problem_page(slug: str | None, status: int, problems: Problems) -> str:
    """Anything else that stopped a request; `slug` None: outside any place."""
    messages = [{"message": message} for _, message in problems]
    worth_trying = status in {409, 413, 429} or status >= 500
    return fill(slug, "problem", _known({"problems": messages, f"status:{status}": True, "again": worth_trying}))


def _typed(slug: str, name: str, typed: Fields, problems: Problems) -> Typed:
    return Typed(typed, problems, read(slug, name))


def _known(values: Mapping[str, object]) -> Look:
    return values.get


def _offers(typed: Fields, known: Mapping[str, Any]) -> dict[str, Any]:
    """What the family may change: only with its code at hand, and only while there is something to change."""
    may = any(typed.get("lookup_code", ())) and known.get("state") in ("received", "in_progress")
    asking = [task for task in known["tasks"] if task["state"] == "correcting"] if may else []
    free = [task for task in known["tasks"] if task.get("withdrawable")] if may else []
    return {
        "tasks": [{**task, "offer_withdrawal": task in free} for task in known["tasks"]],
        "asking": [{**task, "ticked": _ticked(typed, task["task_id"])} for task in asking],
        "asked": bool(asking),
        "may_correct": may,
        "may_withdraw": bool(free),
    }


def _ticked(typed: Fields, task_id: str) -> bool:
    """Unless it was listed before and unticked."""
    return "tasks_listed" not in typed or task_id in typed.get("tasks", ())


def _matter(typed: Fields, matter: Mapping[str, Any]) -> dict[str, Any]:
    """Ticked, unless it was listed before and unticked."""
    unticked = matter["matter"] in typed.get("matters_listed", ()) and matter["matter"] not in typed.get("matters", ())
    return {**matter, "ticked": bool(matter.get("required")) or not unticked}
