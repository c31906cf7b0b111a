"""The query language: what is typed, and what it means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engine.base import Everything
from indexer.store import Reader
from search_app.interpretation import interpret
from search_app.meaning import understand
from search_app.query import parse_query
from search_app.ranking import QueryBuilder


def read(q: str) -> tuple[list[list[str]], list[str]]:
    """Give the groups of alternatives and the excluded words."""
    parsed = parse_query(q)
    return [[word.text for word in group] for group in parsed.groups], [word.text for word in parsed.excluded]


@pytest.mark.parametrize(
    ("q", "groups", "excluded"),
    [
        ("図書館 相互利用", [["図書館"], ["相互利用"]], []),
        ("図書館　相互利用", [["図書館"], ["相互利用"]], []),
        ('"相互 利用"', [["相互 利用"]], []),
        ("“相互利用”", [["相互利用"]], []),
        ("「相互 利用」 図書館", [["相互 利用"], ["図書館"]], []),
        ("-「相互利用」 図書館", [["図書館"]], ["相互利用"]),
        ("病児保育「お迎え」", [["病児保育「お迎え」"]], []),
        ("バス or 鉄道", [["バス", "鉄道"]], []),
        ("平成28年 開始 図書館", [["平成28年 開始"], ["図書館"]], []),
        ("図書館 開始", [["図書館"], ["開始"]], []),
        ('図書館 "相互利用', [["図書館"], ["相互利用"]], []),
        ("図書館 -学校", [["図書館"]], ["学校"]),
        ("図書館 －学校", [["図書館"]], ["学校"]),
        ('図書館 -"相互利用"', [["図書館"]], ["相互利用"]),
        ("バス OR 鉄道 観光", [["バス", "鉄道"], ["観光"]], []),
        ("バス ＯＲ 鉄道", [["バス", "鉄道"]], []),
        ("OR バス OR", [["バス"]], []),
        ("観光 バス -学校 OR 鉄道", [["観光"], ["バス"], ["鉄道"]], ["学校"]),
        ("観光 OR 、 鉄道", [["観光"], ["鉄道"]], []),
        ("U-ターン", [["U-ターン"]], []),
        ("ＤＸ", [["DX"]], []),
        ("-", [], []),
        ("。、！", [], []),
        ("", [], []),
    ],
)
def test_reads_the_query_language(q: str, groups: list[list[str]], excluded: list[str]) -> None:
    """Space is AND, quotes a phrase, minus excludes, OR means either of its neighbours; signs alone are nothing."""
    assert read(q) == (groups, excluded)


@settings(deadline=None)
@given(q=st.text(max_size=200))
def test_any_text_is_a_query(reader: Reader, q: str) -> None:
    """No text raises an error, and each gives a query that can be answered and a sentence."""
    meaning = understand(parse_query(q), reader)
    result = reader.search(QueryBuilder().build(meaning), filters={}, order="relevance", offset=0, limit=1)
    assert 0 <= result.total <= reader.entry_count
    assert interpret(meaning).endswith("。")


def test_a_long_text_is_bounded(reader: Reader) -> None:
    """A pasted page is cut to a number of words and units that is answered at once."""
    parsed = parse_query("図書館の相互利用 " * 100)
    assert len(parsed.words) <= 40
    assert sum(len(word.units) for word in parsed.words) <= 120
    assert "途中まで" in interpret(understand(parsed, reader))


def test_a_long_word_is_searched_as_far_as_it_goes() -> None:
    """A paragraph without a space is not thrown away: its beginning is looked for, and that is said."""
    parsed = parse_query("図書館の相互利用を進める" * 40)
    assert parsed.words[0].content[0] == "図書"
    assert parsed.cut


def test_without_words_everything_is_asked_for(reader: Reader) -> None:
    """An empty query is the query for everything."""
    assert QueryBuilder().build(understand(parse_query(""), reader)) == Everything()


def test_dependent_units_carry_no_subject() -> None:
    """館 and 市 alone, する, ない and particles are not looked for where a word of content is there."""
    assert parse_query("図書館").words[0].content == ("図書",)
    assert parse_query("車がない住民の足を確保したい").words[0].content == ("車", "住民", "足", "確保")
    assert parse_query("館").words[0].content == ("館",)


def test_says_how_the_query_was_understood(reader: Reader) -> None:
    """The sentence names the words, alternatives, phrases and exclusions, and says that some hits have some of the words only."""
    said = interpret(understand(parse_query('図書館 "相互利用" バス OR 鉄道 -学校'), reader))
    assert "「図書館」と「相互利用」（この並びのまま）と「バス」または「鉄道」" in said
    assert "除いた語: 「学校」" in said
    assert "一部だけを含むものも" in said


def test_a_word_of_beginning_beside_a_year_asks_for_the_beginning() -> None:
    """With a space or without, before or behind: the same years are asked of the beginning."""
    for q in ("平成28年開始", "平成28年 開始", "2016年　開設", "開始 H28"):
        (word,) = parse_query(q).words
        assert word.time is not None
        assert (word.time.first, word.time.last, word.time.about_start) == (2016, 2016, True), q
