"""Running headers, footers and page numbers: lines at the edge of a page that other pages repeat at the same height.

A line is furniture only where the same text (digits aside, if its type is small) stands on most pages that have a line at
that height, or on several pages running: the first line of the text proper differs from page to page. Nothing is taken
that lies further from the edge than a line that stays.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, takewhile

from indexer.readers.pdf_lines import Piece

_ZONE = 0.12  # of the page's height, from either edge
_MARGIN = 0.04  # of the page's height: small type that near to the edge is what a program prints on its pages
_TINY = 0.8  # of the body's size
_MOST_ROWS = 4
_SAME_HEIGHT = 8.0  # points
_FEWEST = 3  # pages, of a document of more than two
_ALMOST_ALL = 0.8
# Against the body's size: what is larger may be a heading, what is not smaller may begin several pages by chance.
_LARGE = 1.06
_SMALL = 0.97
_NUMBER = re.compile(r"(?:p(?:age)?\.?|第)?(\d{1,4}|[ivxl]{1,7})(?:頁|ページ|枚目)?(?:(?:/|of)\d{1,4})?", re.IGNORECASE)
_DASHES = re.compile(r"[\s\-‐－–—―ー~〜・.|｜<>＜＞()（）\[\]【】]+")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row near the edge of a page: its text, also with digits folded, its distance from the edge, its page number."""

    page: int
    height: float
    text: str
    folded: str
    number: str | None
    large: bool
    small: bool
    outside: bool
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class _Edge:
    """The rows near one edge of all pages, by what they may have in common."""

    pages: int
    heights: list[float] = field(default_factory=list)  # of all rows, in order
    numbered: list[float] = field(default_factory=list)  # of rows with a page number, in order
    alike: dict[str, list[_Row]] = field(default_factory=lambda: defaultdict(list))
    counted: dict[int, list[_Row]] = field(default_factory=lambda: defaultdict(list))
    found: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def add(self, row: _Row) -> None:
        insort(self.heights, row.height)
        for text in {row.text, row.folded}:
            self.alike[text].append(row)
        if row.number:
            insort(self.numbered, row.height)
        if row.number and row.number.isdigit():
            self.counted[int(row.number) - row.page].append(row)

    def pages_with(self, row: _Row) -> list[int]:
        """Give the pages that have the same text at the same height; digits may differ in small type."""
        text = row.folded if row.small else row.text
        key = (text, round(row.height))
        if key not in self.found:
            level = [other for other in self.alike[text] if abs(row.height - other.height) <= _SAME_HEIGHT]
            self.found[key] = sorted({other.page for other in level})
        return self.found[key]

    def is_furniture(self, row: _Row) -> bool:
        """Whether a row is a page number or a running header or footer."""
        if row.outside:
            return True
        if row.number and not row.large:
            return self._is_page_number(row)
        pages = self.pages_with(row)
        if self.pages < _FEWEST:
            return 1 < self.pages == len(pages) and not row.large
        if len(pages) < _FEWEST:
            return False
        if row.large:  # a heading may begin several pages, a slide's band of title begins all
            return len(pages) >= _ALMOST_ALL * self.pages and row.page != pages[0]
        if len(pages) >= 0.5 * _count_level(self.heights, row):
            return True
        # A chapter's own header stands on each of its pages, or on every other one.
        step, least = (2, _FEWEST) if row.small else (1, _FEWEST + 1)
        return _longest_run(pages, row.page, step) >= least

    def _is_page_number(self, row: _Row) -> bool:
        if _count_level(self.numbered, row) >= _FEWEST:
            return True
        number = row.number or ""
        if number.isdigit() and len(self.counted[int(number) - row.page]) > 1:
            return True
        return self.pages < _FEWEST and len(number) < 4


def find_furniture(pages: Sequence[tuple[float, Sequence[Piece]]], *, body: float) -> set[int]:
    """Find what is furniture: the `id`s of its pieces. `pages`: the height and the pieces outside of tables of each page.

    The first of several equal lines in large type stays: it may be the title of what follows.
    """
    found: set[int] = set()
    for bottom in (False, True):
        rows = [_find_rows(page, height, pieces, body, bottom) for page, (height, pieces) in enumerate(pages)]
        edge = _Edge(len(pages))
        for row in chain.from_iterable(rows):
            edge.add(row)
        for own in rows:
            for row in takewhile(edge.is_furniture, own):
                found |= {id(piece) for piece in row.pieces}
    return found


def find_tabs(pages: Sequence[Sequence[Piece]]) -> set[str]:
    """Find the texts of vertical or turned pieces that three pages and more repeat: the tabs at a book's edge."""
    seen: dict[str, int] = defaultdict(int)
    for pieces in pages:
        for text in {piece.text for piece in pieces}:
            seen[text] += 1
    return {text for text, pages_with in seen.items() if pages_with >= _FEWEST}


def _longest_run(pages: Sequence[int], page: int, step: int) -> int:
    """Count the pages around `page` that follow each other by no more than `step`."""
    runs: list[list[int]] = []
    for each in pages:
        if runs and each - runs[-1][-1] <= step:
            runs[-1].append(each)
        else:
            runs.append([each])
    return next(len(run) for run in runs if page in run)


def _count_level(heights: Sequence[float], row: _Row) -> int:
    return bisect_right(heights, row.height + _SAME_HEIGHT) - bisect_left(heights, row.height - _SAME_HEIGHT)


def _find_rows(page: int, height: float, pieces: Sequence[Piece], body: float, bottom: bool) -> list[_Row]:
    """Give the rows in the zone at one edge of a page, from the edge inwards."""
    near = [(height - piece.middle if bottom else piece.middle, piece) for piece in pieces]
    rows: list[tuple[float, list[Piece]]] = []
    for distance, piece in sorted(near, key=lambda each: each[0]):
        if distance > height * _ZONE:
            break
        if rows and distance - rows[-1][0] < 0.5 * max(piece.size, rows[-1][1][0].size):
            rows[-1][1].append(piece)
        else:
            rows.append((distance, [piece]))
    return [_make_row(page, distance, row, body, distance < _MARGIN * height) for distance, row in rows[:_MOST_ROWS]]


def _make_row(page: int, distance: float, pieces: list[Piece], body: float, outside: bool) -> _Row:
    # Left and right pages set the pieces of the same header in another order.
    texts = sorted("".join(unicodedata.normalize("NFKC", piece.text).split()) for piece in pieces)
    number = _NUMBER.fullmatch(_DASHES.sub("", "".join(texts)))
    return _Row(
        page=page,
        height=distance,
        text="".join(texts),
        folded="".join(sorted(re.sub(r"\d+", "0", text) for text in texts)),
        number=number.group(1) if number else None,
        large=max(piece.size for piece in pieces) > body * _LARGE,
        small=max(piece.size for piece in pieces) < body * _SMALL,
        outside=outside and max(piece.size for piece in pieces) < body * _TINY,
        pieces=tuple(pieces),
    )
