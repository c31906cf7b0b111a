"""Areas: those of the gazetteer and those that only documents name, each with the id that its page has.

The id of an area of the gazetteer is made of the codes of its central cities, which stay when an area takes another
name; that of another region is a digest of the name that documents give it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer import places
from indexer.fields import LEVEL
from indexer.normalize import fold
from indexer.places import BLOCKS, Area, Municipality
from indexer.store import Reader
from search_app.params import SearchParams


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area with a page. `area` is None where the gazetteer does not have it.

    `regions` are the names by which documents call it, which are the values of the region facet; none where no
    document is about it. `prefectures` stand in JIS order.
    """

    id: str
    name: str
    area: Area | None
    regions: tuple[str, ...]
    prefectures: tuple[str, ...]

    @property
    def scheme(self) -> str:
        """What kind of area it is, for the reader."""
        return self.area.scheme if self.area else "資料にある地域名"

    @property
    def search(self) -> SearchParams | None:
        """The search for its entries, None where there is none (a search without a region would find all)."""
        return SearchParams(region=self.regions) if self.regions else None


def list_areas(reader: Reader) -> tuple[KnownArea, ...]:
    """List all areas: those of the gazetteer in its order, then the others by name."""
    return tuple(_areas_by_id(reader.facet_values("region")).values())


def find_area(area_id: str, reader: Reader) -> KnownArea | None:
    """Find the area with this id."""
    return _areas_by_id(reader.facet_values("region")).get(area_id)


def area_of_region(region: str, reader: Reader) -> KnownArea | None:
    """Find the area that documents or the gazetteer call so."""
    return find_area(_id_of(region), reader)


def areas_of(place: Municipality, reader: Reader) -> tuple[KnownArea, ...]:
    """List the areas of the gazetteer that a municipality is a member of."""
    return tuple(known for known in list_areas(reader) if known.area and place in known.area.members)


def _id_of(region: str) -> str:
    area = places.find_area(region)
    if area:
        return "-".join(place.code for place in area.central)
    name = "".join(fold(region).split()).replace(",", "、")  # commas as the index keeps them
    return "x" + hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=5).hexdigest()


@lru_cache(maxsize=4)
def _areas_by_id(values: tuple[str, ...]) -> dict[str, KnownArea]:
    """Make the areas of an index whose region facet has these values (the same tuple as long as it is open)."""
    regions: defaultdict[str, dict[str, None]] = defaultdict(dict)
    prefectures: defaultdict[str, set[str]] = defaultdict(set)
    for region, prefecture in _named_regions(values):
        regions[_id_of(region)][region] = None
        prefectures[_id_of(region)].update(prefecture)
    known = {
        area_id: KnownArea(area_id, area.name, area, tuple(regions.pop(area_id, ())), area.prefectures)
        for area_id, area in ((_id_of(area.name), area) for area in places.areas())
    }
    for area_id, names in sorted(regions.items(), key=lambda pair: min(pair[1])):
        inside = places.in_jis_order(prefectures[area_id])
        known[area_id] = KnownArea(area_id, min(names), None, tuple(names), inside)
    return known


def _named_regions(values: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the names of areas among the values of the facet, each with its prefecture where the path has one."""
    for value in values:
        levels = value.split(LEVEL)
        if len(levels) == 3:
            yield levels[2], (levels[1],)
        elif len(levels) == 1 and value not in BLOCKS:  # no prefecture is known
            yield value, ()
