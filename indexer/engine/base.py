"""What an index engine is asked and what it answers: query nodes, hits and counts. No engine is imported here.

A query is a tree of the nodes below; `search_app.query` makes it, an engine evaluates it. The same tree must give the
same entries in every engine, which the contract tests hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Order = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Term:
    """Entries that hold `text` in `field`; scored with BM25 times `boost`."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Entries that hold `texts` in `field` at positions one behind the other; scored as one term of their joint idf."""

    field: str
    texts: tuple[str, ...]
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
class MostOf:
    """Entries that match most of the children, by information: a rare child counts more than one that is everywhere.

    Kept are the entries that cover at least `share` (0-1) of what the best entry covers; scores add up and are
    multiplied by the covered share of all information. Empty only where no child matches anything.
    """

    children: tuple[Query, ...]
    share: float


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


Query = Term | Phrase | Everything | And | Or | MostOf | Exclude | Prefer | Demote


@dataclass(frozen=True, slots=True)
class EngineResult:
    """Entries found: how many in all, the numbers and scores of those asked for, and counts per facet and value.

    A facet's counts leave out that facet's own filter; values without an entry are not listed. An engine may count when
    a facet is asked for.
    """

    total: int
    numbers: NDArray[np.int32]
    scores: NDArray[np.float32]
    counts: Mapping[str, Mapping[str, int]]


class EngineReader(Protocol):
    """An open index. Entries are numbered from 0 in the order in which they were written."""

    def search(
        self, query: Query, *, filters: Mapping[str, Sequence[str]], order: Order, offset: int, limit: int
    ) -> EngineResult:
        """Evaluate `query` under `filters` (field → accepted values: OR within a field, AND between fields).

        Ties and equal years stand in the order of the entries' numbers.
        """

    def facet_values(self, field: str) -> tuple[str, ...]:
        """List all values of a facet field, sorted."""

    def ids(self, first: int, last: int) -> tuple[str, ...]:
        """List the ids at [first, last) of all ids in their order (not that of the entries)."""

    def stored(self, number: int) -> str:
        """Give the text stored with entry `number`."""

    def find(self, entry_id: str) -> int | None:
        """Give the number of the entry with this id."""

    def close(self) -> None:
        """Let go of the files."""
