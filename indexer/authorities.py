"""Authorities: a line that is the name of a ministry, prefecture or municipality, or of an office of one."""

from __future__ import annotations

import re

from indexer.lines.headings import clean_text
from indexer.normalize import fold
from indexer.places import is_municipality, is_prefecture

_MINISTRY = re.compile(
    r"内閣(?:府|官房)|(?:総務|法務|外務|財務|文部科学|厚生労働|農林水産|経済産業|国土交通|環境|防衛)省"
    r"|(?:デジタル|こども家庭|復興|消防|観光|文化|スポーツ|中小企業|林野|水産|気象|資源エネルギー)庁"
)
_OFFICE = re.compile(r"(?:\S{0,16}(?:課|室|局|部|係|班|担当|官|センター|グループ|チーム|本部|事務局|庁|役所|役場))+")
_JOINT = re.compile(r"[・、,，]")
_LONGEST = 80


def read_authority(text: str) -> str | None:
    """Read a line that is the name of a ministry, prefecture or municipality, of several, or of an office of one.

    The office is left out: 倉敷市 企画財政局 企画経営室 is 倉敷市.
    """
    text = fold(clean_text(text)).strip("()[]【】<> ")
    if len(text) > _LONGEST:
        return None
    names = [_take_name(part) for part in _JOINT.split(text)]
    found = [name for name in names if name]
    return "・".join(found) if found and len(found) == len(names) else None


def _take_name(text: str) -> str | None:
    """Give the authority that a text begins with, if only words for an office of it follow."""
    ministry = _MINISTRY.match(text)
    ends = [ministry.end()] if ministry else [match.end() for match in re.finditer("[都道府県市区町村]", text)]
    for end in reversed(ends):
        name, rest = text[:end], text[end:].strip()
        bare = re.sub(r"^\S{2,3}?[都道府県]\s?(?=.{2,})", "", name)  # 岡山県倉敷市
        whole = ministry or is_prefecture(name) or is_municipality(name)
        if (whole or is_municipality(bare)) and (not rest or _OFFICE.fullmatch("".join(rest.split()))):
            return name if whole else bare
    return None
