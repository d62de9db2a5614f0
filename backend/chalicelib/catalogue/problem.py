"""What a person did wrong, as data: a code, the field it is about, and the values its sentence needs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is a dotted path of the form, `matters`, `payee`, `eligibility`, or `""` for the whole.

    `code` is a key of the catalogue's `problems`; `values` fill that sentence.
    """

    code: str
    field: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
