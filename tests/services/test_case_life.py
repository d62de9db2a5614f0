"""A case from its submission to its end: certificates open what waits, reports move tasks, the family sees it."""

import pytest

from chalicelib.services.claims import Role
from chalicelib.services.refused import Refused
from tests import applications
from tests.services.world import World, task_of


def status(caught: pytest.ExceptionInfo[Refused]) -> tuple[int, str]:
    return caught.value.status, caught.value.problems[0].code


def states(world: World, receipt: object, locality: str = "jining") -> dict[str, str]:
    return {task["item"]: task["state"] for task in world.look_up(receipt, locality)["tasks"]}


def test_a_report_is_one_read_and_one_transaction(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "accept")
    world.store.calls.clear()
    world.report("health", task, "complete", certificate_number="D1")
    assert world.store.calls == {"read": 1, "commit": 1}


def test_completing_what_issues_a_certificate_opens_what_waits_and_starts_what_is_silent(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.finish("health", task_of(receipt, "death-certificate")["task_id"], certificate_number="D1")
    assert states(world, receipt) == {
        "death-certificate": "completed",
        "cremation-certificate": "open",
        "enterprise-retiree": "open",
        "hukou-cancellation": "open",
        "licence-cancellation": "open",
    }
    licence = next(task for task in world.tasks("police") if task["item"] == "licence-cancellation")
    assert set(world.open_task("police", licence["task_id"])["fields"]) == {"deceased.name", "deceased.id_number"}


def test_a_silent_item_starts_once_for_a_person_however_many_cases_there_are(world: World) -> None:
    first = world.submit(applications.jining()).receipt
    second = world.submit(applications.jining(matters=["death-certificate"], payee=None)).receipt
    world.finish("health", task_of(first, "death-certificate")["task_id"])
    world.deliver_all()
    third = world.submit(applications.jining(matters=["licence-cancellation"], payee=None)).receipt
    assert [task["item"] for task in world.tasks("police")].count("licence-cancellation") == 1
    assert third["linked"] == [{"item": "licence-cancellation", "name": "驾驶证注销"}]
    assert states(world, second)["licence-cancellation"] == "open", "the other case's, shown here too"


def test_in_guyang_everything_waits_for_the_police_and_then_opens_at_once(world: World) -> None:
    receipt = world.submit(applications.guyang(), "guyang").receipt
    assert set(states(world, receipt, "guyang").values()) == {"waiting"}
    someone = applications.deceased()
    body = {"id_number": someone["id_number"], "name": someone["name"], "number": "D1"}
    world.certify("health", "death-certificate", body, locality="guyang")
    hukou = task_of(receipt, "hukou-cancellation")["task_id"]
    world.finish("police", hukou, "guyang", certificate_number="H1")
    assert states(world, receipt, "guyang") == {
        "hukou-cancellation": "completed",
        "public-retiree": "open",
        "public-pension-account": "open",
        "medical-account": "open",
    }
    assert world.look_up(receipt, "guyang")["tasks"][1]["due"] is None, "nothing is promised, nothing is computed"


def test_the_last_result_closes_the_case(world: World) -> None:
    receipt = world.submit(applications.jining(matters=["death-certificate", "medical-account"])).receipt
    world.finish("health", task_of(receipt, "death-certificate")["task_id"])
    world.finish("medical-insurance", task_of(receipt, "medical-account")["task_id"], result="已支取")
    licence = next(task for task in world.tasks("police") if task["item"] == "licence-cancellation")
    assert world.look_up(receipt)["state"] == "in_progress"
    world.report("police", licence["task_id"], "accept")
    world.report("police", licence["task_id"], "complete", result="名下无驾驶证")
    answer = world.look_up(receipt)
    assert answer["state"] == "closed"
    assert [task["result"] for task in answer["tasks"]] == ["", "已支取", "名下无驾驶证"]


def test_an_undetermined_task_is_named_when_it_is_accepted(world: World) -> None:
    body = applications.jining(
        answers={"pension": "enterprise", "receiving_pension": "unknown"}, matters=["pension-account"], payee="heir"
    )
    body["accounts"]["heir"] = {"bank": "示例银行", "holder": "王小明", "account_number": "6217000000000002"}
    receipt = world.submit(body).receipt
    task = receipt["tasks"][0]
    assert task["item"] is None
    assert task["candidates"] == ["enterprise-retiree", "enterprise-employee"]
    someone = applications.deceased()
    world.certify("health", "death-certificate", {"id_number": someone["id_number"], "name": someone["name"]})
    for item, code in ((None, "item_required"), ("housing-fund", "item_unknown")):
        with pytest.raises(Refused) as caught:
            world.report("social-security", task["task_id"], "accept", item=item)
        assert status(caught) == (422, code)
    world.report("social-security", task["task_id"], "accept", item="enterprise-retiree")
    shown = world.look_up(receipt)["tasks"][0]
    assert (shown["item"], shown["payee"], shown["candidates"]) == ("enterprise-retiree", "card", [])
    fields = world.open_task("social-security", task["task_id"])["fields"]
    assert not [path for path in fields if path.startswith("accounts.heir")], "only what the named item discloses"


def test_a_repeated_report_has_no_second_effect(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    first = world.report("health", task, "accept", report_id="same")
    before = dict(world.store.records)
    assert world.report("health", task, "accept", report_id="same") == first
    assert world.store.records == before
    with pytest.raises(Refused) as caught:
        world.report("health", task, "complete", report_id="same")
    assert status(caught) == (409, "report_conflict")


def test_a_report_out_of_order_is_refused_and_names_the_state(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    for item, agency, action, name in (
        ("death-certificate", "health", "complete", "待受理"),
        ("hukou-cancellation", "police", "accept", "等待"),
    ):
        with pytest.raises(Refused) as caught:
            world.report(agency, task_of(receipt, item)["task_id"], action)
        assert status(caught) == (409, "state_conflict")
        assert caught.value.problems[0].values["state"] == name


@pytest.mark.parametrize("action", ["decline", "ask"])
def test_the_family_reads_the_reason(world: World, action: str) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    with pytest.raises(Refused) as caught:
        world.report("health", task, action)
    assert status(caught) == (422, "reason_required")
    world.report("health", task, action, reason="mismatch")
    assert world.look_up(receipt)["tasks"][0]["reason"] == "申请信息与登记信息不一致"


def test_a_waiting_task_is_opened_by_hand_with_a_reason(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "hukou-cancellation")["task_id"]
    world.report("police", task, "open", reason="judgment-seen")
    assert states(world, receipt)["hukou-cancellation"] == "open"


def test_the_clock_stands_while_the_family_is_asked(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "accept")
    world.report("health", task, "ask", reason="mismatch", materials=["id-card-deceased"])
    assert "逝者身份证" in world.look_up(receipt)["tasks"][0]["reason"]
    world.later(days=2)
    world.report("health", task, "open", reason="已补齐")
    shown = world.look_up(receipt)["tasks"][0]
    assert (shown["state"], shown["due"]) == ("accepted", "2026-11-27")
    assert "等待补正" in shown["due_explained"]


def test_every_opening_is_shown_to_the_family(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.open_task("health", task_of(receipt, "death-certificate")["task_id"])
    openings = world.look_up(receipt)["openings"]
    assert [(one["agency_name"], one["at"]) for one in openings] == [("卫健部门", "2026-11-23T10:00:00+08:00")]


def test_another_agencys_task_looks_like_none(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    for call in (
        lambda: world.report("police", task, "accept"),
        lambda: world.open_task("police", task),
        lambda: world.report("health", "no-such-task", "accept"),
    ):
        with pytest.raises(Refused) as caught:
            call()
        assert status(caught) == (404, "not_found")


def test_another_place_or_role_is_refused(world: World) -> None:
    world.submit(applications.jining())
    from chalicelib.services.worklist import list_tasks

    for claims, expected in (
        (world.claims("police", locality="guyang"), 404),
        (world.claims("police", Role.SUPERVISOR), 403),
        (world.claims("police", Role.CERTIFIER), 403),
        (world.claims("nobody"), 404),
    ):
        with pytest.raises(Refused) as caught:
            list_tasks(world.ports, claims, "jining", "open", None)
        assert caught.value.status == expected


def test_worklists_come_in_pages_of_fifty_oldest_due_first(world: World) -> None:
    from chalicelib.services.worklist import list_tasks

    for serial in range(60):
        world.later(minutes=1)
        world.submit(
            applications.jining(
                deceased=applications.deceased(serial), matters=["death-certificate"], payee=None, accounts=None
            )
        )
    world.store.calls.clear()
    first = list_tasks(world.ports, world.claims("health"), "jining", "open", None)
    assert world.store.calls == {"page": 1}
    rest = list_tasks(world.ports, world.claims("health"), "jining", "open", first["cursor"])
    assert (len(first["tasks"]), len(rest["tasks"]), rest["cursor"]) == (50, 10, None)
    opened = [task["opened_at"] for task in (*first["tasks"], *rest["tasks"])]
    assert opened == sorted(opened)


def test_the_audit_chain_holds_together(world: World) -> None:
    import hashlib

    from chalicelib.cases.canonical import canonical
    from chalicelib.services.audit import beginning
    from chalicelib.services.records import case_partition

    receipt = world.submit(applications.jining()).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    world.open_task("health", task)
    world.finish("health", task)
    entries = world.store.read_partition(case_partition("jining", task[:12]), "audit#")
    head = beginning("jining", task[:12])
    for entry in entries:
        assert entry["before"] == head
        bare = {key: value for key, value in entry.items() if key not in ("pk", "sk", "version", "hash")}
        head = hashlib.sha256(canonical(bare)).hexdigest()
        assert entry["hash"] == head
    assert [entry["action"] for entry in entries] == [
        "submitted",
        "opened-envelope",
        "reported-accept",
        "reported-complete",
    ]
