"""The mailbox on the origin: a page for people, JSON for tests, and the address that takes text messages."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, quote

from .gateway import Environ, StartResponse, Wsgi
from .mailbox import Mailbox, Sent, text_message

PAGES = Path(__file__).parent / "pages"
MAX_TEXT = 100_000
KINDS = {"mail": "邮件", "text": "短信"}

Answer = tuple[str, str, bytes]


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
        elif path in reads and method in ("GET", "HEAD"):
            status, kind, body = reads[path](_recipient(environ))
        else:
            status, kind, body = "404 Not Found", "text/plain", b""
        start(status, [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return respond


def _take_text(mailbox: Mailbox, environ: Environ) -> Answer:
    """What a provider of text messages takes: to, template, variables, and the text as it will read."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MAX_TEXT:
        return "413 Content Too Large", "application/json", b"{}"
    try:
        value = json.loads(environ["wsgi.input"].read(int(length)))
        to, template, text = (str(value[name]) for name in ("to", "template", "text"))
        message = text_message(to, template, dict(value["variables"]), text)
    except (ValueError, KeyError, TypeError):
        return "400 Bad Request", "application/json", b"{}"
    mailbox.add(message)
    return "202 Accepted", "application/json", b"{}"


def _recipient(environ: Environ) -> str:
    query: str = environ.get("QUERY_STRING", "")
    return parse_qs(query).get("to", [""])[0]


def _slots(messages: list[Sent], to: str) -> dict[str, str]:
    shown = (
        f"发给 {escape(to)} 的 {len(messages)} 条。<a href='/mailbox/'>看全部</a>" if to else f"共 {len(messages)} 条。"
    )
    return {
        "shown": shown,
        "messages": "".join(map(_article, messages)) or "<p>还没有发出任何邮件或短信。</p>",
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
