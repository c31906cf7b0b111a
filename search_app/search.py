"""A search: parameters in, a result page out. The only module that knows the order in which things are read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.engine.base import And, EngineResult, Or, Query, Term
from indexer.records import Entry
from indexer.store import Reader
from search_app.facets import FacetView, make_filters, view_facets
from search_app.highlight import Marker, Segment
from search_app.params import SearchParams
from search_app.query import ParsedQuery, interpret, parse_query, relaxed_query, strict_query

__all__ = [
    "EntryPage",
    "Export",
    "Hit",
    "ResultPage",
    "Segment",
    "narrow_query",
    "run_entry",
    "run_export",
    "run_search",
]


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found: its score, its title and the piece of its text that answers the query."""

    entry: Entry
    score: float
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]


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
    relaxed: bool


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
    """Search; when no entry has every word, show those that have most of them and say so."""
    parsed = parse_query(params.q)
    filters = make_filters(params, reader)
    result, relaxed = _evaluate(parsed, params, filters, reader)
    marker = Marker(parsed)
    hits = tuple(
        _make_hit(reader.entry_at(int(number)), float(score), marker)
        for number, score in zip(result.numbers, result.scores, strict=True)
    )
    return ResultPage(
        params=params,
        total=result.total,
        pages=max(1, -(-result.total // params.per_page)),
        hits=hits,
        facets=view_facets(params, result.counts, reader),
        terms=tuple(dict.fromkeys(word.text for word in parsed.words)),
        interpretation=interpret(parsed, relaxed=relaxed, typed=bool(params.q)),
        relaxed=relaxed,
    )


def run_export(params: SearchParams, reader: Reader, *, limit: int) -> Export:
    """Search as `run_search` does, and read the first `limit` entries in the order of the result."""
    parsed = parse_query(params.q)
    whole = replace(params, page=1, per_page=limit)
    result, relaxed = _evaluate(parsed, whole, make_filters(params, reader), reader)
    return Export(
        params=params,
        total=result.total,
        entries=tuple(reader.entry_at(int(number)) for number in result.numbers),
        interpretation=interpret(parsed, relaxed=relaxed, typed=bool(params.q)),
    )


def narrow_query(query: Query, params: SearchParams) -> Query:
    """Keep what names one of the chosen municipalities; scores stay as they are.

    There are too many municipalities to count hits by each of them, as a facet does.
    """
    named = Or(tuple(Term("municipality", code, boost=0.0) for code in params.municipality))
    return And((query, named)) if params.municipality else query


def _evaluate(
    parsed: ParsedQuery, params: SearchParams, filters: dict[str, list[str]], reader: Reader
) -> tuple[EngineResult, bool]:
    # Without words there is no relevance: the newest come first.
    order = "newest" if params.sort == "relevance" and not parsed.groups else params.sort
    offset = (params.page - 1) * params.per_page
    strict = narrow_query(strict_query(parsed), params)
    result = reader.search(strict, filters=filters, order=order, offset=offset, limit=params.per_page)
    # The words decide, not the filters: narrowing must never bring entries that were not there before.
    if result.matched or not parsed.can_relax or (params.municipality and _is_met(parsed, reader)):
        return result, False
    relaxed = narrow_query(relaxed_query(parsed), params)
    return reader.search(relaxed, filters=filters, order=order, offset=offset, limit=params.per_page), True


def _is_met(parsed: ParsedQuery, reader: Reader) -> bool:
    return reader.search(strict_query(parsed), filters={}, order="newest", offset=0, limit=1).matched > 0


def _make_hit(entry: Entry, score: float, marker: Marker) -> Hit:
    return Hit(entry, score, marker.mark(entry.title), marker.snippet(entry.body))


def run_entry(entry_id: str, reader: Reader, *, q: str = "") -> EntryPage | None:
    """Read one entry, with the words of `q` marked; None where there is no such entry."""
    entry = reader.entry(entry_id)
    if entry is None:
        return None
    marker = Marker(parse_query(q))
    before, behind = reader.neighbours(entry_id)
    return EntryPage(entry, marker.mark(entry.title), marker.mark(entry.body), before, behind)
