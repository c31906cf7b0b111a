"""The overview: areas against categories with counts, and which documents the counts come from.

Every count is that of the search it links to: the engine is asked once per area with the filters of that search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.categories import CATEGORIES, PILLARS
from indexer.places import BLOCKS, PREFECTURES, block_of
from indexer.records import Pillar
from indexer.store import Reader
from search_app import wording
from search_app.areas import KnownArea, list_areas
from search_app.browse import Browsed, browse
from search_app.facts import LinkView, prefecture_code
from search_app.generations import per_generation
from search_app.links import Links
from search_app.pages import BoxView, build_box
from search_app.params import SearchParams
from search_app.source_coverage import DocumentView, OmissionView, list_documents, list_omissions

_HEAT = (1, 2, 4, 8)  # entries from which a cell has the next tint
_ELSEWHERE = "その他"
_INITIATIVES = SearchParams(kind=("initiative",))


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A count with the search that finds it (None: no entry, or no filter that names it) and its tint, 0 to 4."""

    count: str
    url: str | None = None
    heat: int = 0
    subtotal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A category, or the sum of a pillar; `name` is its official name."""

    label: str
    name: str
    subtotal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarColumns:
    """A pillar and its columns."""

    label: str
    columns: tuple[ColumnView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """An area and its counts in the order of the columns."""

    area: LinkView
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """The areas of a 地方."""

    label: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewView:
    """The overview. `prefectures` note the number of their entries; `unrecorded` are areas without an entry."""

    title: str
    box: BoxView
    pillars: tuple[PillarColumns, ...]
    groups: tuple[RowGroup, ...]
    totals: tuple[CellView, ...]
    heat_from: tuple[int, ...]
    prefectures: tuple[LinkView, ...]
    unrecorded: tuple[LinkView, ...]
    documents: tuple[DocumentView, ...]
    omissions: tuple[OmissionView, ...]
    summary: str
    url: str


@dataclass(frozen=True, slots=True)
class _Matrix:
    """What is counted of a whole index, and of each area that has an entry (initiatives only)."""

    whole: Browsed
    initiatives: Browsed
    areas: tuple[tuple[KnownArea, Browsed], ...]


@per_generation
def _count_matrix(reader: Reader) -> _Matrix:
    """Count once per generation: what a generation holds does not change."""
    return _Matrix(
        whole=browse(SearchParams(), reader),
        initiatives=browse(_INITIATIVES, reader),
        areas=tuple(
            (known, browse(replace(_INITIATIVES, region=known.regions), reader))
            for known in list_areas(reader)
            if known.regions
        ),
    )


def build_overview(reader: Reader, links: Links) -> OverviewView:
    """Say everything that the overview shows."""
    matrix = _count_matrix(reader)
    report = reader.report()
    documents = list_documents(report)
    return OverviewView(
        title=f"収録の全体像｜{wording.PRODUCT}",
        box=build_box(links),
        pillars=tuple(_pillar_columns(pillar) for pillar in PILLARS),
        groups=tuple(_groups(matrix.areas, links)),
        totals=tuple(_cells(matrix.initiatives, _INITIATIVES, links)),
        heat_from=_HEAT,
        prefectures=tuple(_prefectures(matrix.whole, links)),
        unrecorded=tuple(
            LinkView(label=known.name, url=links.area(known.id)) for known in list_areas(reader) if not known.regions
        ),
        documents=documents,
        omissions=list_omissions(report),
        summary=_summarise(reader, matrix.whole.counts),
        url=links.overview(),
    )


def _summarise(reader: Reader, counts: Mapping[str, Mapping[str, int]]) -> str:
    years = sorted(map(int, counts["year"]))
    span = ""
    if years:
        last = f"から{wording.fiscal_year(years[-1])}" if years[-1] != years[0] else ""
        span = f"（{wording.fiscal_year(years[0])}{last}の資料）"
    kinds = "、".join(
        f"{label}{wording.number(counts['kind'][kind])}件"
        for kind, label in wording.KIND_LABELS.items()
        if kind in counts["kind"]
    )
    total = f"資料{wording.number(reader.document_count)}点{span}から、{wording.number(reader.entry_count)}件を収録しています。"
    return f"{total}内訳は、{kinds}です。"


def _pillar_columns(pillar: Pillar) -> PillarColumns:
    codes = [code for code in CATEGORIES if code.startswith(pillar)]
    columns = [ColumnView(label=wording.category_in_short(code), name=CATEGORIES[code]) for code in codes]
    return PillarColumns(
        label=PILLARS[pillar], columns=(*columns, ColumnView(label="小計", name=PILLARS[pillar], subtotal=True))
    )


def _groups(areas: Sequence[tuple[KnownArea, Browsed]], links: Links) -> Iterator[RowGroup]:
    """Part the areas by the 地方 of their first prefecture, in JIS order."""
    parted: defaultdict[str, list[tuple[KnownArea, Browsed]]] = defaultdict(list)
    for known, found in sorted(areas, key=_place_in_order):
        parted[block_of(known.prefectures[0]) if known.prefectures else _ELSEWHERE].append((known, found))
    for block in (*BLOCKS, _ELSEWHERE):
        if block in parted:
            yield RowGroup(label=block, rows=tuple(_row(known, found, links) for known, found in parted[block]))


def _place_in_order(pair: tuple[KnownArea, Browsed]) -> tuple[int, str]:
    known = pair[0]
    return PREFECTURES.index(known.prefectures[0]) if known.prefectures else len(PREFECTURES), known.name


def _row(known: KnownArea, found: Browsed, links: Links) -> RowView:
    params = replace(_INITIATIVES, region=known.regions)
    return RowView(area=LinkView(label=known.name, url=links.area(known.id)), cells=tuple(_cells(found, params, links)))


def _cells(found: Browsed, params: SearchParams, links: Links) -> Iterator[CellView]:
    """Give the counts of a row: each pillar's categories and sum, what has no category, all."""
    counts = found.counts["category"]
    total = found.total
    for pillar in PILLARS:
        for code in (code for code in CATEGORIES if code.startswith(pillar)):
            yield _cell(counts.get(code, 0), params.with_value("category", code), links)
        yield _cell(counts.get(pillar, 0), params.with_value("category", pillar), links, subtotal=True)
        total -= counts.get(pillar, 0)
    yield CellView(count=wording.number(total), subtotal=True)
    yield _cell(found.total, params, links, subtotal=True)


def _cell(count: int, params: SearchParams, links: Links, *, subtotal: bool = False) -> CellView:
    if not count:
        return CellView(count="0", subtotal=subtotal)
    heat = 0 if subtotal else sum(count >= start for start in _HEAT)
    return CellView(count=wording.number(count), url=links.search(params), heat=heat, subtotal=subtotal)


def _prefectures(whole: Browsed, links: Links) -> Iterator[LinkView]:
    counts = whole.counts["region"]
    for name in PREFECTURES:
        note = f"{wording.number(counts.get(name, 0))}件"
        yield LinkView(label=name, url=links.place(prefecture_code(name)), note=note)
