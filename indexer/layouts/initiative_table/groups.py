"""What stands between the rows of a table of initiatives: a text in, what it is out (note, total, group, place)."""

from __future__ import annotations

import re

from indexer.lines.headings import clean_title, find_pillar
from indexer.lines.numbering import parse_number
from indexer.normalize import fold
from indexer.places import find_area, is_municipality, is_prefecture
from indexer.tables.column_roles import Role

_TOTAL = re.compile(
    r"(?:総?合計|小計|総計|累計|計|平均|総数)(?:\(.*\))?|.{1,15}(?:合計|小計|総計)(?:\(.*\))?|.{1,8}[市区町村県圏域野柱]計"
)
_NOTE = re.compile(
    r"[※*＊]|[(（\[]?(?:注意?|注記|備考|出典|資料|参考)\s*[0-9０-９]*(?:[)）\]:：、\s]|$)|[(（]?注[0-9０-９)）]"
)
_NOTE_MARK = re.compile(r"(?:[※*＊]|[(（]?注)\s*[0-9０-９]*\s*[)）]?")
_GROUP = re.compile(r"[【■□◆◇●○◎〇▼▽▲△▶★☆<＜《〈〔\[［]|.{1,20}(?:分野|部門|関係|関連|地方|編|柱|政策)$")
_COUNT = re.compile(r"\s*[(（\[]\s*(?:全|計)?[0-9０-９]+\s*(?:事業|取組|項目|件|圏域|市町村?|団体)?\s*[)）\]]$")
_ABOUT = re.compile(
    r"(?:の|における|に関する|での)?(?:連携|広域)*(?:取り?組み?|事業|施策|事例|事務)(?:の?(?:一覧|状況|概要|内容))?[表集]?$"
)
_AREA = re.compile(r"[^\s0-9０-９]{1,20}(?:圏域|都市圏|定住自立圏|広域圏)")
_AS_OF = re.compile(r"現在|時点|単位|更新|作成|年度版")
_LONGEST_GROUP = 40


def is_note(text: str) -> bool:
    """Whether a text that stands alone in its row is a note below the table (※ …, 注1) …, 出典: …)."""
    return bool(_NOTE.match(text))


def is_note_mark(text: str) -> bool:
    """Whether a cell holds the mark of a note alone; the note itself is then in another cell."""
    return bool(_NOTE_MARK.fullmatch(text))


def is_total(text: str) -> bool:
    """Whether a cell says that its row sums up others: 合計, 小計（2事業）, 福祉分野計."""
    return bool(_TOTAL.fullmatch(re.sub(r"\s", "", fold(text))))


def looks_like_group(text: str) -> bool:
    """Whether a text that might be a title has the looks of a group's heading: marks, 〜分野, a place, a pillar."""
    return bool(_GROUP.match(text) or find_pillar(text) or find_place(name_group(text)))


def name_group(text: str) -> str:
    """Give the name of a group: without its number, marks and the count of its rows."""
    numbered = parse_number(text)
    return clean_title(_COUNT.sub("", numbered.rest if numbered else text))


def names_field(text: str) -> bool:
    """Whether a heading between rows may be the field of those below: short, no sentence, note or date."""
    name = name_group(text)
    plain = len(name) <= _LONGEST_GROUP and "。" not in text and re.search(r"[^\W\d]", name)
    return bool(plain) and not is_note(text) and not _AS_OF.search(text)


def find_place(name: str) -> tuple[Role, str] | None:
    """Tell whether a heading names a prefecture, an area or a municipality and nothing else (の取組 aside)."""
    for text in (name, _ABOUT.sub("", name)):
        if is_prefecture(text):
            return "prefecture", text
        if is_municipality(text):
            return "region", text
        if find_area(text) or _AREA.fullmatch(text):
            return "area", text
    return None
