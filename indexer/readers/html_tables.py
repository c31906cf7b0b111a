"""Tables of web pages as rows of cells, with cells that span rows or columns repeated in each place they fill."""

from __future__ import annotations

from bs4.element import NavigableString, PreformattedString, Tag

_WIDEST = 60  # columns; a page may ask for more, no document has them
_PARTS = ("p", "div", "ul", "ol", "dl", "hr", "center", "section")
_FEW_PARTS = 4  # a cell with as many is a page, not a value
_BREAKS = {"br", "p", "div", "li", "ul", "ol", "dt", "dd"}


def is_data_table(table: Tag) -> bool:
    """Tell a table of data from other elements and from a table that only arranges a page.

    The latter has one column or row, headings or tables inside, or one cell of paragraphs that holds most of its text.
    """
    if (
        table.name != "table"
        or table.get("role") in ("presentation", "none")
        or table.find(("table", "h1", "h2", "h3", "h4", "h5", "h6"))
    ):
        return False
    rows = [_cells_of(row) for row in table.find_all("tr")]
    if len(rows) < 2 or not any(len(row) > 1 for row in rows):
        return False
    lengths = {id(cell): len(_text_of(cell)) for row in rows for cell in row}
    heaviest = max((cell for row in rows for cell in row), key=lambda cell: lengths[id(cell)])
    holds_most = lengths[id(heaviest)] * 4 > sum(lengths.values()) * 3
    return not (holds_most and len(heaviest.find_all(_PARTS, limit=_FEW_PARTS)) == _FEW_PARTS)


def read_rows(table: Tag) -> list[tuple[NavigableString | None, int, tuple[str, ...]]]:
    """Read a table's rows: the first string of the row, the line of its tag, the texts of its cells from left to right.

    All rows are as wide as the widest; rows without any text are left out.
    """
    rows = table.find_all("tr")
    grid: list[dict[int, str]] = [{} for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in _cells_of(row):
            while x in grid[y]:
                x += 1
            text = _text_of(cell)
            height, width = _span(cell, "rowspan", len(rows) - y), _span(cell, "colspan", max(1, _WIDEST - x))
            for below in range(y, y + height):
                for column in range(x, x + width):
                    grid[below].setdefault(column, text)
            x += width
    columns = max((max(filled, default=-1) for filled in grid), default=-1) + 1
    found = []
    for row, filled in zip(rows, grid, strict=True):
        cells = tuple(filled.get(column, "") for column in range(columns))
        if any(cells):
            first = next((string for string in row.strings if string.strip()), None)
            found.append((first, row.sourceline or 1, cells))
    return found


def _cells_of(row: Tag) -> list[Tag]:
    # A cell or row without an end tag holds the ones that follow it: the nearest row counts.
    return [cell for cell in row.find_all(("td", "th")) if cell.find_parent("tr") is row]


def _text_of(cell: Tag) -> str:
    text = ""
    for element in cell.descendants:
        if isinstance(element, Tag):
            text += " " if element.name in _BREAKS else ""
        elif not isinstance(element, PreformattedString) and element.find_parent(("td", "th")) is cell:
            text += str(element)
    return " ".join(text.split())


def _span(cell: Tag, name: str, most: int) -> int:
    value = str(cell.get(name, "1")).strip()
    if name == "rowspan" and value == "0":  # to the end of the table
        return most
    # A number of ten digits is a mistake, and more than a table needs.
    return min(max(1, int(value)), most) if value.isascii() and value.isdigit() and len(value) < 10 else 1
