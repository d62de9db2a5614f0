"""What a function loads before its first request: nothing that it may not need."""

import json
import subprocess
import sys

from tests.architecture.imports import ROOT

HEAVY = (
    "yaml",
    "jinja2",
    "pydantic",
    "jsonschema",
    "boto3",
    "botocore",
    "jwt",
    "cryptography",
    "smtplib",
    "http.client",
)
SCRIPT = f"""
import json, sys
import app
print(json.dumps([name for name in {HEAVY} if name in sys.modules]))
"""


def test_starting_loads_no_client_no_parser_and_no_cryptography() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT / "backend", capture_output=True, check=True, text=True
    ).stdout
    assert json.loads(loaded.splitlines()[-1]) == []
