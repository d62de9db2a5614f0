"""What is done once a night for the lead agency: the day is rolled up, dormant cases are found, due days follow the
calendar of holidays, and somebody is told when that runs out."""

from __future__ import annotations

from ..catalogue import Catalogue
from .coverage import remind
from .dormant import find_dormant
from .ports import Ports
from .recompute import recompute
from .trend import roll_up


def nightly(ports: Ports, catalogue: Catalogue) -> dict[str, int]:
    """May run as often as it likes: a day is written once, a dormant case noted once, a month reminded of once."""
    counted = recompute(ports, catalogue)
    done = {"days": roll_up(ports, catalogue), "dormant": find_dormant(ports, catalogue)}
    return {**done, "recomputed": counted, "reminded": int(remind(ports, catalogue))}
