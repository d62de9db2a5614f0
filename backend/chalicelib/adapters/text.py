"""Text messages: handed to a provider by one HTTP call, which repeats harmlessly."""

from __future__ import annotations

from collections.abc import Mapping

from .handover import hand_over, to_json


class HttpTexter:
    def send(self, url: str, to: str, template: str, variables: Mapping[str, str], text: str, message_id: str) -> None:
        """Providers take a template and its variables; `text` is what they make together. Raises DeliveryError."""
        message = {"to": to, "template": template, "variables": dict(variables), "text": text}
        hand_over(url, to_json(message), {"Idempotency-Key": message_id})
