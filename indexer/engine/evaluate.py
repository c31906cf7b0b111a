"""Query trees evaluated over arrays: which entries match, with which scores. No posting is touched by Python.

Cost grows with the postings of the query's terms, not with the size of the index; where every child must match, with
those of the rarest one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engine.addresses import FURTHEST, Addresses
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
    Reserve,
    Term,
)
from indexer.engine.matches import LOOK_UP, NOTHING, Matches, Scores, Space, find_places
from indexer.engine.postings import Ints, Mask
from indexer.engine.scores import Scorer
from indexer.engine.view import Term as ViewTerm
from indexer.engine.view import View
from indexer.fields import JOINT_FIELDS, SHORT_FIELDS

_PARTNERS = {name: other for pair in JOINT_FIELDS for name, other in (pair, pair[::-1])}
_PHRASED = {field.name for field in SHORT_FIELDS}
_FIRSTS = {first for first, _ in JOINT_FIELDS}


@dataclass(frozen=True, slots=True)
class _Joint:
    """Entries that hold one text in either of two joint fields: what an Or of its two terms means."""

    first: Term
    second: Term


_Node = Query | _Joint
_REPEATED = (
    Or,
    BestOf,
    Reserve,
    MostOf,
    Prefer,
)  # what stands in a tree twice, in its words and in what is asked of them


class Evaluator:
    """Evaluates query trees over the arrays of one index; safe to use from several threads."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.space = Space(view.size)
        self.scorer = Scorer(view)
        nothing = np.zeros(len(view.live_numbers), dtype=np.float32)
        nothing.setflags(write=False)
        self.everything = Matches(view.live_numbers, nothing)

    def evaluate(self, query: Query) -> Matches:
        """Give the entries that match `query`, with their scores."""
        return _Evaluation(self).evaluate(query)


class _Evaluation:
    """One evaluation of a tree. A node that stands in it twice is evaluated once."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._view = evaluator.view
        self._space = evaluator.space
        self._scorer = evaluator.scorer
        self._known: dict[int, Matches] = {}

    def evaluate(self, query: _Node) -> Matches:
        handler = self._HANDLERS[type(query)]
        if not isinstance(query, _REPEATED):
            return handler(self, query)
        known = self._known.get(id(query))  # the tree holds its nodes: an id stays theirs
        if known is None:
            known = self._known[id(query)] = handler(self, query)
        return known

    def _all(self, _query: Everything) -> Matches:
        return self._evaluator.everything

    def _term(self, query: Term | _Joint) -> Matches:
        numbers, codes = self._postings(query)
        return Matches(numbers, self._score(query, codes))

    def _postings(self, query: Term | _Joint) -> tuple[Ints, NDArray[np.uint32]]:
        if isinstance(query, Term):
            return self._view.postings(self._find(query))
        return self._view.joint_postings(self._find(query.first), self._find(query.second))

    def _find(self, term: Term) -> ViewTerm:
        return self._view.find(term.field, term.text)

    def _score(self, query: Term | _Joint, codes: NDArray[np.uint32]) -> Scores:
        if isinstance(query, Term):
            return self._scorer.score(query, codes)
        return self._scorer.score_joint(query.first, query.second, codes)

    def _prefix(self, query: Prefix) -> Matches:
        found = [each for each in self._view.numbers_with_prefix(query.field, query.text) if len(each)]
        numbers = self._space.unite_numbers(found) if found else NOTHING.numbers
        return Matches(numbers, np.full(len(numbers), query.boost, dtype=np.float32))

    def _phrase(self, query: Phrase) -> Matches:
        return self._together(query, Addresses.of_phrase)

    def _near(self, query: Near) -> Matches:
        if query.distance > FURTHEST:
            raise ValueError(f"Near asks for a distance of {query.distance}; {FURTHEST} is the largest")
        return self._together(query, lambda addresses, terms: addresses.of_near(terms, query.distance))

    def _together(self, query: Phrase | Near, find: Callable[[Addresses, Sequence[int]], Ints]) -> Matches:
        """Match the entries in which the texts stand together, as `find` tells of each segment."""
        if query.field not in _PHRASED:
            raise ValueError(f"{query.field}: phrases are of short units, in {', '.join(sorted(_PHRASED))}")
        if not query.texts:
            return NOTHING
        numbers, frequencies, lengths = self._view.occurrences(query.field, query.texts, find)
        if not len(numbers):
            return NOTHING
        return Matches(numbers, self._scorer.score_together(query, frequencies, lengths))

    def _and(self, query: And) -> Matches:
        if not query.children:
            return NOTHING
        first, *others = sorted(query.children, key=self._size_of)
        found = self.evaluate(first)
        for child in others:
            mask, scores = self._look_up(child, found.numbers)
            kept = np.flatnonzero(mask)
            found = Matches(found.numbers.take(kept), found.scores.take(kept) + scores.take(kept))
        return found

    def _size_of(self, query: _Node) -> int:
        """Estimate how many entries match, from above."""
        if isinstance(query, Term):
            return self._view.frequency(self._find(query))
        if isinstance(query, _Joint):
            return self._size_of(query.first) + self._size_of(query.second)
        if isinstance(query, Phrase | Near):
            return min((self._size_of(Term(query.field, text)) for text in query.texts), default=0)
        if isinstance(query, And):
            return min(map(self._size_of, query.children), default=0)
        if isinstance(query, Or | BestOf):
            return sum(map(self._size_of, query.children))
        return self._view.size

    def _look_up(self, query: _Node, numbers: Ints) -> tuple[Mask, Scores]:
        """Tell of some entries whether they match, and their scores: of a short list, without the other matches."""
        if isinstance(query, Or) and id(query) not in self._known:
            children = self._join(query.children)
            if len(children) == 1:
                return self._look_up(children[0], numbers)
            if children and self._is_short(numbers, query):
                found = [self._look_up(child, numbers) for child in children]
                return np.logical_or.reduce([mask for mask, _ in found]), np.add.reduce([scores for _, scores in found])
        if isinstance(query, Term | _Joint):
            return self._look_up_term(query, numbers)
        if isinstance(query, Everything):
            return np.ones(len(numbers), dtype=np.bool_), np.zeros(len(numbers), dtype=np.float32)
        if isinstance(query, Exclude):
            child, scores = self._look_up(query.child, numbers)
            excluded, _ = self._look_up(query.excluded, numbers)
            mask = child & ~excluded
            return mask, np.where(mask, scores, 0)
        return self._space.look_up(self.evaluate(query), numbers)

    def _is_short(self, numbers: Ints, query: _Node) -> bool:
        return len(numbers) * LOOK_UP < self._size_of(query)

    def _look_up_term(self, query: Term | _Joint, numbers: Ints) -> tuple[Mask, Scores]:
        all_numbers, codes = self._postings(query)
        if len(all_numbers) == self._view.size:  # every entry has it: each stands at its number
            return np.ones(len(numbers), dtype=np.bool_), self._score(query, codes.take(numbers))
        if not self._is_short(numbers, query):
            return self._space.look_up(Matches(all_numbers, self._score(query, codes)), numbers)
        places, mask = find_places(all_numbers, numbers)
        kept = np.flatnonzero(mask)
        scores = np.zeros(len(numbers), dtype=np.float32)
        scores[kept] = self._score(query, codes.take(places.take(kept)))
        return mask, scores

    def _best(self, query: BestOf) -> Matches:
        return self._space.best([self.evaluate(child) for child in query.children])

    def _reserve(self, query: Reserve) -> Matches:
        found = self.evaluate(query.child)
        if len(found.numbers) >= query.least:
            return found
        return self._space.best([found, self.evaluate(query.reserve)])

    def _or(self, query: Or) -> Matches:
        return self._space.unite([self.evaluate(child) for child in self._join(query.children)])

    def _join(self, children: Sequence[Query]) -> list[_Node]:
        """Leave out the terms that no entry has, and put one node in the place of a text's terms in two joint fields."""
        alone: dict[tuple[str, str], Term] = {}
        joined: list[_Node] = []
        for child in children:
            if isinstance(child, Term) and not self._find(child):
                continue
            if not isinstance(child, Term) or child.field not in _PARTNERS:
                joined.append(child)
                continue
            partner = alone.pop((_PARTNERS[child.field], child.text), None)
            if partner is not None:
                joined.append(_Joint(child, partner) if child.field in _FIRSTS else _Joint(partner, child))
            elif (child.field, child.text) in alone:
                joined.append(child)
            else:
                alone[child.field, child.text] = child
        return [*joined, *alone.values()]

    def _most(self, query: MostOf) -> Matches:
        found = [self.evaluate(child) for child in query.children]
        # What a child tells: little where it is everywhere. One that is nowhere counts like the rarest.
        told = [math.log((len(self._view.live_numbers) + 1) / max(1, len(each.numbers))) for each in found]
        every = self._space.unite(found)
        if not len(every.numbers):
            return every
        weights = [
            np.full(len(each.numbers), weight, dtype=np.float32) for each, weight in zip(found, told, strict=True)
        ]
        covered = self._space.add_up(found, weights, every.numbers)
        kept = covered >= query.share * covered.max() - np.float32(1e-6)
        share = (covered[kept] / np.float32(sum(told))) ** np.float32(query.power)
        return Matches(every.numbers[kept], every.scores[kept] * share)

    def _exclude(self, query: Exclude) -> Matches:
        found = self.evaluate(query.child)
        excluded, _ = self._look_up(query.excluded, found.numbers)
        return Matches(found.numbers[~excluded], found.scores[~excluded])

    def _prefer(self, query: Prefer) -> Matches:
        found = self.evaluate(query.child)
        preferred = self.evaluate(query.preferred)
        places, inside = find_places(found.numbers, preferred.numbers)
        scores = found.scores.copy()
        scores[places[inside]] += preferred.scores[inside]
        return Matches(found.numbers, scores)

    def _demote(self, query: Demote) -> Matches:
        found = self.evaluate(query.child)
        where, _ = self._look_up(query.where, found.numbers)
        return Matches(found.numbers, np.where(where, found.scores * np.float32(query.factor), found.scores))

    _HANDLERS: Mapping[type, Callable[..., Matches]] = {
        Term: _term,
        _Joint: _term,
        Phrase: _phrase,
        Near: _near,
        Prefix: _prefix,
        Everything: _all,
        And: _and,
        Or: _or,
        BestOf: _best,
        Reserve: _reserve,
        MostOf: _most,
        Exclude: _exclude,
        Prefer: _prefer,
        Demote: _demote,
    }
