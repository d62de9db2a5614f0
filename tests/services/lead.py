"""The lead agency of a world, and what it asks."""

from typing import Any

from chalicelib.services.board import Sort
from chalicelib.services.board_lists import list_notes
from chalicelib.services.chase import chase
from chalicelib.services.claims import Claims, Role
from chalicelib.services.closing import close_dormant
from chalicelib.services.late import list_overdue
from chalicelib.services.listing import Asked
from chalicelib.services.nightly import nightly
from chalicelib.services.supervision import summary
from tests.services.world import World


class Lead:
    """`locality`'s supervisor."""

    def __init__(self, world: World, locality: str = "jining") -> None:
        self.world, self.locality = world, locality

    @property
    def claims(self) -> Claims:
        return self.world.claims(self.world.catalogue(self.locality).lead, Role.SUPERVISOR, self.locality)

    def overdue(self, agency: str = "", cursor: str = "") -> Any:
        return list_overdue(self.world.ports, self.claims, self.locality, Asked(agency, cursor=cursor))

    def notes(self, sort: Sort, agency: str = "") -> Any:
        return list_notes(self.world.ports, self.claims, self.locality, sort, Asked(agency)).rows

    def counts(self, agency: str = "") -> dict[str, int]:
        answer = summary(self.world.ports, self.claims, self.locality)
        found = {one["agency"]: one["counts"] for one in answer["agencies"]}
        return dict(found[agency] if agency else answer["totals"])

    def chase(self, task_id: str, note: Any = "请尽快办理") -> Any:
        return chase(self.world.ports, self.claims, self.locality, task_id, {"note": note})

    def close(self, number: str, reason: Any = "多次联系不上家属") -> Any:
        return close_dormant(self.world.ports, self.claims, self.locality, number, {"reason": reason})

    def night(self) -> dict[str, int]:
        return nightly(self.world.ports, self.world.catalogue(self.locality))
