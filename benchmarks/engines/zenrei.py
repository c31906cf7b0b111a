"""The engine of this project, built and opened as its users do."""

from __future__ import annotations

import json
import time
from pathlib import Path

from benchmarks.engines import TITLE_BOOST, TOP, Answer
from benchmarks.queries import FACETS, Clause, FacetedQuery
from benchmarks.work import TEXTS
from indexer.engine.base import And, Or, Phrase, Prefix, Query, Term
from indexer.store import Reader, open_index, write_generation

_BOOSTS = dict(zip(TEXTS, (TITLE_BOOST, 1.0), strict=True))


def build(work: Path, folder: Path) -> float:
    """Index the entries as `python -m indexer build` does; making them is not timed."""
    # What makes entries would weigh on the process that searches.
    from benchmarks.prepare import entries_of

    count = json.loads((work / "prepared.json").read_text(encoding="utf-8"))["entries"]
    entries = entries_of(count)
    began = time.perf_counter()
    write_generation(folder, entries, sources=[], report={})
    return time.perf_counter() - began


def index_folder(folder: Path) -> Path:
    """Give the folder whose files are the index."""
    return folder


def open_searcher(_work: Path, folder: Path) -> ZenreiSearcher:
    """Open the published generation."""
    return ZenreiSearcher(open_index(folder))


class ZenreiSearcher:
    """Answers from an open index."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def search(self, query: FacetedQuery) -> Answer:
        """Answer a query."""
        tree = And(tuple(map(_to_node, query.clauses)))
        found = self._reader.search(tree, filters=query.filters, order="relevance", offset=0, limit=TOP, facets=FACETS)
        return Answer(found.numbers.tolist(), found.total, found.counts)


def _to_node(clause: Clause) -> Query:
    if clause.kind == "phrase":
        return Or(tuple(Phrase(field, clause.terms, boost) for field, boost in _BOOSTS.items()))
    if clause.kind == "word":
        return Or(tuple(Term(field, clause.terms[0], boost) for field, boost in _BOOSTS.items()))
    return Or(tuple(Prefix(field, clause.terms[0], boost) for field, boost in _BOOSTS.items()))
