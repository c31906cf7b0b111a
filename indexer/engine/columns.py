"""Column-wise reading: the postings of a Whoosh index as NumPy arrays, and queries evaluated over them.

`write_columns` derives the arrays from the Whoosh index at build; `ColumnReader` maps them into memory and answers
`base.Query` trees with scores and facet counts. No posting is touched by Python on the way of a query. The Whoosh
index stays the source of truth, and its own searcher is the oracle that the tests hold this module against.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.engine.base import (
    And,
    Demote,
    EngineResult,
    Everything,
    Exclude,
    MostOf,
    Or,
    Order,
    Phrase,
    Prefer,
    Query,
    Term,
)
from indexer.engine.whoosh_engine import WhooshIndex
from indexer.fields import FACET_FIELDS, TEXT_FIELDS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# BM25 as in Whoosh's BM25F and most of the literature: B how much length counts, K1 how soon repetition stops to.
B = 0.75
K1 = 1.2
# Positions of different entries are kept apart in one integer key: no entry has as many tokens.
_POSITION_SPACE = 1 << 24


def write_columns(folder: Path, whoosh: WhooshIndex) -> None:
    """Derive the arrays from an open Whoosh index into the existing, empty folder `folder`.

    Terms are keys `field NUL term` in byte order. Term i owns postings [post_starts[i], post_starts[i+1]), a posting
    the positions [pos_starts[j], pos_starts[j+1]).
    """
    found = sorted((field.encode() + b"\0" + term, postings) for field, term, postings in whoosh.postings())
    keys = [key for key, _ in found]
    numbers = [number for _, postings in found for number, _ in postings]
    positions = [places for _, postings in found for _, places in postings]
    arrays: dict[str, NDArray[np.generic]] = {
        "key_bytes": np.frombuffer(b"".join(keys), dtype=np.uint8),
        "key_starts": _starts(len(key) for key in keys),
        "post_starts": _starts(len(postings) for _, postings in found),
        "post_numbers": np.array(numbers, dtype=np.int32),
        "pos_starts": _starts(len(places) for places in positions),
        "pos_values": np.array([place for places in positions for place in places], dtype=np.int32),
        "averages": np.array([whoosh.average_length(field.name) or 1.0 for field in TEXT_FIELDS]),
    }
    for field in TEXT_FIELDS:
        arrays[f"length_{field.name}"] = np.array(whoosh.field_lengths(field.name), dtype=np.int32)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


def _starts(lengths: object) -> Ints:
    counted = np.fromiter(lengths, dtype=np.int64)  # type: ignore[call-overload]
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counted)])


@dataclass(frozen=True, slots=True)
class _Found:
    """Entries that match a node, by rising number, with their scores."""

    numbers: Ints
    scores: Floats


_NOTHING = _Found(np.empty(0, dtype=np.int64), np.empty(0))


class _Keys(Sequence[bytes]):
    """The sorted term dictionary, read from its mapped bytes."""

    def __init__(self, key_bytes: NDArray[np.uint8], starts: Ints) -> None:
        self._bytes = key_bytes
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]
        return self._bytes[self._starts[place] : self._starts[place + 1]].tobytes()


class ColumnReader:
    """Answers queries over the arrays of one index; safe to use from several threads."""

    def __init__(self, folder: Path, whoosh: WhooshIndex) -> None:
        """Map the arrays in `folder`, which `write_columns` derived from `whoosh`."""
        self._whoosh = whoosh
        self._count = len(whoosh)
        self._post_starts = _map(folder, "post_starts")
        self._post_numbers = _map(folder, "post_numbers")
        self._pos_starts = _map(folder, "pos_starts")
        self._pos_values = _map(folder, "pos_values")
        self._keys = _Keys(np.load(folder / "key_bytes.npy", mmap_mode="r"), _map(folder, "key_starts"))
        averages = _map(folder, "averages")
        self._average = {field.name: float(mean) for field, mean in zip(TEXT_FIELDS, averages, strict=True)}
        self._length = {field.name: _map(folder, f"length_{field.name}") for field in TEXT_FIELDS}
        self._facets = {field.name: self._read_facet(field.name) for field in FACET_FIELDS}
        self._years = self._read_years()

    def search(
        self, query: Query, *, filters: Mapping[str, Sequence[str]], order: Order, offset: int, limit: int
    ) -> EngineResult:
        """Evaluate a query; see `base.EngineReader`."""
        found = self._evaluate(query)
        masks = {field: self._filter(field, values) for field, values in filters.items() if values}
        kept = self._under(found.numbers, masks)
        numbers, scores = found.numbers[kept], found.scores[kept]
        chosen = self._sorted(numbers, scores, order)[offset : offset + limit]
        counts = {
            field: self._count_facet(
                field, found.numbers[self._under(found.numbers, {f: m for f, m in masks.items() if f != field})]
            )
            for field in self._facets
        }
        return EngineResult(len(numbers), numbers[chosen], scores[chosen], counts)

    def facet_values(self, field: str) -> tuple[str, ...]:
        """List all values of a facet field, sorted."""
        return tuple(self._facets[field])

    def stored(self, number: int) -> str:
        """Give the text stored with entry `number`."""
        return self._whoosh.stored(number)

    def find(self, entry_id: str) -> int | None:
        """Give the number of the entry with this id."""
        term = self._term("id", entry_id)
        return None if term is None else int(self._numbers(term)[0])

    def close(self) -> None:
        """Close the Whoosh index; the maps go with the reader."""
        self._whoosh.close()

    # -- terms and postings

    def _term(self, field: str, text: str) -> int | None:
        key = field.encode() + b"\0" + text.encode("utf-8", "replace")
        place = bisect_left(self._keys, key)
        return place if place < len(self._keys) and self._keys[place] == key else None

    def _numbers(self, term: int) -> Ints:
        return self._post_numbers[self._post_starts[term] : self._post_starts[term + 1]].astype(np.int64)

    def _frequencies(self, term: int) -> Floats:
        first, last = self._post_starts[term], self._post_starts[term + 1]
        return np.diff(self._pos_starts[first : last + 1]).astype(np.float64)

    def _position_keys(self, term: int) -> Ints:
        """Give each occurrence of a term as one rising integer: entry number and position."""
        first, last = self._post_starts[term], self._post_starts[term + 1]
        values = self._pos_values[self._pos_starts[first] : self._pos_starts[last]]
        counts = np.diff(self._pos_starts[first : last + 1])
        return np.repeat(self._numbers(term) * _POSITION_SPACE, counts) + values

    # -- evaluation

    def _evaluate(self, query: Query) -> _Found:
        handler: Callable[[Query], _Found] = self._HANDLERS[type(query)].__get__(self)
        return handler(query)

    def _everything(self, _query: Everything) -> _Found:
        return _Found(np.arange(self._count, dtype=np.int64), np.zeros(self._count))

    def _evaluate_term(self, query: Term) -> _Found:
        term = self._term(query.field, query.text)
        if term is None:
            return _NOTHING
        numbers = self._numbers(term)
        if query.field not in self._length:
            return _Found(numbers, np.full(len(numbers), query.boost))
        idf = self._idf(len(numbers))
        return _Found(numbers, query.boost * self._bm25(query.field, numbers, self._frequencies(term), idf))

    def _evaluate_phrase(self, query: Phrase) -> _Found:
        terms = [self._term(query.field, text) for text in query.texts]
        known = [term for term in terms if term is not None]
        if not known or len(known) < len(terms):
            return _NOTHING
        keys = self._position_keys(known[0])
        for distance, term in enumerate(known[1:], 1):
            keys = np.intersect1d(keys, self._position_keys(term) - distance, assume_unique=True)
        numbers, frequencies = np.unique(keys // _POSITION_SPACE, return_counts=True)
        idf = sum(self._idf(len(self._numbers(term))) for term in known)
        return _Found(numbers, query.boost * self._bm25(query.field, numbers, frequencies.astype(np.float64), idf))

    def _idf(self, frequency: int) -> float:
        return math.log(self._count / (frequency + 1)) + 1

    def _bm25(self, field: str, numbers: Ints, frequencies: Floats, idf: float) -> Floats:
        length = self._length[field][numbers] / self._average[field]
        return idf * (frequencies * (K1 + 1)) / (frequencies + K1 * ((1 - B) + B * length))

    def _evaluate_and(self, query: And) -> _Found:
        if not query.children:
            return _NOTHING
        found = [self._evaluate(child) for child in query.children]
        numbers = found[0].numbers
        for other in found[1:]:
            numbers = np.intersect1d(numbers, other.numbers, assume_unique=True)
        return _Found(numbers, np.sum([_scores_at(each, numbers) for each in found], axis=0))

    def _evaluate_or(self, query: Or) -> _Found:
        found = [self._evaluate(child) for child in query.children]
        return _union(found)

    def _evaluate_most(self, query: MostOf) -> _Found:
        found = [self._evaluate(child) for child in query.children]
        every = _union(found)
        if not len(every.numbers):
            return every
        # What a child tells: little where it is everywhere. One that is nowhere counts like the rarest.
        told = np.array([math.log((self._count + 1) / max(1, len(each.numbers))) for each in found])
        covered = np.zeros(len(every.numbers))
        for weight, each in zip(told, found, strict=True):
            covered[np.searchsorted(every.numbers, each.numbers)] += weight
        kept = covered >= query.share * covered.max() - 1e-9
        share = covered[kept] / max(told.sum(), 1e-9)
        return _Found(every.numbers[kept], every.scores[kept] * share)

    def _evaluate_exclude(self, query: Exclude) -> _Found:
        found = self._evaluate(query.child)
        kept = ~np.isin(found.numbers, self._evaluate(query.excluded).numbers, assume_unique=True)
        return _Found(found.numbers[kept], found.scores[kept])

    def _evaluate_prefer(self, query: Prefer) -> _Found:
        found = self._evaluate(query.child)
        return _Found(found.numbers, found.scores + _scores_at(self._evaluate(query.preferred), found.numbers))

    def _evaluate_demote(self, query: Demote) -> _Found:
        found = self._evaluate(query.child)
        where = np.isin(found.numbers, self._evaluate(query.where).numbers, assume_unique=True)
        return _Found(found.numbers, np.where(where, found.scores * query.factor, found.scores))

    _HANDLERS: Mapping[type, Callable[..., _Found]] = {
        Term: _evaluate_term,
        Phrase: _evaluate_phrase,
        Everything: _everything,
        And: _evaluate_and,
        Or: _evaluate_or,
        MostOf: _evaluate_most,
        Exclude: _evaluate_exclude,
        Prefer: _evaluate_prefer,
        Demote: _evaluate_demote,
    }

    # -- facets and order

    def _read_facet(self, field: str) -> dict[str, int]:
        """List the values of a facet field with their terms."""
        prefix = field.encode() + b"\0"
        first, last = bisect_left(self._keys, prefix), bisect_left(self._keys, field.encode() + b"\1")
        return {self._keys[term][len(prefix) :].decode(): term for term in range(first, last)}

    def _read_years(self) -> Ints:
        years = np.zeros(self._count, dtype=np.int64)
        for value, term in self._facets["year"].items():
            years[self._numbers(term)] = int(value)
        return years

    def _filter(self, field: str, values: Sequence[str]) -> NDArray[np.bool_]:
        mask = np.zeros(self._count, dtype=np.bool_)
        for value in values:
            term = self._facets[field].get(value)
            if term is not None:
                mask[self._numbers(term)] = True
        return mask

    def _under(self, numbers: Ints, masks: Mapping[str, NDArray[np.bool_]]) -> NDArray[np.bool_]:
        kept = np.ones(len(numbers), dtype=np.bool_)
        for mask in masks.values():
            kept &= mask[numbers]
        return kept

    def _count_facet(self, field: str, numbers: Ints) -> dict[str, int]:
        matched = np.zeros(self._count, dtype=np.bool_)
        matched[numbers] = True
        counts = {value: int(matched[self._numbers(term)].sum()) for value, term in self._facets[field].items()}
        return {value: count for value, count in counts.items() if count}

    def _sorted(self, numbers: Ints, scores: Floats, order: Order) -> Ints:
        """Give the places of `numbers` in the asked order; ties stay in the order of the numbers."""
        if order == "relevance":
            return np.argsort(-scores, kind="stable")
        years = self._years[numbers]
        if order == "newest":
            return np.argsort(-years, kind="stable")
        # What tells no year stands last in both orders.
        return np.argsort(np.where(years == 0, np.iinfo(np.int64).max, years), kind="stable")


def _map(folder: Path, name: str) -> NDArray[np.int64]:
    array: NDArray[np.int64] = np.load(folder / f"{name}.npy", mmap_mode="r")
    return array


def _scores_at(found: _Found, numbers: Ints) -> Floats:
    """Give the scores at the given entry numbers, 0 where there is no match."""
    scores = np.zeros(len(numbers))
    if len(found.numbers):
        places = np.minimum(np.searchsorted(found.numbers, numbers), len(found.numbers) - 1)
        same = found.numbers[places] == numbers
        scores[same] = found.scores[places[same]]
    return scores


def _union(found: Sequence[_Found]) -> _Found:
    """Unite matches; scores add up."""
    if not found:
        return _NOTHING
    numbers = np.unique(np.concatenate([each.numbers for each in found]))
    scores = np.zeros(len(numbers))
    for each in found:
        scores[np.searchsorted(numbers, each.numbers)] += each.scores
    return _Found(numbers, scores)
