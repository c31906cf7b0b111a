"""A table of cities and what each does with its neighbours: city, initiative, partners, description.

In: such a table with real cells, or as text whose cells a converter ran together (`wrapped_tables`); the columns are
known by the words of the header row, in any order. Out: one initiative per row. Header rows, page titles and page
numbers are left out wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from indexer.lines.bullets import BULLETS
from indexer.lines.headings import join_wrapped
from indexer.lines.titles import title_from_text
from indexer.lines.wrapped_lines import split_paragraphs
from indexer.normalize import fold
from indexer.records import Document, Draft, Line
from indexer.tables.cell_costs import NEVER, Role, is_place, share_of_names, text_cost
from indexer.tables.table_rows import read_cell_rows
from indexer.tables.wrapped_tables import read_table

_WORK = "(?:事務|事業|取組み?|取り組み|施策|事例|項目|案件)"
_MEMBERS = "(?:市区?町村?|市|自治体|団体|機関)"
_HEADER: tuple[tuple[Role, str], ...] = (
    ("region", f"(?:(?:指定|政令|政令指定|中核|特例|中心)?(?:都市|市)|{_MEMBERS}|地方公共団体|都?道?府県)名?称?"),
    (
        "partners",
        f"(?:連携|協力|共同|提携|相手)(?:する|している|の)?(?:相手方?|相手先|先|方|{_MEMBERS})(?:名|等)*|相手方",
    ),
    ("partners", f"(?:構成|関係|参加){_MEMBERS}(?:名|等)*"),
    ("title", f"(?:連携|共同|広域|特徴的な?)?(?:する|の)?{_WORK}(?:の?名称?|等)*|名称|件名|テーマ"),
    ("body", f"(?:具体的な?|主な|連携|{_WORK})*の?(?:内容|概要|説明|詳細)等?"),
    (
        "started",
        "(?:事業|連携|協定)?(?:開始|実施|締結|設置|設立)(?:時期|年月日?|年度|年|日)|(?:実施)?(?:時期|期間|年度)",
    ),
    ("field", "(?:政策|連携|行政|事業)?の?(?:分野|区分|類型)"),
    ("number", r"no\.?|番号|項番|通番|#"),
    ("other", r"備考|(?:担当|所管)(?:部署|課|部局|窓口)?|根拠(?:法令?)?|(?:連携|事務)?の?(?:手法|形態|方式)"),
)
_PAGE_NUMBER = re.compile(r"[-\s(]*(?:p\.?|page)?\s*\d{1,3}(?:\s*/\s*\d{1,3})?\s*(?:ページ|頁)?[-\s)]*", re.IGNORECASE)
_LABEL = re.compile(
    r"[(\[【]?(?:別紙|別添|別表|(?:参考)?資料)[\s-]*\d[\d-]*[)\]】]?"  # what the page is in a bundle
    r"|[(\[]?(?:単位[\s:].*|\S{2,9}年\S{1,6}(?:現在|時点))[)\]]?"
    r"|(?:[(<\[【■◆●○◎]|\d+[.)\s])\s*(?:(?:政令)?指定都市|政令市|中核市|(?:施行時)?特例市|一般市|その他の市|町村|\w{1,7}地方)[)>\]】]?"
)
_DASH = re.compile(r"[-－―‐–—]*")  # nothing to say in this column
_SENTENCE_END = re.compile(r"[。)）】]$")


@dataclass(frozen=True, slots=True)
class _Header:
    """A header row: the roles of its columns, its span of lines [first, last], whether the reader saw cells."""

    roles: tuple[Role, ...]
    first: int
    last: int
    celled: bool


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands under header rows of the same columns, furniture taken out, one sequence of lines for each page."""

    header: _Header
    pages: list[list[Line]]


def match(document: Document) -> float:
    """Tell by the header row, and in a text without cells by rows that begin with a city."""
    return 0.9 if any(_has_rows(section) for section in _find_sections(document)) else 0.0


def split(document: Document) -> list[Draft]:
    """Cut the table into one initiative per row."""
    drafts: list[Draft] = []
    for section in _find_sections(document):
        drafts += _read_cells(section) if section.header.celled else _read_wrapped(section)
    return drafts


def _has_rows(section: _Section) -> bool:
    lines = (line for page in section.pages for line in page if not line.blank)
    if section.header.celled:
        return any(line.cells for line in lines)
    return any(is_place(word) for line in lines for word in line.text.split()[:1])


def _find_sections(document: Document) -> list[_Section]:
    lines = document.lines
    headers = list(_find_headers(lines))
    titles = _page_titles(document, headers)
    sections: list[_Section] = []
    for number, header in enumerate(headers, 1):
        end = headers[number].first if number < len(headers) else len(lines)
        below = lines[header.last + 1 : end]
        numbered = "number" in header.roles
        page = [line for place, line in enumerate(below) if not _is_furniture(below, place, numbered=numbered)]
        if header.celled and document.reader != "text":  # text after the table is none of its broken cells
            page = list(takewhile(lambda line: line.cells or line.blank, page))
        page = _drop_title(page, titles) if end < len(lines) else page
        header = replace(header, celled=header.celled and any(line.cells for line in page))
        before = sections[-1].header if sections else None
        if before and (before.roles, before.celled) == (header.roles, header.celled):
            sections[-1].pages.append(page)
        else:
            sections.append(_Section(header, [page]))
    return sections


def _find_headers(lines: Sequence[Line]) -> Iterator[_Header]:
    """Find the header rows; a converter may have put each word on a line of its own."""
    roles: list[Role] = []
    first = last = 0
    for place, line in enumerate(lines):
        if line.blank:
            continue
        found = _header_roles(line)
        if not found or set(found) & set(roles) - {"other"}:
            if _is_header(roles):
                yield _Header(tuple(roles), first, last, celled=bool(lines[first].cells))
            roles = []
        if found:
            first = first if roles else place
            last = place
            roles += found
    if _is_header(roles):
        yield _Header(tuple(roles), first, last, celled=bool(lines[first].cells))


def _is_header(roles: Sequence[Role]) -> bool:
    return {"region", "title"} <= set(roles) and bool({"partners", "body"} & set(roles))


def _header_roles(line: Line) -> list[Role]:
    """Give the roles of the columns that a line names, none where it says anything else."""
    if line.cells:
        roles: list[Role] = [_header_role(cell) or "other" for cell in line.cells]
        return roles if _is_header(roles) else []
    named = [_header_role(word) for word in line.text.split()]
    return [role for role in named if role] if all(named) else []


def _header_role(word: str) -> Role | None:
    word = re.sub(r"\([^()]*\)|[\s※*:]", "", fold(word)).casefold()
    return next((role for role, pattern in _HEADER if re.fullmatch(pattern, word)), None)


def _is_furniture(page: Sequence[Line], place: int, *, numbered: bool) -> bool:
    """Whether a line is a page number, a date, a label of the page or of a kind of cities (rows may be `numbered`)."""
    if page[place].cells or page[place].blank:
        return False
    text = fold(page[place].text).strip()
    if _PAGE_NUMBER.fullmatch(text) and not text.isdigit():
        return True
    # Without a sign of its own the line may also be what a line break left of a cell, or the number of a row.
    apart = any(not 0 <= near < len(page) or page[near].blank for near in (place - 1, place + 1))
    return apart and bool(_LABEL.fullmatch(text) or (text.isdigit() and not numbered))


def _page_titles(document: Document, headers: Sequence[_Header]) -> list[str]:
    """Give what the title of a page may say: the document's title, and all that stands before the first header row."""
    before = document.lines[: headers[0].first] if headers else ()
    return [key for key in map(_title_key, (document.source.title or "", *(line.text for line in before))) if key]


def _title_key(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def _drop_title(page: Sequence[Line], titles: Sequence[str]) -> list[Line]:
    """Drop the next page's title, which stands before its header row, from the end of a page."""
    filled = [place for place, line in enumerate(page) if not line.blank]
    while len(filled) > 1:
        line, before = page[filled[-1]], page[filled[-2]]
        key = _title_key(line.text)
        known = key in titles or (len(key) > 5 and any(key in title or title in key for title in titles))
        if not known and not (filled[-1] - filled[-2] > 1 and _stands_apart(line, before)):
            break
        filled.pop()
    return list(page[: filled[-1] + 1]) if filled else []


def _stands_apart(line: Line, before: Line) -> bool:
    """Whether a line is neither what the row before it still wants nor a sentence, list item or partner of it."""
    text = line.text.strip()
    return (
        not line.cells
        and bool(_SENTENCE_END.search(before.text.strip()))
        and text[-1] != "。"
        and text[0] not in BULLETS
        and share_of_names(text) < 1
    )


def _read_wrapped(section: _Section) -> Iterator[Draft]:
    lines = [line for page in section.pages for line in page]
    roles = section.header.roles
    table = read_table([[line.text for line in page] for page in section.pages], roles=roles)
    region = None
    for row in table.rows:
        cells = {roles[column]: pieces for column, pieces in row.cells.items()}
        widths = {roles[column]: width for column, width in table.widths.items()}
        region = join_wrapped(cells["region"]) if "region" in cells else region
        yield _make_draft(cells, region, lines[row.first : row.last + 1], body_width=widths.get("body"))


def _read_cells(section: _Section) -> Iterator[Draft]:
    roles = section.header.roles
    region = None
    for page in section.pages:
        for row in read_cell_rows(page, columns=len(roles)):
            texts = row.cells
            if roles[0] == "region" and region and not texts[-1] and text_cost(texts[0] or region, "region") >= NEVER:
                texts = ("", *texts[:-1])  # a merged city cell that left no cell in the rows below
            cells = {role: tuple(text.split("\n")) for role, text in zip(roles, texts, strict=False) if text}
            region = join_wrapped(cells["region"]) if "region" in cells else region
            if {"title", "body"} & set(cells):
                yield _make_draft(cells, region, row.lines)


def _make_draft(
    cells: Mapping[Role, tuple[str, ...]], region: str | None, lines: Sequence[Line], *, body_width: float | None = None
) -> Draft:
    texts = {role: text for role, pieces in cells.items() if not _DASH.fullmatch(text := join_wrapped(pieces))}
    body = "\n".join(split_paragraphs(cells.get("body", ()), width=body_width))
    return Draft(
        kind="initiative",
        title=texts.get("title") or title_from_text(body),
        untitled="title" not in texts,
        lines=tuple(line for line in lines if not line.blank),
        body=body,
        region=re.sub(r"\s", "", region) if region else None,
        partners=texts.get("partners"),
        policy_field=texts.get("field"),
        started=texts.get("started"),
    )
