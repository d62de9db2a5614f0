"""Each function runs with the variables of resources.yaml and the rights of its policy, and needs no others."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

import app as application
from chalicelib import wiring
from chalicelib.settings import MissingSettingError
from scripts.local import template
from tests import applications
from tests.api.gateway import Api
from tests.api.rights import granted, policy, used
from tests.api.test_functions import CONTEXT, batch, mails, outside, taken, texts, tick  # noqa: F401 - fixtures
from tests.emulator import RESOURCES, Aws
from tests.issuer import token


@pytest.fixture
def only() -> Callable[[str], Any]:
    """`with only("Sweep")`: the environment is that function's."""
    functions = {
        name: set(one["Properties"]["Environment"]["Variables"])
        for name, one in template.load(RESOURCES)["Resources"].items()
        if "Environment" in one["Properties"]
    }

    @contextmanager
    def forget(function: str) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name in set().union(*functions.values()) - functions[function]:
                patch.delenv(name, raising=False)
            for made in (wiring.backend, wiring.verifier):
                made.cache_clear()
            with used() as rights:
                yield
        grants = policy(function)
        assert [right for right in sorted(rights) if not granted(grants, *right)] == []

    return forget


def test_the_endpoints_have_what_they_need(api: Api, only: Callable[[str], Any]) -> None:
    with only("APIHandler"):
        _whole_life(api)


def _whole_life(api: Api) -> None:
    health = token(agency="health")
    receipt = api.post("jining/applications", applications.jining()).json
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    assert api.post("jining/lookup", {**numbers, "lookup_code": "0"}).status == 404
    assert api.post("jining/lookup", numbers).status == 200
    assert api.post("jining/corrections", {**numbers, "applicant": {"phone": "13900000009"}}).status == 200
    (task,) = api.get("jining/tasks", health).json["tasks"]
    report = {"report_id": "r", "action": "accept"}
    assert api.post(f"jining/tasks/{task['task_id']}/report", report, health).status == 200
    person = {name: applications.deceased()[name] for name in ("id_number", "name")}
    certifier = token(agency="health", role="certifier")
    assert api.put("jining/certificates/death-certificate/1", person, certifier).status == 200
    rating = {**numbers, "task_id": task["task_id"], "stuck": True, "comment": "请回电"}
    assert api.post("jining/ratings", rating).status == 200
    auditor = token(agency="administrative-approval", role="auditor")
    number = task["task_id"][:12]
    for path in (f"cases/{number}", f"verify?case={number}", "verify", "refusals?day=2026-11-23"):
        assert api.get(f"jining/audit/{path}", auditor).status == 200
    assert api.get(f"jining/audit/cases/{number}", health).status == 403
    last = receipt["tasks"][-1]["task_id"]
    assert api.post("jining/withdrawals", {**numbers, "tasks": [last]}).status == 200


def test_what_anchors_and_what_shreds_have_what_they_need(
    api: Api, only: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = api.post("jining/applications", applications.jining(matters=["death-certificate"], payee=None)).json
    path = f"jining/tasks/{receipt['tasks'][0]['task_id']}/report"
    decline = {"report_id": "1", "action": "decline", "reason": "x"}
    assert api.post(path, decline, token(agency="health")).status == 200
    monkeypatch.setattr(wiring, "datetime", later(days=400))
    with only("Shred"):
        assert application.shred(tick(), CONTEXT)["jining"]["shredded"] == 1
    with only("Anchor"):
        assert application.anchor(tick(), CONTEXT)["jining"]


def later(days: int) -> Any:
    """Stands for `datetime` where the clock is made."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(days=days)

    return Later


def test_the_endpoints_cannot_unwrap_a_key(api: Api, only: Callable[[str], Any]) -> None:
    with only("APIHandler"), pytest.raises(MissingSettingError):
        wiring.sealing_key().unwrap(b"", {})


def test_the_opening_function_has_what_it_needs(api: Api, only: Callable[[str], Any]) -> None:
    task = api.post("jining/applications", applications.jining()).json["tasks"][0]["task_id"]
    call = {"token": token(agency="health"), "locality": "jining", "task_id": task}
    with only("OpenEnvelope"):
        answer = json.loads(json.dumps(application.open_envelope(call, CONTEXT)))
    assert answer["answer"]["task_id"] == task


@pytest.mark.usefixtures("outside")
def test_what_sends_has_what_it_needs(api: Api, aws: Aws, only: Callable[[str], Any]) -> None:
    api.post("jining/applications", applications.jining())
    with only("Sweep"):
        assert application.sweep(tick(), CONTEXT)["queued"]
    deliveries, messages = taken(aws, "Deliveries"), taken(aws, "Messages")
    with only("Deliver"):
        assert batch("deliver", *deliveries) == []
    with only("Tell"):
        assert batch("tell", *messages) == []
    assert not application.sweep(tick(), CONTEXT)["found"]


@pytest.mark.usefixtures("outside")
def test_what_spreads_certificates_may_take_notes_off_the_board(api: Api, aws: Aws, only: Callable[[str], Any]) -> None:
    """One case is blocked by a refusal; the certificate that frees it comes out of another."""
    declined, completed = (api.post("jining/applications", applications.jining()).json for _ in range(2))
    _report(api, declined, "decline")
    assert [task["blocked_by"] for task in _waiting(api)].count("health") == 1
    _report(api, completed, "accept")
    _report(api, completed, "complete")
    application.sweep(tick(), CONTEXT)
    with only("Deliver"):
        assert batch("deliver", *taken(aws, "Deliveries")) == []
    assert _waiting(api) == []


def _report(api: Api, receipt: Any, action: str) -> None:
    said = {"report_id": action, "action": action, "reason": "x"}
    path = f"jining/tasks/{receipt['tasks'][0]['task_id']}/report"
    assert api.post(path, said, token(agency="health")).status == 200


def _waiting(api: Api) -> list[Any]:
    tasks: list[Any] = api.get("jining/tasks?state=waiting", token(agency="police")).json["tasks"]
    return tasks
