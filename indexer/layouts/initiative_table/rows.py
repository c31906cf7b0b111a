"""Tables of initiatives: lines with cells in, the tables with what their columns hold out.

A header is known by its words (`column_roles`). It may take two or three rows, the upper ones naming groups of columns
(取組 over 名称 and 内容), and stands anew at the top of each page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.layouts.initiative_table.groups import find_place
from indexer.lines.headings import join_wrapped
from indexer.records import Line
from indexer.tables.column_roles import NO_MARKS, YES_MARKS, Role, is_header, names_member, read_role, read_roles
from indexer.tables.table_rows import read_cell_rows

_HEADER_ROWS = 3
_LONGEST_NAME = 25


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a line without cells between rows (`cells` is then empty); blank lines have no text."""

    cells: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The text of a line without cells."""
        return "" if self.cells else " ".join(line.text.strip() for line in self.lines).strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: names and roles of its columns, its span [start, end) in the document, header included, and its rows.

    `above` are the lines between the table before and this one.
    """

    names: tuple[str, ...]
    roles: tuple[Role, ...]
    start: int
    end: int
    above: tuple[Line, ...]
    rows: tuple[Row, ...]

    @property
    def headed(self) -> bool:
        """Whether the line before the table is a heading that the format marks."""
        filled = [line for line in self.above if not line.blank]
        return bool(filled and filled[-1].heading)


def find_tables(lines: Sequence[Line]) -> list[Table]:
    """Find the tables with a header of known words, in order; each goes on to the next header or the end."""
    headers = list(_find_headers(lines))
    tables: list[Table] = []
    for (start, height, names), following in zip(headers, [*headers, None][1:], strict=True):
        limit, next_names = (following[0], following[2]) if following else (len(lines), names)
        before = tables[-1] if tables else None
        between = lines[before.end if before else 0 : start]
        rows = _read_rows(lines[start + height : limit], columns=len(names))
        # What stands alone behind the last row heads the next table.
        while rows and (not rows[-1].cells or (names != next_names and len(set(rows[-1].cells) - {""}) < 2)):
            rows.pop()
        end = next(
            (place for place in range(limit, start, -1) if rows and lines[place - 1] is rows[-1].lines[-1]), start
        )
        if before and before.names == names and all(line.blank for line in between):
            tables[-1] = Table(names, before.roles, before.start, end, before.above, (*before.rows, *rows))
        elif rows:
            tables.append(Table(names, _settle_roles(names, rows), start, end, tuple(between), tuple(rows)))
    return tables


def _find_headers(lines: Sequence[Line]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Find the headers: index of the first row, count of rows, names of the columns."""
    index = 0
    while index < len(lines):
        found = _read_header(lines, index) if lines[index].cells else None
        if found:
            yield index, *found
        index += found[0] if found else 1


def _read_header(lines: Sequence[Line], index: int) -> tuple[int, tuple[str, ...]] | None:
    """Read the header that begins here: the most rows that still make one; None where none does."""
    upper = lines[index].cells
    names = [_clean_name(cell) for cell in upper]
    found = (1, tuple(names)) if is_header(names) else None
    if len(set(names) - {""}) < 2:  # the heading of a group, or of the table
        return None
    for height, line in enumerate(lines[index + 1 : index + _HEADER_ROWS], 2):
        if not _names_parts(names, upper, line.cells):
            break
        names = [_join_names(names, column, _clean_name(cell)) for column, cell in enumerate(line.cells)]
        upper = line.cells
        found = (height, tuple(names)) if is_header(names) else found
    return found


def _clean_name(cell: str) -> str:
    return join_wrapped(cell.split("\n"))


def _names_parts(names: Sequence[str], upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row names parts of the columns above: it says something new only below a name that covers several."""
    if len(upper) != len(lower) or max(map(len, lower), default=0) > _LONGEST_NAME:
        return False
    new = [column for column, cell in enumerate(lower) if cell and cell != upper[column]]
    # A single new text heads a group of rows.
    return len(new) > 1 and all(_is_covered(names, upper, column) and not lower[column].isnumeric() for column in new)


def _is_covered(names: Sequence[str], upper: Sequence[str], column: int) -> bool:
    """Whether the name above stretches over more than this column: repeated, or empty next to it."""
    if not upper[column]:
        return not names[column]
    beside = [upper[place] for place in (column - 1, column + 1) if 0 <= place < len(upper)]
    return upper[column] in beside or (column + 1 < len(upper) and not names[column + 1])


def _join_names(names: Sequence[str], column: int, lower: str) -> str:
    """Name a column by its group and its own name where both are needed to tell what it holds."""
    group = next((names[place] for place in range(column, -1, -1) if names[place]), "") if lower else names[column]
    if lower in ("", group):
        return group
    joined = f"{group} {lower}".strip()
    alone = names_member(lower) or (read_role(joined) == "other" and read_role(lower) != "other")
    return lower if alone else joined


def _read_rows(lines: Sequence[Line], *, columns: int) -> list[Row]:
    """Give the rows and the lines between them; where cells are broken over lines of a text, they are put together."""
    if any(line.cells and len(line.cells) != columns for line in lines):
        return [Row(row.cells[:columns], row.lines) for row in read_cell_rows(lines, columns=columns)]
    return [Row(line.cells, (line,)) for line in lines]


def _settle_roles(names: Sequence[str], rows: Sequence[Row]) -> tuple[Role, ...]:
    """Tell what the columns hold by their names and, where these leave it open, by their cells."""
    roles = list(read_roles(names))
    columns = [
        {row.cells[column].strip() for row in rows if row.cells} - {"", name} for column, name in enumerate(names)
    ]
    for column, (name, told) in enumerate(zip(names, columns, strict=True)):
        if names_member(name) and told & YES_MARKS and told <= YES_MARKS | NO_MARKS:
            roles[column] = "member"  # headed by a municipality, it tells where that one takes part
    if "title" in roles:
        _settle_title(roles, names, columns)
    return tuple(roles)


def _settle_title(roles: list[Role], names: Sequence[str], columns: Sequence[set[str]]) -> None:
    """Correct the column of titles where its cells are numbers, the titles beside them, or names of places."""
    title = roles.index("title")
    for column in (title - 1, title):
        if 0 <= column < len(names) - 1 and _are_numbers(columns[column]) and names[column + 1] in ("", names[column]):
            roles[column], roles[column + 1] = "number", "title"  # one name over both
    places = [place for text in columns[title] if (place := find_place("".join(text.split())))]
    if roles[title] == "title" and places and 2 * len(places) > len(columns[title]):
        roles[title] = places[0][0]  # 名称, of the area


def _are_numbers(texts: set[str]) -> bool:
    return bool(texts) and all(
        re.fullmatch(r"[(（]?[0-9０-９]+(?:[-－.．][0-9０-９]+)*[)）.．]?|[①-⑳]", text) for text in texts
    )
