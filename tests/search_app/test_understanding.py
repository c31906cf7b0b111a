"""Understanding: what was made of the words, and the searches that answer."""

from indexer.store import Reader
from search_app.meaning import understand
from search_app.params import SearchParams
from search_app.query import parse_query
from search_app.understanding import Understanding, describe_meaning


def describe(q: str, reader: Reader, **filters: tuple[str, ...]) -> Understanding:
    """Describe what is made of a query."""
    params = SearchParams(q=q, **filters)  # type: ignore[arg-type]
    return describe_meaning(understand(parse_query(q), reader), params, reader)


def test_other_words_are_told_with_the_search_without_them(reader: Reader) -> None:
    """The chip of a word makes it literal and keeps the other words, the filters and their order."""
    found = describe("ゴミ焼却場 観光", reader, region=("岡山県",))
    told = {each.word: each for each in found.widened}
    assert any("ごみ処理施設" in other for others in told["ゴミ焼却場"].others for other in others.alternatives)
    without = told["ゴミ焼却場"].without
    assert without is not None
    assert (without.q, without.region, without.page) == ("ゴミ焼却場~ 観光", ("岡山県",), 1)
    assert "ゴミ焼却場" not in [each.word for each in describe(without.q, reader).widened]


def test_all_other_words_are_switched_off_and_on(reader: Reader) -> None:
    """~ alone leaves every word to itself; the way back is offered."""
    off = describe("ゴミ焼却場 としょかん", reader).switched
    assert off is not None
    found = describe(off.q, reader)
    assert (found.literal, found.widened) == (True, ())
    assert found.switched is not None
    assert found.switched.q == "ゴミ焼却場 としょかん"


def test_a_word_that_is_kept_literal_can_be_widened(reader: Reader) -> None:
    """word~ is named with the search that has its other words again; a word without any is not."""
    found = describe("ゴミ焼却場~ 瀬戸内~", reader)
    assert [(word, params.q) for word, params in found.kept] == [("ゴミ焼却場", "ゴミ焼却場 瀬戸内~")]


def test_a_reading_is_told(reader: Reader) -> None:
    """What kana are the reading of stands among the other words."""
    (widened,) = describe("としょかん", reader).widened
    assert [(others.how, others.alternatives) for others in widened.others] == [("reading", ("図書館",))]


def test_a_year_is_offered_as_a_filter_where_the_index_has_it(reader: Reader) -> None:
    """The word goes, the facet comes: the start year, and the 年度 where one was typed; other years are not offered."""
    (start,) = describe("2016年 病児保育", reader).narrowings
    assert (start.word, start.facet, start.params) == ("2016年", "start", SearchParams(q="病児保育", start=("2016",)))
    facets = {each.facet: each.params for each in describe("病児保育 2025年度", reader).narrowings}
    assert facets["year"] == SearchParams(q="病児保育", year=("2025",))
    assert describe("1951年 病児保育", reader).narrowings == ()


def test_a_place_is_offered_as_a_filter(reader: Reader) -> None:
    """A prefecture and an area by name, a municipality by its code; not one that no entry is of."""
    chosen = {
        each.word: (each.facet, each.params.values(each.facet), each.params.q)
        for q in ("広島県の図書館", "備後 図書館", "福山市 図書館", "沖縄県 図書館")
        for each in describe(q, reader).narrowings
    }
    assert chosen["広島県"] == ("region", ("広島県",), "の図書館")
    assert chosen["備後"] == ("region", ("備後圏域",), "図書館")
    assert chosen["福山市"] == ("municipality", ("342076",), "図書館")
    assert "沖縄県" not in chosen


def test_no_filter_is_offered_for_one_of_several_alternatives(reader: Reader) -> None:
    """A OR B cannot become a filter for A."""
    assert describe("広島県 OR 図書館", reader).narrowings == ()


def test_towns_of_one_name_are_asked_back(reader: Reader) -> None:
    """Every town is a link that names its prefecture, after which nothing is asked; another place decides by itself."""
    (same,) = describe("府中市 図書館", reader).namesakes
    assert [(name, params.q) for name, params in same.towns] == [
        ("府中市（東京都）", "東京都府中市 図書館"),
        ("府中市（広島県）", "広島県府中市 図書館"),
    ]
    for _, params in same.towns:
        assert describe(params.q, reader).namesakes == ()
    assert describe("府中市 広島県", reader).namesakes == ()
    assert [each.facet for each in describe("府中市 図書館", reader).narrowings] == []


def test_a_query_that_is_full_offers_no_longer_one(reader: Reader) -> None:
    """A link never asks for more characters than a query may have."""
    q = "としょかん " + "あ" * 994
    (widened,) = [each for each in describe(q, reader).widened if each.word == "としょかん"]
    assert len(q) == 1000
    assert widened.without is None


def test_narrowing_leaves_no_word_that_says_nothing(shipped: Reader) -> None:
    """2024年に始まった取組: with the year as a filter every initiative of it is shown, not those that say 取組."""
    params = SearchParams(q="2024年に始まった取組")
    meaning = understand(parse_query(params.q), shipped)
    (narrowing,) = describe_meaning(meaning, params, shipped).narrowings
    assert (narrowing.params.q, narrowing.params.start) == ("", ("2024",))
