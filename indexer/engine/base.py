"""What an index engine is asked and what it answers: query nodes, hits and counts. No engine is imported here.

A query is a tree of the nodes below; `search_app.ranking` and its like make it, the engine evaluates it. Whoosh's own
searcher must give the same entries, and for plain terms the same scores, which the tests hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Order = Literal["relevance", "newest", "oldest", "code"]


@dataclass(frozen=True, slots=True)
class Term:
    """Entries that hold `text` in `field`; scored with BM25 times `boost`."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Entries that hold `texts` in `field` at positions one behind the other; scored as one term of their joint idf.

    `field` is one of short units: ValueError for another.
    """

    field: str
    texts: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Near:
    """Entries that hold `texts` in `field` near each other; scored as one term of their joint idf.

    Each of the others stands at most `distance` positions before or behind one occurrence of the first. `field` is one of
    short units, `distance` at most 64: ValueError for another.
    """

    field: str
    texts: tuple[str, ...]
    distance: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Entries that hold a term in `field` that begins with `text`; each scored `boost`."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Everything:
    """Every entry, scored 0."""


@dataclass(frozen=True, slots=True)
class And:
    """Entries that match every child; scores add up. Without a child: nothing."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Entries that match any child; scores add up. Without a child: nothing."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class BestOf:
    """Entries that match any child; scored by the best of them: other words for one thing do not add up."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Reserve:
    """Entries that match `child`; where these are fewer than `least`, those that match `reserve`, too.

    An entry that matches both has the better of its scores.
    """

    child: Query
    reserve: Query
    least: int


@dataclass(frozen=True, slots=True)
class MostOf:
    """Entries that match most of the children, by information: a rare child counts more than one that is everywhere.

    Kept are the entries that cover at least `share` (0-1) of what the best entry covers; scores add up and are
    multiplied by the covered share of all information, to the power `power`. Empty only where no child matches anything.
    """

    children: tuple[Query, ...]
    share: float
    power: float = 1.0


@dataclass(frozen=True, slots=True)
class Exclude:
    """Entries that match `child` and not `excluded`."""

    child: Query
    excluded: Query


@dataclass(frozen=True, slots=True)
class Prefer:
    """Entries that match `child`; those that match `preferred` too score by that much more."""

    child: Query
    preferred: Query


@dataclass(frozen=True, slots=True)
class Demote:
    """Entries that match `child`; the score of those that match `where` is multiplied by `factor` (0-1)."""

    child: Query
    where: Query
    factor: float


Query = Term | Phrase | Near | Prefix | Everything | And | Or | BestOf | Reserve | MostOf | Exclude | Prefer | Demote


@dataclass(frozen=True, slots=True)
class EngineResult:
    """Entries found: how many in all, the numbers and scores of those asked for, and counts per facet and value.

    Entries with the same score, of the same year or of the same municipality stand in the order of the corpus. A facet's
    counts leave out that facet's own filter; values without an entry are not listed.
    """

    total: int
    numbers: NDArray[np.int32]
    scores: NDArray[np.float32]
    counts: Mapping[str, Mapping[str, int]]
