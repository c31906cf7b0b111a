"""Scores as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evaluation.judged import JudgedQuery, Scores, mean_scores
from evaluation.tuning import NOISE, Trial

ALL = "all"
_METRICS = (("nDCG@10", "ndcg"), ("recall@20", "recall"), ("success@3", "success"), ("no hit", "no_hit"))
_CELL = 8
_NAME = 10


def group_by_type(queries: Sequence[JudgedQuery], scores: Sequence[Scores]) -> dict[str, list[Scores]]:
    """Give the scores of each type, in the order of the types' names; all of them last."""
    types = sorted({query.type for query in queries})
    groups = {kind: [each for query, each in zip(queries, scores) if query.type == kind] for kind in types}
    return {**groups, ALL: list(scores)}


def score_table(queries: Sequence[JudgedQuery], columns: Mapping[str, Sequence[Scores]]) -> Iterator[str]:
    """Give the lines of the table: types below each other, per score a column for each ranking (no hit: how many)."""
    groups = {name: group_by_type(queries, scores) for name, scores in columns.items()}
    width = max(6, *(len(name) + 1 for name in columns))
    yield " " * (_NAME + 4) + "".join(f"  {heading:>{width * len(columns)}}" for heading, _ in _METRICS)
    yield f"{'type':{_NAME}}{'n':>4}" + ("  " + "".join(f"{name:>{width}}" for name in columns)) * len(_METRICS)
    for kind in next(iter(groups.values())):
        count = len(next(iter(groups.values()))[kind])
        means = [mean_scores(group[kind]) for group in groups.values()]
        cells = ["".join(_cell(mean, metric, count).rjust(width) for mean in means) for _, metric in _METRICS]
        yield f"{kind:{_NAME}}{count:>4}" + "".join(f"  {cell}" for cell in cells)


def _cell(mean: Scores, metric: str, count: int) -> str:
    value: float = getattr(mean, metric)
    return f"{value * count:.0f}" if metric == "no_hit" else f"{value:.3f}"


def list_changes(
    queries: Sequence[JudgedQuery], scores: Mapping[str, float], pinned: Mapping[str, float]
) -> Iterator[str]:
    """Give a line for every query whose nDCG is not the pinned one, the worst loss first, and one that counts them."""
    types = {query.qid: query.type for query in queries}
    both = [qid for qid in types if qid in pinned]
    changes = sorted((round(scores[qid] - pinned[qid], 3), qid) for qid in both if scores[qid] != pinned[qid])
    for change, qid in changes:
        yield f"{qid:{_NAME}}{types[qid]:{_NAME}}{pinned[qid]:.3f} → {scores[qid]:.3f}  {change:+.3f}"
    worse = sum(change < 0 for change, _ in changes)
    counts = f"{len(changes) - worse} better, {worse} worse, {len(both) - len(changes)} as pinned"
    yield f"{counts}, {len(types) - len(both)} not pinned, {len(pinned) - len(both)} no longer asked"


def trial_lines(trial: Trial) -> Iterator[str]:
    """Give the lines that tell of one constant: the mean at each value, and what choosing in cross-validation gains."""
    before = trial.means[trial.current]
    verdict = "within noise" if trial.proposed is None else f"PROPOSED: {trial.proposed:g}"
    yield (
        f"{trial.name} = {trial.current:g}: held out {before:.4f} → {before + trial.gain:.4f} "
        f"({trial.gain:+.4f}, noise {NOISE * trial.error:.4f}): {verdict}"
    )
    yield "  value   " + "".join(f"{value:>{_CELL}g}" for value in trial.means)
    yield "  nDCG@10 " + "".join(f"{mean:>{_CELL}.4f}" for mean in trial.means.values())
    yield "  folds   " + "".join(f"{trial.chosen.count(value):>{_CELL}}" for value in trial.means)
