"""What the issuer and those who ask it agree on."""

AUDIENCE = "staff-api"
WEB_CLIENT = "staff-web"
SYSTEM_PREFIX = "system-"
