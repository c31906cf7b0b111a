"""What an officer types, with every expansion: from the typed text to the hits and the counts of facets, and suggestions.

No other engine does this work: the figures stand alone. The queries are made of the thesaurus, of places and years.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import quantiles

from indexer.places import municipalities
from indexer.store import Reader, open_index
from search_app.meaning import understand
from search_app.query import parse_query
from search_app.ranking import QueryBuilder
from search_app.suggest import suggest
from search_app.synonyms import EXPANSION, FILES, HEADWORD, read_rows

_SEED = 20
_QUERIES = 300
_ROUNDS = 3
_SENTENCES = ("{}の進め方を知りたい", "{}と{}を一緒に進めている事例", "{}に困っている住民への支援")


def measure_officer(index: Path) -> dict[str, float]:
    """Give p50 and p95, in milliseconds, of queries with every expansion and of suggestions, over an index."""
    reader = open_index(index)
    typed = list(_make_queries(Random(_SEED)))
    asked = _time(typed, lambda q: _answer(q, reader))
    halves = [q[: max(1, len(q) // 2)] for q in typed]
    suggested = _time(halves, lambda q: suggest(q, reader))
    reader.close()
    return {
        "queries": len(typed),
        **{f"{name}_ms": value for name, value in zip(("p50", "p95"), asked, strict=True)},
        **{f"suggest_{name}_ms": value for name, value in zip(("p50", "p95"), suggested, strict=True)},
    }


def _make_queries(rng: Random) -> Iterator[str]:
    words = [row[HEADWORD] for name in FILES for row in read_rows(name) if row[EXPANSION] == "0"]
    places = [place.name for place in municipalities()]
    for number in range(_QUERIES):
        one, other = rng.choice(words), rng.choice(words)
        year = rng.choice(["2024年", "令和5年度", "R3", "平成28年に開始"])
        shapes = (one, one + other, f"{one} {other}", f"{year} {one}", f"{rng.choice(places)} {one}")
        sentence = rng.choice(_SENTENCES)
        yield (*shapes, sentence.format(*[one, other][: sentence.count("{}")]))[number % (len(shapes) + 1)]


def _answer(q: str, reader: Reader) -> object:
    query = QueryBuilder().build(understand(parse_query(q), reader))
    return reader.search(query, filters={}, order="relevance", offset=0, limit=20)


def _time(typed: list[str], ask: Callable[[str], object]) -> tuple[float, float]:
    """Give p50 and p95 of the best of some rounds for each query."""
    best = [float("inf")] * len(typed)
    for _ in range(_ROUNDS):
        for place, q in enumerate(typed):
            began = time.perf_counter()
            ask(q)
            best[place] = min(best[place], (time.perf_counter() - began) * 1000)
    shares = quantiles(best, n=100)
    return shares[49], shares[94]
