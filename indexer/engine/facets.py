"""Facets: hits narrowed and counted over one small code per entry.

An entry's values in all facet fields together are one code (a *combination*). So the hits are passed once, to count
their combinations; filters and counts are then worked out over the combinations that occur, which are few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engine.postings import Ints, Mask
from indexer.engine.view import View

Counts = NDArray[np.int64]
# From this share of all combinations on, counting in an array with a place for each is quicker than sorting.
_DENSE = 1 / 8


class Facets:
    """The facet fields of an index; safe to use from several threads."""

    def __init__(self, view: View) -> None:
        self._codes, self._sets, pairs = view.combos()
        self._size = len(next(iter(self._sets.values())))
        self._fields = {
            name: _Field(int(self._sets[name].max(initial=-1)) + 1, codes, values)
            for name, (codes, values) in pairs.items()
        }

    def values(self, field: str) -> tuple[str, ...]:
        """List all values of a facet field, sorted."""
        return self._fields[field].values

    def narrow(
        self, numbers: Ints, filters: Mapping[str, Sequence[str]]
    ) -> tuple[Mask | None, dict[str, dict[str, int]]]:
        """Tell which hits meet all filters (None: every one), and count the hits of each value of each field.

        A hit meets a filter when it has one of its values. A field's counts leave out its own filter; values without
        a hit are left out.
        """
        codes = self._codes[numbers]
        present, counts, places = self._count(codes)
        met = {
            name: self._fields[name].accept(values)[self._sets[name][present]]
            for name, values in filters.items()
            if values
        }
        counted = {}
        for name, field in self._fields.items():
            others = [mask for other, mask in met.items() if other != name]
            weights = counts * np.logical_and.reduce(others) if others else counts
            counted[name] = field.count(self._sets[name][present], weights)
        if not met:
            return None, counted
        accepted = np.logical_and.reduce(list(met.values()))
        if places is not None:
            return accepted[places], counted
        table = np.zeros(self._size, dtype=np.bool_)
        table[present] = accepted
        return table[codes], counted

    def _count(self, codes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], Counts, NDArray[np.intp] | None]:
        """Give the combinations that occur, how often, and, where it was worked out, the place of each hit's among them."""
        if len(codes) < self._size * _DENSE:
            present, places, counts = np.unique(codes, return_inverse=True, return_counts=True)
            return present.astype(np.intp), counts, places
        of_all = np.bincount(codes, minlength=self._size)
        occurring = np.flatnonzero(of_all)
        return occurring, of_all[occurring], None

    def years(self, numbers: Ints) -> Ints:
        """Give the year of each entry, 0 where it has none."""
        return self._fields["year"].as_numbers()[self._sets["year"][self._codes[numbers]]]


class _Field:
    """The values of a facet field, and the `size` sets of them that entries have."""

    def __init__(self, size: int, set_codes: Ints, values: Sequence[str]) -> None:
        self._size = size
        self.values = tuple(sorted(set(values)))
        self._places = {value: place for place, value in enumerate(self.values)}
        self._pair_sets = set_codes
        self._pair_places = np.array([self._places[value] for value in values], dtype=np.int32)

    def accept(self, values: Sequence[str]) -> Mask:
        """Tell of each set whether it has one of the values."""
        wanted = np.zeros(len(self.values), dtype=np.bool_)
        wanted[[self._places[value] for value in values if value in self._places]] = True
        accepted = np.zeros(self._size, dtype=np.bool_)
        accepted[self._pair_sets[wanted[self._pair_places]]] = True
        return accepted

    def count(self, sets: Ints, weights: Counts) -> dict[str, int]:
        """Count by value, where `sets` are the sets of what is counted and `weights` how many each stands for."""
        of_sets = np.bincount(sets, weights=weights, minlength=self._size)
        counts = np.bincount(self._pair_places, weights=of_sets[self._pair_sets], minlength=len(self.values))
        present = np.flatnonzero(counts)
        return {self.values[place]: int(counts[place]) for place in present.tolist()}

    def as_numbers(self) -> Ints:
        """Give the value of each set as a number, 0 for the set without one: of a field with one number per entry."""
        numbers = np.zeros(self._size, dtype=np.int32)
        numbers[self._pair_sets] = [int(self.values[place]) for place in self._pair_places]
        return numbers
