"""The segments of an index, read as one: entries numbered through, what was deleted left out.

A query must not see how an index was built. Frequencies and average lengths are those of the live entries of all
segments, so that scores are the same, to the bit, as in an index that was built at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engine.arrays import Arrays
from indexer.engine.postings import Ints, Mask
from indexer.fields import FACET_FIELDS, TEXT_FIELDS

Number = TypeVar("Number", bound=np.generic)
_FOUND = 10_000  # terms whose places are remembered: some 2 MB
Term = tuple[tuple[int, int], ...]  # where a term stands: (segment, term in it), by segment


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment in the whole: its entries are numbered from `base`, its codes from `code_base`; `live` None: all."""

    arrays: Arrays
    base: int
    code_base: int
    live: Mask | None

    def postings(self, term: int) -> tuple[Ints, NDArray[np.uint32]]:
        """Give the live entries of a term, and their codes, numbered through."""
        numbers, codes = self.arrays.postings(term)
        if self.live is not None:
            kept = self.live[numbers]
            numbers, codes = numbers[kept], codes[kept]
        if self.base:
            numbers = numbers + np.int32(self.base)
        if self.code_base:
            codes = codes.astype(np.uint32) + np.uint32(self.code_base)
        return numbers, codes


class View:
    """The arrays of an index's segments as one; safe to use from several threads."""

    def __init__(self, segments: Sequence[tuple[Arrays, Mask | None]]) -> None:
        """Join segments; each comes with a mask of its live entries, None where all are."""
        self._parts: list[_Part] = []
        base = code_base = 0
        for arrays, live in segments:
            self._parts.append(_Part(arrays, base, code_base, live))
            base += len(arrays)
            code_base += len(arrays.code_lengths)
        self.size = base
        # Find a term in the dictionaries: field and text in, its places out, empty where there is none.
        self.find = lru_cache(maxsize=_FOUND)(self._find)
        self.live = _join([np.ones(len(arrays), np.bool_) if live is None else live for arrays, live in segments])
        self.live_numbers: Ints = np.flatnonzero(self.live).astype(np.int32)
        self.code_frequencies = _join([arrays.code_frequencies for arrays, _ in segments])
        self.code_lengths = _join([arrays.code_lengths for arrays, _ in segments])
        lengths = np.sum([_live_lengths(arrays, live) for arrays, live in segments], axis=0)
        count = max(1, len(self.live_numbers))
        self.averages = {
            field.name: float(total) / count or 1.0 for field, total in zip(TEXT_FIELDS, lengths, strict=True)
        }

    def frequency(self, term: Term) -> int:
        """Count the entries that hold a term; deleted ones are counted too."""
        return sum(self._parts[place].arrays.frequency(inside) for place, inside in term)

    def is_held(self, term: Term) -> bool:
        """Whether a live entry holds a term."""
        return any(
            self._parts[place].live is None or len(self._parts[place].postings(inside)[0]) for place, inside in term
        )

    def postings(self, term: Term) -> tuple[Ints, NDArray[np.uint32]]:
        """Give the entry numbers of a term, rising, and their codes."""
        found = [self._parts[place].postings(inside) for place, inside in term]
        if len(found) == 1:
            return found[0]
        if not found:
            return self.live_numbers[:0], np.empty(0, dtype=np.uint32)
        return np.concatenate([numbers for numbers, _ in found]), np.concatenate([codes for _, codes in found])

    def positions(self, term: Term, numbers: Ints) -> tuple[Ints, Ints]:
        """Give the positions of a term in entries that hold it; see `Arrays.positions`."""
        owners, positions = [], []
        for place, inside in term:
            part = self._parts[place]
            first, last = np.searchsorted(numbers, [part.base, part.base + len(part.arrays)])
            owner, position = part.arrays.positions(inside, numbers[first:last] - np.int32(part.base))
            owners.append(owner + np.int32(first))
            positions.append(position)
        return _join(owners), _join(positions)

    def numbers_with_prefix(self, field: str, prefix: str) -> list[Ints]:
        """Give the live entries that hold a term with this beginning: per segment, not sorted, some twice."""
        found = []
        for part in self._parts:
            numbers = part.arrays.numbers_of(part.arrays.terms_of(field, prefix))
            if part.live is not None:
                numbers = numbers[part.live[numbers]]
            found.append(numbers + np.int32(part.base) if part.base else numbers)
        return found

    def _find(self, field: str, text: str) -> Term:
        found = ((place, part.arrays.find(field, text)) for place, part in enumerate(self._parts))
        return tuple((place, term) for place, term in found if term is not None)

    def combos(self) -> tuple[NDArray[np.uint32], dict[str, Ints], dict[str, tuple[Ints, list[str]]]]:
        """Give the facets of all segments: a code per entry, the sets of each code, the values of each set."""
        codes: list[NDArray[np.uint32]] = []
        sets: dict[str, list[Ints]] = {field.name: [] for field in FACET_FIELDS}
        pairs: dict[str, tuple[list[Ints], list[str]]] = {field.name: ([], []) for field in FACET_FIELDS}
        first, first_sets = 0, dict.fromkeys(sets, 0)
        for part in self._parts:
            arrays = part.arrays
            codes.append(arrays.combos.astype(np.uint32) + np.uint32(first) if first else arrays.combos)
            for name, of_combos in arrays.sets_of_combos.items():
                set_codes, values = arrays.facet_pairs(name)
                sets[name].append(of_combos + np.int32(first_sets[name]))
                pairs[name][0].append(set_codes + np.int32(first_sets[name]))
                pairs[name][1].extend(values)
                first_sets[name] += int(of_combos.max(initial=-1)) + 1
            first += len(next(iter(arrays.sets_of_combos.values())))
        return (
            _join(codes),
            {name: _join(each) for name, each in sets.items()},
            {name: (_join(each), values) for name, (each, values) in pairs.items()},
        )


def _live_lengths(arrays: Arrays, live: Mask | None) -> NDArray[np.int64]:
    """Add up the lengths of each text field over the live entries."""
    if live is None:
        return arrays.totals
    deleted: NDArray[np.int64] = arrays.lengths[:, ~live].sum(axis=1, dtype=np.int64)
    return arrays.totals - deleted


def _join(arrays: Sequence[NDArray[Number]]) -> NDArray[Number]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
