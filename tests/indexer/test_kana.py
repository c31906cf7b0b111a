"""Kana: one key for what sounds the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.kana import is_kana, short_sound_of, sound_of, to_katakana

kana = st.text(st.sampled_from("アイウエオカキクケコサシズヅジヂトドヨョュャッンーヲ"), max_size=10)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("トウキョウ", "トーキョー"),
        ("オオサカ", "オーサカ"),
        ("ケイカク", "ケーカク"),
        ("ツヅキ", "ツズキ"),
        ("チヂミ", "チジミ"),
    ],
)
def test_long_vowels_and_voiced_kana_sound_alike(one: str, other: str) -> None:
    """A long vowel may be written in any way; ヅ and ヂ are ズ and ジ."""
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(("one", "other"), [("コト", "コウトウ"), ("オカ", "オオカ"), ("ショホ", "ショウボウ")])
def test_the_length_of_a_vowel_is_heard(one: str, other: str) -> None:
    """Short and long are two words."""
    assert sound_of(one) != sound_of(other)


def test_the_short_key_leaves_the_length_out() -> None:
    """Who types tokyo means トウキョウ."""
    assert short_sound_of("トウキョウ") == short_sound_of("トキョ") == "トキョ"


@given(kana, kana)
def test_the_key_of_a_beginning_is_a_beginning_of_the_key(start: str, rest: str) -> None:
    """What breaks off anywhere can be looked up by its key."""
    assert sound_of(start + rest).startswith(sound_of(start))
    assert short_sound_of(start + rest).startswith(short_sound_of(start))


def test_only_kana_is_kana() -> None:
    """Hiragana and katakana alike; nothing, kanji and the dot between words are not."""
    assert is_kana("としょカンー")
    assert not any(map(is_kana, ["", "図", "と書", "a", "ア・イ"]))
    assert to_katakana("ひなん所A") == "ヒナン所A"
