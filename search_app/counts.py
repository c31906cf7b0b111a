"""Counts: how many entries a permalink of our own finds, for pages that print such links with their counts."""

from __future__ import annotations

from indexer.store import Reader
from search_app.generations import per_generation
from search_app.params import SearchParams
from search_app.search import run_export


def count_hits(params: SearchParams, reader: Reader) -> int:
    """Give the count that the result page of `params` says; each search is run once per generation.

    For searches that stand in a table: what is typed would be kept here as long as the generation is served.
    """
    known = _known_counts(reader)
    if params not in known:
        known[params] = run_export(params, reader, limit=1).total
    return known[params]


@per_generation
def _known_counts(_reader: Reader) -> dict[SearchParams, int]:
    return {}
