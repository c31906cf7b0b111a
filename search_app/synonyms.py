"""The thesaurus: units of a typed word in, the headwords among them and what else is called so out.

Data, in the format of Sudachi's published synonyms: `data/synonyms.csv` (municipal vocabulary, ours),
`data/sudachi_synonyms.csv` (the groups of Sudachi's own thesaurus that were read and found narrow enough; most are not) and
`data/related.csv` (what belongs together without being the same: スタンプラリー leads to 周遊).
A headword with 0 in the third column is looked for in queries and leads to the others of its group; one with 1 is only
led to: it says less than the others (救命講習 → 上級救命講習, never back). The tenth column, which the format reserves, holds
what the tokeniser makes of a headword where that differs from its spelling (see `spell`), so that nothing has to be
tokenised when the files are read; `tests/tools/fill_synonym_spellings.py` fills it in.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from indexer.normalize import fold
from indexer.tokens import Token, tokenize

FILES = ("synonyms.csv", "sudachi_synonyms.csv", "related.csv")
_RELATED = FILES[2]  # what belongs to a headword, but is something else: goal and means, a service and its forms
# The columns that are used: number of the group, 0 (looked for and led to) or 1 (only led to), headword, spelling.
GROUP, EXPANSION, HEADWORD, SPELLING = 0, 2, 8, 9
# No headword has more units (a test tells); it bounds what a long sentence costs.
LONGEST_HEADWORD = 10
# Stands in a spelling for each character that is left out of the index: 目の不自由な人 is 目_不自由_人.
_GAP = "_"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to say it: the headword as in the file, the terms of its short (A) and long (C) units.

    `narrower`: it says less; `related`: it is something else that belongs to it.
    """

    text: str
    terms: tuple[str, ...]
    long_terms: tuple[str, ...]
    narrower: bool
    related: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """A headword in a typed word: units [start, end), its text, and its alternatives in the order of the files."""

    start: int
    end: int
    text: str
    alternatives: tuple[Alternative, ...]


class _Headword(NamedTuple):
    text: str
    narrower: bool
    related: bool


_Group = tuple[_Headword, ...]


class _Thesaurus(NamedTuple):
    """The groups in the order of the files; by spelling, which groups a headword leads to, and its text."""

    groups: tuple[_Group, ...]
    leading: dict[str, tuple[str, list[int]]]


def find_expansions(
    units: Sequence[Token], known: Callable[[Alternative], bool] = lambda _alternative: True
) -> tuple[Expansion, ...]:
    """Find the headwords among the short (A) units of one typed word: the longest first from the left, none overlap.

    Only alternatives that are `known` count; a headword without any is passed over.

    A headword begins and ends where units do. Its units must touch, but where it has particles itself (目の不自由な人): there
    as many characters must be left out. Headwords whose alternatives the word itself finds are passed over.
    """
    found = []
    start = 0
    while start < len(units):
        expansion = _longest_from(units, start, known)
        if expansion is None:
            start += 1
        else:
            found.append(expansion)
            start = expansion.end
    return tuple(found)


def spell(units: Sequence[Token]) -> str:
    """Give what headwords are compared by: the units' terms in one, a sign for each character left out between them."""
    return _join(units, [unit.term for unit in units])


def read_rows(name: str) -> Iterator[list[str]]:
    """Read one of `FILES`: its rows of 11 columns, in order."""
    text = files("search_app").joinpath("data", name).read_text(encoding="utf-8")
    yield from filter(None, csv.reader(text.splitlines()))


def _longest_from(units: Sequence[Token], start: int, known: Callable[[Alternative], bool]) -> Expansion | None:
    for end in range(min(len(units), start + LONGEST_HEADWORD), start, -1):
        span = units[start:end]
        # Behind the end of a sentence positions jump.
        if any(after.position != before.position + 1 for before, after in pairwise(span)):
            continue
        text, numbers = _look_up(span)
        alternatives = tuple(filter(known, _alternatives(numbers, tuple(unit.term for unit in span))))
        if alternatives:
            return Expansion(start, end, text, alternatives)
    return None


def _look_up(span: Sequence[Token]) -> tuple[str, list[int]]:
    """Give the text of the headword that these units are, and its groups: by their spelling and by their terms."""
    leading = _thesaurus().leading
    surface = "".join(unit.surface for unit in span)
    written = _join(span, [fold(unit.surface).lower() for unit in span])
    hits = [leading[spelling] for spelling in dict.fromkeys((written, spell(span))) if spelling in leading]
    whole = span[-1].end - span[0].start == len(surface)
    text = surface if whole or not hits else hits[0][0]
    return text, sorted({number for _, numbers in hits for number in numbers})


def _alternatives(numbers: Iterable[int], own: tuple[str, ...]) -> Iterator[Alternative]:
    """Give the other headwords of these groups, none twice, and none that has the span's terms in a row.

    What is related to another word for the span is related to the span.
    """
    told = set()
    found = [headword for number in numbers for headword in _thesaurus().groups[number]]
    for same in [headword for headword in found if not headword.narrower]:
        _, others = _thesaurus().leading.get(fold(same.text).lower(), ("", ()))
        found += [each for number in others for each in _thesaurus().groups[number] if each.related]
    for headword in sorted(found, key=lambda headword: headword.related):
        terms, long_terms = _cut(headword.text)
        if terms not in told and not _contains(terms, own):
            told.add(terms)
            yield Alternative(headword.text, terms, long_terms, headword.narrower, headword.related)


def _contains(terms: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(terms[at : at + len(part)] == part for at in range(len(terms) - len(part) + 1))


def _join(units: Sequence[Token], words: Sequence[str]) -> str:
    parts = [words[0]]
    for (before, after), word in zip(pairwise(units), words[1:], strict=True):
        parts += (_GAP * (after.start - before.end), word)
    return "".join(parts)


@cache
def _cut(headword: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the terms of a headword's short and long units."""
    return tuple(unit.term for unit in tokenize(headword)), tuple(unit.term for unit in tokenize(headword, "C"))


@cache
def _thesaurus() -> _Thesaurus:
    groups: list[_Group] = []
    leading: dict[str, tuple[str, list[int]]] = {}
    for name in FILES:
        for _, rows in groupby(read_rows(name), key=itemgetter(GROUP)):
            group = []
            for row in rows:
                narrower = row[EXPANSION] == "1"
                headword = _Headword(row[HEADWORD], narrower, narrower and name == _RELATED)
                group.append(headword)
                if not headword.narrower:
                    for spelling in filter(None, (fold(headword.text).lower(), row[SPELLING])):
                        leading.setdefault(spelling, (headword.text, []))[1].append(len(groups))
            groups.append(tuple(group))
    return _Thesaurus(tuple(groups), leading)
