"""Answers as JSON or as a page. Nothing that the API says is kept by anybody on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping

from chalice.app import Response

ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"


def as_json(status: int, value: object, headers: Mapping[str, str] | None = None) -> Response:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _answer(status, text, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})


def as_page(status: int, html: str, headers: Mapping[str, str] | None = None) -> Response:
    own = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
    return _answer(status, html, {**own, **(headers or {})})


def _answer(status: int, text: str, headers: Mapping[str, str]) -> Response:
    return Response(text, headers={**ALWAYS, **headers}, status_code=status)
