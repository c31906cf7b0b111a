"""The tables of one prefecture on 連携協約: agreements, a ○ check list of the official fields, 特徴的取組.

In: the tables as rows of cells, or as text whose tabs were lost (`sections` finds and reads them). Out: an
agreement per row of the first, an initiative for each text in the check list, an initiative per row of the last. The
fields are those of 連携中枢都市圏構想推進要綱; areas of 定住自立圏 have fields of their own, so their rows get no pillar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from indexer.categories import CATEGORIES, PILLARS
from indexer.layouts.prefecture_tables.sections import Section, find_sections
from indexer.lines.headings import clean_title, join_wrapped
from indexer.lines.numbering import parse_number
from indexer.lines.titles import title_from_text
from indexer.normalize import fold
from indexer.places import find_area
from indexer.records import Document, Draft, Line, Pillar
from indexer.tables.cell_costs import Role
from indexer.tables.check_lists import read_check_heading, read_items
from indexer.tables.table_rows import CellRow

_NOTHING = re.compile(r"[\s－―ー‐-]*|(?:特に|該当)?(?:なし|無し|無|有|有り|あり)|未実施|(?:検討|調整)中")
_NOT_IN_FIELD = re.compile(r"^[a-iA-C][\s.、)]|[\W_]+")
_SETTLEMENT = "定住自立圏"


def match(document: Document) -> float:
    """Tell by the tables: two kinds are sure, one of areas with agreements or fields is nearly so."""
    kinds = {section.kind for section in find_sections(document) if _is_filled(section)}
    return 0.0 if not kinds else 0.95 if len(kinds) > 1 else 0.8


def _is_filled(section: Section) -> bool:
    if section.kind == "check_list":
        return bool(read_items(section.lines))
    return any(not line.blank for line in section.lines)


def split(document: Document) -> list[Draft]:
    """Cut the tables into agreements and initiatives, in the order of the document."""
    sections = find_sections(document)
    members = _read_members(sections)
    fields = _read_fields(sections)
    sole = _find_sole_area(sections)
    drafts: list[Draft] = []
    headed: str | None = None
    for section in sections:
        if section.kind == "agreements":
            drafts += _read_agreements(section)
        elif section.kind == "features":
            drafts += _read_features(section, members, fields)
        else:
            # The lists of the three official headings follow one another under the heading of their area.
            named = [area for line in section.above if (area := _find_area(line.text, members))]
            headed = named[-1] if named else headed if not section.above else None
            drafts += _read_checked(section, members, headed or sole)
    return drafts


def _read_members(sections: Sequence[Section]) -> dict[str, str]:
    """Give the members of each area as its agreements name them."""
    members: dict[str, str] = {}
    for section in sections:
        for cells, _ in _rows_with_area(section) if section.kind == "agreements" else ():
            named = [members.get(cells["area"], ""), cells.get("partners", "")]
            members[cells["area"]] = "、".join(filter(None, named))
    return members


def _find_sole_area(sections: Sequence[Section]) -> str | None:
    """Find the one 連携中枢都市圏 of the document: of its agreements, else of its 特徴的取組; None where it has several."""
    rows = [(section.kind, cells) for section in sections if section.roles for cells, _ in _rows_with_area(section)]
    agreed = [cells for kind, cells in rows if kind == "agreements"]
    hubs = [cells for cells in agreed if "mark" in cells] or agreed or [cells for _, cells in rows]
    areas = {cells["area"] for cells in hubs if _SETTLEMENT not in cells["area"]}
    return areas.pop() if len(areas) == 1 else None


def _rows_with_area(section: Section) -> Iterator[tuple[dict[Role, str], CellRow]]:
    """Give the rows as texts by role; the area's name has no white space, and holds for rows below that have none."""
    area = ""
    for row in section.rows():
        cells: dict[Role, str] = {}
        for role, cell in zip(section.roles, row.cells, strict=False):
            if cell:
                cells.setdefault(role, join_wrapped(cell.split("\n")))
        area = re.sub(r"\s", "", cells.get("area", area))
        if area and not _NOTHING.fullmatch(area) and len(cells) > 1:
            yield {**cells, "area": area}, row


def _read_agreements(section: Section) -> Iterator[Draft]:
    rows = list(_rows_with_area(section))
    title = _name_section(section.heading)
    for cells, row in rows:
        # The only row stands for the whole table: heading, header and notes say nothing of anything else.
        around = ((*section.heading, section.header), section.notes) if len(rows) == 1 else ((), ())
        yield Draft(
            kind="agreement",
            title=title or cells["area"],
            untitled=not title,
            lines=(*around[0], *row.lines, *around[1]),
            body=_write_cells(section, row),
            region=cells["area"],
            partners=cells.get("partners"),
            started=cells.get("started"),
        )


def _name_section(heading: Sequence[Line]) -> str:
    if not heading:
        return ""
    numbered = parse_number(heading[0].text)
    title = clean_title(numbered.rest if numbered else heading[0].text)
    return re.sub(r"[(（][^()（）]*(?:現在|時点)[)）]$", "", title)


def _write_cells(section: Section, row: CellRow) -> str:
    """Write what a row says of its area, with the names of its columns where the reader saw them apart."""
    texts: list[str] = []
    for name, role, cell in zip_longest(section.header.cells, section.roles, row.cells, fillvalue=""):
        if cell and role not in ("area", "mark"):
            name = re.sub(r"[(（].*?[)）]|[\s※]", "", name)
            text = join_wrapped(cell.split("\n"))
            texts.append(f"{name}：{text}" if name else text)
    return "\n".join(texts)


def _read_checked(section: Section, members: Mapping[str, str], listed: str | None) -> Iterator[Draft]:
    """Make an initiative of each text that a check list has beside its marks; `listed`: whose list it is."""
    pillar = read_check_heading(section.header)
    areas = [_find_column_area(name, members) for name in section.header.cells[1:]]
    for item in read_items(section.lines):
        for column, text in enumerate(item.texts):
            if _NOTHING.fullmatch(text):
                continue
            area = (areas[column] if column < len(areas) else None) or listed
            yield Draft(
                kind="initiative",
                title=title_from_text(text),
                untitled=True,
                lines=item.lines,
                body=text,
                region=area,
                pillar=pillar,
                policy_field=CATEGORIES.get(f"{pillar}-{item.code}", item.name),
                context=members.get(area or "", ""),
            )


def _find_area(text: str, members: Mapping[str, str]) -> str | None:
    """Find the area that a heading or a column's name says: one of the document's agreements, or a known one."""
    bare = re.sub(r"\s", "", text)
    for area in sorted(members, key=len, reverse=True):
        if area in bare:
            return area
    numbered = parse_number(text)
    name = re.sub(r"\s", "", clean_title(numbered.rest if numbered else text))
    return name if find_area(name) else None


def _find_column_area(name: str, members: Mapping[str, str]) -> str | None:
    """Find the area that heads a column, where a part of its name will do: 岡山 for 岡山連携中枢都市圏."""
    bare = re.sub(r"\s", "", name)
    alike = [area for area in members if bare and bare in area]
    return _find_area(name, members) or (alike[0] if len(alike) == 1 else None)


def _read_features(section: Section, members: Mapping[str, str], fields: Mapping[str, Pillar]) -> Iterator[Draft]:
    heading = "".join(line.text for line in section.heading)
    for cells, row in _rows_with_area(section):
        text = cells.get("body", "")
        if _NOTHING.fullmatch(text):
            continue
        area = cells["area"]
        settled = _SETTLEMENT in area or (_SETTLEMENT in heading and area not in members)
        field = cells.get("field")
        yield Draft(
            kind="initiative",
            title=cells.get("title") or title_from_text(text),
            untitled="title" not in cells,
            lines=row.lines,
            body=text,
            region=area,
            pillar=None if settled or not field else _find_field_pillar(field, fields),
            policy_field=field,
            partners=cells.get("partners"),
            context=members.get(area, ""),
        )


def _read_fields(sections: Sequence[Section]) -> dict[str, Pillar]:
    """Give the pillar of each field by name: the official ones, and those of the document's own check lists."""
    fields = {_field_key(CATEGORIES[code]): pillar for code in CATEGORIES for pillar in PILLARS if code[0] == pillar}
    for section in sections:
        pillar = read_check_heading(section.header) if section.kind == "check_list" else None
        if pillar:
            fields = {_field_key(item.name): pillar for item in read_items(section.lines)} | fields
    return {key: pillar for key, pillar in fields.items() if key}


def _field_key(name: str) -> str:
    return _NOT_IN_FIELD.sub("", fold(name).strip()).removeprefix("その他")


def _find_field_pillar(field: str, fields: Mapping[str, Pillar]) -> Pillar | None:
    """Find the pillar of a field by its name, or by a part of it where all fields with that part agree."""
    key = _field_key(field)
    if key in fields:
        return fields[key]
    alike = {pillar for name, pillar in fields.items() if key and (name in key or key in name)}
    return alike.pop() if len(alike) == 1 else None
