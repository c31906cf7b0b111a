"""Spelling: what may have been meant by words that no entry has, against the index of the shipped corpus."""

import pytest

from indexer.store import Reader
from indexer.tokens import tokenize
from search_app.spelling import suggest_corrections


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("保育円", "保育園"),  # the same reading
        ("図諸館", "図書館"),
        ("産業新興", "産業振興"),
        ("水道時業", "水道事業"),
        ("公供交通", "公共交通"),
        ("高齢車", "高齢者"),
        ("福山氏", "福山市"),
        ("図書缶", "図書館"),
        ("消坊", "消防"),  # one character
        ("観向", "観光"),
        ("移住促心", "移住促進"),
        ("地域公共交痛", "地域公共交通"),
        ("しょうぼお", "消防"),  # kana
        ("としょがん", "図書館"),
        ("きょいく", "教育"),
        ("スポツ", "スポーツ"),
        ("サービズ", "サービス"),
        ("ictt", "ict"),
    ],
)
def test_what_was_meant_comes_first(shipped: Reader, typed: str, meant: str) -> None:
    """By the same reading, by a character, within a compound."""
    assert suggest_corrections(typed, shipped)[0].text == meant


@pytest.mark.parametrize("typed", ["図書館", "倉敷市", "スポーツ", "zzzzqqqq", "2031年", "2031", "図", "", "図" * 50])
def test_nothing_is_suggested_where_nothing_is_wrong_or_near(shipped: Reader, typed: str) -> None:
    """What entries have stays; numbers are never changed; what nothing is near to has no correction."""
    assert suggest_corrections(typed, shipped) == ()


@pytest.mark.parametrize("typed", ["保育円", "研集", "図書観利用", "公供交通"])
def test_a_correction_is_in_the_index_as_often_as_it_says(shipped: Reader, typed: str) -> None:
    """At most as many as wanted, each with entries, none of them what was typed."""
    found = suggest_corrections(typed, shipped, limit=2)
    assert 1 <= len(found) <= 2
    assert all(each.entries > 0 and each.text != typed for each in found)
    assert all(shipped.has_word(token.term) for each in found for token in tokenize(each.text))
