"""Romaji: every common way to write Japanese in Latin letters."""

import pytest

from search_app.romaji import read_romaji, read_unfinished


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("toshokan", "トショカン"),
        ("tosyokan", "トショカン"),
        ("shōbō", "ショーボー"),
        ("tyôsa", "チョーサ"),
        ("supo-tsu", "スポーツ"),
        ("gakkou", "ガッコウ"),
        ("matcha", "マッチャ"),
        ("shimbun", "シンブン"),
        ("hinannjo", "ヒナンジョ"),
        ("konnichi", "コンニチ"),
        ("zen'in", "ゼンイン"),
        ("Ohta", "オータ"),
        ("としょkan", "トショカン"),
    ],
)
def test_a_word_reads_as_kana(text: str, kana: str) -> None:
    """Hepburn, Kunrei, with macrons and circumflexes, as typed, and with a beginning in kana."""
    assert read_romaji(text)[0] == kana


@pytest.mark.parametrize(("text", "kana"), [("tani", "タンイ"), ("hinan", "ヒナン"), ("onna", "オンア")])
def test_what_reads_in_two_ways_gives_both(text: str, kana: str) -> None:
    """An apostrophe may be missing, and nn may stand for ん."""
    assert kana in read_romaji(text)


@pytest.mark.parametrize("text", ["ict", "mice", "dx", "図書", "a1", "・"])
def test_what_is_no_japanese_has_no_reading(text: str) -> None:
    """Other languages, kanji and signs."""
    assert read_romaji(text) == ()


@pytest.mark.parametrize(
    ("text", "kana", "following"),
    [
        ("tosho", "トショ", ""),
        ("toshok", "トショ", "カキクケコ"),
        ("としょk", "トショ", "カキクケコ"),
        ("kekk", "ケ", "ッ"),
        ("sh", "", "シ"),
        ("hin", "ヒ", "ナニヌネノン"),
    ],
)
def test_a_word_may_break_off_within_a_syllable(text: str, kana: str, following: str) -> None:
    """What is whole is read; what comes next is one of the kana that begin so."""
    assert read_unfinished(text) == (kana, frozenset(following))


def test_what_cannot_go_on_as_japanese_is_not_read() -> None:
    """Kanji, and letters that begin no syllable."""
    assert read_unfinished("dx") is None
    assert read_unfinished("図書") is None
