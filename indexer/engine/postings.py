"""Postings: all that an index knows of which term stands where, and how several indexes become one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from indexer.fields import TEXT_FIELDS

Ints = NDArray[np.int32]
Starts = NDArray[np.int64]
Mask = NDArray[np.bool_]

AFTER_ALL = b"\xff"  # no UTF-8 byte: behind a prefix and this stands nothing that begins with the prefix


@dataclass(frozen=True, slots=True)
class Postings:
    """All postings of an index.

    `keys` are `field NUL term` in byte order. Key i owns the postings `[post_starts[i], post_starts[i + 1])`, whose
    entry numbers rise; posting j owns the positions `[pos_starts[j], pos_starts[j + 1])`, which rise; exact values
    (ids and facets) have none. `lengths` gives each text field's length per entry, in tokens.
    """

    keys: list[bytes]
    post_starts: Starts
    post_numbers: Ints
    pos_starts: Starts
    pos_values: Ints
    lengths: Mapping[str, Ints]

    def keys_of(self, field: str) -> range:
        """Give the places of a field's keys."""
        first = make_key(field, "")
        return range(bisect_left(self.keys, first), bisect_left(self.keys, first + AFTER_ALL))


class Keys(Sequence[bytes]):
    """A sorted dictionary: key i is `key_bytes[starts[i]:starts[i + 1]]`, read from its mapped bytes."""

    def __init__(self, key_bytes: NDArray[np.uint8], starts: Starts) -> None:
        self._bytes = memoryview(key_bytes)  # type: ignore[arg-type]  # numpy arrays are buffers
        self._starts = memoryview(starts)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]
        return bytes(self._bytes[self._starts[place] : self._starts[place + 1]])


def make_key(field: str, text: str) -> bytes:
    """Make the key of a term: its field, NUL, its text."""
    return f"{field}\0{text}".encode("utf-8", "replace")


def smallest_index(count: int) -> DTypeLike:
    """Give the smallest type that holds the places of `count` things."""
    return next(kind for kind in (np.uint16, np.uint32, np.int64) if count - 1 <= np.iinfo(kind).max)


def spread(starts: NDArray[np.integer], counts: NDArray[np.integer]) -> Starts:
    """Give the places `[starts[i], starts[i] + counts[i])` of each i, one behind the other."""
    ends = np.cumsum(counts, dtype=np.int64)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)


def starts_of(counts: NDArray[np.integer] | Mask) -> Starts:
    """Give where each of several runs begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])


def join_postings(pieces: Sequence[tuple[Postings, Mask]]) -> Postings:
    """Join the postings of several indexes: of each, the entries that its mask keeps, numbered on in this order."""
    kept = [_Kept(postings, mask) for postings, mask in pieces]
    keys = sorted(set().union(*(each.keys for each in kept)))
    places = {key: place for place, key in enumerate(keys)}
    ranks = [np.array([places[key] for key in each.keys], dtype=np.int64) for each in kept]
    counts = np.zeros(len(keys), dtype=np.int64)
    begins = []  # for each piece and key: how many postings of the key stand before the piece's
    for each, rank in zip(kept, ranks, strict=True):
        begins.append(counts[rank])
        counts[rank] += each.counts
    post_starts = starts_of(counts)
    numbers = np.empty(post_starts[-1], dtype=np.int32)
    frequencies = np.empty(post_starts[-1], dtype=np.int64)
    targets = []
    first = 0
    for each, rank, begin in zip(kept, ranks, begins, strict=True):
        target = spread(post_starts[rank] + begin, each.counts)
        numbers[target] = each.numbers + first
        frequencies[target] = each.frequencies
        targets.append(target)
        first += each.size
    pos_starts = starts_of(frequencies)
    pos_values = np.empty(pos_starts[-1], dtype=np.int32)
    for each, target in zip(kept, targets, strict=True):
        pos_values[spread(pos_starts[target], each.frequencies)] = each.positions
    lengths = {
        field.name: np.concatenate([postings.lengths[field.name][mask] for postings, mask in pieces])
        for field in TEXT_FIELDS
    }
    return Postings(keys, post_starts, numbers, pos_starts, pos_values, lengths)


class _Kept:
    """The postings of the entries that a mask keeps, numbered from 0; keys that lose all of theirs are left out."""

    def __init__(self, postings: Postings, mask: Mask) -> None:
        self.size = int(mask.sum())
        frequencies = np.diff(postings.pos_starts)
        if self.size == len(mask):
            self.keys, self.counts = postings.keys, np.diff(postings.post_starts)
            self.numbers, self.frequencies, self.positions = postings.post_numbers, frequencies, postings.pos_values
            return
        inside = mask[postings.post_numbers]
        counts: Starts = np.diff(starts_of(inside)[postings.post_starts])
        stay = np.flatnonzero(counts)
        self.keys = [postings.keys[place] for place in stay.tolist()]
        self.counts = counts[stay]
        self.numbers = (np.cumsum(mask, dtype=np.int32) - 1)[postings.post_numbers[inside]]
        self.frequencies = frequencies[inside]
        self.positions = postings.pos_values[np.repeat(inside, frequencies)]
