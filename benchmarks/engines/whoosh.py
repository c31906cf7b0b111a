"""Whoosh's own searcher over the Whoosh index that this engine's build wrote.

Counting in Whoosh reads all postings of a facet for every query; what a long-lived service would do is done instead:
the values of every entry are read once, when the index is opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh import index, query, scoring

from benchmarks.engines import TITLE_BOOST, TOP, Answer
from benchmarks.queries import FACETS, Clause, FacetedQuery
from benchmarks.work import TEXTS
from indexer.store import current_generation

_BOOSTS = dict(zip(TEXTS, (TITLE_BOOST, 1.0), strict=True))


def build(_work: Path, folder: Path) -> float:
    """Build nothing: the index is there."""
    index_folder(folder)
    return 0.0


def index_folder(folder: Path) -> Path:
    """Give the Whoosh index of the published generation."""
    name = current_generation(folder)
    if name is None:
        raise FileNotFoundError(f"{folder}: build zenrei first, whoosh reads its index")
    return folder / "generations" / name / "whoosh"


def open_searcher(_work: Path, folder: Path) -> WhooshSearcher:
    """Open the index."""
    return WhooshSearcher(index_folder(folder))


class WhooshSearcher:
    """Answers from an open index."""

    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder), readonly=True).searcher(weighting=scoring.BM25F())
        self._facets = {facet: _Values(self._searcher.reader(), facet) for facet in FACETS}

    def search(self, asked: FacetedQuery) -> Answer:
        """Answer a query: all hits without scores to count, the best ones with Whoosh's own pruning."""
        tree = query.And([_to_whoosh(clause) for clause in asked.clauses])
        hits = list(self._searcher.docs_for_query(tree))
        narrowed = self._narrow(hits, asked, None)
        counts = {
            facet: values.count(self._narrow(hits, asked, facet) if facet in asked.filters else narrowed)
            for facet, values in self._facets.items()
        }
        chosen = [query.Or([query.Term(facet, value) for value in values]) for facet, values in asked.filters.items()]
        best = self._searcher.search(tree, limit=TOP, filter=query.And(chosen) if chosen else None)
        return Answer([hit.docnum for hit in best], len(narrowed), counts)

    def _narrow(self, hits: list[int], asked: FacetedQuery, but: str | None) -> list[int]:
        """Narrow hits by all filters but one."""
        for facet, values in asked.filters.items():
            if facet != but:
                hits = self._facets[facet].narrow(hits, values)
        return hits


class _Values:
    """A facet's values of every entry, as one code per set of values."""

    def __init__(self, reader: Any, facet: str) -> None:
        values: list[tuple[str, ...]] = [()] * reader.doc_count_all()
        for term in reader.lexicon(facet):
            text = term.decode()
            for number in reader.postings(facet, term).all_ids():
                values[number] = (*values[number], text)
        sets: dict[tuple[str, ...], int] = {}
        self._codes = [sets.setdefault(each, len(sets)) for each in values]
        self._sets = list(sets)

    def narrow(self, numbers: Sequence[int], values: Sequence[str]) -> list[int]:
        """Keep the entries that have one of the values."""
        accepted = {code for code, each in enumerate(self._sets) if not set(each).isdisjoint(values)}
        codes = self._codes
        return [number for number in numbers if codes[number] in accepted]

    def count(self, numbers: Sequence[int]) -> dict[str, int]:
        """Count the entries of each value."""
        counts: Counter[str] = Counter()
        for code, count in Counter(map(self._codes.__getitem__, numbers)).items():
            for value in self._sets[code]:
                counts[value] += count
        return dict(counts)


def _to_whoosh(clause: Clause) -> query.Query:
    if clause.kind == "phrase":
        return query.Or([query.Phrase(field, list(clause.terms), boost=boost) for field, boost in _BOOSTS.items()])
    node = query.Term if clause.kind == "word" else query.Prefix
    return query.Or([node(field, clause.terms[0], boost=boost) for field, boost in _BOOSTS.items()])
