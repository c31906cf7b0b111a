"""Ruled lines of a page → grids: the cells of ruled tables, merged ones included, by geometry alone."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.readers.pdf_drawings import Rule

_SNAP = 2.5  # points: lines drawn closer together are one
_SMALLEST = 6.0  # points: a narrower cell holds no text
_MOST_LINES = 120  # of one direction in a grid: more are a chart or a map
_MOST_CROSSINGS = 2_000_000  # pairs of lines to look at on a page: beyond that it is a drawing
_FEWEST_ACROSS = 4  # lines of a table that has no vertical ones
_MOST_STACKED = 400  # lines of tables without vertical ones on a page
_COVERED = 0.6  # of a cell's edge must be drawn to part it from its neighbour


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the rectangle, and the rows and columns of the grid that it fills (`end` is not part of it)."""

    area: Rule
    row: int
    row_end: int
    column: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the heights of its horizontal lines, the places of its vertical ones, its cells by row and column.

    `open_top` and `open_bottom` say that vertical lines run on beyond the first and last horizontal one.
    """

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    cells: tuple[Cell, ...]
    open_top: bool
    open_bottom: bool

    @property
    def area(self) -> Rule:
        """The rectangle that the grid fills."""
        return Rule(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def find_field(self, x: float, y: float) -> tuple[int, int]:
        """Give the row and column of a point, those of the edge for a point outside."""
        row = min(max(bisect(self.ys, y) - 1, 0), len(self.ys) - 2)
        return row, min(max(bisect(self.xs, x) - 1, 0), len(self.xs) - 2)


def find_grids(rules: Iterable[Rule]) -> list[Grid]:
    """Find the grids of two cells and more that lines which touch each other form, from the top of the page down."""
    drawn = [rule for rule in rules if max(rule.x1 - rule.x0, rule.y1 - rule.y0) > _SNAP]
    across = _merge([(rule.y0, rule.x0, rule.x1) for rule in drawn if rule.y1 - rule.y0 < rule.x1 - rule.x0])
    down = _merge([(rule.x0, rule.y0, rule.y1) for rule in drawn if rule.y1 - rule.y0 >= rule.x1 - rule.x0])
    if len(across) * len(down) > _MOST_CROSSINGS:
        return []
    grids = [grid for part in _connect(across, down) for grid in _make_grids(*part)]
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def infer_columns(rules: Sequence[Rule], marks: Sequence[Rule]) -> list[Rule]:
    """Find the vertical lines that tables ruled only across would have: where white runs down between all their rows.

    `marks` are the rectangles that characters fill.
    """
    across = _merge([(rule.y0, rule.x0, rule.x1) for rule in rules if rule.y1 - rule.y0 < rule.x1 - rule.x0])
    down = [rule for rule in rules if rule.y1 - rule.y0 >= max(_SMALLEST, rule.x1 - rule.x0)]
    stacks: list[list[_Line]] = []
    for line in across[:_MOST_STACKED]:
        stack = next((each for each in stacks if max(map(_difference, each[-1][1:], line[1:])) <= _SNAP), None)
        if stack:
            stack.append(line)
        else:
            stacks.append([line])
    found: list[Rule] = []
    for stack in stacks:
        area = Rule(stack[0][1], stack[0][0], stack[0][2], stack[-1][0])
        if len(stack) < _FEWEST_ACROSS or any(_touches(rule, area) for rule in down):
            continue
        inside = [mark for mark in marks if _touches(mark, area)]
        found += [Rule(x, area.y0, x, area.y1) for x in _find_gaps(inside)]
    return found


def _difference(one: float, other: float) -> float:
    return abs(one - other)


def _touches(rule: Rule, area: Rule) -> bool:
    return rule.x1 > area.x0 and rule.x0 < area.x1 and rule.y1 > area.y0 + _SNAP and rule.y0 < area.y1 - _SNAP


def _find_gaps(marks: Sequence[Rule]) -> list[float]:
    """Give the middles of the gaps wider than a character that no mark lies in, those between marks only."""
    gaps: list[float] = []
    end: float | None = None
    for mark in sorted(marks, key=lambda each: each.x0):
        if end is not None and mark.x0 - end > 0.8 * (mark.y1 - mark.y0):
            gaps.append((mark.x0 + end) / 2)
        end = mark.x1 if end is None else max(end, mark.x1)
    return gaps


# A line along an axis: where it lies on the other axis, from where to where it runs.
_Line = tuple[float, float, float]


def _merge(lines: list[_Line]) -> list[_Line]:
    """Join lines that lie on each other or follow each other (dashes, the edges of cells side by side)."""
    rows: list[list[_Line]] = []
    for line in sorted(lines):
        if rows and line[0] - rows[-1][0][0] <= _SNAP:
            rows[-1].append(line)
        else:
            rows.append([line])
    merged: list[_Line] = []
    for row in rows:
        place = sum(line[0] for line in row) / len(row)
        begin, end = None, 0.0
        for _, start, stop in sorted(row, key=lambda each: each[1]):
            if begin is None:
                begin, end = start, stop
            elif start - end <= _SNAP:
                end = max(end, stop)
            else:
                merged.append((place, begin, end))
                begin, end = start, stop
        if begin is not None:
            merged.append((place, begin, end))
    return merged


def _connect(across: list[_Line], down: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Part the lines into groups that hang together by crossing or touching."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down, len(across)):
            if x0 - _SNAP <= x <= x1 + _SNAP and y0 - _SNAP <= y <= y1 + _SNAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for index in range(len(parent)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(across):
            group[0].append(across[index])
        else:
            group[1].append(down[index - len(across)])
    return list(groups.values())


def _make_grids(across: list[_Line], down: list[_Line]) -> list[Grid]:
    """Make the grids of lines that hang together: tables under each other without a gap share no inner vertical line."""
    grid = _make_grid(across, down)
    if not grid:
        return []
    seen: set[float] = set()
    cuts = []
    for row, y in enumerate(grid.ys[:-1]):
        inner = {cell.area.x0 for cell in grid.cells if cell.row <= row < cell.row_end and cell.column}
        if inner and seen and not inner & seen:
            cuts.append(y)
            seen = set()
        seen |= inner
    if not cuts:
        return [grid]
    parts = []
    for top, bottom in pairwise([grid.ys[0], *cuts, grid.ys[-1]]):
        rows = [line for line in across if top - _SNAP <= line[0] <= bottom + _SNAP]
        columns = [(x, max(y0, top), min(y1, bottom)) for x, y0, y1 in down if min(y1, bottom) - max(y0, top) > _SNAP]
        parts.append(_make_grid(rows, columns))
    return [part for part in parts if part]


def _make_grid(across: list[_Line], down: list[_Line]) -> Grid | None:
    """Make a grid of lines that hang together; None of fewer than two cells, and of charts."""
    if not across or not down or max(len(across), len(down)) > _MOST_LINES:
        return None
    top, bottom = min(line[1] for line in down), max(line[2] for line in down)
    left, right = min(line[1] for line in across), max(line[2] for line in across)
    # Tables are often drawn without their outer lines, and cut at the end of a page.
    ys = _places([line[0] for line in across], top, bottom)
    xs = _places([line[0] for line in down], left, right)
    if len(ys) < 2 or len(xs) < 2 or (len(ys), len(xs)) == (2, 2):
        return None
    cells = _find_cells(ys, xs, across, down)
    if len(cells) < 2:
        return None
    first, last = min(line[0] for line in across), max(line[0] for line in across)
    return Grid(tuple(ys), tuple(xs), tuple(cells), first - top > _SMALLEST, bottom - last > _SMALLEST)


def _places(drawn: list[float], first: float, last: float) -> list[float]:
    """Give the places of lines in order, those too close together as one, the ends of the crossing lines added."""
    places: list[float] = []
    for place in sorted(drawn):
        if not places or place - places[-1] > _SNAP:
            places.append(place)
    if places[0] - first > _SMALLEST:
        places.insert(0, first)
    if last - places[-1] > _SMALLEST:
        places.append(last)
    return places


def _find_cells(ys: list[float], xs: list[float], across: list[_Line], down: list[_Line]) -> list[Cell]:
    """Find the cells: fields of the grid, put together where no line parts them and they fill a rectangle."""
    fields = [(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)]
    parent = {field: field for field in fields}

    def root(field: tuple[int, int]) -> tuple[int, int]:
        while parent[field] != field:
            field = parent[field]
        return field

    for row, column in fields:
        if column and not _is_drawn(down, xs[column], ys[row], ys[row + 1]):
            parent[root((row, column))] = root((row, column - 1))
        if row and not _is_drawn(across, ys[row], xs[column], xs[column + 1]):
            parent[root((row, column))] = root((row - 1, column))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for field in fields:
        groups.setdefault(root(field), []).append(field)
    cells = [cell for group in groups.values() for cell in _make_cells(group, ys, xs)]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _make_cells(fields: Sequence[tuple[int, int]], ys: list[float], xs: list[float]) -> list[Cell]:
    rows, columns = [row for row, _ in fields], [column for _, column in fields]
    height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if height * width != len(fields):
        return [_make_cell(row, row + 1, column, column + 1, ys, xs) for row, column in fields]
    return [_make_cell(min(rows), max(rows) + 1, min(columns), max(columns) + 1, ys, xs)]


def _make_cell(row: int, row_end: int, column: int, column_end: int, ys: list[float], xs: list[float]) -> Cell:
    return Cell(Rule(xs[column], ys[row], xs[column_end], ys[row_end]), row, row_end, column, column_end)


def _is_drawn(lines: list[_Line], place: float, begin: float, end: float) -> bool:
    """Whether most of the way from `begin` to `end` is drawn at `place`."""
    drawn = 0.0
    for where, start, stop in lines:
        if abs(where - place) <= _SNAP:
            drawn += max(0.0, min(end, stop) - max(begin, start))
    return drawn >= _COVERED * (end - begin)
