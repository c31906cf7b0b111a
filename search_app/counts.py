"""Counts: how many entries a permalink of our own finds, for pages that print such links with their counts.

Counted once per generation: what is counted here stands in tables of ours or in the gazetteer.
"""

from __future__ import annotations

from collections.abc import Mapping

from indexer.engine.base import Term
from indexer.places import municipalities
from indexer.store import Reader
from search_app.generations import per_generation
from search_app.params import SearchParams
from search_app.search import count_search


def count_hits(params: SearchParams, reader: Reader) -> int:
    """Give the count that the result page of `params` says; each search is run once per generation.

    For searches that stand in a table: what is typed would be kept here as long as the generation is served.
    """
    known = _known_counts(reader)
    if params not in known:
        known[params] = count_search(params, reader)
    return known[params]


@per_generation
def _known_counts(_reader: Reader) -> dict[SearchParams, int]:
    return {}


@per_generation
def count_by_municipality(reader: Reader) -> Mapping[str, int]:
    """Give how many entries name each municipality that any entry names, by its code, in the order of the gazetteer."""
    counts = {place.code: reader.count(Term("municipality", place.code)) for place in municipalities()}
    return {code: count for code, count in counts.items() if count}
