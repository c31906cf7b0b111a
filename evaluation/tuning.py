"""Tries other values of the ranking's constants, one constant at a time, in cross-validation.

The judged queries are dealt into folds, every type as evenly as it goes. For each fold the value is chosen that is best
on the other folds, and scored on this one, which had no say. Fitting noise then shows: what is gained is lost again.

A change is proposed where the held-out mean of nDCG@10 rises by more than `NOISE` standard errors of its differences,
query by query, and the same value was chosen for at least `AGREEING` folds. Some twenty constants are tried: at two
standard errors one in forty passes by chance, so every second run would propose something; at three one in 740.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from search_app.ranking import MOST, Weights

FOLDS = 5
SEED = 20251122
NOISE = 3.0  # standard errors
AGREEING = 4  # folds
# What a constant is multiplied by: below and above it in steps that are felt.
FACTORS = (0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0)

# Weights → the score of every query, in their order.
Measure = Callable[[Weights], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one constant: the mean score at each value, the value that was chosen for each fold.

    `gain` is the mean held-out difference to the value that it has, `error` its standard error. `proposed` is None where
    that is within noise.
    """

    name: str
    current: float
    means: Mapping[float, float]
    chosen: tuple[float, ...]
    gain: float
    error: float
    proposed: float | None


def deal_folds(types: Sequence[str]) -> list[list[int]]:
    """Deal the places of queries into `FOLDS` folds, each type in turn, always in the same way."""
    dealer = random.Random(SEED)
    dealt: list[int] = []
    for kind in sorted(set(types)):
        places = [place for place, each in enumerate(types) if each == kind]
        dealer.shuffle(places)
        dealt += places
    return [dealt[fold::FOLDS] for fold in range(FOLDS)]


def list_values(name: str, current: float) -> list[float]:
    """Give the values that are tried for a constant, its own among them, in rising order."""
    most = next(each.metadata.get(MOST, math.inf) for each in fields(Weights) if each.name == name)
    return sorted({min(float(f"{current * factor:.3g}"), most) for factor in FACTORS} | {current})


def try_constant(name: str, weights: Weights, measure: Measure, folds: Sequence[Sequence[int]]) -> Trial:
    """Try the values of one constant, the others being as `weights` has them."""
    current: float = getattr(weights, name)
    scores = {value: measure(replace(weights, **{name: value})) for value in list_values(name, current)}
    chosen = tuple(_choose(scores, current, fold) for fold in folds)
    gains = [scores[value][place] - scores[current][place] for value, fold in zip(chosen, folds) for place in fold]
    gain = statistics.fmean(gains)
    error = statistics.stdev(gains) / math.sqrt(len(gains))
    common = statistics.mode(chosen)
    sure = gain > NOISE * error and chosen.count(common) >= AGREEING and common != current
    means = {value: statistics.fmean(each) for value, each in scores.items()}
    return Trial(name, current, means, chosen, gain, error, common if sure else None)


def _choose(scores: Mapping[float, Sequence[float]], current: float, held_out: Sequence[int]) -> float:
    """Choose the value that is best without the queries of a fold; of equal ones the nearest to what stands."""

    def merit(value: float) -> tuple[float, float]:
        others = [score for place, score in enumerate(scores[value]) if place not in held_out]
        return round(statistics.fmean(others), 9), -abs(value - current)

    return max(scores, key=merit)


def tune(weights: Weights, measure: Measure, types: Sequence[str], tell: Callable[[Trial], None]) -> Weights:
    """Try every constant; take over the surest proposal and try again, until nothing more is proposed.

    Each trial is told as it is done. There must be more queries, whose `types` are given, than folds. A constant that is
    changed once stays: to go on from there is for the next run.
    """
    folds = deal_folds(types)
    names = [each.name for each in fields(weights)]
    while True:
        trials = []
        for name in names:
            trial = try_constant(name, weights, measure, folds)
            tell(trial)
            trials.append(trial)
        surest = max(trials, key=lambda trial: (trial.proposed is not None, trial.gain - NOISE * trial.error))
        if surest.proposed is None:
            return weights
        weights = replace(weights, **{surest.name: surest.proposed})
        names.remove(surest.name)
