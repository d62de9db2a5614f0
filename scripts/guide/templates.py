"""The templates in `templates/`: HTML, escaped, where a name that is not there is an error."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def fill(template: str, **values: Any) -> str:
    """`fill("guide/home.html.j2", place=place)`."""
    return environment().get_template(template).render(values)


def day(iso: str | int) -> str:
    """As it is written in Chinese, as far as it is known.

    >>> day("2026-11-02"), day(2022)
    ('2026年11月2日', '2022年')
    """
    return "".join(f"{int(part)}{unit}" for part, unit in zip(str(iso).split("-"), "年月日", strict=False))


@cache
def environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment
