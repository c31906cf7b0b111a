"""Matches: sorted entry numbers with scores, united, intersected and looked up without touching them one by one.

Which way is quickest depends on how many there are: few are merged by sorting, many are added up in an array with a place
per entry, and a short list meets a long one by bisection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engine.postings import Ints, Mask

Scores = NDArray[np.float32]

# From this share of all entries on, an array with a place per entry is quicker than sorting.
_DENSE = 1 / 32
# Looking a number up by bisection costs as much as passing over so many.
LOOK_UP = 8


@dataclass(frozen=True, slots=True)
class Matches:
    """Entries that match a node, by rising number, with their scores."""

    numbers: Ints
    scores: Scores


NOTHING = Matches(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class Space:
    """All entries of an index, `size` of them: where matches are united."""

    def __init__(self, size: int) -> None:
        self._size = size

    def unite(self, found: Sequence[Matches]) -> Matches:
        """Unite matches; scores add up."""
        found = sorted((each for each in found if len(each.numbers)), key=lambda each: -len(each.numbers))
        if not found:
            return NOTHING
        united, *others = found
        # A short list changes little of a long one: it is taken in where it stands.
        while others and len(others[-1].numbers) * LOOK_UP < len(united.numbers):
            united = _take_in(united, others.pop())
        if not others:
            return united
        found = [united, *others]
        numbers = self.unite_numbers([each.numbers for each in found])
        return Matches(numbers, self.add_up(found, [each.scores for each in found], numbers))

    def best(self, found: Sequence[Matches]) -> Matches:
        """Unite matches; of several scores the best counts."""
        found = [each for each in found if len(each.numbers)]
        if len(found) < 2:
            return found[0] if found else NOTHING
        numbers = self.unite_numbers([each.numbers for each in found])
        scores = np.zeros(len(numbers), dtype=np.float32)
        for each in found:
            places = np.searchsorted(numbers, each.numbers)
            scores[places] = np.maximum(scores[places], each.scores)
        return Matches(numbers, scores)

    def unite_numbers(self, found: Sequence[Ints]) -> Ints:
        """Unite lists of numbers; also such as are not sorted."""
        if self._is_dense(found):
            matched = np.zeros(self._size, dtype=np.bool_)
            for each in found:
                matched[each] = True
            return np.flatnonzero(matched).astype(np.int32)
        numbers = np.concatenate(found)
        numbers.sort(kind="stable")  # runs that are sorted already: merged in one pass
        return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))]

    def add_up(self, found: Sequence[Matches], values: Sequence[Scores], numbers: Ints) -> Scores:
        """Add up a value per match at the given entry numbers, which hold those of all matches."""
        if self._is_dense([each.numbers for each in found]):
            dense = np.zeros(self._size, dtype=np.float32)
            for each, value in zip(found, values, strict=True):
                dense[each.numbers] += value
            return dense[numbers]
        sums = np.zeros(len(numbers), dtype=np.float32)
        for each, value in zip(found, values, strict=True):
            sums[np.searchsorted(numbers, each.numbers)] += value
        return sums

    def look_up(self, matches: Matches, numbers: Ints) -> tuple[Mask, Scores]:
        """Tell of each number whether it is among the matches, and its score there, 0 where it is not."""
        if len(numbers) * LOOK_UP > len(matches.numbers) and self._is_dense([matches.numbers]):
            scores = np.full(self._size, np.nan, dtype=np.float32)
            scores[matches.numbers] = matches.scores
            found = scores[numbers]
            missing = np.isnan(found)
            found[missing] = 0
            return ~missing, found
        places, mask = find_places(matches.numbers, numbers)
        found = np.zeros(len(numbers), dtype=np.float32)
        found[mask] = matches.scores[places[mask]]
        return mask, found

    def _is_dense(self, found: Sequence[Ints]) -> bool:
        return sum(map(len, found)) > self._size * _DENSE


def _take_in(many: Matches, few: Matches) -> Matches:
    places, known = find_places(many.numbers, few.numbers)
    scores = many.scores.copy()
    scores[places[known]] += few.scores[known]
    if known.all():
        return Matches(many.numbers, scores)
    new = ~known
    places = np.searchsorted(many.numbers, few.numbers[new])
    return Matches(np.insert(many.numbers, places, few.numbers[new]), np.insert(scores, places, few.scores[new]))


def find_places(sorted_numbers: NDArray[np.integer], wanted: NDArray[np.integer]) -> tuple[NDArray[np.intp], Mask]:
    """Give the place of each wanted number among the sorted ones, and whether it is there."""
    if not len(sorted_numbers):
        return np.zeros(len(wanted), dtype=np.intp), np.zeros(len(wanted), dtype=np.bool_)
    places = np.searchsorted(sorted_numbers, wanted)
    places[places == len(sorted_numbers)] = 0
    return places, sorted_numbers[places] == wanted


def contains(sorted_numbers: NDArray[np.integer], wanted: NDArray[np.integer]) -> Mask:
    """Tell of each wanted number whether it is among the sorted ones."""
    return find_places(sorted_numbers, wanted)[1]
