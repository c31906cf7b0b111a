"""Help: what to do about words that nothing has, and about a search without a hit. Never a dead end.

A search that was run in, other searches out, each with the number of its hits. Each of them costs a search: there are at
most `MAX_SEARCHES`, those that change least come first, and only what has hits is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from indexer.engine.base import EngineResult
from indexer.records import Entry
from indexer.store import Reader
from search_app import rewriting
from search_app.matching import match_word
from search_app.meaning import Meaning, MeantWord
from search_app.params import MULTI_NAMES, MultiName, SearchParams
from search_app.query import Word
from search_app.rows import everywhere
from search_app.spelling import Correction, suggest_corrections
from search_app.understanding import ask

MAX_SEARCHES = 12
NEAREST = 5
_WORDS_CHECKED = 8
_WORDS_CORRECTED = 2  # each costs some milliseconds
_CORRECTIONS = 3
_HEADS = 3  # of a word

Change = Literal[
    "without_word", "without_filter", "without_filters", "without_excluded", "unquoted", "widened", "broader"
]
Search = Callable[[SearchParams], EngineResult]


@dataclass(frozen=True, slots=True)
class Way:
    """Another search: what is changed, for which word or facet, and how many hits it has (at least one)."""

    change: Change
    about: str
    params: SearchParams
    total: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that no entry has (`lost`) or that none has whole, and what may have been meant, with its search."""

    word: str
    lost: bool
    corrections: tuple[tuple[Correction, SearchParams], ...]


@dataclass(frozen=True, slots=True)
class Help:
    """Words that are in doubt, and, where there is no hit, other searches and the first hits of the one that is nearest."""

    doubts: tuple[Doubt, ...] = ()
    ways: tuple[Way, ...] = ()
    nearest: tuple[Entry, ...] = ()


def find_help(
    meaning: Meaning, params: SearchParams, reader: Reader, *, missing: Collection[str], found: int, search: Search
) -> Help:
    """Find what helps after a search that found so many entries; `search` runs another one.

    `missing` are the words that no hit in sight has. Empty where no help is needed.
    """
    doubts = tuple(_doubts(meaning.words[:_WORDS_CHECKED], missing, params, reader))
    return Help(doubts) if found else _find_ways(meaning, params, reader, doubts, search)


def _find_ways(
    meaning: Meaning, params: SearchParams, reader: Reader, doubts: tuple[Doubt, ...], search: Search
) -> Help:
    ways: list[Way] = []
    nearest: EngineResult | None = None
    for change, about, other in islice(_changes(meaning, params), MAX_SEARCHES):
        result = search(replace(other, page=1, per_page=NEAREST))
        if result.total:
            ways.append(Way(change, about, replace(other, per_page=params.per_page), result.total))
            if nearest is None:
                nearest = result
    numbers = nearest.numbers if nearest else ()
    return Help(doubts, tuple(ways), tuple(reader.entry_at(int(number)) for number in numbers))


def _changes(meaning: Meaning, params: SearchParams) -> Iterator[tuple[Change, str, SearchParams]]:
    """Give other searches, each with one thing changed."""
    filters: list[MultiName] = [name for name in MULTI_NAMES if params.values(name)]
    if filters:
        yield "without_filters", "", params.without_filters()
    for name in filters if len(filters) > 1 else ():
        yield "without_filter", name, replace(params, page=1, **{name: ()})  # type: ignore[arg-type]
    for word in meaning.excluded:
        yield "without_excluded", word.text, params.asking(rewriting.remove_word(params.q, word))
    for meant in meaning.words:
        if meant.word.quoted:
            other = ask(params, rewriting.replace_word(params.q, meant.word, meant.word.text))
            if other:
                yield "unquoted", meant.word.text, other
    if meaning.literal:
        yield "widened", "", params.asking(rewriting.make_all_wide(params.q))
    for meant in meaning.words:
        for term in _heads(meant):
            yield "broader", term, params.asking(rewriting.replace_word(params.q, meant.word, term))
    for meant in meaning.words if len(meaning.words) > 1 else ():
        yield "without_word", meant.word.text, params.asking(rewriting.remove_word(params.q, meant.word))


def _heads(meant: MeantWord) -> Iterable[str]:
    """Give what the other words for a word are kinds of: バス for コミバス, by way of 市民バス."""
    same = [other for each in meant.expansions for other in each.alternatives if not other.related]
    heads = dict.fromkeys(other.terms[-1] for other in same if len(other.terms) > 1)
    return [head for head in heads if len(head) > 1][:_HEADS]  # 家 of 空き家 is also that of 起業家


def _doubts(
    words: Iterable[MeantWord], missing: Collection[str], params: SearchParams, reader: Reader
) -> Iterator[Doubt]:
    corrected = 0
    for meant in words:
        lost = meant.word.text in missing and _is_lost(meant, reader)
        if not lost and not _is_broken(meant, reader):
            continue
        corrections: tuple[tuple[Correction, SearchParams], ...] = ()
        if corrected < _WORDS_CORRECTED and not (meant.word.quoted or meant.word.time or meant.word.place):
            corrected += 1
            corrections = tuple(_correct(meant.word, params, reader))
        if lost or corrections:
            yield Doubt(meant.word.text, lost, corrections)


def _correct(word: Word, params: SearchParams, reader: Reader) -> Iterator[tuple[Correction, SearchParams]]:
    for correction in suggest_corrections(word.text, reader, limit=_CORRECTIONS):
        other = ask(params, rewriting.replace_word(params.q, word, correction.text))
        if other:
            yield correction, other


def _is_lost(meant: MeantWord, reader: Reader) -> bool:
    """Whether nothing meets a word. Where any of its units meets it, a known one tells so without a search."""
    word = meant.word
    exact = word.quoted or word.time or word.place
    return not (not exact and any(map(reader.has_word, word.content))) and not reader.count(match_word(meant))


def _is_broken(meant: MeantWord, reader: Reader) -> bool:
    """Whether a compound that no other word is known for is met by parts of it only: 図書缶 by 図書."""
    word = meant.word
    terms = tuple(dict.fromkeys(unit.term for unit in word.units))
    known = meant.readings or any(each.end - each.start == len(word.units) for each in meant.expansions)
    if len(terms) < 2 or known or word.quoted or word.time or word.place or word.is_sentence:
        return False
    return not reader.count(everywhere(terms))
