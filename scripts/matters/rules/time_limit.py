"""An item's own time limit may be shorter than the locality's, never longer."""

from __future__ import annotations

from ..place import Place, Report


def check(place: Place, report: Report) -> None:
    ceiling = place["time_limit"]["working_days"]
    for path, days in place.each("items", "*", "time_limit", "working_days"):
        if ceiling and days > ceiling:
            what = f"{days} 个工作日比地区的上限 {ceiling} 个还长"
            report.say(path, what, f"可以写：1 到 {ceiling}")
