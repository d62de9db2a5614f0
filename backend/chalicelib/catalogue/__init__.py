"""The rules of a locality as data, and what follows from them. Standard library only."""

from .load import NoLocalityError, for_locality, load, localities
from .model import Bring, Catalogue, Channel, Way
from .plan import OnFile, Plan, PlannedTask, Request, plan, silent_tasks
from .problem import Problem
from .when import UNKNOWN, Answer, Answers, Verdict, verdict

__all__ = [
    "UNKNOWN",
    "Answer",
    "Answers",
    "Bring",
    "Catalogue",
    "Channel",
    "NoLocalityError",
    "OnFile",
    "Plan",
    "PlannedTask",
    "Problem",
    "Request",
    "Verdict",
    "Way",
    "for_locality",
    "load",
    "localities",
    "plan",
    "silent_tasks",
    "verdict",
]
