"""Years as bars, and the ends of a range."""

import re

from search_app.facets import FacetValue, FacetView
from search_app.params import SearchParams
from search_app.year_bars import HEIGHT, YearsView, build_years


def make_view(params: SearchParams | None = None, **counts: int) -> YearsView | None:
    """Build the view of a facet with these counts (y2020=3), newest first as the page lists them."""
    values = [FacetValue(name[1:], f"{name[1:]}年度", count, False, ()) for name, count in counts.items()]
    return build_years("year", FacetView("year", "年度", tuple(reversed(values))), params or SearchParams())


def read_bars(path: str) -> list[tuple[int, int]]:
    """Give place and height of each bar of a path."""
    return [(int(x), int(height)) for x, height in re.findall(rf"M(\d+) {HEIGHT}v-(\d+)h\d+v\2z", path)]


def test_each_year_has_a_bar_in_its_place() -> None:
    """Years without hits leave a gap; the tallest bar is that of the most hits, the smallest can be seen."""
    view = make_view(y2020=1, y2021=200, y2024=100)
    assert view is not None
    assert read_bars(view.plain) == [(0, 1), (10, HEIGHT), (40, HEIGHT // 2)]
    assert (view.width, view.first, view.last, view.chosen) == (50, "2020年度", "2024年度", "")
    assert view.text == "2020年度から2024年度までの件数の棒グラフ。最も多いのは2021年度の200件です。"


def test_what_is_chosen_stands_out() -> None:
    """Years of the range and single ones are drawn apart."""
    view = make_view(SearchParams(year=("2020",), year_from=2022), y2020=1, y2021=1, y2022=1, y2023=1)
    assert view is not None
    assert [place for place, _ in read_bars(view.chosen)] == [0, 20, 30]
    assert [place for place, _ in read_bars(view.plain)] == [10]


def test_an_end_that_was_chosen_stays_to_choose_from() -> None:
    """Also where no hit is left in that year."""
    view = make_view(SearchParams(year_from=2015, year_to=2021), y2020=1)
    assert view is not None
    assert (view.years, view.start, view.end) == (("2015", "2020", "2021"), "2015", "2021")
    assert read_bars(view.chosen) == [(50, HEIGHT)]


def test_one_year_is_nothing_to_choose_between() -> None:
    """Neither bars nor a range for a single year, or for none."""
    assert make_view(y2020=5) is None
    assert make_view() is None


def test_years_without_hits_have_no_bars() -> None:
    """A chosen year that finds nothing is told as such."""
    view = make_view(SearchParams(year_from=2015), y2020=0)
    assert view is not None
    assert (view.plain, view.chosen) == ("", "")
    assert view.text.endswith("どの年も0件です。")
