"""The names by which queries ask for places: each name → all places that bear it, made once and kept.

Beside the gazetteer of `indexer.places` stand tables of their own: `data/provinces.csv` (the old provinces, by the
municipalities that lie in them today, as far as these follow the old borders), `data/regions.csv` (山陰, 首都圏) and
`data/ordinary_words.csv` (what is no place without its suffix). Names are keys of `places.name_key`; readings are in
hiragana.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from indexer import places
from indexer.fields import LEVEL
from indexer.places import Area, Municipality

Kind = Literal["block", "prefecture", "area", "municipality", "province", "border"]
Names = dict[str, tuple["Place", ...]]

_KINDS: tuple[Kind, ...] = ("prefecture", "block", "municipality", "area", "province", "border")  # towns come last
_DESIGNATED = {"100", "130", "140", "150"}  # 政令指定都市, by the digits of the code behind those of the prefecture
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヷ"))}
_SUFFIX_READINGS = ("シ", "チョウ", "マチ", "ムラ", "ソン", "ク", "ケン", "フ", "ト")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a name may mean.

    `name` is in full, with the prefecture behind a shared one: 府中市（広島県）. `facet_values` are the paths of the region
    facet to offer: of a municipality those of its areas, of an area one for each prefecture and name. `codes` are those of
    the municipalities that are meant, in their order.
    """

    kind: Kind
    name: str
    facet_values: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A province or a region: its names, its prefectures, the municipalities in it."""

    name: str
    aliases: tuple[str, ...]
    reading: str
    prefectures: tuple[str, ...]
    members: tuple[Municipality, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (files("search_app") / "data" / name).open("r", encoding="utf-8") as file:
        yield from csv.DictReader(file)


@cache
def _ordinary_words() -> dict[str, frozenset[str]]:
    """Give words that are more than the short name of a place (中央, 昭和), or than its reading (みなと, サイト)."""
    return {row["instead_of"]: frozenset(row["words"].split()) for row in _rows("ordinary_words.csv")}


@cache
def provinces() -> tuple[Group, ...]:
    """Give the old provinces, in the order of the table."""
    return tuple(
        Group(row["name"] + "国", (row["name"],), row["reading"], tuple(row["prefectures"].split(";")), _members(row))
        for row in _rows("provinces.csv")
    )


@cache
def regions() -> tuple[Group, ...]:
    """Give the 地方 of the facet and the other regions of prefectures."""
    rows = {row["name"]: row for row in _rows("regions.csv")}
    official = {
        name: {"aliases": "", "prefectures": ";".join(prefectures)} for name, prefectures in places.BLOCKS.items()
    }
    found = []
    for name, row in (official | rows).items():
        prefectures = tuple(row["prefectures"].split(";"))
        aliases = (name.removesuffix("地方"), *filter(None, row["aliases"].split(";")))
        found.append(Group(name, tuple(dict.fromkeys(aliases)), "", prefectures, _all_of(prefectures)))
    return tuple(found)


def _members(row: dict[str, str]) -> tuple[Municipality, ...]:
    """Read the members of a province: municipalities, whole prefectures, and what is taken away from these (-佐渡市)."""
    prefectures = tuple(row["prefectures"].split(";"))
    found: dict[Municipality, None] = {}
    for name in row["members"].split(";"):
        inside = _all_of([name]) if places.is_prefecture(name) else places.read_members(name.lstrip("-"), prefectures)
        for member in inside:
            if name.startswith("-"):
                found.pop(member, None)
            else:
                found[member] = None
    return tuple(sorted(found, key=lambda member: member.code))


@cache
def _by_prefecture() -> dict[str, tuple[Municipality, ...]]:
    found: defaultdict[str, list[Municipality]] = defaultdict(list)
    for municipality in places.municipalities():
        found[municipality.prefecture].append(municipality)
    return {prefecture: tuple(inside) for prefecture, inside in found.items()}


def _all_of(prefectures: Iterable[str]) -> tuple[Municipality, ...]:
    return tuple(place for prefecture in prefectures for place in _by_prefecture()[prefecture])


def _codes(members: Iterable[Municipality]) -> tuple[str, ...]:
    return tuple(member.code for member in members)


def _path(prefecture: str) -> str:
    return places.block_of(prefecture) + LEVEL + prefecture


@cache
def area_place(area: Area) -> Place:
    """Give an area as a place; documents call it by its name or an alias, in each of its prefectures."""
    names = (area.name, *area.aliases)
    values = tuple(LEVEL.join((_path(prefecture), name)) for prefecture in area.prefectures for name in names)
    return Place("area", area.name, values, _codes(area.members))


@cache
def _areas_of() -> dict[str, tuple[Area, ...]]:
    found: defaultdict[str, list[Area]] = defaultdict(list)
    for area in places.areas():
        for member in area.members:
            found[member.code].append(area)
    return {code: tuple(inside) for code, inside in found.items()}


@cache
def _shared_names() -> frozenset[str]:
    seen: defaultdict[str, int] = defaultdict(int)
    for municipality in places.municipalities():
        seen[municipality.name] += 1
    return frozenset(name for name, count in seen.items() if count > 1)


@cache
def municipality_place(municipality: Municipality) -> Place:
    """Give a municipality as a place."""
    shared = municipality.name in _shared_names()
    name = f"{municipality.name}（{municipality.prefecture}）" if shared else municipality.name
    values = tuple(value for area in _areas_of().get(municipality.code, ()) for value in area_place(area).facet_values)
    return Place("municipality", name, values, (municipality.code,))


@cache
def prefecture_place(prefecture: str) -> Place:
    """Give a prefecture as a place."""
    return Place("prefecture", prefecture, (_path(prefecture),), _codes(_by_prefecture()[prefecture]))


@cache
def border_place() -> Place:
    """Give the areas that lie in several prefectures as one place."""
    over = [area for area in places.areas() if len(area.prefectures) > 1]
    values = (value for area in over for value in area_place(area).facet_values)
    codes = {member.code for area in over for member in area.members}
    return Place("border", "県境をまたぐ圏域", tuple(values), tuple(sorted(codes)))


def _region_place(region: Group) -> Place:
    whole = region.name in places.BLOCKS
    values = (region.name,) if whole else tuple(map(_path, region.prefectures))
    return Place("block", region.name, values, _codes(region.members))


def _province_place(province: Group) -> Place:
    """Give a province: the areas that bear its name, else its prefectures."""
    (bare,) = province.aliases
    named = [area for area in places.areas() if any(bare in name for name in (area.name, *area.aliases))]
    inside = [area for area in named if set(area.prefectures) & set(province.prefectures)]
    values = [value for area in inside for value in area_place(area).facet_values]
    whole = set(province.members) == set(_all_of(province.prefectures))
    paths = tuple(map(_path, province.prefectures))
    return Place("province", province.name, paths if whole or not values else tuple(values), _codes(province.members))


@cache
def full_names() -> Names:
    """Give the names that mean a place wherever they stand: prefectures, 地方, areas, provinces with 国."""
    found: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    for prefecture in places.PREFECTURES:
        found[prefecture][prefecture_place(prefecture)] = None
    for region in regions():
        for name in (region.name, *region.aliases):
            if name.endswith(("地方", "圏", "県")):
                found[places.name_key(name)][_region_place(region)] = None
    for province in provinces():
        found[places.name_key(province.name)][_province_place(province)] = None
    for area in places.areas():
        for name in (area.name, *area.aliases, *_without_scheme(area)):
            found[places.name_key(name)][area_place(area)] = None
    return {name: tuple(same) for name, same in found.items()}


def _without_scheme(area: Area) -> Iterator[str]:
    """Give the names that are left without the scheme's: 高梁川流域 of 高梁川流域連携中枢都市圏."""
    for scheme in ("連携中枢都市圏", "定住自立圏"):
        rest = area.name.removesuffix(scheme)
        if rest.endswith(("流域", "圏域", "地域")):
            yield rest


@cache
def short_names() -> Names:
    """Give the names without their suffix, and with them every place so called, the widest known first.

    Where a prefecture, a 地方 or a 政令指定都市 is called so, towns and villages of the name are left to their full name.
    """
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for name, place in _named():
        key = places.name_key(name)
        if len(key) > 1 and key not in _ordinary_words()["name"]:
            found[key].add(place)
    return {name: _in_order(same) for name, same in found.items()}


def _named() -> Iterator[tuple[str, Place]]:
    """Give each name without a suffix, and the place."""
    for prefecture in places.PREFECTURES:
        yield short_prefecture(prefecture), prefecture_place(prefecture)
    for region in regions():
        for name in (region.name, *region.aliases):
            yield name, _region_place(region)
    for municipality in places.municipalities():
        yield municipality.name[:-1], municipality_place(municipality)
    for area in places.areas():
        for name in (area.name, *area.aliases):
            bare = places.area_region(name)
            if not bare.endswith(("市", "町", "村")):
                yield bare, area_place(area)
    for province in provinces():
        yield province.aliases[0], _province_place(province)


def short_prefecture(prefecture: str) -> str:
    """Give the name of a prefecture without 県, 府, 都."""
    return prefecture if prefecture == "北海道" else prefecture[:-1]


def _is_town(place: Place) -> bool:
    return place.kind == "municipality" and place.name.split("（")[0].endswith(("町", "村"))


def _in_order(same: Iterable[Place]) -> tuple[Place, ...]:
    """Order places of one name, and leave out towns beside a prefecture, a 地方 or a 政令指定都市."""
    known = any(place.kind in ("prefecture", "block") or place.codes[0][2:5] in _DESIGNATED for place in same)
    kept = [place for place in same if not (known and _is_town(place))]
    return tuple(sorted(kept, key=lambda place: (_is_town(place), _KINDS.index(place.kind), place.codes[0])))


@cache
def readings() -> Names:
    """Give what words in hiragana mean: the reading of a name, with or without that of its suffix."""
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for municipality in places.municipalities():
        _add_reading(found, municipality.reading, municipality.name[:-1], municipality_place(municipality))
    for prefecture, reading in places.prefecture_readings().items():
        _add_reading(found, reading, short_prefecture(prefecture), prefecture_place(prefecture))
    for province in provinces():
        found[province.reading].update(short_names().get(province.aliases[0], ()))
    for name, same in short_names().items():
        if to_hiragana(name) in found:
            found[to_hiragana(name)].update(same)
    return {name: _in_order(same) for name, same in found.items() if len(name) > 2 and same}


def _add_reading(found: dict[str, set[Place]], reading: str, short_name: str, whole: Place) -> None:
    suffix = next((suffix for suffix in _SUFFIX_READINGS if reading.endswith(suffix)), "")
    found[to_hiragana(reading)].add(whole)
    found[to_hiragana(reading.removesuffix(suffix))].update(short_names().get(places.name_key(short_name), ()))


def to_hiragana(text: str) -> str:
    """Write katakana as hiragana."""
    return text.translate(_TO_HIRAGANA)


def is_ordinary_kana(word: str) -> bool:
    """Whether a word in kana is a word first (みなと, サイト)."""
    ordinary = _ordinary_words()["reading"]
    return word in ordinary or to_hiragana(word) in ordinary
