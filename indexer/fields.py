"""The fields of the index: what an entry is found by and narrowed by, in one visible table.

To add a facet: one line here, one in `search_app.facets.FACETS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer import places
from indexer.records import Entry
from indexer.tokens import Unit

# Between the levels of a value that has parents: 中国地方›岡山県›備後圏域.
LEVEL = "›"


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of tokens. `weight` is what a match here counts beside the others; `units` are never mixed."""

    name: str
    units: Unit
    weight: float
    text: Callable[[Entry], str]


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field of exact values to narrow by; a value with parents is a path of levels."""

    name: str
    values: Callable[[Entry], Iterable[str]]


def _title(entry: Entry) -> str:
    return "\n".join(part for part in (entry.title, entry.subtitle) if part)


def _body(entry: Entry) -> str:
    return entry.body


def _place(entry: Entry) -> str:
    """Give every name by which the place of an entry is looked for, the members of its area included."""
    area = places.find_area(entry.region) if entry.region else None
    names = [entry.region, *entry.prefectures, *map(places.block_of, entry.prefectures), *entry.municipalities]
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


def _municipality(entry: Entry) -> Iterable[str]:
    """Give codes: a name is shared by several municipalities, a code is not."""
    for name in entry.municipalities:
        for place in places.municipalities_called(name, entry.prefectures):
            yield place.code


def _year(entry: Entry) -> Iterable[str]:
    if entry.fiscal_year:
        yield str(entry.fiscal_year)


def _kind(entry: Entry) -> Iterable[str]:
    yield entry.kind


# Weights: a word in the title says what an initiative is; the place is a good hint, but not what it is about.
TEXT_FIELDS: tuple[TextField, ...] = (
    TextField("title", "A", 3.0, _title),
    TextField("title_c", "C", 1.5, _title),
    TextField("body", "A", 1.0, _body),
    TextField("body_c", "C", 0.5, _body),
    TextField("place", "A", 1.0, _place),
)
FACET_FIELDS: tuple[FacetField, ...] = (
    FacetField("region", _region),
    FacetField("municipality", _municipality),
    FacetField("category", _category),
    FacetField("year", _year),
    FacetField("kind", _kind),
)
