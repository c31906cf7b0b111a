"""A search: parameters in, a result page out. The only module that knows the order in which a page is made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from indexer.engine.base import And, EngineResult, Or, Query, Term
from indexer.records import Entry
from indexer.store import Reader
from search_app.facets import FacetView, make_filters, view_facets
from search_app.help import Help, find_help
from search_app.highlight import Context, Marker, Segment
from search_app.interpretation import interpret
from search_app.matching import match_all
from search_app.meaning import Meaning, understand
from search_app.params import MULTI_NAMES, SearchParams, View
from search_app.query import parse_query
from search_app.ranking import QueryBuilder
from search_app.reasons import Explainer, Explanation
from search_app.understanding import Understanding, describe_meaning

__all__ = [
    "EntryPage",
    "Export",
    "Hit",
    "ResultPage",
    "Segment",
    "count_search",
    "narrow_query",
    "run_entry",
    "run_export",
    "run_search",
]

_WORDS_COUNTED = 6  # entries that have all of more words are hardly ever there, and take long to count


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found: its score, its title and the piece of its text that answers the query, and why it was found.

    `context` is a word of the query as it stands in the text, where the view shows that and there is one; it then takes
    the place of `snippet`.
    """

    entry: Entry
    score: float
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    explanation: Explanation | None = None
    context: Context | None = None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of hits. `pages` is at least 1; a page behind the last has no hits.

    `complete` counts the entries that have every one of several words (None where there is one, or nobody asked).
    """

    params: SearchParams
    total: int
    pages: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetView, ...]
    terms: tuple[str, ...]
    interpretation: str
    understanding: Understanding = field(default_factory=Understanding)
    complete: int | None = None
    help: Help = field(default_factory=Help)


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


def run_search(params: SearchParams, reader: Reader, *, helped: bool = False) -> ResultPage:
    """Search: entries that have most of what the words tell, those that have all of it favoured.

    Where the search is to be `helped`, as on the page, hits are explained whether or not it was asked for, and what
    helps on is looked for. Views are of the page, too: without it each hit has its snippet.
    """
    meaning = understand(parse_query(params.q), reader)
    result = _evaluate(meaning, params, reader)
    marker = Marker(meaning)
    explainer = Explainer(meaning) if helped or params.explain else None
    hits = tuple(
        _make_hit(reader.entry_at(int(number)), float(score), marker, explainer, params.view if helped else "list")
        for number, score in zip(result.numbers, result.scores, strict=True)
    )
    return ResultPage(
        params=params,
        total=result.total,
        pages=max(1, -(-result.total // params.per_page)),
        hits=hits,
        facets=view_facets(params, result.counts, reader),
        terms=tuple(dict.fromkeys(meant.word.text for meant in meaning.words)),
        interpretation=_interpret(meaning, params, found=result.total > 0),
        understanding=describe_meaning(meaning, params, reader),
        complete=_count_complete(meaning, params, reader) if helped and hits else None,
        help=_help(meaning, params, reader, result, hits) if helped else Help(),
    )


def _interpret(meaning: Meaning, params: SearchParams, *, found: bool = True) -> str:
    narrowed = any(map(params.narrows, MULTI_NAMES))
    return interpret(meaning, typed=bool(params.q), found=found, narrowed=narrowed)


def _count_complete(meaning: Meaning, params: SearchParams, reader: Reader) -> int | None:
    if not 1 < len(meaning.groups) <= _WORDS_COUNTED:
        return None
    query = narrow_query(match_all(meaning), params)
    filters = make_filters(params, reader)
    kept = tuple(Or(tuple(Term(name, value) for value in values)) for name, values in filters.items())
    return reader.count(And((query, *kept)))


def _help(meaning: Meaning, params: SearchParams, reader: Reader, result: EngineResult, hits: tuple[Hit, ...]) -> Help:
    missing = [set(hit.explanation.missing) for hit in hits if hit.explanation]
    lacking = set.intersection(*missing) if missing else set()
    if not result.total:
        lacking = {meant.word.text for meant in meaning.words}

    def search(other: SearchParams) -> EngineResult:
        return _evaluate(understand(parse_query(other.q), reader), other, reader)

    return find_help(meaning, params, reader, missing=lacking, found=result.total, search=search)


def count_search(params: SearchParams, reader: Reader) -> int:
    """Count what `run_search` finds; no entry is read."""
    meaning = understand(parse_query(params.q), reader)
    return _evaluate(meaning, replace(params, page=1, per_page=0), reader, facets=()).total


def run_export(params: SearchParams, reader: Reader, *, limit: int) -> Export:
    """Search as `run_search` does, and read the first `limit` entries in the order of the result."""
    meaning = understand(parse_query(params.q), reader)
    result = _evaluate(meaning, replace(params, page=1, per_page=limit), reader, facets=())
    return Export(
        params=params,
        total=result.total,
        entries=tuple(reader.entry_at(int(number)) for number in result.numbers),
        interpretation=_interpret(meaning, params),
    )


def narrow_query(query: Query, params: SearchParams) -> Query:
    """Keep what names one of the chosen municipalities; scores stay as they are.

    There are too many municipalities to count hits by each of them, as a facet does.
    """
    named = Or(tuple(Term("municipality", code, boost=0.0) for code in params.municipality))
    return And((query, named)) if params.municipality else query


def _evaluate(
    meaning: Meaning, params: SearchParams, reader: Reader, facets: Collection[str] | None = None
) -> EngineResult:
    return reader.search(
        narrow_query(QueryBuilder().build(meaning), params),
        filters=make_filters(params, reader),
        # Without words there is no relevance: the newest come first.
        order="newest" if params.sort == "relevance" and not meaning.groups else params.sort,
        offset=(params.page - 1) * params.per_page,
        limit=params.per_page,
        facets=facets,
    )


def _make_hit(entry: Entry, score: float, marker: Marker, explainer: Explainer | None, view: View) -> Hit:
    explanation = explainer.explain(entry) if explainer else None
    context = (marker.context(entry.body) or marker.context(entry.title)) if view == "kwic" else None
    # To mark a text is what takes long about a hit: it is not done twice for a view that shows one of the two.
    snippet = () if context else marker.snippet(entry.body)
    return Hit(entry, score, marker.mark(entry.title), snippet, explanation, context)


def run_entry(entry_id: str, reader: Reader, *, q: str = "") -> EntryPage | None:
    """Read one entry, with the words of `q` marked; None where there is no such entry."""
    entry = reader.entry(entry_id)
    if entry is None:
        return None
    marker = Marker(understand(parse_query(q), reader))
    before, behind = reader.neighbours(entry_id)
    return EntryPage(entry, marker.mark(entry.title), marker.mark(entry.body), before, behind)
