from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from chalicelib.adapters.kms import SealingKey

CONTEXT = {"locality": "jining", "recipient": "police", "key_id": "k1"}


@pytest.fixture
def key() -> Iterator[SealingKey]:
    with mock_aws():
        client = boto3.client("kms")
        key_id = client.create_key()["KeyMetadata"]["KeyId"]
        yield SealingKey(lambda: client, lambda: key_id)


def test_a_wrapped_key_is_unwrapped_for_the_same_purpose(key: SealingKey) -> None:
    wrapped = key.wrap(b"private", CONTEXT)
    assert b"private" not in wrapped
    assert key.unwrap(wrapped, dict(reversed(CONTEXT.items()))) == b"private"


@pytest.mark.parametrize("change", [{"recipient": "messenger"}, {"locality": "guyang"}, {"key_id": "k2"}])
def test_a_key_wrapped_for_one_recipient_is_not_unwrapped_for_another(key: SealingKey, change: dict[str, str]) -> None:
    wrapped = key.wrap(b"private", CONTEXT)
    with pytest.raises(ClientError):
        key.unwrap(wrapped, CONTEXT | change)
