"""Browsing: the counts and the first entries of a search without words, for pages that show what there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.engine.base import Everything
from indexer.fields import FACET_FIELDS, LEVEL
from indexer.records import Entry
from indexer.store import Reader
from search_app.areas import KnownArea, area_of_region
from search_app.facets import make_filters
from search_app.params import SearchParams
from search_app.search import narrow_query

_SAME_AREA = 5  # titles of the same area on an entry page


@dataclass(frozen=True, slots=True)
class Browsed:
    """What the filters of a search leave: how many entries, the first of them, counts per facet and value.

    Values stand without those above them: ウ-A-d, 広島県. As on the search page, a facet's counts leave out its own filter.
    """

    total: int
    entries: tuple[Entry, ...]
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class SameArea:
    """The area of an entry, how many initiatives it has in all, and some of them beside that entry."""

    area: KnownArea
    total: int
    entries: tuple[Entry, ...]


NOTHING = Browsed(0, (), {field.name: {} for field in FACET_FIELDS})


def browse(params: SearchParams | None, reader: Reader, *, limit: int = 0) -> Browsed:
    """Give what the filters of `params` leave, newest first, with at most `limit` entries; None leaves nothing."""
    if params is None:
        return NOTHING
    filters = make_filters(params, reader)
    query = narrow_query(Everything(), params)
    result = reader.search(query, filters=filters, order="newest", offset=0, limit=limit)
    entries = tuple(reader.entry_at(int(number)) for number in result.numbers)
    counts = {
        name: {path.rsplit(LEVEL, 1)[-1]: count for path, count in counted.items()}
        for name, counted in result.counts.items()
    }
    return Browsed(result.total, entries, counts)


def browse_same_area(entry: Entry, reader: Reader) -> SameArea | None:
    """Give what else there is of the area of an entry; None where its document names none."""
    area = area_of_region(entry.region, reader) if entry.region else None
    if area is None:
        return None
    params = area.search and replace(area.search, kind=("initiative",))
    found = browse(params, reader, limit=_SAME_AREA + 1)
    others = [other for other in found.entries if other.id != entry.id]
    return SameArea(area, found.total, tuple(others[:_SAME_AREA]))
