"""Every channel behind one port: hands a message to whatever its way names."""

from __future__ import annotations

from collections.abc import Callable

from ..catalogue import Way
from ..services.ports import DeliveryError, Message
from .channel_secrets import ChannelSecrets
from .http import Connect
from .robots import Robot
from .smtp import SmtpMailer
from .text import HttpTexter
from .webhook import Webhook

Send = Callable[[Way, Message], None]


class Channels:
    def __init__(self, mailer: SmtpMailer, secrets: ChannelSecrets, connect: Connect) -> None:
        """`connect` bounds where the catalogue's addresses may lead."""
        robot = Robot(secrets, connect)
        self._mailer, self._texter = mailer, HttpTexter()
        self._channels: dict[str, Send] = {
            "text": self._text,
            "text-2": self._text,
            "mail": self._mail,
            "webhook": Webhook(secrets, connect).send,
            "wecom": robot.wecom,
            "dingtalk": robot.dingtalk,
        }

    def send(self, way: Way, message: Message) -> None:
        channel = self._channels.get(way.channel)
        if channel is None:
            raise DeliveryError("unknown channel", permanent=True)
        channel(way, message)

    def _mail(self, way: Way, message: Message) -> None:
        self._mailer.send(way.to, message.subject, message.text, message.message_id)

    def _text(self, way: Way, message: Message) -> None:
        texter = self._texter
        texter.send(way.url, way.to, message.template, message.variables, message.text, message.message_id)
