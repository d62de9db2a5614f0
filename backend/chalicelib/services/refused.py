"""What a use case answers when the caller has to do something differently."""

from __future__ import annotations

from collections.abc import Iterable

from ..catalogue import Problem


class Refused(Exception):  # noqa: N818 - not an error of the machine
    """`status` is an HTTP status below 500; `retry_after` is in seconds."""

    def __init__(self, status: int, problems: Iterable[Problem], retry_after: int | None = None) -> None:
        self.status = status
        self.problems = tuple(problems)
        self.retry_after = retry_after
        super().__init__(f"{status} {','.join(problem.code for problem in self.problems)}")


class BusyError(Exception):
    """Others kept writing first; nothing was lost or written, and trying again helps."""


def not_found() -> Refused:
    return Refused(404, [Problem("not_found")])
