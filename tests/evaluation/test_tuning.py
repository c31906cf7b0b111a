"""Tuning: what fits noise is not proposed, what helps many queries is, and nothing else is touched."""

import random
from collections import Counter
from dataclasses import asdict, fields, replace

import pytest

from evaluation.tuning import FOLDS, Trial, deal_folds, list_values, try_constant, tune
from search_app.ranking import MOST, WEIGHTS, Weights

TYPES = ["keyword"] * 12 + ["place"] * 10 + ["year"] * 8


def quiet(_trial: Trial) -> None:
    """Say nothing."""


@pytest.mark.parametrize("seed", range(5))
def test_noise_is_not_proposed(seed: int) -> None:
    """Scores by chance: some value is better on all queries, as there always is, and none is proposed."""

    def measure(weights: Weights) -> list[float]:
        ratios = {name: round(value / getattr(WEIGHTS, name), 1) for name, value in asdict(weights).items()}
        drawn = random.Random(f"{seed} {[(name, ratio) for name, ratio in ratios.items() if ratio != 1]}")
        return [min(1, max(0, drawn.gauss(0.7, 0.1))) for _ in TYPES]

    trials: list[Trial] = []
    assert tune(WEIGHTS, measure, TYPES, trials.append) == WEIGHTS
    assert max(max(trial.means.values()) - trial.means[trial.current] for trial in trials) > 0.01
    assert len(trials) == len(fields(Weights))


def test_what_helps_many_queries_is_proposed() -> None:
    """A value that helps every second query is taken over, and the other constants stay."""

    def measure(weights: Weights) -> list[float]:
        gain = 0.2 if weights.nearness > WEIGHTS.nearness * 1.9 else 0.0
        return [0.5 + gain * (place % 2) for place in range(len(TYPES))]

    assert tune(WEIGHTS, measure, TYPES, quiet) == replace(WEIGHTS, nearness=WEIGHTS.nearness * 2)


def test_what_helps_one_query_is_not_proposed() -> None:
    """A single query gains very much: that may be chance."""

    def measure(weights: Weights) -> list[float]:
        return [0.9 if weights.nearness > WEIGHTS.nearness else 0.1] + [0.5] * (len(TYPES) - 1)

    assert tune(WEIGHTS, measure, TYPES, quiet) == WEIGHTS


def test_gains_are_taken_where_they_had_no_say() -> None:
    """What helps the queries of one fold only is not chosen for it by the others, so it gains nothing there."""
    folds = deal_folds(TYPES)

    def measure(weights: Weights) -> list[float]:
        changed = weights.member != WEIGHTS.member
        return [0.5 + changed * (0.4 if place in folds[0] else -0.01) for place in range(len(TYPES))]

    trial = try_constant("member", WEIGHTS, measure, folds)
    assert max(trial.means.values()) > trial.means[WEIGHTS.member] + 0.05
    assert trial.chosen[0] == WEIGHTS.member
    assert trial.gain == pytest.approx(-0.01 * (1 - 1 / FOLDS))
    assert trial.proposed is None


def test_folds_must_agree_on_the_value() -> None:
    """Two values help every query, and which of them is better hangs on the fold: neither is sure."""
    folds = deal_folds(TYPES)
    first = {*folds[0], *folds[1], *folds[4][::2]}

    def measure(weights: Weights) -> list[float]:
        ratio = weights.member / WEIGHTS.member
        if ratio == 1.5:
            return [0.8 if place in first else 0.79 for place in range(len(TYPES))]
        return [0.5 if ratio != 2 else 0.79 if place in first else 0.8 for place in range(len(TYPES))]

    trial = try_constant("member", WEIGHTS, measure, folds)
    assert set(trial.chosen) == {WEIGHTS.member * 1.5, WEIGHTS.member * 2}
    assert trial.gain > 0.28
    assert trial.proposed is None


def test_two_gains_add_up() -> None:
    """What is proposed is taken over, the surest first, and the others are tried again on top of it."""

    def measure(weights: Weights) -> list[float]:
        first = weights.member > WEIGHTS.member * 1.9
        second = first and weights.region < WEIGHTS.region * 0.6
        return [0.5 + 0.1 * first + 0.1 * second * (place % 2) for place in range(len(TYPES))]

    assert tune(WEIGHTS, measure, TYPES, quiet) == replace(
        WEIGHTS, member=WEIGHTS.member * 2, region=WEIGHTS.region / 2
    )


def test_folds_are_stratified_and_fixed() -> None:
    """Every query is in one fold; folds, and each type in them, differ by one at most; every run deals the same."""
    folds = deal_folds(TYPES)
    assert sorted(place for fold in folds for place in fold) == list(range(len(TYPES)))
    assert {len(fold) for fold in folds} == {len(TYPES) // FOLDS}
    for kind in set(TYPES):
        counts = [Counter(TYPES[place] for place in fold)[kind] for fold in folds]
        assert max(counts) - min(counts) <= 1
    assert deal_folds(TYPES) == folds


@pytest.mark.parametrize("name", [field.name for field in fields(Weights)])
def test_values_lie_around_the_one_that_stands(name: str) -> None:
    """Lower and, where there is room, higher values are tried; a share stays one."""
    current = getattr(WEIGHTS, name)
    values = list_values(name, current)
    assert current in values
    assert values == sorted(set(values))
    assert 0 < values[0] < current
    assert values[-1] > current or current == 1
    limits = {field.name: field.metadata.get(MOST) for field in fields(Weights)}
    assert limits["synonym"] == limits["related"] == limits["words_share"] == 1
    assert values[-1] <= (limits[name] or values[-1])
