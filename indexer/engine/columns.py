"""Column-wise reading: an index's arrays evaluated, narrowed, counted and ordered.

`ColumnReader` answers `base.Query` trees with hits and facet counts. The Whoosh index stays the source of truth, and
its own searcher is the oracle that the tests hold this module against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.engine.arrays import Arrays, Numbers
from indexer.engine.base import EngineResult, Order, Query
from indexer.engine.evaluate import Evaluator, Scores
from indexer.engine.invert import ID_FIELD
from indexer.engine.whoosh_engine import WhooshIndex

Mask = NDArray[np.bool_]
_LAST_YEAR = 1 << 14


class ColumnReader:
    """Answers queries over one index; safe to use from several threads."""

    def __init__(self, folder: Path, whoosh: WhooshIndex) -> None:
        """Map the arrays in `folder`, which were written with the index `whoosh`."""
        self._whoosh = whoosh
        self._arrays = Arrays(folder)
        self._evaluator = Evaluator(self._arrays, len(whoosh))
        self._facets = {name: _Facet(self._arrays, name) for name in self._arrays.facets}
        self._years = self._facets["year"].numbers_of_codes()

    def search(
        self, query: Query, *, filters: Mapping[str, Sequence[str]], order: Order, offset: int, limit: int
    ) -> EngineResult:
        """Evaluate a query; see `base.EngineReader`."""
        found = self._evaluator.evaluate(query)
        masks = {name: self._facets[name].accept(values, found.numbers) for name, values in filters.items() if values}
        counts = _Counts(self._facets, found.numbers, masks)
        numbers, scores = found.numbers, found.scores
        if masks:
            kept = np.logical_and.reduce(list(masks.values()))
            numbers, scores = numbers[kept], scores[kept]
        chosen = self._best(numbers, scores, order, offset + limit)[offset:]
        return EngineResult(len(numbers), numbers[chosen], scores[chosen], counts)

    def facet_values(self, field: str) -> tuple[str, ...]:
        """List all values of a facet field, sorted."""
        return self._facets[field].values

    def ids(self, first: int, last: int) -> tuple[str, ...]:
        """List the ids at [first, last) of all ids in their order."""
        return tuple(self._arrays.text(term) for term in self._arrays.terms_of(ID_FIELD)[first:last])

    def stored(self, number: int) -> str:
        """Give the text stored with entry `number`."""
        return self._whoosh.stored(number)

    def find(self, entry_id: str) -> int | None:
        """Give the number of the entry with this id."""
        term = self._arrays.find(ID_FIELD, entry_id)
        return None if term is None else int(self._arrays.postings(term)[0][0])

    def close(self) -> None:
        """Close the Whoosh index; the maps go with the reader."""
        self._whoosh.close()

    def _best(self, numbers: Numbers, scores: Scores, order: Order, count: int) -> NDArray[np.intp]:
        """Give the places of the first `count` of `numbers` in the asked order; ties stay in the order of numbers."""
        if order == "relevance":
            return _first(-scores, count)
        years = self._years[self._arrays.facets["year"][0][numbers]]
        # What tells no year stands last in both orders.
        return _first(-years if order == "newest" else np.where(years == 0, _LAST_YEAR, years), count)


class _Facet:
    """A facet field: sets of values coded per entry, so that counting is one pass over the hits."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._codes, self._pair_codes, pair_terms = arrays.facets[name]
        terms = arrays.terms_of(name)
        self.values = tuple(arrays.text(term) for term in terms)
        self._places = {value: place for place, value in enumerate(self.values)}
        self._pair_places = pair_terms - terms.start
        self._size = int(self._codes.max()) + 1 if len(self._codes) else 0

    def accept(self, values: Sequence[str], numbers: Numbers) -> Mask:
        """Tell of each entry whether it has one of the values."""
        wanted = np.zeros(len(self.values), dtype=np.bool_)
        wanted[[self._places[value] for value in values if value in self._places]] = True
        accepted = np.zeros(self._size, dtype=np.bool_)
        accepted[self._pair_codes[wanted[self._pair_places]]] = True
        return accepted.take(self._codes[numbers])

    def count(self, numbers: Numbers) -> dict[str, int]:
        """Count the entries of each value; values without one are left out."""
        of_codes = np.bincount(self._codes[numbers], minlength=self._size)
        counts = np.bincount(self._pair_places, weights=of_codes[self._pair_codes], minlength=len(self.values))
        present = np.flatnonzero(counts)
        return {self.values[place]: int(counts[place]) for place in present.tolist()}

    def numbers_of_codes(self) -> NDArray[np.int32]:
        """Give the value of each code as a number, 0 for the set without one: of a field with one number per entry."""
        numbers = np.zeros(self._size, dtype=np.int32)
        numbers[self._pair_codes] = [int(self.values[place]) for place in self._pair_places]
        return numbers


class _Counts(Mapping[str, Mapping[str, int]]):
    """The counts of each facet under the filters of the others, counted when asked for: a page shows few of them."""

    def __init__(self, facets: Mapping[str, _Facet], numbers: Numbers, masks: Mapping[str, Mask]) -> None:
        self._facets, self._numbers, self._masks = facets, numbers, masks

    def __getitem__(self, name: str) -> Mapping[str, int]:
        others = [mask for other, mask in self._masks.items() if other != name]
        return self._facets[name].count(_select(self._numbers, others))

    def __iter__(self) -> Iterator[str]:
        return iter(self._facets)

    def __len__(self) -> int:
        return len(self._facets)


def _select(numbers: Numbers, masks: Sequence[Mask]) -> Numbers:
    return numbers[np.logical_and.reduce(masks)] if masks else numbers


def _first(keys: NDArray[np.generic], count: int) -> NDArray[np.intp]:
    """Give the places of the `count` smallest keys, in order; ties by place."""
    if len(keys) <= 4 * count:
        return np.argsort(keys, kind="stable")[:count]
    last = np.partition(keys, count - 1)[count - 1]
    candidates = np.flatnonzero(keys <= last)
    return candidates[np.argsort(keys[candidates], kind="stable")[:count]]
