"""Highlights: which pieces of a text answer the query, and the snippet that shows most of them.

Segments of a marked text joined give the text they were made of, character for character; a snippet is on one line.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.normalize import fold_with_offsets
from indexer.years import find_hits
from search_app.cuts import KEPT
from search_app.meaning import Meaning
from search_app.rows import NEAR_UNITS

SNIPPET_CHARACTERS = 140
CONTEXT_CHARACTERS = 40  # on either side of a word in its context
_LEAD = 24  # characters of context before the first word that is marked


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text; `marked` when it answers the query."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Context:
    """A word as it stands in a text, with what stands before and behind it; "…" where that was cut."""

    before: tuple[Segment, ...]
    word: str
    behind: tuple[Segment, ...]


class Marker:
    """Marks what answers one query."""

    def __init__(self, meaning: Meaning) -> None:
        loose = [meant.word for meant in meaning.words if not (meant.word.quoted or meant.word.time)]
        self._content = {term for word in loose for term in word.content}
        self._beside = {unit.term for word in loose for unit in word.units}
        self._times = [meant.word.time for meant in meaning.words if meant.word.time]
        # What is marked in one piece, by its first unit: what was typed so, and other words for it. Of the latter also
        # the units of one that stand near each other.
        self._rows: dict[str, list[tuple[str, ...]]] = {}
        for meant in meaning.words:
            units = meant.word.units
            runs = (range(len(units)),) if meant.word.quoted else () if meant.word.time else meant.word.runs
            typed = [tuple(unit.term for unit in units[run.start : run.stop]) for run in runs]
            for terms in (*(row for row in typed if len(row) > 1 or meant.word.quoted), *meant.other_terms):
                self._rows.setdefault(terms[0], []).append(terms)
        self._apart = {terms for meant in meaning.words for terms in meant.terms_apart}

    def mark(self, text: str) -> tuple[Segment, ...]:
        """Cut `text` into segments; marked are the query's words and the runs they form."""
        return _segments(text, self._find_spans(text))

    def snippet(self, text: str) -> tuple[Segment, ...]:
        """Give the piece of `text` with the most different marked words, with "…" where it was cut."""
        spans = self._find_spans(text)
        start = _best_start(text, spans)
        end = min(len(text), start + SNIPPET_CHARACTERS)
        segments = _piece(text, spans, start, end)
        before = (Segment("…", False),) if start else ()
        behind = (Segment("…", False),) if end < len(text) else ()
        return (*before, *segments, *behind)

    def context(self, text: str) -> Context | None:
        """Give the first marked word of the piece with most of the words, in its context; None without a marked word."""
        spans = self._find_spans(text)
        if not spans:
            return None
        best = _best_start(text, spans)
        first, last = next(span for span in spans if span[0] >= best)
        start, end = max(0, first - CONTEXT_CHARACTERS), min(len(text), last + CONTEXT_CHARACTERS)
        cut_before = (Segment("…", False),) if start else ()
        cut_behind = (Segment("…", False),) if end < len(text) else ()
        return Context(
            before=(*cut_before, *_piece(text, spans, start, first)),
            word=text[first:last].replace("\n", " "),
            behind=(*_piece(text, spans, last, end), *cut_behind),
        )

    def _find_spans(self, text: str) -> list[tuple[int, int]]:
        """Find what to mark, as spans in order that do not overlap.

        A unit that carries a subject is marked wherever it stands; a suffix or prefix (市, 館, 的) only beside one.
        """
        if not self._content and not self._rows and not self._times:
            return []
        cut = KEPT.of(text)
        years = self._find_years(text)
        standing = set(cut.terms)
        apart = {
            place for terms in self._apart if standing.issuperset(terms) for place in cut.find_near(terms, NEAR_UNITS)
        }
        spans: list[tuple[int, int]] = []
        was_marked, end_before = False, -1
        row_end = 0  # up to this unit what is marked in one piece goes
        for place, (term, start, end, told) in enumerate(
            zip(cut.terms, cut.starts, cut.ends, cut.content, strict=True)
        ):
            for terms in self._rows.get(term, ()):
                if cut.terms[place : place + len(terms)] == terms:
                    row_end = max(row_end, place + len(terms))
            was_marked = (
                place < row_end
                or any(first < end and start < last for first, last in years)
                or (told and place in apart)
                or (told and term in self._content)
                or (was_marked and start == end_before and term in self._beside)
            )
            end_before = end
            if not was_marked:
                continue
            if spans and spans[-1][1] >= start:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans

    def _find_years(self, text: str) -> list[tuple[int, int]]:
        """Find the years that are asked for, however the text writes them: R6.7 tells 2024."""
        if not self._times:
            return []
        folded = fold_with_offsets(text)
        hits = find_hits(folded.text)
        asked = [(time.first or 0, time.last or math.inf) for time in self._times]
        return [
            folded.source_span(hit.start, hit.end)
            for hit in hits
            if any(first <= hit.year <= last for first, last in asked)
        ]


def _piece(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> tuple[Segment, ...]:
    """Cut [start, end) of a text into segments, on one line."""
    inside = [
        (max(first, start) - start, min(last, end) - start) for first, last in spans if first < end and last > start
    ]
    return _segments(text[start:end].replace("\n", " "), inside)


def _segments(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    done = 0
    for start, end in spans:
        segments += [Segment(text[done:start], False), Segment(text[start:end], True)]
        done = end
    segments.append(Segment(text[done:], False))
    return tuple(segment for segment in segments if segment.text)


def _best_start(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Find where the window with the most different marked words begins; the first of several.

    The window moves over the text once: a word is counted when it comes in at the right and when it leaves at the left.
    """
    best, most = 0, -1
    entered = left = 0
    seen: Counter[str] = Counter()
    for first, _ in spans:
        start = max(0, min(first - _LEAD, len(text) - SNIPPET_CHARACTERS))
        while entered < len(spans) and spans[entered][1] <= start + SNIPPET_CHARACTERS:
            seen[text[slice(*spans[entered])]] += 1
            entered += 1
        while left < entered and spans[left][0] < start:
            word = text[slice(*spans[left])]
            seen[word] -= 1
            if not seen[word]:
                del seen[word]
            left += 1
        if len(seen) > most:
            best, most = start, len(seen)
    return best
