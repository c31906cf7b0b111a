"""CSV files as Excel, databases and people write them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.readers import csv_table
from indexer.readers.errors import UnreadableError
from indexer.readers.table_lines import clean_cell
from indexer.records import Document, SourceFile

TABLE = [
    ["市町", "事業名", "概要"],
    ["南浜市", "図書館", "本を貸す,借りる"],
    ["東川町", "バス", "1行目\n2行目"],
    ["西谷村", "橋; 道", "直す"],
]


def _read(content: bytes | str) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    return csv_table.read(SourceFile(path=Path("表.csv"), name="表.csv", content=raw, sha256=""))


def _write(table: list[list[str]], *, delimiter: str = ",", end: str = "\r\n") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(table)
    return buffer.getvalue()


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp"])
def test_every_dialect_and_encoding_gives_the_same_cells(delimiter: str, encoding: str) -> None:
    """Commas, tabs and semicolons are detected in all encodings, also where other cells contain them."""
    document = _read(_write(TABLE, delimiter=delimiter).encode(encoding))
    assert document.reader == "csv"
    assert [list(line.cells) for line in document.lines] == TABLE


def test_number_is_the_line_on_which_the_row_begins() -> None:
    """A row after a cell of two lines is numbered as a text editor numbers its first line."""
    assert [line.number for line in _read(_write(TABLE)).lines] == [1, 2, 3, 5]


def test_title_rows_and_blank_rows_are_kept_apart_from_the_table() -> None:
    """A title with trailing commas is text, and rows of commas alone are blank."""
    lines = _read("令和6年度の一覧,,\n,,\n市町,事業名,概要\n南浜市,図書館,\n").lines
    assert [(line.number, line.text, len(line.cells)) for line in lines] == [
        (1, "令和6年度の一覧", 0),
        (2, "", 0),
        (3, "市町\t事業名\t概要", 3),
        (4, "南浜市\t図書館\t", 3),
    ]


def test_delimiter_that_the_file_states_is_taken() -> None:
    """The line `sep=;`, which Excel writes, decides and is no row."""
    assert [line.cells for line in _read("sep=;\na;b,c\n1,5;2\n").lines] == [("a", "b,c"), ("1,5", "2")]


def test_quotation_mark_that_is_never_closed_does_not_swallow_the_file() -> None:
    """Behind a stray quotation mark the rows are still rows."""
    lines = _read('市,事業\n南浜市,"図書館\n東川町,バス\n西谷村,橋\n').lines
    assert [line.cells for line in lines] == [
        ("市", "事業"),
        ("南浜市", "図書館"),
        ("東川町", "バス"),
        ("西谷村", "橋"),
    ]


def test_long_cells_are_read_whole() -> None:
    """A cell of a megabyte is no error."""
    assert len(_read("a,b\n1," + "あ" * 1_000_000).lines[1].cells[1]) == 1_000_000


def test_text_without_columns_gives_plain_lines() -> None:
    """A file of one column is text, an empty one nothing."""
    assert [(line.text, line.cells) for line in _read("一\n二\n").lines] == [("一", ()), ("二", ())]
    assert _read("").lines == ()


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"\x00\x01\x02\x03", b"\xff\xd8\xff"])
def test_binary_files_are_refused(content: bytes) -> None:
    """What is no text under the name of a CSV file is unreadable."""
    with pytest.raises(UnreadableError):
        _read(content)


CELL = st.text(st.sampled_from("市町A1 ,;\t\"'\n。、年"), max_size=8).map(clean_cell)


@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=8)
    )
)
@example([["a", "b"], ['"', "\n"], ["x", "y"]])
def test_any_table_is_read_as_it_was_written(table: list[list[str]]) -> None:
    """Every table whose rows are filled comes back cell for cell, the delimiter stated or detected."""
    filled = [[f"列{column}{cell}" for column, cell in enumerate(row)] for row in table]
    wanted = [[clean_cell(cell) for cell in row] for row in filled]
    assert [list(line.cells) for line in _read("sep=,\n" + _write(filled, end="\n")).lines] == wanted
