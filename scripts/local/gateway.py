"""The Chalice application as WSGI, with the limits that API Gateway and Lambda set in production."""

import base64
import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlsplit

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import LocalChalice, LocalGateway, LocalGatewayException, RouteMatcher

Environ = dict[str, Any]
MAX_BODY = 6_000_000  # what a Lambda function takes


class StartResponse(Protocol):
    def __call__(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any: ...


class Wsgi(Protocol):
    def __call__(self, environ: Environ, start: StartResponse, /) -> Iterable[bytes]: ...


class RequestError(Exception):
    """A request that never reaches the application; answered in the application's own shape."""

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


def gateway(app: Chalice) -> Wsgi:
    _keep_requests_apart(app)
    local, routes = LocalGateway(app, Config()), RouteMatcher(list(app.routes))

    def respond(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        try:
            status, headers, body = _ask(local, routes, environ)
        except RequestError as error:
            status, headers, body = _refusal(error)
        start(_status_line(status), [*headers, ("Content-Length", str(len(body)))])
        return [body]

    return respond


def _ask(local: LocalGateway, routes: RouteMatcher, environ: Environ) -> tuple[int, list[tuple[str, str]], bytes]:
    path = environ["REQUEST_URI"]
    try:
        routes.match_route(urlsplit(path).path)
    except ValueError:
        raise RequestError(HTTPStatus.NOT_FOUND, "not_found", "没有这个地址。") from None
    try:
        answer = local.handle_request(environ["REQUEST_METHOD"], path, _headers(environ), _body(environ))
    except LocalGatewayException as error:
        return error.CODE, [("Content-Type", "application/json"), *error.headers.items()], error.body or b""
    return answer["statusCode"], _answer_headers(answer), _answer_body(answer)


def _keep_requests_apart(app: Chalice) -> None:
    """Chalice keeps the current request on the application: with threads one family would see another's."""
    kind = type(app)
    if not issubclass(kind, LocalChalice):
        app.__class__ = type("ThreadedChalice", (LocalChalice, kind), {})


def _headers(environ: Environ) -> dict[str, str]:
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name[:5] == "HTTP_"}
    if environ.get("CONTENT_TYPE"):  # an empty one would be refused as of the wrong type
        headers["content-type"] = environ["CONTENT_TYPE"]
    return headers


def _body(environ: Environ) -> bytes | None:
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return _chunked(environ)
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise RequestError(HTTPStatus.BAD_REQUEST, "unreadable", "请求没有说对自己的长度。")
    if int(length) > MAX_BODY:
        raise _too_large()
    body: bytes = environ["wsgi.input"].read(int(length)) if int(length) else b""
    if len(body) < int(length):
        raise RequestError(HTTPStatus.BAD_REQUEST, "unreadable", "请求没有传完，请再试一次。")
    return body or None


def _chunked(environ: Environ) -> bytes:
    try:
        body: bytes = environ["wsgi.input"].read(MAX_BODY + 1)
    except (ValueError, OSError):
        raise RequestError(HTTPStatus.BAD_REQUEST, "unreadable", "请求没有传完，请再试一次。") from None
    if len(body) > MAX_BODY:
        raise _too_large()
    return body


def _too_large() -> RequestError:
    return RequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", "内容太多，一次最多 6 MB。")


def _refusal(error: RequestError) -> tuple[int, list[tuple[str, str]], bytes]:
    problem = {"field": "", "code": error.code, "message": error.message}
    headers = [("Content-Type", "application/json; charset=utf-8"), ("Connection", "close")]
    return error.status, headers, json.dumps({"problems": [problem]}, ensure_ascii=False).encode()


def _answer_headers(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    single = [(name, str(value)) for name, value in answer["headers"].items()]
    several = [(name, str(value)) for name, values in answer["multiValueHeaders"].items() for value in values]
    headers = [(name, value) for name, value in single + several if name.lower() != "content-length"]
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/json"))  # as API Gateway adds it
    return headers


def _answer_body(answer: Mapping[str, Any]) -> bytes:
    body = answer["body"] or b""
    if answer.get("isBase64Encoded"):
        return base64.b64decode(body)
    return body.encode() if isinstance(body, str) else bytes(body)


def _status_line(status: int) -> str:
    return f"{status} {HTTPStatus(status).phrase}"
