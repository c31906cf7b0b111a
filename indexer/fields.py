"""The fields of the index: what an entry is found by and narrowed by, in one visible table.

To add a facet, begin with a line here; README tells what else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from indexer import places
from indexer.normalize import fold
from indexer.records import Entry
from indexer.tokens import Unit
from indexer.years import find_hits

# Between the levels of a value that has parents: 中国地方›岡山県›備後圏域.
LEVEL = "›"
# The exact field of titles, as they are: what is suggested is counted by it.
HEADING = "heading"
# The facet that hits are ordered by: the 年度 of their document.
YEAR = "year"
# Fields of municipalities' codes: of those that take part, and of the members of the area.
CODE_FIELDS = ("municipality", "member")


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of tokens. `weight` is what a match here counts beside the others; `units` are never mixed."""

    name: str
    units: Unit
    weight: float
    text: Callable[[Entry], str]


@dataclass(frozen=True, slots=True)
class ExactField:
    """A field of values that are searched as they are, never cut; a value with parents is a path of levels."""

    name: str
    values: Callable[[Entry], Iterable[str]]


def _title(entry: Entry) -> str:
    return "\n".join(part for part in (entry.title, entry.subtitle) if part)


def _body(entry: Entry) -> str:
    return entry.body


def _place(entry: Entry) -> str:
    """Give every name by which the place of an entry is looked for, the members of its area included."""
    return _place_names(entry.region, entry.prefectures, entry.municipalities)


@lru_cache(maxsize=10_000)  # the entries of an area share theirs, and each page of hits asks for them again
def _place_names(region: str | None, prefectures: tuple[str, ...], municipalities: tuple[str, ...]) -> str:
    area = places.find_area(region) if region else None
    names = [region, *prefectures, *map(places.block_of, prefectures), *municipalities]
    if area:
        names += [*area.aliases, *(member.name for member in area.members)]
    return "\n".join(dict.fromkeys(name for name in names if name))


def _region(entry: Entry) -> Iterable[str]:
    for prefecture in entry.prefectures:
        block = places.block_of(prefecture)
        yield block
        yield block + LEVEL + prefecture
        if entry.region:
            yield LEVEL.join((block, prefecture, entry.region))
    if entry.region and not entry.prefectures:
        yield entry.region


def _category(entry: Entry) -> Iterable[str]:
    pillar = entry.category[0] if entry.category else entry.pillar
    if pillar:
        yield pillar
    if entry.category:
        yield LEVEL.join((entry.category[0], entry.category))


def _year(entry: Entry) -> Iterable[str]:
    if entry.fiscal_year:
        yield str(entry.fiscal_year)


def _start(entry: Entry) -> Iterable[str]:
    if entry.start_year:
        yield str(entry.start_year)


def _kind(entry: Entry) -> Iterable[str]:
    yield entry.kind


def _told_years(entry: Entry) -> Iterable[str]:
    """Give every year that the text tells, however it is written: R6 and 令和6年 are 2024."""
    for text in (_title(entry), entry.body):
        for hit in find_hits(fold(text)):
            yield str(hit.year)


def _municipalities(entry: Entry) -> Iterable[str]:
    """Give the codes of the municipalities that take part: two towns of one name are two."""
    yield from _codes_of(entry.municipalities, entry.prefectures)


@lru_cache(maxsize=10_000)
def _codes_of(names: tuple[str, ...], prefectures: tuple[str, ...]) -> tuple[str, ...]:
    called = (places.municipality_called(name, prefectures) for name in names)
    return tuple(place.code for place in called if place)


def _members(entry: Entry) -> Iterable[str]:
    """Give the codes of the members of the entry's area, whether or not the text names them."""
    area = places.find_area(entry.region) if entry.region else None
    for member in area.members if area else ():
        yield member.code


def _heading(entry: Entry) -> Iterable[str]:
    """Give the title on one line: what differs in white space alone is one title."""
    title = " ".join(entry.title.split())
    if title:
        yield title


# Weights: a word in the title says what an initiative is; the place is a good hint, but not what it is about.
TEXT_FIELDS: tuple[TextField, ...] = (
    TextField("title", "A", 3.0, _title),
    TextField("title_c", "C", 1.5, _title),
    TextField("body", "A", 1.0, _body),
    TextField("body_c", "C", 0.5, _body),
    TextField("place", "A", 1.0, _place),
)
# Fields of short units, which every word is looked for in; of these, the ones that tell the subject: a synonym is not
# looked for in names of places.
SHORT_FIELDS = tuple(field for field in TEXT_FIELDS if field.units == "A")
SUBJECT_FIELDS = tuple(field for field in SHORT_FIELDS if field.name != "place")
LONG_FIELDS = tuple(field for field in TEXT_FIELDS if field.units == "C")
# Fields that a word is looked for in together, by name, the smaller one first.
JOINT_FIELDS: tuple[tuple[str, str], ...] = (("title", "body"), ("title_c", "body_c"))
# What hits are narrowed by and counted by.
FACET_FIELDS: tuple[ExactField, ...] = (
    ExactField("region", _region),
    ExactField("category", _category),
    ExactField(YEAR, _year),
    ExactField("start", _start),
    ExactField("kind", _kind),
)
# What queries ask for beside words.
EXACT_FIELDS: tuple[ExactField, ...] = (
    ExactField("told_year", _told_years),
    ExactField(CODE_FIELDS[0], _municipalities),
    ExactField(CODE_FIELDS[1], _members),
    ExactField(HEADING, _heading),
)
