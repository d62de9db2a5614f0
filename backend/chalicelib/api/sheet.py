"""A list as CSV that opens in Excel and WPS as it is: UTF-8 with its mark, and no cell that could be a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from chalice.app import Response

from .answers import ALWAYS

CSV = "text/csv"
MARK = "\ufeff"
FORMULA = tuple("=+-@\t\r\n")
"""What spreadsheets take for the beginning of a formula; some of them in full width too."""

BREAKS = dict.fromkeys(map(ord, "\t\r\n\u2028\u2029"), " ")


def as_sheet(file_name: str, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """`file_name` is plain ASCII, for programs that read no other; `name` is what people see."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(one) for one in header])
    writer.writerows([cell(one) for one in row] for row in rows)
    disposition = f"attachment; filename=\"{file_name}.csv\"; filename*=UTF-8''{quote(name, safe='')}.csv"
    own = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": disposition, "Vary": "Accept"}
    return Response(MARK + text.getvalue(), headers={**ALWAYS, **own}, status_code=200)


def cell(value: object) -> object:
    """One line of text; an apostrophe before it keeps a spreadsheet from reckoning. Our own numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    given, text = str(value), _fit(str(value))
    begins = unicodedata.normalize("NFKC", text).lstrip()
    return f"'{text}" if given.startswith(FORMULA) or begins.startswith(FORMULA) else text


def wants_sheet(headers: Mapping[str, str]) -> bool:
    """Whether the caller asks for CSV by name, and rather than for JSON."""
    ranges = [_range(one) for one in str(headers.get("accept") or "").split(",")]
    known = dict(sorted(ranges, key=lambda one: one[1]))
    return known.get(CSV, 0) > known.get("application/json", 0)


def _fit(text: str) -> str:
    """Breaks become spaces: not every program reads a cell of several lines. Nothing invisible, no half characters."""
    one_line = text.replace("\r\n", " ").translate(BREAKS)
    return "".join(char for char in one_line if char.isprintable() or char == "\u3000")


def _range(text: str) -> tuple[str, float]:
    """A media type with its weight; one that cannot be read weighs nothing."""
    kind, *parameters = (part.strip().lower() for part in text.split(";"))
    weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    try:
        return kind, min(max(float(weight), 0.0), 1.0)
    except ValueError:
        return kind, 0.0
