"""The group robots of WeCom and DingTalk: one text message by one request, as their makers document it.

https://developer.work.weixin.qq.com/document/path/91770
https://open.dingtalk.com/document/orgapp/custom-robot-access
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from ..catalogue import Way
from ..services.ports import DeliveryError, Message
from .channel_secrets import ChannelSecrets
from .handover import hand_over, to_json
from .http import Connect

LARGEST = 4096


class Robot:
    """`secrets` hold what goes into the address, and under `sign` what DingTalk's signature is made with."""

    def __init__(self, secrets: ChannelSecrets, connect: Connect, clock: Callable[[], float] = time.time) -> None:
        self._secrets, self._connect, self._clock = secrets, connect, clock

    def wecom(self, way: Way, message: Message) -> None:
        self._send(way, message, {"key": self._secret(way, "key")})

    def dingtalk(self, way: Way, message: Message) -> None:
        moment = str(round(self._clock() * 1000))
        signature = signed(self._secret(way, "sign"), moment)
        query = {"access_token": self._secret(way, "access_token"), "timestamp": moment, "sign": signature}
        self._send(way, message, query)

    def _secret(self, way: Way, name: str) -> str:
        value = self._secrets.named(way.secret_name).get(name, "")
        if not value:
            raise DeliveryError("no usable secret")
        return value

    def _send(self, way: Way, message: Message, query: Mapping[str, str]) -> None:
        """Both answer 200 whatever happens; what happened is in `errcode`."""
        body = to_json({"msgtype": "text", "text": {"content": f"{message.subject}\n{message.text}".strip()}})
        answer = hand_over(f"{way.url}?{urlencode(query)}", body, {}, LARGEST, self._connect)
        code = _code(answer.body)
        if code != 0:
            raise DeliveryError(f"errcode {code}")


def signed(secret: str, moment: str) -> str:
    """`moment` in milliseconds."""
    mac = hmac.digest(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(mac).decode()


def _code(body: bytes) -> int | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    code = value.get("errcode") if isinstance(value, dict) else None
    return code if isinstance(code, int) else None
