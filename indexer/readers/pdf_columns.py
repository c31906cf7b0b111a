"""Reading order: the pieces, tables and boxes of a page → flows, each one a column of rows from top to bottom.

Columns are told from labels with text beside them (実績 ｜ ・…) by both sides being broad and wrapped or listed. What spans
the columns (headings above all) parts them into bands, each read column by column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from indexer.readers.pdf_drawings import Rule
from indexer.readers.pdf_lines import LIST_MARK, Piece, join_pieces
from indexer.readers.pdf_tables import Table

_FEWEST_ROWS = 3  # on either side of a gutter
_NARROWEST = 9  # widths of a character: a narrower column holds labels
_MOST_ITEMS = 800  # a page with more is a drawing
_MOST_STARTS = 16  # of columns that are tried
_MOST_BOXES = 300
_LARGE = 1.15  # of the body's size: a heading


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that frames text: it is read as a whole."""

    area: Rule
    items: tuple[Item, ...]


Item = Piece | Table | Box


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows and tables under each other; `x0` and `x1` are the borders of the column they stand in.

    `apart` says that it does not go on with the flow before: a box begins or ends there.
    """

    x0: float
    x1: float
    items: tuple[Piece | Table, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _Band:
    """A horizontal band of a page: in columns left and right of a gutter, or (`right` empty) not."""

    left: list[Item] = field(default_factory=list)
    right: list[Item] = field(default_factory=list)


def arrange(items: Sequence[Item], *, x0: float, x1: float, body: float, known: Sequence[float] = ()) -> list[Flow]:
    """Put what stands between `x0` and `x1` into reading order; `body` is the size of the type of most of the text.

    `known` are gutters of other pages: a page that ends a chapter may have too few lines to show its own.
    """
    gutter = find_gutter(items, x0=x0, body=body)
    if gutter is None:
        gutter = next((place for place in known if _fits(items, place, body)), None)
    if gutter is None:
        # Of the last page's columns often only the first is filled.
        filled = max((item_area(item).x1 for item in items), default=x1)
        x1 = min([x1, *(place - body for place in known if filled <= place)])
        return _arrange_rows(items, x0, x1, body)
    flows: list[Flow] = []
    plain: list[Item] = []
    for band in _split_bands(items, gutter, body):
        # Where columns are found at all, short bands between headings follow them.
        if not band.left or not band.right:
            plain += [*band.left, *band.right]
            continue
        flows += _arrange_rows(plain, x0, x1, body)
        plain = []
        for left, right in _split_boxes(band):
            edge = max((item_area(item).x1 for item in left), default=x0)
            flows += arrange(left, x0=x0, x1=max(edge, gutter - body), body=body)
            flows += arrange(right, x0=gutter, x1=x1, body=body)
    return flows + _arrange_rows(plain, x0, x1, body)


def enclose(pieces: Sequence[Piece], tables: Sequence[Table], boxes: Sequence[Rule]) -> list[Item]:
    """Put pieces and tables into the boxes that frame them, smaller boxes into larger ones."""
    items: list[Item] = [*pieces, *tables]
    if len(boxes) > _MOST_BOXES or len(items) > _MOST_ITEMS:
        return items
    for area in sorted(set(boxes), key=_measure):
        inside = [item for item in items if _is_inside(item, area)]
        # A box around one line is its background; one inside a box of the same content is its shadow.
        if _count_rows(inside) < 2:
            continue
        items = [item for item in items if not _is_inside(item, area)]
        items.append(Box(area, tuple(inside)))
    return items


def _measure(area: Rule) -> float:
    return (area.x1 - area.x0) * (area.y1 - area.y0)


def _is_inside(item: Item, area: Rule) -> bool:
    own = item_area(item)
    x, y = (own.x0 + own.x1) / 2, (own.y0 + own.y1) / 2
    return area.x0 <= x <= area.x1 and area.y0 <= y <= area.y1 and own.x1 - own.x0 <= (area.x1 - area.x0) * 1.02


def item_area(item: Item) -> Rule:
    """Give the rectangle that a piece, table or box fills."""
    return Rule(item.x0, item.top, item.x1, item.bottom) if isinstance(item, Piece) else item.area


def _middle(item: Item) -> float:
    return (item_area(item).y0 + item_area(item).y1) / 2


def _arrange_rows(items: Sequence[Item], x0: float, x1: float, body: float) -> list[Flow]:
    """Arrange what is not in columns: rows from the top, boxes in their place, what stands beside each other in one row."""
    flows: list[Flow] = []
    rows: list[Piece | Table] = []
    apart = False
    for item in sorted(items, key=lambda each: (round(item_area(each).y0 / (0.5 * body)), item_area(each).x0)):
        if not isinstance(item, Box):
            rows.append(item)
            continue
        if rows:
            flows.append(Flow(x0, x1, tuple(_join_rows(rows)), apart))
        rows, apart = [], True
        inside = arrange(item.items, x0=item.area.x0, x1=item.area.x1, body=body)
        flows += [replace(flow, apart=flow.apart or not place) for place, flow in enumerate(inside)]
    if rows:
        flows.append(Flow(x0, x1, tuple(_join_rows(rows)), apart))
    return flows


def _join_rows(items: Sequence[Piece | Table]) -> list[Piece | Table]:
    """Join the pieces that stand in one row, unless a list mark begins the second."""
    joined: list[tuple[float, Piece | Table]] = [(item.area.y0, item) for item in items if isinstance(item, Table)]
    for row in _find_rows(items):
        parts: list[list[Piece]] = []
        for piece in row:
            if parts and not LIST_MARK.match(piece.text):
                parts[-1].append(piece)
            else:
                parts.append([piece])
        joined += [(row[0].top, _join_piece(part)) for part in parts]
    return [item for _, item in sorted(joined, key=lambda each: each[0])]


def _find_rows(items: Iterable[Item]) -> list[list[Piece]]:
    """Group the pieces among items by row, each from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted((item for item in items if isinstance(item, Piece)), key=lambda each: each.middle):
        if rows and abs(rows[-1][0].middle - piece.middle) < 0.35 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def _join_piece(part: list[Piece]) -> Piece:
    largest = max(part, key=lambda piece: len(piece.text))
    weight = min(piece.weight for piece in part)
    hang = part[-1].x0 if len(part) > 1 else None
    return replace(largest, text=join_pieces(part), x0=part[0].x0, x1=part[-1].x1, weight=weight, hang=hang)


def find_gutter(items: Sequence[Item], *, x0: float, body: float) -> float | None:
    """Find the line left of which one column ends and right of which another begins: the one that orders most rows.

    None where what begins at `x0` is one column.
    """
    if len(items) > _MOST_ITEMS:
        return None
    lefts = Counter(round(item_area(item).x0) for item in items if item_area(item).x0 > x0 + _NARROWEST * body)
    best, gutter = 0, None
    for start in sorted(left for left, _ in lefts.most_common(_MOST_STARTS)):
        place = start - 0.25 * body
        ordered = 0
        for band in _split_bands(items, place, body):
            if _are_columns(band, body):
                ordered += _count_rows(band.left) + _count_rows(band.right)
        if ordered > best:
            best, gutter = ordered, place
    return gutter


def _split_boxes(band: _Band) -> list[tuple[list[Item], list[Item]]]:
    """Part a band of boxes that stand in rows (a slide of two by two): rows are read before columns then."""
    items = sorted([*band.left, *band.right], key=lambda item: item_area(item).y0)
    rows: list[list[Item]] = []
    for item in items:
        if rows and item_area(item).y0 < max(item_area(other).y1 for other in rows[-1]):
            rows[-1].append(item)
        else:
            rows.append([item])
    parts = [([i for i in row if i in band.left], [i for i in row if i in band.right]) for row in rows]
    if all(isinstance(item, Box) for item in items) and all(left and right for left, right in parts):
        return parts
    return [(band.left, band.right)]


def _fits(items: Sequence[Item], gutter: float, body: float) -> bool:
    """Whether items stand left and right of a gutter, the right ones along it, and few across it."""
    right = [item_area(item).x0 for item in items if item_area(item).x0 >= gutter]
    crossing = sum(item_area(item).x0 < gutter < item_area(item).x1 for item in items)
    begins = sum(x0 - gutter < 4 * body for x0 in right)  # list items stand further in
    return 0 < len(right) < len(items) - crossing and begins >= 0.5 * len(right) and crossing <= 0.35 * len(items)


def _split_bands(items: Sequence[Item], gutter: float, body: float) -> list[_Band]:
    """Part items into bands: what crosses the gutter, with all beside it, is a band of its own."""
    crossing = [item for item in items if item_area(item).x0 < gutter < item_area(item).x1]
    crossing += _find_restarts(items, gutter, body)
    spans: list[tuple[float, float]] = []
    for start, end in sorted((item_area(item).y0, item_area(item).y1) for item in crossing):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    bands = [_Band() for _ in range(2 * len(spans) + 1)]
    for item in items:
        height = _middle(item)
        above = sum(end < height for _, end in spans)
        beside = above < len(spans) and spans[above][0] <= height
        band = bands[2 * above + beside]
        (band.left if beside or item_area(item).x1 <= gutter else band.right).append(item)
    return [band for band in bands if band.left or band.right]


def _find_restarts(items: Sequence[Item], gutter: float, body: float) -> list[Item]:
    """Find headings that stand left but head both columns: nothing beside them, and below both columns begin level.

    Others of the same size with nothing beside them head both too, and the largest of a page that has nothing below.
    """
    left = [item for item in items if item_area(item).x1 <= gutter]
    right = [item_area(item) for item in items if item_area(item).x0 >= gutter]
    heads = [item for item in left if isinstance(item, Piece) and item.size >= _LARGE * body]
    alone: list[Piece] = []
    sizes = {item.size for item in items if isinstance(item, Piece) and item.x0 < gutter < item.x1}
    for head in heads:
        margin = 0.4 * head.size
        if any(area.y0 < head.bottom + margin and area.y1 > head.top - margin for area in right):
            continue
        alone.append(head)
        below_left = [
            item_area(item).y0 for item in left if item_area(item).y0 >= head.bottom and not _is_like(item, head)
        ]
        below_right = [area.y0 for area in right if area.y0 >= head.bottom]
        level = below_left and below_right and abs(min(below_left) - min(below_right)) <= 2 * body
        if level or (not below_right and not below_left and head.size == max(each.size for each in heads)):
            sizes.add(head.size)
    return [head for head in alone if head.size in sizes]


def _is_like(item: Item, head: Piece) -> bool:
    return isinstance(item, Piece) and abs(item.size - head.size) < 0.5


def _are_columns(band: _Band, body: float) -> bool:
    """Whether both sides of a band are columns of text that stand beside each other."""
    if _count_rows(band.left) < _FEWEST_ROWS or _count_rows(band.right) < _FEWEST_ROWS:
        return False
    spans = [
        (min(item_area(i).y0 for i in side), max(item_area(i).y1 for i in side)) for side in (band.left, band.right)
    ]
    shared = min(end for _, end in spans) - max(start for start, _ in spans)
    if shared < 0.5 * min(end - start for start, end in spans):
        return False
    return _is_column(band.left, body) and _is_column(band.right, body)


def _count_rows(items: Sequence[Item]) -> int:
    return len(_find_rows(items)) + sum(_FEWEST_ROWS for item in items if not isinstance(item, Piece))


def _is_column(items: Sequence[Item], body: float) -> bool:
    """Whether items form a column: broad, with tables or boxes, or with wrapped lines or lists."""
    left, right = min(item_area(item).x0 for item in items), max(item_area(item).x1 for item in items)
    if right - left < _NARROWEST * body:
        return False
    if not all(isinstance(item, Piece) for item in items):
        return True
    rows = _find_rows(items)
    ends = sorted(max(piece.x1 for piece in row) for row in rows)
    full = sum(end >= ends[len(ends) * 9 // 10] - 2 * body for end in ends)
    listed = sum(bool(LIST_MARK.match(row[0].text)) for row in rows)
    return full >= 0.3 * len(rows) or listed >= 0.4 * len(rows)
