"""Readings: what is typed in kana, in Latin letters or half in kanji → the words of the index that it may mean.

としょかん, toshokan and 図しょ館 mean 図書館. Only what the index has is given: a reading alone may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from indexer.engine.base import Phrase
from indexer.engine.vocabulary import KnownWord
from indexer.fields import SHORT_FIELDS
from indexer.kana import is_kana, sound_of, to_katakana
from indexer.normalize import fold
from indexer.store import Reader
from indexer.tokens import tokenize
from search_app.romaji import read_romaji

MAX_CHARACTERS = 40  # of what is read; longer words are names of laws, typed as they are written
MOST_MEANINGS = 8

_RUN = re.compile("(?P<kana>[ァ-ヶー]+)|[^ァ-ヶー]+")
_KANJI = re.compile("[々〆一-鿿]")
_SHORT_HIRAGANA = re.compile("[ぁ-ゖ]{1,2}")
_LEAST_KANA = 2
_LONGEST_PIECE = 12  # characters, of a piece of a compound
_WORDS_OF_PIECE = 3
_CANDIDATES = 1_000  # words whose beginning fits what was typed half in kanji
_WORDS_OF_LAST = 6  # of one that may not be finished
_MOST_CHECKED = 24  # rows of words that are looked for in the entries: each takes a millisecond among 100,000
_MOST_CHECKED_TYPING = 8  # likewise, while somebody waits for each key
_KEPT = 6  # compounds that are followed up from each place
# ジョ behind a word may be ショ (避難所), ガイシャ カイシャ.
_VOICED = dict(
    zip("ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ", "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホ")
)

Units = tuple[str, ...]


def find_words(text: str, reader: Reader) -> tuple[Units, ...]:
    """Give what a word of a query may mean, the likeliest first: each meaning as its short (A) units, in their order.

    Empty where the word has nothing to read (kanji alone, Latin letters that are a word of the index or no Japanese),
    and where the index has no word that reads so. A word that is written as it was typed comes first, then those in
    most entries. Without a word that reads so, compounds of several are looked for.
    """
    text = fold(text).strip().lower()
    spellings = _read(text, reader)
    latin = text.isascii()
    # Who types Latin letters may leave out how long a vowel is: tokyo.
    searches = [_Meanings(reader, any_length) for any_length in ((False, True) if latin else (False,))]
    for find in (*(each.words for each in searches), *(each.compounds for each in searches)):
        found = dict.fromkeys(units for spelling in spellings for units in find(spelling))
        if found:
            return tuple(found)[:MOST_MEANINGS]
    return ()


def complete_row(text: str, reader: Reader, *, any_length: bool) -> tuple[Units, ...]:
    """Give rows of words that begin as `text` reads, which may break off within the last: びょうじほい, 職員けんし.

    Empty where it has no kana.
    """
    kana = to_katakana(text[:MAX_CHARACTERS])
    return tuple(_Meanings(reader, any_length, unfinished=True).compounds(kana)) if _has_kana(kana) else ()


def complete_mixed(text: str, reader: Reader) -> list[KnownWord]:
    """Give the words of the index that begin as `text`, half in kanji and half in kana: 防さ; most entries first."""
    kana = to_katakana(fold(text))
    return _match_mixed(kana, reader, behind=".*") if _KANJI.search(kana) and _has_kana(kana) else []


def _read(text: str, reader: Reader) -> tuple[str, ...]:
    """Give a word with its kana as katakana, in every way to read it; () where it has nothing to read."""
    if not 1 < len(text) <= MAX_CHARACTERS:
        return ()
    if text[0].isascii() or not _KANJI.search(text):
        return () if text.isascii() and reader.has_word(text) else read_romaji(text)
    kana = to_katakana(text)
    return (kana,) if any(match["kana"] for match in _RUN.finditer(kana)) and not kana.isascii() else ()


@dataclass(frozen=True, slots=True)
class _Compound:
    """Words that together read as the rest of what was typed; `cost` is lower the fewer and longer they are."""

    cost: int
    entries: int
    units: Units


@dataclass(slots=True)
class _Meanings:
    """Looks for what one text means in one index."""

    reader: Reader
    any_length: bool
    unfinished: bool = False  # whether the text may break off within its last word
    _pieces: dict[tuple[str, bool, bool], list[tuple[Units, int]]] = field(default_factory=dict)
    _neighbours: dict[Units, bool] = field(default_factory=dict)

    def words(self, text: str) -> Iterator[Units]:
        """Give the single words that `text` (kana as katakana) may be."""
        for word in sorted(self._match(text), key=lambda word: (to_katakana(word.term) != text, -word.entries)):
            units = self._units(word.term)
            if units:
                yield units

    def compounds(self, text: str) -> list[Units]:
        """Give the rows of words that `text` may be, those that stand so in an entry first."""
        found = [each for each in self._tails(text) if len(each.units) > 1]
        if not self.unfinished:  # who asks for what is not finished counts the entries of each
            found.sort(key=lambda each: (not self._stand_together(each.units), each.cost))
        return [each.units for each in found]

    def _units(self, term: str) -> Units:
        units = tuple(token.term for token in tokenize(term))
        return units if all(map(self.reader.has_word, units)) else ()

    def _match(self, text: str) -> Iterable[KnownWord]:
        if is_kana(text):
            long_enough = len(text) >= _LEAST_KANA
            return self.reader.words_with_reading(text, any_length=self.any_length) if long_enough else ()
        return _match_mixed(text, self.reader)

    def _tails(self, text: str) -> list[_Compound]:
        """Work from the end of the text: the best rows of words for what follows each place."""
        tails: dict[int, list[_Compound]] = {len(text): [_Compound(0, 1 << 30, ())]}
        for start in range(len(text) - 1, -1, -1):
            best: dict[Units, _Compound] = {}
            for end in range(start + 1, min(len(text), start + _LONGEST_PIECE) + 1):
                if not tails[end]:
                    continue
                for units, entries in self._piece(text[start:end], first=start == 0, last=end == len(text)):
                    for tail in tails[end]:
                        if self._fits(units, tail.units):
                            joined = units + tail.units
                            cost = tail.cost + 1 + _is_slight(units)
                            best.setdefault(joined, _Compound(cost, min(entries, tail.entries), joined))
            tails[start] = sorted(best.values(), key=lambda each: (each.cost, -each.entries))[:_KEPT]
        return tails[0]

    def _piece(self, piece: str, *, first: bool, last: bool) -> list[tuple[Units, int]]:
        """Give the words that a piece of a compound may be, with the entries of each."""
        found = self._pieces.get((piece, first, last))
        if found is None:
            found = self._pieces[piece, first, last] = list(self._find_piece(piece, first=first, last=last))
        return found

    def _find_piece(self, piece: str, *, first: bool, last: bool) -> Iterator[tuple[Units, int]]:
        if last and self.unfinished and is_kana(piece):
            for word in self.reader.words_read(piece, limit=_WORDS_OF_LAST, any_length=self.any_length):
                units = self._units(word.term)
                if units and not _is_slight(units):
                    yield units, word.entries
            return
        if not _has_kana(piece):
            units = self._units(piece)
            if units:
                yield units, 0
            return
        if not is_kana(piece):
            words = list(_match_mixed(piece, self.reader))
        else:
            words = list(self.reader.words_with_reading(piece, any_length=self.any_length))
            if not first and piece[0] in _VOICED:
                softened = _VOICED[piece[0]] + piece[1:]
                words += self.reader.words_with_reading(softened, any_length=self.any_length)
            # One kana alone may be the reading of a suffix: シ of 福山市.
            words = [word for word in words if len(piece) >= _LEAST_KANA or (not first and _is_suffix(word.term))]
        for word in words[:_WORDS_OF_PIECE]:
            units = self._units(word.term)
            if units:
                yield units, word.entries

    def _fits(self, units: Units, behind: Units) -> bool:
        """Whether words may stand side by side: a lone kanji only behind what it stands behind in an entry."""
        return not behind or not _is_suffix(behind[0]) or self._stand_together((units[-1], behind[0]))

    def _stand_together(self, units: Units) -> bool:
        known = self._neighbours.get(units)
        if known is None:
            if len(self._neighbours) >= (_MOST_CHECKED_TYPING if self.unfinished else _MOST_CHECKED):
                return False
            known = any(self.reader.count(Phrase(each.name, units)) for each in SHORT_FIELDS)
            self._neighbours[units] = known
        return known


def _has_kana(text: str) -> bool:
    return any(match["kana"] for match in _RUN.finditer(text))


def _is_slight(units: Units) -> bool:
    """Whether a word tells little in a compound: a lone kanji, or a short word of hiragana (よう, こと)."""
    return len(units) == 1 and (len(units[0]) == 1 or bool(_SHORT_HIRAGANA.fullmatch(units[0])))


def _is_suffix(term: str) -> bool:
    return len(term) == 1 and bool(_KANJI.match(term))


def _match_mixed(text: str, reader: Reader, *, behind: str = "") -> list[KnownWord]:
    """Give the words that are written as the kanji of `text` and read as its kana (katakana), most entries first.

    What may follow is the pattern `behind`.
    """
    runs = [(match.group(), bool(match["kana"])) for match in _RUN.finditer(text)]
    spelled = re.compile("".join(".+?" if kana else re.escape(run) for run, kana in runs) + behind)
    read = re.compile("".join(sound_of(run) if kana else f".{{1,{4 * len(run)}}}" for run, kana in runs) + behind)
    words = _beginning(runs, reader)
    return [word for word in words if spelled.fullmatch(word.term) and read.fullmatch(sound_of(word.reading))]


def _beginning(runs: Sequence[tuple[str, bool]], reader: Reader) -> list[KnownWord]:
    run, kana = runs[0]
    if kana:
        return reader.words_read(run, limit=_CANDIDATES)
    return reader.words_spelled(run, limit=_CANDIDATES)
