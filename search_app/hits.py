"""Hits as the template receives them, in any of the views: a list, rows of a table, words in their context.

A Hit in, a HitView out, as in `pages`.
"""

from __future__ import annotations

from dataclasses import dataclass

from search_app import wording
from search_app.highlight import Context
from search_app.links import Links, shorten_link
from search_app.params import SearchParams
from search_app.search import Hit, Segment
from search_app.understood_pages import WhyView, explain_hit


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One entry found. `place` is who, where and when in parts, for one line; `who` to `started` the same for cells.

    `context` is there in the view that shows words in their context, where a word stands in the text.
    """

    id: str
    title: tuple[Segment, ...]
    url: str
    kind: str
    place: tuple[str, ...]
    snippet: tuple[Segment, ...]
    source: str
    who: str
    prefectures: str
    category: str
    year: str
    started: str
    context: Context | None
    why: WhyView | None


def build_hit(hit: Hit, params: SearchParams, links: Links) -> HitView:
    """Say everything that a result shows of one entry."""
    entry = hit.entry
    return HitView(
        id=entry.id,
        title=hit.title,
        url=shorten_link(links.entry(entry.id, params)),
        kind=wording.KIND_LABELS[entry.kind],
        place=wording.where_and_when(entry),
        snippet=hit.snippet,
        source=wording.source_line(entry.source),
        who=entry.region or wording.names(entry.municipalities),
        prefectures=wording.names(entry.prefectures),
        category=wording.category_in_short(entry.category),
        year=str(entry.fiscal_year or ""),
        started=str(entry.start_year or ""),
        context=hit.context,
        why=explain_hit(hit.explanation) if hit.explanation and hit.explanation.reasons else None,
    )
