"""Query trees evaluated over arrays: which entries match, with which scores. No posting is touched by Python.

Cost grows with the postings of the query's terms, not with the size of the index; where every child must match, with
those of the rarest one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

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
from indexer.engine.matches import LOOK_UP, NOTHING, Keys, Matches, Scores, Space, contains, find_places
from indexer.engine.postings import Ints, Mask
from indexer.engine.view import Term as ViewTerm
from indexer.engine.view import View

_Meets = Callable[[Keys, Keys, int], NDArray[np.bool_]]

# BM25 as in Whoosh's BM25F and most of the literature: B how much length counts, K1 how soon repetition stops to.
B = 0.75
K1 = 1.2
# Positions of different entries are kept apart in one integer key: no entry has as many tokens.
_POSITION_SPACE = 1 << 24


class Evaluator:
    """Evaluates query trees over the arrays of one index."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._space = Space(view.size)
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
        return Matches(numbers, self._score(query, codes, len(numbers)))

    def _score(self, query: Term, codes: NDArray[np.uint32], frequency: int) -> Scores:
        saturation = self._saturation.get(query.field)
        if saturation is None:  # an exact value: it matches or not
            return np.full(len(codes), query.boost, dtype=np.float32)
        scores = saturation.take(codes)
        scores *= np.float32(query.boost * self._idf(frequency))
        return scores

    def _prefix(self, query: Prefix) -> Matches:
        found = [each for each in self._view.numbers_with_prefix(query.field, query.text) if len(each)]
        numbers = self._space.unite_numbers(found) if found else NOTHING.numbers
        return Matches(numbers, np.full(len(numbers), query.boost, dtype=np.float32))

    def _phrase(self, query: Phrase) -> Matches:
        return self._together(query, lambda keys, others, place: contains(others - place, keys))

    def _near(self, query: Near) -> Matches:
        return self._together(query, lambda keys, others, _place: _distances(others, keys) <= query.distance)

    def _together(self, query: Phrase | Near, meets: _Meets) -> Matches:
        """Match the entries in which an occurrence of the first text meets one of each other text.

        `meets` is given the occurrences of the first text that are left, those of another text, and its place.
        """
        terms = [self._view.find(query.field, text) for text in query.texts]
        if not terms or not all(terms):
            return NOTHING
        postings = [self._view.postings(term) for term in terms]
        numbers = self._space.intersect([each for each, _ in postings])
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
            return NOTHING
        first, *others = sorted(query.children, key=self._size_of)
        found = self.evaluate(first)
        for child in others:
            mask, scores = self._look_up(child, found.numbers)
            found = Matches(found.numbers[mask], found.scores[mask] + scores[mask])
        return found

    def _size_of(self, query: Query) -> int:
        """Estimate how many entries match, from above."""
        if isinstance(query, Term):
            return self._view.frequency(self._view.find(query.field, query.text))
        if isinstance(query, Phrase | Near):
            return min((self._size_of(Term(query.field, text)) for text in query.texts), default=0)
        if isinstance(query, And):
            return min(map(self._size_of, query.children), default=0)
        if isinstance(query, Or | BestOf):
            return sum(map(self._size_of, query.children))
        return self._view.size

    def _look_up(self, query: Query, numbers: Ints) -> tuple[Mask, Scores]:
        """Tell of some entries whether they match, and their scores: of a short list, without the other matches."""
        if len(numbers) * LOOK_UP < self._size_of(query):
            if isinstance(query, Term):
                return self._look_up_term(query, numbers)
            if isinstance(query, Or) and query.children:
                found = [self._look_up(child, numbers) for child in query.children]
                return np.logical_or.reduce([mask for mask, _ in found]), np.add.reduce([scores for _, scores in found])
        return self._space.look_up(self.evaluate(query), numbers)

    def _look_up_term(self, query: Term, numbers: Ints) -> tuple[Mask, Scores]:
        all_numbers, codes = self._view.postings(self._view.find(query.field, query.text))
        places, mask = find_places(all_numbers, numbers)
        scores = np.zeros(len(numbers), dtype=np.float32)
        scores[mask] = self._score(query, codes[places[mask]], len(all_numbers))
        return mask, scores

    def _best(self, query: BestOf) -> Matches:
        return self._space.best([self.evaluate(child) for child in query.children])

    def _or(self, query: Or) -> Matches:
        return self._space.unite([self.evaluate(child) for child in query.children])

    def _most(self, query: MostOf) -> Matches:
        found = [self.evaluate(child) for child in query.children]
        # What a child tells: little where it is everywhere. One that is nowhere counts like the rarest.
        told = [math.log((self._count + 1) / max(1, len(each.numbers))) for each in found]
        every = self._space.unite(found)
        if not len(every.numbers):
            return every
        weights = [
            np.full(len(each.numbers), weight, dtype=np.float32) for each, weight in zip(found, told, strict=True)
        ]
        covered = self._space.add_up(found, weights, every.numbers)
        kept = covered >= query.share * covered.max() - np.float32(1e-6)
        share = (covered[kept] / np.float32(max(sum(told), 1e-9))) ** np.float32(query.power)
        return Matches(every.numbers[kept], every.scores[kept] * share)

    def _exclude(self, query: Exclude) -> Matches:
        found = self.evaluate(query.child)
        kept = ~contains(self.evaluate(query.excluded).numbers, found.numbers)
        return Matches(found.numbers[kept], found.scores[kept])

    def _prefer(self, query: Prefer) -> Matches:
        found = self.evaluate(query.child)
        preferred = self.evaluate(query.preferred)
        inside = contains(found.numbers, preferred.numbers)
        scores = found.scores.copy()
        scores[np.searchsorted(found.numbers, preferred.numbers[inside])] += preferred.scores[inside]
        return Matches(found.numbers, scores)

    def _demote(self, query: Demote) -> Matches:
        found = self.evaluate(query.child)
        where = contains(self.evaluate(query.where).numbers, found.numbers)
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


def _distances(sorted_keys: Keys, keys: Keys) -> Keys:
    """Give the distance of each key from the nearest of the sorted keys (at least one)."""
    behind = np.searchsorted(sorted_keys, keys)
    after = sorted_keys[np.minimum(behind, len(sorted_keys) - 1)]
    before = sorted_keys[np.maximum(behind - 1, 0)]
    nearest: Keys = np.minimum(np.abs(after - keys), np.abs(keys - before))
    return nearest
