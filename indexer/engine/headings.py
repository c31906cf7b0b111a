"""The titles of an index, each once: which ones a set of entries has, and how many entries have each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.arrays import Arrays
from indexer.engine.postings import Ints
from indexer.fields import HEADING

_NONE = -1
_MOST_JOINED = 200  # titles of several segments are one title where they are among so many


class Headings:
    """The titles of an index's segments; safe to use from several threads."""

    def __init__(self, segments: Sequence[Arrays]) -> None:
        self._segments = segments
        self._firsts: list[int] = []  # per segment: the code of its first title
        self._terms: list[range] = []
        codes: list[Ints] = []
        first = 0
        for arrays in segments:
            terms = arrays.terms_of(HEADING)
            of_entry = np.full(len(arrays), _NONE, dtype=np.int32)
            of_entry[arrays.numbers_of(terms)] = np.repeat(
                np.arange(first, first + len(terms), dtype=np.int32), arrays.counts_of(terms)
            )
            self._firsts.append(first)
            self._terms.append(terms)
            codes.append(of_entry)
            first += len(terms)
        self._count = first
        self._codes = np.concatenate(codes)

    def most_frequent(self, numbers: Ints, *, limit: int) -> list[tuple[str, int]]:
        """Give the titles that most of these entries have, each with how many, most first, then by title."""
        codes = self._codes[numbers]
        counts = np.bincount(codes[codes != _NONE], minlength=self._count)
        most = limit if len(self._segments) == 1 else _MOST_JOINED
        present = np.flatnonzero(counts)
        if len(present) > most:
            least = np.partition(counts[present], -most)[-most]
            present = present[counts[present] >= least][: 2 * most]
        found: dict[str, int] = {}
        for code in present.tolist():
            text = self._text(code)
            found[text] = found.get(text, 0) + int(counts[code])
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _text(self, code: int) -> str:
        place = int(np.searchsorted(self._firsts, code, side="right")) - 1
        return self._segments[place].text(self._terms[place][code - self._firsts[place]])
