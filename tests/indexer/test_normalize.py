"""Folding: one spelling of each character, and a map back to the source."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.normalize import _SPELLING, fold, fold_with_offsets, strip_spaces

anything = st.text(max_size=60) | st.text(
    alphabet="ｶﾞﾊﾟﾞﾟ゛が゙髙﨑𠮷⺠ヶ−ー〜①²½⒈05㈱ⅢＤｘ館\ufe00\U000e0100\u200b ", max_size=30
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＤＸ　Ｒ６", "DX R6"),
        ("ﾊﾞｽ ﾊﾟｽﾎﾟｰﾄ", "バス パスポート"),
        ("髙﨑市 圖書館 廣島 學校", "高崎市 図書館 広島 学校"),
        ("龍ヶ崎 龍ケ崎", "竜ケ崎 竜ケ崎"),
        ("塩竈", "塩釜"),
        ("サ−ビス コミュニティ－バス", "サービス コミュニティーバス"),
        ("10−20 A‐B", "10-20 A-B"),
        ("葛\U000e0100城市 \u200b辻\ufe00", "葛城市 辻"),
        ("㈱ ① Ⅲ ㌔", "(株) 1 III キロ"),
        ("期間〜令和６年", "期間~令和6年"),
        ("①10人 10² ②③ m² ３．１４", "1 10人 10 2 2 3 m2 3.14"),
        ("カ゛ス 電話03ー1234", "ガス 電話03-1234"),
        ("𠮷野 濵田 桒名 藪薮籔 祗園 鷗鴎 檜桧 礪砺 ⺠間⻑", "吉野 浜田 桑名 藪藪藪 祇園 鷗鷗 桧桧 砺砺 民間長"),
        ("斎藤 斉藤 齋藤 齊藤", "斎藤 斉藤 斎藤 斉藤"),
    ],
)
def test_folds_what_documents_mix(written: str, folded: str) -> None:
    """Width, half-width kana with marks, old and variant kanji, ヶ, dashes, IVS and zero width become one spelling."""
    assert fold(written) == folded


@settings(max_examples=300, deadline=None)
@given(anything)
def test_folding_twice_changes_nothing(text: str) -> None:
    """What was folded is in its final form: entries and queries meet whatever way they came."""
    assert fold(fold(text)) == fold(text)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_offsets_rise_and_stay_inside_the_source(text: str) -> None:
    """Each folded character came from a non-empty span of the source, in the source's order."""
    folded = fold_with_offsets(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends))


@settings(deadline=None)
@given(anything, st.data())
def test_a_folded_span_leads_back_to_its_source(text: str, data: st.DataObject) -> None:
    """Folding the source span of a folded piece gives that piece again, or one that holds it."""
    folded = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.source_span(start, end)
    assert 0 <= first <= last <= len(text)
    # What stands beside a character may make a dash a long vowel, or part two numbers by a space.
    same = str.maketrans({"ー": "-", " ": None})
    piece = unicodedata.normalize("NFKC", folded.text[start:end])
    assert piece.translate(same) in fold(text[first:last]).translate(same)


def test_strips_spaces_inside_japanese_only() -> None:
    """A converter's space inside a Japanese word goes, a space between Latin words stays."""
    assert strip_spaces("長岡地域 定住自立圏") == "長岡地域定住自立圏"
    assert strip_spaces("KOCHI TRAVEL COMPASS を 活用") == "KOCHI TRAVEL COMPASS を活用"


def test_no_variant_leads_on_to_another() -> None:
    """The tables give final forms: what a kanji folds to is one character that folds to itself."""
    assert len(_SPELLING) > 550
    assert [one for one in _SPELLING if len(fold(one)) != 1 or fold(fold(one)) != fold(one)] == []
