"""Reasons: why an entry is among the hits, word by word.

What is told is read off the entry itself, with the same units that were searched, so that it can be seen in its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from indexer.fields import EXACT_FIELDS, FACET_FIELDS, SHORT_FIELDS, SUBJECT_FIELDS
from indexer.records import Entry
from search_app.cuts import KEPT, Cut
from search_app.meaning import Meaning, MeantWord
from search_app.query import Word
from search_app.rows import NEAR_UNITS
from search_app.times import TimeAsked
from search_app.whereabouts import PlaceAsked

How = Literal["whole", "part", "synonym", "related", "reading", "time", "place"]
HOWS: tuple[How, ...] = get_args(How)

_SUBJECTS = frozenset(field.name for field in SUBJECT_FIELDS)
_EXACT = {field.name: field for field in (*FACET_FIELDS, *EXACT_FIELDS)}
_YEARS = ("start", "told_year", "year")  # the last is that of the document, which only a 年度 asks for
_Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that answers the query: the typed word, how it is met, by what, and in which fields of the entry.

    Where other words are known for a part of what was typed in one piece, `word` is that part; "…" in `by` stands between
    words that are near each other.
    """

    word: str
    how: How
    by: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an entry is a hit, in the order of the words; `missing` are words that nothing in it meets."""

    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


class Explainer:
    """Explains the hits of one query."""

    def __init__(self, meaning: Meaning) -> None:
        self._groups = meaning.groups
        terms = [unit.term for meant in meaning.words for unit in meant.word.units]
        terms += [other[0] for meant in meaning.words for other in meant.other_terms]
        self._firsts = frozenset(terms)

    def explain(self, entry: Entry) -> Explanation:
        """Tell of each word what in the entry meets it. Of alternatives (OR) none is missing where one is met."""
        texts = _Texts({field.name: KEPT.of(field.text(entry)) for field in SHORT_FIELDS}, self._firsts)
        reasons: list[Reason] = []
        missing: list[str] = []
        for group in self._groups:
            found = [reason for meant in group for reason in _explain_word(meant, entry, texts)]
            reasons += found
            missing += [] if found else [meant.word.text for meant in group]
        return Explanation(tuple(reasons), tuple(missing))


class _Texts:
    """The fields of an entry, cut, by name."""

    def __init__(self, cuts: dict[str, Cut], firsts: frozenset[str]) -> None:
        """`firsts` are the terms that what is looked for may begin with: which of them a text has is found out once."""
        self._texts = [(name, cut, firsts.intersection(cut.terms)) for name, cut in cuts.items()]

    def find(self, terms: _Terms) -> tuple[str, ...]:
        """Name the fields in which the terms stand in a row."""
        return tuple(
            name
            for name, cut, standing in self._texts
            if terms[:1] and terms[0] in standing and (len(terms) == 1 or cut.holds(terms))
        )

    def find_subject(self, terms: _Terms) -> tuple[str, ...]:
        """Name the fields that tell a subject in which the terms stand in a row."""
        return tuple(name for name in self.find(terms) if name in _SUBJECTS)

    def find_near(self, terms: _Terms) -> tuple[str, ...]:
        """Name the fields that tell a subject in which several terms stand near each other."""
        return tuple(
            name
            for name, cut, standing in self._texts
            if name in _SUBJECTS and len(terms) > 1 and terms[0] in standing and cut.find_near(terms, NEAR_UNITS)
        )


def _explain_word(meant: MeantWord, entry: Entry, texts: _Texts) -> Iterator[Reason]:
    word = meant.word
    if word.time:
        yield from _explain_time(word.text, word.time, entry)
        return
    whole = texts.find(tuple(unit.term for unit in word.units))
    if whole:
        yield Reason(word.text, "whole", word.text, whole)
    if word.place:
        yield from _explain_place(word.text, word.place, entry)
        return
    if whole or word.quoted:  # nothing else is needed to see why
        return
    yield from _explain_parts(word, texts)
    others = [(each.text, other) for each in meant.expansions for other in each.alternatives]
    for text, other in others:
        how: How = "related" if other.related else "synonym"
        fields = texts.find_subject(other.terms)
        near = () if fields or other.related else texts.find_near(other.terms)
        if fields:
            yield Reason(text, how, other.text, fields)
        elif near:
            yield Reason(text, how, "…".join(other.terms), near)
    for terms in meant.readings:
        fields = texts.find_subject(terms)
        if fields:
            yield Reason(word.text, "reading", "".join(terms), fields)


def _explain_parts(word: Word, texts: _Texts) -> Iterator[Reason]:
    for term, surface in {word.units[place].term: word.units[place].surface for place in word.content_places}.items():
        fields = texts.find((term,))
        if fields:
            yield Reason(word.text, "part", surface, fields)


def _explain_time(text: str, asked: TimeAsked, entry: Entry) -> Iterator[Reason]:
    met: dict[str, list[str]] = {}
    for name in _YEARS if asked.fiscal and not asked.about_start else _YEARS[:2]:
        for year in _years_of(entry, name):
            if (asked.first or 0) <= int(year) <= (asked.last or int(year)):
                met.setdefault(year, []).append(name)
    for year, fields in met.items():
        yield Reason(text, "time", year, tuple(fields))


@lru_cache(maxsize=3_000)  # the years that a text tells are read off it again, which takes longer than all the rest
def _years_of(entry: Entry, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_EXACT[name].values(entry)))


def _explain_place(text: str, asked: PlaceAsked, entry: Entry) -> Iterator[Reason]:
    values = {name: set(_EXACT[name].values(entry)) for name in ("region", "municipality", "member")}
    for place in asked.candidates:
        meant = {"region": place.facet_values, "municipality": place.codes, "member": place.codes}
        fields = tuple(name for name, known in values.items() if known.intersection(meant[name]))
        if fields:
            yield Reason(text, "place", place.name, fields)
