"""The pages of a PDF as glyphs and ruled lines, in points from the upper left corner as the page is shown.

With `pdf_glyphs` and `pdf_drawings` the only modules that import pypdfium2 (PDFium, the engine of Chromium's viewer). Of
the libraries tried it alone decodes every predefined Japanese CMap (90ms-RKSJ, EUC-H, UniJIS…), gives 用 where Chromium's
own prints name the radical ⽤, and tells a password from a damaged file by code.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.readers.pdf_drawings import Frame, Rule, read_drawing
from indexer.readers.pdf_glyphs import Glyph, read_dots, read_glyphs, turn_point

_STRAY = 20  # pieces of text without width on a page without any other: fewer are stray spaces


class PdfError(Exception):
    """PDFium cannot read the file (`page`: or that page of it). `locked`: because it asks for a password."""

    def __init__(self, message: str, *, page: int | None = None, locked: bool = False) -> None:
        super().__init__(message)
        self.page = page
        self.locked = locked


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: `glyphs` in the order of the file, those set at a right angle to them apart in `turned`, in their own frame.

    `rules` are lines and edges, `boxes` whole rectangles. `unreadable` counts glyphs that the file gives no code for,
    `lost` pieces of text that PDFium passes over where neither the file nor the computer has a font for them.
    """

    number: int  # 1-based
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    turned: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    boxes: tuple[Rule, ...]
    pictures: int
    unreadable: int
    lost: int


@contextmanager
def open_pdf(content: bytes) -> Iterator[Any]:
    """Open a PDF for `read_page`; `len()` of it is its number of pages. Raises `PdfError`."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise PdfError(str(error), locked=locked) from error
    try:
        yield document
    finally:
        document.close()


def read_page(document: Any, index: int) -> Page:
    """Read the page at `index` (0-based). Raises `PdfError` for a page that is damaged."""
    try:
        with closing(document[index]) as page, closing(page.get_textpage()) as textpage:
            frame = Frame.of(page)
            read = read_glyphs(textpage, frame)
            drawing = read_drawing(page, frame)
    except pypdfium2.PdfiumError as error:
        raise PdfError(str(error), page=index + 1) from error
    # A table set sideways on an upright page is the page: most glyphs say which way is up.
    glyphs = read.turned
    quarter = max(range(4), key=lambda each: (len(glyphs[each]), -each))
    width, height = (frame.width, frame.height) if quarter % 2 == 0 else (frame.height, frame.width)
    turned = [glyph for each in range(4) if each != quarter for glyph in glyphs[each]]
    return Page(
        number=index + 1,
        width=width,
        height=height,
        glyphs=(
            *glyphs[quarter],
            *read_dots([_turn_rule(dot, quarter, frame) for dot in drawing.dots], glyphs[quarter]),
        ),
        turned=tuple(turned),
        rules=tuple(_turn_rule(rule, quarter, frame) for rule in drawing.rules),
        boxes=tuple(_turn_rule(box, quarter, frame) for box in drawing.boxes),
        pictures=drawing.pictures,
        unreadable=read.unreadable,
        lost=drawing.hollow if read.fontless or (not any(glyphs) and drawing.hollow > _STRAY) else 0,
    )


def _turn_rule(rule: Rule, quarter: int, frame: Frame) -> Rule:
    (ax, ay), (bx, by) = turn_point(rule.x0, rule.y0, quarter, frame), turn_point(rule.x1, rule.y1, quarter, frame)
    return Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
