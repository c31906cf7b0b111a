"""Sudachi: text in, tokens with normalised terms and offsets in the source out.

The only module that imports sudachipy. Text is folded first (see `normalize`), so that variants which Sudachi leaves
apart meet; offsets lead back to the text as it was given. Two tokenisers, one for short (A) and one for long (C)
units: SudachiPy 0.7.0 panics in `Morpheme.split(add_single=True)`.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import cache
from typing import Literal

import sudachipy

from indexer.normalize import fold_with_offsets

Unit = Literal["A", "C"]

# Sudachi takes 49,149 bytes a call; a folded character is at most 4 bytes.
_CHUNK_CHARACTERS = 12_000
_BREAK = re.compile("[。\n！？!?]")
# Left out of the index: they carry no subject, and without them 図書館の相互利用 and 図書館相互利用 are one phrase.
_DROPPED = {"助詞", "助動詞", "補助記号", "空白"}
_MODES: dict[Unit, sudachipy.SplitMode] = {"A": sudachipy.SplitMode.A, "C": sudachipy.SplitMode.C}
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


def _tokenizer(unit: Unit) -> sudachipy.Tokenizer:
    """Give this thread's tokeniser: a Tokenizer must not be used by two threads at once."""
    made: dict[Unit, sudachipy.Tokenizer] | None = getattr(_local, "tokenizers", None)
    if made is None:
        made = {key: _dictionary().tokenizer(mode) for key, mode in _MODES.items()}
        _local.tokenizers = made
    return made[unit]


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

    `unit` "A" gives the shortest units (図書/館), "C" the longest (図書館). Terms are normalised and in lower case.
    """
    folded = fold_with_offsets(text)
    tokenizer = _tokenizer(unit)
    tokens: list[Token] = []
    position = 0
    for offset, chunk in _chunks(folded.text):
        for morpheme in tokenizer.tokenize(chunk):
            surface = morpheme.surface()
            if not surface:
                continue
            pos = morpheme.part_of_speech()
            if pos[0] in _DROPPED:
                if _BREAK.search(surface):
                    position += SENTENCE_GAP
                continue
            start, end = folded.source_span(offset + morpheme.begin(), offset + morpheme.end())
            term = morpheme.normalized_form().strip().lower()
            if term:
                tokens.append(Token(term, text[start:end], start, end, position, (pos[0], pos[1])))
                position += 1
    return tokens
