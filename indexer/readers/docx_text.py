"""The text of a Word paragraph as a sequence of pieces: text, ends of lines and pages, text boxes anchored in it.

python-docx gives the text of the runs that stand directly in a paragraph; insertions under review, content controls,
ruby and text boxes are reached here. Text that is deleted or hidden is left out, so are notes and comments.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from docx.oxml.ns import qn

from indexer.readers.docx_styles import is_hidden

PieceKind = Literal["text", "line", "page", "shown_page", "box"]
Piece = tuple[PieceKind, Any]

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"  # the same drawing for several versions of Word
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INSIDE = {
    *map(qn, ("w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:fldSimple", "w:dir", "w:bdo")),
    *map(qn, ("w:sdt", "w:sdtContent", "w:ruby", "w:rubyBase")),
}
_SIGNS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:noBreakHyphen"): "-"}
_BREAKS: dict[str, PieceKind] = {
    qn("w:br"): "line",  # unless its type is a page
    qn("w:cr"): "line",
    qn("w:lastRenderedPageBreak"): "shown_page",
}
_FORMULAS = {f"{_MATH}oMath", f"{_MATH}oMathPara"}
_DRAWINGS = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_BOX = qn("w:txbxContent")


def read_pieces(element: Any) -> Iterator[Piece]:
    """Give the pieces of a paragraph (or of what stands in one), in order.

    "page" is a break that the author set, "shown_page" one that Word noted when it last laid out the document.
    """
    for child in element:
        tag = child.tag
        if tag == qn("w:t"):
            yield "text", child.text or ""
        elif tag in _SIGNS:
            yield "text", _SIGNS[tag]
        elif tag in _BREAKS:
            yield ("page" if child.get(qn("w:type")) == "page" else _BREAKS[tag]), None
        elif tag in _FORMULAS:
            yield "text", "".join(part.text or "" for part in child.iter(f"{_MATH}t"))
        elif tag in _DRAWINGS:
            for box in find_boxes(child):
                yield "box", box
        elif tag in _INSIDE or (tag == qn("w:r") and not is_hidden(child)):
            yield from read_pieces(child)
        elif tag == ALTERNATIVES:
            yield from read_pieces(choose_alternative(child))


def choose_alternative(element: Any) -> list[Any]:
    """Choose among the versions of a drawing the one for today's Word, so that its text comes once."""
    versions = (f"{_COMPATIBILITY}Choice", f"{_COMPATIBILITY}Fallback")
    return next((list(each) for each in element if each.tag in versions), [])


def find_boxes(element: Any) -> Iterator[Any]:
    """Find the text boxes of a drawing, in order; boxes inside a box belong to its text."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag == ALTERNATIVES:
            yield from find_boxes(choose_alternative(child))
        else:
            yield from find_boxes(child)
