"""Cuts: texts cut into units once, kept for the next page that shows them.

A text in, its units out, as far as marking asks for them. Sudachi takes most of the time that a page of hits costs, and
the same entries are shown again and again: while a search is typed, narrowed, paged through.
"""

from __future__ import annotations

import sys
from array import array
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from indexer.tokens import tokenize
from search_app.query import mark_content


@dataclass(frozen=True, slots=True)
class Cut:
    """The units of a text, in order: unit i is `terms[i]` at [`starts[i]`, `ends[i]`), `content[i]` whether it tells.

    `positions[i]` is its position in the index, which jumps where a sentence ends. Arrays, not objects: what is kept is 21
    bytes a unit.
    """

    terms: tuple[str, ...]
    starts: array[int]
    ends: array[int]
    positions: array[int]
    content: bytes

    def holds(self, terms: tuple[str, ...]) -> bool:
        """Tell whether these terms stand in a row; no terms never do."""
        if not terms:
            return False
        place = -1
        for _ in range(self.terms.count(terms[0])):
            place = self.terms.index(terms[0], place + 1)
            if self.terms[place : place + len(terms)] == terms:
                return True
        return False

    def find_near(self, terms: tuple[str, ...], distance: int) -> set[int]:
        """Give the units at which terms stand near each other, as the engine's `Near` finds them; empty for none.

        Each of the others is at most `distance` positions from the same occurrence of the first.
        """
        others = [[place for place, term in enumerate(self.terms) if term == other] for other in terms[1:]]
        found: set[int] = set()
        for place, term in enumerate(self.terms):
            if term != terms[0]:
                continue
            at = self.positions[place]
            near = [[each for each in places if abs(self.positions[each] - at) <= distance] for places in others]
            if all(near):
                found.update((place, *(each for places in near for each in places)))
        return found


def cut_text(text: str) -> Cut:
    """Cut a text, whatever is kept."""
    tokens = tokenize(text)
    return Cut(
        tuple(sys.intern(token.term) for token in tokens),
        array("I", [token.start for token in tokens]),
        array("I", [token.end for token in tokens]),
        array("I", [token.position for token in tokens]),
        bytes(mark_content(tokens)),
    )


class Cuts:
    """The cuts of the texts shown last; safe to ask from several threads.

    A cut depends on nothing but its text, so that it stays good when another generation is served.
    """

    def __init__(self, most: int) -> None:
        """Keep at most `most` characters of texts, and their cuts."""
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, Cut] = OrderedDict()
        self._lock = Lock()

    def of(self, text: str) -> Cut:
        """Give the cut of a text."""
        with self._lock:
            cut = self._kept.get(text)
            if cut is not None:
                self._kept.move_to_end(text)
                return cut
        cut = cut_text(text)  # two threads may cut one text: that costs less than to wait for each other
        with self._lock:
            if text not in self._kept:
                self._kept[text] = cut
                self._size += len(text)
            while self._size > self._most:
                dropped, _ = self._kept.popitem(last=False)
                self._size -= len(dropped)
        return cut

    @property
    def size(self) -> int:
        """How many characters of texts are kept."""
        return self._size


# Of the pages shown last, whoever asks for them: some 15,000 entries, 25 MB with their cuts.
KEPT: Final = Cuts(2_000_000)
