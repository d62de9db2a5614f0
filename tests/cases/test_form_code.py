"""The code on a printed form: short, sure against slips, and readable under a later catalogue."""

import dataclasses
import doctest
from types import ModuleType

import pytest

from chalicelib.cases import form_code
from chalicelib.cases.form_code import BadFormCodeError, FormCode, decode, encode
from chalicelib.catalogue import form_signs
from chalicelib.catalogue.form_signs import SIGNS, sign_of
from tests.catalogues import catalogue, compiled

CHOSEN = ["hukou-cancellation", "medical-account", "housing-fund"]


@pytest.mark.parametrize("module", [form_code, form_signs])
def test_its_examples_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize("slug", compiled())
@pytest.mark.parametrize("count", [0, 1, 3, 99])
def test_what_was_chosen_comes_back(slug: str, count: int) -> None:
    place = catalogue(slug)
    chosen = tuple(place.matters)[:count]
    assert decode(place, encode(place, chosen)) == FormCode(chosen, current=True)


@pytest.mark.parametrize("slug", compiled())
def test_every_matter_has_signs_of_its_own(slug: str) -> None:
    assert len({sign_of(matter) for matter in catalogue(slug).matters}) == len(catalogue(slug).matters)


def test_a_usual_code_is_three_groups_of_four() -> None:
    assert len(encode(catalogue("jining"), CHOSEN)) <= len("1234 5678 9012")


def test_every_wrong_sign_and_every_swap_of_neighbours_is_caught() -> None:
    place = catalogue("jining")
    code = encode(place, CHOSEN).replace(" ", "")
    slips = {code[:at] + sign + code[at + 1 :] for at in range(len(code)) for sign in SIGNS}
    slips |= {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)}
    for slip in slips - {code}:
        with pytest.raises(BadFormCodeError):
            decode(place, slip)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}".lower(), "-{}-"])
def test_how_it_is_typed_does_not_matter(typed: str) -> None:
    place = catalogue("jining")
    code = encode(place, CHOSEN)
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign != " " else sign for sign in code)
    for one in (code, code.lower(), code.replace("0", "o").replace("1", "I"), code.replace("1", "l"), wide):
        assert set(decode(place, typed.format(one)).matters) == set(CHOSEN)


def test_an_older_form_names_what_there_still_is() -> None:
    place = catalogue("guyang")
    matters = dict(list(place.matters.items())[::-1])
    del matters["housing-fund"]
    later = dataclasses.replace(place, version="later", matters=matters)
    assert decode(later, encode(place, CHOSEN)) == FormCode(("medical-account", "hukou-cancellation"), current=False)


def test_another_places_form_is_not_of_this_edition() -> None:
    assert not decode(catalogue("guyang"), encode(catalogue("jining"), CHOSEN)).current


@pytest.mark.parametrize(
    "typed", ["", " ", "0", "00", "0000000", "U" * 8, "<script>", "A" * 5000, "１" * 5000, "\0", "编码", "\ud800"]
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(BadFormCodeError):
        decode(catalogue("jining"), typed)
