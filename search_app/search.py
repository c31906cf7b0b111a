"""A search: parameters in, a result page out. The only module that knows the order in which things are read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.engine.base import EngineResult
from indexer.records import Entry
from indexer.store import Reader
from search_app.facets import FacetView, make_filters, view_facets
from search_app.highlight import Context, Marker, Segment
from search_app.interpretation import interpret
from search_app.meaning import Meaning, understand
from search_app.params import SearchParams, View
from search_app.query import parse_query
from search_app.ranking import QueryBuilder

__all__ = ["EntryPage", "Export", "Hit", "ResultPage", "Segment", "run_entry", "run_export", "run_search"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found: its score, its title and the piece of its text that answers the query.

    `context` is a word of the query as it stands in the text, where the view shows that and there is one.
    """

    entry: Entry
    score: float
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    context: Context | None = None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of hits. `pages` is at least 1; a page behind the last has no hits."""

    params: SearchParams
    total: int
    pages: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetView, ...]
    terms: tuple[str, ...]
    interpretation: str


@dataclass(frozen=True, slots=True)
class Export:
    """The entries of a search from the first on, whatever page was asked for. `total` counts those cut off too."""

    params: SearchParams
    total: int
    entries: tuple[Entry, ...]
    interpretation: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry with the words of `q` marked, and its neighbours in the document."""

    entry: Entry
    title: tuple[Segment, ...]
    body: tuple[Segment, ...]
    previous: Entry | None
    next: Entry | None


def run_search(params: SearchParams, reader: Reader) -> ResultPage:
    """Search: entries that have every word first, then those that have most of what the words tell."""
    meaning = understand(parse_query(params.q), reader)
    result = _evaluate(meaning, params, reader)
    marker = Marker(meaning)
    hits = tuple(
        _make_hit(reader.entry_at(int(number)), float(score), marker, params.view)
        for number, score in zip(result.numbers, result.scores, strict=True)
    )
    return ResultPage(
        params=params,
        total=result.total,
        pages=max(1, -(-result.total // params.per_page)),
        hits=hits,
        facets=view_facets(params, result.counts, reader),
        terms=tuple(dict.fromkeys(meant.word.text for meant in meaning.words)),
        interpretation=interpret(meaning, typed=bool(params.q)),
    )


def run_export(params: SearchParams, reader: Reader, *, limit: int) -> Export:
    """Search as `run_search` does, and read the first `limit` entries in the order of the result."""
    meaning = understand(parse_query(params.q), reader)
    result = _evaluate(meaning, replace(params, page=1, per_page=limit), reader)
    return Export(
        params=params,
        total=result.total,
        entries=tuple(reader.entry_at(int(number)) for number in result.numbers),
        interpretation=interpret(meaning, typed=bool(params.q)),
    )


def _evaluate(meaning: Meaning, params: SearchParams, reader: Reader) -> EngineResult:
    return reader.search(
        QueryBuilder().build(meaning),
        filters=make_filters(params, reader),
        # Without words there is no relevance: the newest come first.
        order="newest" if params.sort == "relevance" and not meaning.groups else params.sort,
        offset=(params.page - 1) * params.per_page,
        limit=params.per_page,
    )


def _make_hit(entry: Entry, score: float, marker: Marker, view: View) -> Hit:
    context = (marker.context(entry.body) or marker.context(entry.title)) if view == "kwic" else None
    return Hit(entry, score, marker.mark(entry.title), marker.snippet(entry.body), context)


def run_entry(entry_id: str, reader: Reader, *, q: str = "") -> EntryPage | None:
    """Read one entry, with the words of `q` marked; None where there is no such entry."""
    entry = reader.entry(entry_id)
    if entry is None:
        return None
    marker = Marker(understand(parse_query(q), reader))
    before, behind = reader.neighbours(entry_id)
    return EntryPage(entry, marker.mark(entry.title), marker.mark(entry.body), before, behind)
