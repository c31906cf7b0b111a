"""The queries of the benchmark: words, phrases and prefixes, without, with one and with two filters, by a fixed seed.

All are drawn from entries of the corpus, rare and common terms alike, so that most find something.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from random import Random
from typing import Any, Literal

GAP = "。"  # stands where a sentence ends between two tokens: no phrase runs over it. Never a term.
FACETS = ("region", "category", "year")
FACETED_QUERIES = 300
RARE_QUERIES = 100
RARE_MOST = 10  # entries in which a rare term stands, at most
_PREFIX_LENGTHS = (2, 3)  # characters
_AFTER_ALL = chr(0x10FFFF)
_MOST_EXPANDED = 2_000  # terms of one prefix
_TWO_VALUES = 0.15  # share of filters that take either of two values
# What a query is made of, and how many of each kind stand among a hundred.
_SHAPES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (24, ("word",)),
    (20, ("word", "word")),
    (12, ("word", "word", "word")),
    (8, ("word", "word", "word", "word")),
    (12, ("phrase",)),
    (6, ("long phrase",)),
    (4, ("phrase", "word")),
    (10, ("prefix",)),
    (4, ("prefix", "word")),
)

Kind = Literal["word", "phrase", "prefix"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One word (a term), phrase (terms in a row) or prefix (alone in `terms`) that title or body must hold."""

    kind: Kind
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacetedQuery:
    """All clauses must be met; filters are values by facet: OR within a facet, AND between them."""

    clauses: tuple[Clause, ...]
    filters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry that queries are drawn from: its texts, as terms, and its values by facet."""

    texts: tuple[tuple[str, ...], ...]
    facets: Mapping[str, Sequence[str]]


def make_queries(samples: Sequence[Sample], frequencies: Mapping[str, int], seed: int) -> list[FacetedQuery]:
    """Make the faceted queries; `frequencies` tells in how many entries each term stands."""
    rng = Random(seed)
    vocabulary = sorted(frequencies)
    shapes, weights = [shape for _, shape in _SHAPES], [weight for weight, _ in _SHAPES]
    made: list[FacetedQuery] = []
    while len(made) < FACETED_QUERIES:
        sample = rng.choice(samples)
        drawn = _Drawn(rng, sample, frequencies, vocabulary)
        clauses = tuple(map(drawn.clause, rng.choices(shapes, weights)[0]))
        if all(clauses):
            made.append(FacetedQuery(tuple(filter(None, clauses)), _filters(rng, samples, sample, len(made) % 3)))
    return made


def make_rare_queries(frequencies: Mapping[str, int], seed: int) -> list[FacetedQuery]:
    """Make queries of one rare term each, without filters."""
    rare = sorted(term for term, count in frequencies.items() if count <= RARE_MOST)
    chosen = Random(seed).sample(rare, min(RARE_QUERIES, len(rare)))
    return [FacetedQuery((Clause("word", (term,)),), {}) for term in chosen]


def to_json(query: FacetedQuery) -> dict[str, Any]:
    """Give a query as JSON values."""
    return asdict(query)


def from_json(values: Mapping[str, Any]) -> FacetedQuery:
    """Read back what `to_json` gave."""
    clauses = tuple(Clause(each["kind"], tuple(each["terms"])) for each in values["clauses"])
    return FacetedQuery(clauses, {name: tuple(chosen) for name, chosen in values["filters"].items()})


class _Drawn:
    """Draws clauses from one entry, no word twice."""

    def __init__(self, rng: Random, sample: Sample, frequencies: Mapping[str, int], vocabulary: Sequence[str]) -> None:
        self._rng = rng
        self._sample = sample
        self._vocabulary = vocabulary
        terms = {term for text in sample.texts for term in text if term != GAP}
        self._by_frequency = sorted(terms, key=lambda term: (frequencies[term], term))

    def clause(self, shape: str) -> Clause | None:
        """Draw a clause; None where the entry has none of this shape."""
        if shape == "word":
            return self._word()
        if shape == "prefix":
            return self._prefix()
        return self._phrase(3 if shape == "long phrase" else 2)

    def _word(self) -> Clause | None:
        """Take any word of the entry; one time in four its rarest, one time in four one of its commonest."""
        left = self._by_frequency
        if not left:
            return None
        chance = self._rng.random()
        place = 0 if chance < 0.25 else len(left) - 1 if chance < 0.5 else self._rng.randrange(len(left))
        return Clause("word", (left.pop(place),))

    def _phrase(self, length: int) -> Clause | None:
        text = self._rng.choice(self._sample.texts)
        rows = [text[at : at + length] for at in range(len(text) - length + 1)]
        rows = [row for row in rows if GAP not in row and all(one != other for one, other in pairwise(row))]
        return Clause("phrase", self._rng.choice(rows)) if rows else None

    def _prefix(self) -> Clause | None:
        length = self._rng.choice(_PREFIX_LENGTHS)
        longer = [term for term in self._by_frequency if len(term) > length]
        if not longer:
            return None
        prefix = self._rng.choice(longer)[:length]
        first, last = (bisect_left(self._vocabulary, end) for end in (prefix, prefix + _AFTER_ALL))
        return Clause("prefix", (prefix,)) if last - first <= _MOST_EXPANDED else None


def _filters(rng: Random, samples: Sequence[Sample], sample: Sample, count: int) -> dict[str, tuple[str, ...]]:
    """Choose values of `count` facets, which the entry has; sometimes a second value of another entry."""
    filters: dict[str, tuple[str, ...]] = {}
    present = [facet for facet in FACETS if sample.facets[facet]]
    for facet in rng.sample(present, min(count, len(present))):
        values = [rng.choice(sample.facets[facet])]
        other = rng.choice(samples).facets[facet]
        if other and rng.random() < _TWO_VALUES:
            values.append(rng.choice(other))
        filters[facet] = tuple(dict.fromkeys(values))
    return filters
