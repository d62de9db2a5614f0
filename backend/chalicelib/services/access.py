"""Whether a caller may do this here at all."""

from __future__ import annotations

from ..catalogue import Catalogue, NoLocalityError, Problem
from .claims import Claims, Role
from .ports import Ports
from .refused import Refused


def catalogue_of(ports: Ports, locality: str) -> Catalogue:
    """Refuses a locality that is not served with 404."""
    try:
        return ports.catalogue(locality)
    except NoLocalityError:
        raise Refused(404, [Problem("no_place")]) from None


def admit(catalogue: Catalogue, claims: Claims, role: Role) -> None:
    """Another locality is answered like an unknown one, another role with 403."""
    if claims.locality != catalogue.slug or claims.agency not in catalogue.agencies:
        raise Refused(404, [Problem("no_place")])
    if claims.role is not role:
        raise Refused(403, [Problem("wrong_role")])


def admit_lead(catalogue: Catalogue, claims: Claims) -> None:
    """Supervising is the lead agency's: a supervisor of any other is refused with 403."""
    admit(catalogue, claims, Role.SUPERVISOR)
    if claims.agency != catalogue.lead:
        raise Refused(403, [Problem("wrong_role")])
