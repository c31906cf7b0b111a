"""Wording: the short Japanese lines that say who, where, when and from which source.

An entry in, text out. What the source does not say is left out of a line, never filled in.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from indexer.categories import CATEGORIES, PILLARS, SHORT_LABELS
from indexer.places import municipality_of_code
from indexer.records import Entry, Kind, Pillar, Source

PRODUCT = "先行事例さがし"
KIND_LABELS: dict[Kind, str] = {"initiative": "取組", "profile": "圏域の概要", "agreement": "協約"}
NAMED_AT_MOST = 3  # municipalities or prefectures on one line; the entry page lists all
_REIWA = 2018  # 令和n年 is this plus n
JAPAN = timezone(timedelta(hours=9))


def number(value: int) -> str:
    """Write a count the way that official tables do."""
    return f"{value:,}"


def fiscal_year(year: int) -> str:
    """Write a 年度: 2025年度."""
    return f"{year}年度"


def fiscal_year_with_era(year: int) -> str:
    """Write a 年度 with its era from 令和 on, which is how the officer files it: 2025年度（令和7年度）."""
    if year <= _REIWA:
        return fiscal_year(year)
    count = year - _REIWA
    return f"{year}年度（令和{'元' if count == 1 else count}年度）"


def date_in_japan(moment: str) -> str:
    """Write the day of an ISO 8601 moment as it was in Japan: 2025年11月22日."""
    day = datetime.fromisoformat(moment).astimezone(JAPAN)
    return f"{day.year}年{day.month}月{day.day}日"


def today() -> str:
    """Write the day that it is in Japan."""
    return date_in_japan(datetime.now(UTC).isoformat())


def names(values: tuple[str, ...]) -> str:
    """Join names on one line; many are counted, not listed."""
    if len(values) <= NAMED_AT_MOST:
        return "・".join(values)
    return f"{'・'.join(values[:NAMED_AT_MOST])} ほか{len(values) - NAMED_AT_MOST}"


def category(code: str | None) -> str | None:
    """Give the official name of a category; a code that the table does not know stands for itself."""
    return None if code is None else CATEGORIES.get(code, code)


def title(entry: Entry) -> str:
    """Give the title for a table; where the document has none, say that it is the beginning of the text."""
    return f"（題名なし）{entry.title}…" if entry.untitled else entry.title


def category_in_short(code: str | None) -> str:
    """Give the name of a category for a line or a list ("" where there is none)."""
    return "" if code is None else SHORT_LABELS.get(code, code)


def municipality(code: str) -> str:
    """Give a municipality with its prefecture, so that 府中市 is one; a code that the table does not know as it is."""
    place = municipality_of_code(code)
    return f"{place.prefecture}{place.name}" if place else code


def pillar(code: Pillar | None) -> str | None:
    """Give the official name of a pillar."""
    return None if code is None else PILLARS[code]


def start_word(kind: Kind) -> str:
    """Say what happened in the start year: an initiative began, an agreement was made."""
    return "開始" if kind == "initiative" else "締結"


def where_and_when(entry: Entry) -> tuple[str, ...]:
    """Give area (or municipalities where there is none), prefectures, 年度, category and start: what is known."""
    parts = (
        entry.region or names(entry.municipalities),
        names(entry.prefectures),
        fiscal_year(entry.fiscal_year) if entry.fiscal_year else "",
        category_in_short(entry.category),
        f"{entry.start_year}年{start_word(entry.kind)}" if entry.start_year else "",
    )
    return tuple(part for part in parts if part)


def line_ranges(ranges: tuple[tuple[int, int], ...]) -> str:
    """Write line ranges: 12–18、25."""
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)


def place_in_source(source: Source) -> str:
    """Say where in its source an entry stands: p.3 / 行 12–18."""
    page = f"p.{source.page}" if source.page is not None else ""
    lines = f"行 {line_ranges(source.lines)}" if source.lines else ""
    return " / ".join(part for part in (page, lines) if part)


def source_line(source: Source) -> str:
    """Name the source on one line: 資料名　発行者　p.N / 行 a–b (the file's name where it has no title)."""
    parts = (source.title or source.file, source.publisher or "", place_in_source(source))
    return "\N{IDEOGRAPHIC SPACE}".join(part for part in parts if part)


def citation(entry: Entry) -> str:
    """Give the reference to put under a quotation: 発行者「資料名」（2025年度）p.3."""
    source = entry.source
    year = f"（{fiscal_year(entry.fiscal_year)}）" if entry.fiscal_year else ""
    page = f"p.{source.page}" if source.page is not None else ""
    return f"{source.publisher or ''}「{source.title or source.file}」{year}{page}"
