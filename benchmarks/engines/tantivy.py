"""tantivy through tantivy-py: terms with positions, facets as fast fields, counted by terms aggregations."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from benchmarks.engines import TITLE_BOOST, TOP, Answer
from benchmarks.queries import FACETS, GAP, Clause, FacetedQuery
from benchmarks.work import TEXTS, read_corpus

_BOOSTS = dict(zip(TEXTS, (TITLE_BOOST, 1.0), strict=True))
_HEAP = 2_000_000_000  # bytes; large enough for one segment a thread
_MOST_VALUES = 10_000


def build(work: Path, folder: Path) -> float:
    """Index the corpus with one thread: one segment is what searches quickest."""
    began = time.perf_counter()
    index = _register(tantivy.Index(_schema(), path=str(folder)))
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for entry in read_corpus(work):
        document = tantivy.Document()
        document.add_unsigned("number", entry.number)
        document.add_text("title", entry.title)
        document.add_text("body", entry.body)
        document.add_bytes("stored", entry.stored.encode())
        for facet in FACETS:
            for value in entry.facets[facet]:
                document.add_text(facet, value)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    return time.perf_counter() - began


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", fast=True)
    builder.add_bytes_field("stored", stored=True)
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="terms", index_option="position")
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
    return builder.build()


def _register(index: tantivy.Index) -> tantivy.Index:
    """Have terms cut at spaces; the end of a sentence is dropped and keeps its position."""
    analyzer = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.custom_stopword([GAP])).build()
    index.register_tokenizer("terms", analyzer)
    return index


def index_folder(folder: Path) -> Path:
    """Give the folder whose files are the index."""
    return folder


def open_searcher(_work: Path, folder: Path) -> TantivySearcher:
    """Open the index."""
    return TantivySearcher(_register(tantivy.Index.open(str(folder))))


class TantivySearcher:
    """Answers from an open index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    def search(self, query: FacetedQuery) -> Answer:
        """Answer a query: a pass for the hits, one for the facets without a filter, one for each facet that has one.

        One pass with filter aggregations instead was measured: slower.
        """
        base = [(Occur.Must, self._to_query(clause)) for clause in query.clauses]
        filters = {facet: self._filter(facet, values) for facet, values in query.filters.items()}
        every = Query.boolean_query([*base, *((Occur.Must, each) for each in filters.values())])
        found = self._searcher.search(every, limit=TOP)
        best = self._searcher.fast_field_values("number", [address for _, address in found.hits])
        counts = self._count(every, [facet for facet in FACETS if facet not in filters])
        for facet in filters:
            others = [(Occur.Must, each) for other, each in filters.items() if other != facet]
            counts |= self._count(Query.boolean_query([*base, *others]), [facet])
        return Answer([int(number or 0) for number in best], found.count, counts)

    def _count(self, query: Query, facets: Sequence[str]) -> dict[str, Mapping[str, int]]:
        asked = {facet: {"terms": {"field": facet, "size": _MOST_VALUES}} for facet in facets}
        found: dict[str, Any] = self._searcher.aggregate(query, asked)
        return {facet: {bucket["key"]: bucket["doc_count"] for bucket in found[facet]["buckets"]} for facet in facets}

    def _filter(self, facet: str, values: Sequence[str]) -> Query:
        """Accept either value, without a score. A term set looks right and takes three times as long."""
        terms = [(Occur.Should, Query.term_query(self._schema, facet, value, index_option="basic")) for value in values]
        return Query.const_score_query(terms[0][1] if len(terms) == 1 else Query.boolean_query(terms), 0.0)

    def _to_query(self, clause: Clause) -> Query:
        each = [
            (Occur.Should, Query.boost_query(self._in_field(clause, field), boost)) for field, boost in _BOOSTS.items()
        ]
        return Query.boolean_query(each)

    def _in_field(self, clause: Clause, field: str) -> Query:
        if clause.kind == "phrase":
            return Query.phrase_query(self._schema, field, list(clause.terms))
        if clause.kind == "word":
            return Query.term_query(self._schema, field, clause.terms[0], index_option="freq")
        return Query.regex_query(self._schema, field, re.escape(clause.terms[0]) + ".*")
