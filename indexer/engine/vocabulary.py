"""The vocabulary of a segment: each word of its text fields once, with how it reads and how often it is there.

It is made from the term dictionary alone. A word is looked up by its sound, by its spelling, or by being nearly spelled
or read like something else.

- Words are keys `SOUND NUL reading NUL term` in byte order (see `indexer.kana` for the sound, which is without the
  length of vowels): key i is `word_bytes[word_starts[i]:word_starts[i + 1]]`. A term with two readings has two keys.
- `word_counts` tells of each in how many entries its term is.
- `words_by_term` lists the places of the keys by term, then by place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engine.distances import Column, read_column
from indexer.engine.postings import AFTER_ALL, Ints, Keys, Postings, Starts
from indexer.fields import TEXT_FIELDS
from indexer.kana import short_sound_of, sound_of
from indexer.tokens import readings_of

WORD_ARRAYS = ("word_bytes", "word_starts", "word_counts", "words_by_term")
_NUL = b"\0"
# So many words with one beginning are looked at, those in most entries first.
_MOST_LOOKED_AT = 200
_FEW = 100


class KnownWord(NamedTuple):
    """A word of the index: its term, its reading in katakana, and in how many entries it is."""

    term: str
    reading: str
    entries: int


def make_word_arrays(postings: Postings) -> dict[str, NDArray[np.generic]]:
    """Make the arrays of a segment's vocabulary, by name; the same postings always give the same bytes."""
    counts = _count_entries(postings)
    keys = sorted((_make_key(reading, term), count) for term, count in counts.items() for reading in readings_of(term))
    by_term = sorted(range(len(keys)), key=lambda place: (keys[place][0].rsplit(_NUL, 1)[1], place))
    return {
        "word_bytes": np.frombuffer(b"".join(key for key, _ in keys), dtype=np.uint8),
        "word_starts": np.concatenate([[0], np.cumsum([len(key) for key, _ in keys], dtype=np.int64)]),
        "word_counts": np.array([count for _, count in keys], dtype=np.int32),
        "words_by_term": np.array(by_term, dtype=np.int32),
    }


def _count_entries(postings: Postings) -> dict[str, int]:
    """Count for each term of the text fields the entries that have it in any of them."""
    found: dict[str, list[int]] = {}
    for field in TEXT_FIELDS:
        for place in postings.keys_of(field.name):
            term = postings.keys[place].split(_NUL, 1)[1].decode().replace("\0", "")
            found.setdefault(term, []).append(place)
    starts = postings.post_starts.tolist()
    size = len(next(iter(postings.lengths.values())))
    counts = {}
    for term, places in found.items():
        numbers = [postings.post_numbers[starts[place] : starts[place + 1]] for place in places]
        counts[term] = len(numbers[0]) if len(numbers) == 1 else _count_different(numbers, size)
    return counts


def _count_different(lists: Sequence[Ints], size: int) -> int:
    """Count the different numbers below `size` of several lists; most are short, for which a set is quickest."""
    if sum(map(len, lists)) < _FEW:
        return len(set(chain.from_iterable(numbers.tolist() for numbers in lists)))
    marked = np.zeros(size, dtype=np.bool_)
    for numbers in lists:
        marked[numbers] = True
    return int(np.count_nonzero(marked))


def _make_key(reading: str, term: str) -> bytes:
    return _NUL.join(part.encode("utf-8", "replace") for part in (short_sound_of(reading), reading, term))


class SegmentWords:
    """The vocabulary of one segment, mapped into memory; safe to use from several threads."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._bytes: NDArray[np.uint8] = arrays["word_bytes"]  # type: ignore[assignment]
        self._starts: Starts = arrays["word_starts"]  # type: ignore[assignment]
        self._keys = Keys(self._bytes, self._starts)
        self._counts: Ints = arrays["word_counts"]  # type: ignore[assignment]
        self._by_term: Ints = arrays["words_by_term"]  # type: ignore[assignment]

    def sounding(self, start: bytes) -> Iterator[KnownWord]:
        """Give the words whose key begins with `start`, those in most entries where there are many."""
        places = range(bisect_left(self._keys, start), bisect_left(self._keys, start + AFTER_ALL))
        yield from map(self._word, self._most_frequent(np.arange(places.start, places.stop)))

    def spelled(self, start: str) -> Iterator[KnownWord]:
        """Give the words whose term begins with `start`, those in most entries where there are many."""
        begin = start.encode("utf-8", "replace")
        term_at: Callable[[int], bytes] = lambda place: self._keys[place].rsplit(_NUL, 1)[1]  # noqa: E731
        first = bisect_left(self._by_term, begin, key=term_at)
        last = bisect_left(self._by_term, begin + AFTER_ALL, key=term_at)
        yield from map(self._word, self._most_frequent(self._by_term[first:last]))

    def like(self, text: str, distance: int, column: Literal["reading", "term"]) -> Iterator[tuple[KnownWord, int]]:
        """Give the words whose term or reading is at most `distance` edits from `text`, with that number."""
        for place, edits in self._columns[column].near(text, distance):
            yield self._word(place), edits

    def _most_frequent(self, places: NDArray[np.integer]) -> list[int]:
        if len(places) > _MOST_LOOKED_AT:
            places = places[np.argpartition(-self._counts[places], _MOST_LOOKED_AT)[:_MOST_LOOKED_AT]]
        return [int(place) for place in places]

    def _word(self, place: int) -> KnownWord:
        _, reading, term = self._keys[place].decode().split("\0")
        return KnownWord(term, reading, int(self._counts[place]))

    @cached_property
    def _columns(self) -> dict[str, Column]:
        """Read all words into memory, when a misspelled one is asked for first."""
        return {name: read_column(self._bytes, self._starts, place) for place, name in ((1, "reading"), (2, "term"))}


class Vocabulary:
    """The words of an index's segments as one.

    Entries that were deleted count until their segment is written anew.
    """

    def __init__(self, segments: Sequence[SegmentWords]) -> None:
        self._segments = segments

    def words_with_reading(self, reading: str, *, any_length: bool = False) -> list[KnownWord]:
        """Give the words that sound like `reading` (katakana), those in most entries first.

        A long vowel may be written in any way; with `any_length` it may also be short.
        """
        start = short_sound_of(reading).encode("utf-8", "replace") + _NUL
        return _add_up(
            word
            for segment in self._segments
            for word in segment.sounding(start)
            if any_length or sound_of(word.reading) == sound_of(reading)
        )

    def words_read(self, start: str, *, limit: int, any_length: bool = False) -> list[KnownWord]:
        """Give words whose reading begins with the sound of `start` (katakana), those in most entries first."""
        begin = short_sound_of(start).encode("utf-8", "replace")
        return _add_up(
            word
            for segment in self._segments
            for word in segment.sounding(begin)
            if any_length or sound_of(word.reading).startswith(sound_of(start))
        )[:limit]

    def words_spelled(self, start: str, *, limit: int) -> list[KnownWord]:
        """Give words whose term begins with `start`, those in most entries first."""
        return _add_up(word for segment in self._segments for word in segment.spelled(start))[:limit]

    def words_like(
        self, text: str, *, distance: int, column: Literal["reading", "term"] = "term"
    ) -> list[tuple[KnownWord, int]]:
        """Give the words whose term (or reading) is at most `distance` edits from `text`, with that number of edits.

        An edit is a character too many, one missing, another one, or two neighbours exchanged. The nearest come first,
        of those the words in most entries.
        """
        found = [pair for segment in self._segments for pair in segment.like(text, distance, column)]
        edits: dict[str, int] = {}
        for word, count in found:
            edits[word.term] = min(count, edits.get(word.term, count))
        words = _add_up(word for word, _ in found)
        return sorted(((word, edits[word.term]) for word in words), key=lambda pair: pair[1])


def _add_up(words: Iterable[KnownWord]) -> list[KnownWord]:
    """Add up the words of several segments, each once, with the reading that it was found by; most entries first."""
    found: dict[tuple[str, str], int] = {}
    for term, reading, entries in words:
        found[term, reading] = found.get((term, reading), 0) + entries
    best: dict[str, KnownWord] = {}
    for (term, reading), entries in found.items():
        best.setdefault(term, KnownWord(term, reading, entries))
    return sorted(best.values(), key=lambda word: (-word.entries, word.term))
