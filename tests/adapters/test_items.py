import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.items import attribute, attributes, value, values
from chalicelib.cases.states import TaskState

PLAIN = st.none() | st.booleans() | st.text() | st.integers(-(10**30), 10**30) | st.binary()
NESTED = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(st.dictionaries(st.text(min_size=1), NESTED))
def test_what_goes_in_comes_out_the_same(record: dict[str, object]) -> None:
    assert values(attributes(record)) == record


def test_whole_numbers_stay_whole_and_truth_stays_truth() -> None:
    record = {"one": 1, "yes": True, "none": None, "empty": "", "inside": {"empty": "", "list": [0, False]}}
    back = values(attributes(record))
    assert [type(one) for one in back.values()] == [int, bool, type(None), str, dict]
    assert [type(one) for one in back["inside"]["list"]] == [int, bool]


def test_a_code_is_kept_as_its_text() -> None:
    assert type(value(attribute(TaskState.OPEN))) is str


def test_a_tuple_comes_back_as_a_list() -> None:
    assert value(attribute((("2026-11-02", ""),))) == [["2026-11-02", ""]]


@pytest.mark.parametrize("odd", [1.5, float("nan"), {1, 2}, object()])
def test_what_would_not_come_back_as_it_went_is_refused(odd: object) -> None:
    with pytest.raises(TypeError):
        attribute(odd)
