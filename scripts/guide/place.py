"""A place as pages see it: its compiled data, texts included, and the catalogue that plans with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from chalicelib.catalogue import Catalogue, load
from scripts.matters.compile import compile_all


@dataclass(frozen=True, slots=True)
class Place:
    """`data`: everything matters.yaml says of the place, `shared` merged in. `catalogue`: the same as frozen values."""

    slug: str
    data: Mapping[str, Any]
    catalogue: Catalogue

    @property
    def guide(self) -> Mapping[str, Any]:
        """The texts that only pages show."""
        texts: Mapping[str, Any] = self.data["guide"]
        return texts

    def title(self, page: str) -> str:
        """The title of one of the pages that every place has."""
        return str(self.guide["pages"][page])


def places(document: Mapping[str, Any]) -> list[Place]:
    """The places of a document, in its order."""
    return [Place(slug, data, load(data)) for slug, data in compile_all(document).items()]


def read_places(path: Path) -> list[Place]:
    return places(yaml.safe_load(path.read_text("utf-8")))
