"""Reads the body of a request, JSON or a submitted form, and refuses what is too large, broken or of another type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalice.app import Request

from ..catalogue import Problem
from ..services.refused import Refused
from .form import decoded
from .strict_json import UnreadableError, parsed

LARGEST = 1_000_000
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Body:
    """`typed` are a form's fields as they were sent; `page`: whoever sent a form gets a page back."""

    value: dict[str, Any]
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    page: bool = False


def read_body(request: Request) -> Body:
    """Raises Refused: 400, 413, 415."""
    kind = _kind(request)
    if kind not in (JSON, FORM):
        raise _wrong_type()
    try:
        content = _content(request)
        return Body(*decoded(content), page=True) if kind == FORM else Body(parsed(content))
    except UnreadableError:
        raise Refused(400, [Problem("unreadable")]) from None


def read_json(request: Request) -> dict[str, Any]:
    """For staff and systems, who send no forms."""
    if is_form(request):
        raise _wrong_type()
    return read_body(request).value


def is_form(request: Request) -> bool:
    return _kind(request) == FORM


def _kind(request: Request) -> str:
    """The media type; empty for a charset that is not ours."""
    kind, _, parameters = str(request.headers.get("content-type", "")).lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "')
    return kind.strip() if charset in ("", "utf-8", "utf8") else ""


def _content(request: Request) -> bytes:
    try:
        content = request.raw_body
    except ValueError:
        raise UnreadableError from None
    if len(content) > LARGEST:
        raise Refused(413, [Problem("too_large")])
    return content if isinstance(content, bytes) else content.encode()


def _wrong_type() -> Refused:
    return Refused(415, [Problem("wrong_media")])
