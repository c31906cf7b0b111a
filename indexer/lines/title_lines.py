"""Lines that head an entry, taken apart: title, sub-title, what it says of the start ([H10開始]); leaders and status left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEADER = re.compile(r"\s*[.．…・‥─-]{3,}\s*(?:[pP]\.?)?\s*\d*.*$")
_YEAR = r"(?:(?:明治|大正|昭和|平成|令和|[MTSHR])\s?\.?\s?(?:\d{1,2}|元)|(?:19|20)\d{2})"
_MARK = re.compile(
    rf"\s*[\[［(（【〔<＜〈《「]\s*(?P<started>{_YEAR}[^\[\]［］()（）【】〔〕〈〉《》]{{0,20}})[\]］)）】〕>＞〉》」]\s*$"
    rf"|\s*[|｜]\s*(?P<bare>{_YEAR}\s?(?:年度?)?\s?(?:\d{{1,2}}月)?\s?(?:開始|から|より|スタート|実施|[～〜~-]))\s*$"
)
_STATUS = re.compile(
    r"\s*[\[［(（【〔<＜〈《「]\s*(?:新規|拡充|継続|重点|完了|終了|休止|再開|見直し)\s*[\]］)）】〕>＞〉》」]\s*$"
)
_NAMED = re.compile(
    r"^[【\[［〔<＜]?(?:連携)?(?:事業|取組|取り組み|施策|事例|プロジェクト)(?:の?名称?)?(?:[】\]］〕>＞]|[:：])\s*(?=\S)"
)
_SEPARATORS = (
    re.compile(r"\s*[|｜│┃]\s*"),
    re.compile(r"\s*[—―–]+\s*|\s+[-－‐]\s+"),
    re.compile(r"\s*[:：]\s*"),
    re.compile(r"\s*[／]\s*|\s+/\s+"),
    re.compile(r"\s*[～〜~](?=.+[～〜~]$)"),
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title line taken apart; `started` is the mark's text (H10開始)."""

    title: str
    subtitle: str | None
    started: str | None


def strip_leader(text: str) -> str:
    """Take the dots that lead to a page number, and the number, off the end of a line of contents."""
    return _LEADER.sub("", text)


def states_start(text: str) -> bool:
    """Whether a line ends in the mark of a start."""
    return _MARK.search(text) is not None


def take_marks(text: str) -> tuple[str, str | None]:
    """Take what a title line says of start and status off its end; give the rest and the start's words."""
    started = None
    while True:
        mark, status = _MARK.search(text), _STATUS.search(text)
        if mark and mark.start():
            started, text = "".join((mark["started"] or mark["bare"]).split()), text[: mark.start()]
        elif status and status.start():
            text = text[: status.start()]
        else:
            return text, started


def parse_title(text: str) -> Title:
    """Take a title line apart, without its number: title, sub-title behind |, ｜, —, ： or ／, and the mark of the start."""
    whole = text.strip()
    text, started = take_marks(_NAMED.sub("", whole))
    text = strip_leader(text).strip(" 　|｜")
    for separator in _SEPARATORS:
        match = separator.search(text)
        if match and len(text[: match.start()].strip()) > 1 and text[match.end() :].strip():
            title, subtitle = text[: match.start()], text[match.end() :]
            return Title(_bare_title(title) or whole, _bare_title(subtitle) or None, started)
    return Title(_bare_title(text) or whole, None, started)


def _bare_title(text: str) -> str:
    text = text.strip(" 　|｜～〜~*")
    enclosed = re.fullmatch(r"[【《〈＜<「『]([^【】《》〈〉＜＞<>「」『』]+)[】》〉＞>」』]", text)
    return enclosed.group(1).strip() if enclosed else text
