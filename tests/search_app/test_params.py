"""SearchParams: what a URL asks for, in and out."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.params import ParamError, SearchParams

# What a URL can carry: no lone surrogates, which `parse` turns into "?".
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
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
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
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
