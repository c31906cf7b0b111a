"""Flows → lines of the document: wrapped lines joined, blank lines where space or type parts them, headings by type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from indexer.readers.pdf_columns import Flow
from indexer.readers.pdf_lines import LIST_MARK, Piece, measure_unit
from indexer.readers.pdf_tables import Table, join_text
from indexer.records import Line

_BEGINS = re.compile(rf"{LIST_MARK.pattern}|【|第[0-9０-９一二三四五六七八九十]+[章節条]")
_BULLET = re.compile(r"[・●○※‣•▪⚫➢✓]|[-–]\s")
_SENTENCE_END = re.compile(r"[。．！？!?][)）」』】]?$")
_LONGEST_HEADING = 90
_LONGEST_BOLD = 40
_DEEPEST = 3
_SAME_PARAGRAPH = 1.13  # of the usual pitch: rows further apart are paragraphs of their own
_SLACK = 0.4  # of the size: room that a full row may leave beyond what had no place in it
_HEADING_PITCH = 2.2  # of the size, between the rows of one heading


@dataclass(frozen=True, slots=True)
class Typography:
    """What the sizes and weights of a document's type mean: the body's, and the heading level of each larger size."""

    body: float
    weight: int
    levels: dict[float, int]

    @property
    def bold_level(self) -> int:
        """The level of headings in the body's size and heavier type."""
        return min(_DEEPEST, max(self.levels.values(), default=0) + 1)


def read_body(pieces: Iterable[Piece]) -> float:
    """Give the size that most characters are set in (10.5 points without any)."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[piece.size] += len(piece.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.5


def read_typography(pieces: Sequence[Piece], tables: Sequence[Table]) -> Typography:
    """Learn what is body and what is heading: larger sizes in up to three groups, those that recur first."""
    body = read_body(pieces)
    # A document that is all tables has nothing but titles outside of them.
    inner = median(table.size for table in tables) if tables else body
    if body >= 1.15 * inner and not any("。" in piece.text for piece in pieces if piece.size == body):
        body = inner
    weights: Counter[int] = Counter()
    characters: Counter[float] = Counter()
    texts: dict[float, list[str]] = {}
    for piece in pieces:
        weights[piece.weight] += len(piece.text)
        characters[piece.size] += len(piece.text)
        texts.setdefault(piece.size, []).append(piece.text)
    total = sum(characters.values())
    # Documents with two sizes of running text (a slide's boxes): the larger one heads nothing.
    running = [size for size in texts if characters[size] >= 0.15 * total and _count_ends(texts[size]) >= 0.12]
    least = max([body, *running]) * 1.07
    groups = _group_sizes({size: len(texts[size]) for size in texts if size > least})
    levels = {size: level for level, group in enumerate(groups, 1) for size in group}
    return Typography(body, max(weights, key=lambda each: weights[each], default=0), levels)


def _count_ends(texts: Sequence[str]) -> float:
    """Give the share of rows in which a sentence ends."""
    return sum("。" in text for text in texts) / len(texts)


def _group_sizes(counts: dict[float, int]) -> list[list[float]]:
    """Put sizes into up to three groups, largest first; a size that stands once (a cover) joins its neighbour if need be."""
    groups: list[list[float]] = []
    for size in sorted(counts, reverse=True):
        if groups and groups[-1][-1] <= size * 1.04:
            groups[-1].append(size)
        else:
            groups.append([size])
    while len(groups) > _DEEPEST:
        rare = [place for place, group in enumerate(groups) if sum(counts[size] for size in group) < 2]
        # The rarest goes with the next smaller group, else the two that are closest go together.
        gaps = [upper[-1] / lower[0] for upper, lower in pairwise(groups)]
        place = min(rare[0], len(groups) - 2) if rare else gaps.index(min(gaps))
        groups[place : place + 2] = [groups[place] + groups[place + 1]]
    return groups


@dataclass(slots=True)
class _Paragraph:
    """A paragraph being put together; `last` is the piece that ends it so far, `edge` where its column ends."""

    text: str
    page: int
    last: Piece
    level: int
    edge: float
    x0: float
    rows: int = 1


@dataclass(slots=True)
class LineWriter:
    """Writes the flows of one page after the other as lines, numbered from 1, blank ones included."""

    typography: Typography
    lines: list[Line] = field(default_factory=list)
    _paragraph: _Paragraph | None = None

    def write(self, flows: Sequence[Flow], *, page: int) -> None:
        """Write the flows of a page in the order given."""
        for flow in flows:
            pitch = _usual_pitch(flow)
            edge = _find_edge(flow)
            above: Piece | Table | None = None
            if flow.apart:
                self._end_paragraph()
                self._part(page)
            for item in flow.items:
                if isinstance(item, Table):
                    self._write_table(item, page)
                else:
                    beside = above if isinstance(above, Piece) else None
                    self._write_piece(item, beside, pitch=pitch, edge=edge, x0=flow.x0, page=page)
                above = item

    def finish(self) -> tuple[Line, ...]:
        """Give all lines."""
        self._end_paragraph()
        while self.lines and self.lines[-1].blank:
            self.lines.pop()
        return tuple(replace(line, number=number) for number, line in enumerate(self.lines, 1))

    def _write_table(self, table: Table, page: int) -> None:
        self._end_paragraph()
        if not table.continues:
            self._part(page)
        elif self.lines and self.lines[-1].blank:
            self.lines.pop()
        self.lines += [Line(0, "\t".join(cells), page=page, cells=cells) for cells in table.rows]
        self._part(page)

    def _write_piece(
        self, piece: Piece, above: Piece | None, *, pitch: float, edge: float, x0: float, page: int
    ) -> None:
        level = self._level(piece)
        paragraph = self._paragraph
        usual = _HEADING_PITCH * piece.size if level else pitch
        step = (piece.bottom - above.bottom) / usual if above else None
        if paragraph and self._goes_on(paragraph, piece, level, step=step, x0=x0):
            paragraph.text = join_text(paragraph.text, piece.text)
            paragraph.last, paragraph.edge, paragraph.x0 = piece, edge, x0
            paragraph.rows += 1
            return
        self._end_paragraph()
        if paragraph and self._is_parted(paragraph, piece, level, step=step):
            self._part(page)
        self._paragraph = _Paragraph(piece.text, page, piece, level, edge, x0)

    def _end_paragraph(self) -> None:
        paragraph, self._paragraph = self._paragraph, None
        if paragraph:
            level = paragraph.level if _can_head(paragraph.text) else 0
            self.lines.append(Line(0, paragraph.text, page=paragraph.page, heading=level))

    def _part(self, page: int) -> None:
        if self.lines and not self.lines[-1].blank:
            self.lines.append(Line(0, "", page=page))

    def _level(self, piece: Piece) -> int:
        """Give the heading level that a piece's type means, 0 for body."""
        level = self.typography.levels.get(piece.size, 0)
        if not level and piece.weight > self.typography.weight and piece.size >= 0.95 * self.typography.body:
            return self.typography.bold_level if len(piece.text) <= _LONGEST_BOLD else 0
        return level

    def _goes_on(self, paragraph: _Paragraph, piece: Piece, level: int, *, step: float | None, x0: float) -> bool:
        """Whether a row goes on with the paragraph: the last row was full, the indent fits, the type is the same."""
        last = paragraph.last
        if level != paragraph.level or abs(piece.size - last.size) > 0.06 * last.size:
            return False
        slack = 0.0 if step is None else _SLACK
        if _BEGINS.match(piece.text) or not _is_full(last, piece, paragraph.edge, slack=slack):
            return False
        # Indents are compared from the border of the column: the paragraph may go on in the next one.
        indent = (piece.x0 - x0) - ((last.x0 if last.hang is None else last.hang) - paragraph.x0)
        if step is None:
            return (
                not _SENTENCE_END.search(paragraph.text)
                and abs(indent) <= (3.5 if paragraph.rows == 1 else 1) * last.size
            )
        if step > _SAME_PARAGRAPH or step <= 0.2:
            return False
        if paragraph.rows > 1 or level:
            return abs(indent) <= 0.7 * last.size or bool(level)
        # The second row stands further in under a list mark, further out under an indented beginning.
        if indent > 0.7 * last.size:
            return bool(_BEGINS.match(paragraph.text)) and indent <= 4.5 * last.size
        return indent >= -1.6 * last.size

    def _is_parted(self, paragraph: _Paragraph, piece: Piece, level: int, *, step: float | None) -> bool:
        """Whether a blank line goes between a paragraph and the row after it."""
        if level or paragraph.level:
            return True
        if step is None:
            return not (_BULLET.match(piece.text) and _BULLET.match(paragraph.text))
        return step > 1.3 or step <= 0


def _can_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not text.endswith("。") and not _BULLET.match(text)


def _usual_pitch(flow: Flow) -> float:
    """Give the usual distance from row to row: that of rows close together, in type of the same size."""
    pieces = [item for item in flow.items if isinstance(item, Piece)]
    steps = sorted(
        below.bottom - above.bottom
        for above, below in pairwise(pieces)
        if above.size == below.size and 0.9 * above.size < below.bottom - above.bottom < 2.2 * above.size
    )
    if steps:
        return steps[len(steps) // 3]
    return 1.6 * max((piece.size for piece in pieces), default=10.5)


def _find_edge(flow: Flow) -> float:
    """Give the place where full rows of a flow end: where several do, else the border of its column."""
    pieces = [item for item in flow.items if isinstance(item, Piece)]
    edge = max((piece.x1 for piece in pieces), default=flow.x1)
    reaching = sum(piece.x1 >= edge - 1.5 * piece.size for piece in pieces)
    broad = edge - flow.x0 >= 0.6 * (flow.x1 - flow.x0)
    return edge if broad and reaching >= 2 and reaching >= 0.15 * len(pieces) else max(edge, flow.x1)


def _is_full(last: Piece, piece: Piece, edge: float, *, slack: float) -> bool:
    """Whether the next row's first characters had no room in the last one."""
    return edge - last.x1 < (measure_unit(piece.text) + slack) * last.size
