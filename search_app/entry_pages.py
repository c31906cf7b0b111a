"""Entry pages: what the template receives of one entry: its text as the source lays it out, and where that stands.

An EntryPage in, a view out. Beside a category and a year stand the words that decided them, and where those are
written, so that nobody has to believe either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.places import municipality_called
from indexer.records import Entry, Source
from search_app import wording
from search_app.blocks import BlockView, split_blocks
from search_app.browse import SameArea
from search_app.facts import FactView, LinkView, link_prefectures, state
from search_app.linked_data import describe_entry
from search_app.links import Links, web_address
from search_app.pages import BoxView, build_box
from search_app.params import SearchParams
from search_app.search import EntryPage, Segment
from search_app.similar import Similar


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourView:
    """The entry before or after this one in its document."""

    direction: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAreaView:
    """The area of the entry: its page, and some other entries of it."""

    area: LinkView
    titles: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarView:
    """An entry of another area like this one: where and when, and the words in common."""

    title: str
    url: str
    place: tuple[str, ...]
    common: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """The entry page. `back_url` leads to the search that the reader came from, or to all entries.

    `permanent_url` is whole, to be copied; `linked_data` describes the entry in the words of schema.org.
    """

    title: str
    heading: tuple[Segment, ...]
    subtitle: str | None
    untitled: bool
    kind: str
    place: tuple[str, ...]
    box: BoxView
    blocks: tuple[BlockView, ...]
    facts: tuple[FactView, ...]
    source: tuple[FactView, ...]
    source_url: str | None
    citation: str
    neighbours: tuple[NeighbourView, ...]
    same_area: SameAreaView | None
    similar: tuple[SimilarView, ...]
    back_url: str
    back_label: str
    url: str
    permanent_url: str
    json_url: str
    linked_data: dict[str, object]


def build_entry_view(
    page: EntryPage,
    links: Links,
    permanent: Links,
    *,
    params: SearchParams | None = None,
    same_area: SameArea | None = None,
    similar: Sequence[Similar] = (),
) -> EntryView:
    """Say everything that the entry page shows; `params` is the search that led here, if one did.

    `permanent` makes whole addresses, for what is copied or read elsewhere.
    """
    entry = page.entry
    return EntryView(
        title=f"{entry.title}｜{wording.PRODUCT}",
        heading=page.title,
        subtitle=entry.subtitle,
        untitled=entry.untitled,
        kind=wording.KIND_LABELS[entry.kind],
        place=wording.where_and_when(entry),
        box=build_box(links, params),
        blocks=tuple(split_blocks(page.body)),
        facts=tuple(_facts(entry, links, same_area)),
        source=tuple(_source_facts(entry.source)),
        source_url=web_address(entry.source.url),
        citation=wording.citation(entry),
        neighbours=tuple(_neighbours(page, links, params)),
        same_area=_same_area(same_area, links) if same_area else None,
        similar=tuple(_similar(each, links) for each in similar if each.elsewhere),
        back_url=links.search(params or SearchParams()),
        back_label="検索結果に戻る" if params else "すべての事例を見る",
        url=links.entry(entry.id),
        permanent_url=permanent.entry(entry.id),
        json_url=links.api_entry(entry.id),
        linked_data=describe_entry(entry, permanent),
    )


def _facts(entry: Entry, links: Links, same_area: SameArea | None) -> Iterator[FactView]:
    year = entry.fiscal_year
    area_url = links.area(same_area.area.id) if same_area else None
    yield state("圏域", (LinkView(label=entry.region, url=area_url),) if entry.region else None)
    yield state("都道府県", link_prefectures(entry.prefectures, links))
    yield state("市町村", _municipalities(entry, links))
    yield state("種別", wording.KIND_LABELS[entry.kind])
    if entry.kind == "initiative":  # an area or an agreement covers every field
        yield from _policy_facts(entry, links)
    years = LinkView(label=wording.fiscal_year_with_era(year), url=_search(links, year=str(year))) if year else None
    yield state("年度", (years,) if years else None)
    yield state(
        f"{wording.start_word(entry.kind)}年",
        f"{entry.start_year}年" if entry.start_year else None,
        evidence=(_locate(entry.start_evidence, entry, "表の欄や見出し"),) if entry.start_evidence else (),
    )


def _policy_facts(entry: Entry, links: Links) -> Iterator[FactView]:
    code = entry.category
    yield state("取組の柱", wording.pillar(entry.pillar))
    label = f"{wording.category(code)}（{code}）"
    yield state(
        "分野",
        (LinkView(label=label, url=_search(links, category=code)),) if code else None,
        evidence=tuple(_locate(word, entry, "資料の分野名") for word in entry.category_evidence),
        missing="分類なし",
    )


def _search(links: Links, *, year: str = "", category: str = "") -> str:
    return links.search(SearchParams(year=(year,) if year else (), category=(category,) if category else ()))


def _municipalities(entry: Entry, links: Links) -> Iterator[LinkView]:
    """Give the municipalities; a name that several of the entry's prefectures have leads to no page."""
    for name in entry.municipalities:
        place = municipality_called(name, entry.prefectures)
        yield LinkView(label=name, url=links.place(place.code) if place else None)


def _locate(words: str, entry: Entry, elsewhere: str) -> LinkView:
    """Say where the words of an evidence are written; `elsewhere` is the part of the document beside title and text."""
    parts = (("題名", "" if entry.untitled else entry.title), ("副題", entry.subtitle or ""), ("本文", entry.body))
    places = [name for name, text in parts if words in text]
    return LinkView(label=words, note="・".join(places) or elsewhere)


def _source_facts(source: Source) -> Iterator[FactView]:
    yield state("資料名", source.title)
    yield state("発行者", source.publisher)
    if source.page is not None:  # a web page or a text file has none
        yield state("ページ", str(source.page))
    yield state("行", wording.line_ranges(source.lines))
    yield state("ファイル", source.file)
    yield state("ハッシュ値", f"SHA-256 {source.sha256}")


def _same_area(same: SameArea, links: Links) -> SameAreaView:
    return SameAreaView(
        area=LinkView(label=same.area.name, url=links.area(same.area.id), note=f"取組{wording.number(same.total)}件"),
        titles=tuple(LinkView(label=entry.title, url=links.entry(entry.id)) for entry in same.entries),
    )


def _similar(similar: Similar, links: Links) -> SimilarView:
    entry = similar.entry
    place = (entry.region or wording.names(entry.municipalities), wording.names(entry.prefectures))
    year = wording.fiscal_year(entry.fiscal_year) if entry.fiscal_year else ""
    return SimilarView(
        title=entry.title,
        url=links.entry(entry.id),
        place=tuple(part for part in (*place, year) if part),
        common="、".join(similar.words),
    )


def _neighbours(page: EntryPage, links: Links, params: SearchParams | None) -> Iterator[NeighbourView]:
    for direction, entry in (("前の事例", page.previous), ("次の事例", page.next)):
        if entry:
            yield NeighbourView(direction=direction, title=entry.title, url=links.entry(entry.id, params))
