"""Listings: entries to be taken away, with what a file must say of them once it lies apart from the service.

A search or a selection in; columns of text, a head and remarks out. How they become bytes is told in `exports`,
`workbook` and `feed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.records import Entry
from search_app import wording
from search_app.facets import FACETS, label_range, label_value
from search_app.links import Links, web_address
from search_app.params import RANGE_NAMES, SearchParams
from search_app.search import Export
from search_app.selection import Selection

TITLE = "先行事例調査表"
LIMIT = 5_000  # entries of one file: more than anyone reads, little enough to write while somebody waits
_SUMMARY = 200  # characters
_SOURCE_REMARK = (
    "資料名が「…の要約」のものは、公式の資料を要約した文です。引用するときは原資料を確かめてください。"
    "URLは公式の資料のもの、それが分からないときは「先行事例さがし」の事例のページのものです。"
)
# A full stop, unless a bracket closes behind it: the sentence around the bracket goes on.
_SENTENCE_END = re.compile("[。！？](?![」』）)])")
# What makes a spreadsheet program take a text for a formula (OWASP), also as Japanese keyboards type it.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
# What XML 1.0 cannot hold, lone surrogates included: a file with one of these does not open.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Entries in order, and where they come from: what was asked, when, from which index, at which address.

    `links` makes whole addresses: what is read elsewhere must lead back. `remarks` say what is not in here.
    """

    asked: str
    filters: str
    entries: tuple[Entry, ...]
    total: int
    unknown: tuple[str, ...]
    made_on: str
    built_on: str
    url: str
    links: Links

    @property
    def count(self) -> str:
        """How many there are: 12件, or which part this is."""
        if len(self.entries) == self.total:
            return f"{wording.number(self.total)}件"
        return f"{wording.number(self.total)}件のうち先頭の{wording.number(len(self.entries))}件"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader would miss without knowing it; nothing where all is here."""
        remarks = []
        if len(self.entries) < self.total:
            remarks.append(
                f"{self.count}だけを書き出しました（一度に書き出せるのは{wording.number(LIMIT)}件まで）。"
                "全件が要るときは、条件で絞り込んで分けてください。"
            )
        if self.unknown:
            remarks.append(f"次の番号の事例は、いまの索引にありません: {'、'.join(self.unknown)}")
        return tuple(remarks)

    @property
    def head(self) -> tuple[tuple[str, str], ...]:
        """Pairs of label and text to stand above the table."""
        filters = (("絞り込み", self.filters),) if self.filters else ()
        return (
            ("検索", self.asked),
            *filters,
            ("件数", f"{self.count}　作成日 {self.made_on}（索引の作成日 {self.built_on}）"),
            ("URL", self.url),
            ("注", "".join((*self.remarks, _SOURCE_REMARK))),
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its label, its width in characters, its value (None: not stated); whether that is a link."""

    label: str
    width: int
    value: Callable[[Entry, Links], str | int | None]
    linked: bool = False


def list_search(export: Export, links: Links, *, made_on: str, built_on: str) -> Listing:
    """Describe what a search found; dates as they are to be read (2025年11月22日)."""
    params = export.params
    return Listing(
        asked=describe_search(params, export.interpretation),
        filters="　".join(describe_filters(params)),
        entries=export.entries,
        total=export.total,
        unknown=(),
        made_on=made_on,
        built_on=built_on,
        url=links.search(params.on_page(1)),
        links=links,
    )


def list_selection(selection: Selection, links: Links, *, made_on: str, built_on: str) -> Listing:
    """Describe chosen entries."""
    return Listing(
        asked="検索結果から選んだ事例",
        filters="",
        entries=selection.entries,
        total=len(selection.entries),
        unknown=selection.unknown,
        made_on=made_on,
        built_on=built_on,
        url=links.selection(selection.ids),
        links=links,
    )


def describe_search(params: SearchParams, interpretation: str) -> str:
    """Say in a sentence what was asked: the words as they were typed, and how they were understood."""
    return f"「{params.q}」で検索。{interpretation}" if params.q else interpretation


def describe_filters(params: SearchParams) -> Iterator[str]:
    """Name the filters, facet by facet: 地域: 近畿地方、兵庫県."""
    for facet in FACETS:
        labels = [label_value(facet.name, value) for value in params.values(facet.name)]
        if facet.name in RANGE_NAMES and params.range_of(facet.name) != (None, None):
            labels.append(label_range(facet.name, params.range_of(facet.name)))
        if labels:
            yield f"{facet.label}: {'、'.join(labels)}"
    if params.municipality:
        yield f"市町村: {'、'.join(map(wording.municipality, params.municipality))}"


def summarize(body: str) -> str:
    """Give the first sentences of a text, up to 200 characters, on one line; 「…」 says that it goes on."""
    text = " ".join(body.split())
    if len(text) <= _SUMMARY:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, _SUMMARY + 1) if match.end() <= _SUMMARY]
    return text[: ends[-1] if ends else _SUMMARY].rstrip() + "…"


def printable(text: str) -> str:
    """Leave out the characters that no file format holds (control characters, lone surrogates)."""
    return _UNPRINTABLE.sub("", text)


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet program may take the text for a formula when it opens or edits it."""
    return text.startswith(_FORMULA_STARTS)


def source_url(entry: Entry, links: Links) -> str:
    """Give the address of the official document; of the entry's page where that is not known."""
    return web_address(entry.source.url) or links.entry(entry.id)


COLUMNS: tuple[Column, ...] = (
    Column("圏域", 14, lambda entry, _: entry.region),
    Column("都道府県", 10, lambda entry, _: "、".join(entry.prefectures)),
    Column("市町村", 16, lambda entry, _: "、".join(entry.municipalities)),
    Column("分野", 16, lambda entry, _: wording.category(entry.category)),
    Column("事業名", 24, lambda entry, _: wording.title(entry)),
    Column("概要", 56, lambda entry, _: summarize(entry.body)),
    Column("年度", 7, lambda entry, _: entry.fiscal_year),
    Column("開始年", 7, lambda entry, _: entry.start_year),
    Column("資料名・頁", 26, lambda entry, _: wording.source_line(entry.source)),
    Column("URL", 30, source_url, linked=True),
)
NUMBER = "番号"  # of the row, before the other columns
