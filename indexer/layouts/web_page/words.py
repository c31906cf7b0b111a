"""Words of municipal web pages: what a heading heads, which lines are items of lists, titles or headings in plain text.

Whether a heading names something of its own at all, `indexer.lines.labels` tells.
"""

from __future__ import annotations

import re

from indexer.categories import CATEGORIES
from indexer.lines.headings import clean_text, find_pillar
from indexer.lines.labels import drop_dates, is_general, is_proper
from indexer.lines.site_furniture import is_aside, is_furniture, strip_link_remark
from indexer.places import is_municipality
from indexer.records import Line

_ITEM = re.compile(
    r"\s*(?:[•・●○◦‣▪▫■◆◇□▶➤]\s*|[-–—*]\s+|\d{1,2}\s*[.．)）、]\s*(?=\D)|[①-⑳]\s*|[(（](?:\d{1,2}|[ア-ンa-z])[)）]\s*"
    r"|[ア-ン](?:[.．、]|[\s\u3000])\s*)"
)
_MARK = re.compile(r"\s*(?:[■◆◇□▼▶●【]\s*(?=\S)|#{1,6}\s+)")
_DATED = re.compile(r"第\d+[期次回]|(?:令和|平成|昭和)\s*(?:\d+|元)\s*年|\d{4}\s*年")
_DAY = re.compile(r"(?:(?:令和|平成|昭和)\s*(?:\d+|元)|\d{4})\s*年(?!度)")
_TITLED = "(?:事業|取組み?|取り組み|施策|プロジェクト|プラン)"
# A heading of this kind names no initiative of its own: 主な事業, 促進した連携事業（ハード）, ○○が行っている事業.
_CONTAINER = re.compile(
    rf"(?:(?:主な|主要な?|具体的な?|連携|共同|実施|その(?:他|ほか)の|これまでの|年度の?|個別|各種|関連|[うくすつむるたの])(?:連携|共同|実施)?"
    rf"{_TITLED}{{1,2}}(?:の?(?:概要|状況|内容))?|^{_TITLED})(?:の?(?:一覧|例|名|ご?紹介))*(?:[(（][^()（）]*[)）])?[:：]?$"
)
_TITLES_FOLLOW = re.compile(rf"(?:次|以下|下記)の.*(?:{_TITLED}|連携|項目)|{_TITLED}(?:は|に)(?:次|以下)")
_FIELD = re.compile(r"(.{2,20}?)の?(?:分野|関係|部門)(?:の?(?:連携)?(?:事業|取組み?|取り組み))?")
_NO_TITLE = re.compile(r"。|^その他|(?:など|等)$")
_PILLAR_WORDS = re.compile("経済成長の(?:けん引|牽引)|都市機能の集積|機能都市の集積|生活関連機能サービス")
_LONGEST_TITLE = 60
_LONGEST_CONTAINER = 40


def _make_key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


_OFFICIAL_FIELDS = frozenset(map(_make_key, CATEGORIES.values()))
_HISTORY = re.compile(
    r"(?:圏域|都市圏|市町村?|構成|形成|連携)*の?(?:形成に?至った|これまでの|圏域の|形成の|連携の)?"
    r"(?:経緯|経過|沿革|あゆみ|歩み|今後の展開|将来像|構成市町村?|構成自治体)|(?:連携|関係)市町村?"
)
_AREA = re.compile("(?:連携中枢都市圏|定住自立圏|都市圏|圏域)の?(?:概要|紹介|形成)?")


def heads_history(title: str) -> bool:
    """Whether a heading, the area's name replaced by 圏域, heads what only this area can tell (経緯, 構成市町, 今後の展開)."""
    return _HISTORY.fullmatch(title) is not None


def heads_area(title: str) -> bool:
    """Whether a heading, the area's name replaced by 圏域, is no more than the area's name (圏域の概要)."""
    return _AREA.fullmatch(title) is not None


def contains_titles(title: str) -> bool:
    """Whether a heading is one of a group of initiatives, not of one (主な事業, 観光分野, an official heading)."""
    if len(title) > _LONGEST_CONTAINER:
        return False
    return _CONTAINER.search(title) is not None or read_field(title) is not None or find_pillar(title) is not None


def announces_titles(text: str) -> bool:
    """Whether the line before a list says that initiatives follow (次の事業を実施しています。)."""
    sentences = [sentence for sentence in text.split("。") if sentence]
    last = sentences[-1] if sentences else ""
    return contains_titles(last) or _TITLES_FOLLOW.search(last) is not None


def read_field(title: str) -> str | None:
    """Read the policy field that a heading names as one (観光分野, 福祉関係の取組)."""
    match = _FIELD.fullmatch(title)
    return match.group(1) if match and is_proper(match.group(1)) else None


def is_item(line: Line) -> bool:
    """Whether a line is an item of a list: by the format's own mark, or by a bullet or number."""
    return line.item or _ITEM.match(line.text) is not None


def read_item(line: Line) -> str:
    """Give an item's words without its bullet or number and without the remark on a file or another site."""
    mark = _ITEM.match(line.text)
    text = clean_text(line.text[mark.end() :] if mark else line.text)
    return strip_link_remark(text)


def is_bare_title(text: str) -> bool:
    """Whether an item's words can be the title of an initiative: no sentence, place, date, note or field of the scheme."""
    if not 3 < len(text) <= _LONGEST_TITLE or text[0] in "※＊*" or _NO_TITLE.search(text):
        return False
    if is_official(text):
        return False
    places = [part for part in re.split("[・、,，]", text) if part]
    return not (all(map(is_municipality, places)) or (_DATED.match(text) and not is_proper(text)) or is_general(text))


def is_official(text: str) -> bool:
    """Whether a line names an official heading, whatever stands in brackets behind it, or a field of the classification."""
    return "。" not in text and (_PILLAR_WORDS.search(text) is not None or _make_key(text) in _OFFICIAL_FIELDS)


def could_head(text: str) -> bool:
    """Whether a line of plain text could be a heading by its own words."""
    text = text.strip()
    if not text or len(text) > 50 or "\t" in text or re.search(r"[。、,：:]$|。", text) or text[0] in "※＊*(（→":
        return False
    if is_furniture(text) or is_aside(text) or _is_place(text) or re.search(r"[:：]\s*\S|月\s?\d+日", text):
        return False
    dated = _DATED.match(text) and (_DAY.match(text) or not re.search("[^\\W\\d]{2}", drop_dates(text)))
    return not dated


def _is_place(text: str) -> bool:
    return text[-1:] in "市町村区" and is_municipality(
        re.sub(r"^(?:北海道|東京都|(?:京都|大阪)府|[^\W\d_]{2,3}県)(?=.)", "", text)
    )


def is_marked(text: str) -> bool:
    """Whether a line begins with the mark of a heading."""
    return _MARK.match(text) is not None
