"""Facets: hits narrowed and counted over one small code per entry.

An entry's values in all facet fields together are one code (a *combination*). So the hits are passed once, to count
their combinations; filters and counts are then worked out over the combinations that occur, which are few, and for all
fields at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engine.postings import Ints, Mask
from indexer.engine.view import View

Counts = NDArray[np.int64]
# From this share of all combinations on, counting in an array with a place for each is quicker than counting one by one.
_DENSE = 1 / 50


class Facets:
    """The facet fields of an index; safe to use from several threads.

    The sets of values that entries have are numbered through all fields, so are the values: one count serves all.
    """

    def __init__(self, view: View) -> None:
        self._codes, sets, pairs = view.combos()
        self._names = tuple(sets)
        self._places: dict[str, dict[str, int]] = {}
        self._texts: list[tuple[str, str]] = []  # field and value of each place
        pair_sets: list[Ints] = []
        pair_places: list[int] = []
        rows: list[Ints] = []
        first = 0
        for name, (codes, values) in pairs.items():
            known = sorted(set(values))
            self._places[name] = {value: len(self._texts) + place for place, value in enumerate(known)}
            self._texts += [(name, value) for value in known]
            pair_sets.append(codes + first)
            pair_places += [self._places[name][value] for value in values]
            rows.append(sets[name] + first)
            first += int(sets[name].max(initial=-1)) + 1
        self._sets = np.array(rows, dtype=np.int64)  # a row per field: the set of each combination
        self._set_count = first
        self._pair_sets = np.concatenate(pair_sets).astype(np.int64)
        self._pair_places = np.array(pair_places, dtype=np.int64)
        self._year_of_sets = self._numbers_of("year")

    def values(self, field: str) -> tuple[str, ...]:
        """List all values of a facet field, sorted."""
        return tuple(self._places[field])

    def narrow(
        self, numbers: Ints, filters: Mapping[str, Sequence[str]]
    ) -> tuple[Mask | None, dict[str, dict[str, int]]]:
        """Tell which hits meet all filters (None: every one), and count the hits of each value of each field.

        A hit meets a filter when it has one of its values. A field's counts leave out its own filter; values without
        a hit are left out.
        """
        codes = self._codes[numbers]
        present, counts = self._count(codes)
        rows = [row.take(present) for row in self._sets]
        met = {
            name: self._accept(name, filters[name])[row]
            for name, row in zip(self._names, rows, strict=True)
            if filters.get(name)
        }
        of_sets = np.zeros(self._set_count)
        for name, row in zip(self._names, rows, strict=True):
            others = [mask for other, mask in met.items() if other != name]
            weights = counts * np.logical_and.reduce(others) if others else counts
            of_sets += np.bincount(row, weights=weights, minlength=self._set_count)
        accepted: Mask | None = None
        if met:
            table = np.zeros(len(self._sets[0]), dtype=np.bool_)
            table[present] = np.logical_and.reduce(list(met.values()))
            accepted = table[codes]
        return accepted, self._count_values(of_sets)

    def _count(self, codes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], Counts]:
        """Give the combinations that occur, and how often."""
        size = len(self._sets[0])
        if len(codes) < size * _DENSE:
            counted = Counter(codes.tolist())
            return np.fromiter(counted, np.int64, len(counted)), np.fromiter(counted.values(), np.int64, len(counted))
        of_all = np.bincount(codes, minlength=size)
        present = np.flatnonzero(of_all)
        return present, of_all[present]

    def _accept(self, field: str, values: Sequence[str]) -> Mask:
        """Tell of each set whether it has one of the values."""
        places = self._places[field]
        wanted = np.zeros(len(self._texts), dtype=np.bool_)
        wanted[[places[value] for value in values if value in places]] = True
        accepted = np.zeros(self._set_count, dtype=np.bool_)
        accepted[self._pair_sets[wanted[self._pair_places]]] = True
        return accepted

    def _count_values(self, of_sets: NDArray[np.float64]) -> dict[str, dict[str, int]]:
        """Count by field and value, from how many entries have each set."""
        of_values = np.bincount(self._pair_places, weights=of_sets[self._pair_sets], minlength=len(self._texts))
        counted: dict[str, dict[str, int]] = {name: {} for name in self._names}
        present = np.flatnonzero(of_values)
        for place, count in zip(present.tolist(), of_values[present].astype(np.int64).tolist(), strict=True):
            name, value = self._texts[place]
            counted[name][value] = count
        return counted

    def years(self, numbers: Ints) -> Ints:
        """Give the year of each entry, 0 where it has none."""
        years: Ints = self._year_of_sets[self._sets[self._names.index("year")][self._codes[numbers]]]
        return years

    def _numbers_of(self, field: str) -> Ints:
        """Give the value of each set of a field as a number, 0 for one without: of a field with one number per entry."""
        numbers = np.zeros(self._set_count, dtype=np.int32)
        for code, place in zip(self._pair_sets.tolist(), self._pair_places.tolist(), strict=True):
            name, value = self._texts[place]
            if name == field:
                numbers[code] = int(value)
        return numbers
