"""Xapian: terms with positions, filters as boolean terms, facets in value slots that match spies count."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path

import xapian

from benchmarks.engines import TITLE_BOOST, TOP, Answer
from benchmarks.queries import FACETS, GAP, Clause, FacetedQuery
from benchmarks.work import TEXTS, Tokenised, read_corpus

_BOOSTS = dict(zip(TEXTS, (TITLE_BOOST, 1.0), strict=True))
# Terms carry their field as a prefix; a colon parts it from the term.
_PREFIXES = {"title": "S:", "body": "B:", "region": "XR:", "category": "XC:", "year": "XY:"}
_SLOTS = {facet: slot for slot, facet in enumerate(FACETS)}
_SEPARATOR = "\t"  # between the values of one slot: a spy counts strings, each set of values is one
_LONGEST = 240  # bytes of a term, of 245 that Xapian takes


def build(work: Path, folder: Path) -> float:
    """Index the corpus in one transaction and compact it."""
    began = time.perf_counter()
    aside = folder / "aside"
    database = xapian.WritableDatabase(str(aside), xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC)
    for entry in read_corpus(work):
        database.add_document(_document(entry))
    database.commit()
    database.compact(str(folder / "index"))
    database.close()
    for path in aside.iterdir():
        path.unlink()
    aside.rmdir()
    return time.perf_counter() - began


def _document(entry: Tokenised) -> xapian.Document:
    document = xapian.Document()
    for field, text in zip(TEXTS, (entry.title, entry.body), strict=True):
        prefix = _PREFIXES[field]
        for position, term in enumerate(text.split(" "), 1):
            if term != GAP:
                document.add_posting(_cut(prefix + term), position)
    for facet in FACETS:
        for value in entry.facets[facet]:
            document.add_boolean_term(_cut(_PREFIXES[facet] + value))
        document.add_value(_SLOTS[facet], _SEPARATOR.join(entry.facets[facet]))
    document.set_data(entry.stored)
    return document


def _cut(term: str) -> bytes:
    return term.encode()[:_LONGEST]


def index_folder(folder: Path) -> Path:
    """Give the folder whose files are the index."""
    return folder


def open_searcher(_work: Path, folder: Path) -> XapianSearcher:
    """Open the database."""
    return XapianSearcher(xapian.Database(str(folder / "index")))


class XapianSearcher:
    """Answers from an open database."""

    def __init__(self, database: xapian.Database) -> None:
        self._database = database
        self._all = database.get_doccount()

    def search(self, query: FacetedQuery) -> Answer:
        """Answer a query: a pass for the hits and the facets without a filter, one for each facet that has one."""
        base = reduce(_both, map(_to_query, query.clauses))
        filters = {facet: _filter(facet, values) for facet, values in query.filters.items()}
        every = reduce(_filtered, filters.values(), base)
        found, counts = self._ask(every, [facet for facet in FACETS if facet not in filters], TOP)
        for facet in filters:
            others = [each for other, each in filters.items() if other != facet]
            counts |= self._ask(reduce(_filtered, others, base), [facet], 0)[1]
        return Answer([hit.docid - 1 for hit in found], found.get_matches_estimated(), counts)

    def _ask(
        self, query: xapian.Query, facets: Sequence[str], count: int
    ) -> tuple[xapian.MSet, dict[str, Mapping[str, int]]]:
        """Give the best `count` hits, and the counts of facets over all of them."""
        enquire = xapian.Enquire(self._database)
        enquire.set_query(query)
        if not count:
            enquire.set_weighting_scheme(xapian.BoolWeight())
        spies = {facet: xapian.ValueCountMatchSpy(_SLOTS[facet]) for facet in facets}
        for spy in spies.values():
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, count, self._all)  # looks at all hits: totals are exact, not estimated
        return found, {facet: _count(spy) for facet, spy in spies.items()}


def _count(spy: xapian.ValueCountMatchSpy) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in spy.values():
        for value in item.term.decode().split(_SEPARATOR):
            counts[value] = counts.get(value, 0) + item.termfreq
    return counts


def _both(one: xapian.Query, other: xapian.Query) -> xapian.Query:
    return xapian.Query(xapian.Query.OP_AND, one, other)


def _filtered(one: xapian.Query, other: xapian.Query) -> xapian.Query:
    return xapian.Query(xapian.Query.OP_FILTER, one, other)


def _filter(facet: str, values: Sequence[str]) -> xapian.Query:
    return xapian.Query(xapian.Query.OP_OR, [xapian.Query(_cut(_PREFIXES[facet] + value)) for value in values])


def _to_query(clause: Clause) -> xapian.Query:
    fields = [
        xapian.Query(xapian.Query.OP_SCALE_WEIGHT, _in_field(clause, _PREFIXES[field]), boost)
        for field, boost in _BOOSTS.items()
    ]
    return xapian.Query(xapian.Query.OP_OR, fields)


def _in_field(clause: Clause, prefix: str) -> xapian.Query:
    terms = [_cut(prefix + term) for term in clause.terms]
    if clause.kind == "phrase":
        return xapian.Query(xapian.Query.OP_PHRASE, terms, len(terms))
    if clause.kind == "prefix":
        return xapian.Query(xapian.Query.OP_WILDCARD, terms[0], 0, xapian.Query.WILDCARD_LIMIT_ERROR)
    return xapian.Query(terms[0])
