"""Facets: hits narrowed and counted, held against entries that are passed one by one."""

from collections import Counter
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engine.arrays import Arrays, write_arrays
from indexer.engine.facets import Facets
from indexer.engine.invert import exact_values, invert_entries
from indexer.engine.postings import Ints
from indexer.engine.view import View
from indexer.fields import FACET_FIELDS
from indexer.records import Entry

MakeEntry = Callable[..., Entry]
PLACES = [None, ("岡山県",), ("広島県",), ("岡山県", "広島県")]
YEARS = [None, 2024, 2025]
CATEGORIES = [None, "ア-a", "イ-b", "ウ-A-d"]
drawn = st.tuples(st.sampled_from(PLACES), st.sampled_from(YEARS), st.sampled_from(CATEGORIES))
chosen = st.fixed_dictionaries(
    {},
    optional={
        "region": st.lists(st.sampled_from(["中国地方", "中国地方›岡山県", "四国地方"]), max_size=2),
        "year": st.lists(st.sampled_from(["2024", "2025", "1999"]), max_size=2),
        "category": st.lists(st.sampled_from(["ア", "イ›イ-b", "ウ"]), max_size=2),
    },
)


def values_of(entry: Entry) -> dict[str, set[str]]:
    """Give the values of an entry by facet field."""
    values: dict[str, set[str]] = {field.name: set() for field in FACET_FIELDS}
    for name, value in exact_values(entry):
        if name in values:
            values[name].add(value)
    return values


@settings(max_examples=60, deadline=None)
@given(st.lists(drawn, min_size=1, max_size=24), st.data(), chosen)
def test_narrows_and_counts_like_one_who_passes_every_hit(
    make_entry: MakeEntry,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[tuple[str, ...] | None, int | None, str | None]],
    data: st.DataObject,
    filters: dict[str, list[str]],
) -> None:
    """Few and many hits alike: kept is what meets every filter, and a field's counts leave out its own."""
    entries = [
        make_entry(n, "題", "文", prefectures=places or (), fiscal_year=year, category=category)
        for n, (places, year, category) in enumerate(rows)
    ]
    folder = tmp_path_factory.mktemp("arrays")
    write_arrays(folder, invert_entries(entries))
    facets = Facets(View([(Arrays(folder), None)]))
    hits = sorted(data.draw(st.sets(st.integers(0, len(entries) - 1))))
    kept, counts = facets.narrow(make_ints(hits), filters)
    wanted = {name: set(values) for name, values in filters.items() if values}
    valued = {number: values_of(entries[number]) for number in hits}

    def meets(number: int, *, but: str = "") -> bool:
        return all(valued[number][name] & values for name, values in wanted.items() if name != but)

    met = [number for number in hits if meets(number)]
    assert (hits if kept is None else [hits[place] for place in kept.tolist()]) == met
    asked = data.draw(st.sets(st.sampled_from([field.name for field in FACET_FIELDS])))
    of_asked, some = facets.narrow(make_ints(hits), filters, asked)
    assert some == {name: of_field for name, of_field in counts.items() if name in asked}
    assert (of_asked is None) == (kept is None) and (kept is None or of_asked.tolist() == kept.tolist())
    for field in FACET_FIELDS:
        expected = Counter(
            value for number in hits if meets(number, but=field.name) for value in valued[number][field.name]
        )
        assert counts[field.name] == expected


def make_ints(numbers: list[int]) -> Ints:
    """Make entry numbers as the engine has them."""
    return np.array(numbers, dtype=np.int32)


def test_many_hits_of_few_combinations_are_counted_by_combination(
    make_entry: MakeEntry, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """More hits than combinations, with every set of filters: the two ways of counting give the same."""
    entries = [
        make_entry(n, "題", "文", prefectures=PLACES[n % 4] or (), fiscal_year=YEARS[n % 3], category=CATEGORIES[n % 4])
        for n in range(40)
    ]
    folder = tmp_path_factory.mktemp("arrays")
    write_arrays(folder, invert_entries(entries))
    facets = Facets(View([(Arrays(folder), None)]))
    every = {"region": ["中国地方›岡山県"], "year": ["2024"], "category": ["ウ", "ア"]}
    for size in range(4):
        for names in combinations(every, size):
            filters = {name: every[name] for name in names}
            whole, of_whole = facets.narrow(make_ints(list(range(40))), filters)
            parts = [facets.narrow(make_ints([number]), filters) for number in range(40)]
            singly = [number for number, (kept, _) in enumerate(parts) if kept is None or len(kept)]
            assert (list(range(40)) if whole is None else whole.tolist()) == singly
            for field in FACET_FIELDS:
                added: Counter[str] = Counter()
                for _, counts in parts:
                    added.update(counts[field.name])
                assert of_whole[field.name] == added
