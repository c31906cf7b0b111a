"""Layouts: how a kind of document is built, one module each.

A layout module offers `match(document) -> float` (0: not mine, 1: certainly mine) and `split(document) -> list[Draft]`
(in document order). `LAYOUTS` is the whole list; the best score wins, `generic` takes what no other wants. Layouts
never import each other; words of headings, bullets and titles that they share live in `headings.py`.
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

__all__ = ["LAYOUTS", "Layout", "choose_layout"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of document: its name, how sure it is of a document (0-1), and how it cuts one into drafts."""

    name: str
    match: Callable[[Document], float]
    split: Callable[[Document], list[Draft]]


LAYOUTS: tuple[Layout, ...] = (
    Layout("area_chapters", area_chapters.match, area_chapters.split),
    Layout("city_table", city_table.match, city_table.split),
    Layout("prefecture_tables", prefecture_tables.match, prefecture_tables.split),
    Layout("meeting_report", meeting_report.match, meeting_report.split),
    Layout("web_page", web_page.match, web_page.split),
    Layout("initiative_table", initiative_table.match, initiative_table.split),
    Layout("generic", generic.match, generic.split),
)


def choose_layout(document: Document) -> tuple[Layout, float]:
    """Choose the layout that is surest of the document, the earlier in the list at a tie, with its score."""
    scored = [(layout.match(document), -place, layout) for place, layout in enumerate(LAYOUTS)]
    score, _, layout = max(scored, key=lambda each: each[:2])
    return layout, score
