"""Keeps what the application sends, mails and text messages, until the state folder is deleted."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

BEIJING = timezone(timedelta(hours=8))
COLUMNS = ("kind", "recipient", "sender", "subject", "body", "reference", "variables", "received_at")
NAMES = ", ".join(COLUMNS)


@dataclass(frozen=True, slots=True)
class Sent:
    """One message to one recipient. `reference`: a mail's Message-ID, a text message's template, a webhook's id."""

    kind: str
    recipient: str
    sender: str
    subject: str
    body: str
    reference: str
    variables: dict[str, Any]
    received_at: str


class Mailbox:
    """A file that any number of threads and processes may use."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._connection() as connection:
            connection.execute(f"CREATE TABLE IF NOT EXISTS sent (id INTEGER PRIMARY KEY, {NAMES})")

    def add(self, *messages: Sent) -> None:
        """On disk when this returns: only then is a message acknowledged."""
        rows = [asdict(message) | {"variables": json.dumps(message.variables)} for message in messages]
        places = ", ".join(f":{column}" for column in COLUMNS)
        with self._connection() as connection:
            connection.executemany(f"INSERT INTO sent ({NAMES}) VALUES ({places})", rows)  # noqa: S608

    def newest(self, recipient: str = "", limit: int = 500) -> list[Sent]:
        query = f"SELECT {NAMES} FROM sent WHERE :to IN ('', recipient) ORDER BY id DESC LIMIT :limit"  # noqa: S608
        with self._connection() as connection:
            rows = connection.execute(query, {"to": recipient, "limit": limit}).fetchall()
        return [_sent(dict(zip(COLUMNS, row, strict=True))) for row in rows]

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=10)) as connection, connection:
            connection.execute("PRAGMA synchronous = FULL")
            yield connection


class MailServer:
    """Takes every mail, over SMTP on this machine only."""

    def __init__(self, mailbox: Mailbox, host: str, port: int) -> None:
        self._controller = Controller(_Handler(mailbox), hostname=host, port=port, enable_SMTPUTF8=True)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop(no_assert=True)


class _Handler:
    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        mails = [_mail(message, recipient) for recipient in envelope.rcpt_tos]
        await asyncio.to_thread(self._mailbox.add, *mails)
        return "250 OK"


def text_message(to: str, template: str, variables: dict[str, Any], text: str) -> Sent:
    return Sent("text", to, "", "", text, template, variables, _now())


def notice(to: str, reference: str, headers: dict[str, str], value: dict[str, Any]) -> Sent:
    """What a webhook or a group robot was sent, as it came."""
    body = json.dumps(value, ensure_ascii=False, indent=2)
    return Sent("notice", to, "", str(value.get("type", value.get("msgtype", ""))), body, reference, headers, _now())


def _mail(message: EmailMessage, recipient: str) -> Sent:
    part = message.get_body(("plain", "html"))
    body = str(part.get_content()) if part is not None else ""
    sender, subject = str(message.get("From", "")), str(message.get("Subject", ""))
    return Sent("mail", recipient, sender, subject, body, str(message.get("Message-ID", "")), {}, _now())


def _sent(row: dict[str, str]) -> Sent:
    variables = json.loads(row.pop("variables"))
    return Sent(**row, variables=variables)


def _now() -> str:
    return datetime.now(BEIJING).isoformat(timespec="seconds")
