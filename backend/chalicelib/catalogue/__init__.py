"""The rules of a locality as data, and what follows from them. Standard library only."""

from .load import NoLocalityError, for_locality, load, localities
from .model import Bring, Catalogue, Channel
from .plan import OnFile, Plan, PlannedTask, Request, plan
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
    "for_locality",
    "load",
    "localities",
    "plan",
    "verdict",
]
