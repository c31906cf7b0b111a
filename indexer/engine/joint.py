"""Joint postings: of a term that stands in titles and in texts, one list of the entries that have it in either.

A word is looked for in titles and texts alike. Uniting the two lists again for every search is what a search would spend
most of its time on; here they are united once, when a segment is written.

- `joint_firsts` and `joint_seconds` are the term in each field of a pair of `JOINT_FIELDS`, both rising.
- Term i of these owns `[joint_starts[i], joint_starts[i + 1])` of `joint_numbers` (entry numbers, rising) and
  `joint_codes`, which index `joint_first_codes` and `joint_second_codes`: one more than the code of the posting in
  either field, 0 where the entry has it in the other field only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from indexer.engine.postings import Ints, Postings, smallest_index, spread, starts_of
from indexer.fields import JOINT_FIELDS

JOINT_ARRAYS = (
    *("joint_firsts", "joint_seconds", "joint_starts", "joint_numbers", "joint_codes"),
    *("joint_first_codes", "joint_second_codes"),
)


def make_joint_arrays(
    postings: Postings, codes: NDArray[np.integer], code_count: int
) -> dict[str, NDArray[np.generic]]:
    """Make the arrays, by name; `codes` is the code of each posting."""
    pairs = np.array([pair for fields in JOINT_FIELDS for pair in _shared(postings, *fields)], dtype=np.int32)
    firsts, seconds = pairs.reshape(-1, 2).T
    size = len(next(iter(postings.lengths.values())))
    first, second = (_Listed(postings, terms, size) for terms in (firsts, seconds))
    places = np.searchsorted(second.keys, first.keys)
    known = second.keys[np.minimum(places, len(second.keys) - 1)] == first.keys if len(second.keys) else places > 0
    keys = np.insert(second.keys, places[~known], first.keys[~known])
    joined = np.insert(codes[second.posted].astype(np.int64) + 1, places[~known], 0)
    joined[np.searchsorted(keys, first.keys)] += (codes[first.posted].astype(np.int64) + 1) * (code_count + 1)
    # There are few pairs of codes: a table of all is far quicker than sorting what occurs.
    occurs = np.zeros((code_count + 1) ** 2, dtype=np.bool_)
    occurs[joined] = True
    present = np.flatnonzero(occurs)
    return {
        "joint_firsts": np.ascontiguousarray(firsts),
        "joint_seconds": np.ascontiguousarray(seconds),
        "joint_starts": starts_of(np.bincount(keys // size, minlength=len(firsts))),
        "joint_numbers": (keys % size).astype(np.int32),
        "joint_codes": (np.cumsum(occurs, dtype=np.int64) - 1)[joined].astype(smallest_index(len(present))),
        "joint_first_codes": (present // (code_count + 1)).astype(np.int32),
        "joint_second_codes": (present % (code_count + 1)).astype(np.int32),
    }


def _shared(postings: Postings, first: str, second: str) -> list[tuple[int, int]]:
    """Give the terms that stand in both fields, as pairs of their places among the keys."""
    prefix = len(second) + 1
    places = {postings.keys[place][prefix:]: place for place in postings.keys_of(second)}
    found = ((place, places.get(postings.keys[place][len(first) + 1 :])) for place in postings.keys_of(first))
    return [(place, other) for place, other in found if other is not None]


class _Listed:
    """The postings of some terms, one behind the other: where they stand, and a key of term and entry for each."""

    def __init__(self, postings: Postings, terms: Ints, size: int) -> None:
        counts = postings.post_starts[terms + 1] - postings.post_starts[terms]
        self.posted = spread(postings.post_starts[terms], counts)
        self.keys = np.repeat(np.arange(len(terms), dtype=np.int64) * size, counts) + postings.post_numbers[self.posted]


class Joint:
    """The joint postings of one segment; safe to use from several threads."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._firsts, self._starts = (memoryview(arrays[name]) for name in ("joint_firsts", "joint_starts"))  # type: ignore[arg-type]
        self._numbers: Ints = arrays["joint_numbers"]  # type: ignore[assignment]
        self._codes: NDArray[np.uint32] = arrays["joint_codes"]  # type: ignore[assignment]
        self.first_codes: Ints = arrays["joint_first_codes"]  # type: ignore[assignment]
        self.second_codes: Ints = arrays["joint_second_codes"]  # type: ignore[assignment]

    def postings(self, first: int) -> tuple[Ints, NDArray[np.uint32]]:
        """Give the entries that have a term in either field, rising, and their codes; `first` is it in the first field.

        It must stand in the second one, too.
        """
        place = bisect_left(self._firsts, first)
        joined = slice(self._starts[place], self._starts[place + 1])
        return self._numbers[joined], self._codes[joined]
