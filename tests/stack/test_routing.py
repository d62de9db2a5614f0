"""Every routing case through the running API: what a family gets is what the catalogue's cases say."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import applications
from tests.catalogues import catalogue
from tests.people import bank_card
from tests.stack.client import Place
from tests.stack.processes import Stack

pytestmark = pytest.mark.stack

CASES = yaml.safe_load((Path(__file__).parents[1] / "routing.yaml").read_text("utf-8"))
# Uploads and papers seen at a counter have no way in from here.
ONLINE = [case for case in CASES if case["channel"] == "online" and not {"uploaded", "seen"} & set(case)]


@pytest.mark.parametrize("number", range(len(ONLINE)), ids=[case["name"] for case in ONLINE])
def test_the_api_agrees_with_the_case(stack: Stack, number: int) -> None:
    case = ONLINE[number]
    place = Place(stack, case["locality"])
    someone = applications.deceased(serial=400 + number)
    put_on_file(place, case.get("on_file", ()), someone)
    reply = place.apply(application(case, someone))
    if "error" in case:
        assert reply.status_code == 422
        assert case["error"] in [problem["field"] for problem in reply.json()["problems"]]
        return
    assert reply.status_code == 201, reply.text
    receipt = reply.json()
    tasks = receipt["tasks"]
    assert {task["item"]: set(task["waits_for"]) for task in tasks if task["item"]} == {
        item: set(certificates) for item, certificates in case["tasks"].items()
    }
    undetermined = {task["matter"]: set(task["candidates"]) for task in tasks if task["item"] is None}
    assert undetermined == {matter: set(items) for matter, items in case.get("undetermined", {}).items()}
    for key, found in (
        ("uploads", receipt["uploads"]),
        ("left_out", [one["matter"] for one in receipt["left_out"]]),
        ("counter_only", [one["item"] for one in receipt["counter_only"]]),
        ("done_already", receipt["done_already"]),
    ):
        if key in case:
            assert set(found) == set(case[key]), key
    for item, payees in case.get("payees", {}).items():
        assert next(task["payees"] for task in tasks if task["item"] == item) == payees


def put_on_file(place: Place, kinds: Any, someone: dict[str, Any]) -> None:
    for kind in kinds:
        certifier = catalogue(place.slug).certifiers(kind)[0]
        body = {"number": "X-1", "id_number": someone["id_number"], "name": someone["name"]}
        reply = place.certify(certifier, kind, body, f"{kind}-{someone['id_number'][-6:-1]}")
        assert reply.status_code == 200, reply.text


def application(case: dict[str, Any], someone: dict[str, Any]) -> dict[str, Any]:
    body = applications.guyang() if case["locality"] == "guyang" else applications.jining()
    accounts = {
        "card": {"card_number": "A12345678", "account_number": bank_card()},
        "heir": {"bank": "示例银行", "holder": "王小明", "account_number": bank_card(3)},
        **body["accounts"],
    }
    known = {f"{path.split('.')[1]}" for path in catalogue(case["locality"]).fields if path.startswith("accounts.")}
    body |= {
        "deceased": someone,
        "answers": case["answers"],
        "matters": case.get("matters"),
        "payee": case.get("payee"),
        "accounts": {name: account for name, account in accounts.items() if name in known},
        **({"eligibility": case["eligibility"]} if "eligibility" in case else {}),
    }
    return {key: value for key, value in body.items() if value is not None}
