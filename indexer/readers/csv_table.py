"""CSV files: bytes in, one line per row out, its number that of the line on which the row begins in the file."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Literal

from indexer.readers.table_lines import Row, clean_cell, write_rows
from indexer.readers.text import decode_text
from indexer.records import Document, SourceFile

_DELIMITERS = (",", "\t", ";")
_HINT = re.compile(r'"?sep=(.)"?;*,*\n')  # Excel reads the delimiter from such a first line
_SAMPLE = 200  # rows that tell the delimiter
_LONGEST_CELL = 2**31 - 1  # characters; the csv module refuses 131,073 unless told otherwise


def read(source: SourceFile) -> Document:
    """Read a CSV file of any encoding that Japanese offices use, its cells set apart by commas, tabs or semicolons.

    Line ends inside a quoted cell stay in the cell. Raises `UnreadableError` for what is not text.
    """
    text = decode_text(source.content)
    csv.field_size_limit(_LONGEST_CELL)
    hint = _HINT.match(text)
    rows = [
        Row(number, tuple(map(clean_cell, cells)))
        for number, cells in _read_rows(text, hint.group(1) if hint else _find_delimiter(text))
        if not (hint and number == 1)
    ]
    return Document(source=source, reader="csv", lines=tuple(write_rows(rows)))


def _find_delimiter(text: str) -> str:
    """Find the delimiter that cuts most rows into the same number of cells, then the one that gives more of them."""
    return max(_DELIMITERS, key=lambda delimiter: _score(text, delimiter))


def _score(text: str, delimiter: str) -> tuple[float, int]:
    widths = Counter(len(cells) for _, cells in islice(_cut(text, delimiter, csv.QUOTE_MINIMAL), _SAMPLE) if cells)
    commonest = max((width for width in widths if width > 1), key=lambda width: (widths[width], width), default=0)
    return (widths[commonest] / widths.total() if commonest else 0.0, commonest)


def _read_rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    rows = list(_cut(text, delimiter, csv.QUOTE_MINIMAL))
    # A quotation mark that is never closed swallows the rest of the file: then marks are only characters.
    if text.count('"') % 2 and rows and rows[-1][0] < text.rstrip("\n").count("\n") + 1:
        rows = [
            (number, [cell.strip('"') for cell in cells]) for number, cells in _cut(text, delimiter, csv.QUOTE_NONE)
        ]
    return rows


def _cut(text: str, delimiter: str, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    """Give the rows, each with the number of its first line."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    number = 1
    for cells in reader:
        yield number, cells
        number = reader.line_num + 1
