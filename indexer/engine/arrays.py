"""The read view of an index: term dictionary, postings and facets as contiguous arrays, written once and mapped.

What comes in are the postings of the Whoosh index; what lies on disk is one `.npy` file per array, so that processes
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
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike, NDArray

from indexer.engine.whoosh_engine import WhooshIndex
from indexer.fields import FACET_FIELDS, TEXT_FIELDS

Numbers = NDArray[np.int32]
Starts = NDArray[np.int64]

_NAMES = (
    *("key_bytes", "key_starts", "post_starts", "post_numbers", "post_codes", "pos_starts", "pos_values"),
    *("code_frequencies", "code_lengths", "averages"),
    *(f"facet_{field.name}{part}" for field in FACET_FIELDS for part in ("", "_codes", "_terms")),
)


def write_arrays(folder: Path, whoosh: WhooshIndex) -> None:
    """Derive the arrays from an open Whoosh index into the existing, empty folder `folder`."""
    for name, array in derive_arrays(whoosh).items():
        np.save(folder / f"{name}.npy", array)


def derive_arrays(whoosh: WhooshIndex) -> dict[str, NDArray[np.generic]]:
    """Derive the arrays from an open Whoosh index, by name; the same index always gives the same bytes."""
    found = sorted((field.encode() + b"\0" + term, field, postings) for field, term, postings in whoosh.postings())
    keys = [key for key, _, _ in found]
    starts = _starts(len(postings) for _, _, postings in found)
    numbers = np.array([number for _, _, postings in found for number, _ in postings], dtype=np.int32)
    positions = [places for _, _, postings in found for _, places in postings]
    frequencies = np.array([len(places) for places in positions], dtype=np.int64)
    codes, pairs = _code_pairs([field for _, field, _ in found], starts, numbers, frequencies, whoosh)
    return {
        "key_bytes": np.frombuffer(b"".join(keys), dtype=np.uint8),
        "key_starts": _starts(len(key) for key in keys),
        "post_starts": starts,
        "post_numbers": numbers,
        "post_codes": codes,
        "pos_starts": _starts(frequencies),
        "pos_values": np.array([place for places in positions for place in places], dtype=np.int32),
        "code_frequencies": pairs[:, 0].astype(np.int32),
        "code_lengths": pairs[:, 1].astype(np.int32),
        "averages": np.array([whoosh.average_length(field.name) or 1.0 for field in TEXT_FIELDS]),
        **_facet_arrays([field for _, field, _ in found], starts, numbers, len(whoosh)),
    }


def _starts(lengths: Iterable[int]) -> Starts:
    counted = np.fromiter(lengths, dtype=np.int64)
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counted)])


def _code_pairs(
    fields: Sequence[str], starts: Starts, numbers: Numbers, frequencies: Starts, whoosh: WhooshIndex
) -> tuple[NDArray[np.generic], Starts]:
    """Give a code per posting, and the pairs of frequency and field length that the codes stand for."""
    lengths = np.zeros(len(numbers), dtype=np.int64)
    names = np.array(fields, dtype=object)
    of_posting = np.repeat(names, np.diff(starts)) if len(names) else names
    for field in TEXT_FIELDS:
        inside = of_posting == field.name
        lengths[inside] = np.array(whoosh.field_lengths(field.name), dtype=np.int64)[numbers[inside]]
    pairs, codes = np.unique(np.stack([frequencies, lengths], axis=1), axis=0, return_inverse=True)
    return codes.reshape(-1).astype(_smallest(len(pairs))), pairs


def _smallest(count: int) -> DTypeLike:
    return np.uint16 if count <= 1 << 16 else np.uint32


def _facet_arrays(
    fields: Sequence[str], starts: Starts, numbers: Numbers, count: int
) -> dict[str, NDArray[np.generic]]:
    """Give the codes of each facet field: one per set of values that some entry has."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for field in FACET_FIELDS:
        values: list[list[int]] = [[] for _ in range(count)]
        for term, name in enumerate(fields):
            if name == field.name:
                for number in numbers[starts[term] : starts[term + 1]]:
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
        key = field.encode() + b"\0" + text.encode("utf-8", "replace")
        place = bisect_left(self._keys, key)
        return place if place < len(self._keys) and self._keys[place] == key else None

    def text(self, term: int) -> str:
        """Give a term's text, without its field."""
        return self._keys[term].split(b"\0", 1)[1].decode()

    def terms_of(self, field: str, prefix: str = "") -> range:
        """Give the terms of a field that begin with `prefix`, in byte order."""
        start = field.encode() + b"\0" + prefix.encode("utf-8", "replace")
        # No UTF-8 byte is 0xff: behind it stands nothing that begins with the prefix.
        return range(bisect_left(self._keys, start), bisect_left(self._keys, start + b"\xff"))

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
