"""The search that is measured: as its users have it, and with other weights."""

from __future__ import annotations

from functools import partial

from evaluation.judged import DEPTH, Ranker
from indexer.records import Source
from indexer.store import Reader
from search_app.meaning import Meaning, understand
from search_app.params import SearchParams
from search_app.query import parse_query
from search_app.ranking import QueryBuilder, Weights
from search_app.search import run_search


def rank_as_served(reader: Reader) -> Ranker:
    """Give the ranking that the pages and the API show."""

    def rank(text: str) -> list[Source]:
        page = run_search(SearchParams(q=text, per_page=DEPTH), reader)
        return [hit.entry.source for hit in page.hits]

    return rank


class WeighedSearch:
    """The same search with weights that are given each time; what is the same whatever they are is done once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._meanings: dict[str, Meaning] = {}
        self._sources: dict[int, Source] = {}

    def ranker(self, weights: Weights) -> Ranker:
        """Give the ranking by these weights."""
        return partial(self._rank, QueryBuilder(weights))

    def _rank(self, builder: QueryBuilder, text: str) -> list[Source]:
        if text not in self._meanings:
            self._meanings[text] = understand(parse_query(text), self._reader)
        tree = builder.build(self._meanings[text])
        found = self._reader.search(tree, filters={}, order="relevance", offset=0, limit=DEPTH)
        return [self._source(number) for number in found.numbers.tolist()]

    def _source(self, number: int) -> Source:
        if number not in self._sources:
            self._sources[number] = self._reader.entry_at(number).source
        return self._sources[number]
