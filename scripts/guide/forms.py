"""The pages on which people apply and look up, as they stand before anybody has typed, and frames for the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from . import printable
from .form_steps import steps
from .inputs import Input, Relevance
from .markers import MARKERS, blank, slot
from .page import Page
from .place import Place
from .templates import environment, fill

CSS, JS = ("assets/form.css",), ("assets/form.js",)
FRAME = "answers/frame.md"
"""An empty page of the site: the API's answers stand in it. It is taken out of the site after the build."""

_CARRIED = ("eligibility", "matters", "matters_listed")
"""What the form does not ask for itself and must not lose on the way."""
_NOT_CARRIED = ("submission_key", "stage")
_CORRECTED = ("applicant.", "deceased.", "accounts.")
_OFTEN_CORRECTED = ("applicant.phone", "applicant.address")
_DIGITS: dict[str, Any] = {"widget": "text", "inputmode": "numeric"}


def pages(place: Place) -> Iterator[Page]:
    first = "conditions" if place.catalogue.conditions else "form"
    paper = fill("forms/paper.html.j2", place=place, pdf=printable.PDF)
    yield Page(f"{place.slug}/apply.md", place.title("apply"), blank(marked(place, first)[1]), CSS, JS)
    yield Page(f"{place.slug}/lookup.md", place.title("lookup"), blank(marked(place, "lookup")[1]), CSS, JS)
    yield Page(f"{place.slug}/form.md", place.title("form"), paper)
    yield Page(f"{place.slug}/{FRAME}", slot("title"), slot("content"), CSS, JS)
    yield Page(FRAME, slot("title"), slot("content"), CSS)


def marked(place: Place | None, name: str) -> tuple[str, str]:
    """Title and content of `templates/forms/{name}.html.j2`, with the markers of `markers`."""
    template = environment().get_template(f"forms/{name}.html.j2")
    module: Any = template.make_module({**MARKERS, "place": place, **(_form(place) if place else {})})
    return str(module.title), str(module)


def _form(place: Place) -> dict[str, Any]:
    listed = place.catalogue.ticked_by == "answers"
    asked = steps(place)
    personal = [one for step in asked for one in step.inputs if one.path.startswith(_CORRECTED)]
    return {
        "steps": asked,
        "corrected": [_optional(one) for one in personal if one.path in _OFTEN_CORRECTED],
        "corrected_rarely": [_optional(one) for one in personal if one.path not in _OFTEN_CORRECTED],
        "numbers": _numbers(place),
        "carried": _CARRIED if listed else _CARRIED[:1],
        "not_carried": _NOT_CARRIED + (_CARRIED[1:] if listed else ()),
    }


def _optional(one: Input) -> Input:
    """In a correction every field stands by itself and may be left empty."""
    return replace(one, optional=False, relevance=Relevance())


def _numbers(place: Place) -> tuple[Input, ...]:
    words = place.data["wording"]["form"]
    return (
        Input("case_number", label=words["case_number"], hints=(words["case_number_hint"],), **_DIGITS),
        Input("lookup_code", label=words["lookup_code"], hints=(words["lookup_code_hint"],), **_DIGITS),
    )
