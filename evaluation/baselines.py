"""What the search is held against: what a few lines around SQLite give over the same entries.

All have titles and texts as they are, and no weights. Ties stand in the order of the corpus.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Literal

from evaluation.judged import DEPTH, Ranker
from indexer.records import Entry, Source
from indexer.tokens import tokenize

LEGEND = "tri: SQLite FTS5, trigrams; and, or: BM25 over Sudachi's short units, all of them or any"
_TRIGRAM_CHARACTERS = 3


def make_baselines(entries: Sequence[Entry]) -> Mapping[str, Ranker]:
    """Index the entries in memory; give the baselines by the names of their columns (see `LEGEND`)."""
    return {
        "tri": _Trigrams(entries).rank,
        "and": _Units(entries, "AND").rank,
        "or": _Units(entries, "OR").rank,
    }


def _fill(tokenizer: str, texts: Sequence[str]) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute(f'CREATE VIRTUAL TABLE entry USING fts5(text, tokenize="{tokenizer}")')
    base.executemany("INSERT INTO entry (rowid, text) VALUES (?, ?)", list(enumerate(texts)))
    return base


class _Trigrams:
    """SQLite's own way without a dictionary: every word between white space stands somewhere in the text.

    The trigram index knows nothing of words below three characters, the commonest there are (空家): they are looked for
    in the text itself, and do not count in bm25(). Not with LIKE: beside MATCH, SQLite 3.40 misses what it should find,
    or crashes.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._sources = [entry.source for entry in entries]
        self._base = _fill("trigram", [f"{entry.title}\n{entry.body}" for entry in entries])

    def rank(self, text: str) -> list[Source]:
        words = text.split()
        long = [word for word in words if len(word) >= _TRIGRAM_CHARACTERS]
        short = [word for word in words if len(word) < _TRIGRAM_CHARACTERS]
        tests = ["instr(lower(text), lower(?))"] * len(short)
        values = [*short]
        if long:
            tests.append("entry MATCH ?")
            values.append(" AND ".join('"' + word.replace('"', '""') + '"' for word in long))
        order = "bm25(entry), rowid" if long else "rowid"
        found = self._base.execute(
            f"SELECT rowid FROM entry WHERE {' AND '.join(tests) or '0'} ORDER BY {order} LIMIT {DEPTH}", values
        )
        return [self._sources[number] for (number,) in found]


class _Units:
    """Plain BM25 (k1 1.2, b 0.75: FTS5 has no others) over Sudachi's short units of title and text in one.

    The units are those of this project, spellings unified: what is compared is the ranking. FTS5 is given numbers for
    them, so that its own tokeniser has nothing to decide.
    """

    def __init__(self, entries: Sequence[Entry], operator: Literal["AND", "OR"]) -> None:
        self._operator = operator
        self._numbers: dict[str, int] = {}
        self._sources = [entry.source for entry in entries]
        texts = [" ".join(self._write_units(f"{entry.title}\n{entry.body}")) for entry in entries]
        self._base = _fill("ascii", texts)

    def _write_units(self, text: str) -> list[str]:
        numbers = self._numbers
        return [str(numbers.setdefault(token.term, len(numbers))) for token in tokenize(text, "A")]

    def rank(self, text: str) -> list[Source]:
        units = dict.fromkeys(self._write_units(text))
        if not units:
            return []
        found = self._base.execute(
            f"SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY bm25(entry), rowid LIMIT {DEPTH}",
            [f" {self._operator} ".join(f'"{unit}"' for unit in units)],
        )
        return [self._sources[number] for (number,) in found]
