"""The home page: what the template receives before anything was asked: what is in here, and ways into it.

An index in, a view out, as in `pages`. Every count is that of the link that it stands at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.engine.base import Everything
from indexer.places import BLOCKS
from indexer.records import Entry
from indexer.store import Reader
from search_app import wording
from search_app.counts import count_hits
from search_app.facets import FacetView, view_facets
from search_app.generations import per_generation
from search_app.links import Links
from search_app.pages import BoxView, build_box
from search_app.params import KINDS, SearchParams
from search_app.tile_map import TileView, build_tiles

# What officers ask about most: a label, and the words that it stands for.
TOPICS: tuple[tuple[str, str], ...] = (
    ("保育・子育て", "保育 OR 子育て"),
    ("福祉・介護", "福祉 OR 介護"),
    ("医療・救急", "医療 OR 救急"),
    ("消防・防災", "消防 OR 防災"),
    ("公共交通", "公共交通"),
    ("移住・定住", "移住 OR 定住"),
    ("観光", "観光"),
    ("産業・創業", "産業 OR 創業"),
    ("農林水産", "農業 OR 林業 OR 水産 OR 地産地消"),
    ("図書館", "図書館"),
    ("文化・スポーツ", "文化 OR スポーツ"),
    ("公共施設", "公共施設"),
    ("ごみ・環境", "ごみ OR 環境"),
    ("水道・下水道", "水道 OR 下水道"),
    ("DX・ICT", "DX OR ICT"),
    ("人材育成・研修", "人材育成 OR 職員研修"),
)
_NEWEST = 5  # documents that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLink:
    """A way into the index with the count of hits behind it; no `url` where there is nothing behind it."""

    label: str
    count: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document; `url` is the page of its first entry."""

    title: str
    facts: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page."""

    title: str
    box: BoxView
    all_url: str
    help_url: str
    topics: tuple[CountLink, ...]
    regions: tuple[CountLink, ...]
    tiles: tuple[TileView, ...]
    kinds: tuple[CountLink, ...]
    years: tuple[CountLink, ...]
    documents: tuple[NewDocument, ...]


def build_home_view(reader: Reader, links: Links) -> HomeView:
    """Say everything that the home page shows. A topic that the index knows nothing about is not offered."""
    topics = (_count(label, SearchParams(q=words), reader, links) for label, words in TOPICS)
    years = sorted(reader.facet_values("year"), reverse=True)
    return HomeView(
        title=f"{wording.PRODUCT}｜自治体連携の取組の検索",
        box=build_box(links),
        all_url=links.search(SearchParams()),
        help_url=links.help(),
        topics=_with_hits(topics),
        regions=tuple(_count(block, SearchParams(region=(block,)), reader, links) for block in BLOCKS),
        tiles=_build_map(reader, links),
        kinds=_with_hits(
            _count(wording.KIND_LABELS[kind], SearchParams(kind=(kind,)), reader, links) for kind in KINDS
        ),
        years=_with_hits(
            _count(wording.fiscal_year(int(year)), SearchParams(year=(year,)), reader, links) for year in years
        ),
        documents=tuple(_describe(entry, count, links) for entry, count in _newest_documents(reader)),
    )


@per_generation
def _count_regions(reader: Reader) -> FacetView:
    everything = SearchParams()
    result = reader.search(Everything(), filters={}, order="newest", offset=0, limit=0)
    return next(facet for facet in view_facets(everything, result.counts, reader) if facet.name == "region")


def _build_map(reader: Reader, links: Links) -> tuple[TileView, ...]:
    return build_tiles(_count_regions(reader), SearchParams(), links)


def _count(label: str, params: SearchParams, reader: Reader, links: Links) -> CountLink:
    count = count_hits(params, reader)
    return CountLink(label=label, count=wording.number(count), url=links.search(params) if count else None)


def _with_hits(counted: Iterable[CountLink]) -> tuple[CountLink, ...]:
    return tuple(link for link in counted if link.url)


@per_generation
def _newest_documents(reader: Reader) -> tuple[tuple[Entry, int], ...]:
    """Give the documents of the latest 年度, of one 年度 in the order of the corpus; read once per generation."""
    documents = sorted(reader.documents(), key=lambda document: document[0].fiscal_year or 0, reverse=True)
    return tuple(documents[:_NEWEST])


def _describe(first: Entry, count: int, links: Links) -> NewDocument:
    source = first.source
    facts = (
        source.publisher or "",
        wording.fiscal_year_with_era(first.fiscal_year) if first.fiscal_year else "",
        f"{wording.number(count)}件",
    )
    return NewDocument(
        title=source.title or source.file, facts=tuple(fact for fact in facts if fact), url=links.entry(first.id)
    )
