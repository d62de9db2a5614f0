"""A small OpenID provider for this machine: people sign in, systems get tokens with their secret."""

import argparse
import html
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import ClientMixin, InvalidRequestError, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from authlib.oidc.core import OpenIDCode
from cheroot.wsgi import Server
from flask import Flask, Response, request
from joserfc.jwk import KeySet, RSAKey

from . import people, place, private
from .issuer_names import AUDIENCE, SYSTEM_PREFIX, WEB_CLIENT
from .people import Account, Book
from .tether import tether

SCOPES = ("openid", "profile")
CODE_SECONDS = 120
TOKEN_SECONDS = 8 * 3600
PAGES = Path(__file__).parent / "pages"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Settings:
    """`book` is asked each time, so a rebuilt catalogue needs no restart; `origin` is where codes may go."""

    address: str
    origin: str
    keys: KeySet
    book: Callable[[], Book]
    password: str
    secret: Callable[[str], str]

    def account(self, username: str) -> Account | None:
        return next((one for one in people.accounts(self.book()) if one.username == username), None)


@dataclass(frozen=True, slots=True)
class Person:
    account: Account

    def get_user_id(self) -> str:
        return self.account.username


class Client(ClientMixin):  # type: ignore[misc]
    """The staff pages (public, with PKCE), or one agency's system (confidential, with its own claims)."""

    def __init__(self, name: str, settings: Settings, account: Account | None) -> None:
        self.name, self._settings, self.account = name, settings, account

    def get_client_id(self) -> str:
        return self.name

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(word for word in (scope or "").split() if word in SCOPES)

    def check_redirect_uri(self, address: str) -> bool:
        return self.account is None and address.startswith(self._settings.origin + "/") and "#" not in address

    def check_client_secret(self, secret: str) -> bool:
        return self.account is not None and private.same(secret, self._settings.secret(self.name))

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method in (("none",) if self.account is None else ("client_secret_basic", "client_secret_post"))

    def check_response_type(self, kind: str) -> bool:
        return self.account is None and kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == ("authorization_code" if self.account is None else "client_credentials")


@dataclass(frozen=True, slots=True)
class Code:
    client: str
    redirect_uri: str
    scope: str
    nonce: str | None
    person: Person
    code_challenge: str
    code_challenge_method: str
    born: float = field(default_factory=time.time)

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(self.born)

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> list[str]:
        return ["pwd"]


class S256(CodeChallenge):  # type: ignore[misc]
    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)
    DEFAULT_CODE_CHALLENGE_METHOD = "S256"

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """Authlib lets a request without challenge or method pass here and fail only at the token endpoint."""
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required")
        super().validate_code_challenge(grant, redirect_uri)


def create_app(settings: Settings) -> Flask:
    app = Flask(__name__, static_folder=None)
    server = AuthorizationServer(app, query_client=_finder(settings), save_token=lambda _token, _request: None)
    server.register_token_generator("default", _token_maker(settings))
    server.register_grant(_code_grant(), [_id_token(settings), S256(required=True)])
    server.register_grant(grants.ClientCredentialsGrant)
    _add_pages(app, server, settings)
    return app


def _add_pages(app: Flask, server: Any, settings: Settings) -> None:
    page = Template((PAGES / "sign-in.html").read_text("utf-8"))

    @app.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, Any]:
        return _discovery(settings.address)

    @app.get("/jwks.json")
    def jwks() -> Any:
        return settings.keys.as_dict(private=False)

    @app.get("/style.css")
    def style() -> Response:
        return Response((PAGES / "style.css").read_text("utf-8"), mimetype="text/css")

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.route("/authorize", methods=["GET", "POST"])
    def authorize() -> Any:
        try:
            grant = server.get_consent_grant(end_user=None)
        except OAuth2Error as error:
            return server.handle_error_response(None, error)
        username = request.form.get("username", "").strip()
        account = settings.account(username)
        if account and private.same(request.form.get("password", ""), settings.password):
            return server.create_authorization_response(grant_user=Person(account), grant=grant)
        return _sign_in_page(page, settings, username, wrong=request.method == "POST")

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _finder(settings: Settings) -> Callable[[str], Client | None]:
    def find(name: str) -> Client | None:
        if name == WEB_CLIENT:
            return Client(name, settings, None)
        account = settings.account(name.removeprefix(SYSTEM_PREFIX)) if name.startswith(SYSTEM_PREFIX) else None
        return Client(name, settings, account) if account else None

    return find


def _code_grant() -> type:
    codes: dict[str, Code] = {}

    class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ("none",)

        def save_authorization_code(self, code: str, asked: Any) -> None:
            payload, data = asked.payload, asked.payload.data
            codes[code] = Code(
                client=asked.client.name,
                redirect_uri=payload.redirect_uri,
                scope=payload.scope,
                nonce=data.get("nonce"),
                person=asked.user,
                code_challenge=data["code_challenge"],
                code_challenge_method=data["code_challenge_method"],
            )

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            """A code is good for one try, with the right verifier or not."""
            found = codes.pop(code, None)
            fresh = found is not None and time.time() - found.born < CODE_SECONDS
            return found if found and fresh and found.client == client.name else None

        def delete_authorization_code(self, code: Code) -> None:
            """Gone since it was queried."""

        def authenticate_user(self, code: Code) -> Person:
            return code.person

    return CodeGrant


def _id_token(settings: Settings) -> Any:
    class IdToken(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, _nonce: str, _request: Any) -> bool:
            return False

        def resolve_client_private_key(self, _client: Client) -> KeySet:
            return settings.keys

        def get_client_claims(self, _client: Client) -> dict[str, str]:
            return {"iss": settings.address}

        def generate_user_info(self, user: Person, _scope: str) -> dict[str, str]:
            return {"sub": user.get_user_id(), **user.account.claims()}

    return IdToken()


def _token_maker(settings: Settings) -> Any:
    class AccessToken(JWTBearerTokenGenerator):  # type: ignore[misc]
        def get_jwks(self) -> KeySet:
            return settings.keys

        def get_audiences(self, _client: Client, _user: Any, _scope: str) -> str:
            return AUDIENCE

        def get_extra_claims(self, client: Client, _grant: str, user: Person | None, _scope: str) -> dict[str, str]:
            """A system may narrow its own token to one unit of its agency, never widen it."""
            account = user.account if user else client.account
            unit = "" if user else request.form.get("unit", "")
            return account.claims(unit) if account else {}

    return AccessToken(settings.address, expires_generator=lambda _client, _grant: TOKEN_SECONDS)


def _sign_in_page(page: Template, settings: Settings, username: str, *, wrong: bool) -> tuple[str, int]:
    book = settings.book()
    names = [f'<option value="{one.username}">{_label(one)}</option>' for one in people.accounts(book) if one.usual]
    slots = {
        "action": html.escape(request.full_path),
        "username": html.escape(username),
        "accounts": "".join(names),
        "prefix": "错误：" if wrong else "",
        "wrong": '<p role="alert">账号或密码不对，请再试一次。</p>' if wrong else "",
    }
    return page.substitute(slots), 401 if wrong else 200


def _label(account: Account) -> str:
    return html.escape(f"{account.locality.name} {account.name}")


def _discovery(address: str) -> dict[str, Any]:
    return {
        "issuer": address,
        "authorization_endpoint": f"{address}/authorize",
        "token_endpoint": f"{address}/token",
        "jwks_uri": f"{address}/jwks.json",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
        "scopes_supported": list(SCOPES),
        "claims_supported": ["sub", "name", "locality", "agency", "unit", "role"],
    }


def signing_keys(path: Path) -> KeySet:
    """Kept on disk, so that a restart signs nobody out."""

    def make() -> str:
        key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        return json.dumps(KeySet([key]).as_dict(private=True))

    return KeySet.import_key_set(json.loads(private.kept(path, make)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.local.issuer", description=__doc__)
    place.add_arguments(parser)
    here = place.from_arguments(parser.parse_args())
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP, on this machine only
    settings = Settings(
        address=here.address("issuer"),
        origin=here.address("origin"),
        keys=signing_keys(here.state / "issuer-keys.json"),
        book=lambda: people.read(here.catalogue),
        password=private.password(here.state),
        secret=lambda client: private.client_secret(here.state, client),
    )
    tether()
    server = Server((place.HOST, here.ports["issuer"]), create_app(settings), numthreads=4)
    server.shutdown_timeout = 1
    try:
        server.start()
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
