"""Interpretation: the sentence that says how a query was understood."""

import pytest

from indexer.store import Reader
from search_app.interpretation import interpret
from search_app.meaning import understand
from search_app.query import parse_query


@pytest.mark.parametrize(
    ("q", "said"),
    [
        ("図書館", "「図書館」を含む取組"),
        ("保育 OR 図書館", "「保育」または「図書館」を含む取組"),
        ('"相互利用"', "「相互利用」（この並びのまま）"),
        ("令和6年 観光", "「令和6年」（2024年）と「観光」"),
        ("2016年", "「2016年」を含む"),
        ("H10開始", "「H10開始」（1998年に開始）"),
        ("2020年度以降 観光", "「2020年度以降」（2020年度から）"),
        ("2015年以前 観光", "「2015年以前」（2015年まで）"),
        ("備後 観光", "「備後」（"),
        ("広島県 観光", "「広島県」と「観光」"),
        ("としょかん", "「としょかん」（「図書館」の読み）"),
        ("~ 図書館", "言い換えは使っていません。"),
        ("図書館 -学校", "除いた語: 「学校」。"),
        (
            "コミバス",
            "「コミバス」に関わる取組を表示しています。「コミバス」そのものはどの取組にも出てこないため、言い換え、関連する語で探",
        ),
    ],
)
def test_the_sentence_says_what_each_word_was_taken_for(q: str, said: str, reader: Reader) -> None:
    """Years in figures, places by their names, readings by their words; nothing is added where nothing was made of it."""
    assert said in interpret(understand(parse_query(q), reader), typed=True)


@pytest.mark.parametrize(
    ("q", "narrowed", "said"),
    [("", False, "すべての取組を"), ("", True, "条件に合う取組を"), ("-図書館", False, "条件に合う取組を")],
)
def test_not_everything_is_said_to_be_shown_where_it_is_not(q: str, narrowed: bool, said: str, reader: Reader) -> None:
    """Without words, chosen filters and words left out still narrow."""
    assert said in interpret(understand(parse_query(q), reader), typed=bool(q), narrowed=narrowed)


def test_a_search_without_a_hit_shows_nothing(reader: Reader) -> None:
    """The sentence does not say that entries are shown where there is none."""
    said = interpret(understand(parse_query("図書館 宇宙"), reader), typed=True, found=False)
    assert said == "「図書館」と「宇宙」を含む取組を探しました。"
