"""A task before its envelope is opened: enough to know what it is, nothing personal, and nothing recorded."""

from tests import applications
from tests.api.gateway import Api
from tests.issuer import token

HEALTH, POLICE = token(agency="health"), token(agency="police")


def test_an_outline_holds_nothing_personal_and_is_no_opening(api: Api) -> None:
    receipt = api.post("jining/applications", applications.jining()).json
    task = receipt["tasks"][0]["task_id"]
    answer = api.get(f"jining/tasks/{task}/outline", HEALTH)
    assert (answer.status, answer.json["item"], answer.json["state"]) == (200, "death-certificate", "open")
    assert answer.json["due_explained"]
    assert "fields" not in answer.json
    body = applications.jining()
    for person in (body["deceased"], body["applicant"]):
        assert person["name"] not in answer.body
        assert person["id_number"] not in answer.body
    numbers = {name: receipt[name] for name in ("case_number", "lookup_code")}
    assert api.post("jining/lookup", numbers).json["openings"] == []


def test_opening_says_the_same_and_the_fields_too(api: Api) -> None:
    task = api.post("jining/applications", applications.jining()).json["tasks"][0]["task_id"]
    outline = api.get(f"jining/tasks/{task}/outline", HEALTH).json
    opened = api.get(f"jining/tasks/{task}", HEALTH).json
    assert outline.items() <= opened.items()
    assert set(opened) - set(outline) == {"fields", "labels", "payee", "payees"}


def test_somebody_elses_outline_is_not_found(api: Api) -> None:
    task = api.post("jining/applications", applications.jining()).json["tasks"][0]["task_id"]
    assert api.get(f"jining/tasks/{task}/outline", POLICE).status == 404
    assert api.get(f"guyang/tasks/{task}/outline", HEALTH).status == 404
    assert api.get(f"jining/tasks/{task}/outline", token(agency="health", role="certifier")).status == 403
    assert api.get(f"jining/tasks/{task}/outline").status == 401
