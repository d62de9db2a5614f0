"""The application behind Chalice's own stand-in for the gateway, on a real store."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from chalice.config import Config
from chalice.local import LocalGateway

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        assert self.headers["Content-Type"] == "application/json; charset=utf-8"
        return json.loads(self.body)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Every problem has a sentence."""
        assert all(problem["message"] for problem in self.json["problems"])
        return [(problem["field"], problem["code"]) for problem in self.json["problems"]]


class Api:
    def __init__(self, app: Any) -> None:
        self._gateway = LocalGateway(app, Config())

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str | None = None, token: str | None = None
    ) -> Answer:
        headers = {"content-type": kind} if kind is not None else {}
        headers |= {"authorization": f"Bearer {token}"} if token is not None else {}
        given = self._gateway.handle_request(method, f"/api/{path}", headers, body)
        answer = Answer(given["statusCode"], given["headers"], given["body"])
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        return answer

    def get(self, path: str, token: str | None = None) -> Answer:
        return self.ask("GET", path, token=token)

    def post(self, path: str, value: object, token: str | None = None, method: str = "POST") -> Answer:
        return self.ask(method, path, json.dumps(value).encode(), "application/json", token)

    def put(self, path: str, value: object, token: str | None = None) -> Answer:
        return self.post(path, value, token, "PUT")

    def form(self, path: str, *pairs: tuple[str, str]) -> Answer:
        return self.ask("POST", path, urlencode(pairs).encode(), FORM)
