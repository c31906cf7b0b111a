"""Spelling: a word that no entry has → the words of the index that may have been meant.

Meant is what reads the same (保育円, 保育園) or is nearly written or read the same (図書缶, しょうぼお). Only what the index has
is given, with the number of its entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.engine.vocabulary import KnownWord
from indexer.kana import is_kana, sound_of, to_katakana
from indexer.normalize import fold
from indexer.store import Reader
from indexer.tokens import Token, readings_of, tokenize
from search_app.readings import find_words
from search_app.romaji import read_romaji
from search_app.rows import everywhere, in_a_row

MAX_CHARACTERS = 30
_SHORT = 4  # characters: words up to here may have one mistake, longer ones two
_SHORT_READING = 5  # kana, likewise
_LEAST = 2
_SHARED_KANA = 2  # at the beginning or the end of two readings that are said to be alike
_WORDS_TRIED = 12
_UNITS_TRIED = 12  # of a compound
_NUMBERS = re.compile("[0-9]+")
_KANJI = re.compile("[々〆一-鿿]")


@dataclass(frozen=True, slots=True)
class Correction:
    """What may have been meant, as it would be typed, and how many entries have it."""

    text: str
    entries: int


def suggest_corrections(text: str, reader: Reader, *, limit: int = 3) -> tuple[Correction, ...]:
    """Suggest what was meant by a word of a query: what reads the same first, then the nearest, then the most frequent.

    Empty where entries have the word as it is, and where nothing of the index is near it. Numbers are never changed.
    """
    text = fold(text).strip().lower()
    if not _LEAST <= len(text) <= MAX_CHARACTERS or _count(text, reader):
        return ()
    found = _correct(text, reader, limit) or _correct_parts(text, reader, limit)
    return tuple(found)


def _correct(text: str, reader: Reader, limit: int) -> list[Correction]:
    found: dict[str, Correction] = {}
    for word in _near_words(text, reader):
        entries = _count(word, reader)
        if entries:
            found[word] = Correction(word, entries)
        if len(found) == limit:
            break
    return list(found.values())


def _correct_parts(text: str, reader: Reader, limit: int) -> list[Correction]:
    """Correct one or two neighbouring units of a compound; the whole must then stand in an entry."""
    units = tokenize(text, "C")
    if not 1 < len(units) <= _UNITS_TRIED:
        return []
    found: dict[str, int] = {}
    for first, last in _windows(units):
        for word in _near_words(text[first:last], reader)[:limit]:
            whole = text[:first] + word + text[last:]
            entries = _count(whole, reader) or _count_apart(whole, reader)
            if entries:
                found[whole] = entries
    best = sorted(found.items(), key=lambda pair: -pair[1])
    return [Correction(whole, entries) for whole, entries in best[:limit]]


def _windows(units: list[Token]) -> Iterator[tuple[int, int]]:
    for size in (2, 1):
        for first in range(len(units) - size + 1):
            start, end = units[first].start, units[first + size - 1].end
            if end - start >= _LEAST:
                yield start, end


def _near_words(text: str, reader: Reader) -> list[str]:
    """Give the terms that may have been meant, the likeliest first."""
    readings = _readings(text)
    found: dict[str, tuple[bool, int, int]] = {}
    for reading in readings:
        for word in reader.words_with_reading(reading):
            found.setdefault(word.term, (False, 0, -word.entries))
        if is_kana(reading):  # words and rows of words: 福山市 for 福山氏
            for units in find_words(reading, reader):
                found.setdefault("".join(units), (False, 0, 0))
    for word, edits in _spelled_alike(text, readings, reader):
        found.setdefault(word.term, (True, edits, -word.entries))
    numbers = _NUMBERS.findall(text)
    wanted = [term for term in found if len(term) >= _LEAST and term != text and _NUMBERS.findall(term) == numbers]
    return sorted(wanted, key=lambda term: (*found[term], term))[:_WORDS_TRIED]


def _readings(text: str) -> tuple[str, ...]:
    if is_kana(text):
        return (to_katakana(text),)
    return read_romaji(text) or readings_of(text)


def _spelled_alike(text: str, readings: tuple[str, ...], reader: Reader) -> Iterator[tuple[KnownWord, int]]:
    for word, edits in reader.words_like(text, distance=1 if len(text) <= _SHORT else 2):
        if word.term[0] == text[0] or any(_sound_alike(word.reading, reading) for reading in readings):
            yield word, edits
    for reading in readings if _KANJI.search(text) is None else ():
        if len(reading) > _LEAST and is_kana(reading):
            yield from reader.words_like(reading, distance=1 if len(reading) <= _SHORT_READING else 2, column="reading")


def _sound_alike(one: str, other: str) -> bool:
    """Whether two readings begin or end alike."""
    one, other = sound_of(one), sound_of(other)
    return one[:_SHARED_KANA] == other[:_SHARED_KANA] or one[-_SHARED_KANA:] == other[-_SHARED_KANA:]


def _count(text: str, reader: Reader) -> int:
    """Count the entries in which a text stands as it is."""
    units = tuple(token.term for token in tokenize(text))
    return reader.count(in_a_row(units)) if units else 0


def _count_apart(text: str, reader: Reader) -> int:
    """Count the entries that have all units of a text, wherever."""
    units = dict.fromkeys(token.term for token in tokenize(text))
    return reader.count(everywhere(tuple(units)))
