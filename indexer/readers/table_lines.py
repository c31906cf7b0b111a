"""Rows of a sheet or table → lines: what spreadsheets, CSV files and tables of Word documents have in common.

A title above a table is a row with one filled cell; it comes out as plain text, so that only the rows of tables have
cells. Columns that are empty everywhere at the left or right are cut; the rows of a table stay equally wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Line


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the format has it: its number and page in the file, the texts of its cells from the first column on."""

    number: int
    cells: tuple[str, ...]
    page: int | None = None


def write_rows(rows: Sequence[Row]) -> Iterator[Line]:
    """Write rows as lines; a run of blank rows makes one blank line, none at the beginning or end.

    Rows with one filled cell are plain text until, behind a blank row or at the beginning, a row with more of them
    begins a table; inside a table they have cells like all others (groups, notes, cells that go on).
    """
    left = min((_first_filled(row.cells) for row in rows if any(row.cells)), default=0)
    right = max((_last_filled(row.cells) for row in rows), default=0)
    blank: Row | None = None
    in_table = written = False
    for row in rows:
        if not any(row.cells):
            blank, in_table = blank or row, False
            continue
        if blank and written:
            yield Line(number=blank.number, text="", page=blank.page)
        blank, written = None, True
        cells = (*row.cells[left:right], *[""] * (right - max(left, len(row.cells))))
        in_table = in_table or sum(map(bool, cells)) > 1
        if in_table:
            yield Line(number=row.number, text="\t".join(cells), page=row.page, cells=cells)
        else:
            for text in filter(None, map(str.strip, "".join(cells).split("\n"))):
                yield Line(number=row.number, text=text, page=row.page)


def clean_cell(text: str) -> str:
    """Clean the text of a cell: no white space around its lines, no empty lines, tabs as spaces."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _first_filled(cells: Sequence[str]) -> int:
    return next(column for column, cell in enumerate(cells) if cell)


def _last_filled(cells: Sequence[str]) -> int:
    return next((column + 1 for column in range(len(cells) - 1, -1, -1) if cells[column]), 0)
