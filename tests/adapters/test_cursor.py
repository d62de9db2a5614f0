import base64
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.adapters.cursor import decode, encode
from chalicelib.services.store import BadCursorError

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def written(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@given(TEXT, TEXT, TEXT)
def test_a_cursor_leads_back_to_where_it_was_made(sort: str, pk: str, sk: str) -> None:
    cursor = encode("live", "jining#police#-#open", sort, pk, sk)
    assert decode(cursor, "live", "jining#police#-#open") == (sort, pk, sk)
    assert cursor.replace("-", "").replace("_", "").isalnum()


@given(st.text())
@example("")
@example("é")
@example("====")
@example("a")
@example(written([[[[1]]]]))
@example(base64.urlsafe_b64encode(b"[" * 2000).decode())
@example("A" * 100_000)
@example(encode("live", "p", "s", "k" * 5000, "sk"))
@example(written(["live", "p", "s", "pk"]))
@example(written(["live", "p", "s", "pk", ""]))
@example(written(["live", "p", "s", "pk", 1]))
@example(written({"live": 1, "p": 2, "s": 3, "pk": 4, "sk": 5}))
@example(written(["live", "p", "s", "pk", "\ud800"]))
@example(written(["live", "p", "s", "pk", "sk"]) + "=")
@example("\ud800")
def test_anything_else_is_no_cursor(text: str) -> None:
    with pytest.raises(BadCursorError):
        decode(text, "live", "p")


@pytest.mark.parametrize(("index", "partition"), [("due", "p"), ("live", "another")])
def test_a_cursor_is_good_for_its_own_list_only(index: str, partition: str) -> None:
    with pytest.raises(BadCursorError):
        decode(encode("live", "p", "s", "pk", "sk"), index, partition)
