"""Edit distances from one text to all words of a vocabulary at once, as arithmetic on arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Codes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Column:
    """Texts, one behind the other as code points: text i is `codes[starts[i]:starts[i] + lengths[i]]`."""

    codes: _Codes
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def near(self, text: str, distance: int) -> Iterator[tuple[int, int]]:
        """Give the places of the texts that are at most `distance` edits away, with their distances, by length."""
        wanted = _code_points(text)
        for length in range(max(1, len(wanted) - distance), len(wanted) + distance + 1):
            places = np.flatnonzero(self.lengths == length)
            texts = self.codes[self.starts[places, None] + np.arange(length)]
            # As many edits as the lengths differ are needed; each other one can bring in one character at most.
            common = np.isin(texts, wanted).sum(axis=1)
            hopeful = common >= length - distance
            places, texts = places[hopeful], texts[hopeful]
            edits = _edits(wanted, texts)
            near = np.flatnonzero(edits <= distance)
            yield from zip(places[near].tolist(), edits[near].tolist(), strict=True)


def read_column(key_bytes: NDArray[np.uint8], key_starts: NDArray[np.int64], part: int) -> Column:
    """Read one of the three parts of all keys (UTF-8), which NUL divides."""
    begins = np.concatenate(
        [[0], np.cumsum((key_bytes & 0xC0) != 0x80, dtype=np.int64)]
    )  # a byte that begins a character
    bounds = begins[key_starts]
    codes = _code_points(key_bytes.tobytes().decode())
    breaks = np.flatnonzero(codes == 0).reshape(-1, 2)
    edges = np.column_stack([bounds[:-1] - 1, breaks, bounds[1:]])
    starts = edges[:, part] + 1
    return Column(codes, starts, edges[:, part + 1] - starts)


def _code_points(text: str) -> _Codes:
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)


def _edits(wanted: _Codes, texts: NDArray[np.uint32]) -> NDArray[np.int8]:
    """Give the distance (optimal string alignment) of `wanted` from each row of texts of one length."""
    count, length = texts.shape
    before_last = last = np.zeros((length + 1, count), dtype=np.int8)
    last = np.broadcast_to(np.arange(length + 1, dtype=np.int8)[:, None], (length + 1, count))
    for row, code in enumerate(wanted, 1):
        now = np.empty((length + 1, count), dtype=np.int8)
        now[0] = row
        for place in range(1, length + 1):
            same = texts[:, place - 1] == code
            cost = np.minimum(np.minimum(last[place], now[place - 1]) + np.int8(1), last[place - 1] + ~same)
            if row > 1 and place > 1:
                swapped = (texts[:, place - 2] == code) & (texts[:, place - 1] == wanted[row - 2])
                cost = np.where(swapped, np.minimum(cost, before_last[place - 2] + np.int8(1)), cost)
            now[place] = cost
        before_last, last = last, now
    return last[length]
