"""Which entries match a query, without scores: for counting, where nothing is ranked."""

from __future__ import annotations

import numpy as np

from indexer.engine.base import And, Or, Prefix, Query, Term
from indexer.engine.evaluate import Evaluator
from indexer.engine.postings import Ints, Mask
from indexer.engine.view import View


class Matcher:
    """Marks the entries that match query trees over the arrays of one index."""

    def __init__(self, view: View, evaluator: Evaluator) -> None:
        self._view = view
        self._evaluator = evaluator

    def count(self, query: Query) -> int:
        """Count the entries that match `query`."""
        if isinstance(query, Term):  # the dictionary knows
            return self._view.live_frequency(self._view.find(query.field, query.text))
        return int(np.count_nonzero(self._mark(query)))

    def numbers(self, query: Query) -> Ints:
        """Give the entries that match `query`, by rising number."""
        return np.flatnonzero(self._mark(query)).astype(np.int32)

    def _mark(self, query: Query) -> Mask:
        """Tell of each entry whether it matches."""
        if isinstance(query, And) and query.children:
            marks = self._mark(query.children[0])
            for child in query.children[1:]:
                marks &= self._mark(child)
            return marks
        marks = np.zeros(self._view.size, dtype=np.bool_)
        self._add(query, marks)
        return marks

    def _add(self, query: Query, marks: Mask) -> None:
        """Mark what matches, beside what is marked already."""
        match query:
            case Or(children):
                for child in children:
                    self._add(child, marks)
            case And():
                if query.children:
                    marks |= self._mark(query)
            case Term(field, text):
                marks[self._view.postings(self._view.find(field, text))[0]] = True
            case Prefix(field, text):
                for numbers in self._view.numbers_with_prefix(field, text):
                    marks[numbers] = True
            case _:
                marks[self._evaluator.evaluate(query).numbers] = True
