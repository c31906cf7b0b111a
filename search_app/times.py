"""Times in a query: years, ranges, open ends and decades, and whether a beginning is asked for.

Raw text in, `TimeAsked`s out, with spans in the text as it was typed. How years are spelled is known to `indexer.years`;
here is added what only queries write: a number or 令和6 as a word of its own, 以降, 以前, 年代. A word of beginning right at
the time (H10開始, 2015年から始まった, 開設 2019) belongs to it; 2015年から alone is what is told from then on. Times that
depend on today (昨年度) and short years without an era (6年度) are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.normalize import fold, fold_with_offsets
from indexer.years import find_hits

_ERAS = "明治|大正|昭和|平成|令和"
_DIGITS = "(?:元|[0-9]{1,2}|[一二三四五六七八九十〇]{1,4})"
_WESTERN = "(?:186[89]|18[7-9][0-9]|19[0-9]{2}|2[01][0-9]{2}|2200)"
_SHORT = "(?:[RHrh](?:元|[0-9]{1,2})|[Ss][0-9]{2}|[昭平令](?:元|[0-9]{1,2}))"
_DASH = r"[~\-ー―]"
_OPENING, _CLOSING = r"\s「『(\[【\"、,・", r"\s」』)\]】\"、,・。"

_GENERIC = "(?:本格|試験)?(?:運用|供用|利用|事業|業務|サービス|運行|運営|提供|取り?組み?|活動|受付|実施)"
_ACTS = (
    "開始|開設|開業|開校|開所|開館|開園|開講|開局|開院|開通|設置|設立|新設|創設|創立|創業|発足|結成|締結|導入|稼働|始動|スタート|オープン|"
    "立ち?上げ|設け"
)
_INFLECTED = "(?:して(?:いる|いた)?|した|する|され(?:た|る|ている)|られ(?:た|る|ている)|た|る|(?=済))"
_WHOLE_WORD = "(?![一-鿿々ァ-ヴー])"
_BEGINNING = (
    rf"(?:{_GENERIC})?(?:(?:{_ACTS})(?:{_INFLECTED}|{_WHOLE_WORD})"
    r"|始ま(?:った|る|っている|り(?![一-鿿]))|はじま(?:った|る)|(?:始|はじ)め(?:た|る|ている|られた))"
)
_GOING_ON = (
    rf"(?:{_GENERIC})(?:して(?:いる|いた)?|した|する|され(?:た|ている)|{_WHOLE_WORD})|続(?:く|いている|けている)"
)
_BEGUN = re.compile(rf"\s?(?:に|の)?\s?{_BEGINNING}")
_BEGUN_LATER = re.compile(rf"\s?(?:に|から)[^\s、。]{{1,20}}?[をが]{_BEGINNING}")
_BEGUN_FROM = re.compile(rf"\s?(?:から|より)\s?(?:{_BEGINNING}|{_GOING_ON})")
_NAMED = re.compile(rf"(?:{_GENERIC})?(?:{_ACTS})(?:年月日|年度?|時期|日)?\s?[:(はが]?\s?$")

# What a number or era must stand alone with to be a year: word ends, the dash of a range, 以降, a word of beginning.
_WORD_START = rf"(?:(?<![^{_OPENING}~:])|(?<=[0-9年度末]{_DASH})|(?<=[0-9年度末]から))"
_ANY_YEAR = rf"(?:{_WESTERN}(?![0-9])|{_SHORT}|(?:{_ERAS}){_DIGITS})"
_WORD_END = (
    rf"(?=$|[{_CLOSING}]|{_DASH}(?:{_ANY_YEAR}|[{_CLOSING}]|$)|以[降後前来]|より[前後]|頃|ごろ|前後|まで|から{_ANY_YEAR}"
    rf"|から[{_CLOSING}]|から$|(?:に|から)?{_BEGINNING})"
)
_LONE = re.compile(rf"{_WORD_START}(?P<year>{_WESTERN}|{_SHORT}|(?:{_ERAS})\s?{_DIGITS}){_WORD_END}")
_ERA_ONLY = re.compile(rf"(?P<era>{_ERAS})(?=以降|以後|に入って|になって)")
_DECADE = re.compile(
    rf"(?<![0-9A-Za-z])(?P<year>(?:18|19|20)[0-9]0|(?:{_ERAS}|[HRS])\s?[1-9]0)\s?年[代台](?:の?(?P<half>前半|後半))?"
)
_RANGE = re.compile(rf"\s?(?:{_DASH}|から|より)\s?")
_MIDST = re.compile(r"[\-ー―]$|[0-9年度末]から$")
_LIST = re.compile(r"\s?[・､、,]\s?")
_AROUND = re.compile(r"\s?(?:頃|ごろ|ころ|前後)")
_UNTIL = re.compile(r"\s?(?:まで|にかけて)")
_ONWARD = re.compile(
    rf"\s?(?:以降|以後|以来|に入って(?:から)?|になって(?:から)?|(?:から|より)(?![前後])|~(?=$|[{_CLOSING}]))"
)
_LATER = re.compile(r"\s?(?:より|から)(?:後|あと)")
_BACK = re.compile(r"\s?(?:以前|まで)")
_EARLIER = re.compile(r"\s?より(?:も)?(?:以?前|まえ)")
_FROM_NOWHERE = re.compile(rf"(?<![^{_OPENING}])~\s?$")


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """A time at [start, end) of the query, with the word of beginning that stands at it.

    `first` and `last` are years, inclusive; None is open. `fiscal` tells 年度, named by the year in which they begin;
    `about_start` that the time is one of beginning: its years are then those of the calendar, as in the index.
    """

    start: int
    end: int
    text: str
    first: int | None
    last: int | None
    fiscal: bool
    about_start: bool


@dataclass(frozen=True, slots=True)
class _Span:
    """Years at [start, end) of the folded query; `late` is 1 where it ends in the year after its 年度 (年度末)."""

    start: int
    end: int
    first: int | None
    last: int | None
    fiscal: bool = False
    late: int = 0


def names_beginning(text: str) -> bool:
    """Whether a text is a word of beginning and nothing else: 開始, に始まった."""
    return _BEGUN.fullmatch(fold(text)) is not None


def find_times(text: str) -> tuple[TimeAsked, ...]:
    """Find the times that a query asks for, in its order; they do not overlap. Any text is fine."""
    folded = fold_with_offsets(text)
    found = []
    before = 0
    for span in _join(folded.text, _find_spans(folded.text)):
        whole, about_start = _take_beginning(folded.text, span, before)
        before = whole.end
        start, end = folded.source_span(whole.start, whole.end)
        found.append(TimeAsked(start, end, text[start:end], whole.first, whole.last, whole.fiscal, about_start))
    return tuple(found)


def _find_spans(text: str) -> list[_Span]:
    """Find single years and decades, in order, apart from each other."""
    hits = [hit for hit in find_hits(text) if not text.startswith("問題", hit.end)]  # 2040年問題 is no time
    years = [_Span(hit.start, hit.end, hit.year, hit.year, hit.fiscal, int(hit.late)) for hit in hits]
    spans = list(_find_decades(text))
    for span in (*years, *_find_lone(text)):
        if not any(span.start < other.end and other.start < span.end for other in spans):
            spans.append(span)
    spans.sort(key=lambda span: span.start)
    return [
        span
        for place, span in enumerate(spans)
        if not _MIDST.search(text[max(0, span.start - 3) : span.start])
        or (place > 0 and _RANGE.fullmatch(text, spans[place - 1].end, span.start))
    ]


def _find_lone(text: str) -> Iterator[_Span]:
    """Find years that only a query writes, as words of their own: 2024, r6, 令和6, 令和以降."""
    for match in _LONE.finditer(text):
        spelled = match["year"].upper() + "年"
        yield from (_Span(*match.span("year"), hit.year, hit.year) for hit in find_hits(spelled)[:1])
    for match in _ERA_ONLY.finditer(text):
        yield from (_Span(*match.span("era"), hit.year, hit.year) for hit in find_hits(match["era"] + "元年"))


def _find_decades(text: str) -> Iterator[_Span]:
    for match in _DECADE.finditer(text):
        for hit in find_hits(match["year"] + "年"):
            first = hit.year + 5 * (match["half"] == "後半")
            last = hit.year + (4 if match["half"] == "前半" else 9)
            yield _Span(*match.span(), first, last)


def _join(text: str, spans: list[_Span]) -> Iterator[_Span]:
    """Join the years of a range, and years in a row (平成29・30年度), and take the words that open a time to a side."""
    joined: list[_Span] = []
    for span in spans:
        previous = joined[-1] if joined else None
        if previous and _belong_together(text, previous, span):
            years = [year for year in (previous.first, previous.last, span.first, span.last) if year is not None]
            joined[-1] = replace(span, start=previous.start, first=min(years), last=max(years))
        else:
            joined.append(span)
    end = 0
    for span in joined:
        opened = _open(text, span, end)
        end = opened.end
        yield opened


def _belong_together(text: str, one: _Span, other: _Span) -> bool:
    if _RANGE.fullmatch(text, one.end, other.start):
        return True
    return bool(_LIST.fullmatch(text, one.end, other.start)) and other.first == (one.last or 0) + 1


def _open(text: str, span: _Span, room: int) -> _Span:
    """Take 頃, 以降, 以前 and their like behind the years, and the wave in front of them, not before `room`."""
    around = _AROUND.match(text, span.end)
    if around and span.first is not None and span.last is not None:
        span = replace(span, end=around.end(), first=span.first - 1, last=span.last + 1)
    if span.first != span.last and (until := _UNTIL.match(text, span.end)):
        return replace(span, end=until.end())
    if match := _LATER.match(text, span.end):
        return replace(span, end=match.end(), first=(span.last or 0) + 1, last=None)
    if match := _EARLIER.match(text, span.end):
        return replace(span, end=match.end(), first=None, last=(span.first or 0) - 1)
    if match := _BACK.match(text, span.end):
        return replace(span, end=match.end(), first=None)
    if not _BEGUN_FROM.match(text, span.end) and (match := _ONWARD.match(text, span.end)):
        return replace(span, end=match.end(), last=None)
    nowhere = _FROM_NOWHERE.search(text, room, span.start)
    return replace(span, start=nowhere.start(), first=None) if nowhere else span


def _take_beginning(text: str, span: _Span, room: int) -> tuple[_Span, bool]:
    """Take the word of beginning behind the time, else the one in front of it, not before `room`.

    Where what began stands between (2022年に図書館を開館), the word stays with that.
    """
    behind = _BEGUN_FROM.match(text, span.end) or _BEGUN.match(text, span.end)
    named = None if behind else _NAMED.search(text, room, span.start)
    if behind:
        span = replace(span, end=behind.end())
    elif named:
        span = replace(span, start=named.start())
    elif not _BEGUN_LATER.match(text, span.end):
        return span, False
    if span.late and span.first == span.last and span.first is not None:
        span = replace(span, first=span.first + 1, last=span.first + 1, fiscal=False)
    return span, True
