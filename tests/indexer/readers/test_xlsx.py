"""Workbooks: the one of `office/` against its golden lines, small ones for single matters, random ones."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers import xlsx
from indexer.readers.table_lines import clean_cell
from indexer.records import Document, Line, SourceFile

OFFICE = Path(__file__).parent / "office"
_PARTS = {"sheet": "xl/worksheets/sheet1.xml", "styles": "xl/styles.xml"}


def _read(content: bytes) -> Document:
    return xlsx.read(SourceFile(path=Path("表.xlsx"), name="表.xlsx", content=content, sha256=""))


def _read_book(book: openpyxl.Workbook, **edits: Callable[[str], str]) -> tuple[Line, ...]:
    """Read a workbook as saved, its parts edited before (`sheet`, `styles`)."""
    changes = {_PARTS[part]: change for part, change in edits.items()}
    buffer = io.BytesIO()
    book.save(buffer)
    edited = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(name, changes[name](content) if name in changes else content)
    return _read(edited.getvalue()).lines


def _make_book(*rows: list[object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def test_workbook_gives_its_golden_lines() -> None:
    """Sheets in order with their names, merged cells, dates and saved values as shown; hidden things are left out."""
    golden = json.loads((OFFICE / "areas.lines.json").read_text(encoding="utf-8"))
    document = _read((OFFICE / "areas.xlsx").read_bytes())
    expected = []
    for line in golden:
        cells = tuple(line.pop("cells", ()))
        expected.append(Line(cells=cells, **{"text": "\t".join(cells), **line}))
    assert document.reader == "xlsx"
    assert list(document.lines) == expected


def test_single_sheet_has_no_page_and_no_name() -> None:
    """Where only one sheet holds anything, rows alone say where a line stands."""
    book = _make_book(["市町", "事業名"])
    book.active.title = "一覧"
    book.create_sheet("空き")
    assert _read_book(book) == (Line(number=1, text="市町\t事業名", cells=("市町", "事業名")),)


def test_row_that_only_goes_on_with_merged_cells_is_no_row_of_its_own() -> None:
    """Rows of double height, made by merging two rows in every column, come once."""
    book = _make_book(["市町", "事業名"], ["南浜市", "図書館"], [], ["東川町", "バス"])
    for cells in ("A2:A3", "B2:B3"):
        book.active.merge_cells(cells)
    assert [line.cells for line in _read_book(book)] == [("市町", "事業名"), ("南浜市", "図書館"), ("東川町", "バス")]


def test_cell_merged_over_the_table_stands_once() -> None:
    """The heading of a group, merged over all columns, stands in the first; beside other text it fills its columns."""
    book = _make_book(["市町", "開始", "終了"], ["福祉分野"], ["南浜市", "未定"])
    book.active.merge_cells("A2:C2")
    book.active.merge_cells("B3:C3")
    assert [line.cells for line in _read_book(book)[1:]] == [("福祉分野", "", ""), ("南浜市", "未定", "未定")]


def test_errors_and_formulas_without_a_saved_value_are_empty() -> None:
    """Nothing is calculated: a formula gives what was saved with it, an error gives nothing."""
    book = _make_book(["一", "二", "三"], ["=1+1", "=2+2", "=1/0"])

    def save_values(sheet: str) -> str:
        sheet = sheet.replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>").replace(
            "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>"
        )
        return sheet.replace('r="C2"', 'r="C2" t="e"').replace("<f>1/0</f><v></v>", "<f>1/0</f><v>#DIV/0!</v>")

    assert _read_book(book, sheet=save_values)[1].cells == ("2", "", "")


@pytest.mark.parametrize(
    ("format_id", "shown"),
    [(31, "2024年4月1日"), (55, "2024年4月"), (58, "2024年4月1日"), (57, "2024年4月1日"), (0, "45383")],
)
def test_formats_that_japanese_excel_stores_by_number_are_dates(format_id: int, shown: str) -> None:
    """Excel stores its Japanese dates with the number of the format alone; they are dates, not numbers of days."""
    book = _make_book(["開始", "人数"], [45383, 3])
    book.active["A2"].number_format = "mm-dd-yy"

    def renumber(styles: str) -> str:
        assert 'numFmtId="14"' in styles
        return styles.replace('numFmtId="14"', f'numFmtId="{format_id}"')

    assert _read_book(book, styles=renumber)[1].cells == (shown, "3")


def test_values_of_all_kinds_are_text() -> None:
    """Truth values, durations and days beyond the calendar are written, too."""
    book = _make_book(["可否", "時間", "日"], [True, dt.timedelta(hours=1), 9_999_999])
    book.active["C2"].number_format = '[$-411]ggge"年度"'
    assert _read_book(book)[1].cells == ("TRUE", "1:00:00", "9999999")


def test_strings_with_readings_give_the_string() -> None:
    """Readings, which Excel stores with Japanese text that was typed in, are no text; formatted parts are joined."""
    shared = "<is><r><t>南</t></r><r><rPr><b/></rPr><t>浜市</t></r><rPh sb='0' eb='3'><t>ミナミハマシ</t></rPh></is>"

    def put_in(sheet: str) -> str:
        start, end = sheet.index("<is>"), sheet.index("</is>") + len("</is>")
        return sheet[:start] + shared + sheet[end:]

    assert _read_book(_make_book(["x", "y"]), sheet=put_in)[0].cells == ("南浜市", "y")


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.replace(
            "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        lambda sheet: sheet.replace(
            "</sheetData>", '<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData>'
        ),
        lambda sheet: sheet.replace("</sheetData>", '<row r="3"><c r="XFD3"><v>1</v></c></row></sheetData>'),
        lambda sheet: sheet.replace('<dimension ref="A1:B2"', '<dimension ref="A1"'),
    ],
    ids=["merged to the last cell", "row beyond the last", "far column", "wrong dimension"],
)
def test_sheet_that_claims_to_be_endless_is_read_at_once(change: Callable[[str], str]) -> None:
    """What a sheet claims beyond its cells, or beyond what people read, neither adds lines nor takes time."""
    lines = _read_book(_make_book(["市町", "事業名"], ["南浜市", "図書館"]), sheet=change)
    assert [line.cells[:2] for line in lines] == [("市町", "事業名"), ("南浜市", "図書館")]


CELL = st.text(st.sampled_from("市町A1 \n。=、年"), min_size=1, max_size=8).filter(lambda text: clean_cell(text) != "")


@settings(max_examples=25)
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=6)
    )
)
def test_any_table_is_read_as_it_was_written(table: list[list[str]]) -> None:
    """Every table of text comes back cell for cell, numbered by its rows."""
    book = openpyxl.Workbook()
    for y, row in enumerate(table, 1):
        for x, text in enumerate(row, 1):
            book.active.cell(y, x, text).data_type = "s"
    assert [(line.number, line.cells) for line in _read_book(book)] == [
        (number, tuple(map(clean_cell, row))) for number, row in enumerate(table, 1)
    ]
