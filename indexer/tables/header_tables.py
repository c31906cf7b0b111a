"""Tables with a header row of known words (事業名, 圏域名, 概要, 開始年度 …): lines in, a draft for each row out.

The words are those of tables that ministries, prefectures and cities publish; a table counts as one of these when its
header names a column of titles or of regions, and one of descriptions or a second of the known columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from indexer.lines.headings import clean_text, clean_title, find_pillar, join_wrapped
from indexer.lines.titles import title_from_text
from indexer.records import Draft, Line, Pillar
from indexer.tables.table_rows import read_cell_rows

Role = Literal["title", "region", "body", "started", "field", "partners", "number", "other"]

_COLUMNS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:No\.?|№|番号|通番|項番|連番|#)", re.I)),
    ("started", re.compile(r"(?:開始|実施|着手|締結|事業)(?:年度|年月日|年月|年|時期|期間|日)|年度|開始")),
    ("field", re.compile(r"(?:政策|施策|連携|事業|取組)?(?:分野|区分|分類|種別|カテゴリー?|テーマ|大項目|柱)")),
    ("partners", re.compile(r"(?:連携|協力|参加|関係|構成|相手|締結)(?:先|相手方?|市町村?名?|団体名?|自治体名?|機関名?|方)|相手方")),
    ("region", re.compile(r"(?:圏域|地域|自治体|団体|都市|市町村|市区町村|市町|中心市|実施主体|実施団体|主体|広域圏|連携主体)名?称?")),
    ("title", re.compile(r"(?:事業|取組|取り組み|施策|事例|プロジェクト|連携事業|連携事務|連携取組|事務|具体的?事業|件|タイトル|題)の?(?:名称?|内容名|タイトル)|件名|題名"
                         r"|事業|取組|取り組み|施策|事例|事務|連携事業|連携事務|連携事項|項目|名称|タイトル|案件")),
    ("body", re.compile(r"(?:事業|取組|取り組み|実施|具体的|連携|主な|活動|施策|事例)*の?(?:概要|内容|説明|詳細|効果|成果|実績|特徴|目的|状況|ポイント)(?:[・と及び]*(?:概要|内容|効果|成果|実績))*")),
)  # fmt: skip


def find_tables(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Find the tables with a known header: the index of the header's line and the index behind the last row."""
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        end = _find_end(lines, index) if _is_header(lines[index].cells) else 0
        if end > index + 1:
            found.append((index, end))
        index = max(end, index + 1)
    return found


def _find_end(lines: Sequence[Line], start: int) -> int:
    """Find where a table ends: at text without cells or another header; blank lines may stand between its rows."""
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.cells and _is_header(line.cells) and line.cells != lines[start].cells:
            break
        if line.cells:
            end = index + 1
        elif not line.blank and not _continues_cell(lines, index):
            break
    return end


def _continues_cell(lines: Sequence[Line], index: int) -> bool:
    # A broken cell goes on directly behind its row and before another one.
    return not lines[index - 1].blank and index + 1 < len(lines) and bool(lines[index + 1].cells)


def _is_header(cells: Sequence[str]) -> bool:
    roles = [read_role(cell) for cell in cells]
    known = {role for role in roles if role not in ("other", "number")}
    return len(known) > 1 and bool({"title", "body"} & known)


def read_role(cell: str) -> Role:
    """Tell what a column holds by the words of its header, remarks in brackets left out."""
    words = re.sub(r"[\s　※*]+|[(（\[［][^()（）\[\]［］]*[)）\]］]", "", cell)
    return next((role for role, pattern in _COLUMNS if pattern.fullmatch(words)), "other")


def read_drafts(lines: Sequence[Line], *, region: str | None, context: str) -> Iterator[Draft]:
    """Make a draft of each row of one table, its header first; `region` is for rows without a column that names one."""
    header = lines[0].cells
    roles = [read_role(cell) for cell in header]
    pillar: Pillar | None = None
    # A cell that spans rows stands in the first of them alone where the table came as text.
    above: dict[Role, str] = {"region": region or ""}
    rows = [line for line in lines[1:] if line.cells != header]  # each page repeats the header
    for row in read_cell_rows(rows, columns=len(header)):
        texts = [join_wrapped(cell.split("\n")) for cell in row.cells[: len(header)]]
        if len(header) > 2 and len(set(filter(None, texts))) == 1 and not _is_lone_title(texts, roles):
            heading = clean_title(max(texts, key=len))  # it stretches across the table
            pillar = find_pillar(heading) or pillar
            above["field"] = "" if find_pillar(heading) else heading
            continue
        cells: dict[Role, str] = {}
        for role, text in zip(roles, texts, strict=True):
            if text:
                cells.setdefault(role, text)
        above.update({role: text for role, text in cells.items() if role in ("region", "field")})
        body = _write_body(header, roles, texts)
        title = clean_title(cells.get("title", ""))
        if title or body:
            yield Draft(
                kind="initiative",
                title=title or title_from_text(cells.get("body", body)),
                untitled=not title,
                lines=row.lines,
                body=body,
                region=above["region"] or None,
                pillar=find_pillar(above.get("field", "")) or pillar,
                policy_field=above.get("field") or None,
                partners=cells.get("partners"),
                started=cells.get("started"),
                context=context,
            )


def _is_lone_title(texts: Sequence[str], roles: Sequence[Role]) -> bool:
    filled = [role for role, text in zip(roles, texts, strict=True) if text]
    return filled == ["title"] and "number" not in roles


def _write_body(header: Sequence[str], roles: Sequence[Role], texts: Sequence[str]) -> str:
    """Write the descriptions of a row, each with its column's name where there are several columns of them."""
    told = [
        (name, text)
        for name, role, text in zip(header, roles, texts, strict=True)
        if text and role in ("body", "other")
    ]
    single = sum(role == "body" for role in roles) < 2
    return "\n".join(
        text if single and read_role(name) == "body" else f"{clean_text(name)}：{text}" if name else text
        for name, text in told
    )
