"""Inversion: entries in, their postings out, as arrays from which both the Whoosh segment and the read view are written.

Every text is cut by Sudachi once, into numbers of words; from there on all is arithmetic on arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.engine.postings import Ints, Postings, make_key, spread, starts_of
from indexer.fields import EXACT_FIELDS, FACET_FIELDS, TEXT_FIELDS
from indexer.records import Entry
from indexer.tokens import SENTENCE_GAP, Unit, Words

ID_FIELD = "id"
_NO_POSITION = -1
_BREAK = -1  # among the terms of a word: a sentence or line ends


def exact_values(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give field and value of everything that an entry is found by without being cut: its id, facets, years, places."""
    yield ID_FIELD, entry.id
    for field in (*FACET_FIELDS, *EXACT_FIELDS):
        for value in dict.fromkeys(field.values(entry)):
            yield field.name, value.replace(",", "、")  # Whoosh parts values at commas; no official name has one


def invert_entries(entries: Sequence[Entry]) -> Postings:
    """Invert entries (at least one), numbered from 0 in their order."""
    words = Words()
    texts = _cut_texts(entries, words)
    units: dict[Unit, _Units] = {"A": _Units(words.units("A")), "C": _Units(words.units("C"))}
    keys: list[bytes] = []
    found: list[_Occurrences] = []
    lengths: dict[str, Ints] = {}
    for field in TEXT_FIELDS:
        occurrences = units[field.units].expand(texts[field.text])
        lengths[field.name] = np.bincount(occurrences.numbers, minlength=len(entries)).astype(np.int32)
        terms, places = np.unique(occurrences.terms, return_inverse=True)
        found.append(_Occurrences(places + len(keys), occurrences.numbers, occurrences.positions))
        keys += [make_key(field.name, units[field.units].texts[term]) for term in terms.tolist()]
    exact: dict[bytes, int] = {}
    pairs = [
        (exact.setdefault(make_key(name, value), len(keys) + len(exact)), number)
        for number, entry in enumerate(entries)
        for name, value in exact_values(entry)
    ]
    places, numbers = np.array(pairs, dtype=np.int32).T
    found.append(_Occurrences(places, numbers, np.full(len(pairs), _NO_POSITION, dtype=np.int32)))
    return _order([*keys, *exact], found, lengths)


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """Where terms stand: three arrays of one length, by entry and position."""

    terms: NDArray[np.integer]
    numbers: Ints
    positions: Ints


@dataclass(frozen=True, slots=True)
class _CutText:
    """A text per entry, cut: the words of all of them, one behind the other, and how many each has."""

    words: Ints
    counts: Ints


def _cut_texts(entries: Sequence[Entry], words: Words) -> dict[Callable[[Entry], str], _CutText]:
    """Cut every text of the entries once, also where it is the text of several fields or entries."""
    known: dict[str, list[int]] = {}
    cut = {}
    for text_of in dict.fromkeys(field.text for field in TEXT_FIELDS):
        found = []
        for entry in entries:
            text = text_of(entry)
            numbers = known.get(text)
            if numbers is None:
                numbers = known[text] = words.cut(text)
            found.append(numbers)
        counts = np.array([len(numbers) for numbers in found], dtype=np.int32)
        cut[text_of] = _CutText(np.fromiter(chain.from_iterable(found), np.int32, int(counts.sum())), counts)
    return cut


class _Units:
    """The units of each word in one length of unit, as codes: places in `texts`, or `_BREAK`."""

    def __init__(self, words: Sequence[Sequence[str | None]]) -> None:
        known: dict[str, int] = {}
        self._codes = np.array(
            [_BREAK if term is None else known.setdefault(term, len(known)) for term in chain.from_iterable(words)],
            dtype=np.int32,
        )
        self._counts = np.array([len(terms) for terms in words], dtype=np.int32)
        self._starts = np.cumsum(self._counts, dtype=np.int64) - self._counts
        self.texts = list(known)

    def expand(self, text: _CutText) -> _Occurrences:
        """Give the units of cut texts; positions begin at 0 in each, and leave a gap where a sentence or line ends."""
        counts = self._counts[text.words]
        codes = self._codes[spread(self._starts[text.words], counts)]
        numbers = np.repeat(np.repeat(np.arange(len(text.counts), dtype=np.int32), text.counts), counts)
        steps = np.where(codes == _BREAK, SENTENCE_GAP, 1)
        passed = np.cumsum(steps) - steps
        first = np.searchsorted(numbers, np.arange(len(text.counts)))
        bases = np.append(passed, 0)[first]
        kept = codes != _BREAK
        positions = (passed - bases[numbers])[kept].astype(np.int32)
        return _Occurrences(codes[kept], numbers[kept], positions)


def _order(keys: list[bytes], found: Sequence[_Occurrences], lengths: Mapping[str, Ints]) -> Postings:
    """Bring occurrences, which come by entry and position, into the order of the keys."""
    sorted_places = sorted(range(len(keys)), key=keys.__getitem__)
    rank = np.empty(len(keys), dtype=np.int32)
    rank[sorted_places] = np.arange(len(keys), dtype=np.int32)
    ranks = rank[np.concatenate([each.terms for each in found])]
    order = np.argsort(ranks, kind="stable")
    ranks = ranks[order]
    numbers = np.concatenate([each.numbers for each in found])[order]
    positions = np.concatenate([each.positions for each in found])[order]
    begins = np.ones(len(ranks), dtype=np.bool_)
    begins[1:] = (ranks[1:] != ranks[:-1]) | (numbers[1:] != numbers[:-1])
    first = np.flatnonzero(begins)
    placed = positions != _NO_POSITION
    return Postings(
        keys=[keys[place] for place in sorted_places],
        post_starts=np.searchsorted(ranks[first], np.arange(len(keys) + 1)).astype(np.int64),
        post_numbers=numbers[first].astype(np.int32),
        pos_starts=starts_of(np.add.reduceat(placed, first, dtype=np.int64)),
        pos_values=positions[placed],
        lengths=lengths,
    )
