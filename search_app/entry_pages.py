"""Entry pages: what the template receives of one entry: its text as the source lays it out, and where that stands.

An EntryPage in, a view out. A fact that the source does not state is shown as not stated, so that nobody takes a gap
for a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from indexer.bullets import BULLETS
from indexer.records import Entry, Source
from search_app import wording
from search_app.links import Links, web_address
from search_app.pages import BoxView, build_box
from search_app.params import SearchParams
from search_app.search import EntryPage, Segment

NOT_STATED = "資料に記載なし"
_BLOCK_NAME = 12  # characters of a line that names the list below it (実績, 今後の方針)

TextLine = tuple[Segment, ...]
BlockKind = Literal["paragraph", "list", "name"]


@dataclass(frozen=True, slots=True)
class BlockView:
    """Lines that stand together: paragraphs, a list, or the name of the list that follows."""

    kind: BlockKind
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A line of the description list. `evidence` are the source's words behind it; `link` a way on from the value."""

    term: str
    value: str
    stated: bool = True
    evidence: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourView:
    """The entry before or after this one in its document."""

    direction: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """The entry page. `back_url` leads to the search that the reader came from, or to all entries."""

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
    back_url: str
    back_label: str
    url: str
    json_url: str


def build_entry_view(page: EntryPage, links: Links, *, params: SearchParams | None = None) -> EntryView:
    """Say everything that the entry page shows; `params` is the search that led here, if one did."""
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
        facts=tuple(_facts(entry, links)),
        source=tuple(_source_facts(entry.source)),
        source_url=web_address(entry.source.url),
        citation=wording.citation(entry),
        neighbours=tuple(_neighbours(page, links, params)),
        back_url=links.search(params or SearchParams()),
        back_label="検索結果に戻る" if params else "すべての事例を見る",
        url=links.entry(entry.id),
        json_url=links.api_entry(entry.id),
    )


def split_blocks(body: Iterable[Segment]) -> Iterator[BlockView]:
    """Part a text into paragraphs and lists by its lines, marks kept; blank lines part, they are not shown."""
    lines = [line for line in _split_lines(body) if _text(line).strip()]
    kinds: list[BlockKind] = ["list" if _is_item(_text(line)) else "paragraph" for line in lines]
    for index, (line, below) in enumerate(pairwise(lines)):
        if kinds[index] == "paragraph" and _is_item(_text(below)) and _is_name(_text(line)):
            kinds[index] = "name"
    for kind, group in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        yield BlockView(kind, tuple(line for _, line in group))


def _split_lines(segments: Iterable[Segment]) -> Iterator[TextLine]:
    line: list[Segment] = []
    for segment in segments:
        first, *others = segment.text.split("\n")
        line.append(Segment(first, segment.marked))
        for text in others:
            yield tuple(part for part in line if part.text)
            line = [Segment(text, segment.marked)]
    yield tuple(part for part in line if part.text)


def _text(line: TextLine) -> str:
    return "".join(segment.text for segment in line)


def _is_item(text: str) -> bool:
    return text.lstrip()[:1] in BULLETS or text.lstrip().startswith("- ")


def _is_name(text: str) -> bool:
    return len(text.strip()) <= _BLOCK_NAME and not text.rstrip().endswith(("。", "、", "."))


def _fact(
    term: str, value: str | None, *, evidence: str = "", link: str | None = None, missing: str = NOT_STATED
) -> FactView:
    if not value:
        return FactView(term=term, value=missing, stated=False)
    return FactView(term=term, value=value, evidence=evidence, link=link)


def _facts(entry: Entry, links: Links) -> Iterator[FactView]:
    year = entry.fiscal_year
    yield _fact("圏域", entry.region)
    yield _fact("都道府県", "、".join(entry.prefectures))
    yield _fact("市町村", "、".join(entry.municipalities))
    yield _fact("種別", wording.KIND_LABELS[entry.kind])
    if entry.kind == "initiative":  # an area or an agreement covers every field
        yield from _policy_facts(entry, links)
    yield _fact(
        "年度",
        wording.fiscal_year_with_era(year) if year else None,
        link=links.search(SearchParams(year=(str(year),))) if year else None,
    )
    yield _fact(
        f"{wording.start_word(entry.kind)}年",
        f"{entry.start_year}年" if entry.start_year else None,
        evidence=entry.start_evidence or "",
    )


def _policy_facts(entry: Entry, links: Links) -> Iterator[FactView]:
    code = entry.category
    yield _fact("取組の柱", wording.pillar(entry.pillar))
    yield _fact(
        "分野",
        f"{wording.category(code)}（{code}）" if code else None,
        evidence="、".join(entry.category_evidence),
        link=links.search(SearchParams(category=(code,))) if code else None,
        missing="分類なし",
    )


def _source_facts(source: Source) -> Iterator[FactView]:
    yield _fact("資料名", source.title)
    yield _fact("発行者", source.publisher)
    if source.page is not None:  # a web page or a text file has none
        yield _fact("ページ", str(source.page))
    yield _fact("行", wording.line_ranges(source.lines))
    yield _fact("ファイル", source.file)
    yield _fact("ハッシュ値", f"SHA-256 {source.sha256}")


def _neighbours(page: EntryPage, links: Links, params: SearchParams | None) -> Iterator[NeighbourView]:
    for direction, entry in (("前の事例", page.previous), ("次の事例", page.next)):
        if entry:
            yield NeighbourView(direction=direction, title=entry.title, url=links.entry(entry.id, params))
