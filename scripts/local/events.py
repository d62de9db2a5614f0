"""Runs the application's event handlers as Lambda would: on queue messages, stream records and the clock."""

import base64
import json
import re
import sys
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
from chalice.app import Chalice, DynamoDBEventConfig, ScheduledEventConfig, SQSEventConfig
from chalice.local import LambdaContext

from .provision import Resources

SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
WAIT_SECONDS = 5
HANDLER_SECONDS = 900
LONGEST_LEASE = 15  # what a killed worker was holding comes again this soon


class EventLoops:
    """One thread per event source. `speed` shortens schedules: 60 makes a minute a second."""

    def __init__(self, app: Chalice, resources: Resources, speed: float) -> None:
        self._app, self._resources, self._speed = app, resources, speed
        self._ended = threading.Event()
        self._idle = threading.Condition()
        self._handling = 0

    def start(self) -> None:
        loops: dict[type, Callable[[Any], Iterator[None]]] = {
            SQSEventConfig: self._queue,
            DynamoDBEventConfig: self._stream,
            ScheduledEventConfig: self._clock,
        }
        for source in self._app.event_sources:
            if type(source) in loops:
                threading.Thread(target=self._keep_on, args=(loops[type(source)], source), daemon=True).start()

    def stop(self, seconds: float) -> None:
        """Lets handlers finish. One that cannot is cut off: what it has not deleted comes again."""
        self._ended.set()
        with self._idle:
            self._idle.wait_for(lambda: self._handling == 0, seconds)

    def _keep_on(self, loop: Callable[[Any], Iterator[None]], source: Any) -> None:
        """The emulator may be restarted: connections break and stream positions end. Then begin again."""
        while not self._ended.is_set():
            try:
                for _ in loop(source):
                    if self._ended.is_set():
                        return
            except Exception as error:  # noqa: BLE001 - whatever it was, the loop must outlive it
                _report(source.name, error)
                self._ended.wait(1)

    def _queue(self, source: Any) -> Iterator[None]:
        name = (source.queue_arn or source.queue).rpartition(":")[2]
        url, arn, queues = self._resources.names[name], self._resources.arns[name], boto3.client("sqs")
        lease = _lease(queues, url)
        while True:
            messages = queues.receive_message(
                QueueUrl=url,
                MaxNumberOfMessages=min(10, source.batch_size),
                WaitTimeSeconds=WAIT_SECONDS,
                VisibilityTimeout=lease,
                MessageSystemAttributeNames=["All"],
                MessageAttributeNames=["All"],
            ).get("Messages", [])
            if messages:
                done = self._delivered(source.name, arn, messages)
                if done:
                    queues.delete_message_batch(QueueUrl=url, Entries=done)
            yield

    def _delivered(self, handler: str, arn: str, messages: list[Any]) -> list[Any]:
        """The messages to delete. The others come again after a while, and in the end go to the dead letters."""
        done, answer = self._call(handler, {"Records": [_queue_record(message, arn) for message in messages]})
        if not done:
            return []
        failures = answer.get("batchItemFailures", []) if isinstance(answer, dict) else []
        failed = {failure["itemIdentifier"] for failure in failures}
        return [
            {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
            for number, message in enumerate(messages)
            if message["MessageId"] not in failed
        ]

    def _stream(self, source: Any) -> Iterator[None]:
        match = re.search(r"table/([^/]+)", source.stream_arn)
        arn = self._resources.streams[match[1] if match else source.stream_arn]
        streams = boto3.client("dynamodbstreams")
        shards = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        positions = [
            streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="LATEST")
            for shard in shards
        ]
        iterators = [position["ShardIterator"] for position in positions]
        while iterators:
            answers = [streams.get_records(ShardIterator=one, Limit=source.batch_size) for one in iterators]
            for answer in answers:
                yield from self._until_done(source.name, arn, answer["Records"])
            iterators = [answer["NextShardIterator"] for answer in answers if answer.get("NextShardIterator")]
            self._ended.wait(0.2)
            yield

    def _until_done(self, handler: str, arn: str, records: list[Any]) -> Iterator[None]:
        """A stream keeps its order, so a batch that failed is tried again before the next."""
        if not records:
            return
        event = {"Records": _plain([{**record, "eventSourceARN": arn} for record in records])}
        while not self._call(handler, event)[0]:
            self._ended.wait(0.5)
            yield

    def _clock(self, source: Any) -> Iterator[None]:
        seconds = _period(source.schedule_expression) / self._speed
        while not self._ended.wait(seconds):
            self._call(source.name, _tick(source.name))
            yield

    def _call(self, handler: str, event: dict[str, Any]) -> tuple[bool, Any]:
        self._count(1)
        try:
            context = LambdaContext(handler, 512, max_runtime_ms=HANDLER_SECONDS * 1000)
            return True, self._app.handler_map[handler](event, context)
        except Exception as error:  # noqa: BLE001 - as on Lambda, a handler's failure is the queue's business
            _report(handler, error)
            return False, None
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._idle:
            self._handling += change
            self._idle.notify_all()


def _report(name: str, error: Exception) -> None:
    """Kind and place only: the text of an error may hold what a family wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    print(f"{name}: {type(error).__name__}{place}", file=sys.stderr, flush=True)


def _lease(queues: Any, url: str) -> int:
    answer = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    return min(LONGEST_LEASE, int(answer["Attributes"]["VisibilityTimeout"]))


def _queue_record(message: Any, arn: str) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": message.get("MessageAttributes", {}),
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": arn.split(":")[3],
    }


def _plain(records: list[dict[str, Any]]) -> Any:
    def plain(value: Any) -> Any:
        return value.timestamp() if isinstance(value, datetime) else base64.b64encode(value).decode()

    return json.loads(json.dumps(records, default=plain))


def _period(expression: Any) -> float:
    text = expression if isinstance(expression, str) else expression.to_string()
    match = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", text)
    return int(match[1]) * SECONDS[match[2]] if match else SECONDS["day"]


def _tick(name: str) -> dict[str, Any]:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [f"arn:aws:events:us-east-1:000000000000:rule/{name}"],
        "detail": {},
    }
