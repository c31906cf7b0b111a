"""The characters of a page of a PDF → glyphs, each with its place on the page as shown, its size and its weight."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double, c_int, c_void_p, cast, create_string_buffer
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from indexer.readers.pdf_drawings import Frame, Point, Rule

# Beyond this a page is a drawing or a trap, not text: the rest of it is left out.
MAX_GLYPHS = 30_000
_INVISIBLE = {"\0", "\ufffe", "\uffff", "\ufeff", "\u00ad", "\u200b"}
_HYPHEN = "\x02"  # PDFium's sign for a hyphen at the end of a line
# What belongs to the character before it: variation selectors (葛󠄀 of 葛城), voicing marks set apart.
_JOINED = re.compile("[\ufe00-\ufe0f\u3099\u309a\U000e0100-\U000e01ef]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
# List marks of the fonts of signs that word processors use, by their code below U+F000.
_SIGN_FONT = re.compile("wingdings|symbol", re.IGNORECASE)
_SIGNS = {0xB7: "・", 0x6C: "●", 0x6E: "■", 0xA7: "▪", 0x71: "□", 0x75: "◆", 0x76: "❖", 0xD8: "➢", 0xFC: "✓", 0xE8: "➔"}
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|heavy|black|[-_]bd|w[6-9]\b|gothic(?:e|eb|ub|h)\b", re.IGNORECASE)
_SANS_NAME = re.compile(r"gothic|meiryo|sans|w[45]\b|ゴシック|メイリオ", re.IGNORECASE)
_FILL_AND_STROKE = 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it stands, white space left out.

    `base` is the baseline; `weight` is 0 for 明朝, 1 for ゴシック, 2 for bold; `spaced` says that a space goes before it.
    """

    text: str
    x0: float
    x1: float
    top: float
    base: float
    size: float
    weight: int
    spaced: bool


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The glyphs of a page: `turned` holds a list for each quarter turn of their direction, each in its own frame.

    `unreadable` counts those that the file gives no character for; `fontless`: there was no font for some.
    """

    turned: tuple[list[Glyph], ...] = field(default_factory=lambda: ([], [], [], []))
    unreadable: int = 0
    fontless: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of one text object share.

    `quarter` counts right angles clockwise, None at a slant; `signs`: the font has list marks for letters; `shapeless`:
    there is no font to draw them with.
    """

    size: float
    weight: int
    quarter: int | None
    signs: bool
    shapeless: bool


def read_glyphs(textpage: Any, frame: Frame) -> Glyphs:
    """Read the glyphs of a page in the order of the file; what lies off the page or at a slant is left out."""
    found = Glyphs()
    unreadable = 0
    last: list[Glyph] = []  # where the glyph before went
    styles: dict[int | None, _Style] = {}
    box, x, y = pdfium.FS_RECTF(), c_double(), c_double()
    for index, text, spaced in _read_characters(textpage):
        if _JOINED.match(text):
            if last:
                last[-1] = replace(last[-1], text=_join_mark(last[-1].text, text))
            continue
        text_object = pdfium.FPDFText_GetTextObject(textpage, index)
        key = cast(text_object, c_void_p).value
        style = styles.get(key)
        if style is None:
            style = styles[key] = _read_style(textpage, index, text_object, frame)
        if style.quarter is None or not style.size:
            continue
        sign = _SIGNS.get(ord(text) & 0xFF) if style.signs or "\uf000" <= text <= "\uf0ff" else None
        if not sign and (_PRIVATE.match(text) or pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1):
            unreadable += 1
        pdfium.FPDFText_GetLooseCharBox(textpage, index, byref(box))
        pdfium.FPDFText_GetCharOrigin(textpage, index, byref(x), byref(y))
        corners = ((box.left, box.top), (box.right, box.bottom), (x.value, y.value))
        glyph = _make_glyph(sign or text, corners, style, frame)
        if glyph:
            last = found.turned[style.quarter]
            last.append(replace(glyph, spaced=True) if spaced else glyph)
    return replace(found, unreadable=unreadable, fontless=any(style.shapeless for style in styles.values()))


def _read_characters(textpage: Any) -> Iterator[tuple[int, str, bool]]:
    """Give the visible characters of a page: the index of each, the character, whether a space goes before it."""
    spaced = False
    high = 0  # the first half of a character beyond U+FFFF
    for index in range(min(textpage.count_chars(), MAX_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code <= 0xDFFF:
            if code < 0xDC00 or not high:
                high = code if code < 0xDC00 else 0
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        text = "-" if chr(code) == _HYPHEN else chr(code)
        generated = pdfium.FPDFText_IsGenerated(textpage, index) == 1
        if text.isspace() or generated:
            # PDFium generates a space where it sees a gap; the line ends that it generates say nothing.
            spaced = spaced or not generated or text == " "
        elif text not in _INVISIBLE and text >= " ":
            yield index, text, spaced
            spaced = False


def _join_mark(text: str, mark: str) -> str:
    # Kana and its voicing mark become one character; a variation selector stays as it is.
    return unicodedata.normalize("NFC", text + mark) if mark in "\u3099\u309a" else text + mark


def _read_style(textpage: Any, index: int, text_object: Any, frame: Frame) -> _Style:
    matrix, flags, name = pdfium.FS_MATRIX(), c_int(), create_string_buffer(128)
    pdfium.FPDFText_GetMatrix(textpage, index, byref(matrix))
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    across, down = frame.turn(matrix.a, matrix.b)
    angle = math.degrees(math.atan2(down, across))
    quarter = round(angle / 90) % 4 if abs(angle - 90 * round(angle / 90)) < 3 else None
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, byref(flags))
    font = name.value.decode("utf-8", "replace")
    stroked = bool(text_object) and pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _FILL_AND_STROKE
    heavy = pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT
    weight = 2 if stroked or heavy or _BOLD_NAME.search(font) else int(bool(_SANS_NAME.search(font)))
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(textpage, index, byref(left), byref(right), byref(bottom), byref(top))
    flat = top.value - bottom.value < 0.01 * size < right.value - left.value
    return _Style(size, weight, quarter, signs=bool(_SIGN_FONT.search(font)), shapeless=flat)


def _make_glyph(text: str, corners: tuple[Point, Point, Point], style: _Style, frame: Frame) -> Glyph | None:
    """Place a glyph in the frame of its quarter; None for one that lies off the page. The last corner is the origin."""
    (ax, ay), (bx, by), origin = (frame.place(*corner) for corner in corners)
    middle_x, middle_y = (ax + bx) / 2, (ay + by) / 2
    if not (0 <= middle_x <= frame.width and 0 <= middle_y <= frame.height):
        return None
    quarter = style.quarter or 0
    (ax, ay), (bx, by) = turn_point(ax, ay, quarter, frame), turn_point(bx, by, quarter, frame)
    _, base = turn_point(*origin, quarter, frame)
    return Glyph(text, min(ax, bx), max(ax, bx), min(ay, by), base, style.size, style.weight, spaced=False)


def read_dots(dots: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Give the list marks that are drawn, not set: a dot before the first character of a row, none close to its left."""
    marks = []
    for dot in dots:
        middle = (dot.y0 + dot.y1) / 2
        row = [each for each in glyphs if each.base - 0.75 * each.size < middle < each.base - 0.05 * each.size]
        after = min((each for each in row if each.x0 >= dot.x1), key=lambda each: each.x0, default=None)
        if not after or after.x0 - dot.x1 > 2 * after.size:
            continue
        if not any(dot.x0 - each.x1 < 2 * after.size for each in row if each.x1 <= dot.x0 + 1):
            marks.append(Glyph("・", dot.x0, dot.x1, dot.y0, after.base, after.size, after.weight, spaced=False))
    return marks


def turn_point(x: float, y: float, quarter: int, frame: Frame) -> tuple[float, float]:
    """Turn a point of the page as shown so that text set at `quarter` right angles clockwise runs from left to right."""
    if quarter == 1:
        return y, frame.width - x
    if quarter == 2:
        return frame.width - x, frame.height - y
    return (frame.height - y, x) if quarter == 3 else (x, y)
