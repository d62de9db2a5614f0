"""The pages of those who work here: an entrance, and one page per role on which scripts show its views.

They stand outside the public menu and carry what the catalogue says as data, so that scripts need no words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from . import staff_agency, staff_counter, staff_supervisor
from .place import Place
from .templates import fill

ASSETS = "/assets/staff"
SHELL = ("data", "session", "api", "fill", "sign-in", "shell", "form", "dates")

Data = Mapping[str, Any]
ROLES: dict[str, tuple[Callable[[Place], Data], tuple[str, ...]]] = {
    "agency": (staff_agency.data, staff_agency.MODULES),
    "counter": (staff_counter.data, staff_counter.MODULES),
    "supervisor": (staff_supervisor.data, staff_supervisor.MODULES),
}
"""Role by role: what its scripts know, and which modules they are besides the shell."""
PARTS: dict[str, Callable[[Place], Data]] = {"counter": staff_counter.parts}
"""What only a role's template needs."""


def write(site: Path, place: Place) -> None:
    """`staff/` and `staff/{role}/` below the place."""
    words = place.guide["staff"]
    roles = {role: words["roles"][role] for role in ROLES}
    common = {"place": place, "modules": (), "script": "", "data": {}}
    entrance = {**common, "title": words["title"], "lead": words["lead"], "roles": roles}
    _write(site / place.slug / "staff", fill("staff/entrance.html.j2", **entrance))
    for role, (data, modules) in ROLES.items():
        own = {"data": {**_shared(place, role), **data(place)}, "modules": _addresses(*SHELL, *modules)}
        own |= {"title": roles[role]["title"], "lead": roles[role]["text"], "script": f"{ASSETS}/{role}.js"}
        own |= PARTS[role](place) if role in PARTS else {}
        _write(site / place.slug / "staff" / role, fill(f"staff/{role}.html.j2", **{**common, **own}))


def _shared(place: Place, role: str) -> Data:
    """What the shell knows on every page: `data.js`."""
    return {"place": place.slug, "role": role, "error": "错误：", "words": place.guide["staff"]["words"]}


def _addresses(*modules: str) -> list[str]:
    return [f"{ASSETS}/{name}.js" for name in modules]


def _write(folder: Path, html: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html, "utf-8")
