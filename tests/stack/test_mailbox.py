"""Mails and text messages land in the mailbox, stay there, and are shown as harmless text."""

import json
import os
import signal
import smtplib
from email.message import EmailMessage

import pytest
import requests

from tests.stack.processes import Stack
from tests.stack.test_origin_events import eventually

pytestmark = pytest.mark.stack


def messages(stack: Stack, to: str = "") -> list[dict[str, str]]:
    found: list[dict[str, str]] = requests.get(
        f"{stack.origin}/mailbox/messages.json", {"to": to} if to else None, timeout=15
    ).json()
    return found


def send_text(stack: Stack, to: str, text: str) -> requests.Response:
    body = {"to": to, "template": "opened", "variables": {"n": 1}, "text": text}
    return requests.post(f"{stack.origin}/mailbox/texts", json=body, timeout=5)


def send_mail(stack: Stack, to: str, subject: str, text: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = "a@b.example", to, subject, "<1@b.example>"
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", stack.port + 3) as server:
        server.send_message(mail)


def test_what_the_application_sends_is_in_the_mailbox(sample: Stack) -> None:
    requests.put(f"{sample.origin}/api/notes/mailed", timeout=5).raise_for_status()
    (mail,) = eventually(lambda: [one for one in messages(sample) if one["subject"] == "办件 mailed"])
    assert (
        mail.items() >= {"kind": "mail", "to": "police@jining.example", "reference": "<mailed@local.example>"}.items()
    )
    (text,) = eventually(lambda: [one for one in messages(sample, "13800000000") if one["body"] == "已收到 mailed"])
    assert text.items() >= {"kind": "text", "reference": "opened", "variables": {"key": "mailed"}}.items()


def test_the_newest_is_first_and_one_recipient_can_be_picked(sample: Stack) -> None:
    for number in range(3):
        send_text(sample, "13900000001", f"第 {number} 条")
    send_text(sample, "13900000002", "别人的")
    assert [one["body"] for one in messages(sample, "13900000001")] == ["第 2 条", "第 1 条", "第 0 条"]
    page = requests.get(f"{sample.origin}/mailbox/", {"to": "13900000001"}, timeout=5).text
    assert "第 2 条" in page
    assert "别人的" not in page


def test_a_message_is_shown_as_text_with_its_links_and_no_script(sample: Stack) -> None:
    send_mail(sample, "x@y.example", "<i>题</i>", "<script>alert(1)</script> http://127.0.0.1/look?a=1&b=2 。")
    answer = requests.get(f"{sample.origin}/mailbox/", {"to": "x@y.example"}, timeout=5)
    assert "<script" not in answer.text
    assert "<i>" not in answer.text
    assert "<a href='http://127.0.0.1/look?a=1&amp;b=2'>" in answer.text
    assert requests.get(f"{sample.origin}/mailbox/", {"to": "'><b>"}, timeout=5).text.count("<b>") == 0


def test_what_was_acknowledged_survives_a_kill(sample: Stack) -> None:
    assert send_text(sample, "13900000003", "留住").status_code == 202
    send_mail(sample, "kept@y.example", "留住", "也留住")
    before = sample.child("app")
    os.kill(before, signal.SIGKILL)
    assert eventually(lambda: sample.child("app") != before)
    assert [one["body"] for one in messages(sample, "13900000003")] == ["留住"]
    assert [one["subject"] for one in messages(sample, "kept@y.example")] == ["留住"]


@pytest.mark.parametrize("body", ["", "[]", "{}", "not json", json.dumps({"to": 1})])
def test_a_text_message_that_is_none_is_refused(sample: Stack, body: str) -> None:
    assert requests.post(f"{sample.origin}/mailbox/texts", body, timeout=5).status_code == 400


def test_a_webhook_and_a_robots_message_land_in_the_mailbox_too(sample: Stack) -> None:
    hooks, signed = f"{sample.origin}/mailbox/hooks", {"webhook-id": "1.new-task", "webhook-signature": "v1,a"}
    posted = requests.post(
        f"{hooks}/police", json={"type": "new-task", "data": {"text": "<b>新办件"}}, headers=signed, timeout=5
    )
    assert (posted.status_code, posted.json()["errcode"]) == (200, 0)
    robot = {"msgtype": "text", "text": {"content": "新办件"}}
    assert requests.post(f"{hooks}/group?key=k", json=robot, timeout=5).status_code == 200
    (hook,) = messages(sample, "police")
    assert (
        hook.items()
        >= {"kind": "notice", "subject": "new-task", "reference": "1.new-task", "variables": signed}.items()
    )
    assert [one["subject"] for one in messages(sample, "group")] == ["text"]
    assert "<b>" not in requests.get(f"{sample.origin}/mailbox/", timeout=5).text


@pytest.mark.parametrize("body", ["", "[1]", "5", "not json", "[" * 50_000])
def test_a_notice_that_is_none_is_refused(sample: Stack, body: str) -> None:
    assert requests.post(f"{sample.origin}/mailbox/hooks/x", body, timeout=5).status_code == 400


def test_the_mailbox_page_has_its_style_from_its_own_origin(sample: Stack) -> None:
    page = requests.get(f"{sample.origin}/mailbox", timeout=5)
    assert 'href="/mailbox/style.css"' in page.text
    assert "style=" not in page.text
    assert requests.get(f"{sample.origin}/mailbox/style.css", timeout=5).headers["Content-Type"].startswith("text/css")
