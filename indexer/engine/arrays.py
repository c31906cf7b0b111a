"""The read view of an index: term dictionary, postings and facets as contiguous arrays, written once and mapped.

What comes in are the postings that the Whoosh index holds; what lies on disk is one `.npy` file per array, so that processes
share one mapped copy and opening does not read them.

- Terms are keys `field NUL term` in byte order: key i is `key_bytes[key_starts[i]:key_starts[i + 1]]`.
- Term i owns the postings `[post_starts[i], post_starts[i + 1])`: `post_numbers` (entry numbers, rising) and
  `post_codes`, which index `code_frequencies` and `code_lengths`: how often the term stands in the field, and how long
  the field is. There are few such pairs, so BM25 is a table with a place per pair.
- Posting j owns the positions `[pos_starts[j], pos_starts[j + 1])` of `pos_values`.
- A facet field has one code per entry, `facet_FIELD`, for the set of values the entry has; the pairs
  `facet_FIELD_codes`, `facet_FIELD_terms` list the values of each set as terms.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike, NDArray

from indexer.engine.invert import AFTER_ALL, Postings, make_key
from indexer.fields import FACET_FIELDS, TEXT_FIELDS

Numbers = NDArray[np.int32]
Starts = NDArray[np.int64]

_NAMES = (
    *("key_bytes", "key_starts", "post_starts", "post_numbers", "post_codes", "pos_starts", "pos_values"),
    *("code_frequencies", "code_lengths", "averages"),
    *(f"facet_{field.name}{part}" for field in FACET_FIELDS for part in ("", "_codes", "_terms")),
)


def write_arrays(folder: Path, postings: Postings) -> None:
    """Write the arrays of an index with these postings into the existing, empty folder `folder`."""
    for name, array in make_arrays(postings).items():
        np.save(folder / f"{name}.npy", array)


def make_arrays(postings: Postings) -> dict[str, NDArray[np.generic]]:
    """Make the arrays, by name; the same postings always give the same bytes."""
    codes, frequencies, lengths = _code_pairs(postings)
    return {
        "key_bytes": np.frombuffer(b"".join(postings.keys), dtype=np.uint8),
        "key_starts": np.concatenate([[0], np.cumsum([len(key) for key in postings.keys], dtype=np.int64)]),
        "post_starts": postings.post_starts,
        "post_numbers": postings.post_numbers,
        "post_codes": codes,
        "pos_starts": postings.pos_starts,
        "pos_values": postings.pos_values,
        "code_frequencies": frequencies,
        "code_lengths": lengths,
        "averages": np.array([postings.averages[field.name] or 1.0 for field in TEXT_FIELDS]),
        **_facet_arrays(postings),
    }


def _code_pairs(postings: Postings) -> tuple[NDArray[np.generic], Numbers, Numbers]:
    """Give a code per posting, and the frequencies and field lengths that the codes stand for."""
    frequencies = np.diff(postings.pos_starts)
    lengths = np.zeros(len(frequencies), dtype=np.int64)
    for field in TEXT_FIELDS:
        places = postings.keys_of(field.name)
        inside = slice(postings.post_starts[places.start], postings.post_starts[places.stop])
        lengths[inside] = postings.lengths[field.name][postings.post_numbers[inside]]
    # Both in one integer: a field of more than 2**31 tokens does not exist.
    pairs, codes = np.unique(frequencies << 32 | lengths, return_inverse=True)
    return codes.astype(_smallest(len(pairs))), (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)


def _smallest(count: int) -> DTypeLike:
    return np.uint16 if count <= 1 << 16 else np.uint32


def _facet_arrays(postings: Postings) -> dict[str, NDArray[np.generic]]:
    """Give the codes of each facet field: one per set of values that some entry has."""
    count = len(next(iter(postings.lengths.values())))
    arrays: dict[str, NDArray[np.generic]] = {}
    for field in FACET_FIELDS:
        values: list[list[int]] = [[] for _ in range(count)]
        for term in postings.keys_of(field.name):
            for number in postings.post_numbers[postings.post_starts[term] : postings.post_starts[term + 1]].tolist():
                values[number].append(term)
        sets: dict[tuple[int, ...], int] = {}
        codes = [sets.setdefault(tuple(terms), len(sets)) for terms in values]
        pairs = [(code, term) for terms, code in sets.items() for term in terms]
        arrays[f"facet_{field.name}"] = np.array(codes, dtype=_smallest(len(sets)))
        arrays[f"facet_{field.name}_codes"] = np.array([code for code, _ in pairs], dtype=np.int32)
        arrays[f"facet_{field.name}_terms"] = np.array([term for _, term in pairs], dtype=np.int32)
    return arrays


class Arrays:
    """The arrays of one index, mapped into memory; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Map the arrays in `folder`; raises OSError or ValueError where one is missing or damaged."""
        loaded = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _NAMES}
        self._keys = _Keys(loaded["key_bytes"], loaded["key_starts"])
        # A plain ndarray over the map: slicing a memmap costs ten times as much.
        plain = {name: np.asarray(array) for name, array in loaded.items()}
        self._post_starts = plain["post_starts"].tolist() if len(plain["post_starts"]) < _FEW else plain["post_starts"]
        self._numbers: Numbers = plain["post_numbers"]
        self._codes: NDArray[np.uint32] = plain["post_codes"]
        self._pos_starts: Starts = plain["pos_starts"]
        self._pos_values: Numbers = plain["pos_values"]
        self.code_frequencies: Numbers = plain["code_frequencies"]
        self.code_lengths: Numbers = plain["code_lengths"]
        self.averages = dict(zip((field.name for field in TEXT_FIELDS), plain["averages"].tolist(), strict=True))
        self.facets = {
            field.name: (
                plain[f"facet_{field.name}"],
                plain[f"facet_{field.name}_codes"],
                plain[f"facet_{field.name}_terms"],
            )
            for field in FACET_FIELDS
        }

    def find(self, field: str, text: str) -> int | None:
        """Find a term in the dictionary."""
        key = make_key(field, text)
        place = bisect_left(self._keys, key)
        return place if place < len(self._keys) and self._keys[place] == key else None

    def text(self, term: int) -> str:
        """Give a term's text, without its field."""
        return self._keys[term].split(b"\0", 1)[1].decode()

    def terms_of(self, field: str, prefix: str = "") -> range:
        """Give the terms of a field that begin with `prefix`, in byte order."""
        start = make_key(field, prefix)
        return range(bisect_left(self._keys, start), bisect_left(self._keys, start + AFTER_ALL))

    def postings(self, term: int) -> tuple[Numbers, NDArray[np.uint32]]:
        """Give the entry numbers of a term, rising, and their codes."""
        first, last = self._post_starts[term], self._post_starts[term + 1]
        return self._numbers[first:last], self._codes[first:last]

    def positions(self, term: int, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Give the positions of a term in the given entries, all of which must hold it.

        Two arrays of one length: for each occurrence the place in `numbers` of its entry, and its position; by entry,
        then by position.
        """
        first, last = self._post_starts[term], self._post_starts[term + 1]
        postings = first + np.searchsorted(self._numbers[first:last], numbers)
        starts = self._pos_starts[postings]
        counts = self._pos_starts[postings + 1] - starts
        owners = np.repeat(np.arange(len(numbers), dtype=np.int32), counts)
        ends = np.cumsum(counts)
        inside = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
        return owners, self._pos_values[inside]


_FEW = 2_000_000  # terms whose starts are kept as a list: reading one from a list is far quicker than from an array


class _Keys(Sequence[bytes]):
    """The sorted term dictionary, read from its mapped bytes."""

    def __init__(self, key_bytes: NDArray[np.uint8], starts: Starts) -> None:
        self._bytes = memoryview(key_bytes)  # type: ignore[arg-type]  # numpy arrays are buffers
        self._starts = memoryview(starts)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]
        return bytes(self._bytes[self._starts[place] : self._starts[place + 1]])
