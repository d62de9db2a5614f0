"""The environment of the local stack's processes: everything points at this machine, nothing at a real account."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict

from . import private
from .issuer_names import AUDIENCE, WEB_CLIENT
from .place import HOST, ROOT, Place
from .provision import REGION, Resources

# A developer's own profile, endpoints or proxy must not lead an application under trial elsewhere.
DROPPED = ("AWS_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
SCHEDULE_SPEED = "60"


def base(place: Place) -> dict[str, str]:
    """For a process that speaks to the emulator."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(DROPPED)}
    return kept | {
        "PYTHONPATH": os.pathsep.join([str(place.backend), str(ROOT)]),
        "PYTHONUNBUFFERED": "1",
        "NO_PROXY": "*",
        "AWS_ENDPOINT_URL": place.address("emulator"),
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def application(place: Place, resources: Resources) -> dict[str, str]:
    """What the application reads; a value of the local stack's own wins over the template's."""
    return base(place) | resources.environment | settings(place) | {"LOCAL_RESOURCES": json.dumps(asdict(resources))}


def settings(place: Place) -> dict[str, str]:
    issuer = place.address("issuer")
    return {
        "SECRETS": private.application_secrets(place.state),
        "OIDC_ISSUER": issuer,
        "OIDC_AUDIENCE": AUDIENCE,
        "OIDC_JWKS_URL": f"{issuer}/jwks.json",
        "OIDC_CLAIM_PREFIX": "",
        "OIDC_CLIENT_ID": WEB_CLIENT,
        "OIDC_AUTHORIZE_URL": f"{issuer}/authorize",
        "OIDC_TOKEN_URL": f"{issuer}/token",
        "SMTP_HOST": HOST,
        "SMTP_PORT": str(place.ports["mail"]),
        "MAIL_FROM": "service@local.example",
        "AGENCY_MAIL": "{agency}@{locality}.example",
        "TEXT_URL": place.address("origin") + "/mailbox/texts",
        "CHANNEL_SECRETS": private.channel_secrets(place.state),
        "CHANNEL_NETWORKS": f"{HOST}/32",
        "QUIET_HOURS": "off",
        "PUBLIC_ORIGIN": place.address("origin"),
        "OPEN_ENVELOPE_FUNCTION": "",
        "SCHEDULE_SPEED": os.environ.get("SCHEDULE_SPEED", SCHEDULE_SPEED),
    }


def resources(environment: Mapping[str, str]) -> Resources:
    """What `application` put into the environment, on the other side."""
    return Resources(**json.loads(environment["LOCAL_RESOURCES"]))
