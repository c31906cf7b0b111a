"""A work folder: what was prepared once, read by every engine's process. Imports nothing that would weigh on one.

It holds `prepared.json`, `corpus.jsonl` (one entry a line with its tokens), `queries.json`, and a folder per engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.queries import FacetedQuery, from_json

TEXTS = ("title", "body")


@dataclass(frozen=True, slots=True)
class Tokenised:
    """An entry as the other engines get it.

    `title` and `body` are terms joined by spaces, with `GAP` where a sentence ends; `facets` are the values by facet,
    `stored` is what zenrei stores with the entry.
    """

    number: int
    title: str
    body: str
    facets: dict[str, list[str]]
    stored: str


def read_corpus(folder: Path) -> Iterator[Tokenised]:
    """Read the corpus of a work folder, entry by entry."""
    with (folder / "corpus.jsonl").open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            title, body, facets, stored = json.loads(line)
            yield Tokenised(number, title, body, facets, stored)


def read_queries(folder: Path) -> tuple[list[FacetedQuery], list[FacetedQuery]]:
    """Read the faceted and the rare queries of a work folder."""
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    return list(map(from_json, queries["faceted"])), list(map(from_json, queries["rare"]))
