"""Word documents: bytes in, the paragraphs and table rows of the body out, in reading order.

Headings come from outline levels and styles, items from lists; automatic numbers are written out, since Word stores
none. Headers, footers, notes, comments, the table of contents, and deleted or hidden text are left out; text boxes
follow the paragraph at which they are anchored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from indexer.readers.docx_numbering import BULLET, Numbering
from indexer.readers.docx_styles import ParagraphKind, Styles
from indexer.readers.docx_text import ALTERNATIVES, choose_alternative, read_pieces
from indexer.readers.table_lines import Row, write_rows
from indexer.readers.zip_guard import WORD, check_package, report_damage
from indexer.records import Document, Line, SourceFile

_WRAPPERS = {qn(name) for name in ("w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")}
_WIDEST = 63  # columns, Word's own limit


@dataclass(frozen=True, slots=True)
class _Pages:
    """Where the reading is: the page, and whether a break that the author set still waits for text.

    Word notes where it last began a page, behind the author's own breaks too; those count once.
    """

    number: int = 1
    pending: bool = False
    begun: bool = False  # there was text
    known: bool = False  # there were breaks

    def read_text(self) -> _Pages:
        return replace(self, pending=False, begun=True)

    def turn(self) -> _Pages:
        """Pass a break that the author set."""
        return replace(self, number=self.number + 1, pending=True, known=True)

    def turn_before(self) -> _Pages:
        """Pass to a new page, unless one has just begun."""
        return self.turn() if self.begun and not self.pending else self

    def turn_as_shown(self) -> _Pages:
        """Pass a break that Word noted."""
        return replace(self, number=self.number + (not self.pending), pending=False, known=True)


@dataclass(slots=True)
class _Text:
    """The lines of a paragraph or cell, the page on which its text begins (None: no text), its text boxes."""

    lines: list[str] = field(default_factory=lambda: [""])
    page: int | None = None
    boxes: list[Any] = field(default_factory=list)


def read(source: SourceFile) -> Document:
    """Read a Word document; `number` counts paragraphs and table rows from 1, for Word numbers no lines.

    `page` is counted from the author's page breaks and those that Word noted when it last laid out the document, and is
    None where there are neither. A paragraph that is broken by hand gives several lines of one number, a table of one
    column its paragraphs. Raises `UnreadableError` for what is no Word document, is protected or damaged, or breaks the
    limits of `zip_guard`.
    """
    check_package(source.content, WORD)
    with report_damage(WORD):
        document = docx.Document(BytesIO(source.content))
        relations = document.part.rels.values()
        numbering = [each.target_part for each in relations if each.reltype == RELATIONSHIP_TYPE.NUMBERING]
        writer = _Writer(
            styles=Styles(document.styles.element),
            numbering=Numbering(numbering[0].element if numbering else None),
            sections=[section.start_type != WD_SECTION.CONTINUOUS for section in document.sections][1:],
        )
        writer.write(document.element.body)
    return Document(source=source, reader="docx", lines=tuple(writer.finish()))


@dataclass(slots=True)
class _Writer:
    """Collects the blocks of a document as lines; `sections` tells which of the sections to come begin a page."""

    styles: Styles
    numbering: Numbering
    sections: list[bool]
    lines: list[Line] = field(default_factory=list)
    number: int = 0
    pages: _Pages = field(default_factory=_Pages)

    def write(self, parent: Any) -> None:
        for block in _find(parent, "w:p", "w:tbl"):
            if block.tag == qn("w:p"):
                self._write_paragraph(block)
            else:
                self._write_table(block)

    def finish(self) -> list[Line]:
        return self.lines if self.pages.known else [replace(line, page=None) for line in self.lines]

    def _write_paragraph(self, paragraph: Any) -> None:
        self.number += 1
        kind = self.styles.describe(paragraph)
        if kind.new_page:
            self.pages = self.pages.turn_before()
        label = self._count(kind)
        text = self._read_text(paragraph)
        if not kind.contents:
            self._write_lines(text, label=label, heading=kind.heading)
        for box in text.boxes:
            pages = self.pages
            self.write(box)
            self.pages = pages  # its text lies beside the page's
        if paragraph.find(_path("w:pPr", "w:sectPr")) is not None and self.sections and self.sections.pop(0):
            self.pages = self.pages.turn()

    def _write_lines(self, text: _Text, *, label: str | None, heading: int) -> None:
        lines = [line for line in text.lines if line]
        if lines and label not in (None, "", BULLET):
            lines[0] = f"{label} {lines[0]}"
        lines = [" ".join(lines)] if heading else lines or [""]
        page = text.page or self.pages.number
        for place, line in enumerate(lines):
            item = label == BULLET and place == 0 and bool(line)
            level = heading if line else 0
            self.lines.append(Line(number=self.number, text=line, page=page, heading=level, item=item and not level))

    def _count(self, kind: ParagraphKind) -> str | None:
        return self.numbering.count(kind.list_id, kind.list_level) if kind.list_id else None

    def _read_text(self, paragraph: Any) -> _Text:
        text = _Text()
        for piece, value in read_pieces(paragraph):
            if piece == "text":
                text.lines[-1] += value
                if value.strip():
                    self.pages = self.pages.read_text()
                    text.page = text.page or self.pages.number
            elif piece == "box":
                text.boxes.append(value)
            elif piece == "shown_page":
                self.pages = self.pages.turn_as_shown()
            else:
                text.lines.append("")
                self.pages = self.pages.turn() if piece == "page" else self.pages
        text.lines = [" ".join(line.split()) for line in text.lines]
        return text

    def _write_table(self, table: Any) -> None:
        rows = [row for row in _find(table, "w:tr") if row.find(_path("w:trPr", "w:del")) is None]
        if not _holds_data(table, rows):
            for cell in (cell for row in rows for cell in _find(row, "w:tc") if not _goes_on(cell)):
                self.write(cell)
            return
        above: dict[int, str] = {}
        self.lines += write_rows([found for row in rows if (found := self._read_row(row, above))])

    def _read_row(self, row: Any, above: dict[int, str]) -> Row | None:
        """Read a row, merged cells filled; None for one that only goes on with cells from `above` (column → text)."""
        self.number += 1
        before, ends = self.pages, [self.pages]
        column = _read_number(row.find(_path("w:trPr", "w:gridBefore")), 0)
        texts: dict[int, str] = {}
        own: list[tuple[int, _Text]] = []
        for cell in _find(row, "w:tc"):
            columns = range(column, column + _read_number(cell.find(_path("w:tcPr", "w:gridSpan")), 1))
            column = columns.stop
            if _goes_on(cell):
                texts |= {place: above[place] for place in columns if above.get(place)}
                continue
            self.pages = before  # a row over two pages breaks in each of its cells
            text = self._read_cell(cell)
            ends.append(self.pages)
            content = "\n".join(line for line in text.lines if line)
            above |= dict.fromkeys(columns, content if cell.find(_path("w:tcPr", "w:vMerge")) is not None else "")
            if content:
                own.append((columns.start, text))
                texts |= dict.fromkeys(columns, content)
        self.pages = max(ends, key=lambda pages: pages.number)
        if not own and texts:
            return None
        if len(own) == 1 and len(set(texts.values())) == 1:  # it stretches across the table: a title, a group
            texts = {own[0][0]: next(iter(texts.values()))}
        page = min((text.page for _, text in own if text.page), default=self.pages.number)
        return Row(self.number, tuple(texts.get(place, "") for place in range(column)), page)

    def _read_cell(self, cell: Any) -> _Text:
        """Read a cell or box as one text; what marks the paragraphs of a list stands before them."""
        whole = _Text(lines=[])
        for paragraph in _find(cell, "w:p"):
            label = self._count(self.styles.describe(paragraph))
            text = self._read_text(paragraph)
            if label and any(text.lines):
                text.lines[0] = f"{label} {text.lines[0]}"
            for part in (text, *map(self._read_cell, text.boxes)):
                whole.lines += part.lines
                whole.page = whole.page or part.page
        return whole


def _path(*names: str) -> str:
    return "/".join(map(qn, names))


def _find(parent: Any, *names: str) -> Iterator[Any]:
    """Find the children of these names, in order, those that are wrapped (inserted under review, in a control) too."""
    wanted = set(map(qn, names))
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag == qn("w:sdt"):
            gallery = child.find(_path("w:sdtPr", "w:docPartObj", "w:docPartGallery"))
            if gallery is None or gallery.get(qn("w:val")) != "Table of Contents":
                yield from _find(child, *names)
        elif child.tag in _WRAPPERS:
            yield from _find(child, *names)
        elif child.tag == ALTERNATIVES:
            yield from _find(choose_alternative(child), *names)


def _holds_data(table: Any, rows: list[Any]) -> bool:
    """Tell a table of data from one that only arranges a page: one column, or tables inside."""
    columns = max((sum(1 for _ in _find(row, "w:tc")) for row in rows), default=0)
    return columns > 1 and table.find(f".//{qn('w:tc')}//{qn('w:tbl')}") is None


def _goes_on(cell: Any) -> bool:
    """Whether a cell only goes on with the one above, merged with it."""
    merge = cell.find(_path("w:tcPr", "w:vMerge"))
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _read_number(element: Any, default: int) -> int:
    return default if element is None else max(default, min(int(element.get(qn("w:val"), default)), _WIDEST))
