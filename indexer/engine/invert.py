"""Inversion: entries in, their postings out, as arrays from which both the Whoosh segment and the read view are written.

Every text is cut by Sudachi once. Large builds cut it on all cores, in chunks whose order is kept, so that the postings
are the same whatever the number of processes.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from indexer.fields import FACET_FIELDS, TEXT_FIELDS
from indexer.records import Entry
from indexer.tokens import tokenize

Ints = NDArray[np.int32]
Starts = NDArray[np.int64]

ID_FIELD = "id"
AFTER_ALL = b"\xff"  # no UTF-8 byte: behind a prefix and this stands nothing that begins with the prefix
# Entries that one call cuts. A process costs most of a second to start, which this many entries are worth.
_CHUNK = 500
_WORTH_PROCESSES = 2_000
_MOST_PROCESSES = 61  # what Windows can wait for
_NO_POSITION = -1


@dataclass(frozen=True, slots=True)
class Postings:
    """All postings of an index.

    `keys` are `field NUL term` in byte order. Key i owns the postings `[post_starts[i], post_starts[i + 1])`, whose
    entry numbers rise; posting j owns the positions `[pos_starts[j], pos_starts[j + 1])`, which rise; exact values
    (ids and facets) have none. `lengths` gives each text field's length per entry, in tokens, `averages` its mean.
    """

    keys: list[bytes]
    post_starts: Starts
    post_numbers: Ints
    pos_starts: Starts
    pos_values: Ints
    lengths: Mapping[str, Ints]
    averages: Mapping[str, float]

    def keys_of(self, field: str) -> range:
        """Give the places of a field's keys."""
        first = make_key(field, "")
        return range(bisect_left(self.keys, first), bisect_left(self.keys, first + AFTER_ALL))


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Occurrences of some entries: for each the place of its key in `keys`, the entry's number, the position."""

    keys: list[bytes]
    places: bytes
    numbers: bytes
    positions: bytes
    lengths: dict[str, list[int]]


def make_key(field: str, text: str) -> bytes:
    """Make the key under which a term of a field stands in the dictionary."""
    return field.encode() + b"\0" + text.encode("utf-8", "replace")


def exact_values(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give the field and value of everything that an entry is found by without being cut: its id, its facets."""
    yield ID_FIELD, entry.id
    for field in FACET_FIELDS:
        for value in dict.fromkeys(field.values(entry)):
            yield field.name, value.replace(",", "、")  # Whoosh parts values at commas; no official name has one


def invert_entries(entries: Sequence[Entry]) -> Postings:
    """Invert entries (at least one), numbered from 0 in their order."""
    tasks = [
        (first, [_texts_of(entry) for entry in entries[first : first + _CHUNK]])
        for first in range(0, len(entries), _CHUNK)
    ]
    keys: dict[bytes, int] = {}
    places: list[Ints] = []
    numbers: list[Ints] = []
    positions: list[Ints] = []
    lengths: dict[str, list[int]] = {field.name: [] for field in TEXT_FIELDS}
    for chunk in _cut_chunks(tasks, len(entries)):
        known = np.array([keys.setdefault(key, len(keys)) for key in chunk.keys], dtype=np.int32)
        places.append(known[np.frombuffer(chunk.places, dtype=np.int32)])
        numbers.append(np.frombuffer(chunk.numbers, dtype=np.int32))
        positions.append(np.frombuffer(chunk.positions, dtype=np.int32))
        for name, values in chunk.lengths.items():
            lengths[name] += values
    return _order(
        list(keys),
        np.concatenate(places),
        np.concatenate(numbers),
        np.concatenate(positions),
        {name: np.array(values, dtype=np.int32) for name, values in lengths.items()},
    )


def _texts_of(entry: Entry) -> tuple[list[tuple[str, str]], list[str]]:
    return list(exact_values(entry)), [field.text(entry) for field in TEXT_FIELDS]


_Task = tuple[int, list[tuple[list[tuple[str, str]], list[str]]]]


def _cut_chunks(tasks: Sequence[_Task], count: int) -> Iterable[_Chunk]:
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if count < _WORTH_PROCESSES or processes < 2:
        yield from map(_cut_chunk, tasks)
        return
    # "spawn" everywhere: what works here then works on Windows too, and no thread of a server is forked.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_cut_chunk, tasks)


def _cut_chunk(task: _Task) -> _Chunk:
    first, texts = task
    keys: dict[bytes, int] = {}
    places, numbers, positions = array("i"), array("i"), array("i")
    lengths: dict[str, list[int]] = {field.name: [] for field in TEXT_FIELDS}
    # A dictionary per field, of terms: making a key of each occurrence would cost more than looking it up.
    known: dict[str, dict[str, int]] = {field.name: {} for field in TEXT_FIELDS}
    for number, (exact, fields) in enumerate(texts, first):
        for name, value in exact:
            places.append(keys.setdefault(make_key(name, value), len(keys)))
            numbers.append(number)
            positions.append(_NO_POSITION)
        for field, text in zip(TEXT_FIELDS, fields, strict=True):
            tokens = tokenize(text, field.units)
            lengths[field.name].append(len(tokens))
            terms = known[field.name]
            for token in tokens:
                place = terms.get(token.term)
                if place is None:
                    place = terms[token.term] = keys.setdefault(make_key(field.name, token.term), len(keys))
                places.append(place)
                positions.append(token.position)
            numbers.extend([number] * len(tokens))
    return _Chunk(list(keys), places.tobytes(), numbers.tobytes(), positions.tobytes(), lengths)


def _order(keys: list[bytes], places: Ints, numbers: Ints, positions: Ints, lengths: Mapping[str, Ints]) -> Postings:
    """Bring occurrences, which come by entry and position, into the order of the keys."""
    sorted_places = sorted(range(len(keys)), key=keys.__getitem__)
    rank = np.empty(len(keys), dtype=np.int32)
    rank[sorted_places] = np.arange(len(keys), dtype=np.int32)
    ranks = rank[places]
    order = np.argsort(ranks, kind="stable")
    ranks, numbers, positions = ranks[order], numbers[order], positions[order]
    begins = np.ones(len(ranks), dtype=np.bool_)
    begins[1:] = (ranks[1:] != ranks[:-1]) | (numbers[1:] != numbers[:-1])
    first = np.flatnonzero(begins)
    placed = positions != _NO_POSITION
    return Postings(
        keys=[keys[place] for place in sorted_places],
        post_starts=np.searchsorted(ranks[first], np.arange(len(keys) + 1)).astype(np.int64),
        post_numbers=numbers[first],
        pos_starts=np.concatenate(
            [np.zeros(1, dtype=np.int64), np.cumsum(np.add.reduceat(placed, first, dtype=np.int64))]
        ),
        pos_values=positions[placed],
        lengths=lengths,
        averages={name: float(values.sum()) / len(values) for name, values in lengths.items()},
    )
