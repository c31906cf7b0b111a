"""Automatic numbers of Word paragraphs: list definitions in, the number that Word shows before each paragraph out.

Word stores 「① 市民交流」 as 「市民交流」 with a reference to a list. The numbers are part of what a document says
(第1章, ①, (ア)) and layouts look for them, so they are counted here as Word counts them (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

BULLET = "・"
_LEVELS = 9
_KANJI = "〇一二三四五六七八九"
_ROMAN = {
    1000: "m",
    900: "cm",
    500: "d",
    400: "cd",
    100: "c",
    90: "xc",
    50: "l",
    40: "xl",
    10: "x",
    9: "ix",
    5: "v",
    4: "iv",
    1: "i",
}
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
# Runs of characters that stand for numbers: (name of the format, the first, how many there are).
_ENCLOSED = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_IN_KANJI = ("japaneseCounting", "japaneseDigital", "chineseCounting", "ideographDigital")


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: the format of its number, the text around it (%1 for the first level's), its first number."""

    style: str
    text: str
    start: int
    legal: bool  # numbers of all levels in Arabic digits


@dataclass(slots=True)
class _List:
    """A list: its levels, the counter it shares with others of the same definition, levels that it starts anew."""

    levels: dict[int, _Level]
    counter: dict[int, int]
    restarts: dict[int, int]
    used: set[int] = field(default_factory=set)


class Numbering:
    """Counts through the numbered paragraphs of a document, in its order."""

    def __init__(self, root: Any) -> None:
        """Read the definitions of a document's numbering part (None: it has none)."""
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        definitions: dict[str, tuple[dict[int, _Level], dict[int, int]]] = {
            each.get(qn("w:abstractNumId")): (_read_levels(each), {}) for each in root.findall(qn("w:abstractNum"))
        }
        for each in root.findall(qn("w:num")):
            levels, counter = definitions.get(_value(each, "w:abstractNumId") or "", ({}, {}))
            own, restarts = dict(levels), {}
            for override in each.findall(qn("w:lvlOverride")):
                own |= _read_levels(override)
                first = _value(override, "w:startOverride")
                if first is not None:
                    restarts[int(override.get(qn("w:ilvl"), "0"))] = int(first)
            self._lists[each.get(qn("w:numId"))] = _List(own, counter, restarts)

    def count(self, list_id: str, level: int) -> str | None:
        """Count one more paragraph and give its number as shown, `BULLET` for a bullet, None for what is no list."""
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return None
        if level in found.restarts and level not in found.used:
            found.counter[level] = found.restarts[level] - 1
        found.used.add(level)
        found.counter[level] = found.counter.get(level, found.levels[level].start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            found.counter.pop(deeper, None)
        if found.levels[level].style == "bullet":
            return BULLET
        return _write(found, level)


def _read_levels(parent: Any) -> dict[int, _Level]:
    return {
        int(each.get(qn("w:ilvl"), "0")): _Level(
            style=_value(each, "w:numFmt") or "decimal",
            text=_value(each, "w:lvlText") or "",
            start=int(_value(each, "w:start") or "0"),
            legal=each.find(qn("w:isLgl")) is not None,
        )
        for each in parent.findall(qn("w:lvl"))
    }


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def _write(listed: _List, level: int) -> str:
    def write_part(match: re.Match[str]) -> str:
        part = int(match.group(1)) - 1
        definition = listed.levels.get(part)
        if definition is None:
            return ""
        number = listed.counter.get(part, definition.start)
        return write_number(number, "decimal" if listed.levels[level].legal else definition.style)

    return re.sub("%([1-9])", write_part, listed.levels[level].text).strip()


def write_number(number: int, style: str) -> str:
    """Write a number in one of Word's number formats (ST_NumberFormat); Arabic digits for a format not known here."""
    lower = style.lower()
    if style in ("none", "bullet"):
        return ""
    if lower.startswith("decimalfullwidth"):
        return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    if style in _ENCLOSED:
        first, length = _ENCLOSED[style]
        return chr(ord(first) + number - 1) if 0 < number <= length else f"({number})"
    if lower.startswith(("aiueo", "iroha")):
        letters = _AIUEO if lower.startswith("aiueo") else _IROHA
        return letters[(number - 1) % len(letters)]
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("upperRoman", "lowerRoman"):
        return _write_roman(number).upper() if style == "upperRoman" else _write_roman(number)
    if style.startswith(_IN_KANJI) and 0 < number < 100:
        return _write_kanji(number)
    return f"{number:02}" if style == "decimalZero" else str(number)


def _write_roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN.items():
        text += letters * (number // value)
        number %= value
    return text


def _write_kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _KANJI[tens]) + "十" * (tens > 0) + (_KANJI[ones] if ones else "")
