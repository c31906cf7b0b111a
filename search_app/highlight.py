"""Highlights: which pieces of a text answer the query, and the snippet that shows most of them.

Segments joined always give the text they were made of, character for character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.tokens import tokenize
from search_app.query import ParsedQuery, mark_content

SNIPPET_CHARACTERS = 140
_LEAD = 24  # characters of context before the first word that is marked


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text; `marked` when it answers the query."""

    text: str
    marked: bool


def highlight(text: str, parsed: ParsedQuery) -> tuple[Segment, ...]:
    """Cut `text` into segments; marked are the query's words and the runs they form."""
    return _segments(text, _find_spans(text, parsed))


def _find_spans(text: str, parsed: ParsedQuery) -> list[tuple[int, int]]:
    """Find what to mark, as spans in order that do not overlap.

    A unit that carries a subject is marked wherever it stands; a suffix or prefix (市, 館, 的) only beside one.
    """
    content = {term for word in parsed.words for term in word.content}
    beside = {unit.term for word in parsed.words for unit in word.units}
    if not content:
        return []
    tokens = tokenize(text)
    marked = [token.term in content and told for token, told in zip(tokens, mark_content(tokens), strict=True)]
    for place in range(1, len(tokens)):
        if tokens[place].term in beside and marked[place - 1] and tokens[place].start == tokens[place - 1].end:
            marked[place] = True
    spans: list[tuple[int, int]] = []
    for token, is_marked in zip(tokens, marked, strict=True):
        if not is_marked:
            continue
        if spans and spans[-1][1] >= token.start:
            spans[-1] = (spans[-1][0], max(token.end, spans[-1][1]))
        else:
            spans.append((token.start, token.end))
    return spans


def _segments(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    done = 0
    for start, end in spans:
        segments += [Segment(text[done:start], False), Segment(text[start:end], True)]
        done = end
    segments.append(Segment(text[done:], False))
    return tuple(segment for segment in segments if segment.text)


def make_snippet(text: str, parsed: ParsedQuery) -> tuple[Segment, ...]:
    """Give the piece of `text` with the most different marked words, with "…" where it was cut."""
    spans = _find_spans(text, parsed)
    start = _best_start(text, spans)
    end = min(len(text), start + SNIPPET_CHARACTERS)
    inside = [
        (max(first, start) - start, min(last, end) - start) for first, last in spans if first < end and last > start
    ]
    segments = _segments(text[start:end].replace("\n", " "), inside)
    before = (Segment("…", False),) if start else ()
    behind = (Segment("…", False),) if end < len(text) else ()
    return (*before, *segments, *behind)


def _best_start(text: str, spans: Sequence[tuple[int, int]]) -> int:
    best, most = 0, -1
    for first, _ in spans:
        start = max(0, min(first - _LEAD, len(text) - SNIPPET_CHARACTERS))
        seen = {text[a:b] for a, b in spans if a >= start and b <= start + SNIPPET_CHARACTERS}
        if len(seen) > most:
            best, most = start, len(seen)
    return best
