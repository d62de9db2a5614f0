"""Certifiers' requests: hostile ones are refused without a trace, and repeating changes nothing."""

import json
import logging
from typing import Any
from urllib.parse import quote

import pytest

from tests import applications
from tests.api.gateway import Api
from tests.issuer import token

CERTIFIER, POLICE = token(agency="health", role="certifier"), token(agency="police")
PERSON = {"id_number": applications.deceased()["id_number"], "name": applications.deceased()["name"]}
PATH = "jining/certificates/death-certificate"


def licences(api: Api) -> list[Any]:
    return [task for task in api.get("jining/tasks", POLICE).json["tasks"] if task["item"] == "licence-cancellation"]


def test_a_certificate_without_a_case_starts_what_is_silent_once(api: Api) -> None:
    for body in (PERSON, dict(reversed(PERSON.items()))):
        assert api.put(f"{PATH}/ref-1", body, CERTIFIER).status == 200
    (licence,) = licences(api)
    fields = api.get(f"jining/tasks/{licence['task_id']}", POLICE).json["fields"]
    assert fields == {"deceased.name": PERSON["name"], "deceased.id_number": PERSON["id_number"]}
    linked = api.post("jining/applications", applications.jining()).json["linked"]
    assert [one["item"] for one in linked] == ["licence-cancellation"]


def test_a_withdrawn_certificate_lets_it_wait_again(api: Api) -> None:
    api.put(f"{PATH}/ref-1", PERSON, CERTIFIER)
    answer = api.put(f"{PATH}/ref-1", {**PERSON, "status": "withdrawn"}, CERTIFIER)
    assert (answer.status, answer.json["status"]) == (200, "withdrawn")
    assert licences(api) == []


BAD: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "id_number"),
    "no name": ({"id_number": PERSON["id_number"]}, "name"),
    "a wrong check digit": ({**PERSON, "id_number": PERSON["id_number"][:-1] + "1"}, "id_number"),
    "a number for a number": ({**PERSON, "id_number": 370800194503010020}, "id_number"),
    "an ID number of a megabyte": ({**PERSON, "id_number": "1" * 900_000}, "id_number"),
    "a name of markup": ({**PERSON, "name": "<script>"}, "name"),
    "a list for a name": ({**PERSON, "name": [PERSON["name"]]}, "name"),
    "a day that is none": ({**PERSON, "issued_on": "2026-02-30"}, "issued_on"),
    "a day to come": ({**PERSON, "issued_on": "2099-01-01"}, "issued_on"),
    "another status": ({**PERSON, "status": "revoked"}, "status"),
    "a status that is a list": ({**PERSON, "status": ["valid"]}, "status"),
    "a cause of death": ({**PERSON, "cause": "x"}, "cause"),
    "forty thousand fields": ({**PERSON, **{f"f{n}": n for n in range(40_000)}}, "f0"),
}


@pytest.mark.parametrize(("body", "field"), BAD.values(), ids=BAD)
def test_a_bad_certificate_is_refused_and_starts_nothing(
    api: Api, caplog: pytest.LogCaptureFixture, body: dict[str, Any], field: str
) -> None:
    with caplog.at_level(logging.DEBUG, logger="chalicelib"):
        answer = api.put(f"{PATH}/ref-1", body, CERTIFIER)
    assert answer.status == 422
    assert field in [one for one, _ in answer.problems]
    assert len(answer.body) < 20_000
    assert licences(api) == []
    assert PERSON["id_number"] not in caplog.text + answer.body


def test_references_may_be_anything_that_prints(api: Api) -> None:
    for reference in ("编号-1", "370800194503010020", "a.b~c_d", "x" * 200, "%"):
        assert api.put(f"{PATH}/{quote(reference, safe='')}", PERSON, CERTIFIER).status == 200
    assert api.put(f"{PATH}/{'x' * 700}", PERSON, CERTIFIER).status == 422
    assert len(licences(api)) == 1


def test_too_much_is_refused_unread(api: Api) -> None:
    body = json.dumps({**PERSON, "issuer": "x" * 1_000_000}).encode()
    answer = api.ask("PUT", f"{PATH}/r", body, "application/json", CERTIFIER)
    assert (answer.status, answer.problems) == (413, [("", "too_large")])


@pytest.mark.parametrize("locality", ["guyang", "nowhere", "JINING"])
def test_another_place_is_not_found(api: Api, locality: str) -> None:
    answer = api.put(f"{locality}/certificates/death-certificate/r", PERSON, CERTIFIER)
    assert (answer.status, answer.problems) == (404, [("", "no_place")])


def test_the_same_token_works_in_its_own_place_only(api: Api) -> None:
    there = token(agency="health", role="certifier", locality="guyang")
    assert api.put(f"{PATH}/r", PERSON, there).status == 404
    assert api.put("guyang/certificates/death-certificate/r", PERSON, there).status == 200
    assert licences(api) == []
