"""Addresses: where the terms of a segment stand, counted through all entries of a field, and what stands right behind what.

The token at a position of an entry has the address `base + position`. Bases are multiples of `BLOCK`, so that the entry of
an address is looked up by its block; between two entries lie at least `FURTHEST` addresses, so that no distance up to that
reaches from one entry into the next. All occurrences of a term are one rising list, and so are those of each pair of
terms that stand side by side: a phrase is looked up like a term, and nothing is gathered entry by entry.

- Term i has the addresses `[term_starts[i], term_starts[i + 1])` of `addresses`.
- `bases` has a row per text field: where each entry begins. Block j of a field of short units lies in entry `owners_FIELD[j]`.
- Term i is followed by the terms `[pair_starts[i], pair_starts[i + 1])` of `pair_seconds`, rising; pair j has the
  addresses (of its first term) `[pair_term_starts[j], pair_term_starts[j + 1])` of `pair_addresses`. Only in fields of
  short units: phrases of long units are not asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engine.matches import LOOK_UP, contains
from indexer.engine.postings import Ints, Postings, spread, starts_of
from indexer.fields import SHORT_FIELDS, TEXT_FIELDS

FURTHEST = 64  # the largest distance that may be asked for
_BLOCK_BITS = 5
BLOCK = 1 << _BLOCK_BITS
_NO_TERM = -1
_PHRASED = tuple(field.name for field in SHORT_FIELDS)

ADDRESS_ARRAYS = (
    *("term_starts", "addresses", "bases"),
    *(f"owners_{name}" for name in _PHRASED),
    *("pair_starts", "pair_seconds", "pair_term_starts", "pair_addresses"),
)


def make_address_arrays(postings: Postings) -> dict[str, NDArray[np.generic]]:
    """Make the arrays, by name; the same postings always give the same bytes."""
    arrays: dict[str, NDArray[np.generic]] = {}
    sizes = {field.name: _block_counts(postings, field.name) for field in TEXT_FIELDS}
    last = max(int(each.sum()) for each in sizes.values()) * BLOCK
    kind = np.int32 if last <= np.iinfo(np.int32).max else np.int64
    bases: NDArray[np.integer] = np.array([(np.cumsum(each) - each) * BLOCK for each in sizes.values()], dtype=kind)
    addresses = shift(postings, bases)
    for name in _PHRASED:
        arrays[f"owners_{name}"] = np.repeat(np.arange(len(sizes[name]), dtype=np.int32), sizes[name])
    term_starts = postings.pos_starts[postings.post_starts]
    return {
        "term_starts": term_starts,
        "addresses": addresses,
        "bases": bases,
        **arrays,
        **_pair_arrays(postings, addresses, term_starts, {name: int(sizes[name].sum()) * BLOCK for name in _PHRASED}),
    }


def shift(postings: Postings, bases: NDArray[np.integer]) -> NDArray[np.integer]:
    """Give each of the postings' positions with the base of its entry added; `bases` has a row per text field."""
    values: NDArray[np.integer] = np.empty(len(postings.pos_values), dtype=bases.dtype)
    frequencies = np.diff(postings.pos_starts)
    for row, field in zip(bases, TEXT_FIELDS, strict=True):
        posted, placed = _slices_of(postings, field.name)
        owners = np.repeat(postings.post_numbers[posted], frequencies[posted])
        values[placed] = postings.pos_values[placed] + row[owners]
    return values


def _slices_of(postings: Postings, field: str) -> tuple[slice, slice]:
    """Give where the postings of a field stand, and where their positions do."""
    places = postings.keys_of(field)
    first, last = postings.post_starts[[places.start, places.stop]]
    return slice(first, last), slice(*postings.pos_starts[[first, last]])


def _block_counts(postings: Postings, field: str) -> NDArray[np.int64]:
    """Give how many blocks each entry takes in a field."""
    posted, _ = _slices_of(postings, field)
    last = postings.pos_values[postings.pos_starts[posted.start + 1 : posted.stop + 1] - 1]
    spans = np.zeros(len(postings.lengths[field]), dtype=np.int64)
    np.maximum.at(spans, postings.post_numbers[posted], last.astype(np.int64) + 1)
    return (spans + FURTHEST + BLOCK - 1) // BLOCK


def _pair_arrays(
    postings: Postings, addresses: NDArray[np.integer], term_starts: NDArray[np.integer], sizes: Mapping[str, int]
) -> dict[str, NDArray[np.generic]]:
    firsts: list[Ints] = []
    seconds: list[Ints] = []
    counts: list[NDArray[np.int64]] = []
    found: list[NDArray[np.integer]] = []
    for name in sorted(_PHRASED):  # the order of the keys
        places = postings.keys_of(name)
        terms = np.repeat(
            np.arange(places.start, places.stop, dtype=np.int32), np.diff(term_starts[places.start : places.stop + 1])
        )
        placed = addresses[term_starts[places.start] : term_starts[places.stop]]
        before = np.full(sizes[name] + 1, _NO_TERM, dtype=np.int32)
        before[placed + 1] = terms
        before = before[placed]
        paired = np.flatnonzero(before != _NO_TERM)
        # By second term and address already: a stable sort by the first term brings them in order.
        paired = paired[_stable_order(before[paired] - places.start)]
        first, second = before[paired], terms[paired]
        begins = np.ones(len(paired), dtype=np.bool_)
        begins[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
        starts = np.flatnonzero(begins)
        firsts.append(first[starts])
        seconds.append(second[starts])
        counts.append(np.diff(np.append(starts, len(paired))))
        found.append(placed[paired] - placed.dtype.type(1))
    return {
        "pair_starts": np.searchsorted(np.concatenate(firsts), np.arange(len(postings.keys) + 1)).astype(np.int64),
        "pair_seconds": np.concatenate(seconds),
        "pair_term_starts": starts_of(np.concatenate(counts)),
        "pair_addresses": np.concatenate(found),
    }


def _stable_order(numbers: Ints) -> NDArray[np.intp]:
    """Give the stable order of numbers of up to 32 bits, half by half: sixteen bits are sorted by counting."""
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    upper = (numbers >> 16).astype(np.uint16)
    return order[np.argsort(upper[order], kind="stable")] if upper.any() else order


class Addresses:
    """The addresses of one segment; safe to use from several threads."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        # Reading one number from a memoryview is far quicker than from an array.
        self._starts, self._pair_starts, self._seconds, self._pair_term_starts = (
            memoryview(arrays[name])  # type: ignore[arg-type]
            for name in ("term_starts", "pair_starts", "pair_seconds", "pair_term_starts")
        )
        self.values: Ints = arrays["addresses"]  # type: ignore[assignment]
        self._pair_addresses: Ints = arrays["pair_addresses"]  # type: ignore[assignment]
        self._owners: dict[str, Ints] = {name: arrays[f"owners_{name}"] for name in _PHRASED}  # type: ignore[misc]
        self.bases: NDArray[np.integer] = arrays["bases"]  # type: ignore[assignment]

    def of_phrase(self, terms: Sequence[int]) -> Ints:
        """Give where terms stand one right behind the other: the addresses of the first, rising."""
        if len(terms) == 1:
            return self._of_term(terms[0])
        pairs = [(self._of_pair(*terms[place : place + 2]), place) for place in range(len(terms) - 1)]
        (found, shift), *others = sorted(pairs, key=lambda pair: len(pair[0]))
        keys = found - found.dtype.type(shift) if shift else found
        for other, place in others:
            keys = keys[contains(other, keys + keys.dtype.type(place))]
        return keys

    def of_near(self, terms: Sequence[int], distance: int) -> Ints:
        """Give where the first term stands with each of the others at most `distance` away; rising addresses."""
        keys, *others = map(self._of_term, terms)
        for other in sorted(others, key=len):
            if len(other) * LOOK_UP < len(keys):
                firsts = np.searchsorted(keys, other - distance)
                counts = np.searchsorted(keys, other + distance, side="right") - firsts
                keys = keys[np.unique(spread(firsts, counts))]
            else:
                keys = keys[_distances(other, keys) <= distance]
        return keys

    def owners(self, field: str, addresses: Ints) -> Ints:
        """Give the entry of each address in a field of short units; raises KeyError for another field."""
        owners: Ints = self._owners[field][addresses >> _BLOCK_BITS]
        return owners

    def _of_term(self, term: int) -> Ints:
        return self.values[self._starts[term] : self._starts[term + 1]]

    def _of_pair(self, first: int, second: int) -> Ints:
        last = self._pair_starts[first + 1]
        place = bisect_left(self._seconds, second, self._pair_starts[first], last)
        if place == last or self._seconds[place] != second:
            return self._pair_addresses[:0]
        return self._pair_addresses[self._pair_term_starts[place] : self._pair_term_starts[place + 1]]


def _distances(sorted_keys: Ints, keys: Ints) -> Ints:
    """Give the distance of each key from the nearest of the sorted keys (at least one)."""
    behind = np.searchsorted(sorted_keys, keys)
    after = sorted_keys[np.minimum(behind, len(sorted_keys) - 1)]
    before = sorted_keys[np.maximum(behind - 1, 0)]
    nearest: Ints = np.minimum(np.abs(after - keys), np.abs(keys - before))
    return nearest
