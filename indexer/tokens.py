"""Sudachi: text in, tokens with normalised terms and offsets in the source out.

The only module that imports sudachipy. Text is folded and respelled first (see `normalize`, `spellings`), so that variants which Sudachi leaves
apart meet; offsets lead back to the text as it was given. Text is cut once, into long (C) units, and these into short
(A) ones as the dictionary tells: Sudachi does the same when asked for A. What a word of the dictionary is indexed as does
not depend on its place, so each word is looked at once and remembered.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import sudachipy

from indexer.kana import to_katakana
from indexer.normalize import fold, fold_with_offsets
from indexer.spellings import respell, unify_term

Unit = Literal["A", "C"]

# Sudachi takes 49,149 bytes a call; a folded character is at most 4 bytes.
_CHUNK_CHARACTERS = 12_000
_BREAK = re.compile("[。\n！？!?]")
# Left out of the index: they carry no subject, and without them 図書館の相互利用 and 図書館相互利用 are one phrase.
_DROPPED = {"助詞", "助動詞", "補助記号", "空白"}
# A phrase must not run over the end of a sentence or a line.
SENTENCE_GAP = 10

_JAPANESE = re.compile("[ぁ-ゖァ-ヺ々〆一-鿿]")
_KANJI = re.compile("[々〆一-鿿]")
# A kanji reads otherwise behind a word (病児, 市町村史) than alone (児, 史): this is a word to stand before it.
_HEAD = "施設"

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Token:
    """One unit: `term` is what is indexed, [start, end) its place in the given text, `position` its ordinal.

    Positions rise by one from token to token and by `SENTENCE_GAP` more where a sentence or line ends between them.
    """

    term: str
    surface: str
    start: int
    end: int
    position: int
    part_of_speech: tuple[str, str]


class _Piece(NamedTuple):
    """A unit inside a word: [start, end) in the word's characters; no term where it is left out of the index.

    `breaks`: a sentence or line ends here; `honorific`: お, ご or 御, which belongs to the unit behind it.
    """

    term: str
    start: int
    end: int
    part_of_speech: tuple[str, str]
    breaks: bool = False
    honorific: bool = False


_Pieces = dict[Unit, tuple[_Piece, ...]]
# By number in the dictionary and spelling; what is not in the dictionary has a number that tells its part of speech.
_pieces: dict[tuple[int, str], _Pieces] = {}
# Words that nobody ever wrote are typed too, and a word takes some 900 bytes: these are 45 MB in each process that cuts texts.
_MOST_WORDS = 50_000


def _tokenizer() -> sudachipy.Tokenizer:
    """Give this thread's tokeniser: a Tokenizer must not be used by two threads at once."""
    made: sudachipy.Tokenizer | None = getattr(_local, "tokenizer", None)
    if made is None:
        made = _local.tokenizer = _dictionary().tokenizer(sudachipy.SplitMode.C)
    return made


@cache
def _dictionary() -> sudachipy.Dictionary:
    return sudachipy.Dictionary(dict="core")


def _cut(text: str) -> Iterator[tuple[int, sudachipy.Morpheme, _Pieces]]:
    """Cut folded text into words: where the call's text begins, the word, its units."""
    tokenizer = _tokenizer()
    for offset, chunk in _chunks(text):
        for word in tokenizer.tokenize(chunk):
            key = (word.word_id(), word.surface())
            pieces = _pieces.get(key)
            if pieces is None:
                if len(_pieces) >= _MOST_WORDS:
                    _pieces.clear()
                pieces = _pieces[key] = _take_apart(word)
            yield offset, word, pieces


def _take_apart(word: sudachipy.Morpheme) -> _Pieces:
    surface = word.surface()
    if not surface:
        return {"A": (), "C": ()}
    whole = (_make_piece(word, 0, len(surface)),)
    # A compound of two verbs stays whole: as a noun (受け入れの) Sudachi has it whole too, as a verb (受け入れ体制) it would
    # not.
    is_verb = word.part_of_speech()[0] == "動詞"
    short = [] if is_verb or len(surface) < 2 else list(word.split(sudachipy.SplitMode.A))
    if len(short) < 2:
        return {"A": whole, "C": whole}
    pieces = []
    start = 0
    for unit in short:
        # Not `unit.begin()`, which is wrong behind characters that Sudachi itself normalises.
        end = start + len(unit.surface())
        if end > start:
            pieces.append(_make_piece(unit, start, end))
        start = end
    return {"A": tuple(pieces), "C": whole}


def _make_piece(unit: sudachipy.Morpheme, start: int, end: int) -> _Piece:
    part = unit.part_of_speech()
    kind = (part[0], part[1])
    if part[0] in _DROPPED:
        return _Piece("", start, end, kind, breaks=bool(_BREAK.search(unit.surface())))
    normalized = unit.normalized_form()
    if normalized == "御" and part[0] == "接頭辞":
        return _Piece("", start, end, kind, honorific=True)
    return _Piece(unify_term(normalized, part[0], part[4] if part[0] == "動詞" else part[1]), start, end, kind)


def _chunks(text: str) -> list[tuple[int, str]]:
    """Cut text that is too long for one call, after a sentence where there is one."""
    chunks = []
    start = 0
    while len(text) - start > _CHUNK_CHARACTERS:
        window = text[start : start + _CHUNK_CHARACTERS]
        end = start + max((match.end() for match in _BREAK.finditer(window)), default=len(window))
        chunks.append((start, text[start:end]))
        start = end
    chunks.append((start, text[start:]))
    return chunks


def tokenize(text: str, unit: Unit = "A") -> list[Token]:
    """Cut `text` into units, in order; particles, auxiliaries, punctuation and space are left out.

    `unit` "A" gives the shortest units (図書/館), "C" the longest (図書館). Terms are normalised and in lower case. An
    honorific お, ご or 御 belongs to the unit behind it and leaves its term as it is without.
    """
    folded = respell(fold_with_offsets(text))
    tokens: list[Token] = []
    position = 0
    honorific = (0, -1)  # where in the folded text the last one begins and ends
    for offset, word, pieces in _cut(folded.text):
        begin = offset + word.begin()
        for piece in pieces[unit]:
            if piece.term:
                first = begin + piece.start
                start, end = folded.source_span(honorific[0] if honorific[1] == first else first, begin + piece.end)
                tokens.append(Token(piece.term, text[start:end], start, end, position, piece.part_of_speech))
                position += 1
            elif piece.breaks:
                position += SENTENCE_GAP
            elif piece.honorific:
                honorific = begin + piece.start, begin + piece.end
    return tokens


def readings_of(text: str) -> tuple[str, ...]:
    """Give how a term reads, in katakana, the most likely reading first; what is not Japanese keeps its letters.

    A lone kanji has the reading that it has behind a word too: トコロ and ショ for 所.
    """
    folded = fold(text)
    if not _JAPANESE.search(folded):
        return (folded,)
    readings = [_read(folded)]
    if len(folded) == 1 and _KANJI.match(folded):
        behind = _read(_HEAD + folded).removeprefix(_read(_HEAD))
        readings.append(behind)
    return tuple(dict.fromkeys(readings))


def _read(folded: str) -> str:
    words = (word for _, chunk in _chunks(folded) for word in _tokenizer().tokenize(chunk))
    return to_katakana("".join(word.reading_form() for word in words))


class Words:
    """The words of a build, numbered as they are met, so that texts become integers. For one thread."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str], int] = {}
        self._pieces: list[_Pieces] = []

    def cut(self, text: str) -> list[int]:
        """Cut `text` into words, in order; gives their numbers."""
        numbers = self._numbers
        found: list[int] = []
        tokenizer = _tokenizer()
        for _offset, chunk in _chunks(respell(fold_with_offsets(text)).text):
            for word in tokenizer.tokenize(chunk):
                key = (word.word_id(), word.surface())
                number = numbers.get(key)
                if number is None:
                    number = numbers[key] = len(self._pieces)
                    self._pieces.append(_take_apart(word))
                found.append(number)
        return found

    def units(self, unit: Unit) -> list[list[str | None]]:
        """Give for each word the terms that `tokenize` gives for it, in order; None where a sentence or line ends."""
        return [[piece.term or None for piece in pieces[unit] if piece.term or piece.breaks] for pieces in self._pieces]
