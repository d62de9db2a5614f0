"""Small TrueType fonts with just the characters a document uses, cut from the OFL fonts of `pylopdf-fonts-zh-cn`.

Those are CFF fonts, whose glyphs some PDF viewers leave blank; so outlines become TrueType ones.
"""

import hashlib
import io
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

CACHE = Path(__file__).resolve().parents[2] / ".cache/fonts"
# Part of the cache's key: raise it when this module makes other bytes of the same font and characters.
RECIPE = "1"
_ONLY_CFF = ("CFF ", "VORG", "BASE", "GPOS", "GSUB", "GDEF", "vhea", "vmtx")
_NO_PROGRAMS = (
    *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"),
    *("maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints"),
    *("maxCompositeContours", "maxComponentDepth"),
)


class Face(StrEnum):
    SERIF = "serif"
    SANS = "sans"


class MissingGlyphsError(LookupError):
    """The font cannot draw these characters: they would be blank on paper."""

    def __init__(self, face: Face, characters: Iterable[str]) -> None:
        self.face, self.characters = face, tuple(sorted(characters))
        super().__init__(f"no glyph in the {face} font for: {' '.join(self.characters)}")


def cut(face: Face, characters: Iterable[str], cache: Path = CACHE) -> bytes:
    """The font file with these characters, the same bytes every time. Raises MissingGlyphsError."""
    text = "".join(sorted(set(characters)))
    source = _source(face)
    key = hashlib.sha256(f"{RECIPE}|{source.name}|{source.stat().st_size}|{text}".encode()).hexdigest()
    kept = cache / f"{key[:32]}.ttf"
    if not kept.is_file():
        _write(kept, _cut(face, source, text))
    return kept.read_bytes()


def _source(face: Face) -> Path:
    serif = face is Face.SERIF
    return Path(str(pylopdf_fonts_zh_cn.serif_path() if serif else pylopdf_fonts_zh_cn.sans_path()))


def _cut(face: Face, source: Path, text: str) -> bytes:
    stream = io.BytesIO()
    with TTFont(source, lazy=True, recalcTimestamp=False) as font:
        if missing := {character for character in text if ord(character) not in font.getBestCmap()}:
            raise MissingGlyphsError(face, missing)
        _keep(font, text)
        _to_truetype(font)
        font.save(stream)
    return stream.getvalue()


def _keep(font: TTFont, text: str) -> None:
    subsetter = subset.Subsetter(subset.Options(layout_features=[], hinting=False, notdef_outline=True))
    subsetter.populate(text=text)
    subsetter.subset(font)


def _to_truetype(font: TTFont) -> None:
    order = font.getGlyphOrder()
    glyphs = _quadratic_glyphs(font, order)
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    _describe_as_truetype(font)
    for tag in _ONLY_CFF:
        if tag in font:
            del font[tag]
    font["head"].modified = font["head"].created


def _quadratic_glyphs(font: TTFont, order: list[str]) -> dict[str, object]:
    outlines, glyphs = font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def _describe_as_truetype(font: TTFont) -> None:
    font.sfntVersion = "\000\001\000\000"
    font["post"].formatType = 3.0
    limits = font["maxp"]
    limits.tableVersion, limits.maxZones = 0x00010000, 1
    for name in _NO_PROGRAMS:
        setattr(limits, name, 0)


def _write(path: Path, content: bytes) -> None:
    """In one step, since two builds may share the cache."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{hashlib.sha256(content).hexdigest()[:8]}.part")
    part.write_bytes(content)
    part.replace(path)
