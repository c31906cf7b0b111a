"""What the cells of a column look like: the text of a cell in, how odd it would be there out.

Costs are on the scale of a log likelihood: 1 is a slight surprise, 3 is odd, 6 hardly ever.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from indexer.categories import CATEGORIES
from indexer.lines.bullets import BULLETS
from indexer.lines.wrapped_lines import CLOSING, NO_LINE_START, OPENING, ends_sentence
from indexer.places import find_municipalities, find_prefectures, is_municipality, is_prefecture

Role = Literal["region", "area", "title", "partners", "body", "started", "field", "mark", "number", "other"]

NEVER = 1000.0
# An empty cell: the city is merged with the one above, the agreement has no date.
ABSENT: Mapping[Role, float] = {
    "region": 5.0,
    "area": 5.0,
    "title": 9.0,
    "partners": 6.0,
    "body": 6.0,
    "field": 4.0,
    "started": 2.0,
    "mark": 1.0,
    "number": 2.0,
    "other": 2.0,
}

_CUT_OFF = re.compile(r"[、，・をがはのに]$")
_TORN = re.compile("[市区町村]長?[、，・）)]|[市区町村]長?$")  # the end of a name
_LISTED = re.compile("[市区町村県府都][、，]")
_ENCLOSED = re.compile(r"[(（][^()（）]*[)）]")
_TITLE_WORD = re.compile("協議会|連絡会|懇談会|懇話会|会議|委員会|機構|協定|事業|事務|取組")
_TITLE_END = re.compile(
    "(?:会議?|組合|連合|企業団|機構|センター|チーム|サミット|協定|計画|構想|制度|サービス|ネットワーク|事業|事務|業務"
    "|取り?組み?|連携|交流|利用|活用|委託|応援|支援|整備|検討|向上|促進|強化|受入れ?)[)）」』]?$"
)
_DATE = re.compile(r"[0-9０-９元]\s*(?:年|[./．／])|[HSRＨＳＲ]\s*[0-9０-９]|未定|随時")
_MARK = re.compile("[○◯〇●◎×✕－―-]")
_NUMBER = re.compile("[0-9０-９]+[件.．]?")
_CITY_SHAPE = re.compile(r"\w{1,7}[市区町村]")
_AREA_END = re.compile(r"圏域?(?:[(（].*[)）])?$")
_FIELDS = frozenset(CATEGORIES.values())
_FIELD_SHAPE = re.compile(r"その他(?:[(（].*[)）])?")
_BETWEEN_NAMES = re.compile(r"[\s、,・()\[\]【】「」]+")
_ORGANISATION = re.compile(
    "[0-9一二三四五六七八九十百千]*(?:市区町村|市町村|市町|町村|都道府県|府県|市|区|町|村|県|自治体|都市|団体|機関)長?"
    "|(?:一部事務|広域)?(?:組合|連合|企業団|協議会|連絡会|委員会|本部|機構|公社|財団|法人|会議所|商工会|大学|学校|企業|会社|病院)"
    "|全国|全域|[県府都道圏管]内|[県府]下|近隣|周辺|隣接|沿線|構成|関係|経済|合計|及び|並びに|および|ほか|など|[他外等全各内計国の]"
)


def is_place(text: str) -> bool:
    """Whether a text is the name of a municipality or prefecture and nothing else."""
    return is_municipality(text) or is_prefecture(text)


@lru_cache(maxsize=50_000)
def text_cost(text: str, role: Role) -> float:
    """Judge the whole text of a cell by what a column of this role holds."""
    cost = 4.0 if text[0] in NO_LINE_START and not (role == "body" and text[0] in BULLETS) else 0.0
    match role:
        case "region":
            return cost + _region_cost(text)
        case "area":
            return cost + (0.0 if _AREA_END.search(text) else 2.0) + 0.05 * max(0, len(text) - 20)
        case "started":
            return cost + (0.0 if _DATE.search(text) else 2.5) + 0.05 * len(text)
        case "mark":
            return 0.0 if _MARK.fullmatch(text) else NEVER
        case "number":
            return 0.0 if _NUMBER.fullmatch(text) else NEVER
        case "field":
            return cost + (0.0 if text in _FIELDS or _FIELD_SHAPE.fullmatch(text) else 0.7 + 0.05 * len(text))
        case "other":
            return cost + 0.05 * len(text)
        case _:
            return cost + _phrase_cost(text, role)


def _phrase_cost(text: str, role: Role) -> float:
    cost = 2.0 if _count(text, OPENING) != _count(text, CLOSING) else 0.0
    cost += 2.5 if _CUT_OFF.search(text) else 0.0
    cost += 2.0 if _TORN.match(text) else 0.0
    match role:
        case "title":
            cost += 0.0 if _TITLE_END.search(text) else 0.6
            cost += 1.5 if share_of_names(text) > 0.9 else 0.0
            cost += min(3.0, 1.0 * len(_LISTED.findall(text)))
            return cost + 3.0 * text.count("。") + 0.1 * max(0, len(text) - 45)
        case "partners":
            cost += 1.0 if _ENCLOSED.fullmatch(text) or _TITLE_WORD.match(text) else 0.0
            return cost + 4.0 * text.count("。") + (2.5 + 0.06 * len(text)) * (1 - share_of_names(text))
        case _:
            cost += 0.0 if "。" in text else 2.0
            return cost + (0.0 if ends_sentence(text) else 1.5) + 0.1 * max(0, 20 - len(text))


def _count(text: str, characters: str) -> int:
    return sum(map(text.count, characters))


def _region_cost(text: str) -> float:
    if is_place(text):
        return 0.0
    if is_municipality(text + "市"):
        return 1.5
    return 3.0 if _CITY_SHAPE.fullmatch(text) else NEVER


def share_of_names(text: str) -> float:
    """Give the share of a text that names municipalities, prefectures and bodies; brackets and commas aside."""
    parts = [part for part in _BETWEEN_NAMES.split(unicodedata.normalize("NFKC", text)) if part]
    unnamed = sum(_unnamed_length(part) for part in parts)
    return 1 - unnamed / max(1, sum(len(part) for part in parts))


@lru_cache(maxsize=50_000)
def _unnamed_length(part: str) -> int:
    rest = part
    for mention in reversed(find_municipalities(part)):
        rest = rest[: mention.start] + rest[mention.end :]
    for name in find_prefectures(rest):
        rest = rest.replace(name, "")
    return len(_ORGANISATION.sub("", rest))
