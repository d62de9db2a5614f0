"""Puts adapters behind the ports of the use cases: one composition per function, made when first used."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from .adapters import aws
from .adapters.archive import S3Archive
from .adapters.dynamodb import DynamoStore
from .adapters.jwks import KeySet
from .adapters.kms import SealingKey
from .adapters.opener import LambdaOpener, packed
from .adapters.sqs import SqsQueue
from .adapters.tokens import Provider, TokenVerifier
from .api.backend import Backend
from .api.clock import for_each
from .cases.holidays import published_calendar
from .catalogue import Catalogue, Way, for_locality, localities
from .services import deliver as deliveries
from .services import digest as digests
from .services import nightly as nights
from .services import opening, retention
from .services import sweep as sweeping
from .services.checkpoints import add_checkpoints
from .services.ports import Carrier, Ports, Secrets
from .services.refused import not_found
from .services.sign_in import SignIn
from .services.store import Table
from .settings import MissingSettingError, Settings

# Opening an envelope waits for a start, a token's keys and the key service; asking twice would record it twice.
OPENING_SECONDS = 25

settings = Settings()
NO_SECRETS = Secrets(identity={}, identity_version="", lookup=b"", fingerprint=b"")


@cache
def backend() -> Backend:
    """What the endpoints call."""
    return Backend(ports=_ports(hashing=_hashing()), verify=verifier(), open_task=_opener(), sign_in=_sign_in)


def sweep() -> dict[str, int]:
    client = _client("sqs")
    queues = [SqsQueue(client, lambda: settings.deliveries_queue), SqsQueue(client, lambda: settings.messages_queue)]
    return sweeping.sweep(_ports(), *queues)


def nightly() -> dict[str, Any]:
    return for_each(localities(), lambda slug: nights.nightly(_ports(), for_locality(slug)))


def anchor() -> dict[str, Any]:
    return for_each(localities(), lambda slug: add_checkpoints(ports(), archive(), slug))


def shred() -> dict[str, Any]:
    return for_each(localities(), lambda slug: retention.shred_due(ports(), archive(), slug))


def digest() -> dict[str, Any]:
    return for_each(localities(), lambda slug: digests.digest(_ports(), for_locality(slug)))


def deliver(body: Mapping[str, Any]) -> None:
    deliveries.deliver(_ports(origin=settings.public_origin), channels(), body, agency_address)


def tell(body: Mapping[str, Any]) -> None:
    ways = [Way(channel, url=url) for channel, url in zip(("text", "text-2"), settings.text_urls, strict=False)]
    deliveries.tell(_ports(origin=settings.public_origin), sealing_key(), channels(), body, ways, settings.rest)


def open_envelope(request: Any) -> dict[str, Any]:
    """The answer or refusal as a value; the request may come from anybody who may call the function."""
    names = ("token", "locality", "task_id")
    texts = [request.get(name) if isinstance(request, dict) else None for name in names]
    if not all(isinstance(text, str) for text in texts):
        return packed(_nothing)
    return packed(lambda: _open(*map(str, texts)))


def store() -> DynamoStore:
    return DynamoStore(_client("dynamodb"), _table)


def archive() -> S3Archive:
    return S3Archive(_client("s3"), lambda: settings.archive_bucket)


def ports() -> Ports:
    """For what neither hashes nor sends."""
    return _ports()


def sealing_key() -> SealingKey:
    return SealingKey(_client("kms"), lambda: settings.sealing_key)


def channels() -> Carrier:
    # Imported here: only two functions send anything, and every start would pay for it.
    from .adapters.carrier import Channels
    from .adapters.channel_secrets import ChannelSecrets
    from .adapters.network import Reach
    from .adapters.smtp import SmtpMailer

    mailer = SmtpMailer(lambda: settings.smtp_host, lambda: settings.smtp_port, lambda: settings.mail_from)
    reach = Reach(lambda: settings.channel_networks)
    return Channels(mailer, ChannelSecrets(lambda: settings.channel_secrets), reach)


@cache
def verifier() -> TokenVerifier:
    """One per process: it keeps the provider's keys."""
    provider = lambda: Provider(settings.issuer, settings.audience, settings.claim_prefix)  # noqa: E731
    return TokenVerifier(provider, KeySet(lambda: settings.jwks_url))


def agency_address(catalogue: Catalogue, agency: str) -> str:
    """The agency's own address where the catalogue has one, or else after the deployment's pattern."""
    known = catalogue.agencies[agency].mail
    return known or settings.agency_mail.format(agency=agency, locality=catalogue.slug)


def _open(token: str, locality: str, task_id: str) -> dict[str, Any]:
    return opening.open_task(_ports(), sealing_key(), verifier()(token), locality, task_id)


def _sign_in() -> SignIn:
    from .adapters.sign_in import CodeExchange

    exchange = CodeExchange(lambda: settings.token_url, lambda: settings.client_id)
    return SignIn(settings.authorize_url, settings.client_id, settings.scope, settings.public_origin, exchange)


def _nothing() -> dict[str, Any]:
    raise not_found()


def _opener() -> Callable[[str, str, str], dict[str, Any]]:
    if not settings.open_envelope_function:
        return _open
    return LambdaOpener(_client("lambda", OPENING_SECONDS, 1), lambda: settings.open_envelope_function)


def _ports(hashing: Secrets = NO_SECRETS, origin: str = "") -> Ports:
    """Only the endpoints hash; only messages carry links."""
    return Ports(
        store=store(),
        clock=lambda: datetime.now(UTC),
        catalogue=for_locality,
        calendar=published_calendar(),
        randbelow=secrets.randbelow,
        secrets=hashing,
        origin=origin,
    )


def _hashing() -> Secrets:
    """The newest identity key is the last one. Raises MissingSettingError for keys that are too short."""
    try:
        given = settings.secrets
        identity = {version: _key(text) for version, text in given["identity"].items()}
        newest = list(identity)[-1]
        return Secrets(identity, newest, _key(given["lookup"]), _key(given["fingerprint"]))
    except (KeyError, IndexError, ValueError, TypeError, AttributeError):
        raise MissingSettingError("SECRETS") from None


def _key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) < 32:
        raise ValueError
    return key


def _table(table: Table) -> str:
    return settings.cases_table if table is Table.CASES else settings.envelopes_table


def _client(service: str, *limits: int) -> Callable[[], Any]:
    return lambda: aws.client(service, *limits)
