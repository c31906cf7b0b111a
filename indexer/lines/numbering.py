"""How headings are numbered: a line in, the style of its number or mark, the number and the rest of the line out.

Lines of one style belong to one level of a document, so layouts ask which style heads the entries and which the chapters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴➀-➓"
_DIGITS = "[0-9０-９]{1,3}"
_KANJI_DIGITS = "[一二三四五六七八九十]{1,3}"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("circled", re.compile(rf"([{_CIRCLED}])[.．、]?")),
    ("paren", re.compile(rf"[（(]\s*({_DIGITS})\s*[)）]|([⑴-⒇])")),
    (
        "word",
        re.compile(
            rf"[【\[［〔<＜《]?\s*(?:事例|事業|取組|取り組み|項目|ケース|No\.?|№)\s*(?:番号)?\s*({_DIGITS}|[{_CIRCLED}])(?![0-9０-９年月日回件事])\s*[】\]］〕>＞》]?[.．、:：]?"
        ),
    ),
    ("bracket", re.compile(rf"[【\[［〔<＜《]\s*({_DIGITS}|[{_CIRCLED}])\s*[】\]］〕>＞》]")),
    ("part", re.compile(rf"第\s*({_DIGITS}|{_KANJI_DIGITS})\s*[章節部編項](?:[.．、:：]|(?=\s|$))?")),
    ("hyphen", re.compile(rf"({_DIGITS}(?:[-－‐–]{_DIGITS})+)(?=[\s.．、])[.．、]?")),
    ("half", re.compile(rf"({_DIGITS})[)）]")),
    ("dotted", re.compile(rf"({_DIGITS})[.．、](?![0-9０-９])")),
    ("bare", re.compile(rf"({_DIGITS})(?=[\s　]+[^\s　0-9０-９年月日])")),
    ("roman", re.compile(r"([Ⅰ-Ⅻ])[.．、]?|([IVX]{1,4})[.．、](?=\s|[^\sA-Za-z])")),
    ("kana", re.compile(r"([アイウエオカキク])(?:[.．、]|(?=[\s　]))|[（(]([アイウエオカキク])[)）]")),
)
_MARK = re.compile(r"([■◆◇▼▽▲▶►▷★☆◎□➤➢●○])\s*(?=\S)")
_LIST_SIGN = re.compile(r"^(?:#{1,6}\s+|[-*‐－–—・]\s+|・)+")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number or mark before a heading: its style, the number (None: a mark, or not a plain one), what follows."""

    style: str
    number: int | None
    rest: str


def parse_number(text: str) -> Numbering | None:
    """Take the number or mark off the beginning of a line, list signs before it included; None where there is none."""
    line = _LIST_SIGN.sub("", text.strip())
    for style, pattern in _STYLES:
        match = pattern.match(line)
        rest = line[match.end() :].strip() if match else ""
        if match and rest:
            return Numbering(style, _value(next(filter(None, match.groups()), "")), rest)
    match = _MARK.match(line)
    return Numbering(match.group(1), None, line[match.end() :].strip()) if match else None


def _value(digits: str) -> int | None:
    plain = unicodedata.normalize("NFKC", digits).strip("()")
    if plain.isascii() and plain.isdigit():
        return int(plain)
    # ❶ and ➀ have no compatibility form, but a numeric value.
    numeric = unicodedata.numeric(digits, -1) if len(digits) == 1 else -1
    return int(numeric) if numeric > 0 else None
