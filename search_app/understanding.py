"""Understanding: what was made of each word of a query, and what the officer can say to that.

A meaning in, plain data out: other words that are looked for too and the search without them, times and places with the
searches that are narrowed by them, towns of one name that are asked back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from indexer.engine.base import Term
from indexer.fields import LEVEL
from indexer.places import municipality_of_code
from indexer.store import Reader
from search_app import rewriting
from search_app.meaning import Meaning, MeantWord, expand
from search_app.params import MAX_QUERY, MAX_VALUES, MultiName, SearchParams
from search_app.query import Word, parse_query
from search_app.times import TimeAsked
from search_app.whereabouts import Place

_HOW: tuple[Literal["synonym", "related"], ...] = ("synonym", "related")


@dataclass(frozen=True, slots=True)
class OtherWords:
    """Other words for a part of a typed word, words that belong to it, or words that it is the reading of."""

    text: str
    how: Literal["synonym", "related", "reading"]
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Widened:
    """A typed word that other words are looked for beside; `without` is the search without them (None: too long)."""

    word: str
    others: tuple[OtherWords, ...]
    without: SearchParams | None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A search narrowed by a facet instead of by a word."""

    word: str
    facet: MultiName
    params: SearchParams


@dataclass(frozen=True, slots=True)
class Namesakes:
    """A word that several towns are called by, and the search for each: its name with the prefecture, where it is."""

    word: str
    towns: tuple[tuple[str, SearchParams], ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was made of a query.

    `literal`: no other words are wanted. `switched` is the search with other words for all where there are none now, and
    the one without any where there are (None where that changes nothing). `kept` are words for which alone none are
    wanted, each with the search that has them.
    """

    literal: bool = False
    switched: SearchParams | None = None
    widened: tuple[Widened, ...] = ()
    kept: tuple[tuple[str, SearchParams], ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    namesakes: tuple[Namesakes, ...] = ()
    times: tuple[TimeAsked, ...] = ()
    places: tuple[tuple[str, tuple[Place, ...]], ...] = ()


def describe_meaning(meaning: Meaning, params: SearchParams, reader: Reader) -> Understanding:
    """Tell what was made of each word of a query; offered is only what the index has."""
    words = meaning.words
    wanted = [
        group[0].word for group in meaning.groups if len(group) == 1
    ]  # a filter cannot mean: this or another word
    widened = tuple(_widened(meant, params) for meant in words if meant.expansions or meant.readings)
    return Understanding(
        literal=meaning.literal,
        switched=_switch(meaning.literal, widened, params),
        widened=widened,
        kept=() if meaning.literal else tuple(_kept(words, params, reader)),
        narrowings=tuple(narrowing for word in wanted for narrowing in _narrow(word, params, reader)),
        namesakes=tuple(_namesakes(words, params)),
        times=tuple(meant.word.time for meant in words if meant.word.time),
        places=tuple((meant.word.text, meant.word.place.candidates) for meant in words if meant.word.place),
    )


def ask(params: SearchParams, q: str) -> SearchParams | None:
    """Give the same search with other words; None where they are more than can be asked."""
    return params.asking(q) if len(q) <= MAX_QUERY else None


def _widened(meant: MeantWord, params: SearchParams) -> Widened:
    others = [
        OtherWords(
            each.text, how, tuple(other.text for other in each.alternatives if other.related == (how == "related"))
        )
        for each in meant.expansions
        for how in _HOW
    ]
    others.append(OtherWords(meant.word.text, "reading", tuple("".join(terms) for terms in meant.readings)))
    told = tuple(each for each in others if each.alternatives)
    return Widened(meant.word.text, told, ask(params, rewriting.make_literal(params.q, meant.word)))


def _switch(literal: bool, widened: tuple[Widened, ...], params: SearchParams) -> SearchParams | None:
    if literal:
        return ask(params, rewriting.make_all_wide(params.q))
    return ask(params, rewriting.make_all_literal(params.q)) if widened else None


def _kept(words: Iterable[MeantWord], params: SearchParams, reader: Reader) -> Iterator[tuple[str, SearchParams]]:
    for word in (meant.word for meant in words):
        if word.literal and not word.quoted and expand(word, reader):
            yield word.text, params.asking(rewriting.make_wide(params.q, word))


def _narrow(word: Word, params: SearchParams, reader: Reader) -> Iterator[Narrowing]:
    values: list[tuple[MultiName, list[str]]] = []
    if word.time:
        years: tuple[MultiName, ...] = (
            ("start", "year") if word.time.fiscal and not word.time.about_start else ("start",)
        )
        values += [(name, _years_between(word.time, reader.facet_values(name))) for name in years]
    if word.place and not _is_shared(word.place.candidates):
        values += _place_values(word.place.candidates[0], reader)
    left = rewriting.remove_word(params.q, word)
    # Of 2024年に始まった取組 only 取組 would be left, which says nothing of what is looked for.
    rest = params.asking("" if parse_query(left).only_asks else left)
    for name, chosen in values:
        if 0 < len(chosen) <= MAX_VALUES:
            yield Narrowing(word.text, name, replace(rest, **{name: tuple(chosen)}))  # type: ignore[arg-type]


def _years_between(asked: TimeAsked, years: Iterable[str]) -> list[str]:
    return [year for year in years if (asked.first or 0) <= int(year) <= (asked.last or int(year))]


def _place_values(place: Place, reader: Reader) -> list[tuple[MultiName, list[str]]]:
    """Give what a place is in the facets: a municipality by its code, whatever is larger by its name."""
    if place.kind == "municipality":
        return [("municipality", [code for code in place.codes if reader.count(Term("municipality", code))])]
    known = set(reader.facet_values("region"))
    leaves = (path.rpartition(LEVEL)[2] for path in place.facet_values if path in known)
    return [("region", list(dict.fromkeys(leaves)))]


def _namesakes(words: Iterable[MeantWord], params: SearchParams) -> Iterator[Namesakes]:
    """Ask back where several towns have the name: each answer names the prefecture in front, as one would type it."""
    for word in (meant.word for meant in words):
        if word.place and _is_shared(word.place.candidates):
            answers = ((place.name, _name_in_full(place), word) for place in word.place.candidates)
            asked = ((name, ask(params, rewriting.replace_word(params.q, word, text))) for name, text, word in answers)
            yield Namesakes(word.text, tuple((name, found) for name, found in asked if found))


def _is_shared(candidates: tuple[Place, ...]) -> bool:
    return len(candidates) > 1 and all(place.kind == "municipality" for place in candidates)


def _name_in_full(place: Place) -> str:
    town = municipality_of_code(place.codes[0])
    return f"{town.prefecture}{town.name}" if town else place.name
