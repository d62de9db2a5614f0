import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.config import Config

from chalicelib.adapters.opener import LambdaOpener, packed
from chalicelib.catalogue import Problem
from chalicelib.services.refused import Refused
from chalicelib.services.store import UnavailableError
from tests.adapters.servers import Asked, http_server

ANSWER = {"task_id": "123456789012-01", "fields": {"deceased.name": "王秀英"}}


def opened(call: Callable[[], Any], **headers: str) -> tuple[Any, list[Asked]]:
    """Through a real client, to something that speaks Lambda's protocol."""
    with http_server(lambda _: (200, json.dumps(call()).encode(), headers)) as server:
        client = boto3.client("lambda", endpoint_url=server.address, config=Config(retries={"total_max_attempts": 1}))
        opener = LambdaOpener(lambda: client, lambda: "prod-open_envelope")
        return opener("a.b.c", "jining", "123456789012-01"), server.asked


def refusing() -> dict[str, Any]:
    raise Refused(409, [Problem("state_conflict", "action", {"state": "待受理"})], retry_after=7)


def test_the_function_gets_the_token_and_its_answer_comes_back() -> None:
    answer, (asked,) = opened(lambda: packed(lambda: ANSWER))
    assert answer == ANSWER
    assert asked.path == "/2015-03-31/functions/prod-open_envelope/invocations"
    assert json.loads(asked.body) == {"token": "a.b.c", "locality": "jining", "task_id": "123456789012-01"}


def test_a_refusal_comes_back_as_it_was() -> None:
    with pytest.raises(Refused) as caught:
        opened(lambda: packed(refusing))
    assert (caught.value.status, caught.value.retry_after) == (409, 7)
    assert caught.value.problems == (Problem("state_conflict", "action", {"state": "待受理"}),)


def test_a_function_that_broke_is_told_as_unavailable() -> None:
    with pytest.raises(UnavailableError):
        opened(lambda: {"errorMessage": "王秀英"}, **{"X-Amz-Function-Error": "Unhandled"})
