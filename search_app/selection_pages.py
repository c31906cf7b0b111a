"""Selection pages: what the templates receive of chosen entries: a list to keep and send, a table to compare them in.

A Selection in, a view out, as in `pages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.records import Entry
from search_app import wording
from search_app.exports import FileLink, link_selection_files
from search_app.facts import NOT_STATED
from search_app.links import Links, web_address
from search_app.listings import summarize
from search_app.pages import BoxView, SelectionBarView, build_box, build_selection_bar
from search_app.selection import MAX_COMPARED, MIN_COMPARED, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenView:
    """A chosen entry in the list."""

    id: str
    title: str
    url: str
    kind: str
    place: tuple[str, ...]
    summary: str
    source: str


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of the comparison: text, with the link behind it where there is one."""

    text: str
    url: str | None = None
    stated: bool = True


@dataclass(frozen=True, slots=True)
class RowView:
    """A field of the entries, one cell for each entry."""

    label: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionView:
    """The list or the comparison of chosen entries. `rows` are empty on the list; `list_url` is the permalink."""

    title: str
    heading: str
    box: BoxView
    status: str
    unknown: tuple[str, ...]
    hits: tuple[ChosenView, ...]
    rows: tuple[RowView, ...]
    files: tuple[FileLink, ...]
    permalink: str
    list_url: str
    compare_url: str | None
    selection_bar: SelectionBarView
    search_url: str


def build_selection_view(selection: Selection, links: Links, permanent: Links) -> SelectionView:
    """Say everything that the list of chosen entries shows; `permanent` makes whole addresses."""
    return _build("選んだ事例", selection, links, permalink=permanent.selection(selection.ids), rows=())


def build_comparison_view(selection: Selection, links: Links, permanent: Links) -> SelectionView:
    """Say everything that the comparison shows: the fields of the entries as rows."""
    rows = tuple(_rows(selection.entries, links))
    return _build("選んだ事例の比較", selection, links, permalink=permanent.comparison(selection.ids), rows=rows)


def _build(
    heading: str, selection: Selection, links: Links, *, permalink: str, rows: tuple[RowView, ...]
) -> SelectionView:
    ids = selection.ids
    count = f"{wording.number(len(ids))}件"
    return SelectionView(
        title=f"{heading}（{count}）｜{wording.PRODUCT}",
        heading=heading,
        box=build_box(links),
        status=count,
        unknown=selection.unknown,
        hits=tuple(_chosen(entry, links) for entry in selection.entries),
        rows=rows,
        files=link_selection_files(ids, links),
        permalink=permalink,
        list_url=links.selection(ids),
        compare_url=links.comparison(ids) if MIN_COMPARED <= len(ids) <= MAX_COMPARED else None,
        selection_bar=build_selection_bar(links),
        search_url=links.home(),
    )


def _chosen(entry: Entry, links: Links) -> ChosenView:
    return ChosenView(
        id=entry.id,
        title=entry.title,
        url=links.entry(entry.id),
        kind=wording.KIND_LABELS[entry.kind],
        place=wording.where_and_when(entry),
        summary=summarize(entry.body),
        source=wording.source_line(entry.source),
    )


def _rows(entries: tuple[Entry, ...], links: Links) -> Iterator[RowView]:
    yield RowView("事業名", tuple(CellView(wording.title(entry), links.entry(entry.id)) for entry in entries))
    for label, values in (
        ("種別", [wording.KIND_LABELS[entry.kind] for entry in entries]),
        ("圏域", [entry.region for entry in entries]),
        ("都道府県", ["、".join(entry.prefectures) for entry in entries]),
        ("市町村", ["、".join(entry.municipalities) for entry in entries]),
        ("取組の柱", [wording.pillar(entry.pillar) for entry in entries]),
        ("分野", [wording.category(entry.category) for entry in entries]),
        ("年度", [entry.fiscal_year and wording.fiscal_year_with_era(entry.fiscal_year) for entry in entries]),
        ("開始年", [entry.start_year and f"{entry.start_year}年" for entry in entries]),
        ("概要", [summarize(entry.body) for entry in entries]),
        ("資料名・頁", [wording.source_line(entry.source) for entry in entries]),
    ):
        yield RowView(label, tuple(CellView(text) if text else CellView(NOT_STATED, stated=False) for text in values))
    urls = [web_address(entry.source.url) for entry in entries]
    if any(urls):
        yield RowView(
            "公式の資料", tuple(CellView(url, url) if url else CellView(NOT_STATED, stated=False) for url in urls)
        )
