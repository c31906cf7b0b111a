"""The engines, one module each. A module is imported by the process that runs its engine and by no other.

Each module has `build(work, folder)`, which indexes the corpus of the work folder into the empty folder `folder`, and
`open_searcher(work, folder)`, which opens what was built. Both raise ImportError where the engine is not installed.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from benchmarks.queries import FacetedQuery

TOP = 20  # hits that are asked for
TITLE_BOOST = 3.0  # as in this engine's table of fields


@dataclass(frozen=True, slots=True)
class Answer:
    """Entry numbers of the best hits, hits in all, counts by facet and value (each without its facet's own filter)."""

    numbers: Sequence[int]
    total: int
    counts: Mapping[str, Mapping[str, int]]


class Searcher(Protocol):
    """An open index."""

    def search(self, query: FacetedQuery) -> Answer:
        """Answer a query."""


class EngineModule(Protocol):
    """What each module of this package has."""

    def build(self, work: Path, folder: Path) -> float:
        """Index the corpus of `work` into `folder`; give the seconds that it took."""

    def open_searcher(self, work: Path, folder: Path) -> Searcher:
        """Open the index in `folder`."""

    def index_folder(self, folder: Path) -> Path:
        """Give the folder whose files are the index."""


# Package that must be installed (None: none), and what is to be known when reading the figures.
ENGINES: Mapping[str, tuple[str | None, str]] = {
    "zenrei": (None, "built from entries, cutting included; also indexes C units and places"),
    "whoosh": (None, "Whoosh's own searcher over the Whoosh index that zenrei's build wrote (so no build of its own)"),
    "fts5": (None, "SQLite FTS5: contentless table, detail=full, prefix index, bm25(); facets in a narrow table"),
    "tantivy": ("tantivy", "tantivy-py: positions, fast fields, terms aggregations"),
    "xapian": ("xapian", "Xapian (glass): positions, boolean filter terms, value slots counted by match spies"),
}
NOT_COMPARED: Mapping[str, str] = {
    "bm25s": "ranks by OR of terms only: no AND, no phrase, no prefix, no filter, no facets – not the same work",
}


def load(name: str) -> EngineModule:
    """Import an engine's module."""
    return cast(EngineModule, importlib.import_module(f"benchmarks.engines.{name}"))


def is_installed(name: str) -> bool:
    """Whether the package of an engine is installed."""
    package = ENGINES[name][0]
    return package is None or importlib.util.find_spec(package) is not None


def folder_of(work: Path, name: str) -> Path:
    """Give the folder of an engine's index in a work folder."""
    return work / ("zenrei" if name == "whoosh" else name)
