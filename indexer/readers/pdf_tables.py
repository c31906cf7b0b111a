"""Ruled tables of a page: grids and the glyphs in them → rows of cells; boxes that only frame text are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from indexer.readers.pdf_drawings import Rule
from indexer.readers.pdf_glyphs import Glyph
from indexer.readers.pdf_grids import Cell, Grid, find_grids, infer_columns
from indexer.readers.pdf_lines import LIST_MARK, Piece, is_wide, join_pieces, measure_unit, read_pieces
from indexer.readers.pdf_pages import Page

# A grid of one or two rows whose cells hold this much text arranges a page (two halves of a slide).
_LONG_CELL = 200
_HEAD = 2  # rows that a table may repeat on each page
_SAME_COLUMNS = 4.0  # points by which the columns of a table may differ from page to page
_SENTENCE_END = re.compile(r"[。．！？!?)）」』】]$")


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or the part of it on one page. Merged cells stand in each row and column that they fill.

    `head` is how the table begins, on its first page; `size` that of most of its type; `open_top` and `open_bottom`: its
    frame is not closed there; `continues` the last table of the page before.
    """

    area: Rule
    columns: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    head: tuple[tuple[str, ...], ...]
    open_top: bool
    open_bottom: bool
    size: float
    continues: bool = False


def take_tables(page: Page) -> tuple[list[Table], list[Rule], list[Glyph]]:
    """Take the tables out of a page: the tables, the boxes that frame text, the glyphs outside of tables."""
    tables: list[Table] = []
    boxes = list(page.boxes)
    rest = list(page.glyphs)
    marks = [Rule(glyph.x0, glyph.base - 0.88 * glyph.size, glyph.x1, glyph.base) for glyph in rest]
    for grid in find_grids([*page.rules, *infer_columns(page.rules, marks)]):
        inside = [glyph for glyph in rest if _holds(grid.area, glyph)]
        filled = _fill(grid, inside)
        if _is_frame(grid, filled):
            boxes += [cell.area for cell in filled]
            continue
        tables.append(_make_table(grid, filled))
        taken = {id(glyph) for glyph in inside}
        rest = [glyph for glyph in rest if id(glyph) not in taken]
        boxes = [box for box in boxes if not _lies_in(box, grid.area)]
    return tables, boxes, rest


def continue_table(before: Table, after: Table) -> tuple[Table, Table] | None:
    """Give both parts of a table that goes on on the next page, what belongs together put together; None: another table.

    A row cut by the page's end becomes one row of `before`; header rows that are repeated are left out of `after`.
    """
    if not _have_same_columns(before, after):
        return None
    rows = list(after.rows)
    head = 0
    while head < min(len(rows), len(before.head)) and rows[head] == before.head[head]:
        head += 1
    rows = rows[head:]
    kept = list(before.rows)
    if rows and kept and _is_cut(before, after, rows[0]):
        kept[-1] = tuple(_join_cut(cell, more) for cell, more in zip(kept[-1], rows[0], strict=True))
        rows = rows[1:]
    if rows and kept and all(row[0] for row in kept):  # a merged cell that goes on is blank on the next page
        rows = _fill_down(rows, kept[-1][0])
    return replace(before, rows=tuple(kept)), replace(after, rows=tuple(rows), head=before.head, continues=True)


def _have_same_columns(before: Table, after: Table) -> bool:
    if len(before.columns) != len(after.columns):
        return False
    shift = after.columns[0] - before.columns[0]  # margins of left and right pages differ
    return all(abs(x - shift - y) <= _SAME_COLUMNS for x, y in zip(after.columns, before.columns, strict=True))


def _is_cut(before: Table, after: Table, row: tuple[str, ...]) -> bool:
    """Whether `row`, the first of the next page, is the rest of the last row of `before`."""
    last = before.rows[-1]
    longest = max(range(len(last)), key=lambda column: len(last[column]))
    amid = bool(row[longest]) and not _SENTENCE_END.search(last[longest])
    gaps = any(not cell for cell in row[1:])
    if not row[0]:
        return gaps or amid
    # A first cell that is cut too: only where the other rows of the column end their sentences.
    others = [cells[longest] for cells in before.rows[:-1] if cells not in before.head]
    ended = sum(bool(_SENTENCE_END.search(text)) for text in others)
    strict = len(others) >= 3 and ended >= 0.8 * len(others)
    return amid and (strict or (gaps and (before.open_bottom or after.open_top)))


def _join_cut(cell: str, more: str) -> str:
    if not more or more == cell:
        return cell
    return join_text(cell, more) if cell else more


def _fill_down(rows: list[tuple[str, ...]], text: str) -> list[tuple[str, ...]]:
    filled: list[tuple[str, ...]] = []
    for place, row in enumerate(rows):
        if row[0]:
            return filled + rows[place:]
        filled.append((text, *row[1:]))
    return filled


def join_text(before: str, after: str) -> str:
    """Join two parts of a text that a line's end parted: a space only between Latin words."""
    apart = before and after and not is_wide(before[-1]) and not is_wide(after[0])
    wordy = apart and before[-1].isalnum() and after[0].isalpha()
    return f"{before} {after}" if wordy else before + after


def _holds(area: Rule, glyph: Glyph) -> bool:
    x, y = _middle(glyph)
    return area.x0 <= x <= area.x1 and area.y0 <= y <= area.y1


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.x0 + glyph.x1) / 2, glyph.base - 0.35 * glyph.size


def _lies_in(box: Rule, area: Rule) -> bool:
    return area.x0 <= (box.x0 + box.x1) / 2 <= area.x1 and area.y0 <= (box.y0 + box.y1) / 2 <= area.y1


def _fill(grid: Grid, glyphs: Sequence[Glyph]) -> dict[Cell, list[Piece]]:
    """Read what stands in each cell, top down."""
    held: dict[Cell, list[Glyph]] = {cell: [] for cell in grid.cells}
    owners = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row_end)
        for column in range(cell.column, cell.column_end)
    }
    for glyph in glyphs:
        held[owners[grid.find_field(*_middle(glyph))]].append(glyph)
    return {cell: read_pieces(inside) for cell, inside in held.items()}


def _is_frame(grid: Grid, filled: dict[Cell, list[Piece]]) -> bool:
    """Whether a grid frames text (one column, one cell across all, two rows of long cells) and is no table."""
    used = [cell for cell, pieces in filled.items() if pieces]
    if all(cell.column_end - cell.column == len(grid.xs) - 1 for cell in used):
        return True
    lengths = [sum(len(piece.text) for piece in filled[cell]) for cell in used]
    return len(grid.ys) <= 3 and median(lengths) > _LONG_CELL


def _make_table(grid: Grid, filled: dict[Cell, list[Piece]]) -> Table:
    height, width = len(grid.ys) - 1, len(grid.xs) - 1
    texts = [[""] * width for _ in range(height)]
    padding = _find_padding(filled)
    for cell, pieces in filled.items():
        text = _write_cell(pieces, right=cell.area.x1 - padding)
        for row in range(cell.row, cell.row_end):
            for column in range(cell.column, cell.column_end):
                texts[row][column] = text
    rows = tuple(tuple(row) for row in texts if any(row))
    return Table(
        area=grid.area,
        columns=grid.xs,
        rows=rows,
        head=rows[:_HEAD],
        open_top=grid.open_top,
        open_bottom=grid.open_bottom,
        size=median(piece.size for pieces in filled.values() for piece in pieces),
    )


def _find_padding(filled: dict[Cell, list[Piece]]) -> float:
    lefts = [min(piece.x0 for piece in pieces) - cell.area.x0 for cell, pieces in filled.items() if pieces]
    return max(1.0, min(lefts, default=1.0))


def _write_cell(pieces: Sequence[Piece], *, right: float) -> str:
    """Write a cell on one line: wrapped lines joined; a space where a line was ended on purpose."""
    lines: list[tuple[str, Piece]] = []
    for piece in pieces:
        if lines and not piece.vertical and abs(piece.bottom - lines[-1][1].bottom) < 0.3 * piece.size:
            lines[-1] = (join_pieces([replace(lines[-1][1], text=lines[-1][0]), piece]), piece)
        else:
            lines.append((piece.text, piece))
    text = lines[0][0] if lines else ""
    for (_, before), (after, piece) in pairwise(lines):
        room = (right - before.x1) / before.size
        ended = not piece.vertical and room > measure_unit(after) + 1.0
        marked = LIST_MARK.match(after) and (_SENTENCE_END.search(text) or LIST_MARK.match(lines[0][0]))
        text = f"{text} {after}" if ended or marked else join_text(text, after)
    return text
