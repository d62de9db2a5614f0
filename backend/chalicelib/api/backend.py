"""What the endpoints need; `wiring` fills it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..services.claims import Claims
from ..services.ports import Ports
from ..services.sign_in import SignIn


@dataclass(frozen=True, slots=True)
class Backend:
    """`verify` reads a token's claims or refuses it with 401; `open_task` takes token, locality and task id."""

    ports: Ports
    verify: Callable[[str], Claims]
    open_task: Callable[[str, str, str], dict[str, Any]]
    sign_in: Callable[[], SignIn]
