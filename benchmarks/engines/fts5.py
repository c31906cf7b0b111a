"""SQLite FTS5: tokens kept whole, ranks by bm25(), facets in a narrow table of integers.

The table of texts is contentless: the entry stands once, in a table of its own, as it does in the other engines. What
ends a sentence is a token here, as FTS5 knows no other gap between positions.
"""

from __future__ import annotations

import sqlite3
import string
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.engines import TITLE_BOOST, TOP, Answer
from benchmarks.queries import FACETS, Clause, FacetedQuery
from benchmarks.work import Tokenised, read_corpus

_FILE = "index.db"
# Every sign is part of a token, the space alone parts them. Beyond ASCII that is so by itself.
_SIGNS = "".join(sign.replace("'", "''''").replace('"', '""') for sign in string.punctuation)
_TABLES = f"""
    CREATE VIRTUAL TABLE text USING fts5(
        title, body, content='', detail=full, prefix='2 3', tokenize="ascii tokenchars '{_SIGNS}'");
    CREATE TABLE entry (number INTEGER PRIMARY KEY, {", ".join(f"{facet} INTEGER NOT NULL" for facet in FACETS)});
    CREATE TABLE stored (number INTEGER PRIMARY KEY, entry TEXT NOT NULL);
    CREATE TABLE value (facet TEXT, code INTEGER, value TEXT);
"""
_FAST = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY;"
_MAPPED = "PRAGMA mmap_size=17179869184; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
_BATCH = 1_000


def build(work: Path, folder: Path) -> float:
    """Index the corpus in one transaction, and merge the index into one segment."""
    began = time.perf_counter()
    base = sqlite3.connect(folder / _FILE, isolation_level=None)
    base.executescript(_FAST + _TABLES)
    base.execute("BEGIN")
    codes: dict[str, dict[tuple[str, ...], int]] = {facet: {} for facet in FACETS}
    for batch in _batches(read_corpus(work)):
        base.executemany(
            "INSERT INTO text (rowid, title, body) VALUES (?, ?, ?)", [(e.number, e.title, e.body) for e in batch]
        )
        base.executemany("INSERT INTO stored VALUES (?, ?)", [(e.number, e.stored) for e in batch])
        base.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", [(e.number, *_codes(e, codes)) for e in batch])
    for facet, sets in codes.items():
        rows = [(facet, code, value) for values, code in sets.items() for value in values]
        base.executemany("INSERT INTO value VALUES (?, ?, ?)", rows)
    base.execute("INSERT INTO text (text, rank) VALUES ('rank', ?)", [f"bm25({TITLE_BOOST}, 1.0)"])
    base.execute("INSERT INTO text (text) VALUES ('optimize')")
    base.execute("COMMIT")
    base.execute("ANALYZE")
    base.close()
    return time.perf_counter() - began


def _batches(entries: Iterator[Tokenised]) -> Iterator[list[Tokenised]]:
    batch: list[Tokenised] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _codes(entry: Tokenised, codes: dict[str, dict[tuple[str, ...], int]]) -> list[int]:
    """Give a code per facet for the set of values that the entry has."""
    sets = [(codes[facet], tuple(entry.facets[facet])) for facet in FACETS]
    return [known.setdefault(values, len(known)) for known, values in sets]


def index_folder(folder: Path) -> Path:
    """Give the folder whose files are the index."""
    return folder


def open_searcher(_work: Path, folder: Path) -> Fts5Searcher:
    """Open the database."""
    return Fts5Searcher(folder / _FILE)


class Fts5Searcher:
    """Answers from an open database."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._base.executescript(_MAPPED)
        self._values: dict[str, dict[int, list[str]]] = {facet: {} for facet in FACETS}
        for facet, code, value in self._base.execute("SELECT facet, code, value FROM value"):
            self._values[facet].setdefault(code, []).append(value)

    def search(self, query: FacetedQuery) -> Answer:
        """Answer a query: the hits are looked up once, then counted and ordered."""
        text = " AND ".join(map(_to_match, query.clauses))
        counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        best: list[int] = []
        total = 0
        for kind, value, count in self._base.execute(self._sql(query), [text]):
            if kind == "total":
                total = count
            elif kind == "hit":
                best.append(value)
            else:
                of_facet = counts[kind]
                for each in self._values[kind].get(value, ()):
                    of_facet[each] = of_facet.get(each, 0) + count
        return Answer(best, total, counts)

    def _sql(self, query: FacetedQuery) -> str:
        tests = {facet: f"{facet} IN ({self._accepted(facet, values)})" for facet, values in query.filters.items()}
        every = " AND ".join(tests.values()) or "1"
        parts = []
        for facet in FACETS:
            others = " AND ".join(test for other, test in tests.items() if other != facet) or "1"
            parts.append(f"SELECT '{facet}', {facet}, count(*) FROM hit WHERE {others} GROUP BY {facet}")
        return f"""
            WITH hit AS MATERIALIZED (
                SELECT number, {", ".join(FACETS)}, CASE WHEN {every} THEN bm25(text, {TITLE_BOOST}, 1.0) END AS score
                FROM text CROSS JOIN entry ON entry.number = text.rowid WHERE text MATCH ?)
            {" UNION ALL ".join(parts)}
            UNION ALL SELECT 'total', 0, count(score) FROM hit
            UNION ALL SELECT * FROM (
                SELECT 'hit', number, 0 FROM hit WHERE score IS NOT NULL ORDER BY score, number LIMIT {TOP})
        """

    def _accepted(self, facet: str, values: Sequence[str]) -> str:
        """List the codes of the sets that hold one of the values."""
        wanted = set(values)
        return ", ".join(str(code) for code, held in self._values[facet].items() if not wanted.isdisjoint(held))


def _to_match(clause: Clause) -> str:
    terms = " ".join(clause.terms).replace('"', '""')
    return f'"{terms}" *' if clause.kind == "prefix" else f'"{terms}"'
