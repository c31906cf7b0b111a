"""The tables in a prefecture's report on 連携協約: lines in, tables out with what stands around them.

A table is known by the words of its header row alone; numbers of headings, the order of the tables and of their columns
change from one prefecture and year to the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from indexer.lines.numbering import parse_number
from indexer.normalize import fold
from indexer.records import Document, Line
from indexer.tables.cell_costs import Role
from indexer.tables.check_lists import begins_item, read_check_heading
from indexer.tables.table_rows import CellRow, read_cell_rows
from indexer.tables.wrapped_tables import read_table

Kind = Literal["agreements", "check_list", "features"]

_COLUMNS: tuple[tuple[Role, str], ...] = (
    ("mark", "連携中枢都市圏(?:の?該当|か否か)?"),
    ("area", "名称|(?:連携中枢都市|定住自立|都市)?圏域?の?名称?"),
    ("partners", "(?:協約)?(?:締結|構成|連携|関係)(?:団体|市町村?|自治体)名?等?|団体名"),
    ("started", "(?:協約|協定)?の?締結(?:年月日?|時期|日)"),
    ("number", r"(?:締結)?(?:件数|数)|no\.?|番号"),
    ("field", "(?:政策|連携|取組|行政|施策)の?分野名?|分野"),
    ("title", "(?:取組|事業)の?名称?"),
    (
        "body",
        "(?:具体的な?|特徴的な?|主な|連携|取組み?|取り組み|事業)*の?(?:内容|概要)|(?:具体的|特徴的)な?(?:取組み?|取り組み)",
    ),
    ("other", r"備考|都道?府?県名?|(?:中心|連携中枢都)市名?|担当課?"),
)
_NOTE = re.compile(r"[※*]|[(（]?注")
_DATE = re.compile(r"[(（]?(?:\D{1,2}(?:\d+|元)|\d{4})年\d+月\S*(?:現在|時点)[)）]?")
_YEAR = re.compile(r"(?:\D{1,2}(?:\d{1,2}|元)|\d{4})[年.]\s*\d")  # what stands behind a number of agreements
_ENCLOSED = re.compile(r"[【〔［\[《〈<].+[】〕］\]》〉>]")


@dataclass(frozen=True, slots=True)
class Section:
    """A table: its header, the roles of its columns, the lines above since the table before, its own, and its notes.

    A check list has no roles; `check_lists` reads its lines.
    """

    kind: Kind
    header: Line
    roles: tuple[Role, ...]
    above: tuple[Line, ...]
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]

    @property
    def heading(self) -> tuple[Line, ...]:
        """The nearest heading above with the lines between it and the table (empty where nothing stands above)."""
        places = range(len(self.above))
        headings = [place for place in places if is_heading(self.above[place])]
        headings = headings or [place for place in places if not is_date(self.above[place])]
        return self.above[headings[-1] :] if headings else ()

    def rows(self) -> list[CellRow]:
        """Read the rows of a table that is no check list, one cell for each column."""
        if self.header.cells:
            return read_cell_rows(self.lines, columns=len(self.roles))
        rows = read_table([[line.text for line in self.lines]], roles=self.roles).rows
        return [
            CellRow(
                tuple("\n".join(row.cells.get(column, ())) for column in range(len(self.roles))),
                tuple(line for line in self.lines[row.first : row.last + 1] if not line.blank),
            )
            for row in rows
        ]


@dataclass(slots=True)
class _Open:
    """A table whose end is not yet found; `broken`: the text may have broken its cells over lines."""

    kind: Kind
    header: Line
    roles: tuple[Role, ...]
    above: tuple[Line, ...]
    broken: bool
    lines: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)

    def takes(self, line: Line, *, after_blank: bool) -> bool:
        """Whether a line that is not blank is part of the table: a row, or the rest of a broken cell."""
        if is_note(line) or is_date(line):
            return False
        if line.cells or (self.kind == "check_list" and begins_item(line.text)):
            return True
        if not self.broken or is_heading(line):
            return False
        return not after_blank or (self.kind != "check_list" and not self.header.cells)


def find_sections(document: Document) -> list[Section]:
    """Find the tables of the three kinds, in order; lines of other tables are left out."""
    lines = document.lines
    opened: list[_Open] = []
    above: list[Line] = []
    inside = False
    for place, line in enumerate(lines):
        if found := _read_header(line):
            opened.append(_Open(found[0], line, found[1], tuple(above), broken=document.reader == "text"))
            above, inside = [], True
        elif inside and (line.blank or opened[-1].takes(line, after_blank=lines[place - 1].blank)):
            opened[-1].lines.append(line)
        elif inside and is_note(line):
            opened[-1].notes.append(line)
        elif not line.blank:
            inside = False
            above.append(line)
    return [
        Section(table.kind, table.header, table.roles, table.above, tuple(table.lines), tuple(table.notes))
        for table in opened
    ]


def is_note(line: Line) -> bool:
    """Whether the line is a note under a table."""
    return bool(_NOTE.match(line.text.strip()))


def is_date(line: Line) -> bool:
    """Whether the line only says as of when the table holds."""
    return bool(_DATE.fullmatch(re.sub(r"\s", "", fold(line.text))))


def is_heading(line: Line) -> bool:
    """Whether the line is marked as a heading, enclosed, or begins with a number or mark, and is no sentence or date."""
    text = line.text.strip()
    if is_date(line) or text.endswith("。"):
        return False
    numbered = parse_number(text)
    return line.heading > 0 or bool(_ENCLOSED.fullmatch(text)) or bool(numbered and not _YEAR.match(numbered.rest))


def _read_header(line: Line) -> tuple[Kind, tuple[Role, ...]] | None:
    """Tell the kind of table that a line begins, with the roles of its columns."""
    if read_check_heading(line):
        return "check_list", ()
    words = line.cells or re.sub(r"\([^()]*\)", " ", fold(line.text)).split()
    named = [_column_role(word) for word in words]
    roles: tuple[Role, ...] = tuple(role or "other" for role in named)
    if not line.cells and None in named:
        return None
    if {"area", "partners"} <= set(roles) and {"started", "number", "mark"} & set(roles):
        return "agreements", roles
    if {"area", "field", "body"} <= set(roles):
        return "features", roles
    return None


def _column_role(word: str) -> Role | None:
    word = re.sub(r"\([^()]*\)|[\s※*・:]", "", fold(word)).casefold()
    return next((role for role, pattern in _COLUMNS if re.fullmatch(pattern, word)), None)
