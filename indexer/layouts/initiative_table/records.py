"""The rows of a table of initiatives → drafts, one for each initiative.

What stands between the initiatives is told from them: headings of groups, totals, notes. A cell that is empty because
it was merged with the one above, or says so (〃, 同上), holds what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.layouts.initiative_table.groups import (
    find_place,
    is_note,
    is_note_mark,
    is_total,
    looks_like_group,
    name_group,
    names_field,
)
from indexer.layouts.initiative_table.rows import Row, Table
from indexer.lines.area_names import find_area_name
from indexer.lines.headings import clean_text, clean_title, find_pillar, join_wrapped
from indexer.lines.numbering import parse_number
from indexer.lines.titles import title_from_text
from indexer.lines.wrapped_lines import ends_sentence, measure_width, split_paragraphs
from indexer.records import Draft, Line, Pillar
from indexer.tables.column_roles import YES_MARKS, Role

_DITTO = re.compile(r"[〃”\"々]|同上|上記と?同じ|同左")
_NOTHING = re.compile(r"[\s－―ー–‐-]+|(?:特に|該当)?(?:なし|無し)")
_MEMBER = re.compile(r"[^\s()（）]{1,8}[市区町村県]")
_SHORTEST_TEXT = 8  # characters; what is shorter may as well be the name of a column
_SLACK = 1.5  # full-width characters by which the full lines of a column differ
_PLACES: tuple[Role, ...] = ("prefecture", "area", "region")  # each holds until one before it changes


@dataclass(slots=True)
class _Record:
    """An initiative in the making: texts of its cells by role, what it stands under, what is told of it, its lines."""

    title: str
    cells: Mapping[Role, str]
    place: Mapping[Role, str]
    fields: Sequence[str]
    pillar: Pillar | None
    told: dict[int, list[str]]  # paragraphs by column, the column of the text first
    lines: list[Line]

    def is_part_of(self, before: _Record) -> bool:
        """Whether this row goes on with the row before: its title was merged over both, only the text differs."""
        mine = (self.title, self.place, self.fields, self.pillar)
        same = all(
            self.cells.get(role, "") in ("", before.cells.get(role, "")) for role in ("partners", "started", "number")
        )
        return bool(self.title) and mine == (before.title, before.place, before.fields, before.pillar) and same

    def extend(self, told: Mapping[int, list[str]], lines: Sequence[Line]) -> None:
        """Add what a further row tells, but for what is merged with the row before."""
        for column, paragraphs in told.items():
            known = self.told.setdefault(column, [])
            known += [paragraph for paragraph in paragraphs if paragraph not in known]
        self.lines += lines


def read_drafts(table: Table, *, region: str | None, context: str = "") -> Iterator[Draft]:
    """Make a draft of each initiative of a table; `region` is for rows where neither row nor heading names one."""
    reading = _Reading(table)
    for row in table.rows:
        reading.read(row)
    for record in reading.records:
        place = record.place
        partners = [place["region"] if "area" in place and "region" in place else "", record.cells.get("partners", "")]
        body = "\n".join(paragraph for paragraphs in record.told.values() for paragraph in paragraphs)
        yield Draft(
            kind="initiative",
            title=record.title or title_from_text(body),
            untitled=not record.title,
            lines=tuple(record.lines),
            body=body,
            region=place.get("area") or place.get("region") or place.get("prefecture") or region,
            pillar=record.pillar,
            policy_field=record.fields[-1] if record.fields else None,
            partners="、".join(filter(None, partners)) or None,
            started=record.cells.get("started"),
            # 府中市 is in two prefectures; its column or heading tells in which.
            context="\n".join(filter(None, (context, place.get("prefecture", "") + place.get("region", "")))),
        )


class _Reading:
    """Goes through the rows of one table; `records` are the initiatives found so far."""

    def __init__(self, table: Table) -> None:
        self.records: list[_Record] = []
        self._table = table
        columns = zip(*(row.cells for row in table.rows if row.cells), strict=True)
        self._widths = [_find_width(column) for column in columns]
        self._body = next((column for column, role in enumerate(table.roles) if role == "body"), None)
        self._numbered = _are_numbered(table)
        self._place: dict[Role, str] = {}
        self._fields: dict[int, str] = {}  # by column; the heading of a group stands left of them all
        self._pillar: Pillar | None = None
        self._above = [""] * len(table.names)
        self._open = False  # the next row may go on with the last initiative
        self._apart: list[str] = []  # lines without cells since the last row
        self._foreign = False  # what follows such lines is another table
        captions = ["".join(set(line.cells)) or line.text for line in table.above if len(set(line.cells) - {""}) < 2]
        captions = [text for text in captions if text.strip()]
        for text in captions:
            self._read_caption(text)
        if captions and (table.headed or looks_like_group(captions[-1]) or parse_number(captions[-1])):
            self._read_group(captions[-1])

    def read(self, row: Row) -> None:
        """Read the next row, or a line between rows."""
        if not row.cells:
            self._open = False
            if row.text:
                self._apart.append(row.text)
                self._foreign = False
            return
        texts = [
            above if _DITTO.fullmatch(cell.strip()) else cell.strip()
            for cell, above in zip(row.cells, self._above, strict=True)
        ]
        filled = [column for column, text in enumerate(texts) if text]
        self._foreign = self._foreign or bool(filled and self._apart and not self._resumes(texts))
        if not filled or self._foreign:
            return
        for text in self._apart:
            self._read_group(text)
        self._apart = []
        self._above = [text or above for text, above in zip(texts, self._above, strict=True)]
        alone = len({texts[column] for column in filled}) == 1
        if self._is_note(texts, filled, alone=alone) or self._is_total(texts, filled[0]):
            self._open = False
        elif alone and (len(filled) == 1 or len(texts) > 2):
            self._read_alone(texts, filled, row)
        else:
            self._read_initiative(texts, row)

    def _resumes(self, texts: Sequence[str]) -> bool:
        """Whether a row behind other text is one of this table's: it names and tells something, not in a word or two."""
        told = {role: text for role, text in zip(self._table.roles, texts, strict=True) if text}
        wanted = {"title", "body"} & set(self._table.roles)
        return wanted <= told.keys() and (
            len(told.get("body", "。")) >= _SHORTEST_TEXT or ends_sentence(told.get("body", "。"))
        )

    def _is_note(self, texts: Sequence[str], filled: Sequence[int], *, alone: bool) -> bool:
        first, inside = texts[filled[0]], filled[0] > 0 and self._table.roles[filled[0]] in ("body", "other")
        if not alone:
            return is_note_mark(first)
        return not inside and (is_note(first) or (first.endswith("。") and self._table.roles[filled[0]] != "body"))

    def _is_total(self, texts: Sequence[str], first: int) -> bool:
        named = [texts[first], *(text for role, text in zip(self._table.roles, texts, strict=True) if role == "title")]
        told = [text for role, text in zip(self._table.roles, texts, strict=True) if role == "body"]
        return any(map(is_total, named)) and max(map(len, told), default=0) < 15

    def _read_alone(self, texts: Sequence[str], filled: Sequence[int], row: Row) -> None:
        """Read a row with one text: it goes on with the row above, is a bare title, or heads the rows below."""
        text, role = texts[filled[0]], self._table.roles[filled[0]]
        if len(filled) > 1:  # it stretches across the table
            self._read_group(text)
        elif role == "body" or (role == "other" and filled[0] > 0):
            if self._open or "title" not in self._table.roles:
                self._read_initiative(texts, row)
        elif role == "title" and not self._heads_group(text):
            self._read_initiative(texts, row)
        elif role in _PLACES:
            self._open = False
            self._set_place(*(find_place(name_group(text)) or (role, name_group(text))))
        elif role == "field":
            self._open = False
            self._carry(texts)
        else:
            self._read_group(text)

    def _heads_group(self, text: str) -> bool:
        """Whether a title without anything beside it rather heads a group."""
        numbered = parse_number(text) is not None and not self._numbered
        return looks_like_group(text) or numbered or "number" in self._table.roles

    def _read_group(self, text: str) -> None:
        """Take a heading between rows for what holds for the rows below: a pillar, a place or a field."""
        self._open = False
        pillar, place = find_pillar(text), find_place(name_group(text))
        if pillar:
            self._pillar, self._fields = pillar, {}
        elif place:
            self._set_place(*place)
        elif names_field(text):
            self._fields = {-1: name_group(text)}

    def _read_caption(self, text: str) -> None:
        """Take from a line above the table only what is sure: a pillar, a place; its title is no field."""
        self._pillar = find_pillar(text) or self._pillar
        named = [find_place(name_group(part)) for part in (text, *text.split())]
        area = find_area_name([text])
        place = next(filter(None, named), ("area", area) if area else None)
        if place:
            self._set_place(*place)

    def _set_place(self, role: Role, text: str) -> None:
        if self._place.get(role) != text:
            for below in _PLACES[_PLACES.index(role) + 1 :]:
                self._place.pop(below, None)
        self._place[role] = text

    def _carry(self, texts: Sequence[str]) -> dict[Role, str]:
        """Give the cells of a row by role, the first filled one of each, and keep what holds for the rows below."""
        cells: dict[Role, str] = {}
        members: list[str] = []
        for column, (role, text) in enumerate(zip(self._table.roles, texts, strict=True)):
            if not text or _NOTHING.fullmatch(text):
                continue
            if role == "field" and self._fields.get(column) != (name := join_wrapped(text.split("\n"))):
                self._fields = {left: kept for left, kept in self._fields.items() if left < column} | {column: name}
            if role == "member" and text in YES_MARKS:
                members.append(self._table.names[column])
            cells.setdefault(role, _join_names(text.split("\n")))
        for role in _PLACES:
            if role in cells:
                self._set_place(role, re.sub(r"\s", "", clean_title(cells[role])))
        if members:
            cells["partners"] = "、".join((*filter(None, [cells.get("partners")]), *members))
        return cells

    def _read_initiative(self, texts: Sequence[str], row: Row) -> None:
        cells = self._carry(texts)
        title, told = self._clean_title(cells.get("title", "")), self._tell(texts)
        named = cells.keys() & {"number", "partners", "started", *_PLACES}
        if self._open and "title" in self._table.roles and not title and not named:
            self.records[-1].extend(told, row.lines)
        elif title or "body" in cells:
            fields = [name for _, name in sorted(self._fields.items())]
            pillars = [pillar for name in fields if (pillar := find_pillar(name))]
            fields = [name for name in fields if not find_pillar(name)]
            pillar = pillars[0] if pillars else self._pillar
            record = _Record(title, cells, dict(self._place), fields, pillar, told, list(row.lines))
            if self._open and record.is_part_of(self.records[-1]):
                self.records[-1].extend(told, row.lines)
            else:
                self.records.append(record)
            self._open = True

    def _clean_title(self, text: str) -> str:
        """Clean a title; its number is left out where most titles of the table have one."""
        numbered = parse_number(text) if self._numbered else None
        return clean_title(numbered.rest if numbered else text)

    def _tell(self, texts: Sequence[str]) -> dict[int, list[str]]:
        """Write what a row tells, by column: the first column of text as it is, the others with their names behind it."""
        told: dict[int, list[str]] = {}
        for column, (role, text) in enumerate(zip(self._table.roles, texts, strict=True)):
            if role not in ("body", "other") or not text or _NOTHING.fullmatch(text):
                continue
            told[column] = _split_cell(text, width=self._widths[column])
            name = clean_text(self._table.names[column]).strip("※*＊ ")
            if name and column != self._body:
                told[column][0] = f"{name}：{told[column][0]}"
        return dict(sorted(told.items(), key=lambda each: each[0] != self._body))


def _are_numbered(table: Table) -> bool:
    """Whether most titles of a table have a number before them, which then is none of their words."""
    column = table.roles.index("title") if "title" in table.roles else None
    titles = [row.cells[column] for row in table.rows if row.cells and row.cells[column]] if column is not None else []
    return 2 * sum(parse_number(title) is not None for title in titles) > len(titles)


def _find_width(cells: Sequence[str]) -> float | None:
    """Find the width at which a column breaks its lines; None where they were broken by hand, each at its own length."""
    pieces = {piece for cell in cells for piece in cell.split("\n")[:-1]}
    torn = sorted(measure_width(piece) for piece in pieces if not ends_sentence(piece))
    widest = max(map(measure_width, pieces), default=0.0)
    return widest if len(torn) > 1 and widest - torn[-2] <= _SLACK else None


def _split_cell(text: str, *, width: float | None) -> list[str]:
    """Split the text of a cell into paragraphs, lines that were broken at the column's `width` joined."""
    pieces = text.split("\n")
    return split_paragraphs(pieces, width=width) if width else list(map(clean_text, pieces))


def _join_names(pieces: Sequence[str]) -> str:
    """Join the lines of a cell, as a list where one ends and the next begins with a name of a municipality."""
    text = ""
    for piece in map(clean_text, pieces):
        before, after = re.split("[、,，・]", text)[-1], re.split("[、,，・]", piece)[0]
        listed = _MEMBER.fullmatch(before) and _MEMBER.fullmatch(after)
        text = f"{text}、{piece}" if listed else join_wrapped((text, piece))
    return text
