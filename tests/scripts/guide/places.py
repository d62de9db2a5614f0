"""The places of the shipped `matters.yaml`, read once."""

from functools import cache

from scripts.guide.place import Place
from tests.catalogues import catalogue, compiled


@cache
def place(slug: str) -> Place:
    return Place(slug, compiled()[slug], catalogue(slug))


def places() -> list[Place]:
    return [place(slug) for slug in compiled()]
