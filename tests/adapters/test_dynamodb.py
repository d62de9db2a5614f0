import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from chalicelib.adapters.dynamodb import DynamoStore
from chalicelib.services.store import (
    BadCursorError,
    ConflictError,
    Delete,
    Index,
    Key,
    Patch,
    Put,
    Table,
    UnavailableError,
)
from chalicelib.wiring import store as wired_store
from tests.emulator import Aws

ONE, TWO, SEALED = Key("p", "one"), Key("p", "two"), Key("p", "one", Table.ENVELOPES)


@pytest.fixture
def store(aws: Aws) -> DynamoStore:
    return wired_store()


@pytest.fixture
def faults(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`faults(operation, fault, ...)`: what happens to the next calls, in their order. Nothing waits in between."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None, time=time.time))
    client = aws.client("dynamodb")
    planned: list[tuple[str, Any]] = []

    def meddle(request: Any, event_name: str, **_: Any) -> Any:
        if not planned or planned[0][0] != event_name.rpartition(".")[2]:
            return None
        fault = planned.pop(0)[1]
        if fault == "lost reply":
            client._endpoint.http_session.send(request)
            raise ConnectionClosedError(endpoint_url=request.url)
        if fault == "timeout":
            raise ReadTimeoutError(endpoint_url=request.url)
        status, code = fault
        body = b'{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":""}' % code.encode()
        return AWSResponse(request.url, status, {"content-type": "application/x-amz-json-1.0"}, Raw(body))

    client.meta.events.register("before-send.dynamodb", meddle)
    yield lambda operation, *faults: planned.extend((operation, fault) for fault in faults)
    client.meta.events.unregister("before-send.dynamodb", meddle)


class Raw:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Any:
        yield self._body


def test_a_record_comes_back_with_its_version(store: DynamoStore) -> None:
    value = {"text": "王", "empty": "", "none": None, "list": ["", 1, True, {"a": b"\0\xff"}], "n": 0}
    store.commit([Put(ONE, value)])
    assert store.read([ONE, TWO]) == {ONE: {**value, "version": 1}}


def test_tables_are_kept_apart(store: DynamoStore) -> None:
    store.commit([Put(ONE, {"in": "cases"}), Put(SEALED, {"in": "envelopes"})])
    found = store.read([ONE, SEALED])
    assert (found[ONE]["in"], found[SEALED]["in"]) == ("cases", "envelopes")
    assert [row["in"] for row in store.read_partition("p", "one", Table.ENVELOPES)] == ["envelopes"]


def test_nothing_and_the_same_twice_can_be_asked_for(store: DynamoStore) -> None:
    store.commit([Put(ONE, {})])
    assert store.read([]) == {}
    assert list(store.read([ONE, ONE])) == [ONE]


def test_a_hundred_records_of_two_tables_are_one_read(store: DynamoStore, aws: Aws) -> None:
    keys = [Key("p", f"{n:03}", Table.CASES if n % 2 else Table.ENVELOPES) for n in range(100)]
    store.commit([Put(key, {"n": n}) for n, key in enumerate(keys)])
    calls: list[str] = []
    events, listen = aws.client("dynamodb").meta.events, lambda model, **_: calls.append(model.name)
    events.register("before-call.dynamodb", listen)
    found = store.read(keys)
    events.unregister("before-call.dynamodb", listen)
    assert [found[key]["n"] for key in keys] == list(range(100))
    assert calls == ["BatchGetItem"]


@pytest.mark.parametrize("expect", [0, 2, 7])
def test_a_record_is_replaced_only_from_the_version_that_was_read(store: DynamoStore, expect: int) -> None:
    store.commit([Put(ONE, {"a": 1})])
    with pytest.raises(ConflictError):
        store.commit([Put(ONE, {"a": 2}, expect=expect)])
    store.commit([Put(ONE, {"b": 3, "version": 99}, expect=1)])
    assert store.read([ONE])[ONE] == {"b": 3, "version": 2}


def test_records_are_read_as_they_are_now(store: DynamoStore, aws: Aws) -> None:
    """The emulator has no replicas that lag behind; what is asked for must say so all the same."""
    bodies: list[bytes] = []
    events, listen = aws.client("dynamodb").meta.events, lambda params, **_: bodies.append(params["body"])
    events.register("before-call.dynamodb", listen)
    store.read([ONE, SEALED])
    store.read_partition("p", "")
    events.unregister("before-call.dynamodb", listen)
    assert [body.count(b'"ConsistentRead": true') for body in bodies] == [2, 1]


def test_a_record_that_is_gone_is_not_replaced(store: DynamoStore) -> None:
    with pytest.raises(ConflictError):
        store.commit([Put(ONE, {}, expect=1)])


def test_a_patch_sets_counts_and_removes_without_reading(store: DynamoStore) -> None:
    store.commit([Put(ONE, {"state": "open", "old": 1, "count": 5, "certificate:death": {"n": 1}})])
    store.commit([Patch(ONE, set={"state": "done", "certificate:death": {}}, add={"count": 2}, remove=("old", "no"))])
    assert store.read([ONE])[ONE] == {"state": "done", "count": 7, "certificate:death": {}, "version": 2}


def test_a_patch_creates_a_record_unless_it_must_exist(store: DynamoStore) -> None:
    store.commit([Patch(ONE, add={"count": 1})])
    assert store.read([ONE])[ONE] == {"count": 1, "version": 1}
    with pytest.raises(ConflictError):
        store.commit([Patch(TWO, set={"a": 1}, must_exist=True)])
    assert TWO not in store.read([TWO])


@pytest.mark.parametrize(
    "conditions",
    [
        {"absent": ("a",)},
        {"absent": ("no", "a")},
        {"equal": {"a": "other"}},
        {"equal": {"no": None}},
        {"equal": {"a": "here", "n": 2}},
        {"equal": {"n": True}},
    ],
)
def test_a_patch_whose_conditions_do_not_hold_changes_nothing(store: DynamoStore, conditions: Any) -> None:
    store.commit([Put(ONE, {"a": "here", "n": 1})])
    with pytest.raises(ConflictError):
        store.commit([Patch(ONE, set={"b": 1}, **conditions)])
    assert store.read([ONE])[ONE] == {"a": "here", "n": 1, "version": 1}


def test_a_patch_whose_conditions_hold_is_written(store: DynamoStore) -> None:
    store.commit([Put(ONE, {"a": "here", "none": None})])
    store.commit([Patch(ONE, set={"a": "there"}, absent=("b",), equal={"a": "here", "none": None}, must_exist=True)])
    assert store.read([ONE])[ONE]["a"] == "there"


def test_a_commit_is_all_or_nothing(store: DynamoStore) -> None:
    store.commit([Put(ONE, {})])
    with pytest.raises(ConflictError):
        store.commit([Put(TWO, {}), Put(SEALED, {}), Put(ONE, {})])
    assert set(store.read([ONE, TWO, SEALED])) == {ONE}


def test_a_record_is_deleted_and_deleting_again_is_nothing(store: DynamoStore) -> None:
    store.commit([Put(ONE, {})])
    store.commit([Delete(ONE)])
    store.commit([Delete(ONE)])
    assert not store.read([ONE])


def test_a_commit_of_nothing_is_no_call(store: DynamoStore, faults: Any) -> None:
    faults("TransactWriteItems", (400, "ValidationException"))
    store.commit([])


def test_what_the_store_refuses_as_malformed_is_our_own_mistake(store: DynamoStore) -> None:
    with pytest.raises(Exception, match="ValidationException") as caught:
        store.commit([Put(ONE, {}), Put(ONE, {})])
    assert not isinstance(caught.value, ConflictError | UnavailableError)


def test_a_partition_is_read_in_order_by_prefix(store: DynamoStore) -> None:
    names = ["file#case", "file#task#2", "file#task#1", "audit#1", "file"]
    store.commit([Put(Key("p", name), {"n": name}) for name in names])
    assert [row["sk"] for row in store.read_partition("p", "file#")] == ["file#case", "file#task#1", "file#task#2"]
    assert len(store.read_partition("p", "")) == 5
    assert store.read_partition("other", "file#") == []


def test_a_partition_of_more_than_a_megabyte_is_read_whole(store: DynamoStore) -> None:
    for n in range(5):
        store.commit([Put(Key("p", f"{n}"), {"text": "x" * 300_000})])
    assert [row["sk"] for row in store.read_partition("p", "")] == ["0", "1", "2", "3", "4"]


def task(n: int, **more: Any) -> Put:
    value = {"live": "jining#police#-#open", "live_sort": f"2026-12-{n:02}", "task_id": f"t{n}", "name": "户口注销"}
    return Put(Key(f"case#{n}", "task"), {**value, "due": "", "reports": {"secret": 1}, **more})


def test_pages_follow_each_other_without_gap_or_overlap(store: DynamoStore) -> None:
    store.commit([task(n) for n in range(7, 0, -1)])
    store.commit([task(9, live="jining#health#-#open")])
    seen, cursor = [], None
    for _ in range(3):
        page = store.page(Index.LIVE, "jining#police#-#open", 3, cursor)
        seen += [row["task_id"] for row in page.rows]
        cursor = page.cursor
    assert seen == [f"t{n}" for n in range(1, 8)]
    assert cursor is None


def test_a_row_of_an_index_holds_its_keys_and_what_the_index_projects(store: DynamoStore) -> None:
    store.commit([task(1)])
    (row,) = store.page(Index.LIVE, "jining#police#-#open", 50).rows
    assert (row["pk"], row["sk"], row["name"], row["due"]) == ("case#1", "task", "户口注销", "")
    assert "reports" not in row


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"upto": "2026-12-02"}, [1, 2]),
        ({"since": "2026-12-03"}, [3, 4]),
        ({"since": "2026-12-02", "upto": "2026-12-03"}, [2, 3]),
        ({"since": "2026-12-02", "upto": "2026-12-02"}, [2]),
        ({"since": "2026-12-05"}, []),
    ],
)
def test_bounds_are_included_and_counted_alike(store: DynamoStore, bounds: Any, expected: list[int]) -> None:
    store.commit([task(n) for n in range(1, 5)])
    store.commit([task(9, live="jining#health#-#open")])
    page = store.page(Index.LIVE, "jining#police#-#open", 50, **bounds)
    assert [row["task_id"] for row in page.rows] == [f"t{n}" for n in expected]
    assert store.count(Index.LIVE, "jining#police#-#open", **bounds) == len(expected)


def test_counting_is_one_call_that_reads_no_rows(store: DynamoStore, aws: Aws) -> None:
    store.commit([task(n) for n in range(1, 5)])
    bodies: list[bytes] = []
    events, listen = aws.client("dynamodb").meta.events, lambda params, **_: bodies.append(params["body"])
    events.register("before-call.dynamodb", listen)
    assert store.count(Index.LIVE, "jining#police#-#open") == 4
    events.unregister("before-call.dynamodb", listen)
    assert [b'"Select": "COUNT"' in body for body in bodies] == [True]


def test_a_cursor_does_not_lead_out_of_the_bounds(store: DynamoStore) -> None:
    store.commit([task(n) for n in range(1, 5)])
    cursor = store.page(Index.LIVE, "jining#police#-#open", 2).cursor
    for bounds in ({"upto": "2026-12-01"}, {"since": "2026-12-03"}):
        with pytest.raises(BadCursorError):
            store.page(Index.LIVE, "jining#police#-#open", 2, cursor, **bounds)


def test_due_deliveries_stand_on_an_index_of_their_own(store: DynamoStore) -> None:
    content = {"shard": "due#1", "kind": "agency", "delivery_id": "d"}
    store.commit([Put(Key(f"d#{n}", "d"), {**content, "next_try": f"2026-11-0{n}"}) for n in (2, 1)])
    page = store.page(Index.DUE, "due#1", 1, upto="2026-11-03")
    assert [row["next_try"] for row in page.rows] == ["2026-11-01"]
    store.commit([Patch(Key("d#1", "d"), remove=("shard", "next_try"))])
    assert [row["pk"] for row in store.page(Index.DUE, "due#1", 9).rows] == ["d#2"]


def test_a_batch_that_the_store_left_undone_is_asked_for_again(
    store: DynamoStore, aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([Put(ONE, {"n": 1}), Put(TWO, {"n": 2})])
    client = aws.client("dynamodb")
    real = client.batch_get_item

    def half(RequestItems: Any) -> Any:  # noqa: N803
        ((table, request),) = RequestItems.items()
        first, *rest = request["Keys"]
        answer = real(RequestItems={table: {**request, "Keys": [first]}})
        return {**answer, "UnprocessedKeys": {table: {**request, "Keys": rest}} if rest else {}}

    monkeypatch.setattr(client, "batch_get_item", half)
    assert {key: value["n"] for key, value in store.read([ONE, TWO]).items()} == {ONE: 1, TWO: 2}
    nothing = {"Responses": {}, "UnprocessedKeys": {"t": {"Keys": [{}]}}}
    monkeypatch.setattr(client, "batch_get_item", lambda **_: nothing)
    with pytest.raises(UnavailableError):
        store.read([ONE])


def test_a_cursor_does_not_lead_into_another_agencys_list(store: DynamoStore) -> None:
    store.commit([task(1), task(2), task(3, live="jining#health#-#open")])
    cursor = store.page(Index.LIVE, "jining#police#-#open", 1).cursor
    with pytest.raises(BadCursorError):
        store.page(Index.LIVE, "jining#health#-#open", 1, cursor)


def test_a_transaction_whose_reply_was_lost_happened_once(store: DynamoStore, faults: Any) -> None:
    faults("TransactWriteItems", "lost reply")
    store.commit([Put(ONE, {}), Patch(TWO, add={"count": 1})])
    assert store.read([TWO])[TWO] == {"count": 1, "version": 1}


@pytest.mark.parametrize("fault", ["timeout", (400, "ThrottlingException"), (500, "InternalServerError"), (503, "X")])
def test_what_passes_within_three_tries_is_not_noticed(store: DynamoStore, faults: Any, fault: Any) -> None:
    faults("TransactWriteItems", fault, fault)
    store.commit([Put(ONE, {})])
    faults("BatchGetItem", fault, fault)
    assert ONE in store.read([ONE])


@pytest.mark.parametrize(
    "fault",
    ["timeout", (400, "ThrottlingException"), (400, "ProvisionedThroughputExceededException"), (500, "X"), (503, "X")],
)
def test_what_does_not_pass_is_told_as_unavailable(store: DynamoStore, faults: Any, fault: Any) -> None:
    faults("TransactWriteItems", *[fault] * 3)
    with pytest.raises(UnavailableError):
        store.commit([Put(ONE, {})])
    faults("Query", *[fault] * 3)
    with pytest.raises(UnavailableError):
        store.read_partition("p", "")


def test_a_missing_permission_is_not_told_as_unavailable(store: DynamoStore, faults: Any) -> None:
    faults("BatchGetItem", (400, "AccessDeniedException"))
    with pytest.raises(Exception, match="AccessDenied"):
        store.read([ONE])


def test_of_many_writers_one_wins_each_round(store: DynamoStore) -> None:
    store.commit([Put(ONE, {"n": 0})])
    won: list[int] = []

    def write() -> None:
        for _ in range(40):
            value = store.read([ONE])[ONE]
            try:
                store.commit([Put(ONE, {"n": value["n"] + 1}, value["version"])])
                won.append(1)
            except ConflictError:
                pass

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read([ONE])[ONE]["n"] == len(won) > 0
