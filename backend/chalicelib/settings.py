"""Everything that differs between deployments, read from environment variables when it is needed.

Each function is given only the variables that it uses, so a missing one matters only to whoever asks for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any


class MissingSettingError(Exception):
    """The deployment does not give this function the variable, or gives something unreadable."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    @property
    def cases_table(self) -> str:
        return self._needed("CASES_TABLE")

    @property
    def envelopes_table(self) -> str:
        return self._needed("ENVELOPES_TABLE")

    @property
    def archive_bucket(self) -> str:
        return self._needed("ARCHIVE_BUCKET")

    @property
    def deliveries_queue(self) -> str:
        return self._needed("DELIVERIES_QUEUE_URL")

    @property
    def messages_queue(self) -> str:
        return self._needed("MESSAGES_QUEUE_URL")

    @property
    def sealing_key(self) -> str:
        return self._needed("KMS_KEY_ID")

    @property
    def secrets(self) -> Mapping[str, Any]:
        """`{"identity": {"v1": hex}, "lookup": hex, "fingerprint": hex}`: the keys of the keyed hashes."""
        return self._object("SECRETS")

    @property
    def issuer(self) -> str:
        return self._needed("OIDC_ISSUER")

    @property
    def audience(self) -> str:
        return self._needed("OIDC_AUDIENCE")

    @property
    def jwks_url(self) -> str:
        return self._needed("OIDC_JWKS_URL")

    @property
    def claim_prefix(self) -> str:
        """What the provider puts in front of our claims, such as `custom:` or an address."""
        return self.environment.get("OIDC_CLAIM_PREFIX", "")

    @property
    def client_id(self) -> str:
        """The staff pages, as the provider knows them."""
        return self._needed("OIDC_CLIENT_ID")

    @property
    def authorize_url(self) -> str:
        return self._needed("OIDC_AUTHORIZE_URL")

    @property
    def token_url(self) -> str:
        return self._needed("OIDC_TOKEN_URL")

    @property
    def scope(self) -> str:
        return self.environment.get("OIDC_SCOPE", "") or "openid profile"

    @property
    def smtp_host(self) -> str:
        return self._needed("SMTP_HOST")

    @property
    def smtp_port(self) -> int:
        return int(self._needed("SMTP_PORT"))

    @property
    def mail_from(self) -> str:
        return self._needed("MAIL_FROM")

    @property
    def agency_mail(self) -> str:
        """A pattern with `{agency}` and `{locality}`."""
        return self._needed("AGENCY_MAIL")

    @property
    def text_urls(self) -> tuple[str, ...]:
        """The provider of text messages and, after a space, a second one for when it fails."""
        return tuple(self._needed("TEXT_URL").split()[:2])

    @property
    def channel_secrets(self) -> Mapping[str, Any]:
        """By the names in the catalogue: `"whsec_..."` or several, the new one first, for a webhook;
        `{"key": ...}` for WeCom's robot, `{"access_token": ..., "sign": ...}` for DingTalk's."""
        return self._object("CHANNEL_SECRETS", "{}")

    @property
    def channel_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks such as `10.0.0.0/8` that channels may lead to though they are not public."""
        try:
            return tuple(map(ip_network, self.environment.get("CHANNEL_NETWORKS", "").split()))
        except ValueError:
            raise MissingSettingError("CHANNEL_NETWORKS") from None

    @property
    def rest(self) -> bool:
        """Whether families are left in peace at night; a local stack, which reaches nobody, says `QUIET_HOURS=off`."""
        return self.environment.get("QUIET_HOURS", "") != "off"

    @property
    def public_origin(self) -> str:
        return self._needed("PUBLIC_ORIGIN").rstrip("/")

    @property
    def open_envelope_function(self) -> str:
        """Empty: envelopes are opened in this process."""
        return self.environment.get("OPEN_ENVELOPE_FUNCTION", "")

    def _object(self, name: str, default: str = "") -> Mapping[str, Any]:
        try:
            value = json.loads(self.environment.get(name, "") or default)
        except ValueError:
            raise MissingSettingError(name) from None
        if not isinstance(value, dict):
            raise MissingSettingError(name)
        return value

    def _needed(self, name: str) -> str:
        value = self.environment.get(name, "")
        if not value:
            raise MissingSettingError(name)
        return value
