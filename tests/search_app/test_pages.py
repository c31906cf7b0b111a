"""Pages: what the templates receive of a search and of an error."""

from collections.abc import Iterable
from dataclasses import replace

from search_app.error_pages import build_error_view
from search_app.facet_groups import LISTED_VALUES, SHOWN_VALUES, GroupView
from search_app.facets import FacetValue, FacetView
from search_app.links import Links
from search_app.pages import build_search_view
from search_app.params import MultiName, SearchParams
from search_app.search import ResultPage

NOTHING = ResultPage(params=SearchParams(), total=0, pages=1, hits=(), facets=(), terms=(), interpretation="")


def make_value(value: str, *, selected: bool = False, children: Iterable[FacetValue] = ()) -> FacetValue:
    """Make a value of a facet whose label is its value."""
    return FacetValue(value, value, 1, selected, tuple(children))


def build_group(values: Iterable[FacetValue], *, name: MultiName = "region") -> GroupView:
    """Build the view of one facet with these values."""
    page = replace(NOTHING, facets=(FacetView(name, "地域", tuple(values)),))
    return build_search_view(page, Links()).groups[0]


def test_values_beyond_ten_are_behind_more() -> None:
    """The first ten values are in sight, the rest behind 「もっと見る」."""
    group = build_group(make_value(f"県{number}") for number in range(13))
    assert [len(group.shown), len(group.more)] == [SHOWN_VALUES, 3]


def test_a_chosen_value_is_always_in_sight() -> None:
    """A value that is chosen is never behind 「もっと見る」, wherever it stands in the list."""
    group = build_group(make_value(f"県{number}", selected=number == 12) for number in range(13))
    assert group.shown[-1].value == "県12"
    assert all(choice.value != "県12" for choice in group.more)


def test_the_levels_above_a_chosen_value_are_open() -> None:
    """A chosen area opens its prefecture and its part of the country; the others stay closed."""
    others = [make_value(f"地方{number}", children=[make_value(f"県{number}")]) for number in range(6)]
    area = make_value("圏域", selected=True)
    chosen = make_value("中国地方", children=[make_value("広島県", children=[area])])
    group = build_group([*others, chosen])
    assert [choice.open for choice in group.shown] == [False] * 6 + [True]
    assert group.shown[-1].shown[0].open


def test_a_facet_that_fits_is_open_at_all_levels() -> None:
    """Where all values of all levels are ten or fewer, nothing needs to be opened."""
    group = build_group(
        [make_value("中国地方", children=[make_value("岡山県"), make_value("広島県")]), make_value("四国地方")]
    )
    assert group.shown[0].open
    assert not group.shown[1].open


def test_parts_of_a_large_facet_are_listed_where_they_are_asked_for() -> None:
    """Below a limit everything is listed; above it what is chosen, what holds a choice, and what the address opens."""
    blocks = [
        make_value(
            f"地方{block}",
            children=[
                make_value(
                    f"県{block}-{place}", selected=(block, place) == (2, 0), children=[make_value(f"圏{block}-{place}")]
                )
                for place in range(5)
            ],
        )
        for block in range(4)
    ]
    assert not any(choice.unlisted for choice in build_group(blocks).shown)
    many = [*blocks, *(make_value(f"圏域{number}") for number in range(LISTED_VALUES))]
    page = replace(NOTHING, params=SearchParams(open="県1-3"), facets=(FacetView("region", "地域", tuple(many)),))
    shown = build_search_view(page, Links()).groups[0].shown
    assert [(choice.unlisted, choice.open) for choice in shown[:4]] == [
        (True, False),
        (False, True),
        (False, True),
        (True, False),
    ]
    assert [(choice.label, choice.unlisted, choice.open) for choice in shown[1].shown[2:]] == [
        ("県1-2", True, False),
        ("県1-3", False, True),
        ("県1-4", True, False),
    ]
    assert [choice.label for choice in shown[2].shown[0].shown] == ["圏2-0"]


def test_a_tag_takes_away_its_own_value_only() -> None:
    """The link of a tag is the same search without that value, from its first page."""
    params = SearchParams(q="消防", region=("広島県", "岡山県"), year=("2025",), page=3)
    facets = (FacetView("region", "地域", (make_value("広島県", selected=True),)), FacetView("year", "年度", ()))
    tags = build_search_view(replace(NOTHING, params=params, facets=facets), Links()).tags
    assert [(tag.facet, tag.label) for tag in tags] == [("地域", "広島県"), ("地域", "岡山県"), ("年度", "2025年度")]
    assert tags[0].remove_url == Links().search(replace(params, region=("岡山県",), page=1))


def test_a_range_is_a_tag_that_can_be_taken_away() -> None:
    """A range is one tag, behind single years of its facet; its link keeps everything else."""
    params = SearchParams(year=("2011",), year_from=2020, year_to=2024, start_to=2016)
    tags = build_search_view(replace(NOTHING, params=params), Links()).tags
    assert [(tag.facet, tag.label) for tag in tags] == [
        ("年度", "2011年度"),
        ("年度", "2020年度から2024年度まで"),
        ("開始年", "2016年まで"),
    ]
    assert tags[1].remove_url == Links().search(SearchParams(year=("2011",), start_to=2016))


def test_words_in_their_context_are_offered_where_there_are_words() -> None:
    """Without words there is no context: the list is shown, and typed words are shown as was asked for."""
    view = build_search_view(replace(NOTHING, params=SearchParams(view="kwic")), Links())
    assert (view.view, [link.label for link in view.views]) == ("list", ["一覧", "表"])
    assert ("view", "kwic") in view.box.hidden
    view = build_search_view(replace(NOTHING, params=SearchParams(q="x", view="kwic", page=2)), Links())
    assert [(link.label, link.current) for link in view.views] == [("一覧", False), ("表", False), ("文脈", True)]
    assert view.views[1].url == Links().search(SearchParams(q="x", view="table", page=2))


def test_without_words_the_newest_come_first_and_relevance_is_not_offered() -> None:
    """Browsing offers the orders that mean something."""
    view = build_search_view(NOTHING, Links())
    assert [(sort.label, sort.current) for sort in view.sorts] == [
        ("新しい順", True),
        ("古い順", False),
        ("自治体コード順", False),
    ]


def test_an_order_that_was_chosen_is_sent_along_with_the_next_words() -> None:
    """The form keeps the order and the size of a page, and nothing that is at its default."""
    view = build_search_view(replace(NOTHING, params=SearchParams(q="x", sort="oldest", per_page=50)), Links())
    assert view.box.hidden == (("sort", "oldest"), ("per_page", "50"))
    assert build_search_view(NOTHING, Links()).box.hidden == ()


def test_a_long_query_is_shortened_in_the_heading_but_not_in_the_box() -> None:
    """A pasted paragraph does not push the hits out of sight."""
    view = build_search_view(replace(NOTHING, params=SearchParams(q="防" * 500)), Links())
    assert len(view.heading) < 60
    assert view.box.q == "防" * 500


def test_each_page_of_a_result_has_a_title_of_its_own() -> None:
    """Tabs and history tell pages apart."""
    page = replace(NOTHING, params=SearchParams(q="消防", page=2), total=30, pages=2)
    assert build_search_view(page, Links()).title == "「消防」の検索結果（30件、2ページ目）｜先行事例さがし"


def test_a_page_behind_the_last_leads_to_the_last() -> None:
    """A page number from an old link, where fewer hits are left, shows the way back."""
    view = build_search_view(replace(NOTHING, params=SearchParams(q="消防", page=9), total=30, pages=2), Links())
    assert view.last_page_url == Links().search(SearchParams(q="消防", page=2))
    assert (view.previous_url, view.next_url, view.page_links) == (None, None, ())


def test_an_error_page_names_the_parameter_and_says_what_to_do() -> None:
    """A message of the parameter takes the place of the general one; advice is always there."""
    view = build_error_view(400, Links(), message="数字で指定してください。", parameter="page")
    assert (view.parameter, view.message) == ("page", "数字で指定してください。")
    assert view.advice


def test_an_error_that_no_table_names_has_a_page_too() -> None:
    """Any status has a heading, a message and advice."""
    view = build_error_view(418, Links())
    assert view.heading
    assert view.message
    assert view.advice
