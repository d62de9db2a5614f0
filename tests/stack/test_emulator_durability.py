"""The emulator keeps what it acknowledged through kill -9, and refuses to start on a state it cannot vouch for."""

import json
import subprocess
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from tests.stack.processes import ROOT, Emulator, emulator_python

TABLE = "things"

pytestmark = pytest.mark.stack


def make_table(emulator: Emulator) -> Any:
    tables = emulator.client("dynamodb")
    tables.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
    )
    return tables


def put(tables: Any, key: str, **more: Any) -> None:
    tables.put_item(TableName=TABLE, Item={"pk": {"S": key}}, **more)


def keys(tables: Any) -> set[str]:
    pages = tables.get_paginator("scan").paginate(TableName=TABLE, ConsistentRead=True)
    return {item["pk"]["S"] for page in pages for item in page["Items"]}


def journal(emulator: Emulator) -> Any:
    return emulator.state / "current" / "journal"


def record(operation: str, body: dict[str, Any]) -> bytes:
    target = f"DynamoDB_20120810.{operation}"
    fields = {"account": "000000000000", "region": "us-east-1", "target": target, "body": json.dumps(body)}
    text = json.dumps(fields).encode()
    return b"%08x %b\n" % (zlib.crc32(text), text)


def until_it_dies(act: Callable[[int], None], acknowledged: list[int]) -> None:
    number = 0
    try:
        while True:
            act(number)
            acknowledged.append(number)
            number += 1
    except (BotoCoreError, ClientError):
        return


def received(queues: Any, url: str) -> set[str]:
    bodies: set[str] = set()
    while messages := queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        bodies |= {message["Body"] for message in messages}
    return bodies


def test_nothing_acknowledged_is_lost_when_it_is_killed_among_writers(emulator: Emulator) -> None:
    tables = make_table(emulator.start())
    queues = emulator.client("sqs")
    url = queues.create_queue(QueueName="work", Attributes={"VisibilityTimeout": "600"})["QueueUrl"]
    written: dict[str, list[int]] = {}
    for turn in range(3):
        tables, queues = emulator.client("dynamodb"), emulator.client("sqs")
        acts: dict[str, Callable[[int], None]] = {
            f"put-{turn}-a": lambda n, t=turn, c=tables: put(c, f"put-{t}-a-{n}"),
            f"put-{turn}-b": lambda n, t=turn, c=tables: put(c, f"put-{t}-b-{n}"),
            f"sent-{turn}": lambda n, t=turn, c=queues: c.send_message(QueueUrl=url, MessageBody=f"sent-{t}-{n}"),
        }
        written |= {name: [] for name in acts}
        threads = [threading.Thread(target=until_it_dies, args=(act, written[name])) for name, act in acts.items()]
        for thread in threads:
            thread.start()
        time.sleep(0.4 + 0.3 * turn)
        emulator.kill()
        for thread in threads:
            thread.join()
        emulator.start()
    present = keys(emulator.client("dynamodb")) | received(emulator.client("sqs"), url)
    expected = {f"{name}-{number}" for name, numbers in written.items() for number in numbers}
    assert min(len(numbers) for numbers in written.values()) > 5
    assert expected <= present


def test_a_key_still_opens_what_it_closed_before_the_kill(emulator: Emulator) -> None:
    kms = emulator.start().client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/sealing", TargetKeyId=key)
    sealed = kms.encrypt(KeyId=key, Plaintext=b"quiet")["CiphertextBlob"]
    emulator.kill()
    kms = emulator.start().client("kms")
    assert kms.decrypt(CiphertextBlob=sealed, KeyId=key)["Plaintext"] == b"quiet"
    assert kms.describe_key(KeyId="alias/sealing")["KeyMetadata"]["KeyId"] == key


def test_an_object_is_still_there_after_the_kill(emulator: Emulator) -> None:
    objects = emulator.start().client("s3")
    objects.create_bucket(Bucket="papers")
    objects.put_object(Bucket="papers", Key="one", Body=b"1" * 100_000)
    emulator.kill()
    assert emulator.start().client("s3").get_object(Bucket="papers", Key="one")["Body"].read() == b"1" * 100_000


def test_a_deleted_message_does_not_come_back(emulator: Emulator) -> None:
    queues = emulator.start().client("sqs")
    url = queues.create_queue(QueueName="work", Attributes={"VisibilityTimeout": "1"})["QueueUrl"]
    queues.send_message(QueueUrl=url, MessageBody="once")
    (message,) = queues.receive_message(QueueUrl=url)["Messages"]
    queues.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    emulator.kill()
    queues = emulator.start().client("sqs")
    assert "Messages" not in queues.receive_message(QueueUrl=url, WaitTimeSeconds=2)


def test_a_transaction_repeated_after_the_kill_still_happens_once(emulator: Emulator) -> None:
    tables = make_table(emulator.start())
    step = {
        "TableName": TABLE,
        "Key": {"pk": {"S": "counter"}},
        "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }
    for _ in range(3):
        tables.transact_write_items(TransactItems=[{"Update": step}], ClientRequestToken="the-same-token")
        emulator.kill()
        tables = emulator.start().client("dynamodb")
    assert tables.get_item(TableName=TABLE, Key={"pk": {"S": "counter"}})["Item"]["n"] == {"N": "1"}


def test_a_torn_last_record_is_left_out(emulator: Emulator) -> None:
    put(make_table(emulator.start()), "whole")
    emulator.kill()
    with journal(emulator).open("ab") as file:
        file.write(record("PutItem", {"TableName": TABLE, "Item": {"pk": {"S": "torn"}}})[:-9])
    assert keys(emulator.start().client("dynamodb")) == {"whole"}


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(
            lambda old: old + record("PutItem", {"TableName": "unknown", "Item": {"pk": {"S": "x"}}}),
            id="a write that is refused when repeated",
        ),
        pytest.param(lambda old: old.replace(b"second", b"sexond"), id="a changed byte inside"),
        pytest.param(lambda old: b"\n" + old, id="an empty line"),
    ],
)
def test_a_journal_that_does_not_fit_stops_the_start_and_is_kept(
    emulator: Emulator, damage: Callable[[bytes], bytes]
) -> None:
    tables = make_table(emulator.start())
    for key in ("first", "second", "third"):
        put(tables, key)
    emulator.kill()
    damaged = damage(journal(emulator).read_bytes())
    journal(emulator).write_bytes(damaged)
    generation = (emulator.state / "current").readlink()
    emulator.launch()
    assert "nothing in" in emulator.errors()
    assert emulator.code == 3
    assert (emulator.state / "current").readlink() == generation
    assert journal(emulator).read_bytes() == damaged


def test_an_unreadable_snapshot_stops_the_start(emulator: Emulator) -> None:
    put(make_table(emulator.start()), "one")
    emulator.kill()
    snapshot = emulator.state / "current" / "dynamodb.json"
    snapshot.write_text(snapshot.read_text()[:-2])
    emulator.launch()
    emulator.errors()
    assert emulator.code == 3


def test_the_journal_is_replaced_while_running_when_it_has_grown(emulator: Emulator) -> None:
    emulator.options = ("--journal-limit", "20000")
    tables = make_table(emulator.start())
    before = (emulator.state / "current").readlink()
    for number in range(300):
        put(tables, f"item-{number}")
    assert journal(emulator).stat().st_size <= 21_000
    assert (emulator.state / "current").readlink() != before
    emulator.kill()
    assert len(keys(emulator.start().client("dynamodb"))) == 300


def test_writers_go_on_while_the_journal_is_replaced(emulator: Emulator) -> None:
    emulator.options = ("--journal-limit", "3000")
    tables = make_table(emulator.start())
    threads = [
        threading.Thread(target=lambda name=name: [put(tables, f"{name}-{number}") for number in range(40)])
        for name in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    emulator.kill()
    assert len(keys(emulator.start().client("dynamodb"))) == 320


def test_an_expired_item_is_gone_and_its_place_can_be_taken_again_after_a_kill(emulator: Emulator) -> None:
    emulator.options = ("--expiry-seconds", "0.2")
    tables = make_table(emulator.start())
    attribute = {"Enabled": True, "AttributeName": "expires"}
    tables.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=attribute)
    tables.put_item(TableName=TABLE, Item={"pk": {"S": "old"}, "expires": {"N": "1"}})
    until = time.monotonic() + 5
    while keys(tables) and time.monotonic() < until:
        time.sleep(0.1)
    put(tables, "old", ConditionExpression="attribute_not_exists(pk)")
    emulator.kill()
    assert keys(emulator.start().client("dynamodb")) == {"old"}


def test_two_emulators_do_not_share_a_state(emulator: Emulator) -> None:
    emulator.start()
    second = Emulator(emulator.state)
    second.launch()
    assert "another emulator" in second.errors()
    assert second.code == 5


def test_the_emulators_own_reaper_does_not_run(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys, threading; from scripts.local.emulator.durable import DurableEmulator\n"
        "DurableEmulator(pathlib.Path(sys.argv[1]), 1, 1)\n"
        "print([thread.name for thread in threading.enumerate()])\n"
    )
    command = [emulator_python(), "-c", program, str(tmp_path)]
    assert subprocess.check_output(command, cwd=ROOT, text=True) == "['MainThread']\n"
