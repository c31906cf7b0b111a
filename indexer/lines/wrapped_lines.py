"""Lines that a column's width broke: how wide a line is, whether it broke because it was full, what belongs together.

Line breaking follows JIS X 4051 (行頭禁則, 行末禁則); widths are in full-width characters.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from indexer.lines.bullets import BULLETS
from indexer.lines.headings import join_wrapped

OPENING = "(（[［「『【〈《｢"
CLOSING = ")）]］」』】〉》｣"
NO_LINE_START = "、。，．,.・:：;；?？!！ーゝゞ々〜～" + CLOSING + "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
# What a line break does not part, numbers and words of Latin letters among it.
_UNIT = re.compile(rf"[{re.escape(OPENING)}]*(?:[0-9A-Za-z]+|.)?[{re.escape(NO_LINE_START)}]*", re.DOTALL)
_PARAGRAPH_START = re.compile(rf"[{BULLETS}（(【［\[〈《]|[0-9０-９①-⑳]+[.．、）)]|[-‐－–]\s")
_WORDS = frozenset(string.ascii_letters + string.digits)
_SENTENCE_END = re.compile(r"[。．！!？?）)】］\]」』：:]$")


@lru_cache(maxsize=50_000)
def measure_width(text: str) -> float:
    """Give the width of a text, outer white space left out."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text.strip())


def room_left(before: str, after: str, *, width: float) -> float:
    """Give the width that was left in a line when it broke, less what wanted to stand there next (0: it was full)."""
    unit = _UNIT.match(after)
    return max(0.0, width + 0.5 - measure_width(before) - measure_width(unit.group() if unit else ""))


def needs_space(before: str, after: str) -> bool:
    """Whether a space belongs between two pieces of one text: where both are words of Latin letters or numbers."""
    return bool(before and after) and (before[-1] in _WORDS or before[-1] in ",.") and after[0] in _WORDS


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence, a remark in brackets or the head of a list does."""
    return bool(_SENTENCE_END.search(text))


def begins_paragraph(text: str) -> bool:
    """Whether a line begins with a list mark, a number or a bracket."""
    return bool(_PARAGRAPH_START.match(text))


def split_paragraphs(pieces: Sequence[str], *, width: float | None = None) -> list[str]:
    """Join the wrapped lines of a cell to paragraphs and bullets; `width`: the column's (default: the widest line)."""
    width = width or max(map(measure_width, pieces), default=0.0)
    paragraphs: list[list[str]] = []
    for before, piece in zip(("", *pieces), pieces, strict=False):
        room = room_left(before, piece, width=width)
        meant = room > 3 or (room > 0 and (ends_sentence(before) or begins_paragraph(piece)))
        if not paragraphs or meant or piece.strip()[:1] in BULLETS:
            paragraphs.append([piece])
        else:
            paragraphs[-1].append(piece)
    return [join_wrapped(paragraph) for paragraph in paragraphs]
