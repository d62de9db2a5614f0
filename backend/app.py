"""The application: its endpoints, and the functions that run on the clock, on queues and on call."""

from typing import Any

from chalice.app import Chalice, CloudWatchEvent, Cron, Rate, SQSEvent

from chalicelib import wiring
from chalicelib.api import register
from chalicelib.api.queue import each

app = Chalice(app_name="bereavement")
register(app, wiring.backend)


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(event: CloudWatchEvent) -> dict[str, int]:  # noqa: ARG001 - Chalice hands it over
    """Once a minute: what is due goes on its queue."""
    return wiring.sweep()


@app.schedule(Cron("30", "16", "*", "*", "?", "*"))
def nightly(event: CloudWatchEvent) -> dict[str, Any]:  # noqa: ARG001 - Chalice hands it over
    """Half past midnight in Beijing: the day before is rolled up, and dormant cases are found."""
    return wiring.nightly()


@app.schedule(Cron("40", "16", "*", "*", "?", "*"))
def anchor(event: CloudWatchEvent) -> dict[str, Any]:  # noqa: ARG001 - Chalice hands it over
    """Twenty to one in Beijing: a checkpoint over every audit chain as the day left it."""
    return wiring.anchor()


@app.schedule(Cron("0", "17", "*", "*", "?", "*"))
def shred(event: CloudWatchEvent) -> dict[str, Any]:  # noqa: ARG001 - Chalice hands it over
    """One at night in Beijing: what is personal goes from cases that closed long enough ago."""
    return wiring.shred()


@app.schedule(Cron("0", "1", "*", "*", "?", "*"))
def digest(event: CloudWatchEvent) -> dict[str, Any]:  # noqa: ARG001 - Chalice hands it over
    """Nine in the morning in Beijing: on working days the lead agency is told what is late."""
    return wiring.digest()


# Five at a time: each may be kept waiting for five seconds.
@app.on_sqs_message(queue_arn="arn:aws:sqs:us-east-1:000000000000:Deliveries", batch_size=5)
def deliver(event: SQSEvent) -> dict[str, Any]:
    """Mails to agencies, and certificates to a person's other cases."""
    return each(event.to_dict(), wiring.deliver)


@app.on_sqs_message(queue_arn="arn:aws:sqs:us-east-1:000000000000:Messages", batch_size=5)
def tell(event: SQSEvent) -> dict[str, Any]:
    """Text messages to families."""
    return each(event.to_dict(), wiring.tell)


@app.lambda_function()
def open_envelope(event: Any, context: Any) -> dict[str, Any]:  # noqa: ARG001 - Lambda hands it over
    """The only function that may read what was sealed to an agency; it checks the caller's token itself."""
    return wiring.open_envelope(event)
