"""Headings of a document with a chapter per area: lines in; out the headings that hold, and the lines without furniture.

A line is the heading of a chapter only by what follows it, since titles of initiatives (広域連携による観光地域づくりの取組),
contents lists and running heads look the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from indexer.layouts.area_chapters.units import is_prose
from indexer.lines.headings import clean_text, clean_title, find_pillar
from indexer.records import Line, Pillar

_NUMBERING = re.compile(
    r"(?:第?[\d一二三四五六七八九十]{1,3}(?:[章節編部]|[.．、)]|\s)|\(\d+\)|[①-⑳]|[IVX]{1,4}[.\s]|[A-Cア-ウ][.、\s])\s*"
)
_CHAPTER = re.compile(
    r"(?P<name>\S.{0,40}?)(?:の|における|に係る|に関する|での)?(?:主な|具体的な|特徴的な)?"
    r"(?:取組|取り組み|取組み)(?:事例|内容|状況|概要)?(?:について|の(?:紹介|状況|概要))?"
)
_AREA = re.compile(r"\S.{0,40}(?:圏|圏域)")
_NO_NAME = re.compile(
    r"(?:(?:令和|平成)?[\d元]+年度?(?:の|における)?)?(?:各|本|当該?|全国の?)?(?:連携中枢|広域連携|定住自立|広域|連携)?(?:都市)?圏域?(?:構想)?(?:全体)?"
)
_ORIGIN = re.compile(
    r"(?:(?:[^。、]{0,12}(?:圏域?|形成|連携|取組)[^。、]{0,8}|これまで)の?)?(?:背景(?:と|・|及び))?(?:経緯|沿革|あゆみ|歩み|成り立ち|背景)"
    r"(?:等|(?:と|・|及び).{1,6})?|(?:[^。、]{0,12}圏域?の)(?:概要|概況|特徴|紹介)"
)
_OUTLOOK = re.compile(
    r"(?:.{0,4}圏域?の)?今後の(?:展開|展望|方向性?|取組|取り組み|方針|予定|課題)(?:等|について|(?:と|・|及び).{1,6})?"
    r"|(?:.{0,4}圏域?[がの])?(?:目指す|めざす)?(?:将来像|姿)"
)
# The fields of 連携中枢都市圏構想推進要綱 第4 (2) ウ, which are the headings of a 定住自立圏's chapter.
_FIELD = re.compile(
    r"(?:生活機能の強化|結びつきやネットワークの強化|圏域マネジメント能力の強化)(?:に係る(?:政策分野|取組))?"
)
# Every heading has one of these; most lines have none, and need no further look.
_SIGNAL = re.compile("圏|取り?組|経緯|沿革|あゆみ|歩み|成り立ち|背景|今後|将来像|姿|成長|都市機能|サービス|強化")
_BROKEN_OFF = re.compile(r"[・･、]\s*$")  # a heading may be whole without what stands on its next line
_PAGE_NUMBER = re.compile(r"(?:[-‐－–—~]\s*)?(?:[Pp]\.?\s*)?\d{1,3}(?:\s*[/／]\s*\d{1,3})?(?:\s*[-‐－–—~]|\s*ページ)?")
_LEADER = re.compile(r"(?:[…‥]+|\.{3,}|・{3,}|(?:[.・]\s){3,})\s*(?:[Pp]\.?\s*)?\d{1,3}\s*$")
_PARENTHESIS = re.compile(r"\([^()]*\)$")

_Role = Literal["area", "origin", "outlook", "pillar", "field"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the places of its first and last line, and the name of the area or field that it says.

    `origin` and `outlook` are 経緯 and 今後の展開; `field` is a policy field, the official heading of a 定住自立圏's chapter.
    """

    role: _Role
    first: int
    last: int
    name: str
    pillar: Pillar | None = None


def find_headings(lines: Sequence[Line]) -> list[Heading]:
    """Find the headings of chapters, of the parts of their profiles, and the official ones, in order."""
    return list(_settle(_find_candidates(lines), lines))


def drop_furniture(lines: Sequence[Line]) -> list[Line]:
    """Leave out what belongs to pages, not to the text: page numbers, rows of a contents list, running heads.

    A running head is a short line that most pages begin or end with, or the name of a chapter said again inside it.
    """
    kept = _drop_page_lines(lines)
    areas = [heading for heading in find_headings(kept) if heading.role == "area"]
    dropped: set[int] = set()
    for area, end in zip(areas, [*(following.first for following in areas[1:]), len(kept)], strict=False):
        dropped |= {i for i in range(area.last + 1, end) if _area_name(kept[i].text) == area.name}
    return _without(kept, dropped)


def _drop_page_lines(lines: Sequence[Line]) -> list[Line]:
    numbers = {i for i, line in enumerate(lines) if not line.blank and _PAGE_NUMBER.fullmatch(line.text.strip())}
    filled = [i for i, line in enumerate(lines) if not line.blank and i not in numbers]
    turns = [turn for turn in pairwise(filled) if _turns_page(lines, *turn) or numbers & set(range(*turn))]
    edges = {i for turn in turns for i in turn}
    heads = Counter(clean_text(lines[i].text) for i in edges)
    often = max(3, 0.4 * len(turns))
    running = {text for text, times in heads.items() if times >= often and len(text) <= 40 and not _is_heading(text)}
    leaders = {i for i, line in enumerate(lines) if _LEADER.search(line.text)}
    return _without(lines, numbers | leaders | {i for i in edges if clean_text(lines[i].text) in running})


def _without(lines: Sequence[Line], dropped: set[int]) -> list[Line]:
    """Drop lines and the blank ones around them: a paragraph may run on over the turn of a page."""
    kept = [i for i, line in enumerate(lines) if not line.blank and i not in dropped]
    for before, after in pairwise(kept):
        between = set(range(before + 1, after))
        if between & dropped or _turns_page(lines, before, after):
            dropped |= between
    return [line for i, line in enumerate(lines) if i not in dropped]


def _turns_page(lines: Sequence[Line], before: int, after: int) -> bool:
    return lines[before].page != lines[after].page or any("\f" in lines[i].text for i in range(before + 1, after + 1))


def _bare(text: str) -> str:
    """Give a line without prefecture, number, brackets and list mark, in one width, as headings are compared."""
    line = clean_title(unicodedata.normalize("NFKC", re.sub(r"^\s*\S{2,3}[都道府県]\s+(?=\S)", "", text)))
    return clean_title(re.sub(rf"^{_NUMBERING.pattern}", "", line))


@lru_cache(maxsize=50_000)
def _role(text: str) -> tuple[_Role, str, Pillar | None] | None:
    """Tell which heading a whole line may be (`area`: only if it holds in its place), its name and pillar."""
    if not _may_be_heading(text) or "。" in text:
        return None
    pillar = find_pillar(text)
    if pillar:
        return "pillar", text, pillar
    bare = _bare(text)
    if _ORIGIN.fullmatch(bare):
        return "origin", bare, None
    if _OUTLOOK.fullmatch(bare):
        return "outlook", bare, None
    if _FIELD.fullmatch(bare):
        return "field", bare, None
    name = _area_name(text)
    return ("area", name, None) if name and _CHAPTER.fullmatch(_PARENTHESIS.sub("", bare)) else None


def _may_be_heading(text: str) -> bool:
    return len(text) <= 60 and bool(_SIGNAL.search("".join(text.split())))


def _is_heading(text: str) -> bool:
    role, name = _role(text), _area_name(text)
    return bool((role and role[0] != "area") or (name and _AREA.fullmatch(name)))


def _find_candidates(lines: Sequence[Line]) -> list[Heading]:
    """Find all lines, or pairs of lines where one was wrapped, that may be headings."""
    filled = [i for i, line in enumerate(lines) if not line.blank]
    headings: list[Heading] = []
    for place, following in pairwise([*filled, -1]):
        if headings and place <= headings[-1].last:
            continue
        role, last = _role(lines[place].text), place
        if following == place + 1 and (not role or _BROKEN_OFF.search(lines[place].text)):
            wrapped = _wrapped_role(lines[place].text, lines[following].text)
            role, last = (wrapped, following) if wrapped else (role, place)
        if role:
            headings.append(Heading(role[0], place, last, role[1], role[2]))
    return headings


def _wrapped_role(text: str, following: str) -> tuple[_Role, str, Pillar | None] | None:
    pair, second = clean_text(text) + clean_text(following), _role(following)
    role = _role(pair) if len(pair) <= 40 and (not second or second[0] == "area") else None
    if role and role[0] == "area" and (second or not _AREA.fullmatch(role[1])):
        return None
    return role if role and role[0] in ("pillar", "area") else None


def _settle(headings: Sequence[Heading], lines: Sequence[Line]) -> Iterator[Heading]:
    """Keep the headings that hold in their place: chapters that begin one, parts of a profile that it does not yet have."""
    seen: set[str] = set()  # of the chapter at hand
    name = None
    for heading, following in zip(headings, _find_followers(headings), strict=True):
        chapter = None
        if heading.role == "area":
            chapter = heading if heading.name != name and _begins_chapter(heading, following, lines) else None
        elif heading.role == "origin" and ("area" not in seen or "pillar" in seen):
            chapter = _look_back(heading, lines, certain=following is not None and following.role == "outlook")
            # A chapter that tells of itself last has but a title or a caption above 経緯.
            if chapter and "area" in seen and "origin" not in seen and not _AREA.fullmatch(chapter.name):
                chapter = None
        if chapter:
            seen, name = {"area"}, chapter.name
            yield chapter
        role = "pillar" if heading.role == "field" else heading.role
        # After an official heading a part of the profile is one only where the profile ends the chapter.
        after = following.role if following else "area"
        ends = after == "area" or (role, after) == ("origin", "outlook")
        if role == "pillar" or (role not in seen and (ends or "pillar" not in seen)):
            seen.add(role)
            yield heading


def _find_followers(headings: Sequence[Heading]) -> list[Heading | None]:
    """Give the heading after each one, the same area's name said again left out."""
    followers: list[Heading | None] = []
    following = None
    for heading, after in zip(reversed(headings), [None, *reversed(headings)], strict=False):
        if after and (after.role, after.name) != ("area", heading.name):
            following = after
        followers.append(following)
    return followers[::-1]


def _begins_chapter(area: Heading, following: Heading | None, lines: Sequence[Line]) -> bool:
    """Whether a profile follows (a box of members may stand between), or an official heading after an area's name.

    What is no area's name (広域連携の取組, the document's title) gives way to one that stands below it.
    """
    if following is None or following.role == "area":
        return False
    between = [line.text for line in lines[area.last + 1 : following.first] if not line.blank]
    if following.role in ("origin", "outlook"):
        named = bool(_AREA.fullmatch(area.name)) or not any(_area_name(text) for text in between)
        return named and len(between) <= 12 and not any("。" in text for text in between)
    return bool(_AREA.fullmatch(area.name)) and len(between) <= 4 and not any(is_prose(text) for text in between)


@lru_cache(maxsize=50_000)
def _area_name(text: str) -> str | None:
    """Give the name of the area that a whole line says, with の取組 or without."""
    if not _may_be_heading(text):
        return None
    bare = _PARENTHESIS.sub("", _bare(text))
    chapter = _CHAPTER.fullmatch(bare)
    name = clean_text(chapter["name"] if chapter else bare)
    return name if (chapter or _AREA.fullmatch(name)) and not (_NO_NAME.fullmatch(name) or is_prose(name)) else None


def _look_back(origin: Heading, lines: Sequence[Line], *, certain: bool) -> Heading | None:
    """Find the name of the area that stands alone above 経緯; any short line where it is certain that a chapter begins."""
    above = [i for i in range(max(0, origin.first - 12), origin.first) if not lines[i].blank][-3:]
    names = {i: name for i in above for name in [_area_name(lines[i].text)] if name}
    last = lines[above[-1]].text if above else ""
    if not names and certain and re.search(r"\w", last) and not (is_prose(last) or _role(last)):
        names = {above[-1]: _bare(last)}
    if not names:
        return None
    name = list(names.values())[-1]
    place = next(i for i in names if names[i] == name)
    return Heading("area", place, place, name)
