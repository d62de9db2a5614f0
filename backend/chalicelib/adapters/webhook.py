"""Tells an agency's own system by a signed request, which it can verify and tell from a repeated one."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..catalogue import Way
from ..services.ports import DeliveryError, Message
from .channel_secrets import ChannelSecrets
from .handover import hand_over, to_json
from .http import Connect
from .signature import BadSecretError, headers


class Webhook:
    def __init__(self, secrets: ChannelSecrets, connect: Connect, clock: Callable[[], float] = time.time) -> None:
        self._secrets, self._connect, self._clock = secrets, connect, clock

    def send(self, way: Way, message: Message) -> None:
        """The body stays the same however often it is sent; its answer is not read. Raises DeliveryError."""
        about = {**message.about, "subject": message.subject, "text": message.text}
        body = to_json({"type": message.template, "timestamp": message.since, "data": about})
        try:
            signed = headers(self._secrets.signing(way.secret_name), message.message_id, int(self._clock()), body)
        except BadSecretError:
            raise DeliveryError("no usable secret") from None
        hand_over(way.url, body, signed, connect=self._connect)
