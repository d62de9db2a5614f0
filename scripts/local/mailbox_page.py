"""The mailbox on the origin: a page for people, JSON for tests, and the addresses that take what is posted.

Text messages go to `/mailbox/texts`, webhooks and group robots to `/mailbox/hooks/` and any name.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qs, quote

from .gateway import Environ, StartResponse, Wsgi
from .mailbox import Mailbox, Sent, notice, text_message

PAGES = Path(__file__).parent / "pages"
MAX_TEXT = 100_000
KINDS = {"mail": "邮件", "text": "短信", "notice": "网络通知"}
HOOKS = "/mailbox/hooks/"
SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")

Answer = tuple[str, str, bytes]
TOO_LARGE: Answer = ("413 Content Too Large", "application/json", b"{}")


def mailbox_page(mailbox: Mailbox) -> Wsgi:
    page = Template((PAGES / "mailbox.html").read_text("utf-8"))
    reads: dict[str, Callable[[str], Answer]] = {
        "/mailbox/": lambda to: _ok("text/html", page.substitute(_slots(mailbox.newest(to), to))),
        "/mailbox/messages.json": lambda to: _ok("application/json", _json(mailbox.newest(to))),
        "/mailbox/style.css": lambda _: _ok("text/css", (PAGES / "style.css").read_text("utf-8")),
    }

    def respond(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path == "/mailbox":
            start("302 Found", [("Location", "/mailbox/"), ("Content-Length", "0")])
            return []
        if path == "/mailbox/texts" and method == "POST":
            status, kind, body = _take_text(mailbox, environ)
        elif path.startswith(HOOKS) and method == "POST":
            status, kind, body = _take_notice(mailbox, environ, path.removeprefix(HOOKS))
        elif path in reads and method in ("GET", "HEAD"):
            status, kind, body = reads[path](_recipient(environ))
        else:
            status, kind, body = "404 Not Found", "text/plain", b""
        start(status, [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return respond


def _take_text(mailbox: Mailbox, environ: Environ) -> Answer:
    """What a provider of text messages takes: to, template, variables, and the text as it will read."""
    if _length(environ) is None:
        return TOO_LARGE
    try:
        value = _value(environ)
        to, template, text = (str(value[name]) for name in ("to", "template", "text"))
        message = text_message(to, template, dict(value["variables"]), text)
    except (ValueError, KeyError, TypeError):
        return "400 Bad Request", "application/json", b"{}"
    mailbox.add(message)
    return "202 Accepted", "application/json", b"{}"


def _take_notice(mailbox: Mailbox, environ: Environ, name: str) -> Answer:
    """What an agency's system or its group's robot takes; the answer pleases all of them."""
    if _length(environ) is None:
        return TOO_LARGE
    try:
        value = dict(_value(environ))
    except (ValueError, TypeError, RecursionError):
        return "400 Bad Request", "application/json", b"{}"
    headers = {one: environ.get(f"HTTP_{one.upper().replace('-', '_')}", "") for one in SIGNED}
    mailbox.add(notice(name, headers["webhook-id"], {key: one for key, one in headers.items() if one}, value))
    return "200 OK", "application/json", b'{"errcode":0,"errmsg":"ok"}'


def _length(environ: Environ) -> int | None:
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() and int(length) <= MAX_TEXT else None


def _value(environ: Environ) -> Any:
    return json.loads(environ["wsgi.input"].read(_length(environ)))


def _recipient(environ: Environ) -> str:
    query: str = environ.get("QUERY_STRING", "")
    return parse_qs(query).get("to", [""])[0]


def _slots(messages: list[Sent], to: str) -> dict[str, str]:
    shown = (
        f"发给 {escape(to)} 的 {len(messages)} 条。<a href='/mailbox/'>看全部</a>" if to else f"共 {len(messages)} 条。"
    )
    return {
        "shown": shown,
        "messages": "".join(map(_article, messages)) or "<p>还没有发出任何邮件、短信或通知。</p>",
    }


def _article(message: Sent) -> str:
    to = f"<a href='/mailbox/?to={quote(message.recipient)}'>{escape(message.recipient)}</a>"
    subject = f"<h2>{escape(message.subject)}</h2>" if message.subject else ""
    said = f"{KINDS[message.kind]} · {to} · <time>{escape(message.received_at[:19].replace('T', ' '))}</time>"
    return f"<article><p class='to'>{said}</p>{subject}<pre>{_linked(message.body)}</pre></article>"


def _linked(text: str) -> str:
    return re.sub(r"https?://[\w.:/?=%&;#~+-]*[\w/]", r"<a href='\g<0>'>\g<0></a>", escape(text))


def _json(messages: list[Sent]) -> str:
    return json.dumps([_named(message) for message in messages], ensure_ascii=False)


def _named(message: Sent) -> dict[str, object]:
    value = asdict(message)
    return {"to": value.pop("recipient"), "from": value.pop("sender")} | value


def _ok(kind: str, text: str) -> Answer:
    return "200 OK", kind, text.encode()
