"""How a cancelled transaction is read: conflicts that the emulator never makes, too."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.adapters.dynamodb import DynamoStore
from chalicelib.services.store import ConflictError, Key, Put, UnavailableError


class Cancelling:
    """A client whose transactions are all cancelled for these reasons."""

    def __init__(self, *codes: str) -> None:
        self._reasons = [{"Code": code} for code in codes]
        self.exceptions = type("Exceptions", (), {"TransactionCanceledException": CancelledError})

    def transact_write_items(self, **_: Any) -> None:
        raise CancelledError(
            {
                "Error": {"Code": "TransactionCanceledException", "Message": "with a name in it"},
                "CancellationReasons": self._reasons,
            },
            "TransactWriteItems",
        )


class CancelledError(ClientError):
    pass


@pytest.mark.parametrize(
    ("codes", "error"),
    [
        (("None", "ConditionalCheckFailed"), ConflictError),
        (("TransactionConflict",), ConflictError),
        (("ThrottlingError", "TransactionConflict"), ConflictError),
        (("None", "ThrottlingError"), UnavailableError),
        (("ProvisionedThroughputExceeded",), UnavailableError),
        (("ItemCollectionSizeLimitExceeded",), RuntimeError),
        (("ValidationError",), RuntimeError),
    ],
)
def test_a_cancelled_transaction_says_whether_reading_again_helps(codes: Any, error: type[Exception]) -> None:
    store = DynamoStore(lambda: Cancelling(*codes), str)
    with pytest.raises(error) as caught:
        store.commit([Put(Key("p", "s"), {})])
    assert "name" not in str(caught.value)
