"""Facets: chosen values and ranges as filters, over a real index."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from indexer.records import Entry
from indexer.store import Reader, open_index, write_generation
from search_app.facets import FacetValue, label_range, label_value, walk_values
from search_app.params import SearchParams
from search_app.search import run_search

# 備後圏域 lies in two prefectures; 中部広域圏 is the name of two areas that the gazetteer does not know.
PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("備後圏域", ("岡山県", "広島県")),
    ("中部広域圏", ("広島県",)),
    ("中部広域圏", ("鳥取県",)),
    ("中部広域圏", ("鳥取県",)),
)


@pytest.fixture(scope="module")
def places_reader(tmp_path_factory: pytest.TempPathFactory, make_entry: Callable[..., Entry]) -> Iterator[Reader]:
    """Open an index of entries in areas of which two share a name; each of another year."""
    entries = [
        make_entry(number, "図書館", "本。", region=area, prefectures=prefectures, fiscal_year=2020 + number)
        for number, (area, prefectures) in enumerate(PLACES)
    ]
    folder = tmp_path_factory.mktemp("index")
    write_generation(folder, entries, sources=[], report={})
    reader = open_index(folder)
    yield reader
    reader.close()


def find(reader: Reader, **chosen: Any) -> set[str]:
    """Give the ids that a search finds."""
    return {hit.entry.id for hit in run_search(SearchParams(**chosen), reader).hits}


def list_regions(reader: Reader, *chosen: str) -> dict[str, FacetValue]:
    """Give what the region facet lists, by value."""
    page = run_search(SearchParams(region=chosen), reader)
    return {value.value: value for value in walk_values(page.facets[0].values)}


def test_areas_of_one_name_are_told_apart_by_their_paths(places_reader: Reader) -> None:
    """Each of the two has a value of its own, whose count is what choosing it gives."""
    listed = list_regions(places_reader)
    paths = ["中国地方›鳥取県›中部広域圏", "中国地方›広島県›中部広域圏"]
    assert [(listed[path].label, listed[path].count) for path in paths] == [("中部広域圏", 2), ("中部広域圏", 1)]
    assert "中部広域圏" not in listed
    assert find(places_reader, region=(paths[0],)) == {"e2", "e3"}
    assert find(places_reader, region=(paths[1],)) == {"e1"}


def test_an_area_of_two_prefectures_is_one_value(places_reader: Reader) -> None:
    """What lies in two prefectures is one area: its name alone is the value, below both."""
    page = run_search(SearchParams(), places_reader)
    values = [value.value for value in walk_values(page.facets[0].values) if value.label == "備後圏域"]
    assert values == ["備後圏域", "備後圏域"]
    assert find(places_reader, region=("備後圏域",)) == {"e0"}


def test_a_name_alone_means_all_that_are_called_so(places_reader: Reader) -> None:
    """An address from before, or typed by hand, still works, and what it chose can be taken back."""
    assert find(places_reader, region=("中部広域圏",)) == {"e1", "e2", "e3"}
    listed = list_regions(places_reader, "中部広域圏")
    assert listed["中部広域圏"].selected
    assert not any("›" in value for value in listed)


def test_a_path_that_was_chosen_is_the_value_that_takes_it_back(places_reader: Reader) -> None:
    """Also where its name alone would do."""
    listed = list_regions(places_reader, "中国地方›広島県")
    assert listed["中国地方›広島県"].selected
    assert find(places_reader, region=("中国地方›広島県",)) == {"e0", "e1"}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"year_from": 2021}, {"e1", "e2", "e3"}),
        ({"year_to": 2021}, {"e0", "e1"}),
        ({"year_from": 2021, "year_to": 2022}, {"e1", "e2"}),
        ({"year_from": 2022, "year": ("2020",)}, {"e0", "e2", "e3"}),
        ({"year_from": 2030}, set()),
        ({"start_to": 2030}, set()),
        ({"year_from": 2021, "region": ("広島県",)}, {"e1"}),
    ],
)
def test_a_range_takes_the_years_inside_and_adds_to_single_ones(
    places_reader: Reader, chosen: dict[str, Any], expected: set[str]
) -> None:
    """Both ends belong to it; what has no year is in no range; a range without a year of the index finds nothing."""
    assert find(places_reader, **chosen) == expected


def test_labels_stand_alone() -> None:
    """A tag and the head of a file say what a value is without the list around it."""
    assert label_value("region", "中国地方›鳥取県›中部広域圏") == "中部広域圏（鳥取県）"
    assert label_value("category", "ウ-A-d") == "教育・文化・スポーツ"
    assert label_range("year", (2020, 2024)) == "2020年度から2024年度まで"
    assert label_range("start", (None, 2016)) == "2016年まで"
