"""Scores: BM25 of terms, of terms in joint fields and of what stands together, read from tables by the codes of postings.

There are few pairs of a frequency and a length, so each is worked out once, when an index is opened.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from indexer.engine.base import Near, Phrase, Term
from indexer.engine.matches import Scores
from indexer.engine.view import View
from indexer.fields import JOINT_FIELDS

# BM25 as in Whoosh's BM25F and most of the literature: B how much length counts, K1 how soon repetition stops to.
B = 0.75
K1 = 1.2
_NONE = np.zeros(1, dtype=np.float32)


class Scorer:
    """The tables of one index; safe to use from several threads."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._count = len(view.live_numbers)
        frequencies, lengths = view.code_frequencies, view.code_lengths
        self._saturation: dict[str, Scores] = {
            field: _saturate(frequencies, _norm(lengths / average)) for field, average in view.averages.items()
        }
        self._norms = {field: _norm(view.byte_lengths / average) for field, average in view.averages.items()}
        self._joint = {
            first: (
                np.append(_NONE, self._saturation[first])[view.joint_first_codes],
                np.append(_NONE, self._saturation[second])[view.joint_second_codes],
            )
            for first, second in JOINT_FIELDS
        }

    def score(self, query: Term, codes: NDArray[np.uint32]) -> Scores:
        """Give the scores of a term's entries by the codes of their postings; an exact value matches or not."""
        saturation = self._saturation.get(query.field)
        if saturation is None:
            return np.full(len(codes), query.boost, dtype=np.float32)
        scores = saturation.take(codes)
        scores *= self._weight(query)
        return scores

    def score_joint(self, first: Term, second: Term, codes: NDArray[np.uint32]) -> Scores:
        """Give the scores of the entries that have a term in either of two joint fields, by their joint codes."""
        in_first, in_second = self._joint[first.field]
        weights = self._weight(first), self._weight(second)
        if len(in_first) < len(codes):
            return (in_first * weights[0] + in_second * weights[1]).take(codes)
        return in_first.take(codes) * weights[0] + in_second.take(codes) * weights[1]

    def score_together(
        self, query: Phrase | Near, frequencies: NDArray[np.integer], lengths: NDArray[np.uint8]
    ) -> Scores:
        """Give the scores of entries in which the texts stand together so often, in fields of these lengths (as bytes)."""
        terms = (self._view.find(query.field, text) for text in query.texts)
        idf = sum(self._idf(self._view.live_frequency(term)) for term in terms)
        scores = _saturate(frequencies, self._norms[query.field].take(lengths))
        return scores * np.float32(query.boost * idf)

    def _weight(self, term: Term) -> np.float32:
        return np.float32(term.boost * self._idf(self._view.live_frequency(self._view.find(term.field, term.text))))

    def _idf(self, frequency: int) -> float:
        return math.log(self._count / (frequency + 1)) + 1


def _norm(relative_lengths: NDArray[np.floating]) -> NDArray[np.floating]:
    """Give what BM25 adds to a frequency in fields of these lengths, relative to the average."""
    return K1 * ((1 - B) + B * relative_lengths)


def _saturate(frequencies: NDArray[np.integer], norms: NDArray[np.floating]) -> Scores:
    """Give BM25 without its idf."""
    return (frequencies * (K1 + 1) / (frequencies + norms)).astype(np.float32)
