"""Suggestions: what may be meant by a query while it is typed: words, areas, municipalities and titles of the index.

What was typed may break off anywhere, in kanji, kana or Latin letters. Everything that is suggested is in the index, with
the number of its entries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal

from indexer import places
from indexer.engine.base import And, Or, Phrase, Prefix, Query, Term
from indexer.fields import HEADING, LEVEL, TEXT_FIELDS
from indexer.kana import short_sound_of, sound_of
from indexer.normalize import fold
from indexer.store import Reader
from indexer.tokens import readings_of, tokenize
from search_app.counts import count_by_municipality
from search_app.generations import per_generation
from search_app.readings import Units, complete_mixed, complete_row, find_words
from search_app.romaji import read_unfinished

Kind = Literal["title", "area", "municipality", "term"]

MOST = 10
_MOST_OF_KIND: dict[Kind, int] = {"term": 4, "area": 2, "municipality": 3, "title": MOST}
_LABELS: dict[Kind, str] = {"title": "事例名", "area": "圏域", "municipality": "市町村", "term": "言葉"}
_WORDS = 16  # that complete what was typed, for the titles that have one of them
_WORDS_COUNTED = 6
# No subject of its own: kana that are not a word of foreign origin, numbers, a lone character.
_SLIGHT = re.compile("[ぁ-ゖー]{1,3}|[0-9.,%]+.?|.")
_ROWS_COUNTED = 4
_TITLE_FIELDS = ("title", "title_c")
_TERM_FIELDS = tuple(field.name for field in TEXT_FIELDS)
_UNIT_FIELDS = tuple(field.name for field in TEXT_FIELDS if field.units == "A")

Rows = Mapping[str, Units]  # rows of words by their text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant: its text as it would be typed, what it is, and how many entries have it.

    `label` says in Japanese what it is; of a municipality, where it is. `region` is the value of the facet for an area.
    """

    text: str
    kind: Kind
    label: str
    entries: int
    region: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    """What a word or a place is compared by."""

    spelling: str
    sound: str
    short_sound: str


def _name(spelling: str, reading: str) -> _Name:
    return _Name(spelling, sound_of(reading), short_sound_of(reading))


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, folded: the words before the last one, the last one, and its readings as far as they go."""

    before: tuple[str, ...]
    last: str
    kana: str
    sounds: tuple[str, ...]  # with one of them the sound of what is meant begins; () where it is not kana

    @property
    def any_length(self) -> bool:
        """Whether vowels may be longer than they were typed: who types Latin letters leaves that out."""
        return self.last.isascii()

    def begins(self, name: _Name) -> bool:
        """Whether a name, as it is spelled or as it reads, begins with the last word."""
        sound = name.short_sound if self.any_length else name.sound
        return name.spelling.startswith(self.last) or sound.startswith(self.sounds)


def suggest(q: str, reader: Reader) -> tuple[Suggestion, ...]:
    """Suggest what completes `q`: at most `MOST`, none that says only what was typed; () where nothing was typed."""
    typed = _read(q)
    if typed is None:
        return ()
    words = list(_complete(typed, reader))
    rows = {} if any(map(_is_telling, words)) else dict(islice(_complete_rows(typed, reader), _ROWS_COUNTED))
    named = _places(typed, reader)
    # 福岡 says no more than 福岡県 does.
    said = {fold(q).strip(), *(place.text for place in named), *(place.text[:-1] for place in named)}
    terms = [term for term in _terms(typed, words, rows, reader) if term.text not in said]
    found: dict[str, Suggestion] = {}
    for each in chain(terms, named, _titles(typed, words, rows, reader)):
        if each.text != fold(q).strip():
            found.setdefault(each.text, each)
    return tuple(found.values())[:MOST]


def _read(q: str) -> _Typed | None:
    words = fold(q).lower().split()
    if not words:
        return None
    last = words[-1]
    before = tuple(words[:-1])
    read = read_unfinished(last)
    if read is None:
        return _Typed(before, last, "", ())
    kana, following = read
    heard = short_sound_of if last.isascii() else sound_of
    return _Typed(before, last, kana, tuple(heard(kana + each) for each in following or ("",)))


def _complete(typed: _Typed, reader: Reader) -> Iterator[str]:
    """Give the terms of the index that may be the last word, completed: as it is spelled, then as it reads."""
    spelled = reader.words_spelled(typed.last, limit=_WORDS)
    read = []
    if typed.kana:
        found = reader.words_read(typed.kana, limit=_WORDS * 4, any_length=typed.any_length)
        read = [word for word in found if typed.begins(_name(word.term, word.reading))][:_WORDS]
    mixed = complete_mixed(typed.last, reader)[:_WORDS]
    yield from dict.fromkeys(word.term for word in (*spelled, *read, *mixed))


def _complete_rows(typed: _Typed, reader: Reader) -> Iterator[tuple[str, Units]]:
    """Give rows of words that may be the last word, the last of them completed: 病児保育 for びょうじほい."""
    for units in complete_row(typed.kana or typed.last, reader, any_length=typed.any_length):
        yield "".join(units), units


def _terms(typed: _Typed, words: Sequence[str], rows: Rows, reader: Reader) -> list[Suggestion]:
    """Suggest words that complete the last one, where there are none rows of words."""
    queries: dict[str, Query] = {
        term: _any_of(_TERM_FIELDS, term) for term in list(filter(_is_telling, words))[:_WORDS_COUNTED]
    }
    queries |= {text: _row(_UNIT_FIELDS, units) for text, units in rows.items()}
    before = [_word(_UNIT_FIELDS, word, reader) for word in typed.before]
    found = []
    for term, query in queries.items():
        entries = reader.count(And((*before, query)))
        if entries:
            found.append(Suggestion(" ".join((*typed.before, term)), "term", _LABELS["term"], entries))
    return sorted(found, key=lambda each: -each.entries)[: _MOST_OF_KIND["term"]]


def _places(typed: _Typed, reader: Reader) -> list[Suggestion]:
    if typed.before:
        return []
    fitting = [place.suggestion for place in _known_places(reader) if typed.begins(place.name)]
    return [
        each
        for kind in ("area", "municipality")
        for each in [one for one in fitting if one.kind == kind][: _MOST_OF_KIND[kind]]
    ]


def _titles(typed: _Typed, words: Sequence[str], rows: Rows, reader: Reader) -> list[Suggestion]:
    """Give the titles that begin with what was typed, then those that have all of its words."""
    units = [token.term for token in tokenize(typed.last)]
    last: list[Query] = (
        [And((*(Term("title", unit) for unit in units[:-1]), Prefix("title", units[-1])))] if units else []
    )
    last += [_any_of(_TITLE_FIELDS, term) for term in words]
    last += [_row(("title",), units) for units in rows.values()]
    every = And((*(_word(("title",), word, reader) for word in typed.before), Or(tuple(last))))
    found: dict[str, int] = {}
    for query in (Prefix(HEADING, " ".join((*typed.before, typed.last))), every):
        for title, entries in reader.titles(query, limit=MOST):
            found.setdefault(title, entries)
    return [Suggestion(title, "title", _LABELS["title"], entries) for title, entries in found.items()]


def _word(fields: Sequence[str], word: str, reader: Reader) -> Query:
    """Match a whole word, as it is spelled or as it reads."""
    meanings = [tuple(token.term for token in tokenize(word)), *find_words(word, reader)]
    return Or(tuple(And(tuple(_any_of(fields, unit) for unit in units)) for units in meanings))


def _row(fields: Sequence[str], units: Units) -> Query:
    return Or(tuple(Phrase(name, units) for name in fields))


def _any_of(fields: Sequence[str], term: str) -> Query:
    return Or(tuple(Term(name, term) for name in fields))


def _is_telling(term: str) -> bool:
    return not _SLIGHT.fullmatch(term)


@dataclass(frozen=True, slots=True)
class _KnownPlace:
    """An area or a municipality that has entries, with what it is compared by."""

    name: _Name
    suggestion: Suggestion


@per_generation
def _known_places(reader: Reader) -> tuple[_KnownPlace, ...]:
    """Give the places that have entries, those with most first; worked out once for each generation."""
    found = [*_areas(reader), *_municipalities(reader)]
    return tuple(sorted(found, key=lambda place: (-place.suggestion.entries, place.name.spelling)))


def _areas(reader: Reader) -> Iterator[_KnownPlace]:
    """Give areas, prefectures and 地方: an area of two prefectures has two paths and is one."""
    for name, path in {path.rsplit(LEVEL, 1)[-1]: path for path in reader.facet_values("region")}.items():
        label = "地方" if name in places.BLOCKS else "都道府県" if name in places.PREFECTURES else _LABELS["area"]
        suggestion = Suggestion(name, "area", label, reader.count(Term("region", path)), region=name)
        yield _KnownPlace(_name(fold(name).lower(), readings_of(name)[0]), suggestion)


def _municipalities(reader: Reader) -> Iterator[_KnownPlace]:
    listed = places.municipalities()
    names = Counter(place.name for place in listed)
    for place in listed:
        entries = count_by_municipality(reader).get(place.code, 0)
        if entries:
            # Of two towns of one name, the prefecture tells which.
            text = place.name if names[place.name] == 1 else f"{place.prefecture} {place.name}"
            suggestion = Suggestion(text, "municipality", place.prefecture, entries)
            yield _KnownPlace(_name(fold(place.name), place.reading), suggestion)
