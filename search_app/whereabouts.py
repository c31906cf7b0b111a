"""Places in a query: which words name a municipality, prefecture, 地方, area or old province, and all that they may mean.

Raw text in, `PlaceAsked`s out, with spans in the text as it was typed. Full names count wherever they stand
(倉敷市立図書館); names without their suffix only as a word of their own (倉敷の子育て, not 福山型), readings in kana only
between spaces. A name that several places share gives them all, in order, unless another place of the query decides: the
question is asked back, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from indexer import places
from indexer.normalize import fold_with_offsets
from indexer.tokens import Token, tokenize
from search_app.place_names import (
    Place,
    area_place,
    border_place,
    full_names,
    is_ordinary_kana,
    municipality_place,
    prefecture_place,
    readings,
    short_names,
    to_hiragana,
)

__all__ = ["Place", "PlaceAsked", "find_places"]

_COUNTY = "(?:[一-鿿々ぁ-んケ]{1,5}郡)?"
_BEFORE_NAME = re.compile(rf"(?P<prefecture>{'|'.join(places.PREFECTURES)})?の?(?P<county>{_COUNTY})$")
_LONGEST_BEFORE = 12
_CROSSING = "(?:また[ぐぎいが][だるっで]?た?|跨[ぐいがっる][だるたで]?|[越超]え[るた]?)"
_BORDER = re.compile(
    rf"[都府]?県境(?:域|(?:を|に){_CROSSING})?|(?:(?<![一-鿿])|(?<=[0-9二三両複数]))(?:都道府)?県域?(?:を|に){_CROSSING}"
    r"|越境(?![一-鿿々ァ-ヴーA-Za-z])|越境(?=連携|地域|広域|自治体|型)"
)
# What turns the name of a region into the name of its area (備後広域圏), and what only blurs a name (尾道周辺).
_AREA_KIND = re.compile("(?:地域|広域|流域|圏域|連携|中枢|都市|定住自立)*(?:圏域|圏)")
_VICINITY = {"周辺", "近郊", "近辺", "エリア", "地域", "地方", "方面", "管内", "全域", "一帯", "一円", "広域", "側"}
_WORD = re.compile(r"[^\s、。，・「」『』()\[\]【】\"/,]+")
_KANA_WORD = re.compile("[ぁ-ゖァ-ヺー]{3,}")
_ADJECTIVE = re.compile("な(?![どらのん])")  # 伊達な
_MOST_UNITS = 5  # of a name without its suffix


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """A place named at [start, end) of the query, with all that it may mean, in order."""

    start: int
    end: int
    text: str
    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """A name at [start, end) of the folded query."""

    start: int
    end: int
    candidates: tuple[Place, ...]


def find_places(text: str) -> tuple[PlaceAsked, ...]:
    """Find the places that a query names, in its order; they do not overlap. Any text is fine."""
    folded = fold_with_offsets(text)
    key = places.name_key(folded.text)
    spans = [
        *_find_municipalities(key, text),
        *_find_full(key),
        *_find_borders(key),
        *_find_words(key),
        *_find_short(key),
    ]
    found = []
    for span in _decide(_choose_longest(spans)):
        start, end = folded.source_span(span.start, span.end)
        found.append(PlaceAsked(start, end, text[start:end], span.candidates))
    return tuple(found)


def _choose_longest(spans: list[_Span]) -> list[_Span]:
    """Choose the longest of names that overlap, then the one in front; give them in the order of the text."""
    chosen: list[_Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        inside = range(span.start, span.end)
        if taken.isdisjoint(inside):
            taken.update(inside)
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)


def _find_municipalities(key: str, text: str) -> Iterator[_Span]:
    """Find full names of municipalities, former ones too, with the prefecture and 郡 in front of them."""
    for mention in places.find_municipalities(text):
        if key.startswith("内会", mention.end) or (
            key[mention.start : mention.end] == "中央市" and key.startswith("民", mention.end)
        ):
            continue
        before = _BEFORE_NAME.search(key, max(0, mention.start - _LONGEST_BEFORE), mention.start)
        named = before["prefecture"] if before else None
        inside = [place for place in mention.candidates if place.prefecture == named]
        start = before.start() if before and inside else mention.start
        yield _Span(start, mention.end, tuple(map(municipality_place, inside or mention.candidates)))


@cache
def _lengths(names: str) -> dict[str, tuple[int, ...]]:
    """Give by first character how long the names of a table are, the longest first."""
    found: dict[str, set[int]] = {}
    for name in {"full": full_names, "short": short_names}[names]():
        found.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _find_full(key: str) -> Iterator[_Span]:
    """Find names that mean a place wherever they stand, those of areas by any word for their kind."""
    full, short = full_names(), short_names()
    for start, first in enumerate(key):
        for length in _lengths("full").get(first, ()):
            name = key[start : start + length]
            end = start + len(name)
            same = full.get(name)
            if same and places.is_prefecture(name) and key.startswith("境", end):  # 岡山県境
                yield _Span(start, end - 1, same)
            elif same and not (name == "東京都" and key.startswith("市", end)):  # 東京都市圏
                yield _Span(start, end, same)
                break
        for length in _lengths("short").get(first, ()):
            kind = _AREA_KIND.match(key, start + length) if key[start : start + length] in short else None
            area = places.find_area(key[start : kind.end()]) if kind else None
            if kind and area:
                yield _Span(start, kind.end(), (area_place(area),))
                break


def _find_borders(key: str) -> Iterator[_Span]:
    for match in _BORDER.finditer(key):
        yield _Span(match.start(), match.end(), (border_place(),))


def _find_words(key: str) -> Iterator[_Span]:
    """Find words that are a name without its suffix, or the reading of one, from end to end."""
    for match in _WORD.finditer(key):
        word = match.group()
        kana = _KANA_WORD.fullmatch(word)
        if kana and is_ordinary_kana(word):
            continue
        same = (readings().get(to_hiragana(word)) if kana else None) or short_names().get(word)
        if same:
            yield _Span(match.start(), match.end(), same)


def _find_short(key: str) -> Iterator[_Span]:
    """Find names without their suffix with a particle, a sign or nothing on either side."""
    tokens = tokenize(key, "C")
    names = short_names()
    for first, token in enumerate(tokens):
        if first and tokens[first - 1].end == token.start:
            continue
        for last in range(first, min(first + _MOST_UNITS, len(tokens))):
            if last > first and tokens[last - 1].end != tokens[last].start:
                break
            same = names.get(key[token.start : tokens[last].end])
            end = _end_of_name(tokens, last)
            if same and end is not None and not _ADJECTIVE.match(key, end):
                yield _Span(token.start, end, same)


def _end_of_name(tokens: Sequence[Token], last: int) -> int | None:
    """Give where a name ends that ends with the unit `last`; None where it goes on as another word (福山型)."""
    end = tokens[last].end
    behind = [*tokens[last + 1 : last + 3], None, None]
    if behind[0] is None or behind[0].start != end:
        return end
    whole = behind[1] is None or behind[1].start != behind[0].end
    return behind[0].end if whole and behind[0].surface in _VICINITY else None


def _decide(spans: list[_Span]) -> list[_Span]:
    """Decide between towns of one name by the other places of the query: 広島県 府中市, 福山市と府中市."""
    decided = []
    for span in spans:
        towns = len(span.candidates) > 1 and {place.kind for place in span.candidates} == {"municipality"}
        at_hand = {code for other in spans if other is not span for code in _evidence(other)} if towns else set()
        kept = tuple(place for place in span.candidates if at_hand.issuperset(place.codes))
        decided.append(replace(span, candidates=kept) if kept and towns else span)
    return decided


def _evidence(span: _Span) -> Iterator[str]:
    """Give the codes among which a name makes others of the query likely: those of its prefecture or its area."""
    first = span.candidates[0]
    if first.kind == "municipality" and len(span.candidates) == 1:
        yield from prefecture_place(places.PREFECTURES[int(first.codes[0][:2]) - 1]).codes
    elif first.kind not in ("municipality", "border"):
        for place in span.candidates:
            yield from place.codes
