"""Clauses: each year of a text with the words around it, within its sentence or the bracket that it stands in.

Folded text in, `Clause`s out. What a year dates can then be read from the words in front of it and behind it, wherever
lines broke, and undisturbed by remarks and years in brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.years import Hit, find_hits

# A remark behind the full stop belongs to its sentence. A line that ends with a particle or comma goes on in
# the next one, unless that is an item of a list.
_SENTENCE_END = re.compile(r"。(?!\s?[(〔])|(?<![をにがはのとへや、,])(?<!より)\n|\n(?=[・●○◎■※])")
_OPEN = re.compile(r"[(\[【〔<][^()\[\]【】〔〕<>]*$")
_CLOSE = re.compile(r"[)\]】〕>]")
_REMARK = re.compile(r"[(\[〔](?![^()]*(?:予定|見込))[^()\[\]〔〕]*[)\]〕]")
# What stands between years that date one act: 3月に10市町と、翌年3月に2町と連携協約を…
_COMPANION = re.compile(r"(?:に、?|から、?|、)[^。、]{1,30}(?:[とがは]、?|[市町村区]、)")
_RELATIVE = re.compile(r"[同翌前]|[0-9]{1,2}(?![0-9])")
_LIST_MARK = re.compile(r"^[\s・●○◎■※\-:]+")
_APART = re.compile(r"(?<![をがは])[、,]\s?$")
# How long the words before a year may be to be quoted with it, and how far away the year that 同年 refers to.
_QUOTED, _REFERRED = 40, 100


@dataclass(frozen=True, slots=True)
class Clause:
    """A year with its sentence: the words `before` and `after` it.

    Where the year stands in a bracket, that begins at `inside` of `before`, `after` ends with it, and `outside` is what
    follows it. Other brackets in `after` are blanked out, and what stands behind `room` belongs to another year.
    `told` is the text before the sentence, `following` the sentence after it where that names no year, `quote` the
    place in the text where a quotation of the clause begins.
    """

    hit: Hit
    before: str
    after: str
    room: int
    inside: int
    outside: str
    told: str
    following: str
    quote: int

    @property
    def host(self) -> str:
        """What stands in front of the bracket."""
        return self.before[: max(self.inside - 1, 0)]

    @property
    def opens_line(self) -> bool:
        """Whether the year is the first word of its line, as in a chronicle."""
        return not _LIST_MARK.sub("", self.before.rpartition("\n")[2])

    @property
    def phrase(self) -> str:
        """The words before the year, back to the last comma."""
        return _last_phrase(self.before[self.inside :])


def cut_clauses(text: str) -> list[Clause]:
    """Cut out the clause of each year of folded text, in order.

    A year in a bracket right behind another year only adds to that (平成29年3月 (1市は令和2年3月)) and is left out.
    """
    hits = find_hits(text)
    ends = sorted({0, len(text), *(match.end() for match in _SENTENCE_END.finditer(text))})
    clauses: list[Clause] = []
    for number, hit in enumerate(hits):
        place = bisect_right(ends, hit.start) - 1
        start, end = ends[place], next(end for end in ends if end >= hit.end)
        # A label may stand on the line above (実施期間 ⏎ 平成26年7月から).
        above = ends[place - 1] if start == hit.start and place and text[start - 1] == "\n" else start
        before = text[above : hit.start]
        bracket = _OPEN.search(before)
        if bracket and number and not text[hits[number - 1].end : above + bracket.start()].strip():
            continue
        inside = bracket.start() + 1 if bracket else 0
        after = _REMARK.sub(lambda remark: " " * len(remark.group()), text[hit.end : end].rstrip("。\n"))
        close = _CLOSE.search(after) if bracket else None
        outside = text[hit.end + close.start() : end] if close else ""
        after = after[: close.start()] if close else after
        room = _measure_room(after, hit, hits[number + 1 :])
        following = _next_sentence(text, end, ends, hits)
        quote = _find_quote(text, hit, before[inside:], clauses)
        clauses.append(Clause(hit, before, after, room, inside, outside, text[:start], following, quote))
    return clauses


def _measure_room(after: str, hit: Hit, others: Sequence[Hit]) -> int:
    """Measure how far the words behind a year are its own: up to the next year that is no companion of it."""
    begin = 0
    for other in others:
        place = other.start - hit.end
        if place >= len(after):
            break
        if not after[place].strip():  # in a bracket
            continue
        if not _COMPANION.fullmatch(after, begin, place):
            return place
        begin = other.end - hit.end
    return len(after)


def _next_sentence(text: str, end: int, ends: Sequence[int], hits: Sequence[Hit]) -> str:
    """Give the sentence behind a full stop, unless it names a year."""
    if not text.endswith("。", 0, end) or end == len(text):
        return ""
    following = ends[bisect_right(ends, end)]
    return "" if any(end <= hit.start < following for hit in hits) else text[end:following]


def _find_quote(text: str, hit: Hit, before: str, clauses: Sequence[Clause]) -> int:
    """Find where a quotation begins: at the year that 同年 refers to, else with what the clause is about."""
    if clauses and _RELATIVE.match(text, hit.start) and hit.start - clauses[-1].quote <= _REFERRED:
        return clauses[-1].quote
    return hit.start - len(quote_phrase(before))


def quote_phrase(before: str) -> str:
    """Give the words at the end of `before` that belong into a quotation: the last phrase, unless it is long or apart."""
    phrase = _LIST_MARK.sub("", _last_phrase(before), count=1)
    return "" if len(phrase) > _QUOTED or _APART.search(phrase) else phrase


def _last_phrase(before: str) -> str:
    return re.split(r"[。\n]|[、,](?=.)", before)[-1]
