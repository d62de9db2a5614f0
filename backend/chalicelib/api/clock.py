"""What the clock starts is done for every locality: one that fails holds no other up, and is told in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .failure import described, log


class PartlyDoneError(Exception):
    """Some localities failed; the clock's own second try does no harm to the others."""


def for_each(localities: Iterable[str], work: Callable[[str], Any]) -> dict[str, Any]:
    """What came of it by locality. Raises PartlyDoneError after all were tried."""
    done, failed = {}, []
    for slug in localities:
        try:
            done[slug] = work(slug)
        except Exception as error:  # noqa: BLE001 - whatever it was, the others must be worked on
            log.error("%s: %s", slug, described(error))
            failed.append(slug)
    if failed:
        raise PartlyDoneError(",".join(failed))
    return done
