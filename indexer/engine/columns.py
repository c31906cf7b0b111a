"""Column-wise reading: an index's arrays evaluated, narrowed, counted and ordered.

`ColumnReader` answers `base.Query` trees with hits and facet counts. The Whoosh index stays the source of truth, and
its own searcher is the oracle that the tests hold this module against.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.engine.arrays import Arrays
from indexer.engine.base import EngineResult, Order, Query
from indexer.engine.evaluate import Evaluator
from indexer.engine.facets import Facets
from indexer.engine.headings import Headings
from indexer.engine.matches import Scores
from indexer.engine.matching import Matcher
from indexer.engine.postings import Ints
from indexer.engine.segments import COLUMNS, WHOOSH, Segment, live_mask
from indexer.engine.view import View
from indexer.engine.vocabulary import Vocabulary
from indexer.engine.whoosh_engine import WhooshIndex
from indexer.fields import CODE_FIELDS, TEXT_FIELDS

_LAST_YEAR = 1 << 14
_FEW = 4  # so many times the hits asked for are sorted at once
_SAMPLED = 16  # so many times are sampled to find which of more hits are within reach


class ColumnReader:
    """Answers queries over one index; safe to use from several threads.

    Entries have numbers, from 0, in the order in which they were written; those of deleted entries are never given.
    """

    def __init__(self, folder: Path, segments: Sequence[Segment], files: Sequence[str]) -> None:
        """Open the index in `folder`; `files` are the documents in the order of the corpus.

        Raises OSError or ValueError where a part is missing or damaged.
        """
        self._whoosh = WhooshIndex(folder / WHOOSH)
        parts = [(Arrays(folder / COLUMNS / each.name), live_mask(each)) for each in segments]
        self._view = View(parts)
        if len(self._whoosh) != self._view.size:
            raise ValueError(f"Whoosh: {len(self._whoosh)} entries, arrays: {self._view.size}")
        self.vocabulary = Vocabulary([part.words for part, _ in parts])
        self._evaluator = Evaluator(self._view)
        self._matcher = Matcher(self._view, self._evaluator)
        self._headings = Headings([part for part, _ in parts])
        self._facets = Facets(self._view)
        self._ranks = _rank_entries(segments, files)

    def search(
        self,
        query: Query,
        *,
        filters: Mapping[str, Sequence[str]],
        order: Order,
        offset: int,
        limit: int,
        facets: Collection[str] | None = None,
    ) -> EngineResult:
        """Evaluate `query` under `filters` (field → accepted values: OR within a field, AND between fields).

        Counted are the values of `facets`, of all facet fields where it is None.
        """
        found = self._evaluator.evaluate(query)
        numbers, scores = found.numbers, found.scores
        kept, counts = self._facets.narrow(numbers, filters, facets)
        if kept is not None:
            numbers, scores = numbers.take(kept), scores.take(kept)
        chosen = self._best(numbers, scores, order, offset + limit)[offset:]
        return EngineResult(len(numbers), numbers[chosen], scores[chosen], counts)

    def facet_values(self, field: str) -> tuple[str, ...]:
        """List all values of a facet field, sorted."""
        return self._facets.values(field)

    def stored(self, number: int) -> str:
        """Give the text stored with entry `number`."""
        return self._whoosh.stored(number)

    def find(self, entry_id: str) -> int | None:
        """Give the number of the entry with this id."""
        numbers, _ = self._view.postings(self._view.find("id", entry_id))
        return int(numbers[0]) if len(numbers) else None

    def count(self, query: Query) -> int:
        """Count the entries that match `query`."""
        return self._matcher.count(query)

    def titles(self, query: Query, *, limit: int) -> list[tuple[str, int]]:
        """Give the titles that most entries which match `query` have, each with how many, most first."""
        return self._headings.most_frequent(self._matcher.numbers(query), limit=limit)

    def has_word(self, term: str) -> bool:
        """Whether an entry holds a term in any text field."""
        return any(self._view.is_held(self._view.find(field.name, term)) for field in TEXT_FIELDS)

    def numbers(self) -> list[int]:
        """Give the numbers of all entries, in the order of the corpus."""
        numbers = self._view.live_numbers
        if self._ranks is not None:
            numbers = numbers[np.argsort(self._ranks[numbers])]
        return [int(number) for number in numbers]

    def close(self) -> None:
        """Close the Whoosh index; the maps go with the reader, as nothing in it points back to it."""
        self._whoosh.close()

    def _best(self, numbers: Ints, scores: Scores, order: Order, count: int) -> NDArray[np.intp]:
        """Give the places of the first `count` of `numbers` in the asked order; ties in the order of the corpus."""
        ranks = None if self._ranks is None else self._ranks[numbers]
        if order == "relevance":
            candidates = _within_reach(scores, count, highest=True)
            return candidates[_order(-scores[candidates], ranks, candidates)[:count]]
        if order == "code":
            return _first(self._code_places[numbers], ranks, count)
        years = self._facets.years(numbers)
        # What tells no year stands last in both orders.
        return _first(-years if order == "newest" else np.where(years == 0, _LAST_YEAR, years), ranks, count)

    @cached_property
    def _code_places(self) -> Ints:
        """Give each entry the place of its lowest code among all codes; what has none comes last. Made when asked for.

        The codes of those that take part decide; where there are none, those of the area's members.
        """
        fields = [self._view.postings_of(field) for field in CODE_FIELDS]
        place_of = {code: place for place, code in enumerate(sorted({code for codes in fields for code in codes}))}
        places = np.full(self._view.size, len(place_of), dtype=np.int32)
        for postings in reversed(fields):
            for code in sorted(postings, reverse=True):  # the lowest of an entry's codes is written last
                places[postings[code]] = place_of[code]
        return places


def _rank_entries(segments: Sequence[Segment], files: Sequence[str]) -> Ints | None:
    """Give each number its place in the order of the corpus; None where the numbers are in that order."""
    ranges = {}
    base = 0
    for segment in segments:
        ranges.update({each.file: (base + each.first, each.count) for each in segment.documents if each.live})
        base += segment.entries
    firsts = [ranges[file][0] for file in files if file in ranges]
    if firsts == sorted(firsts):
        return None
    ranks = np.zeros(base, dtype=np.int32)
    passed = 0
    for file in files:
        first, count = ranges.get(file, (0, 0))
        ranks[first : first + count] = np.arange(passed, passed + count)
        passed += count
    return ranks


def _first(keys: NDArray[np.generic], ranks: Ints | None, count: int) -> NDArray[np.intp]:
    """Give the places of the `count` smallest keys, in order; ties by rank, without ranks by place."""
    candidates = _within_reach(keys, count)
    return candidates[_order(keys[candidates], ranks, candidates)[:count]]


def _order(keys: NDArray[np.generic], ranks: Ints | None, candidates: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.argsort(keys, kind="stable") if ranks is None else np.lexsort((ranks[candidates], keys))


def _within_reach(keys: NDArray[np.generic], count: int, *, highest: bool = False) -> NDArray[np.intp]:
    """Give the places of few keys, among them the `count` smallest (or highest) and all that equal one of these."""
    if len(keys) <= _FEW * count:
        return np.arange(len(keys))
    if not count:
        return np.arange(0)
    # The count smallest of a part are no smaller than those of all: what lies above the last of them is out of reach.
    part = keys[:: max(1, len(keys) // (_SAMPLED * count))]
    place = len(part) - count if highest else count - 1
    last = np.partition(part, place)[place]
    return np.flatnonzero(keys >= last if highest else keys <= last)
