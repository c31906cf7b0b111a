"""Judged queries and how a ranking is scored on them.

A file of judged queries is JSON Lines: `qid`, `query`, `type`, and `rel`, {"DOC:LINE": grade}. DOC is the first three
characters of the name of the source file, LINE a line (1-based) of the entry that is relevant, grade 2 what the officer
wants, 1 what answers partly.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from indexer.records import Source

WANTED = 2  # the grade of what the officer wants
DEPTH = 20  # hits that are looked at
_NDCG_HITS = 10
_FIRST_HITS = 3
_DOCUMENT_CHARACTERS = 3

# What is searched for → where the hits stand, best first; at least `DEPTH` of them where there are so many.
Ranker = Callable[[str], Sequence[Source]]


class JudgedQueriesError(ValueError):
    """A file of judged queries that cannot be used: says which line and why."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query, and the grade (1 or 2) of each place, (document, line), where something relevant stands."""

    qid: str
    text: str
    type: str
    grades: Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class Scores:
    """How well one query was answered; each score is between 0 and 1.

    `ndcg` looks at ten hits, `recall` is the share of what is wanted among twenty, `success` tells whether something
    wanted is among three, `no_hit` whether there was nothing at all.
    """

    ndcg: float
    recall: float
    success: float
    no_hit: float


def read_queries(path: Path) -> list[JudgedQuery]:
    """Read a file of judged queries, in its order. Raises JudgedQueriesError, or OSError where it cannot be read."""
    queries: list[JudgedQuery] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            queries.append(_read_query(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise JudgedQueriesError(f"{path}:{number}: not a judged query ({error!r})") from error
    if not queries:
        raise JudgedQueriesError(f"{path}: no queries")
    if len({query.qid for query in queries}) < len(queries):
        raise JudgedQueriesError(f"{path}: a qid stands there twice")
    return queries


def _read_query(line: str) -> JudgedQuery:
    values = json.loads(line)
    grades = {}
    for place, grade in values["rel"].items():
        document, number = place.split(":")
        grades[document, int(number)] = int(grade)
    if WANTED not in grades.values():
        raise ValueError("nothing has grade 2")
    return JudgedQuery(values["qid"], values["query"], values["type"], grades)


def score(hits: Sequence[Source], query: JudgedQuery) -> Scores:
    """Score the hits of a query, best first."""
    gains = list_gains(hits, query)
    wanted = sum(grade == WANTED for grade in query.grades.values())
    return Scores(
        ndcg=_discounted(gains) / _discounted(sorted(query.grades.values(), reverse=True)),
        recall=gains[:DEPTH].count(WANTED) / wanted,
        success=float(WANTED in gains[:_FIRST_HITS]),
        no_hit=float(not hits),
    )


def list_gains(hits: Sequence[Source], query: JudgedQuery) -> list[int]:
    """Give the grade that each hit earns, 0 for nothing.

    A hit answers a judgement when it is of its document and its lines hold its line. It earns the best that it answers,
    and uses up all of them: what is found a second time earns nothing.
    """
    left = dict(query.grades)
    gains = []
    for hit in hits:
        document = PurePosixPath(hit.file).name[:_DOCUMENT_CHARACTERS]
        answered = [
            place
            for place in left
            if place[0] == document and any(first <= place[1] <= last for first, last in hit.lines)
        ]
        gains.append(max((left.pop(place) for place in answered), default=0))
    return gains


def _discounted(gains: Sequence[int]) -> float:
    """Give the DCG: (2^grade - 1) / log2(rank + 1), added up (Järvelin and Kekäläinen 2002; Burges et al. 2005)."""
    return sum((2.0**gain - 1) / math.log2(rank + 1) for rank, gain in enumerate(gains[:_NDCG_HITS], 1))


def score_all(ranker: Ranker, queries: Sequence[JudgedQuery]) -> list[Scores]:
    """Ask every query and score it, in the order of the queries."""
    return [score(ranker(query.text), query) for query in queries]


def mean_scores(scores: Sequence[Scores]) -> Scores:
    """Give the mean of each score."""
    count = len(scores)
    return Scores(
        ndcg=sum(each.ndcg for each in scores) / count,
        recall=sum(each.recall for each in scores) / count,
        success=sum(each.success for each in scores) / count,
        no_hit=sum(each.no_hit for each in scores) / count,
    )
