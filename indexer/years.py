"""Years: 和暦, 西暦 and 年度 in every spelling of municipal documents → numbers.

Text in, `YearMention`s out, with offsets in the text as it was given. What a year *means* (a beginning, a plan, a count)
is the business of `eras`, which reads the `Hit`s of folded text with the words around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.normalize import Folded, fold_with_offsets


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year that a text names, at [start, end) of it, with the month and day that belong to it.

    `fiscal` is true for 年度 (April to March); `year` is then the year in which it begins.
    """

    year: int
    fiscal: bool
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A year in folded text. `late` tells the end of a 年度, which lies in the next calendar year."""

    year: int
    fiscal: bool
    late: bool
    start: int
    end: int

    @property
    def calendar_year(self) -> int:
        """The year by the calendar: 平成27年度末 is March 2016."""
        return self.year + (self.fiscal and self.late)


# Year 0 of each era and the last number accepted. Plans name years beyond an era's end (平成36年), so the limits are wide.
_ERAS = {"明治": (1867, 45), "大正": (1911, 15), "昭和": (1925, 80), "平成": (1988, 60), "令和": (2018, 60)}
_SHORT = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和", "昭": "昭和", "平": "平成", "令": "令和"}
_KANJI_DIGITS = "〇一二三四五六七八九"
_FIRST_GREGORIAN, _LAST_GREGORIAN = 1600, 2200

_NUMBER = "(?:元|[0-9]{1,2}|[一二三四五六七八九十〇]{1,4})"
_UNIT = r"\s?年(?!代|間|ぶり|以上|余)度?"
_MONTH = (
    r"(?:\s?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:\s?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s?日)?)?"
)
_DOTTED = r"\s?[./](?:1[0-2]|0?[1-9])(?:[./](?:3[01]|[12][0-9]|0?[1-9])(?![0-9.])|月(?:[0-9]{1,2}日)?|(?![0-9./]))"
_LONG_ERA = rf"(?:{'|'.join(_ERAS)})\s?{_NUMBER}"
_ANY_ERA = rf"(?:{_LONG_ERA}|[MTSHR]\s?[0-9]{{1,2}})"
_JOINT = r"\s?[~\-・､、,]\s?"
_NO_YEAR = r"(?![0-9A-Za-z]|[.\-][0-9]|[号型系番棟階点級条丁代間])"

# The order matters: the first alternative that fits at a place wins, so the fuller spelling stands first.
_YEAR = re.compile(
    rf"""
    (?<![0-9,.])(?P<gregorian>[12][0-9]{{3}})\s?年?度?\s?\(\s?{_ANY_ERA}\s?年?度?\s?\)(?:{_UNIT})?{_MONTH}
  | (?P<era>{"|".join(_ERAS)})\s?(?P<number>{_NUMBER})
      (?: \s?年?度?\s?\((?:(?:西暦)?\s?[12][0-9]{{3}}|{_ANY_ERA})\s?年?度?\)(?:{_UNIT})?{_MONTH}
        | {_UNIT}{_MONTH} | {_DOTTED}
        | (?=(?:{_JOINT}(?:{"|".join(_ERAS)})?\s?{_NUMBER})+\s?年) )
  | (?<![A-Za-z0-9_.\#])(?<![A-Za-z]-)(?P<letter>[MTSHR])(?P<stop>\.)?\s?(?P<short>元|[0-9]{{1,2}})(?![0-9])
      (?: \s?年?度?\s?\([12][0-9]{{3}}\s?年?度?\)(?:{_UNIT})?{_MONTH}
        | {_UNIT}{_MONTH} | (?P<dotted>{_DOTTED})(?![A-Za-z]) | (?P<alone>{_NO_YEAR}|(?=-[HR][0-9])) )
  | (?<![一-鿿々])(?P<kanji>[昭平令])\s?(?P<abbreviated>元|[0-9]{{1,2}})(?:{_UNIT}{_MONTH} | {_DOTTED} | {_NO_YEAR})
  | (?<![0-9,.])(?P<bare>[0-9]{{1,2}})\s?
      (?: \(\s?[12][0-9]{{3}}\s?\){_UNIT}{_MONTH} | 年度 | 年(?=\s?[0-9]{{1,2}}月|末){_MONTH} )
  | (?<=[~\-・､、,])\s?(?P<last>[0-9]{{1,2}})(?:{_UNIT}{_MONTH}|(?=[)期]|(?:{_JOINT}{_NUMBER})+\s?年))
  | (?<![0-9,.])(?P<western>[12][0-9]{{3}}|[一二][〇一二三四五六七八九]{{3}})
      (?: \s?年(?!代|間|ぶり|以上|余|前(?![後半])|もの|祭|の歴史)(?:度)?{_MONTH}
        | [./-](?:1[0-2]|0?[1-9])(?:[./-](?:3[01]|[12][0-9]|0?[1-9]))?(?![0-9./A-Za-z%]|[人円件回台千万]|-[0-9])
        | (?=[~-][12][0-9]{{3}}\s?(?:年|\))) )
  | (?:\A\s*|(?<=[年度期日][: \t(])|(?<=[(\[【〔])(?=[0-9]{{4}}~))(?P<cell>(?:19|20)[0-9]{{2}})(?=\s*~?\s*(?:\Z|[)\]】〕\n\t]))
  | (?<=[0-9][~-])(?P<until>[12][0-9]{{3}})(?=\))
  | (?P<relative>同|翌|前)年(?!代|齢|次|生|頭|比|並)(?:度)?{_MONTH}
    """,
    re.VERBOSE,
)
_CLOSE = re.compile(r"\s?末")


def find_years(text: str) -> list[YearMention]:
    """Find every year that `text` names, in order; a range (令和3~7年度) gives its first and its last year."""
    folded = fold_with_offsets(text)
    return [_mention(text, folded, hit.year, hit.fiscal, hit.start, hit.end) for hit in find_hits(folded.text)]


def state_year(text: str, folded: Folded, hit: Hit, start: int, end: int) -> YearMention:
    """Give the folded characters [start, end) as what states the year of `hit`, by the calendar."""
    return _mention(text, folded, hit.calendar_year, hit.fiscal and not hit.late, start, end)


def _mention(text: str, folded: Folded, year: int, fiscal: bool, start: int, end: int) -> YearMention:
    first, last = folded.source_span(start, end)
    return YearMention(year, fiscal, first, last, text[first:last])


def spell_year(year: int) -> tuple[str, ...]:
    """Give the usual spellings of a year: 2025年, 令和7年, R7."""
    spellings = [f"{year}年"]
    letters = {name: letter for letter, name in _SHORT.items() if letter.isascii()}
    begun = [(first, name) for name, (first, _) in _ERAS.items() if first < year]
    if begun:
        first, name = max(begun)
        spellings += [f"{name}{'元' if year == first + 1 else year - first}年", f"{letters[name]}{year - first}"]
    return tuple(spellings)


def find_hits(text: str) -> list[Hit]:
    """Find every year in folded text, in order, with offsets in it."""
    hits: list[Hit] = []
    for match in _YEAR.finditer(text):
        start, end = match.span()
        start += len(match.group()) - len(match.group().lstrip())
        follows = bool(hits) and re.fullmatch(_JOINT, text[hits[-1].end : start])
        year = _resolve(match, hits[-1].year if hits else None)
        if year is None or (not follows and (match["last"] or match["until"])):
            continue
        fiscal = "年度" in match.group() or ")度" in match.group()
        close = _CLOSE.match(text, end)
        hits.append(Hit(year, fiscal, bool(close), start, close.end() if close else end))
    return _share_unit(text, hits)


def _share_unit(text: str, hits: list[Hit]) -> list[Hit]:
    """Give 令和3 in 令和3~7年度 the unit that stands behind the last year of the range."""
    shared = list(hits)
    for i in range(len(hits) - 2, -1, -1):
        hit, following = hits[i], shared[i + 1]
        between = text[hit.end : following.start]
        if following.fiscal and "年" not in text[hit.start : hit.end] and re.fullmatch(_JOINT, between):
            shared[i] = Hit(hit.year, True, hit.late, hit.start, hit.end)
    return shared


def _resolve(match: re.Match[str], previous: int | None) -> int | None:
    """Turn a match into a year; None when it is no year (beyond the era's limits, nothing before it to refer to)."""
    group = match.groupdict()
    western = group["gregorian"] or group["western"] or group["cell"] or group["until"]
    if western:
        year = _read_number(western)
        return year if _FIRST_GREGORIAN <= year <= _LAST_GREGORIAN else None
    era = group["era"] or _SHORT.get(group["letter"] or group["kanji"] or "")
    if era:
        if not _is_plausible(group):
            return None
        zero, last = _ERAS[era]
        number = _read_number(group["number"] or group["short"] or group["abbreviated"])
        return zero + number if 0 < number <= last else None
    if previous is None:
        return None
    if group["relative"]:
        return previous + {"同": 0, "翌": 1, "前": -1}[group["relative"]]
    return _nearest(int(group["bare"] or group["last"]), previous)


def _is_plausible(group: dict[str, str | None]) -> bool:
    """Whether a letter with a number is an era's year: R6, H9, M22.4.1 are; M7.3, T2 and S3 are something else."""
    alone, dotted = group["alone"] is not None, group["dotted"]
    if alone and group["stop"]:
        return False
    if group["letter"] in ("M", "T"):
        return not alone and (dotted is None or len(re.findall("[0-9]+", dotted)) > 1)
    return not (alone and group["letter"] == "S" and len(group["short"] or "") < 2)


def _nearest(number: int, previous: int) -> int | None:
    """Complete a year of two digits (23年度): of the eras and 20xx, the reading nearest to the year named before."""
    readings = [zero + number for zero, last in _ERAS.values() if 0 < number <= last] + [2000 + number]
    return min(readings, key=lambda year: (abs(year - previous), -year)) if number else None


def _read_number(text: str) -> int:
    if text == "元":
        return 1
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_read_number(tens) if tens else 1) * 10 + (_read_number(ones) if ones else 0)
    return int("".join(str(_KANJI_DIGITS.index(character)) for character in text))
