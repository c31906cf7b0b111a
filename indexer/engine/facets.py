"""Facets: hits narrowed and counted over one small code per entry.

An entry's values in all facet fields together are one code (a *combination*). So the hits are passed once, to count
their combinations; filters and counts are then worked out over the combinations that occur, which are few, and for all
fields at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.engine.postings import Ints, Mask, smallest_index
from indexer.engine.view import View
from indexer.fields import YEAR

Counts = NDArray[np.int64]
_REMEMBERED = 1_000  # filters: some 200 kB
_CountsOfValues = dict[str, dict[str, int]]  # by field and value
_Filters = dict[int, tuple[str, ...]]  # accepted values by the field's place


class Facets:
    """The facet fields of an index; safe to use from several threads.

    The sets of values that entries have are numbered through all fields, so are the values: one count serves all.
    """

    def __init__(self, view: View) -> None:
        self._codes, sets, pairs = view.combos()
        self._names = tuple(sets)
        self._places: dict[str, dict[str, int]] = {}
        texts: list[str] = []
        self._firsts = [0]  # where each field's values begin among the texts, and where the last one's end
        pair_sets: list[Ints] = []
        pair_places: list[int] = []
        columns: list[Ints] = []
        sets_with: list[dict[str, list[int]]] = []  # for each field: the sets that have a value
        first = 0
        for name, (codes, values) in pairs.items():
            known = sorted(set(values))
            self._places[name] = {value: len(texts) + place for place, value in enumerate(known)}
            texts += known
            self._firsts.append(len(texts))
            pair_sets.append(codes + first)
            pair_places += [self._places[name][value] for value in values]
            columns.append(sets[name] + first)
            sets_with.append({value: [] for value in known})
            for code, value in zip(codes.tolist(), values, strict=True):
                sets_with[-1][value].append(code + first)
            first += int(sets[name].max(initial=-1)) + 1
        self._texts = np.array(texts, dtype=np.object_)
        self._columns = np.array(columns, dtype=np.int64)  # for each field: the set of each combination
        # As small as they may be: what a search reads pushes what the next one needs out of the processor's cache.
        self._rows = np.ascontiguousarray(self._columns.T.astype(smallest_index(first)))
        self._every = np.bincount(self._codes, minlength=len(self._rows))
        # For each field: the combinations in the order of their sets, and where each set's begin.
        orders = [np.argsort(column, kind="stable") for column in self._columns]
        self._sorted = [
            (order, np.flatnonzero(np.diff(column[order], prepend=-1)))
            for order, column in zip(orders, self._columns, strict=True)
        ]
        self._set_count = first
        self._pair_sets = np.concatenate(pair_sets).astype(np.int64)
        self._pair_places = np.array(pair_places, dtype=np.int64)
        self._year_of_sets = self._numbers_of(YEAR)
        # It does not know this object: what points back to itself waits for the collector, with what it holds.
        self._accept = lru_cache(maxsize=_REMEMBERED)(partial(_mark_accepted, sets_with, first))
        self._select = lru_cache(partial(_select_columns, self._rows))

    def values(self, field: str) -> tuple[str, ...]:
        """List all values of a facet field, sorted."""
        return tuple(self._places[field])

    def narrow(
        self, numbers: Ints, filters: Mapping[str, Sequence[str]], fields: Collection[str] | None = None
    ) -> tuple[NDArray[np.intp] | None, _CountsOfValues]:
        """Give the places of the hits that meet all filters (None: every one), and count the hits of each value.

        A hit meets a filter when it has one of its values. Counted are the values of `fields`, of every one where it is
        None. A field's counts leave out its own filter; values without a hit are left out.
        """
        every = len(numbers) == len(self._codes)
        codes = self._codes if every else self._codes.take(numbers)
        filtered = {self._names.index(name): tuple(values) for name, values in filters.items() if values}
        columns = tuple(
            column for column, name in enumerate(self._names) if fields is None or name in fields or column in filtered
        )
        if len(codes) < len(self._rows):
            kept, of_sets = self._narrow_few(codes, filtered, columns)
        else:
            of_all = self._every if every else np.bincount(codes, minlength=len(self._rows))
            kept, of_sets = self._narrow_many(codes, of_all, filtered, columns)
        return kept, self._count_values(of_sets, self._names if fields is None else fields)

    def _narrow_few(
        self, codes: NDArray[np.uint32], filtered: _Filters, columns: tuple[int, ...]
    ) -> tuple[NDArray[np.intp] | None, Counts]:
        """Count hit by hit: the sets of a hit in all fields stand side by side."""
        sets = self._select(columns).take(codes, axis=0)
        if not filtered:
            return None, self._count_sets(sets)
        met = {
            place: self._accept(column, filtered[column]).take(sets[:, place])
            for place, column in enumerate(columns)
            if column in filtered
        }
        accepted = np.logical_and.reduce(list(met.values()))
        kept = np.flatnonzero(accepted)
        of_sets = self._count_sets(sets.take(kept, axis=0))
        for place in met:
            others = [mask for other, mask in met.items() if other != place]
            # Beside the accepted hits, a field counts those that its own filter alone keeps out.
            missed = np.flatnonzero(np.logical_and.reduce([~met[place], *others]))
            of_sets += self._count_sets(sets[:, place].take(missed))
        return kept, of_sets

    def _count_sets(self, sets: NDArray[np.integer]) -> Counts:
        return np.bincount(sets.ravel(), minlength=self._set_count)

    def _narrow_many(
        self, codes: NDArray[np.uint32], of_all: Counts, filtered: _Filters, columns: tuple[int, ...]
    ) -> tuple[NDArray[np.intp] | None, Counts]:
        """Pass the combinations of the hits, of which `of_all` tells how many hits each has."""
        met = {column: self._accept(column, values)[self._columns[column]] for column, values in filtered.items()}
        of_sets = np.zeros(self._set_count, dtype=np.int64)
        for column in columns:
            order, starts = self._sorted[column]
            others = [mask for other, mask in met.items() if other != column]
            counted = of_all * np.logical_and.reduce(others) if others else of_all
            first = self._columns[column, order[0]]
            of_sets[first : first + len(starts)] = np.add.reduceat(counted.take(order), starts)
        accepted = np.flatnonzero(np.logical_and.reduce(list(met.values())).take(codes)) if met else None
        return accepted, of_sets

    def _count_values(self, of_sets: Counts, fields: Collection[str]) -> _CountsOfValues:
        """Count by field and value, from how many entries have each set."""
        if not fields:
            return {}
        of_values = np.bincount(self._pair_places, weights=of_sets[self._pair_sets], minlength=len(self._texts))
        present = np.flatnonzero(of_values)
        counts = of_values[present].astype(np.int64).tolist()
        texts = self._texts[present].tolist()
        ends = np.searchsorted(present, self._firsts).tolist()
        return {
            name: dict(zip(texts[first:last], counts[first:last], strict=True))
            for name, (first, last) in zip(self._names, pairwise(ends), strict=True)
            if name in fields
        }

    def years(self, numbers: Ints) -> Ints:
        """Give the year of each entry, 0 where it has none."""
        years: Ints = self._year_of_sets[self._columns[self._names.index(YEAR)][self._codes[numbers]]]
        return years

    def _numbers_of(self, field: str) -> Ints:
        """Give the value of each set of a field as a number, 0 for one without: of a field with one number per entry."""
        numbers = np.zeros(self._set_count, dtype=np.int32)
        value_of = {place: int(value) for value, place in self._places[field].items()}
        for code, place in zip(self._pair_sets.tolist(), self._pair_places.tolist(), strict=True):
            numbers[code] = value_of.get(place, 0)
        return numbers


def _select_columns(rows: NDArray[np.integer], columns: tuple[int, ...]) -> NDArray[np.integer]:
    """Give some columns, side by side in memory; all are the rows themselves."""
    return rows if len(columns) == rows.shape[1] else np.ascontiguousarray(rows[:, list(columns)])


def _mark_accepted(
    sets_with: Sequence[Mapping[str, Sequence[int]]], set_count: int, column: int, values: Sequence[str]
) -> Mask:
    """Tell of each set whether it has one of the values of a field; `sets_with` tells which sets have a value."""
    accepted = np.zeros(set_count, dtype=np.bool_)
    for value in values:
        accepted[list(sets_with[column].get(value, ()))] = True
    return accepted
