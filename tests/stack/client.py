"""A caller of the running stack: families without an account, agencies and certifiers with a token."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

from tests.stack.processes import Stack

ROOT = Path(__file__).parents[2]
SECONDS = 15


@cache
def token(port: int, state: Path, locality: str, role: str, agency: str) -> str:
    """What `scripts/token.py` prints for this stack."""
    command = [sys.executable, str(ROOT / "scripts/token.py"), "--port", str(port), "--state", str(state)]
    command += ["--locality", locality, "--role", role, "--agency", agency]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, cwd="/")
    return done.stdout.strip()


@dataclass(frozen=True, slots=True)
class Place:
    """One locality of one stack."""

    stack: Stack
    slug: str

    @property
    def port(self) -> int:
        return self.stack.port

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/{self.slug}"

    def apply(self, body: dict[str, Any]) -> requests.Response:
        return requests.post(f"{self.api}/applications", json=body, timeout=SECONDS)

    def look_up(self, receipt: dict[str, Any]) -> dict[str, Any]:
        numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
        reply = requests.post(f"{self.api}/lookup", json=numbers, timeout=SECONDS)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def states(self, receipt: dict[str, Any]) -> dict[str, str]:
        return {task["item"]: task["state"] for task in self.look_up(receipt)["tasks"]}

    def staff(self, agency: str, role: str = "agency") -> dict[str, str]:
        return {"Authorization": f"Bearer {token(self.port, self.stack.state, self.slug, role, agency)}"}

    def tasks(self, agency: str, state: str = "open") -> list[dict[str, Any]]:
        """Every page of an agency's list."""
        found: list[dict[str, Any]] = []
        cursor = ""
        while True:
            query = {"state": state, **({"cursor": cursor} if cursor else {})}
            reply = requests.get(f"{self.api}/tasks", params=query, headers=self.staff(agency), timeout=SECONDS)
            assert reply.status_code == 200, reply.text
            found += reply.json()["tasks"]
            cursor = reply.json()["cursor"]
            if not cursor:
                return found

    def task(self, agency: str, task_id: str) -> requests.Response:
        return requests.get(f"{self.api}/tasks/{task_id}", headers=self.staff(agency), timeout=SECONDS)

    def report(self, agency: str, task_id: str, action: str, **more: Any) -> requests.Response:
        body = {"report_id": str(uuid4()), "action": action, **more}
        url = f"{self.api}/tasks/{task_id}/report"
        return requests.post(url, json=body, headers=self.staff(agency), timeout=SECONDS)

    def finish(self, agency: str, task_id: str, **more: Any) -> None:
        for action, rest in (("accept", {}), ("complete", more)):
            reply = self.report(agency, task_id, action, **rest)
            assert reply.status_code == 200, reply.text

    def certify(self, agency: str, kind: str, body: dict[str, Any], reference: str) -> requests.Response:
        url = f"{self.api}/certificates/{kind}/{reference}"
        return requests.put(url, json=body, headers=self.staff(agency, "certifier"), timeout=SECONDS)

    def mailbox(self) -> list[dict[str, Any]]:
        reply = requests.get(f"http://127.0.0.1:{self.port}/mailbox/messages.json", timeout=SECONDS)
        return list(reply.json())


def eventually(holds: Callable[[], bool], what: str, seconds: float = 20) -> None:
    """Deliveries take a sweep or two."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s: {what}")
