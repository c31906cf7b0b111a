"""Kanji numerals before a counter: text in, the number in digits out (六十五歳 → 65歳, 二〇二五年 → 2025年).

Sudachi reads most of them, but not where a longer word hides one (in 二十人 it sees the place 十人). Without a counter a
numeral may be a name (八十, 五十嵐, 四万十), and one numeral alone mostly is a word (一部, 三重, 八戸): those stay.
"""

from __future__ import annotations

import re

_DIGITS = "〇一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_COUNTERS = (
    "年|歳|人|回|件|時間|日(?!町)|月|[かカケ箇個][所月年国]|円|名|世帯|世代|周|次産業|市町|自治体|団体|都市|つ|個|階|地区|地域|校|館"
    "|冊|丁目|週|拠点|分野|種類|店舗|社|棟|戸|組|班|頭|匹|路線|便|往復|駅|級|(?<!千)代|%|[点本枚条項章倍割位期次号台](?![一-鿿々])"
)
_NUMERAL = "〇一二三四五六七八九十百千"
# One for each numeral with which one may begin: two or more, or one alone where it is no part of a longer word (一回り).
NUMERALS = [
    *(f"{first}[{_NUMERAL}]+(?=万?(?:{_COUNTERS}))" for first in _NUMERAL[1:]),
    *("一(?=回(?!り)|路線)", "十(?=人(?![十前]))", "五(?=丁目)", *(f"{first}(?=級)" for first in "一二三")),
]
_BY_UNITS = re.compile(
    "(?:[二三四五六七八九]?千)?(?:[二三四五六七八九]?百)?(?:[二三四五六七八九]?十)?[一二三四五六七八九]?"
)
_PLACES = re.compile(f"[{_DIGITS[1:]}][{_DIGITS}]{{2,}}|[{_DIGITS[1:]}]〇")
# Before a numeral these make it part of another one, or of a word: 数十人, 3千人, 一二十人.
_JOINED = frozenset("数幾何0123456789.万億兆")


def read_numeral(before: str, numeral: str) -> str | None:
    """Write a numeral in digits, or give None where it is none; `before` is what stands before it."""
    if before in _JOINED:
        return None
    if _PLACES.fullmatch(numeral):
        return "".join(str(_DIGITS.index(digit)) for digit in numeral)
    if not _BY_UNITS.fullmatch(numeral):
        return None
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS.index(character)
    return str(total + digit)
