"""Rows of tables whose cells the reader could tell apart (tabs, HTML, spreadsheets): lines in, rows out.

Text that was pasted from a document breaks long cells over lines: the pieces then have fewer tabs than the table has
columns, or stand under their column with nothing at the left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from indexer.records import Line

_ENDED = re.compile(r"[。)）\d]$")  # a sentence, a remark, a date


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row of a table: its cells, a line feed between the pieces of a broken one, and the lines it stands on."""

    cells: tuple[str, ...]
    lines: tuple[Line, ...]


def read_cell_rows(lines: Iterable[Line], *, columns: int) -> list[CellRow]:
    """Put the rows of one table together; a blank line ends a row. Short rows are filled up with empty cells."""
    rows: list[CellRow] = []
    row: CellRow | None = None
    waiting: Line | None = None  # the beginning of the next row's first cell
    every = list(lines)
    for line, following in zip_longest(every, every[1:]):
        if line.blank:
            row = waiting = None
            continue
        cells = line.cells or (line.text.strip(),)
        if row and following and _begins_next(row.cells, cells, following, columns):
            waiting = line
            continue
        joined = _join_cells(row.cells, cells, columns) if row and not waiting else None
        if row and joined:
            row = CellRow(joined, (*row.lines, line))
            rows[-1] = row
        elif line.cells:
            row = CellRow(cells, (line,))
            if waiting:
                row = CellRow((f"{waiting.text.strip()}\n{cells[0]}", *cells[1:]), (waiting, line))
                waiting = None
            rows.append(row)
    return [CellRow((*row.cells, *[""] * (columns - len(row.cells))), row.lines) for row in rows]


def _begins_next(row: tuple[str, ...], cells: tuple[str, ...], following: Line, columns: int) -> bool:
    """Whether a piece alone on its line belongs to the row below: the row above has ended, the piece is no sentence."""
    alone = len(cells) == 1 and len(row) == columns == len(following.cells)
    return alone and bool(_ENDED.search(row[-1])) and not _ENDED.search(cells[0])


def _join_cells(row: tuple[str, ...], cells: tuple[str, ...], columns: int) -> tuple[str, ...] | None:
    """Give a row with the line that continues it, or None where the line begins a row of its own."""
    if len(cells) == len(row) and not any(cells[:2]):
        return tuple("\n".join(filter(None, pair)) for pair in zip(row, cells, strict=True))
    if len(cells) == 1 or len(row) + len(cells) - 1 <= columns:
        return (*row[:-1], "\n".join(filter(None, (row[-1], cells[0]))), *cells[1:])
    return None
