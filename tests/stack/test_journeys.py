"""Whole cases through the running stack, in both places; the look-up tells the truth at each step."""

import concurrent.futures
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from tests import applications
from tests.stack.client import Place, eventually
from tests.stack.processes import Stack, start_stack, stop_stack

pytestmark = pytest.mark.stack


@pytest.fixture
def jining(stack: Stack) -> Place:
    return Place(stack, "jining")


@pytest.fixture
def guyang(stack: Stack) -> Place:
    return Place(stack, "guyang")


def task_id(receipt: dict, item: str) -> str:  # type: ignore[type-arg]
    return next(task["task_id"] for task in receipt["tasks"] if task["item"] == item)


def test_a_retired_enterprise_worker_in_jining_from_application_to_close(jining: Place) -> None:
    body = applications.jining(deceased=applications.deceased(serial=101))
    receipt = jining.apply(body).json()
    assert jining.states(receipt)["enterprise-retiree"] == "waiting"
    jining.finish("health", task_id(receipt, "death-certificate"), certificate_number="D-101")
    assert set(jining.states(receipt).values()) == {"completed", "open"}
    seen = jining.task("social-security", task_id(receipt, "enterprise-retiree")).json()
    assert seen["fields"]["deceased.name"] == body["deceased"]["name"]
    jining.finish("civil-affairs", task_id(receipt, "cremation-certificate"), certificate_number="C-101")
    jining.finish("social-security", task_id(receipt, "enterprise-retiree"), result="已核定支付")
    jining.finish("police", task_id(receipt, "hukou-cancellation"))
    licence = next(task for task in jining.look_up(receipt)["tasks"] if task["item"] == "licence-cancellation")
    assert licence["silent"]
    jining.finish("police", licence["task_id"], result="名下无驾驶证")
    answer = jining.look_up(receipt)
    assert answer["state"] == "closed"
    assert [one["agency_name"] for one in answer["openings"]] == ["人社部门"]
    number = receipt["case_number"]
    eventually(lambda: any(number in str(mail) and "都有了结果" in str(mail) for mail in jining.mailbox()), "closing")


def test_a_public_servant_in_guyang_waits_for_the_police(guyang: Place) -> None:
    someone = applications.deceased(serial=102)
    receipt = guyang.apply(applications.guyang(deceased=someone)).json()
    assert set(guyang.states(receipt).values()) == {"waiting"}
    hukou = task_id(receipt, "hukou-cancellation")
    assert guyang.report("police", hukou, "accept").status_code == 409
    certificate = {"number": "D-102", "id_number": someone["id_number"], "name": someone["name"]}
    assert guyang.certify("health", "death-certificate", certificate, "ref-102").status_code == 200
    assert guyang.states(receipt)["hukou-cancellation"] == "open"
    guyang.finish("police", hukou, certificate_number="H-102")
    assert set(guyang.states(receipt).values()) == {"completed", "open"}
    for item, agency in (
        ("public-retiree", "social-security"),
        ("public-pension-account", "social-security"),
        ("medical-account", "medical-insurance"),
    ):
        guyang.finish(agency, task_id(receipt, item))
    assert guyang.look_up(receipt)["state"] == "closed"


def test_agencies_get_a_mail_for_each_new_task_and_families_a_receipt(jining: Place) -> None:
    body = applications.jining(deceased=applications.deceased(serial=103))
    receipt = jining.apply(body).json()

    def told() -> list[str]:
        return [str(mail) for mail in jining.mailbox() if receipt["case_number"] in str(mail)]

    eventually(lambda: len(told()) == len(receipt["tasks"]) + 1, "a mail per task and a receipt")
    assert not any(body["deceased"]["id_number"] in text or body["deceased"]["name"] in text for text in told())


def test_the_same_submission_fifty_times_at_once_is_one_case(jining: Place) -> None:
    body = applications.jining(deceased=applications.deceased(serial=104), submission_key="fifty-at-once")
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(lambda _: jining.apply(body), range(50)))
    assert sorted({reply.status_code for reply in replies}) == [200, 201]
    assert sum(reply.status_code == 201 for reply in replies) == 1
    assert all(reply.json() == replies[0].json() for reply in replies)


def test_someone_elses_task_or_place_is_not_found(jining: Place, guyang: Place) -> None:
    receipt = jining.apply(applications.jining(deceased=applications.deceased(serial=105))).json()
    task = task_id(receipt, "death-certificate")
    assert jining.task("police", task).status_code == 404
    other = requests.get(f"{jining.api}/tasks/{task}", headers=guyang.staff("police"), timeout=10)
    assert other.status_code == 404
    assert requests.get(f"{jining.api}/tasks/{task}", timeout=10).status_code == 401


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Stack]]:
    """Starts the stack on one state folder as often as a test likes; none outlives the test."""
    started: list[Stack] = []

    def start(port: int | None = None) -> Stack:
        started.append(start_stack(tmp_path / "state", "--no-build", port=port))
        return started[-1]

    yield start
    for stack in started:
        if stack.process.poll() is None:
            stop_stack(stack)


def test_nothing_acknowledged_is_lost_when_everything_is_killed(start: Callable[..., Stack]) -> None:
    stack = start()
    place = Place(stack, "jining")
    receipts = [
        place.apply(applications.jining(deceased=applications.deceased(serial=200 + number))).json()
        for number in range(5)
    ]
    place.report("health", task_id(receipts[0], "death-certificate"), "accept")
    for pid in (stack.child("app"), stack.child("emulator"), stack.child("issuer"), stack.process.pid):
        os.kill(pid, signal.SIGKILL)
    stack.process.wait(20)
    time.sleep(0.5)
    place = Place(start(stack.port), "jining")
    assert place.states(receipts[0])["death-certificate"] == "accepted"
    reply = place.report("health", task_id(receipts[0], "death-certificate"), "complete", certificate_number="D")
    assert reply.status_code == 200, reply.text
    assert place.states(receipts[0])["hukou-cancellation"] == "open"
    for receipt in receipts:
        assert place.look_up(receipt)["case_number"] == receipt["case_number"]
        number = receipt["case_number"]
        eventually(lambda number=number: number in str(place.mailbox()), "its mails arrive all the same")


@pytest.mark.parametrize("victim", ["app", "emulator"])
def test_one_part_that_is_killed_comes_back_and_delivery_resumes(victim: str, start: Callable[..., Stack]) -> None:
    stack = start()
    place = Place(stack, "jining")
    receipt = place.apply(applications.jining(deceased=applications.deceased(serial=300))).json()
    os.kill(stack.child(victim), signal.SIGKILL)
    eventually(lambda: answers(place), "the stack is back")
    assert place.states(receipt)["death-certificate"] == "open"
    number = receipt["case_number"]
    eventually(lambda: str(place.mailbox()).count(number) >= len(receipt["tasks"]) + 1, "every delivery")


def answers(place: Place) -> bool:
    try:
        body = {"case_number": "1000 0000 0000", "lookup_code": "0"}
        return requests.post(f"{place.api}/lookup", json=body, timeout=2).status_code in (404, 429)
    except requests.RequestException:
        return False
