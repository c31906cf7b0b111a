"""Kana: how words sound, in one spelling for what is written in several.

Kana in, katakana out, and the two keys by which readings are compared: with the length of vowels (トウキョウ, トーキョー) and
without it, for who types Latin letters and leaves the length out (tokyo).
"""

from __future__ import annotations

from functools import lru_cache

LONG = "ー"
_TO_KATAKANA = {code: code + 0x60 for code in (*range(ord("ぁ"), ord("ゖ") + 1), ord("ゝ"), ord("ゞ"))}
_SAME_SOUND = str.maketrans("ヅヂヲ", "ズジオ")
_ROWS = {
    "a": "アカサタナハマヤラワガザダバパァャヮ",
    "i": "イキシチニヒミリギジヂビピィ",
    "u": "ウクスツヌフムユルグズヅブプゥュヴ",
    "e": "エケセテネヘメレゲゼデベペェ",
    "o": "オコソトノホモヨロヲゴゾドボポォョ",
}
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
# What is heard as a longer vowel behind a kana that ends in one: ケイ and ケー, コウ and コオ and コー.
_LENGTHENS = {"a": "ア", "i": "イ", "u": "ウ", "e": "エイ", "o": "オウ"}


def to_katakana(text: str) -> str:
    """Write the hiragana of a text in katakana; everything else stays."""
    return text.translate(_TO_KATAKANA)


def is_kana(text: str) -> bool:
    """Whether a text, which is not empty, has kana and nothing else."""
    return bool(text) and all("ァ" <= character <= "ヶ" or character == LONG for character in to_katakana(text))


@lru_cache(maxsize=20_000)
def sound_of(reading: str) -> str:
    """Give the key of a reading (katakana) by its sound: ー for every longer vowel, ズ for ヅ, ジ for ヂ.

    The key of a beginning is a beginning of the key.
    """
    key: list[str] = []
    vowel = ""
    for kana in reading.translate(_SAME_SOUND):
        if vowel and (kana == LONG or kana in _LENGTHENS[vowel]):
            key.append(LONG)
        else:
            key.append(kana)
            vowel = _VOWEL.get(kana, "")
    return "".join(key)


def short_sound_of(reading: str) -> str:
    """Give the key of a reading that leaves out how long its vowels are: トショカン; トキョ for トウキョウ."""
    return sound_of(reading).replace(LONG, "")
