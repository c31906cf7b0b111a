"""Layouts: how a kind of document is built, one module or package each.

A layout offers `match(document) -> float` (0: not mine, 1: certainly mine) and `split(document) -> list[Draft]`
(in document order). `LAYOUTS` is the whole list; the best score wins, `generic` takes what no other wants. What lies in
a layout's package belongs to it alone, and layouts never import each other: what lines say they all read with
`indexer.lines`, what rows and columns say with `indexer.tables`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.layouts import (
    area_chapters,
    city_table,
    generic,
    initiative_table,
    meeting_report,
    prefecture_tables,
    web_page,
)
from indexer.records import Document, Draft

__all__ = ["LAYOUTS", "Choice", "Layout", "split_document"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of document: its name, the one it has in reports, how sure it is of a document (0-1), how it cuts one."""

    name: str
    label: str
    match: Callable[[Document], float]
    split: Callable[[Document], list[Draft]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The layout chosen for a document with its score, and the names and scores of the others, best first."""

    layout: Layout
    score: float
    others: tuple[tuple[str, float], ...]


LAYOUTS: tuple[Layout, ...] = (
    Layout("area_chapters", "圏域ごとの章", area_chapters.match, area_chapters.split),
    Layout("city_table", "市ごとの表", city_table.match, city_table.split),
    Layout("prefecture_tables", "都道府県の様式", prefecture_tables.match, prefecture_tables.split),
    Layout("meeting_report", "連携会議の資料", meeting_report.match, meeting_report.split),
    Layout("web_page", "ホームページ", web_page.match, web_page.split),
    Layout("initiative_table", "取組の一覧表", initiative_table.match, initiative_table.split),
    Layout("generic", "様式不明（見出しと段落）", generic.match, generic.split),
)


def split_document(document: Document) -> tuple[Choice, list[Draft]]:
    """Cut a document by the layout that is surest of it, the earlier in the list at a tie.

    A layout that finds no entry leaves the document to the next one that knows it: no text is lost to a wrong guess.
    """
    scored = sorted(((layout.match(document), layout) for layout in LAYOUTS), key=lambda each: -each[0])
    for score, layout in scored:
        drafts = layout.split(document) if score else []
        if drafts:
            break
    else:
        score, layout = scored[0]
    others = tuple((other.name, points) for points, other in scored if other is not layout)
    return Choice(layout, score, others), drafts
