"""Query trees evaluated over arrays: which entries match, with which scores. No posting is touched by Python.

Cost grows with the postings of the query's terms, not with the size of the index: few postings are merged by sorting,
many are added up in one array with a place per entry.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engine.base import (
    And,
    BestOf,
    Demote,
    Everything,
    Exclude,
    MostOf,
    Near,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Query,
    Term,
)
from indexer.engine.postings import Ints
from indexer.engine.view import Term as ViewTerm
from indexer.engine.view import View

Scores = NDArray[np.float32]
Keys = NDArray[np.int64]
_Meets = Callable[[Keys, Keys, int], NDArray[np.bool_]]

# BM25 as in Whoosh's BM25F and most of the literature: B how much length counts, K1 how soon repetition stops to.
B = 0.75
K1 = 1.2
# From this share of all entries on, one array with a place per entry is quicker than sorting.
_DENSE = 1 / 32
# Positions of different entries are kept apart in one integer key: no entry has as many tokens.
_POSITION_SPACE = 1 << 24


@dataclass(frozen=True, slots=True)
class Matches:
    """Entries that match a node, by rising number, with their scores."""

    numbers: Ints
    scores: Scores


_NOTHING = Matches(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class Evaluator:
    """Evaluates query trees over the arrays of one index."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._count = len(view.live_numbers)
        frequencies, lengths = view.code_frequencies, view.code_lengths
        self._saturation: dict[str, Scores] = {
            field: _saturate(frequencies, lengths / average) for field, average in view.averages.items()
        }
        self._everything = Matches(view.live_numbers, np.zeros(self._count, dtype=np.float32))

    def evaluate(self, query: Query) -> Matches:
        """Give the entries that match `query`, with their scores."""
        return self._HANDLERS[type(query)](self, query)

    def _all(self, _query: Everything) -> Matches:
        return self._everything

    def _term(self, query: Term) -> Matches:
        numbers, codes = self._view.postings(self._view.find(query.field, query.text))
        saturation = self._saturation.get(query.field)
        if saturation is None:  # a facet: it matches or not
            return Matches(numbers, np.full(len(numbers), query.boost, dtype=np.float32))
        scores = saturation.take(codes)
        scores *= np.float32(query.boost * self._idf(len(numbers)))
        return Matches(numbers, scores)

    def _prefix(self, query: Prefix) -> Matches:
        found = [each for each in self._view.numbers_with_prefix(query.field, query.text) if len(each)]
        numbers = self._unite_numbers(found) if found else _NOTHING.numbers
        return Matches(numbers, np.full(len(numbers), query.boost, dtype=np.float32))

    def _phrase(self, query: Phrase) -> Matches:
        return self._together(query, lambda keys, others, place: _contains(others - place, keys))

    def _near(self, query: Near) -> Matches:
        return self._together(query, lambda keys, others, _place: _distances(others, keys) <= query.distance)

    def _together(self, query: Phrase | Near, meets: _Meets) -> Matches:
        """Match the entries in which an occurrence of the first text meets one of each other text.

        `meets` is given the occurrences of the first text that are left, those of another text, and its place.
        """
        terms = [self._view.find(query.field, text) for text in query.texts]
        if not terms or not all(terms):
            return _NOTHING
        postings = [self._view.postings(term) for term in terms]
        numbers = _intersect([each for each, _ in postings])
        keys = self._occurrences(terms[0], numbers)
        for place, term in enumerate(terms[1:], 1):
            keys = keys[meets(keys, self._occurrences(term, numbers), place)]
        places, frequencies = np.unique(keys // _POSITION_SPACE, return_counts=True)
        found = numbers[places]
        idf = sum(self._idf(len(each)) for each, _ in postings)
        first_numbers, codes = postings[0]
        lengths = self._view.code_lengths[codes[np.searchsorted(first_numbers, found)]]
        scores = _saturate(frequencies, lengths / self._view.averages[query.field])
        return Matches(found, scores * np.float32(query.boost * idf))

    def _occurrences(self, term: ViewTerm, numbers: Ints) -> Keys:
        """Give the occurrences of a term in entries that hold it: place in `numbers` and position in one integer."""
        owners, positions = self._view.positions(term, numbers)
        return owners * np.int64(_POSITION_SPACE) + positions

    def _idf(self, frequency: int) -> float:
        return math.log(self._count / (frequency + 1)) + 1

    def _and(self, query: And) -> Matches:
        if not query.children:
            return _NOTHING
        found = [self.evaluate(child) for child in query.children]
        numbers = _intersect([each.numbers for each in found])
        scores = np.zeros(len(numbers), dtype=np.float32)
        for each in found:
            scores += each.scores[np.searchsorted(each.numbers, numbers)]
        return Matches(numbers, scores)

    def _best(self, query: BestOf) -> Matches:
        found = [self.evaluate(child) for child in query.children]
        found = [each for each in found if len(each.numbers)]
        if len(found) < 2:
            return found[0] if found else _NOTHING
        numbers = self._unite_numbers([each.numbers for each in found])
        scores = np.zeros(len(numbers), dtype=np.float32)
        for each in found:
            places = np.searchsorted(numbers, each.numbers)
            scores[places] = np.maximum(scores[places], each.scores)
        return Matches(numbers, scores)

    def _or(self, query: Or) -> Matches:
        return self._unite([self.evaluate(child) for child in query.children])

    def _unite(self, found: Sequence[Matches]) -> Matches:
        """Unite matches; scores add up."""
        found = [each for each in found if len(each.numbers)]
        if len(found) < 2:
            return found[0] if found else _NOTHING
        numbers = self._unite_numbers([each.numbers for each in found])
        return Matches(numbers, self._add_up(found, [each.scores for each in found], numbers))

    def _unite_numbers(self, found: Sequence[Ints]) -> Ints:
        if self._is_dense(found):
            matched = np.zeros(self._view.size, dtype=np.bool_)
            for each in found:
                matched[each] = True
            return np.flatnonzero(matched).astype(np.int32)
        numbers = np.concatenate(found)
        numbers.sort(kind="stable")  # runs that are sorted already: merged in one pass
        return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))]

    def _add_up(self, found: Sequence[Matches], values: Sequence[Scores], numbers: Ints) -> Scores:
        """Add up a value per match at the given entry numbers, which hold those of all matches."""
        if self._is_dense([each.numbers for each in found]):
            dense = np.zeros(self._view.size, dtype=np.float32)
            for each, value in zip(found, values, strict=True):
                dense[each.numbers] += value
            return dense[numbers]
        sums = np.zeros(len(numbers), dtype=np.float32)
        for each, value in zip(found, values, strict=True):
            sums[np.searchsorted(numbers, each.numbers)] += value
        return sums

    def _is_dense(self, found: Sequence[Ints]) -> bool:
        return sum(map(len, found)) > self._view.size * _DENSE

    def _most(self, query: MostOf) -> Matches:
        found = [self.evaluate(child) for child in query.children]
        # What a child tells: little where it is everywhere. One that is nowhere counts like the rarest.
        told = [math.log((self._count + 1) / max(1, len(each.numbers))) for each in found]
        every = self._unite(found)
        if not len(every.numbers):
            return every
        weights = [
            np.full(len(each.numbers), weight, dtype=np.float32) for each, weight in zip(found, told, strict=True)
        ]
        covered = self._add_up(found, weights, every.numbers)
        kept = covered >= query.share * covered.max() - np.float32(1e-6)
        share = covered[kept] / np.float32(max(sum(told), 1e-9))
        return Matches(every.numbers[kept], every.scores[kept] * share)

    def _exclude(self, query: Exclude) -> Matches:
        found = self.evaluate(query.child)
        kept = ~_contains(self.evaluate(query.excluded).numbers, found.numbers)
        return Matches(found.numbers[kept], found.scores[kept])

    def _prefer(self, query: Prefer) -> Matches:
        found = self.evaluate(query.child)
        preferred = self.evaluate(query.preferred)
        inside = _contains(found.numbers, preferred.numbers)
        scores = found.scores.copy()
        scores[np.searchsorted(found.numbers, preferred.numbers[inside])] += preferred.scores[inside]
        return Matches(found.numbers, scores)

    def _demote(self, query: Demote) -> Matches:
        found = self.evaluate(query.child)
        where = _contains(self.evaluate(query.where).numbers, found.numbers)
        return Matches(found.numbers, np.where(where, found.scores * np.float32(query.factor), found.scores))

    _HANDLERS: Mapping[type, Callable[..., Matches]] = {
        Term: _term,
        Phrase: _phrase,
        Near: _near,
        Prefix: _prefix,
        Everything: _all,
        And: _and,
        Or: _or,
        BestOf: _best,
        MostOf: _most,
        Exclude: _exclude,
        Prefer: _prefer,
        Demote: _demote,
    }


def _saturate(frequencies: NDArray[np.integer], relative_lengths: NDArray[np.floating]) -> Scores:
    """Give BM25 without its idf for frequencies in fields of these lengths, relative to the average."""
    norm = K1 * ((1 - B) + B * relative_lengths)
    return (frequencies * (K1 + 1) / (frequencies + norm)).astype(np.float32)


def _contains(sorted_numbers: NDArray[np.integer], wanted: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell of each wanted number whether it is among the sorted ones."""
    if not len(sorted_numbers):
        return np.zeros(len(wanted), dtype=np.bool_)
    places = np.searchsorted(sorted_numbers, wanted)
    places[places == len(sorted_numbers)] = 0
    found: NDArray[np.bool_] = sorted_numbers[places] == wanted
    return found


def _distances(sorted_keys: Keys, keys: Keys) -> Keys:
    """Give the distance of each key from the nearest of the sorted keys (at least one)."""
    behind = np.searchsorted(sorted_keys, keys)
    after = sorted_keys[np.minimum(behind, len(sorted_keys) - 1)]
    before = sorted_keys[np.maximum(behind - 1, 0)]
    nearest: Keys = np.minimum(np.abs(after - keys), np.abs(keys - before))
    return nearest


def _intersect(lists: Sequence[Ints]) -> Ints:
    """Intersect sorted lists, the shortest first: what it does not hold is never looked at."""
    shortest, *others = sorted(lists, key=len)
    for other in others:
        shortest = shortest[_contains(other, shortest)]
    return shortest
