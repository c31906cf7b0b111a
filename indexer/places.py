"""The gazetteer: municipalities, prefectures, 地方 and areas (圏域), and how names in a text resolve to them.

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
_PREFECTURE = re.compile("|".join(sorted(PREFECTURES, key=len, reverse=True)))
# A city whose name is an ordinary word: taken only where its prefecture is at hand (神戸市立中央市民病院 names none).
_ORDINARY_WORDS = {"中央市"}
_LONGEST_NAME = 8
_KANJI = re.compile("[一-鿿々]")
_OTHER_FORMS = str.maketrans("鯵驒礪檮", "鰺騨砺梼")  # of characters in names, beside those that folding knows
# What makes an area's name of the name of its region.
_AREA_SUFFIX = re.compile(
    "(?:(?:地域|広域|圏域|流域)?(?:広域|連携)*(?:中枢)?(?:都市圏域?|定住自立圏|広域圏|圏域?)|地域|広域|流域)+$"
)
_MEMBERS_BEHIND = re.compile(r"[(].*[)]$")
# In a list of partners: names apart, with the notes that stand between them.
_LIST_PART = re.compile(r"[^、,，・･/／\s()（）【】\[\]及並び]+")


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


@dataclass(frozen=True, slots=True)
class Mention:
    """A municipality's name in a text, at [start, end) of it: more than one candidate where the name is shared."""

    start: int
    end: int
    candidates: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """What an entry's places resolved to: prefectures in JIS order, municipalities in the order of the text."""

    prefectures: tuple[str, ...]
    municipalities: tuple[Municipality, ...]


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
    same = _by_name().get(name_key(name), ())
    meant = tuple(place for place in same if place.prefecture in prefectures) or same
    return meant[0] if len(meant) == 1 else None


def name_key(name: str) -> str:
    """Give the spelling by which names are compared; it is as long as the folded text."""
    return fold(name).translate(_OTHER_FORMS)


@cache
def _by_name() -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, list[Municipality]] = defaultdict(list)
    for municipality in municipalities():
        key = name_key(municipality.name)
        for spelling in {key, key.replace("ケ", "が")}:
            found[spelling].append(municipality)
    return {name: tuple(same) for name, same in found.items()}


@cache
def _by_former_name() -> dict[str, tuple[Municipality, ...]]:
    return {
        name_key(row["former"]): tuple(
            same for same in _by_name()[name_key(row["now"])] if same.prefecture == row["prefecture"]
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
        match = _PREFECTURE.match(name)
        inside = (match.group(),) if match and match.group() != name else at_hand
        bare = name[match.end() :] if match and match.group() != name else name
        found += [same for same in _by_name().get(name_key(bare), ()) if same.prefecture in inside][:1]
    return tuple(found)


@cache
def _areas_by_name() -> dict[str, Area]:
    return {_area_key(name): area for area in areas() for name in (*area.aliases, area.name)}


@cache
def _areas_by_region() -> dict[str, tuple[Area, ...]]:
    found: defaultdict[str, dict[Area, None]] = defaultdict(dict)
    for key, area in _areas_by_name().items():
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
    for known in (key, bare, _PREFECTURE.sub("", bare, count=1)):
        if known in _areas_by_name():
            return _areas_by_name()[known]
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
    return name_key(name) in _by_name() or name_key(name) in _by_former_name()


def in_jis_order(prefectures: Iterable[str]) -> tuple[str, ...]:
    """Sort prefectures by JIS X 0401, each once."""
    return tuple(sorted(set(prefectures), key=PREFECTURES.index))


def find_prefectures(text: str) -> tuple[str, ...]:
    """Find the prefectures that a text names in full, in JIS order."""
    return in_jis_order(match.group() for match in _PREFECTURE.finditer(fold(text)))


def find_municipalities(text: str) -> list[Mention]:
    """Find the names of municipalities in a text, the longest at each place; offsets are those of the folded text."""
    folded = name_key(text)
    prefecture_spans = [(match.start(), match.end()) for match in _PREFECTURE.finditer(folded)]
    mentions: list[Mention] = []
    for suffix in re.finditer("[市区町村]", folded):
        end = suffix.end()
        if folded.startswith(("場", "販"), end):  # 中央市場, 市販: no city
            continue
        for start in range(max(0, end - _LONGEST_NAME), end - 1):
            candidates = _candidates(folded[start:end], text)
            if candidates and _stands_alone(folded, start, end, prefecture_spans):
                mentions.append(Mention(start, end, candidates))
                break
    return mentions


def _candidates(name: str, text: str) -> tuple[Municipality, ...]:
    """Give the municipalities of a name, those that `text` spells as they do where there are some (鹿嶋市, 鹿島市)."""
    now = _by_name().get(name, ())
    spelled = tuple(place for place in now if place.name in text) if len(now) > 1 else now
    return (*(spelled or now), *_by_former_name().get(name, ()))


def _stands_alone(text: str, start: int, end: int, prefecture_spans: list[tuple[int, int]]) -> bool:
    """Whether a name found by its letters is a name there, not the tail of another word (東[京都市]部, 機[関市]町)."""
    if any(first < end and start < last for first, last in prefecture_spans):
        return False
    before = text[start - 1 : start]
    after_prefecture = any(last == start for _, last in prefecture_spans)
    if text[end - 1] == "区" and before == "市":  # a ward of a designated city
        return False
    return end - start > 2 or after_prefecture or before == "郡" or not _KANJI.match(before)


def _choose(mention: Mention, text: str, prefectures: Iterable[str]) -> Municipality | None:
    """Choose among same-named municipalities: by the last of their prefectures named before, then by those at hand.

    A former name counts only with its prefecture: many live on as names of quarters.
    """
    at_hand = set(prefectures)
    candidates = mention.candidates
    named_before = [(text.rfind(candidate.prefecture, 0, mention.start), candidate) for candidate in candidates]
    last, nearest = max(named_before, key=lambda pair: pair[0])
    if last >= 0:
        return nearest
    fitting = [candidate for candidate in candidates if candidate.prefecture in at_hand]
    if len(fitting) == 1:
        return fitting[0]
    now = [place for place in candidates if place in _by_name().get(text[mention.start : mention.end], ())]
    return now[0] if len(now) == 1 and now[0].name not in _ORDINARY_WORDS else None


def named_municipalities(text: str, *, prefectures: Iterable[str] = ()) -> tuple[Municipality, ...]:
    """Resolve the municipalities named in a text, each once, in its order.

    A name that several share is resolved by the prefecture named before it, then by `prefectures`, or where there are
    none by those of the other places of the text; where that decides nothing, it is left out.
    """
    return tuple(dict.fromkeys(place for _, place in _resolve(text, set(prefectures))))


def _resolve(text: str, at_hand: set[str]) -> list[tuple[Mention, Municipality]]:
    folded = name_key(text)
    mentions = find_municipalities(text)
    if not at_hand:
        at_hand = {place.prefecture for place in (_choose(mention, folded, ()) for mention in mentions) if place}
        at_hand.update(find_prefectures(text))
    chosen = ((mention, _choose(mention, folded, at_hand)) for mention in mentions)
    return [(mention, place) for mention, place in chosen if place]


def listed_municipalities(text: str, *, prefectures: Iterable[str] = ()) -> tuple[Municipality, ...]:
    """Resolve a list of partners, in which a city may stand without 市 (前橋・高崎), each once, in its order.

    Only parts that are a whole name but for the suffix count, those of towns and villages only in a prefecture at hand
    where there are such.
    """
    at_hand = set(prefectures)
    named = _resolve(text, at_hand)
    at_hand.update(place.prefecture for _, place in named)
    found: dict[Municipality, None] = {}
    for part in _LIST_PART.finditer(name_key(text)):
        whole = [place for mention, place in named if part.start() <= mention.start < part.end()]
        found.update(dict.fromkeys(whole or _complete_name(part.group(), at_hand)))
    return tuple(found)


def _complete_name(name: str, at_hand: set[str]) -> list[Municipality]:
    """Give the municipality that is called so without its suffix, of cities first; none or one."""
    places = [place for suffix in "市町村区" for place in _by_name().get(name + suffix, ())]
    near = [place for place in places if place.prefecture in at_hand]
    cities = [place for place in places if place.name.endswith("市")]
    return (near or cities or ([] if at_hand else places))[:1]
