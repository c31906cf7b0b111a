"""Reasons: why an entry is among the hits, word by word.

What is told is read off the entry itself, with the same units that were searched, so that it can be seen in its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.fields import EXACT_FIELDS, FACET_FIELDS, TEXT_FIELDS
from indexer.records import Entry
from search_app.cuts import Cut, cut_text
from search_app.meaning import Meaning, MeantWord

How = Literal["whole", "part", "synonym", "reading", "time", "place"]

_FIELDS = tuple(field for field in TEXT_FIELDS if field.units == "A")
_EXACT = {field.name: field for field in (*FACET_FIELDS, *EXACT_FIELDS)}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that answers the query: the typed word, how it is met, by what, and in which fields of the entry."""

    word: str
    how: How
    by: str
    fields: tuple[str, ...]


def explain(meaning: Meaning, entry: Entry) -> tuple[Reason, ...]:
    """Tell of each word what in the entry meets it; a word that nothing meets is not told."""
    cuts = {field.name: cut_text(field.text(entry)) for field in _FIELDS}
    return tuple(reason for meant in meaning.words for reason in _explain_word(meant, entry, cuts))


def _explain_word(meant: MeantWord, entry: Entry, cuts: dict[str, Cut]) -> Iterator[Reason]:
    word = meant.word
    if word.time:
        yield from _explain_time(meant, entry)
        return
    whole = _fields_with(tuple(unit.term for unit in word.units), cuts)
    if whole:
        yield Reason(word.text, "whole", word.text, whole)
    if word.place:
        yield from _explain_place(meant, entry)
        return
    if not whole and not word.quoted:
        for unit in (word.units[place] for place in word.content_places):
            fields = _fields_with((unit.term,), cuts)
            if fields:
                yield Reason(word.text, "part", unit.surface, fields)
    for expansion in meant.expansions:
        for other in expansion.alternatives:
            fields = _fields_with(other.terms, cuts)
            if fields:
                yield Reason(expansion.text, "synonym", other.text, fields)
    for terms in meant.readings:
        fields = _fields_with(terms, cuts)
        if fields:
            yield Reason(word.text, "reading", "".join(terms), fields)


def _explain_time(meant: MeantWord, entry: Entry) -> Iterator[Reason]:
    asked = meant.word.time
    if asked is None:
        return
    for name in ("start", "told_year", "year"):
        for year in _EXACT[name].values(entry):
            if (asked.first or 0) <= int(year) <= (asked.last or 9999):
                yield Reason(meant.word.text, "time", year, (name,))


def _explain_place(meant: MeantWord, entry: Entry) -> Iterator[Reason]:
    asked = meant.word.place
    if asked is None:
        return
    values = {name: set(_EXACT[name].values(entry)) for name in ("region", "municipality", "member")}
    for place in asked.candidates:
        fields = [name for name in ("municipality", "member") if values[name].intersection(place.codes)]
        if values["region"].intersection(place.facet_values):
            fields.insert(0, "region")
        if fields:
            yield Reason(meant.word.text, "place", place.name, tuple(fields))


def _fields_with(terms: tuple[str, ...], cuts: dict[str, Cut]) -> tuple[str, ...]:
    """Name the fields in which the terms stand in a row."""
    return tuple(name for name, cut in cuts.items() if cut.holds(terms))
