"""Invented people for tests: check digits are right, so that everything accepts them; nobody is meant."""

from dataclasses import dataclass

from chalicelib.catalogue.kinds.id_number import check_character

REGION = "370800"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: str
    birth: str
    id_number: str
    phone: str


def person(
    name: str = "王秀英",
    sex: str = "female",
    birth: str = "1945-03-01",
    region: str = REGION,
    serial: int = 1,
) -> Person:
    return Person(name, sex, birth, id_number(birth, sex, region, serial), phone(serial))


def id_number(birth: str = "1945-03-01", sex: str = "male", region: str = REGION, serial: int = 1) -> str:
    """An ID number with a right check character; ``serial`` (0 to 499) tells birthday twins apart."""
    sequence = serial * 2 + (1 if sex == "male" else 0)
    digits = f"{region}{birth.replace('-', '')}{sequence:03}"
    return digits + check_character(digits)


def phone(serial: int = 1) -> str:
    """A mobile number that looks like nobody's: 139 0000 xxxx."""
    return f"1390000{serial:04}"


def bank_card(serial: int = 1) -> str:
    """A 19-digit card number that ends in a right Luhn digit."""
    digits = f"62170000{serial:010}"
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))]
    total = sum(number // 10 + number % 10 for number in doubled)
    return f"{digits}{-total % 10}"
