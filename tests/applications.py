"""Sound application bodies for both shipped places, as the API takes them."""

import itertools
from typing import Any

from tests.people import bank_card, id_number, phone
from tests.people import person as invented

_count = itertools.count()


def jining(**changes: Any) -> dict[str, Any]:
    """A retired enterprise worker; the pension to the deceased's card. Keywords replace whole parts."""
    body = {
        "submission_key": f"key-{next(_count)}",
        "answers": {"pension": "enterprise", "receiving_pension": True},
        "matters": ["death-certificate", "cremation-certificate", "pension-account", "hukou-cancellation"],
        "applicant": applicant(),
        "deceased": deceased(),
        "payee": "card",
        "accounts": {"card": {"card_number": "370800194503010001", "account_number": bank_card()}},
        "declaration": {"agreed": True, "signed_name": "王小明"},
    }
    body["accounts"]["card"]["card_number"] = "A12345678"
    return {key: value for key, value in {**body, **changes}.items() if value is not None}


def guyang(**changes: Any) -> dict[str, Any]:
    """A public servant who had retired, with employee medical insurance."""
    body = {
        "submission_key": f"key-{next(_count)}",
        "eligibility": {
            "registered_here": True,
            "insured_here": True,
            "cremated_here": True,
            "work_injury": False,
            "police_case": False,
        },
        "answers": {
            "pension": "public",
            "receiving_pension": True,
            "employee_medical": True,
            "housing_fund": False,
            "social_assistance": False,
            "disability_allowance": False,
            "veteran": False,
        },
        "applicant": applicant(),
        "deceased": deceased(),
        "accounts": {"applicant": {"bank": "示例银行固阳支行", "holder": "王小明", "account_number": bank_card(2)}},
        "declaration": {"agreed": True, "signed_name": "王小明"},
    }
    return {key: value for key, value in {**body, **changes}.items() if value is not None}


def applicant(**changes: Any) -> dict[str, Any]:
    return {
        "name": "王小明",
        "sex": "male",
        "phone": phone(),
        "relationship": "儿子",
        "id_number": id_number("1970-05-06", "male"),
        "address": "示例市示例区一号",
        **changes,
    }


def deceased(serial: int = 1, **changes: Any) -> dict[str, Any]:
    someone = invented(serial=serial)
    return {
        "name": someone.name,
        "sex": someone.sex,
        "age": 81,
        "died_on": "2026-11-02",
        "id_number": someone.id_number,
        "police_station": "示例派出所",
        **changes,
    }
