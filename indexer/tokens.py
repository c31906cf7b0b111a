"""Sudachi: text in, tokens with normalised terms and offsets in the source out.

The only module that imports sudachipy. Text is folded and respelled first (see `normalize`, `spellings`), so that
variants which Sudachi leaves apart meet; offsets lead back to the text as it was given. It cuts long units (C); short
ones (A) are long ones split, where a split's `begin()` is wrong behind characters that Sudachi itself normalises and
SudachiPy 0.7.0 panics in `Morpheme.split(add_single=True)`.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import sudachipy

from indexer.normalize import fold_with_offsets
from indexer.spellings import respell, unify_term

Unit = Literal["A", "C"]

# Sudachi takes 49,149 bytes a call; a folded character is at most 4 bytes.
_CHUNK_CHARACTERS = 12_000
_BREAK = re.compile("[。\n！？!?]")
# Left out of the index: they carry no subject, and without them 図書館の相互利用 and 図書館相互利用 are one phrase.
_DROPPED = {"助詞", "助動詞", "補助記号", "空白"}
# A phrase must not run over the end of a sentence or a line.
SENTENCE_GAP = 10

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


@cache
def _dictionary() -> sudachipy.Dictionary:
    return sudachipy.Dictionary(dict="core")


def _tokenizer() -> sudachipy.Tokenizer:
    """Give this thread's tokeniser: a Tokenizer must not be used by two threads at once."""
    made: sudachipy.Tokenizer | None = getattr(_local, "tokenizer", None)
    if made is None:
        made = _local.tokenizer = _dictionary().tokenizer(sudachipy.SplitMode.C)
    return made


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


def _split(long: sudachipy.Morpheme, length: int, part: str) -> Sequence[sudachipy.Morpheme]:
    """Give the short units of a long one.

    A compound of two verbs stays whole: as a noun (受け入れの) Sudachi has it whole too, as a verb (受け入れ体制) it would not.
    """
    if length > 1 and part != "動詞":
        short: Sequence[sudachipy.Morpheme] = long.split(sudachipy.SplitMode.A)
        if len(short) > 1:
            return short
    return (long,)


def tokenize(text: str, unit: Unit = "A") -> list[Token]:
    """Cut `text` into units, in order; particles, auxiliaries, punctuation and space are left out.

    `unit` "A" gives the shortest units (図書/館), "C" the longest (図書館). Terms are normalised and in lower case. An
    honorific お, ご or 御 belongs to the unit behind it and leaves its term as it is without.
    """
    folded = respell(fold_with_offsets(text))
    tokens: list[Token] = []
    position = 0
    honorific = (0, -1)  # where in the folded text the last one begins and ends
    for offset, chunk in _chunks(folded.text):
        for long in _tokenizer().tokenize(chunk):
            surface, pos = long.surface(), long.part_of_speech()
            if pos[0] in _DROPPED:
                if _BREAK.search(surface):
                    position += SENTENCE_GAP
                continue
            last = offset + long.begin()  # the short units stand one behind the other from here
            for morpheme in _split(long, len(surface), pos[0]) if unit == "A" else (long,):
                if morpheme is not long:
                    surface, pos = morpheme.surface(), morpheme.part_of_speech()
                first, last = last, last + len(surface)
                normalized = morpheme.normalized_form()
                if normalized == "御" and pos[0] == "接頭辞":
                    honorific = first, last
                    continue
                term = unify_term(normalized, pos[0], pos[4] if pos[0] == "動詞" else pos[1])
                if term and pos[0] not in _DROPPED:
                    start, end = folded.source_span(honorific[0] if honorific[1] == first else first, last)
                    tokens.append(Token(term, text[start:end], start, end, position, (pos[0], pos[1])))
                    position += 1
    return tokens
