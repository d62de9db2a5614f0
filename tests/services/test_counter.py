"""The counter: paper applications, papers that are missing, callers, lost codes, and results handed over."""

from typing import Any

import pytest

from chalicelib.catalogue import Channel
from chalicelib.services.casefile import known_case
from chalicelib.services.claims import Role
from chalicelib.services.corrections import correct
from chalicelib.services.counter import apply, show
from chalicelib.services.counter_corrections import correct_at_counter
from chalicelib.services.handover import hand_over
from chalicelib.services.new_code import new_code
from chalicelib.services.opening import unsealed
from chalicelib.services.refused import Refused
from chalicelib.services.sealing import WHOLE
from chalicelib.services.withdrawals import withdraw
from tests import applications
from tests.catalogues import catalogue
from tests.services.world import World, task_of

HELPER = {"name": "李代办", "phone": "13900008888", "relationship": "邻居"}
JINING_PAPERS = ["id-card-deceased", "id-card-applicant", "hukou-page-deceased"]


def paper(body: Any = None, **changes: Any) -> dict[str, Any]:
    return {**(body or applications.jining()), "paper": True, "counter": "市政务服务中心 3 号窗口", **changes}


def at_counter(world: World, body: Any, locality: str = "jining") -> Any:
    return apply(world.ports, clerk(world, locality), locality, body).receipt


def clerk(world: World, locality: str = "jining") -> Any:
    return world.claims(catalogue(locality).lead, Role.COUNTER, locality)


def states(answer: Any) -> dict[str, str]:
    return {task["item"]: task["state"] for task in answer["tasks"]}


def missing(answer: Any) -> dict[str, list[str]]:
    return {one["material"]: one["for"] for one in answer["missing"]}


def refusal(call: Any) -> tuple[int, list[tuple[str, str]]]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, [(problem.field, problem.code) for problem in caught.value.problems]


def whole(world: World, receipt: Any, locality: str = "jining") -> Any:
    case = known_case(world.store, locality, receipt["case_number"].replace(" ", "")).case
    return unsealed(world.ports, world, case, WHOLE, catalogue(locality).lead)


# ---- Applications


def test_everything_missing_is_told_at_once_with_what_it_is_for(world: World) -> None:
    receipt = at_counter(world, paper())
    assert missing(receipt) == {
        "id-card-deceased": ["cremation-certificate", "hukou-cancellation"],
        "id-card-applicant": ["cremation-certificate", "hukou-cancellation"],
        "hukou-page-deceased": ["hukou-cancellation"],
    }
    assert all(one["name"] and all(one["for_names"]) for one in receipt["missing"])


def test_what_was_seen_is_not_missing_and_what_is_shared_need_not_be_shown(world: World) -> None:
    receipt = at_counter(world, paper(seen=["id-card-applicant", "id-card-deceased"]))
    assert list(missing(receipt)) == ["hukou-page-deceased"]
    someone = applications.deceased()
    body = {"id_number": someone["id_number"], "name": someone["name"]}
    assert "death-certificate" in missing(at_counter(world, paper(applications.guyang()), "guyang"))
    world.certify("health", "death-certificate", body, locality="guyang")
    assert "death-certificate" not in missing(at_counter(world, paper(applications.guyang()), "guyang"))


def test_a_certificate_seen_opens_what_waits_but_starts_nothing_silent(world: World) -> None:
    receipt = at_counter(world, paper(seen=["death-certificate"]))
    assert receipt["done_already"] == ["death-certificate"]
    assert set(states(receipt).values()) == {"open"}
    assert "licence-cancellation" not in states(receipt)
    later = world.submit(applications.jining()).receipt
    assert later["done_already"] == [], "it counts for its own case alone"


def test_what_only_a_counter_handles_is_handled_there(world: World) -> None:
    given = {**applications.guyang()["answers"], "housing_fund": True, "social_assistance": True}
    online = world.submit(applications.guyang(answers=given), "guyang").receipt
    assert {one["item"] for one in online["counter_only"]} == {"housing-fund", "social-assistance"}
    receipt = at_counter(world, paper(applications.guyang(answers=given)), "guyang")
    assert {"housing-fund", "social-assistance"} <= set(states(receipt))
    assert receipt["counter_only"] == []


def test_an_application_at_the_counter_is_taken_once(world: World) -> None:
    body = paper(helper=HELPER, seen=["id-card-applicant"])
    first = apply(world.ports, clerk(world), "jining", body)
    again = apply(world.ports, clerk(world), "jining", body)
    assert (first.status, again.status) == (201, 200)
    assert first.receipt == again.receipt
    for change in ({"seen": []}, {"helper": None}, {"counter": "另一个窗口"}):
        assert refusal(lambda change=change: apply(world.ports, clerk(world), "jining", {**body, **change})) == (  # type: ignore[misc]
            409,
            [("submission_key", "key_conflict")],
        )


def test_who_helped_is_sealed_to_the_lead_agency_alone(world: World) -> None:
    receipt = at_counter(world, paper(helper=HELPER))
    assert {path: value for path, value in whole(world, receipt).items() if path.startswith("helper.")} == {
        f"helper.{name}": value for name, value in HELPER.items()
    }
    assert whole(world, receipt)["applicant.name"] == applications.applicant()["name"]
    for value in HELPER.values():
        assert value not in repr(world.store.records)
    task = task_of(receipt, "death-certificate")["task_id"]
    assert not [path for path in world.open_task("health", task)["fields"] if path.startswith("helper")]
    world.deliver_all()
    assert {to for to, *_ in world.texter.sent} == {applications.applicant()["phone"]}


def test_the_audit_names_the_clerk_who_took_it(world: World) -> None:
    receipt = at_counter(world, paper(helper=HELPER))
    first = audit(world, receipt)[0]
    assert first["actor"] == "counter:administrative-approval:clerk-1"
    assert "helper.phone" in first["fields"]


def audit(world: World, receipt: Any, locality: str = "jining") -> list[Any]:
    number = receipt["case_number"].replace(" ", "")
    return list(world.store.read_partition(f"case#{locality}#{number}", "audit#"))


BAD = [
    ({"paper": None}, ("paper", "wrong_type")),
    ({"paper": "true"}, ("paper", "wrong_type")),
    ({"paper": False}, ("paper", "wrong_type")),
    ({"counter": None}, ("counter", "required")),
    ({"counter": "  "}, ("counter", "required")),
    ({"counter": "\u200b"}, ("counter", "required")),
    ({"counter": ["3"]}, ("counter", "wrong_type")),
    ({"counter": "窗" * 201}, ("counter", "too_long")),
    ({"counter": "a\x00b"}, ("counter", "characters")),
    ({"helper": "李代办"}, ("helper", "wrong_type")),
    ({"helper": {"name": "李代办"}}, ("helper.phone", "required")),
    ({"helper": {**HELPER, "name": "a1"}}, ("helper.name", "characters")),
    ({"helper": {**HELPER, "phone": 13900008888}}, ("helper.phone", "wrong_type")),
    ({"helper": {**HELPER, "id_number": "1"}}, ("helper.id_number", "unknown_field")),
    ({"seen": "id-card-applicant"}, ("seen", "wrong_type")),
    ({"seen": [["id-card-applicant"]]}, ("seen", "wrong_type")),
    ({"seen": ["passport"]}, ("seen", "choice")),
    ({"seen": ["id-card-applicant"] * 101}, ("seen", "too_many")),
    ({"clerk": "x"}, ("clerk", "unknown_field")),
]


@pytest.mark.parametrize(("change", "problem"), BAD, ids=lambda one: str(one)[:60])
def test_what_is_wrong_at_the_counter_is_said_and_nothing_is_stored(
    world: World, change: dict[str, Any], problem: tuple[str, str]
) -> None:
    before = dict(world.store.records)
    status, problems = refusal(lambda: apply(world.ports, clerk(world), "jining", paper(**change)))
    assert (status, problems) == (422, [problem])
    assert world.store.records == before


def test_what_is_wrong_with_the_form_is_said_together_with_what_is_wrong_at_the_counter(world: World) -> None:
    body = paper(counter="", deceased={**applications.deceased(), "id_number": "1"})
    assert [field for field, _ in refusal(lambda: apply(world.ports, clerk(world), "jining", body))[1]] == [
        "deceased.id_number",
        "counter",
    ]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COUNTER])
def test_nobody_else_works_at_the_counter(world: World, role: Role) -> None:
    receipt = at_counter(world, paper())
    number, claims = receipt["case_number"], world.claims("administrative-approval", role)
    for call in (
        lambda: apply(world.ports, claims, "jining", paper()),
        lambda: show(world.ports, claims, "jining", number),
        lambda: new_code(world.ports, claims, "jining", number, {"reason": "x"}),
        lambda: correct_at_counter(world.ports, claims, "jining", number, {"seen": JINING_PAPERS}),
        lambda: hand_over(world.ports, claims, "jining", number, {"task_id": "x"}),
    ):
        assert refusal(call) == (403, [("", "wrong_role")])


# ---- A caller


def test_a_caller_is_told_states_and_nothing_personal(world: World) -> None:
    receipt = at_counter(world, paper(helper=HELPER))
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "decline", reason="与登记不一致")
    world.store.calls.clear()
    answer = show(world.ports, clerk(world), "jining", receipt["case_number"].replace(" ", "-"))
    assert world.store.calls == {"read": 1}
    assert states(answer)["death-certificate"] == "declined"
    assert "与登记不一致" not in repr(answer)
    assert "lookup_code" not in answer
    personal = [*applications.applicant().values(), *applications.deceased().values(), *HELPER.values()]
    for value in personal:
        if isinstance(value, str) and len(value) > 1 and value not in ("male", "female"):
            assert value not in repr(answer)


@pytest.mark.parametrize("number", ["", "1", "0" * 12, "123456789012", "x" * 5000, "一二三四五六七八九十一二", "\0"])
def test_what_is_no_case_is_not_found(world: World, number: str) -> None:
    for call in (
        lambda: show(world.ports, clerk(world), "jining", number),
        lambda: new_code(world.ports, clerk(world), "jining", number, {"reason": "x"}),
        lambda: correct_at_counter(world.ports, clerk(world), "jining", number, {"seen": JINING_PAPERS}),
        lambda: hand_over(world.ports, clerk(world), "jining", number, {"task_id": "x"}),
    ):
        assert refusal(call) == (404, [("", "not_found")])


def test_a_case_of_another_place_is_not_found(world: World) -> None:
    number = at_counter(world, paper())["case_number"]
    assert refusal(lambda: show(world.ports, clerk(world, "guyang"), "guyang", number))[0] == 404
    assert refusal(lambda: show(world.ports, clerk(world), "guyang", number))[0] == 404


# ---- A lost code


def test_a_new_code_opens_the_case_and_the_old_one_no_longer_does(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    fresh = new_code(world.ports, clerk(world), "jining", receipt["case_number"], {"reason": "回执丢了"})
    assert fresh["case_number"] == receipt["case_number"]
    assert world.look_up(fresh)["state"] == "received"
    assert refusal(lambda: world.look_up(receipt)) == (404, [("", "not_found")])
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    for call in (correct, withdraw):
        assert refusal(lambda call=call: call(world.ports, "jining", numbers))[0] == 404  # type: ignore[misc]
    third = new_code(world.ports, clerk(world), "jining", receipt["case_number"], {"reason": "又丢了"})
    assert len({one["lookup_code"] for one in (receipt, fresh, third)}) == 3


def test_a_new_code_is_recorded_with_its_reason_and_the_family_is_told(world: World) -> None:
    receipt = world.submit(applications.jining()).receipt
    world.deliver_all()
    fresh = new_code(world.ports, clerk(world), "jining", receipt["case_number"], {"reason": "回执丢了"})
    assert audit(world, receipt)[-1]["action"] == "renewed-code"
    kept = world.store.read_partition(f"case#jining#{receipt['case_number'].replace(' ', '')}", "renewal#")
    assert [one["reason"] for one in kept] == ["回执丢了"]
    world.deliver_all()
    assert "查询码已在窗口重新发放" in repr(world.texter.sent[-1])
    assert fresh["lookup_code"].replace(" ", "") not in repr(world.texter.sent).replace(" ", "")
    assert fresh["lookup_code"].replace(" ", "") not in repr(world.store.records)


@pytest.mark.parametrize("reason", [None, "", "  ", 5, ["x"], "\u200b", "a\x00b", "长" * 201])
def test_a_new_code_needs_a_reason(world: World, reason: object) -> None:
    receipt = world.submit(applications.jining()).receipt
    answer = refusal(lambda: new_code(world.ports, clerk(world), "jining", receipt["case_number"], {"reason": reason}))
    assert answer == (422, [("reason", "reason_required")])
    assert world.look_up(receipt)["state"] == "received"


# ---- Papers and corrections


def hand_in(world: World, receipt: Any, locality: str = "jining", **body: Any) -> Any:
    return correct_at_counter(world.ports, clerk(world, locality), locality, receipt["case_number"], body)


def test_papers_handed_in_are_missing_no_more_and_whoever_needs_them_is_told(world: World) -> None:
    receipt = at_counter(world, paper())
    world.deliver_all()
    world.mailer.sent.clear()
    assert list(missing(hand_in(world, receipt, seen=["hukou-page-deceased"]))) == JINING_PAPERS[:2]
    world.deliver_all()
    assert [to for to, *_ in world.mailer.sent] == ["police@jining.example"]
    assert missing(hand_in(world, receipt, seen=JINING_PAPERS)) == {}
    assert missing(world.look_up(receipt)) == {}
    assert refusal(lambda: hand_in(world, receipt, seen=JINING_PAPERS)) == (422, [("", "nothing_to_correct")])


def test_a_certificate_handed_in_opens_what_waits_in_this_case_alone(world: World) -> None:
    first, second = at_counter(world, paper()), at_counter(world, paper())
    world.deliver_all()
    world.mailer.sent.clear()
    answer = hand_in(world, first, seen=["death-certificate"])
    assert set(states(answer).values()) == {"open"}
    assert answer["tasks"][1]["due"] == "2026-11-26"
    assert "licence-cancellation" not in states(answer), "nobody's licence ends on a piece of paper"
    assert states(world.look_up(second))["hukou-cancellation"] == "waiting"
    world.deliver_all()
    told = sorted(to.partition("@")[0] for to, *_ in world.mailer.sent)
    assert told == ["civil-affairs", "police", "social-security"]


def test_a_missing_certificate_that_opens_a_task_is_told_once(world: World) -> None:
    receipt = at_counter(world, paper(applications.guyang()), "guyang")
    world.deliver_all()
    world.mailer.sent.clear()
    hand_in(world, receipt, "guyang", seen=["death-certificate"])
    world.deliver_all()
    assert [to for to, *_ in world.mailer.sent if to.startswith("police")] == ["police@guyang.example"]
    assert "可以受理" in repr([sent for sent in world.mailer.sent if sent[0].startswith("police")])


def test_what_an_agency_asks_for_is_missing_until_it_is_seen(world: World) -> None:
    receipt = world.submit(applications.jining(matters=["death-certificate"], payee=None)).receipt
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "ask", reason="missing-material", materials=["id-card-deceased", "id-card-applicant"])
    assert missing(world.look_up(receipt)) == {
        "id-card-deceased": ["death-certificate"],
        "id-card-applicant": ["death-certificate"],
    }
    answer = hand_in(world, receipt, seen=["id-card-deceased", "id-card-applicant"], tasks=[task])
    assert missing(answer) == {}
    assert states(answer) == {"death-certificate": "open"}
    assert world.look_up(receipt)["tasks"][0]["reason"] == "", "it is answered"


def test_papers_of_one_task_do_not_answer_another_that_asks(world: World) -> None:
    receipt = at_counter(world, paper())
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "ask", reason="x")
    assert states(hand_in(world, receipt, seen=["hukou-page-deceased"], tasks=[]))["death-certificate"] == "correcting"


def test_values_are_corrected_at_the_counter_as_at_home(world: World) -> None:
    receipt = at_counter(world, paper())
    hand_in(world, receipt, applicant={"phone": "13900009999"})
    assert whole(world, receipt)["applicant.phone"] == "13900009999"
    entry = audit(world, receipt)[-1]
    assert (entry["actor"], entry["fields"]) == ("counter:administrative-approval:clerk-1", ["applicant.phone"])


BAD_PAPERS = [
    ({}, ("", "nothing_to_correct")),
    ({"seen": []}, ("", "nothing_to_correct")),
    ({"seen": ["passport"]}, ("seen", "choice")),
    ({"seen": {"id-card-applicant": True}}, ("seen", "wrong_type")),
    ({"tasks": [5]}, ("tasks", "wrong_type")),
    ({"lookup_code": "1"}, ("lookup_code", "unknown_field")),
    ({"applicant": {"phone": "1"}}, ("applicant.phone", "length")),
]


@pytest.mark.parametrize(("body", "problem"), BAD_PAPERS)
def test_papers_that_say_nothing_sound_change_nothing(
    world: World, body: dict[str, Any], problem: tuple[str, str]
) -> None:
    receipt = at_counter(world, paper())
    before = dict(world.store.records)
    assert refusal(lambda: hand_in(world, receipt, **body)) == (422, [problem])
    assert world.store.records == before


def test_what_only_ended_tasks_wanted_is_missing_no_more(world: World) -> None:
    receipt = at_counter(world, paper(applications.jining(matters=["hukou-cancellation"], payee=None)))
    assert len(receipt["missing"]) == 3
    withdraw(world.ports, "jining", {name: receipt[name] for name in ("case_number", "lookup_code")})
    assert world.look_up(receipt)["missing"] == []
    assert show(world.ports, clerk(world), "jining", receipt["case_number"])["missing"] == []


# ---- Results


def test_a_result_is_handed_over_once_with_what_it_says(world: World) -> None:
    receipt = at_counter(world, paper(applications.jining(matters=["death-certificate"], payee=None)))
    task = task_of(receipt, "death-certificate")["task_id"]
    world.finish("health", task, result="已出具", certificate_number="D-1")
    first = hand_over(world.ports, clerk(world), "jining", receipt["case_number"], {"task_id": task})
    assert (first["state"], first["result"], first["certificate_number"]) == ("completed", "已出具", "D-1")
    assert first["handed_over_at"] == "2026-11-23T10:00:00+08:00"
    before = dict(world.store.records)
    world.later(days=1)
    assert hand_over(world.ports, clerk(world), "jining", receipt["case_number"], {"task_id": task}) == first
    assert world.store.records == before
    assert show(world.ports, clerk(world), "jining", receipt["case_number"])["tasks"][0]["handed_over_at"]
    assert [one["action"] for one in audit(world, receipt)].count("handed-over") == 1


def test_a_refusal_is_handed_over_with_its_reason(world: World) -> None:
    receipt = at_counter(world, paper(applications.jining(matters=["death-certificate"], payee=None)))
    task = task_of(receipt, "death-certificate")["task_id"]
    world.report("health", task, "decline", reason="与登记不一致")
    answer = hand_over(world.ports, clerk(world), "jining", receipt["case_number"], {"task_id": task})
    assert (answer["state"], answer["reason"]) == ("declined", "与登记不一致")


def test_without_a_result_there_is_nothing_to_hand_over(world: World) -> None:
    receipt = at_counter(world, paper())
    task = task_of(receipt, "hukou-cancellation")["task_id"]
    call = lambda body: hand_over(world.ports, clerk(world), "jining", receipt["case_number"], body)  # noqa: E731
    assert refusal(lambda: call({"task_id": task})) == (409, [("task_id", "state_conflict")])
    withdraw(world.ports, "jining", {name: receipt[name] for name in ("case_number", "lookup_code")})
    assert refusal(lambda: call({"task_id": task}))[0] == 409
    assert refusal(lambda: call({"task_id": f"{task[:12]}-99"})) == (404, [("", "not_found")])
    for wrong in (None, 5, "", ["x"]):
        assert refusal(lambda wrong=wrong: call({"task_id": wrong})) == (422, [("task_id", "required")])  # type: ignore[misc]


def test_when_others_write_first_nothing_is_lost(world: World) -> None:
    receipt = at_counter(world, paper())
    task = task_of(receipt, "death-certificate")["task_id"]
    world.store.before_commit = lambda: world.report("health", task, "accept")
    answer = hand_in(world, receipt, seen=JINING_PAPERS)
    assert (states(answer)["death-certificate"], answer["missing"]) == ("accepted", [])


def test_the_counter_is_kept_with_the_case(world: World) -> None:
    answer = show(world.ports, clerk(world), "jining", at_counter(world, paper())["case_number"])
    assert (answer["channel"], answer["counter"]) == (Channel.COUNTER, "市政务服务中心 3 号窗口")
