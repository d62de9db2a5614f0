from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from chalicelib.adapters.smtp import SmtpMailer
from chalicelib.services.ports import DeliveryError
from tests.stack.processes import free_ports


class Server:
    """Keeps mails; `replies` says what it answers to which command."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.to: list[str] = []
        self.replies: dict[str, str] = {}

    async def handle_RCPT(self, _s: Any, _x: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802
        if "RCPT" in self.replies:
            return self.replies["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _s: Any, _x: Any, envelope: Any) -> str:  # noqa: N802
        if "DATA" in self.replies:
            return self.replies["DATA"]
        self.to += envelope.rcpt_tos
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def server() -> Iterator[Any]:
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=free_ports())
    controller.start()
    server.port = controller.port  # type: ignore[attr-defined]
    yield server
    controller.stop(no_assert=True)


def mailer(port: int) -> SmtpMailer:
    return SmtpMailer(lambda: "127.0.0.1", lambda: port, lambda: "service@local.example")


def test_a_mail_arrives_with_its_chinese_text(server: Any) -> None:
    mailer(server.port).send(
        "police@jining.example", "新办件 1234：户口注销", "公安机关：\n\n请查收。", "t-01.new-task.police"
    )
    (mail,) = server.mails
    assert server.to == ["police@jining.example"]
    assert (mail["Subject"], mail["From"], mail["To"]) == (
        "新办件 1234：户口注销",
        "service@local.example",
        "police@jining.example",
    )
    assert mail.get_content().split() == ["公安机关：", "请查收。"]
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_mail_sent_again_has_the_same_id_and_another_mail_another(server: Any) -> None:
    for message_id in ("a#1", "a#1", "a#2"):
        mailer(server.port).send("police@jining.example", "s", "t", message_id)
    first, again, other = (mail["Message-ID"] for mail in server.mails)
    assert first == again != other
    assert first.endswith("@local.example>")


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("police@jining.example\r\nBcc: thief@else.example", "s"),
        ("police@jining.example, thief@else.example", "s"),
        ("police@jining.example", "s\r\nBcc: thief@else.example"),
        ("police@jining.example", "s\nBcc: thief@else.example"),
        ("警察 <police@jining.example>", "s"),
        ("police", "s"),
        ("", "s"),
        ("@", "s"),
    ],
)
def test_nothing_can_be_slipped_into_the_headers(server: Any, to: str, subject: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        mailer(server.port).send(to, subject, "t", "1")
    assert caught.value.permanent
    assert not server.mails


def test_a_message_id_cannot_break_out_of_its_header(server: Any) -> None:
    mailer(server.port).send("police@jining.example", "s", "t", "a>\r\nBcc: thief@else.example")
    assert server.to == ["police@jining.example"]
    assert server.mails[0]["Bcc"] is None


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("reply", "permanent"), [("451 4.3.0 later", False), ("421 busy", False), ("550 no", True), ("554 no", True)]
)
def test_not_now_is_told_from_never(server: Any, command: str, reply: str, permanent: bool) -> None:
    server.replies[command] = reply
    with pytest.raises(DeliveryError) as caught:
        mailer(server.port).send("police@jining.example", "s", "t", "1")
    assert caught.value.permanent is permanent
    assert "police" not in str(caught.value)


def test_a_server_that_is_not_there_may_come_back() -> None:
    with pytest.raises(DeliveryError) as caught:
        mailer(free_ports()).send("police@jining.example", "s", "t", "1")
    assert not caught.value.permanent
