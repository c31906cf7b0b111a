"""The gazetteer: the tables of municipalities, prefectures, 地方 and areas (圏域), and the look-up of each by its name.

Data: `data/municipalities.csv` (全国地方公共団体コード, with readings), `data/former_names.csv` (names given up since 2010, and
whose they are now) and `data/areas.csv` (areas of 連携中枢都市圏 and 定住自立圏, central city, prefectures, members). Names are
compared by their keys, so 塩竈/塩釜 and 龍ヶ崎/龍ケ崎/龍が崎 are one.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.normalize import fold

# 地方 as in the official eight-way division of school atlases and statistics, prefectures in JIS X 0401 order.
BLOCKS: dict[str, tuple[str, ...]] = {
    "北海道地方": ("北海道",),
    "東北地方": ("青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県"),
    "関東地方": ("茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県"),
    "中部地方": (*("新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県"),),
    "近畿地方": ("三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
    "中国地方": ("鳥取県", "島根県", "岡山県", "広島県", "山口県"),
    "四国地方": ("徳島県", "香川県", "愛媛県", "高知県"),
    "九州・沖縄地方": ("福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"),
}
PREFECTURES: tuple[str, ...] = tuple(name for names in BLOCKS.values() for name in names)
_BLOCK_OF = {prefecture: block for block, names in BLOCKS.items() for prefecture in names}
PREFECTURE_NAME = re.compile("|".join(sorted(PREFECTURES, key=len, reverse=True)))
_OTHER_FORMS = str.maketrans("鯵驒礪檮", "鰺騨砺梼")  # of characters in names, beside those that folding knows
# What makes an area's name of the name of its region.
_AREA_SUFFIX = re.compile(
    "(?:(?:地域|広域|圏域|流域)?(?:広域|連携)*(?:中枢)?(?:都市圏域?|定住自立圏|広域圏|圏域?)|地域|広域|流域)+$"
)
_MEMBERS_BEHIND = re.compile(r"[(].*[)]$")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality (city, ward of Tokyo, town, village) with its 6-digit code and reading in katakana."""

    code: str
    prefecture: str
    name: str
    reading: str


@dataclass(frozen=True, slots=True)
class Area:
    """A cooperation area (圏域): official name, scheme, central cities, prefectures in JIS order, members."""

    name: str
    aliases: tuple[str, ...]
    scheme: str
    central: tuple[Municipality, ...]
    prefectures: tuple[str, ...]
    members: tuple[Municipality, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (files("indexer") / "data" / name).open("r", encoding="utf-8") as file:
        yield from csv.DictReader(file)


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Give all municipalities in the order of their codes."""
    return tuple(
        Municipality(row["code"], row["prefecture"], row["municipality"], row["municipality_kana"])
        for row in _rows("municipalities.csv")
        if row["municipality"]
    )


@cache
def prefecture_readings() -> dict[str, str]:
    """Give the reading of each prefecture in katakana, in JIS order."""
    return {row["prefecture"]: row["prefecture_kana"] for row in _rows("municipalities.csv")}


@cache
def _by_code() -> dict[str, Municipality]:
    return {place.code: place for place in municipalities()}


def municipality_of_code(code: str) -> Municipality | None:
    """Give the municipality with this 6-digit code."""
    return _by_code().get(code)


def municipality_called(name: str, prefectures: Collection[str]) -> Municipality | None:
    """Give the municipality of a canonical name: the one in `prefectures`, else that of the whole country.

    None where there are several: a name alone does not tell which 府中市 is meant.
    """
    same = by_name().get(name_key(name), ())
    meant = tuple(place for place in same if place.prefecture in prefectures) or same
    return meant[0] if len(meant) == 1 else None


def name_key(name: str) -> str:
    """Give the spelling by which names are compared; it is as long as the folded text."""
    return fold(name).translate(_OTHER_FORMS)


@cache
def by_name() -> dict[str, tuple[Municipality, ...]]:
    """Give the municipalities of each name, by its key."""
    found: dict[str, list[Municipality]] = defaultdict(list)
    for municipality in municipalities():
        key = name_key(municipality.name)
        for spelling in {key, key.replace("ケ", "が")}:
            found[spelling].append(municipality)
    return {name: tuple(same) for name, same in found.items()}


@cache
def by_former_name() -> dict[str, tuple[Municipality, ...]]:
    """Give the municipalities that bore each name, by its key."""
    return {
        name_key(row["former"]): tuple(
            same for same in by_name()[name_key(row["now"])] if same.prefecture == row["prefecture"]
        )
        for row in _rows("former_names.csv")
    }


@cache
def areas() -> tuple[Area, ...]:
    """Give the areas of the table, in its order."""
    return tuple(
        Area(
            row["name"],
            _split(row["aliases"]),
            row["scheme"],
            read_members(row["central"], _split(row["prefectures"])),
            _split(row["prefectures"]),
            read_members(row["members"], _split(row["prefectures"])),
        )
        for row in _rows("areas.csv")
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def read_members(cell: str, prefectures: Iterable[str]) -> tuple[Municipality, ...]:
    """Read a table's names, parted by ";", in these prefectures; a name that two of them share is written with its own."""
    at_hand = set(prefectures)
    found = []
    for name in _split(cell):
        match = PREFECTURE_NAME.match(name)
        inside = (match.group(),) if match and match.group() != name else at_hand
        bare = name[match.end() :] if match and match.group() != name else name
        found += [same for same in by_name().get(name_key(bare), ()) if same.prefecture in inside][:1]
    return tuple(found)


@cache
def _areasby_name() -> dict[str, Area]:
    return {_area_key(name): area for area in areas() for name in (*area.aliases, area.name)}


@cache
def _areas_by_region() -> dict[str, tuple[Area, ...]]:
    found: defaultdict[str, dict[Area, None]] = defaultdict(dict)
    for key, area in _areasby_name().items():
        found[_AREA_SUFFIX.sub("", key)][area] = None
    return {region: tuple(same) for region, same in found.items()}


def area_region(name: str) -> str:
    """Give the name of an area's region: 備後 of 備後圏域連携中枢都市圏."""
    return _AREA_SUFFIX.sub("", fold(name))


def _area_key(name: str) -> str:
    return re.sub(r"[\s・･]+", "", fold(name))


def find_area(name: str) -> Area | None:
    """Find an area by its name or an alias, whatever white space and variants it is written with.

    The prefecture may stand before it, members in brackets behind, and another word for its kind at the end (備後広域圏)
    where only one area is meant.
    """
    key = _area_key(name)
    bare = _MEMBERS_BEHIND.sub("", key)
    for known in (key, bare, PREFECTURE_NAME.sub("", bare, count=1)):
        if known in _areasby_name():
            return _areasby_name()[known]
    region = _AREA_SUFFIX.sub("", bare)
    meant = _areas_by_region().get(region, ()) if bare.endswith(("圏", "圏域")) else ()
    return meant[0] if len(meant) == 1 else None


def block_of(prefecture: str) -> str:
    """Give the 地方 of a prefecture."""
    return _BLOCK_OF[prefecture]


def is_prefecture(name: str) -> bool:
    """Whether this is the name of a prefecture, in full."""
    return name in _BLOCK_OF


def is_municipality(name: str) -> bool:
    """Whether this is the name of a municipality, variants of its characters included."""
    return name_key(name) in by_name() or name_key(name) in by_former_name()


def in_jis_order(prefectures: Iterable[str]) -> tuple[str, ...]:
    """Sort prefectures by JIS X 0401, each once."""
    return tuple(sorted(set(prefectures), key=PREFECTURES.index))
