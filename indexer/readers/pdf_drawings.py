"""What is drawn on a page of a PDF: ruled lines, rectangles and pictures, placed as the page is shown."""

from __future__ import annotations

from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

# Beyond these a page is a map or a trap: further paths are left out.
MAX_PATHS = 20_000
_MAX_SEGMENTS = 400
_PAPER = 0.95  # of the page's width and height: a larger rectangle is the paper
_THIN = 3.0  # points: a rectangle that is no thicker is a line
_WHITE = 250
_DOT = (2.0, 7.0)  # points: the width of a drawn list mark
_HOLLOW = 0.01  # PDFium passes over text that is narrower

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an axis, or a rectangle by two of its corners; x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines along an axis and edges of rectangles; whole rectangles; dots as large as a list mark; how many pictures.

    `hollow` counts pieces of text without any width, in fonts that the file does not bring along.
    """

    rules: tuple[Rule, ...]
    boxes: tuple[Rule, ...]
    dots: tuple[Rule, ...]
    pictures: int
    hollow: int


@dataclass(frozen=True, slots=True)
class Frame:
    """How a PDF's coordinates become points of the page as shown: /Rotate, crop box, y downwards."""

    width: float
    height: float
    xx: float
    xy: float
    yx: float
    yy: float
    x: float
    y: float

    @classmethod
    def of(cls, page: Any) -> Frame:
        """Ask PDFium where three points of the page are shown."""
        width, height = page.get_size()
        scale, far = 100, 1000.0
        points = []
        for x, y in ((0.0, 0.0), (far, 0.0), (0.0, far)):
            across, down = c_int(), c_int()
            size = (0, 0, round(width * scale), round(height * scale), 0)
            pdfium.FPDF_PageToDevice(page, *size, x, y, byref(across), byref(down))
            points.append((across.value / scale, down.value / scale))
        (x0, y0), (x1, y1), (x2, y2) = points
        return cls(width, height, *((x1 - x0) / far, (x2 - x0) / far, (y1 - y0) / far, (y2 - y0) / far), x0, y0)

    def place(self, x: float, y: float) -> Point:
        """Give the place of a point as shown."""
        return self.xx * x + self.xy * y + self.x, self.yx * x + self.yy * y + self.y

    def turn(self, a: float, b: float) -> Point:
        """Give a direction as shown."""
        return self.xx * a + self.xy * b, self.yx * a + self.yy * b


def read_drawing(page: Any, frame: Frame) -> Drawing:
    """Read lines, rectangles and the number of pictures of a page; slanted and invisible lines are left out."""
    rules: list[Rule] = []
    boxes: list[Rule] = []
    dots: list[Rule] = []
    pictures = paths = hollow = 0
    for each in page.get_objects(max_depth=6):
        pictures += each.type == pdfium.FPDF_PAGEOBJ_IMAGE
        hollow += each.type == pdfium.FPDF_PAGEOBJ_TEXT and _is_hollow(each)
        if each.type != pdfium.FPDF_PAGEOBJ_PATH or paths >= MAX_PATHS:
            continue
        paths += 1
        curved, corners = _read_corners(each, frame)
        if not corners or not _is_visible(each):
            continue
        if curved:
            dots += [_bounds(line) for line in corners if _is_dot(_bounds(line))]
            continue
        for line in corners:
            _sort_line(line, rules, boxes, frame)
    return Drawing(tuple(rules), tuple(boxes), tuple(dots), pictures, hollow)


def _is_hollow(text: Any) -> bool:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium.FPDFPageObj_GetBounds(text.raw, byref(left), byref(bottom), byref(right), byref(top))
    if right.value - left.value >= _HOLLOW:
        return False
    return not pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(text.raw))


def _sort_line(line: list[Point], rules: list[Rule], boxes: list[Rule], frame: Frame) -> None:
    """Add a drawn line to the rules as one line, as the edges of a rectangle, or not at all."""
    bounds = _bounds(line)
    width, height = bounds.x1 - bounds.x0, bounds.y1 - bounds.y0
    if width > _PAPER * frame.width and height > _PAPER * frame.height:
        return
    if min(width, height) <= _THIN:
        x, y = (bounds.x0 + bounds.x1) / 2, (bounds.y0 + bounds.y1) / 2
        if max(width, height) > _THIN:
            rules.append(Rule(x, bounds.y0, x, bounds.y1) if width < height else Rule(bounds.x0, y, bounds.x1, y))
        return
    edges = [_bounds([start, end]) for start, end in pairwise(line) if start != end]
    straight = [edge for edge in edges if min(edge.x1 - edge.x0, edge.y1 - edge.y0) < 0.5]
    rules += straight
    if len(straight) == len(edges) == 4:
        boxes.append(bounds)


def _is_dot(bounds: Rule) -> bool:
    width, height = bounds.x1 - bounds.x0, bounds.y1 - bounds.y0
    return _DOT[0] <= width <= _DOT[1] and abs(width - height) < 0.2 * width


def _bounds(points: list[Point]) -> Rule:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Rule(min(across), min(down), max(across), max(down))


def _read_corners(path: Any, frame: Frame) -> tuple[bool, list[list[Point]]]:
    """Tell whether a path has curves, and give the corners of each of its lines as shown (those of curves: their ends)."""
    matrices = _read_matrices(path)
    lines: list[list[Point]] = []
    curved = False
    x, y = c_float(), c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(path.raw), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (x.value, y.value)
        for matrix in matrices:
            point = (
                matrix.a * point[0] + matrix.c * point[1] + matrix.e,
                matrix.b * point[0] + matrix.d * point[1] + matrix.f,
            )
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not lines:
            lines.append([])
        lines[-1].append(frame.place(*point))
        if pdfium.FPDFPathSegment_GetClose(segment):
            lines[-1].append(lines[-1][0])
    return curved, [line for line in lines if len(line) > 1]


def _read_matrices(path: Any) -> list[Any]:
    """Give the matrices that place a path on its page: its own, then those of the forms around it, inmost first."""
    matrices = []
    here = path
    while here is not None:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(here.raw, byref(matrix))
        matrices.append(matrix)
        here = here.container
    return matrices


def _is_visible(path: Any) -> bool:
    """Whether a path is stroked, or filled with something else than white."""
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path.raw, byref(fill), byref(stroke))
    if stroke.value and _darkness(pdfium.FPDFPageObj_GetStrokeColor, path):
        return True
    return bool(fill.value and _darkness(pdfium.FPDFPageObj_GetFillColor, path))


def _darkness(get_color: Any, path: Any) -> bool:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not get_color(path.raw, byref(red), byref(green), byref(blue), byref(alpha)):
        return True  # a pattern or an unknown colour space
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE
