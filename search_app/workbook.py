"""The workbook: a listing in, the 先行事例調査表 as an Excel file out, ready to be printed on A4 and passed on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from indexer.records import Entry
from search_app import wording
from search_app.links import Links
from search_app.listings import COLUMNS, NUMBER, TITLE, Listing, is_formula_like, printable

_MOST_TEXT = 32_767  # UTF-16 units of one cell
_MOST_LINK = 2_000  # characters; Excel repairs away a longer one, and the sheet with it
_FONT = "游ゴシック"
_THIN = Side(style="thin", color="767676")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_NUMBER_WIDTH = 10
_LINE_HEIGHT = 14.0  # points
_MOST_HEIGHT = 409.0  # points of a row
_HEAD_LINES = 4  # of one text above the table: they are frozen, the table must have room below


def write_workbook(listing: Listing) -> bytes:
    """Write one sheet: title, what was asked, when, and the table. No cell is a formula."""
    book = Workbook()
    for style in _styles():
        book.add_named_style(style)
    sheet: Worksheet = book.active  # type: ignore[assignment]  # a new workbook has one sheet
    sheet.title = TITLE
    book.properties.title = TITLE
    book.properties.creator = wording.PRODUCT
    last = get_column_letter(len(COLUMNS) + 1)
    header = _write_head(sheet, listing, last)
    _write_header(sheet, header)
    for number, entry in enumerate(listing.entries, 1):
        _write_entry(sheet, header + number, number, entry, listing.links)
    _set_up(sheet, header=header, last=last)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _styles() -> Iterator[NamedStyle]:
    """Give the styles under the names that the program shows them by; a cell that names one is quick to write."""
    plain = Font(name=_FONT, size=10)
    bold = Font(name=_FONT, size=10, bold=True)
    middle = Alignment(vertical="center", horizontal="center", wrap_text=True)
    yield NamedStyle("題", font=Font(name=_FONT, size=16, bold=True))
    yield NamedStyle("項目名", font=bold, alignment=_WRAPPED)
    yield NamedStyle("説明", font=plain, alignment=_WRAPPED)
    fill = PatternFill("solid", fgColor="E8F1FE")
    yield NamedStyle("見出し", font=bold, fill=fill, border=_GRID, alignment=middle)
    yield NamedStyle("値", font=plain, border=_GRID, alignment=_WRAPPED)
    blue = Font(name=_FONT, size=10, color="00118F", underline="single")
    yield NamedStyle("リンク", font=blue, border=_GRID, alignment=_WRAPPED)


def _write_head(sheet: Worksheet, listing: Listing, last: str) -> int:
    """Write title and description; give the row of the table's header."""
    _put(sheet, 1, 1, TITLE, "題")
    sheet.row_dimensions[1].height = 26
    width = sum(column.width for column in COLUMNS)
    for row, (label, text) in enumerate(listing.head, 2):
        _put(sheet, row, 1, label, "項目名")
        _put(sheet, row, 2, text, "説明", linked=text == listing.url)
        sheet.merge_cells(f"B{row}:{last}{row}")
        sheet.row_dimensions[row].height = _LINE_HEIGHT * min(_count_lines(text, width), _HEAD_LINES)
    return len(listing.head) + 2


def _write_header(sheet: Worksheet, row: int) -> None:
    widths = [_NUMBER_WIDTH, *(column.width for column in COLUMNS)]
    for place, label in enumerate([NUMBER, *(column.label for column in COLUMNS)], 1):
        _put(sheet, row, place, label, "見出し")
        sheet.column_dimensions[get_column_letter(place)].width = widths[place - 1]


def _write_entry(sheet: Worksheet, row: int, number: int, entry: Entry, links: Links) -> None:
    _put(sheet, row, 1, number, "値")
    lines = 1
    for place, column in enumerate(COLUMNS, 2):
        value = column.value(entry, links)
        _put(sheet, row, place, value, "リンク" if column.linked else "値", linked=column.linked)
        if isinstance(value, str):
            lines = max(lines, _count_lines(value, column.width))
    # Not every program makes a row grow with its text.
    sheet.row_dimensions[row].height = min(_LINE_HEIGHT * lines, _MOST_HEIGHT)


def _count_lines(text: str, width: int) -> int:
    """Estimate the lines that a wrapped text takes: a full-width character is two wide, and no line is quite full."""
    units = len(text) + sum(not char.isascii() for char in text)
    return max(1, -(-units // (width - 1)))


def _put(sheet: Worksheet, row: int, place: int, value: str | int | None, style: str, *, linked: bool = False) -> None:
    """Write a cell. Text stays text: also when it begins like a formula, and after somebody has edited the cell."""
    cell = cast("Cell", sheet.cell(row, place))  # a merged one is never written to
    text = _fit(printable(value)) if isinstance(value, str) else ""
    if linked and 0 < len(text) <= _MOST_LINK:
        cell.hyperlink = text
    cell.value = value if isinstance(value, int) else text or None
    if text:
        cell.data_type = "s"
    cell.style = style
    if is_formula_like(text):
        cell.quotePrefix = True


def _fit(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _MOST_TEXT:
        return text
    return units[: 2 * (_MOST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def _set_up(sheet: Worksheet, *, header: int, last: str) -> None:
    """Freeze the header, let the table be filtered, and fit the print to the width of A4 across."""
    sheet.freeze_panes = f"A{header + 1}"
    sheet.auto_filter.ref = f"A{header}:{last}{max(sheet.max_row, header)}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_area = f"A1:{last}{sheet.max_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.75, 0.3
    footer = cast("HeaderFooterItem", sheet.oddFooter)
    footer.center.text = "&P / &N ページ"
    footer.right.text = TITLE
