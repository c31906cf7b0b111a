"""What passes between the stages: frozen records, from a source file to an entry.

A corpus file becomes a `SourceFile`; a reader makes a `Document` of `Line`s from it; a layout cuts the document into
`Draft`s; the build resolves places, years and categories and makes an `Entry` of each. Nothing else crosses a border
between the packages, so that each stage can be read, tested and replaced on its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

Kind = Literal["initiative", "profile", "agreement"]
Pillar = Literal["ア", "イ", "ウ"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of a corpus folder with what `sources.toml` says of it (None: not stated)."""

    path: Path
    name: str  # path below the corpus folder, with "/", NFC: the `source.file` of its entries
    content: bytes = field(repr=False)
    sha256: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    fiscal_year: int | None = None
    prefecture: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document, or one row of a table.

    `number` is 1-based in the source file (text: line, HTML: source line of the element, spreadsheets: row); several
    lines may share a number (HTML on one line). `heading` is 1-6 where the format itself marks headings, else 0.
    `item` tells list items that the format itself marks. `cells` holds the cells of a table row, left to right, and
    `text` is then the cells joined by tabs.
    """

    number: int
    text: str
    page: int | None = None
    heading: int = 0
    item: bool = False
    cells: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands here (an ideographic space is white space)."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Document:
    """A source file as a reader understood it: its lines in reading order, blank ones included."""

    source: SourceFile
    reader: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry as its layout found it: words of the document, nothing resolved yet.

    `lines` are the lines that belong to the entry, in order, its title's line included. `body` is the text to read and
    search: wrapped lines joined, converter noise removed, blocks (実績, 成果, bullets) on lines of their own, without
    the title. `untitled` says that the document gives no title and `title` was taken from the text. `region` is the
    area as the document names it, `pillar` the heading the entry stands under, `policy_field` the field in the
    document's words, `partners` the municipalities as a column or list names them, `context` further text of the
    document that names the area's members, `started` a cell or mark that states the start by its place.
    """

    kind: Kind
    title: str
    lines: tuple[Line, ...]
    body: str = ""
    untitled: bool = False
    subtitle: str | None = None
    region: str | None = None
    pillar: Pillar | None = None
    policy_field: str | None = None
    partners: str | None = None
    context: str = ""
    started: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an entry stands: enough to cite it and to find the page and the lines again."""

    file: str
    title: str | None
    publisher: str | None
    url: str | None
    page: int | None
    lines: tuple[tuple[int, int], ...]  # 1-based, inclusive, in order
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One initiative, profile of an area or agreement, complete. What the source does not say is None or empty."""

    id: str
    kind: Kind
    title: str
    untitled: bool
    subtitle: str | None
    body: str
    region: str | None
    prefectures: tuple[str, ...]  # canonical names, JIS order
    municipalities: tuple[str, ...]  # canonical names, in the order of the document
    pillar: Pillar | None
    category: str | None  # official leaf code, e.g. ウ-A-d
    category_evidence: tuple[str, ...]  # the words that decided it
    fiscal_year: int | None
    start_year: int | None
    start_evidence: str | None  # the words that state it
    source: Source


_ENTRY_NAMES = tuple(each.name for each in fields(Entry))
_SOURCE_NAMES = tuple(each.name for each in fields(Source))


def entry_to_json(entry: Entry) -> dict[str, object]:
    """Give an entry as JSON values, with the names of the data model."""
    values: dict[str, object] = {name: getattr(entry, name) for name in _ENTRY_NAMES}
    values["source"] = {name: getattr(entry.source, name) for name in _SOURCE_NAMES}
    return values


def entry_from_json(values: Mapping[str, Any]) -> Entry:
    """Read back what `entry_to_json` wrote, after a way through JSON text."""
    source = Source(**{**values["source"], "lines": tuple((first, last) for first, last in values["source"]["lines"])})
    lists = ("prefectures", "municipalities", "category_evidence")
    return Entry(**{**values, **{name: tuple(values[name]) for name in lists}, "source": source})
