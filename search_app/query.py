"""What the officer typed → words: what they are made of, and what they ask for beside their letters.

The language is small and bounded (open query syntax is a denial of service): words separated by white space are all
wanted, "…" is a phrase, -word excludes, OR between two words means either, word~ wants the word itself and no other word
for it; ~ alone, in front or at the end, says so of every word. Everything else is text to look for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.normalize import Folded, fold_with_offsets
from indexer.tokens import Token, tokenize
from search_app.times import TimeAsked, find_times, names_beginning
from search_app.whereabouts import PlaceAsked, find_places

MAX_WORDS = 40  # a pasted paragraph has fewer; what comes behind is left out
MAX_UNITS = 120
LITERALLY = "~"

_WORD = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_CORNERED = re.compile(r"(?<!\S)(-?)「([^「」\"]*)」(?!\S)")  # as one quotes in Japanese, standing alone
_LONE = re.compile("[ぁ-んァ-ヺ一-鿿]")
# Parts of speech that never stand for a subject alone: 館, 市, 的; 御; する, ある, ない.
_DEPENDENT = {"接尾辞", "接頭辞"}
_SUPPORTING = {
    ("動詞", "非自立可能"),
    ("形状詞", "助動詞語幹"),
    ("形容詞", "非自立可能"),
    ("代名詞", "*"),
    ("連体詞", "*"),
    ("接続詞", "*"),
}
# What a question says of itself, not of its subject: 〜の事例を知りたい, どうすればよいか, 教えてください.
_ASKING = frozenset(
    [
        "知る",
        "教える",
        "探す",
        "調べる",
        "見る",
        "見付ける",
        "欲しい",
        "下さい",
        "居る",
        "有る",
        "無い",
        "為る",
        "成る",
        "出来る",
        "思う",
        "考える",
        "良い",
        "何処",
        "何",
        "何故",
        "如何",
        "誰",
        "何時",
        "方法",
        "仕方",
        "やり方",
        "場合",
        "他",
        "例",
        "事例",
        "先行",
        "先進",
        "取り組み",
        "紹介",
        "自治体",
        "市町村",
        "所",
        "物",
        "事",
        "様",
        "為",
        "どんな",
        "どの",
        "こと",
        "よう",
        "とき",
        "もの",
        "ところ",
        "ため",
        "ほか",
    ]
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the query as it was typed (folded), cut into short (A) and long (C) units.

    `literal`: no other word for it is wanted. `time` and `place` are what the word asks for beside its letters. Its letters
    and signs are the characters [start, end) of what was typed.
    """

    text: str
    quoted: bool
    literal: bool
    units: tuple[Token, ...]
    long_units: tuple[Token, ...]
    time: TimeAsked | None = None
    place: PlaceAsked | None = None
    start: int = 0
    end: int = 0

    @property
    def content(self) -> tuple[str, ...]:
        """The terms that carry the word's subject, each once; all terms where none does."""
        carrying = [self.units[place].term for place in self.content_places]
        return tuple(dict.fromkeys(carrying))

    @property
    def content_places(self) -> tuple[int, ...]:
        """The places of the units that carry the word's subject; all where none does."""
        told = mark_content(self.units)
        carrying = [place for place, tells in enumerate(told) if tells]
        if self.is_sentence:
            carrying = [place for place in carrying if self.units[place].term not in _ASKING] or carrying
        return tuple(carrying or range(len(self.units)))

    @property
    def only_asks(self) -> bool:
        """Whether the word has no subject: 取組, こと."""
        return all(unit.term in _ASKING for unit in self.units)

    @property
    def runs(self) -> tuple[range, ...]:
        """The places of units that stand in one piece and carry a subject among them: 新たに連携協約 has two."""
        starts = [0, *(place for place in range(1, len(self.units)) if self._is_apart(place)), len(self.units)]
        content = set(self.content_places)
        runs = (range(first, last) for first, last in pairwise(starts))
        return tuple(run for run in runs if content.intersection(run))

    def _is_apart(self, place: int) -> bool:
        return self.units[place - 1].end != self.units[place].start

    @property
    def is_sentence(self) -> bool:
        """Whether particles stand between the units (車がない住民の足), unlike in a compound (病児保育)."""
        return any(map(self._is_apart, range(1, len(self.units))))


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query: groups of alternatives that are wanted, and words that must not stand there.

    `cut`: more was typed than is looked for. `literal`: no other words are wanted for any word.
    """

    groups: tuple[tuple[Word, ...], ...]
    excluded: tuple[Word, ...]
    cut: bool = False
    literal: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """All words that are looked for, in the order in which they were typed."""
        return tuple(word for group in self.groups for word in group)

    @property
    def only_asks(self) -> bool:
        """Whether no word has a subject: 取組, 事例を教えて."""
        return all(word.only_asks for word in self.words)


def mark_content(tokens: Sequence[Token]) -> list[bool]:
    """Tell of each unit of a text whether it stands for a subject of its own (図書, not 館; 確保, not する).

    A single kanji or kana right behind another unit is a suffix, whatever the dictionary calls it: 市, 圏, 館, 児.
    """
    told = []
    for place, token in enumerate(tokens):
        behind = place > 0 and tokens[place - 1].end == token.start
        suffix = behind and _LONE.fullmatch(token.surface)
        dependent = token.part_of_speech[0] in _DEPENDENT or token.part_of_speech in _SUPPORTING
        told.append(not suffix and not dependent)
    return told


def parse_query(q: str) -> ParsedQuery:
    """Read what was typed; any text is a query, signs without words are ignored."""
    groups: list[tuple[Word, ...]] = []
    excluded: list[Word] = []
    either = joinable = False  # OR joins a word to the one right before it, not past an excluded word or a sign
    left = MAX_UNITS
    typed = fold_with_offsets(q)
    typed = replace(typed, text=_CORNERED.sub(r'\1"\2"', typed.text))
    matches = list(_WORD.finditer(typed.text))
    cut = len(matches) > MAX_WORDS
    places = find_places(typed.text)
    literal = any(_stands_alone(match) for match in (*matches[:1], *matches[-1:]))
    for match in matches[:MAX_WORDS]:
        text, quoted = match["word"] or match["phrase"] or "", match["phrase"] is not None
        minus = bool(match["minus"]) or (not quoted and len(text) > 1 and text.startswith("-"))
        if text.upper() == "OR" and not quoted:
            either = joinable
            continue
        joins, either, joinable = either, False, False
        words = [_make_word(text, quoted=quoted)] if minus or quoted else list(_read_word(match, places))
        for word in words:
            cut = cut or len(word.units) > left
            kept = replace(word, units=word.units[:left], literal=word.literal or literal)
            left -= len(kept.units)
            if not kept.units:
                continue
            kept = _place_word(kept, match, typed, whole=len(words) == 1)
            if minus:
                excluded.append(kept)
            elif joins:
                groups[-1] = (*groups[-1], kept)
            else:
                groups.append((kept,))
            joins, joinable = False, not minus
    return ParsedQuery(tuple(_join_beginnings(groups)), tuple(excluded), cut, literal)


def _join_beginnings(groups: Sequence[tuple[Word, ...]]) -> list[tuple[Word, ...]]:
    """Make one word of a year and a word of beginning beside it: 平成28年 開始 asks what 平成28年開始 does."""
    joined: list[tuple[Word, ...]] = []
    for group in groups:
        before = joined[-1] if joined else ()
        if len(before) == len(group) == 1:
            pair = (before[0], group[0])
            times = [word.time for word in pair if word.time and not word.time.about_start]
            if len(times) == 1 and any(_is_beginning(word) for word in pair):
                joined[-1] = (_begin(*pair, times[0]),)
                continue
        joined.append(group)
    return joined


def _is_beginning(word: Word) -> bool:
    return not (word.quoted or word.literal or word.time or word.place) and names_beginning(word.text)


def _begin(first: Word, last: Word, time: TimeAsked) -> Word:
    return replace(
        first,
        text=f"{first.text} {last.text}",
        units=(*first.units, *last.units),
        long_units=(*first.long_units, *last.long_units),
        time=replace(time, about_start=True),
        end=last.end,
    )


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether this is ~ by itself: with white space or nothing on either side. Between words it is the dash of a range."""
    around = match.string[: match.start()][-1:] + match.string[match.end() :][:1]
    return match["word"] == LITERALLY and not around.strip()


def _place_word(word: Word, match: re.Match[str], typed: Folded, *, whole: bool) -> Word:
    """Tell where a word stands in what was typed, its signs included where it is all that its piece holds."""
    first, last = (0, match.end() - match.start()) if whole else (word.start, word.end)
    start, end = typed.source_span(match.start() + first, match.start() + last)
    return replace(word, start=start, end=end)


def _read_word(match: re.Match[str], places: Iterable[PlaceAsked]) -> Iterator[Word]:
    """Read a word that stands between white space: a year or a place in it becomes a word of its own.

    `places` are those of the whole query, which decide between towns of one name.
    """
    text, start, end = match["word"], match.start(), match.end()
    if text.startswith(LITERALLY) or text.endswith(LITERALLY):
        yield _make_word(text.strip(LITERALLY), literal=True)
        return
    asked: list[TimeAsked | PlaceAsked] = list(find_times(text))
    inside = [
        replace(place, start=place.start - start, end=place.end - start)
        for place in places
        if start <= place.start and place.end <= end
    ]
    asked += [place for place in inside if all(place.end <= at.start or place.start >= at.end for at in asked)]
    done = 0
    for each in sorted(asked, key=lambda each: each.start):
        yield from _between(text, done, each.start)
        word = replace(_make_word(text[each.start : each.end]), start=each.start, end=each.end)
        yield replace(word, time=each) if isinstance(each, TimeAsked) else replace(word, place=each)
        done = each.end
    yield from _between(text, done, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Word]:
    """Read what stands around a year or a place, without the particles that tie it to these (岡山県の図書館)."""
    units = tokenize(text[start:end], "A")
    if units:
        first, last = (start + units[0].start, start + units[-1].end) if end - start < len(text) else (start, end)
        yield replace(_make_word(text[first:last]), start=first, end=last)


def _make_word(text: str, *, quoted: bool = False, literal: bool = False) -> Word:
    text = text.removeprefix("-")
    return Word(text, quoted, literal or quoted, tuple(tokenize(text, "A")), tuple(tokenize(text, "C")))
