"""What the service may cost: requests to AWS, counted; modules loaded; processor time that strangers can take."""

# ruff: noqa: F811 - fixtures are imported, and named again by the tests that ask for them

import base64
import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from botocore.httpsession import URLLib3Session

import app as application
from chalicelib import wiring
from chalicelib.adapters.dynamodb import DynamoStore
from chalicelib.services import person as people
from chalicelib.services.records import person_key
from chalicelib.services.store import Patch
from tests import applications
from tests.api.conftest import api, key_set_address, places  # noqa: F401 - fixtures
from tests.api.gateway import Answer, Api
from tests.architecture.imports import ROOT
from tests.issuer import token

READ, WRITE, LIST = "BatchGetItem", "TransactWriteItems", "Query"
HEALTH = token(agency="health")


@pytest.fixture
def requests(api: Api, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The operations asked of AWS from now on, further tries included, in their order."""
    made: list[str] = []
    send = URLLib3Session.send

    def noted(session: URLLib3Session, request: Any) -> Any:
        target = request.headers["X-Amz-Target"]
        made.append((target if isinstance(target, str) else target.decode()).rpartition(".")[2])
        return send(session, request)

    monkeypatch.setattr(URLLib3Session, "send", noted)
    return made


def counted(requests: list[str], ask: Callable[[], Answer], status: int) -> list[str]:
    requests.clear()
    answer = ask()
    assert answer.status == status, answer.body
    return list(requests)


def submitted(api: Api) -> dict[str, Any]:
    return dict(api.post("jining/applications", applications.jining()).json)


def task_id(receipt: dict[str, Any], item: str) -> str:
    return str(next(task["task_id"] for task in receipt["tasks"] if task["item"] == item))


@pytest.mark.parametrize("body", [applications.jining(), applications.guyang()], ids=["jining", "guyang"])
def test_a_submission_is_one_read_and_one_transaction(api: Api, requests: list[str], body: Any) -> None:
    slug = "guyang" if "eligibility" in body else "jining"
    assert counted(requests, lambda: api.post(f"{slug}/applications", body), 201) == [READ, WRITE]


def test_a_submission_sent_again_is_two_reads(api: Api, requests: list[str]) -> None:
    body = applications.jining()
    api.post("jining/applications", body)
    assert counted(requests, lambda: api.post("jining/applications", body), 200) == [READ, LIST]


def test_a_submission_with_problems_asks_nothing_of_the_store(api: Api, requests: list[str]) -> None:
    assert counted(requests, lambda: api.post("jining/applications", {}), 422) == []


@pytest.mark.parametrize("conflicts", [1, 2])
def test_each_conflict_costs_one_more_pair(
    api: Api,
    requests: list[str],
    monkeypatch: pytest.MonkeyPatch,
    conflicts: int,
) -> None:
    body, commit, left = applications.jining(), DynamoStore.commit, [conflicts]
    someone = body["deceased"]
    person, _ = people.identify(wiring.backend().ports.secrets, "jining", someone["id_number"], someone["name"])

    def beaten(store: DynamoStore, writes: Any) -> None:
        """Somebody else writes the person's record after it was read; that request is not the submission's."""
        if left[0]:
            left[0] -= 1
            commit(store, [Patch(person_key(person))])
            requests.pop()
        commit(store, writes)

    monkeypatch.setattr(DynamoStore, "commit", beaten)
    assert counted(requests, lambda: api.post("jining/applications", body), 201) == [READ, WRITE] * (conflicts + 1)


def test_a_look_up_is_two_requests_at_most(api: Api, requests: list[str]) -> None:
    receipt = submitted(api)
    right = {name: receipt[name] for name in ("case_number", "lookup_code")}
    wrong = {**right, "lookup_code": "0" * 16}
    assert counted(requests, lambda: api.post("jining/lookup", right), 200) == [LIST]
    assert counted(requests, lambda: api.post("jining/lookup", wrong), 404) == [LIST, WRITE]
    assert counted(requests, lambda: api.post("jining/lookup", right), 200) == [LIST, WRITE]


def test_a_report_is_one_read_and_one_transaction_whatever_follows(api: Api, requests: list[str]) -> None:
    """The last one puts a certificate on file, opens every task that waits for it and starts a silent one."""
    path = f"jining/tasks/{task_id(submitted(api), 'death-certificate')}/report"
    accept = {"report_id": "1", "action": "accept"}
    complete = {"report_id": "2", "action": "complete", "certificate_number": "D-1"}
    for body in (accept, complete):
        assert counted(requests, lambda body=body: api.post(path, body, HEALTH), 200) == [LIST, WRITE]
    assert counted(requests, lambda: api.post(path, complete, HEALTH), 200) == [LIST]


def test_a_worklist_is_one_request(api: Api, requests: list[str]) -> None:
    submitted(api)
    assert counted(requests, lambda: api.get("jining/tasks", HEALTH), 200) == [LIST]


def test_opening_a_task_is_recorded_before_its_key_is_asked_for(api: Api, requests: list[str]) -> None:
    path = f"jining/tasks/{task_id(submitted(api), 'death-certificate')}"
    assert counted(requests, lambda: api.get(path, HEALTH), 200) == [LIST, WRITE, READ, READ, "Decrypt"]


# What the second line loads is loaded by the first request that needs the store.
LOADED = """
import json, sys
import app
from chalicelib.adapters import aws
for service in ("dynamodb", "kms", "sqs", "lambda"):
    aws.client(service)
print(json.dumps(sorted(sys.modules)))
"""


def test_even_with_every_client_made_no_parser_and_no_resource_layer_is_loaded() -> None:
    command = [sys.executable, "-c", LOADED]
    said = subprocess.run(command, cwd=ROOT / "backend", capture_output=True, check=True, text=True).stdout
    loaded = set(json.loads(said))
    assert "botocore.client" in loaded
    unwanted = {"yaml", "jinja2", "pydantic", "jsonschema", "mkdocs", "boto3.dynamodb"}
    assert not unwanted & loaded


MEGABYTE = 1_000_000
HOSTILE = {
    "a megabyte": json.dumps(applications.jining(applicant={"name": "n" * 990_000})).encode(),
    "more than a megabyte": b'{"a": "' + b"x" * MEGABYTE + b'"}',
    "ten thousand matters": json.dumps(applications.jining(matters=[f"m{n}" for n in range(10_000)])).encode(),
    "a hundred thousand levels": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "a hundred thousand lists in lists": b'{"matters":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a megabyte of small numbers": b'{"matters":[' + b"1," * 490_000 + b"1]}",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("path", ["applications", "lookup"])
def test_the_function_answers_a_hostile_body_within_a_tenth_of_a_second(
    places: None,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    content: bytes,
) -> None:
    """As the gateway calls it: an event in, an answer out. The best of three, since others use this machine too."""
    secrets = {"identity": {"v1": "01" * 32}, "lookup": "02" * 32, "fingerprint": "03" * 32}
    monkeypatch.setenv("SECRETS", json.dumps(secrets))
    wiring.backend.cache_clear()
    spent = []
    for _ in range(3):
        event = event_of(path, content)
        start = time.process_time()
        answer = application.app(event, None)
        spent.append(time.process_time() - start)
    assert answer["statusCode"] in (400, 404, 413, 422)
    assert min(spent) < 0.1


@pytest.mark.parametrize(
    "body",
    [
        {"report_id": "1", "action": "ask", "reason": "x", "materials": [f"m{n}" for n in range(10_000)]},
        {"report_id": "1", "action": "decline", "reason": "x" * 900_000},
        {f"field-{n}": n for n in range(40_000)},
    ],
    ids=["ten thousand materials", "a reason of a megabyte", "forty thousand fields"],
)
def test_a_hostile_report_is_refused_within_a_tenth_of_a_second(api: Api, body: Any) -> None:
    content, spent = json.dumps(body).encode(), []
    for _ in range(3):
        start = time.process_time()
        answer = api.ask("POST", "jining/tasks/100000000000-01/report", content, "application/json", HEALTH)
        spent.append(time.process_time() - start)
    assert answer.status == 422
    assert min(spent) < 0.1


def event_of(path: str, content: bytes) -> dict[str, Any]:
    """What API Gateway's proxy integration hands to the function."""
    return {
        "resource": f"/api/{{locality}}/{path}",
        "path": f"/api/jining/{path}",
        "httpMethod": "POST",
        "headers": {"Content-Type": "application/json"},
        "multiValueHeaders": {"Content-Type": ["application/json"]},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": {"locality": "jining"},
        "stageVariables": None,
        "requestContext": {
            "resourcePath": f"/api/{{locality}}/{path}",
            "httpMethod": "POST",
            "path": f"/api/jining/{path}",
            "identity": {"sourceIp": "127.0.0.1"},
        },
        "body": base64.b64encode(content).decode(),
        "isBase64Encoded": True,
    }
