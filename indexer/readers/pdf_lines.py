"""Glyphs → pieces of lines: what stands on one baseline without a wide gap, as text with the spaces that a reader sees.

Spaces come from the gaps on paper, not from the file: typesetting that stretches a line (均等割付) leaves gaps between all
characters, converters put space characters where there is no gap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexer.readers.pdf_glyphs import Glyph

# In units of the type's size.
_SAME_BASELINE = 0.3
_WIDE_GAP = 0.8  # parts a line into pieces: a column's gutter, a tab
# Gaps that are read as a space, beyond the gap that is usual in the piece: (Latin, mixed, kanji). Kanji beside Latin
# letters stand a quarter apart without a space. Where the file has a space character less will do.
_GAPS = (0.18, 0.4, 0.55)
_SPACED_GAPS = (-0.3, 0.1, 0.13)
_RUBY = 0.62
# Brackets stay with what they enclose, words of Latin letters and numbers stay whole, some signs begin no line.
_UNIT = re.compile(
    r"[(（「『【〈《［〔]*(?:[0-9A-Za-z.,]+|.)?[)）」』】〉》］〕、。，．・：；？！ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
)
# What begins a list item or a note.
LIST_MARK = re.compile(r"[・●○■□◆◇▶►➤➢➔❖✓✔※‣•▪★☆◎⚫①-⑳]|[(（]?[0-9０-９]{1,2}[.．、)）]|[-–]\s")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line. `size` is that of most of its glyphs, `weight` that of the lightest."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    weight: int
    vertical: bool = False
    hang: float | None = None  # where its last part begins, if not at x0: what follows a label is wrapped to that

    @property
    def middle(self) -> float:
        """The height on the page at which the piece stands."""
        return (self.top + self.bottom) / 2


def read_pieces(glyphs: Sequence[Glyph]) -> list[Piece]:
    """Put glyphs into pieces, top down and left to right; vertical writing comes last, a piece for each of its lines."""
    lines, rest = _take_vertical(glyphs)
    rows = _drop_ruby(_find_rows(rest))
    pieces = [_make_piece(part) for row in rows for part in _part(row)]
    return pieces + [_make_vertical(line) for line in lines]


def join_pieces(pieces: Sequence[Piece]) -> str:
    """Join the pieces of one row, an ideographic space for a wide gap or between kanji."""
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        narrow = piece.x0 - before.x1 < 1.5 * piece.size and not (is_wide(text[-1]) and is_wide(piece.text[0]))
        text += (" " if narrow else "\u3000") + piece.text
    return text


def is_wide(character: str) -> bool:
    """Whether a character is set full width, as kanji and kana are."""
    return unicodedata.east_asian_width(character) in "WFA"


def measure_unit(text: str) -> float:
    """Give the width, in characters, of what a line break leaves whole at the beginning of a text (JIS X 4051)."""
    unit = _UNIT.match(text)
    return sum(1.0 if is_wide(each) else 0.6 for each in unit.group()) if unit else 0.0


def _take_vertical(glyphs: Sequence[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Take out runs of three and more glyphs that follow each other downwards, as the file sets them."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _is_below(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    lines = [run for run in runs if len(run) >= 3]
    lines.sort(key=lambda run: (-round(run[0].x0), run[0].top))
    return lines, [glyph for run in runs if len(run) < 3 for glyph in run]


def _is_below(above: Glyph, glyph: Glyph) -> bool:
    size = max(above.size, glyph.size)
    aligned = abs(above.x0 + above.x1 - glyph.x0 - glyph.x1) / 2 < 0.25 * size
    step = glyph.base - above.base
    return aligned and 0.7 * size <= step <= 1.35 * size


def _find_rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by baseline; raised and lowered ones (notes, formulas) join the row that they overlap."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: each.base):
        row = rows[-1] if rows else None
        if row and glyph.base - row[0].base <= _SAME_BASELINE * min(glyph.size, row[0].size):
            row.append(glyph)
        else:
            rows.append([glyph])
    # By their middles: an opening bracket that is set half width begins left of the one before it.
    return [sorted(row, key=lambda each: each.x0 + each.x1) for row in _merge_raised(rows)]


def _merge_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put a row of small glyphs into its neighbour where it continues a piece of that on the same height."""
    merged: list[list[Glyph]] = []
    for row in rows:
        above = merged[-1] if merged else None
        if above and _continues_row(row, above):
            above += row
        elif above and _continues_row(above, row):
            merged[-1] = row + above
        else:
            merged.append(row)
    return merged


def _continues_row(small: list[Glyph], row: list[Glyph]) -> bool:
    size, other = max(glyph.size for glyph in small), median(glyph.size for glyph in row)
    if size > 0.88 * other or abs(small[0].base - row[0].base) > 0.55 * other:
        return False
    return all(
        not any(each.x0 < glyph.x1 - 0.2 * size and glyph.x0 < each.x1 - 0.2 * size for each in row) for glyph in small
    )


def _drop_ruby(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Leave out rows of small kana that stand close above the kanji they are the reading of."""
    kept = []
    for place, row in enumerate(rows):
        below = rows[place + 1] if place + 1 < len(rows) else None
        text = "".join(glyph.text for glyph in row)
        if below and _KANA.fullmatch(text):
            size, other = median(glyph.size for glyph in row), median(glyph.size for glyph in below)
            covered = all(any(each.x0 - size <= glyph.x0 <= each.x1 for each in below) for glyph in row)
            if size <= _RUBY * other and below[0].base - row[0].base <= 1.3 * other and covered:
                continue
        kept.append(row)
    return kept


def _part(row: list[Glyph]) -> list[list[Glyph]]:
    """Part a row at wide gaps. Glyphs printed twice on one spot (for bold type) are taken once."""
    parts: list[list[Glyph]] = []
    for glyph in row:
        last = parts[-1] if parts else []
        if any(each.text == glyph.text and abs(each.x0 - glyph.x0) < 0.25 * glyph.size for each in last[-4:]):
            continue
        if last and glyph.x0 - last[-1].x1 <= _WIDE_GAP * min(glyph.size, last[-1].size):
            last.append(glyph)
        else:
            parts.append([glyph])
    return [row] if _is_spread(parts) else parts


def _is_spread(parts: list[list[Glyph]]) -> bool:
    """Whether a row is one word whose letters stand far apart at equal distances (均等割付)."""
    if len(parts) < 3 or any(len(part) > 1 or not part[0].text.isalpha() for part in parts):
        return False
    gaps = [(after[0].x0 - before[0].x1) / after[0].size for before, after in pairwise(parts)]
    return max(gaps) < 5 and max(gaps) - min(gaps) < 0.4


def _make_piece(glyphs: list[Glyph]) -> Piece:
    size = _usual_size(glyphs)
    base = median(glyph.base for glyph in glyphs)
    return Piece(
        text=_write(glyphs),
        x0=glyphs[0].x0,
        x1=max(glyph.x1 for glyph in glyphs),
        top=base - 0.88 * size,
        bottom=base + 0.12 * size,
        size=size,
        weight=min(glyph.weight for glyph in glyphs),
    )


def _make_vertical(glyphs: list[Glyph]) -> Piece:
    size = _usual_size(glyphs)
    text = "".join(glyph.text for glyph in glyphs)
    x0, x1 = min(glyph.x0 for glyph in glyphs), max(glyph.x1 for glyph in glyphs)
    top, bottom = glyphs[0].top, glyphs[-1].top + size
    return Piece(text, x0, x1, top, bottom, size, min(glyph.weight for glyph in glyphs), vertical=True)


def _usual_size(glyphs: list[Glyph]) -> float:
    counts: dict[float, int] = {}
    for glyph in glyphs:
        size = round(glyph.size * 2) / 2
        counts[size] = counts.get(size, 0) + 1
    return max(counts, key=lambda size: (counts[size], size))


def _write(glyphs: list[Glyph]) -> str:
    """Write the glyphs of a piece, with a space where a gap stands out from those between the others."""
    pairs = list(pairwise(glyphs))
    gaps = [(glyph.x0 - before.x1) / max(before.size, glyph.size) for before, glyph in pairs]
    kanji = [is_wide(before.text[-1]) + is_wide(glyph.text[0]) for before, glyph in pairs]
    usual = [gap for gap, wide in zip(gaps, kanji, strict=True) if wide == 2]
    # Two characters with a gap are a word spread over a narrow column.
    stretch = max(0.0, median(usual)) if len(usual) >= 2 or len(glyphs) == 2 == sum(kanji) else 0.0
    text = glyphs[0].text
    for (_, glyph), gap, wide in zip(pairs, gaps, kanji, strict=True):
        beyond = gap - stretch if wide else gap
        if beyond > (_SPACED_GAPS if glyph.spaced else _GAPS)[wide]:
            text += "\u3000" if wide == 2 and beyond > 0.85 else " "
        text += glyph.text
    return text
