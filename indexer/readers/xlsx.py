"""Excel workbooks: bytes in, one line per row out, in the order of the sheets.

Cells hold what the sheet shows, formulas the value that was saved with them; nothing is calculated, no macro or link
followed. Merged cells are filled: a merged cell stands in each row and column that it covers, but once in a row that
holds nothing else (a title, the heading of a group). Hidden sheets, rows and columns are left out.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from indexer.readers.table_lines import Row, clean_cell, write_rows
from indexer.readers.xlsx_cells import write_cell
from indexer.readers.zip_guard import EXCEL, check_package, report_damage
from indexer.records import Document, Line, SourceFile

MAX_ROWS = 1_048_576  # Excel's own limit, which a damaged file may exceed
MAX_COLUMNS = 256  # no table that people read is wider; what stands further right is not read
_UNNAMED = re.compile(r"(?:Sheet|Worksheet|Table|Feuil|シート|ワークシート|ｼｰﾄ)?\s*[0-9０-９]*", re.IGNORECASE)


@dataclass(slots=True)
class _Shape:
    """The last row and column with anything in them, what is hidden, and the merged cells.

    `merged` gives these by their first row: (first column, last row, last column).
    """

    last_row: int = 0
    last_column: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)


def read(source: SourceFile) -> Document:
    """Read a workbook: a `Line` per row, its number that of the row in the sheet.

    Where several sheets hold something, `page` is the place of the sheet among those that can be seen, from 1, and the
    name of each sheet stands before its rows as a heading, unless it is one that Excel gave (Sheet1). Raises
    `UnreadableError` for what is no workbook, is protected or damaged, or breaks the limits of `zip_guard`.
    """
    check_package(source.content, EXCEL)
    with report_damage(EXCEL), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it will not write back
        sheets = list(_read_sheets(source.content))
    if len(sheets) < 2:
        lines = [replace(line, page=None) for _, rows in sheets for line in rows]
    else:
        lines = [line for name, rows in sheets for line in (*_write_name(name, rows[0]), *rows)]
    return Document(source=source, reader="xlsx", lines=tuple(lines))


def _write_name(name: str, first: Line) -> Iterator[Line]:
    if not _UNNAMED.fullmatch(name) and name != first.text:
        yield Line(number=first.number, text=name, page=first.page, heading=1)


def _read_sheets(content: bytes) -> Iterator[tuple[str, list[Line]]]:
    """Give the name and the lines of each sheet that can be seen and holds something."""
    reader = ExcelReader(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read()
    paths = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
    visible = [name for name in reader.wb.sheetnames if reader.wb[name].sheet_state == "visible"]
    for place, name in enumerate(visible, 1):
        sheet = reader.wb[name]
        if not isinstance(sheet, ReadOnlyWorksheet):  # a chart on a sheet of its own
            continue
        lines = list(write_rows(list(_read_rows(sheet, _read_shape(reader.archive, paths[name]), page=place))))
        if lines:
            yield name.strip(), lines


def _read_shape(archive: zipfile.ZipFile, path: str) -> _Shape:
    """Read what openpyxl tells only of sheets that it loads whole, which a damaged sheet can make endless."""
    shape = _Shape()
    row = column = 0
    rows: Element | None = None
    with archive.open(path) as part:
        # The limits of zip_guard hold, expat refuses entities that blow up and fetches none.
        for event, element in iterparse(part, events=("start", "end")):  # noqa: S314
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                if tag == "row":
                    row, column = int(element.get("r", row + 1)), 0
                    if _is_hidden(element):
                        shape.hidden_rows.add(row)
                elif tag == "sheetData":
                    rows = element
            elif tag == "c":
                letters = element.get("r", "").rstrip("0123456789")
                column = column_index_from_string(letters) if letters else column + 1
                if len(element) and row <= MAX_ROWS:
                    shape.last_row = max(shape.last_row, row)
                    shape.last_column = max(shape.last_column, min(column, MAX_COLUMNS))
            elif tag == "row":
                if rows is not None:  # a row outside of the data is damage; openpyxl decides what to make of it
                    rows.clear()
            else:
                _read_property(tag, element, shape)
    return shape


def _read_property(tag: str, element: Element, shape: _Shape) -> None:
    if tag == "col" and _is_hidden(element):
        first, last = int(element.get("min", 1)), int(element.get("max", 1))
        shape.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
    elif tag == "mergeCell":
        left, top, right, bottom = (bound or 1 for bound in range_boundaries(element.get("ref", "")))
        shape.merged.setdefault(top, []).append((left, bottom, min(right, shape.last_column)))


def _is_hidden(element: Element) -> bool:
    return element.get("hidden", "0") in ("1", "true")


def _read_rows(sheet: Any, shape: _Shape, *, page: int) -> Iterator[Row]:
    """Give the rows of a `ReadOnlyWorksheet` that can be seen, merged cells filled.

    A row that only goes on with cells from above is left out.
    """
    if not shape.last_row:
        return
    sheet.reset_dimensions()  # what a sheet states of its size is often wrong
    epoch = sheet.parent.epoch
    covered: dict[int, tuple[int, str]] = {}  # column → last row and text of the merged cell there
    blank: tuple[Any, ...] | None = None
    for number, cells in enumerate(sheet.iter_rows(max_row=shape.last_row, max_col=shape.last_column), 1):
        if cells is blank and not covered:  # openpyxl fills gaps, of up to a million rows, with one and the same row
            continue
        own = {
            column: text
            for column, cell in enumerate(cells, 1)
            if cell.value is not None and (text := clean_cell(write_cell(cell, epoch=epoch)))
        }
        blank = blank if own else cells
        covered = {column: (last, text) for column, (last, text) in covered.items() if last >= number}
        texts = {column: text for column, (_, text) in covered.items() if text} | own
        alone = len(texts) == 1
        for left, last, right in shape.merged.get(number, ()):
            text = own.get(left, "")
            covered |= dict.fromkeys(range(left, right + 1), (last, text))
            texts |= {} if alone else dict.fromkeys(range(left, right + 1), text) | own
        if number not in shape.hidden_rows and (own or not texts):
            width = max(texts, default=0)
            seen = (column for column in range(1, width + 1) if column not in shape.hidden_columns)
            yield Row(number, tuple(texts.get(column, "") for column in seen), page)
