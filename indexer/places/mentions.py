"""Places that a text names: running text or a list of partners in, prefectures and municipalities out.

A name is one only where it is no part of another word, and one that several share is resolved by what stands near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.normalize import fold
from indexer.places.gazetteer import (
    PREFECTURE_NAME,
    Municipality,
    by_former_name,
    by_name,
    in_jis_order,
    name_key,
)

# A city whose name is an ordinary word: taken only where its prefecture is at hand (神戸市立中央市民病院 names none).
_ORDINARY_WORDS = {"中央市"}
_LONGEST_NAME = 8
_KANJI = re.compile("[一-鿿々]")
# In a list of partners: names apart, with the notes that stand between them.
_LIST_PART = re.compile(r"[^、,，・･/／\s()（）【】\[\]及並び]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A municipality's name in a text, at [start, end) of it: more than one candidate where the name is shared."""

    start: int
    end: int
    candidates: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """What an entry's places resolved to: prefectures in JIS order, municipalities in the order of the text."""

    prefectures: tuple[str, ...]
    municipalities: tuple[Municipality, ...]


def find_prefectures(text: str) -> tuple[str, ...]:
    """Find the prefectures that a text names in full, in JIS order."""
    return in_jis_order(match.group() for match in PREFECTURE_NAME.finditer(fold(text)))


def find_municipalities(text: str) -> list[Mention]:
    """Find the names of municipalities in a text, the longest at each place; offsets are those of the folded text."""
    folded = name_key(text)
    prefecture_spans = [(match.start(), match.end()) for match in PREFECTURE_NAME.finditer(folded)]
    mentions: list[Mention] = []
    for suffix in re.finditer("[市区町村]", folded):
        end = suffix.end()
        if folded.startswith(("場", "販"), end):  # 中央市場, 市販: no city
            continue
        for start in range(max(0, end - _LONGEST_NAME), end - 1):
            candidates = _candidates(folded[start:end], text)
            if candidates and _stands_alone(folded, start, end, prefecture_spans):
                mentions.append(Mention(start, end, candidates))
                break
    return mentions


def _candidates(name: str, text: str) -> tuple[Municipality, ...]:
    """Give the municipalities of a name, those that `text` spells as they do where there are some (鹿嶋市, 鹿島市)."""
    now = by_name().get(name, ())
    spelled = tuple(place for place in now if place.name in text) if len(now) > 1 else now
    return (*(spelled or now), *by_former_name().get(name, ()))


def _stands_alone(text: str, start: int, end: int, prefecture_spans: list[tuple[int, int]]) -> bool:
    """Whether a name found by its letters is a name there, not the tail of another word (東[京都市]部, 機[関市]町)."""
    if any(first < end and start < last for first, last in prefecture_spans):
        return False
    before = text[start - 1 : start]
    after_prefecture = any(last == start for _, last in prefecture_spans)
    if text[end - 1] == "区" and before == "市":  # a ward of a designated city
        return False
    return end - start > 2 or after_prefecture or before == "郡" or not _KANJI.match(before)


def _choose(mention: Mention, text: str, prefectures: Iterable[str]) -> Municipality | None:
    """Choose among same-named municipalities: by the last of their prefectures named before, then by those at hand.

    A former name counts only with its prefecture: many live on as names of quarters.
    """
    at_hand = set(prefectures)
    candidates = mention.candidates
    named_before = [(text.rfind(candidate.prefecture, 0, mention.start), candidate) for candidate in candidates]
    last, nearest = max(named_before, key=lambda pair: pair[0])
    if last >= 0:
        return nearest
    fitting = [candidate for candidate in candidates if candidate.prefecture in at_hand]
    if len(fitting) == 1:
        return fitting[0]
    now = [place for place in candidates if place in by_name().get(text[mention.start : mention.end], ())]
    return now[0] if len(now) == 1 and now[0].name not in _ORDINARY_WORDS else None


def named_municipalities(text: str, *, prefectures: Iterable[str] = ()) -> tuple[Municipality, ...]:
    """Resolve the municipalities named in a text, each once, in its order.

    A name that several share is resolved by the prefecture named before it, then by `prefectures`, or where there are
    none by those of the other places of the text; where that decides nothing, it is left out.
    """
    return tuple(dict.fromkeys(place for _, place in _resolve(text, set(prefectures))))


def _resolve(text: str, at_hand: set[str]) -> list[tuple[Mention, Municipality]]:
    folded = name_key(text)
    mentions = find_municipalities(text)
    if not at_hand:
        at_hand = {place.prefecture for place in (_choose(mention, folded, ()) for mention in mentions) if place}
        at_hand.update(find_prefectures(text))
    chosen = ((mention, _choose(mention, folded, at_hand)) for mention in mentions)
    return [(mention, place) for mention, place in chosen if place]


def listed_municipalities(text: str, *, prefectures: Iterable[str] = ()) -> tuple[Municipality, ...]:
    """Resolve a list of partners, in which a city may stand without 市 (前橋・高崎), each once, in its order.

    Only parts that are a whole name but for the suffix count, those of towns and villages only in a prefecture at hand
    where there are such.
    """
    at_hand = set(prefectures)
    named = _resolve(text, at_hand)
    at_hand.update(place.prefecture for _, place in named)
    found: dict[Municipality, None] = {}
    for part in _LIST_PART.finditer(name_key(text)):
        whole = [place for mention, place in named if part.start() <= mention.start < part.end()]
        found.update(dict.fromkeys(whole or _complete_name(part.group(), at_hand)))
    return tuple(found)


def _complete_name(name: str, at_hand: set[str]) -> list[Municipality]:
    """Give the municipality that is called so without its suffix, of cities first; none or one."""
    places = [place for suffix in "市町村区" for place in by_name().get(name + suffix, ())]
    near = [place for place in places if place.prefecture in at_hand]
    cities = [place for place in places if place.name.endswith("市")]
    return (near or cities or ([] if at_hand else places))[:1]
