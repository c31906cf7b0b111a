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

from indexer.engine.arrays import Arrays, Numbers
from indexer.engine.base import And, Demote, Everything, Exclude, MostOf, Or, Phrase, Prefer, Query, Term

Scores = NDArray[np.float32]

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

    numbers: Numbers
    scores: Scores


_NOTHING = Matches(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class Evaluator:
    """Evaluates query trees over the arrays of one index."""

    def __init__(self, arrays: Arrays, count: int) -> None:
        """Prepare for an index of `count` entries."""
        self._arrays = arrays
        self._count = count
        frequencies, lengths = arrays.code_frequencies, arrays.code_lengths
        self._saturation: dict[str, Scores] = {
            field: _saturate(frequencies, lengths / average) for field, average in arrays.averages.items()
        }
        self._everything = Matches(np.arange(count, dtype=np.int32), np.zeros(count, dtype=np.float32))

    def evaluate(self, query: Query) -> Matches:
        """Give the entries that match `query`, with their scores."""
        return self._HANDLERS[type(query)](self, query)

    def _all(self, _query: Everything) -> Matches:
        return self._everything

    def _term(self, query: Term) -> Matches:
        term = self._arrays.find(query.field, query.text)
        if term is None:
            return _NOTHING
        numbers, codes = self._arrays.postings(term)
        saturation = self._saturation.get(query.field)
        if saturation is None:  # a facet: it matches or not
            return Matches(numbers, np.full(len(numbers), query.boost, dtype=np.float32))
        scores = saturation.take(codes)
        scores *= np.float32(query.boost * self._idf(len(numbers)))
        return Matches(numbers, scores)

    def _phrase(self, query: Phrase) -> Matches:
        terms = [self._arrays.find(query.field, text) for text in query.texts]
        known = [term for term in terms if term is not None]
        if not known or len(known) < len(terms):
            return _NOTHING
        lists = [self._arrays.postings(term)[0] for term in known]
        numbers = _intersect(lists)
        owners, positions = self._arrays.positions(known[0], numbers)
        keys = owners * np.int64(_POSITION_SPACE) + positions
        for distance, term in enumerate(known[1:], 1):
            owners, positions = self._arrays.positions(term, numbers)
            others = owners * np.int64(_POSITION_SPACE) + positions - distance
            keys = keys[_contains(others, keys)]
        places, frequencies = np.unique(keys // _POSITION_SPACE, return_counts=True)
        found = numbers[places]
        idf = sum(self._idf(len(each)) for each in lists)
        lengths = self._lengths_at(known[0], found) / self._arrays.averages[query.field]
        return Matches(found, _saturate(frequencies, lengths) * np.float32(query.boost * idf))

    def _lengths_at(self, term: int, numbers: Numbers) -> NDArray[np.int32]:
        """Give the lengths of a term's field in entries that hold it."""
        all_numbers, codes = self._arrays.postings(term)
        return self._arrays.code_lengths[codes[np.searchsorted(all_numbers, numbers)]]

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

    def _or(self, query: Or) -> Matches:
        return self._unite([self.evaluate(child) for child in query.children])

    def _unite(self, found: Sequence[Matches]) -> Matches:
        """Unite matches; scores add up."""
        found = [each for each in found if len(each.numbers)]
        if len(found) < 2:
            return found[0] if found else _NOTHING
        numbers = self._unite_numbers(found)
        return Matches(numbers, self._add_up(found, [each.scores for each in found], numbers))

    def _unite_numbers(self, found: Sequence[Matches]) -> Numbers:
        if self._is_dense(found):
            matched = np.zeros(self._count, dtype=np.bool_)
            for each in found:
                matched[each.numbers] = True
            return np.flatnonzero(matched).astype(np.int32)
        numbers = np.concatenate([each.numbers for each in found])
        numbers.sort(kind="stable")  # runs that are sorted already: merged in one pass
        return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))]

    def _add_up(self, found: Sequence[Matches], values: Sequence[Scores], numbers: Numbers) -> Scores:
        """Add up a value per match at the given entry numbers, which hold those of all matches."""
        if self._is_dense(found):
            dense = np.zeros(self._count, dtype=np.float32)
            for each, value in zip(found, values, strict=True):
                dense[each.numbers] += value
            return dense[numbers]
        sums = np.zeros(len(numbers), dtype=np.float32)
        for each, value in zip(found, values, strict=True):
            sums[np.searchsorted(numbers, each.numbers)] += value
        return sums

    def _is_dense(self, found: Sequence[Matches]) -> bool:
        return sum(len(each.numbers) for each in found) > self._count * _DENSE

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
        Everything: _all,
        And: _and,
        Or: _or,
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


def _intersect(lists: Sequence[Numbers]) -> Numbers:
    """Intersect sorted lists, the shortest first: what it does not hold is never looked at."""
    shortest, *others = sorted(lists, key=len)
    for other in others:
        shortest = shortest[_contains(other, shortest)]
    return shortest
