"""The segments of an index, read as one: entries numbered through, what was deleted left out.

A query must not see how an index was built. Frequencies and average lengths are those of the live entries of all
segments, so that scores are the same, but for the last bit of a sum, as in an index that was built at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engine.addresses import Addresses
from indexer.engine.arrays import Arrays
from indexer.engine.postings import Ints, Mask
from indexer.fields import FACET_FIELDS, TEXT_FIELDS

Number = TypeVar("Number", bound=np.generic)
Occurrences = tuple[Ints, NDArray[np.int64], NDArray[np.uint8]]  # entries, how often each, its length as a byte
_FOUND = 10_000  # terms whose places are remembered: some 2 MB
_ROWS = {field.name: row for row, field in enumerate(TEXT_FIELDS)}
_FIRST = np.zeros(1, dtype=np.int64)
_NOWHERE: Occurrences = (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint8))
Term = tuple[tuple[int, int], ...]  # where a term stands: (segment, term in it), by segment


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment in the whole: its entries are numbered from `base`, its codes from `code_base`; `live` None: all."""

    arrays: Arrays
    base: int
    code_base: int
    joint_base: int
    live: Mask | None

    def postings(self, term: int) -> tuple[Ints, NDArray[np.uint32]]:
        """Give the live entries of a term, and their codes, numbered through."""
        return self._number_through(*self.arrays.postings(term), self.code_base)

    def joint_postings(self, first: int) -> tuple[Ints, NDArray[np.uint32]]:
        """Give the live entries that have a term in either of two joint fields, numbered through, and their joint codes."""
        return self._number_through(*self.arrays.joint.postings(first), self.joint_base)

    def _number_through(
        self, numbers: Ints, codes: NDArray[np.uint32], code_base: int
    ) -> tuple[Ints, NDArray[np.uint32]]:
        if self.live is not None:
            kept = self.live[numbers]
            numbers, codes = numbers[kept], codes[kept]
        if self.base:
            numbers = numbers + np.int32(self.base)
        if code_base:
            codes = codes.astype(np.uint32) + np.uint32(code_base)
        return numbers, codes

    def count_entries(self, field: str, addresses: Ints) -> Occurrences:
        """Give the live entries of some rising addresses, numbered through, how many each has, and its length."""
        owners = self.arrays.addresses.owners(field, addresses)
        begins = np.concatenate((_FIRST, np.flatnonzero(owners[1:] != owners[:-1]) + 1))
        numbers, counts = owners[begins], np.diff(begins, append=len(owners))
        if self.live is not None:
            kept = self.live[numbers]
            numbers, counts = numbers[kept], counts[kept]
        lengths = self.arrays.length_bytes[_ROWS[field]][numbers]
        return numbers + np.int32(self.base) if self.base else numbers, counts, lengths


class View:
    """The arrays of an index's segments as one; safe to use from several threads."""

    def __init__(self, segments: Sequence[tuple[Arrays, Mask | None]]) -> None:
        """Join segments; each comes with a mask of its live entries, None where all are."""
        self._parts: list[_Part] = []
        base = code_base = joint_base = 0
        for arrays, live in segments:
            self._parts.append(_Part(arrays, base, code_base, joint_base, live))
            base += len(arrays)
            code_base += len(arrays.code_lengths)
            joint_base += len(arrays.joint.first_codes)
        self._joint_count = joint_base
        self.size = base
        # Find a term in the dictionaries: field and text in, its places out, empty where there is none. It does not
        # know the view: what points back to itself waits for the collector, with all its maps.
        self.find = lru_cache(maxsize=_FOUND)(partial(_find_term, [arrays for arrays, _ in segments]))
        live = _join([np.ones(len(arrays), np.bool_) if mask is None else mask for arrays, mask in segments])
        self.live_numbers: Ints = np.flatnonzero(live).astype(np.int32)
        self.live_numbers.setflags(write=False)
        self.byte_lengths = segments[0][0].byte_lengths
        self.code_frequencies = _join([arrays.code_frequencies for arrays, _ in segments])
        self.code_lengths = _join([arrays.code_lengths for arrays, _ in segments])
        # What a joint code says of the first and the second field: one more than the code there, 0 for nothing. Behind
        # the codes of joint postings stand those of entries which have the term in the first or second field alone.
        alone, nothing = np.arange(1, code_base + 1, dtype=np.int32), np.zeros(code_base, dtype=np.int32)
        firsts = [_raise_codes(part.arrays.joint.first_codes, part.code_base) for part in self._parts]
        seconds = [_raise_codes(part.arrays.joint.second_codes, part.code_base) for part in self._parts]
        self.joint_first_codes = _join([*firsts, alone, nothing])
        self.joint_second_codes = _join([*seconds, nothing, alone])
        lengths = np.sum([_live_lengths(arrays, live) for arrays, live in segments], axis=0)
        count = max(1, len(self.live_numbers))
        self.averages = {
            field.name: float(total) / count or 1.0 for field, total in zip(TEXT_FIELDS, lengths, strict=True)
        }

    def frequency(self, term: Term) -> int:
        """Count the entries that hold a term; deleted ones are counted too."""
        return sum(self._parts[place].arrays.frequency(inside) for place, inside in term)

    def live_frequency(self, term: Term) -> int:
        """Count the live entries that hold a term."""
        parts = [(self._parts[place], inside) for place, inside in term]
        return sum(
            part.arrays.frequency(inside) if part.live is None else len(part.postings(inside)[0])
            for part, inside in parts
        )

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

    def joint_postings(self, first: Term, second: Term) -> tuple[Ints, NDArray[np.uint32]]:
        """Give the entries that have a term in either of two joint fields, rising, and their joint codes.

        `joint_first_codes` and `joint_second_codes` tell what a joint code says of either field.
        """
        in_first, in_second = dict(first), dict(second)
        found = []
        for place in sorted({*in_first, *in_second}):
            part = self._parts[place]
            if place in in_first and place in in_second:
                found.append(part.joint_postings(in_first[place]))
                continue
            numbers, codes = part.postings(in_first[place] if place in in_first else in_second[place])
            base = self._joint_count + (0 if place in in_first else len(self.code_lengths))
            found.append((numbers, codes.astype(np.uint32) + np.uint32(base)))
        if len(found) == 1:
            return found[0]
        return _join([numbers for numbers, _ in found]), _join([codes for _, codes in found])

    def occurrences(
        self, field: str, texts: Sequence[str], find: Callable[[Addresses, Sequence[int]], Ints]
    ) -> Occurrences:
        """Give the live entries in which texts stand together, rising, how often they do, and the field's lengths as bytes.

        `find` gives the addresses of that in a segment which holds all of the texts.
        """
        terms = [dict(self.find(field, text)) for text in texts]
        found = [_NOWHERE]
        for place, part in enumerate(self._parts):
            if all(place in of_text for of_text in terms):
                addresses = find(part.arrays.addresses, [of_text[place] for of_text in terms])
                if len(addresses):
                    found.append(part.count_entries(field, addresses))
        if len(found) <= 2:
            return found[-1]
        numbers, counts, lengths = zip(*found[1:], strict=True)
        return _join(numbers), _join(counts), _join(lengths)

    def numbers_with_prefix(self, field: str, prefix: str) -> list[Ints]:
        """Give the live entries that hold a term with this beginning: per segment, not sorted, some twice."""
        found = []
        for part in self._parts:
            numbers = part.arrays.numbers_of(part.arrays.terms_of(field, prefix))
            if part.live is not None:
                numbers = numbers[part.live[numbers]]
            found.append(numbers + np.int32(part.base) if part.base else numbers)
        return found

    def postings_of(self, field: str) -> dict[str, Ints]:
        """Give the live entries of every term of a field, by its text."""
        found: dict[str, list[Ints]] = {}
        for part in self._parts:
            for term in part.arrays.terms_of(field):
                found.setdefault(part.arrays.text(term), []).append(part.postings(term)[0])
        return {text: _join(numbers) for text, numbers in found.items()}

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


def _find_term(segments: Sequence[Arrays], field: str, text: str) -> Term:
    found = ((place, arrays.find(field, text)) for place, arrays in enumerate(segments))
    return tuple((place, term) for place, term in found if term is not None)


def _raise_codes(codes: Ints, base: int) -> Ints:
    """Add `base` to codes, but to 0, which is none."""
    return np.where(codes > 0, codes + np.int32(base), 0)


def _live_lengths(arrays: Arrays, live: Mask | None) -> NDArray[np.int64]:
    """Add up the lengths of each text field over the live entries."""
    if live is None:
        return arrays.totals
    deleted: NDArray[np.int64] = arrays.lengths[:, ~live].sum(axis=1, dtype=np.int64)
    return arrays.totals - deleted


def _join(arrays: Sequence[NDArray[Number]]) -> NDArray[Number]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
