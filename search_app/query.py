"""What the officer typed → a query tree for the engine, and a sentence that says how it was understood.

The language is small and bounded (open query syntax is a denial of service): words separated by white space mean AND,
"…" is a phrase, -word excludes, OR between two words means either. Everything else is text to look for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.engine.base import And, Demote, Everything, Exclude, MostOf, Or, Phrase, Prefer, Query, Term
from indexer.fields import TEXT_FIELDS
from indexer.normalize import fold
from indexer.tokens import Token, tokenize

MAX_WORDS = 40  # a pasted paragraph has fewer; what comes behind is left out
MAX_UNITS = 120

# A compound in one piece matches entries that cover this much of what the best one covers of its information: 移住促進事業
# finds 移住相談窓口. A sentence says much besides what is looked for: less of it is enough. So it is when no entry has
# every word.
COMPOUND_SHARE = 0.4
SENTENCE_SHARE = 0.2
RELAXED_SHARE = 0.3
# A compound that stands in the text as it was typed says more than its units apart.
CONTIGUITY = 1.5
# The profile of an area mentions everything that the area does; who looks for a word wants the initiative.
PROFILE_FACTOR = 0.6

_WORD = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_A_FIELDS = tuple(field for field in TEXT_FIELDS if field.units == "A")
_C_FIELDS = tuple(field for field in TEXT_FIELDS if field.units == "C")
_LONE = re.compile("[ぁ-んァ-ヺ一-鿿]")
# Parts of speech that never stand for a subject alone: 館, 市, 的; 御; する, ある, ない.
_DEPENDENT = {"接尾辞", "接頭辞"}
_SUPPORTING = {("動詞", "非自立可能"), ("形容詞", "非自立可能"), ("代名詞", "*"), ("連体詞", "*"), ("接続詞", "*")}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the query as it was typed (folded), cut into short (A) and long (C) units."""

    text: str
    quoted: bool
    units: tuple[Token, ...]
    long_units: tuple[Token, ...]

    @property
    def content(self) -> tuple[str, ...]:
        """The terms that carry the word's subject, each once; all terms where none does."""
        carrying = [unit.term for unit, told in zip(self.units, mark_content(self.units), strict=True) if told]
        return tuple(dict.fromkeys(carrying or [unit.term for unit in self.units]))

    @property
    def is_sentence(self) -> bool:
        """Whether particles stand between the units (車がない住民の足), unlike in a compound (病児保育)."""
        return any(one.end != next_one.start for one, next_one in pairwise(self.units))


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query: groups of alternatives that must each be met, and words that must not stand there."""

    groups: tuple[tuple[Word, ...], ...]
    excluded: tuple[Word, ...]
    cut: bool = False  # whether more was typed than is looked for

    @property
    def words(self) -> tuple[Word, ...]:
        """All words that are looked for, in the order in which they were typed."""
        return tuple(word for group in self.groups for word in group)

    @property
    def can_relax(self) -> bool:
        """Whether there is something to leave out when not everything is found."""
        return sum(len(word.content) for word in self.words) > 1


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
    either = False
    left = MAX_UNITS
    matches = list(_WORD.finditer(fold(q)))
    cut = len(matches) > MAX_WORDS
    for match in matches[:MAX_WORDS]:
        text, quoted = match["word"] or match["phrase"] or "", match["phrase"] is not None
        minus = bool(match["minus"]) or (not quoted and len(text) > 1 and text.startswith("-"))
        if text == "OR" and not quoted:
            either = bool(groups)
            continue
        word = _make_word(text.removeprefix("-") if minus else text, quoted)
        cut = cut or len(word.units) > left
        word = replace(word, units=word.units[:left])
        left -= len(word.units)
        if not word.units:
            continue
        if minus:
            excluded.append(word)
        elif either:
            groups[-1] = (*groups[-1], word)
        else:
            groups.append((word,))
        either = False
    return ParsedQuery(tuple(groups), tuple(excluded), cut)


def _make_word(text: str, quoted: bool) -> Word:
    return Word(text, quoted, tuple(tokenize(text, "A")), tuple(tokenize(text, "C")))


def strict_query(parsed: ParsedQuery) -> Query:
    """Every word must be met; what is excluded must not stand there. Without words: everything."""
    if not parsed.groups:
        return _excluding(Everything(), parsed)
    met = And(tuple(Or(tuple(map(_word_query, group))) for group in parsed.groups))
    return _excluding(_initiatives_first(met), parsed)


def relaxed_query(parsed: ParsedQuery) -> Query:
    """Most of the words' units are enough, by what they tell; what stands together still counts more."""
    units = dict.fromkeys(unit for word in parsed.words for unit in word.content)
    most = MostOf(tuple(map(_unit_query, units)), RELAXED_SHARE)
    together = Or(tuple(bonus for word in parsed.words for bonus in _contiguity(word)))
    return _excluding(_initiatives_first(Prefer(most, together)), parsed)


def _excluding(query: Query, parsed: ParsedQuery) -> Query:
    if not parsed.excluded:
        return query
    return Exclude(query, Or(tuple(_contiguous_query(word) for word in parsed.excluded)))


def _initiatives_first(query: Query) -> Query:
    return Demote(query, Term("kind", "profile"), PROFILE_FACTOR)


def _word_query(word: Word) -> Query:
    if word.quoted:
        return _contiguous_query(word)
    units = tuple(map(_unit_query, word.content))
    share = SENTENCE_SHARE if word.is_sentence else COMPOUND_SHARE
    core: Query = units[0] if len(units) == 1 else MostOf(units, share)
    bonus = tuple(_contiguity(word))
    return Prefer(core, Or(bonus)) if bonus else core


def _unit_query(term: str) -> Query:
    return Or(tuple(Term(field.name, term, field.weight) for field in _A_FIELDS))


def _contiguous_query(word: Word) -> Query:
    terms = tuple(unit.term for unit in word.units)
    return Or(tuple(Phrase(field.name, terms, field.weight) for field in _A_FIELDS))


def _contiguity(word: Word) -> Iterable[Query]:
    """Give what rewards a compound for standing in the text as typed: its units in a row, its long units."""
    if len(word.units) < 2:
        return
    terms = tuple(unit.term for unit in word.units)
    for field in _A_FIELDS:
        yield Phrase(field.name, terms, CONTIGUITY * field.weight)
    for unit in word.long_units:
        if unit.term not in terms:
            for field in _C_FIELDS:
                yield Term(field.name, unit.term, field.weight)


def interpret(parsed: ParsedQuery, *, relaxed: bool, typed: bool = False) -> str:
    """Say in a sentence how the query was understood; `typed` tells that something was typed, words or not."""
    if not parsed.groups:
        unsearchable = typed and not parsed.excluded
        said = "入力した文字では探せないため、" if unsearchable else "言葉を入れずに、"
        said += "すべての取組を表示しています。"
    elif relaxed:
        said = "すべての語を含む取組はありませんでした。入力した語の多くを含む取組を、近いものから表示しています。"
    else:
        said = "と".join(_describe(group) for group in parsed.groups) + "を含む取組を表示しています。"
        if any(len(word.content) > 1 and not word.quoted for word in parsed.words):
            said += "長い語は、そのままの形を先に、一部だけ合うものを後に並べています。"
    if parsed.cut:
        said += "入力が長いため、途中までの言葉で探しています。"
    if parsed.excluded:
        said += "除いた語: " + "、".join(f"「{word.text}」" for word in parsed.excluded) + "。"
    return said


def _describe(group: Sequence[Word]) -> str:
    return "または".join(f"「{word.text}」" + ("（この並びのまま）" if word.quoted else "") for word in group)
