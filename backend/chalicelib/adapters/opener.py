"""Calls the function that opens envelopes: in another process, the only one with the right to unwrap keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..catalogue import Problem
from ..services.refused import Refused
from ..services.store import UnavailableError
from .faults import translated

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class LambdaOpener:
    """It gets the token and verifies it itself: whoever calls it gains nothing."""

    def __init__(self, client: Callable[[], LambdaClient], function: Callable[[], str]) -> None:
        self._client, self._function = client, function

    def __call__(self, token: str, locality: str, task_id: str) -> dict[str, Any]:
        request = json.dumps({"token": token, "locality": locality, "task_id": task_id})
        with translated():
            answer = self._client().invoke(FunctionName=self._function(), Payload=request.encode())
            content = answer["Payload"].read()
        # Absent from most answers, whatever the type says.
        if answer.get("FunctionError"):
            raise UnavailableError("the function that opens envelopes failed")
        return _unpacked(json.loads(content))


def packed(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The function's side: its answer or refusal as a value that travels."""
    try:
        return {"answer": call()}
    except Refused as refused:
        problems = [[problem.code, problem.field, dict(problem.values)] for problem in refused.problems]
        return {"refused": {"status": refused.status, "problems": problems, "retry_after": refused.retry_after}}


def _unpacked(given: Mapping[str, Any]) -> dict[str, Any]:
    if "answer" in given:
        answer: dict[str, Any] = given["answer"]
        return answer
    refused = given["refused"]
    problems = [Problem(code, field, values) for code, field, values in refused["problems"]]
    raise Refused(refused["status"], problems, refused["retry_after"])
