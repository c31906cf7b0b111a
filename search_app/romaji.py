"""Romaji: Japanese in Latin letters, read as kana.

Hepburn, Kunrei and what is typed into an input method are read alike (shi, si; chō, chou, tyou), also in the middle of a word
whose beginning is kana already (としょk), as an input method leaves it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from indexer.kana import LONG, is_kana, to_katakana

_VOWELS = "aiueo"
_SMALL = {"a": "ャ", "u": "ュ", "e": "ェ", "o": "ョ"}
_ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "s": "サシスセソ",
    "t": "タチツテト",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
    "g": "ガギグゲゴ",
    "z": "ザジズゼゾ",
    "d": "ダヂヅデド",
    "b": "バビブベボ",
    "p": "パピプペポ",
}
# Consonants before ャ, ュ, ョ, with the kana that they stand for; those of Hepburn need no y.
_SOFT = (
    dict(zip(("ky", "sy", "ty", "ny", "hy", "my", "ry"), "キシチニヒミリ"))
    | dict(zip(("gy", "zy", "dy", "by", "py"), "ギジヂビピ"))
    | dict(zip(("sh", "ch", "cy", "j", "jy"), "シチチジジ"))
)
_OTHERS = (
    dict(zip(("shi", "chi", "ji", "tsu", "fu", "wo"), "シチジツフヲ"))
    | dict(zip(("ya", "yu", "yo", "wa"), "ヤユヨワ"))
    | dict(zip(("fa", "fi", "fe", "fo"), ("ファ", "フィ", "フェ", "フォ")))
    | dict(zip(("va", "vi", "vu", "ve", "vo"), ("ヴァ", "ヴィ", "ヴ", "ヴェ", "ヴォ")))
    | dict(zip(("thi", "dhi", "wi", "we", "tsa", "tso"), ("ティ", "ディ", "ウィ", "ウェ", "ツァ", "ツォ")))
)
_MARKS = re.compile("([aiueo])(?:[\u0304\u0302]|-)")  # ō, ô; a dash where a keyboard has no ー
_NASAL = re.compile("n'|n(?![aiueoy])|m(?=[bmp])")
_DOUBLE = re.compile(r"([bcdfghjkmprstwz])(?=\1)|t(?=ch)")
_LONG_H = re.compile("(?<=o)h(?![aiueoy])")  # Ohta
_SIGNS = ((_NASAL, "ン"), (_DOUBLE, "ッ"), (_LONG_H, LONG))


@cache
def _syllables() -> dict[str, str]:
    table = {consonant + vowel: kana for consonant, row in _ROWS.items() for vowel, kana in zip(_VOWELS, row)}
    table |= {soft + vowel: kana + small for soft, kana in _SOFT.items() for vowel, small in _SMALL.items()}
    return table | _OTHERS


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_syllables(), key=len, reverse=True)))


def read_romaji(text: str) -> tuple[str, ...]:
    """Read folded text of Latin letters, kana or both as katakana, the likeliest reading first; () where it is neither.

    hinnan is ヒンナン and, as it is typed, ヒナン's beginning; tani is タニ, and タンイ where the apostrophe was left out.
    """
    plain = _MARKS.sub(rf"\1{LONG}", unicodedata.normalize("NFKD", text.lower()))
    plain = to_katakana(unicodedata.normalize("NFC", plain))
    typed = re.sub("nn", "n'", plain)
    parted = re.sub("(?<=[aiueo])n(?=[aiueoy])", "n'", plain)
    readings = (_read(each) for each in (re.sub("nn(?![aiueoy])", "n'", plain), typed, parted))
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def _read(text: str) -> str | None:
    kana: list[str] = []
    place = 0
    while place < len(text):
        syllable = _syllable().match(text, place)
        if syllable:
            kana.append(_syllables()[syllable.group()])
            place = syllable.end()
            continue
        sign = next((sign for pattern, sign in _SIGNS if pattern.match(text, place)), None)
        if sign is None and not is_kana(text[place]):
            return None
        kana.append(sign or text[place])
        place += 2 if text.startswith("n'", place) else 1
    return "".join(kana)


def read_unfinished(text: str) -> tuple[str, frozenset[str]] | None:
    """Read what may break off within a syllable (tosyok): the kana, and those of which one comes next.

    The set is empty where anything may come next. None where the text is neither Latin letters nor kana.
    """
    plain = text.lower()
    cut = re.search("[b-df-hj-np-tv-z]+$", plain)
    rest = cut.group() if cut else ""
    for length in range(len(rest) + 1):
        head, tail = plain[: len(plain) - length], plain[len(plain) - length :]
        readings = read_romaji(head) if head else ("",)
        if not readings or (tail == "" and rest[-1:] == "n"):
            continue
        following = frozenset(kana[0] for syllable, kana in _syllables().items() if syllable.startswith(tail))
        if _DOUBLE.match(tail):
            following = frozenset("ッ")
        if tail == "n":
            following |= {"ン"}
        if following or not tail:
            return readings[0], following if tail else frozenset()
    return None
