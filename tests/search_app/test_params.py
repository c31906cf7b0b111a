"""SearchParams: what a URL asks for, in and out."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.params import ParamError, SearchParams

# What a URL can carry: no lone surrogates, which `parse` turns into "?".
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
years = st.none() | st.integers(0, 1999), st.none() | st.integers(2000, 9999)
values = st.lists(text.filter(bool), max_size=3, unique=True).map(tuple)
searches = st.builds(
    SearchParams,
    q=text.map(str.strip),
    region=values,
    municipality=st.sampled_from([(), ("342076",), ("342076", "132063")]),
    category=values,
    year=st.sampled_from([(), ("2025",), ("2011", "2025")]),
    start=st.sampled_from([(), ("2016",)]),
    kind=st.sampled_from([(), ("profile",)]),
    year_from=years[0],
    year_to=years[1],
    start_from=years[0],
    start_to=years[1],
    open=text,
    view=st.sampled_from(["list", "table", "kwic"]),
    sort=st.sampled_from(["relevance", "newest", "oldest", "code"]),
    page=st.integers(1, 50),
    per_page=st.integers(1, 100),
)


@given(searches)
def test_a_search_survives_the_way_through_its_url(params: SearchParams) -> None:
    """Writing a search to a query string and reading it back gives the same search."""
    assert SearchParams.parse(parse_qsl(params.to_query(), keep_blank_values=True)) == params


@pytest.mark.parametrize(
    ("pair", "name"),
    [
        (("page", "0"), "page"),
        (("page", "二"), "page"),
        (("page", "99999999999999999999"), "page"),
        (("per_page", "101"), "per_page"),
        (("sort", "best"), "sort"),
        (("year", "R6"), "year"),
        (("municipality", "福山市"), "municipality"),
        (("municipality", "34207"), "municipality"),
        (("year_from", "R6"), "year_from"),
        (("start_to", "99999"), "start_to"),
        (("view", "cards"), "view"),
        (("kind", "news"), "kind"),
        (("colour", "red"), "colour"),
        (("q", "あ" * 1001), "q"),
    ],
)
def test_a_bad_parameter_is_named(pair: tuple[str, str], name: str) -> None:
    """A value that cannot be used, or a name that is not known, raises an error that says which it is."""
    with pytest.raises(ParamError) as caught:
        SearchParams.parse([pair])
    assert caught.value.name == name
    assert caught.value.message


def test_a_page_ignores_additions_of_other_programs() -> None:
    """Links that come back from mail carry names of their own; a page answers them all the same."""
    assert SearchParams.parse([("q", "図書館"), ("utm_source", "mail")], strict=False).q == "図書館"


def test_changing_a_facet_goes_back_to_the_first_page() -> None:
    """Choosing, dropping and sorting start at page 1; turning pages keeps everything else."""
    params = SearchParams(q="図書館", region=("岡山県",), page=3)
    assert params.with_value("region", "広島県") == SearchParams(q="図書館", region=("岡山県", "広島県"))
    assert params.toggled("region", "岡山県") == SearchParams(q="図書館")
    assert params.sorted_by("newest").page == 1
    assert params.on_page(4).region == ("岡山県",)
    assert params.without_filters() == SearchParams(q="図書館")


def test_a_range_may_be_open_and_its_ends_are_put_in_order() -> None:
    """Empty ends, as a form sends them, are open; a range typed the wrong way round means the same."""
    assert SearchParams.parse([("year_from", ""), ("year_to", "")]) == SearchParams()
    assert SearchParams.parse([("start_from", "2016"), ("start_to", "")]).range_of("start") == (2016, None)
    assert SearchParams.parse([("year_from", "2025"), ("year_to", "2020")]).range_of("year") == (2020, 2025)


def test_a_range_is_a_filter_that_can_be_taken_away() -> None:
    """A range narrows its facet alone, goes with the other filters, and going without it starts at the first page."""
    params = SearchParams(year_from=2020, start=("2016",), page=3)
    assert [params.narrows(name) for name in ("year", "start", "region")] == [True, True, False]  # type: ignore[arg-type]
    assert params.without_range("year") == SearchParams(start=("2016",))
    assert params.without_filters() == SearchParams()


def test_another_view_shows_the_same_page() -> None:
    """Changing between list, table and context keeps the place in the result."""
    assert SearchParams(q="図書館", page=3).viewed_as("kwic") == SearchParams(q="図書館", page=3, view="kwic")
