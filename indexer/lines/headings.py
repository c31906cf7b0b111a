"""Words and signs of official documents that several layouts meet: the three official headings, bullets, noise.

Source of the headings: 連携中枢都市圏構想推進要綱 (総務省), 第4 (2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from indexer.lines.bullets import BULLETS
from indexer.normalize import strip_spaces
from indexer.records import Pillar

_NOISE = re.compile(r"\*{2,}")  # emphasis marks that a converter leaves behind
_BULLET = re.compile(rf"^(?:[-‐－–—](?:\s+|(?=[{BULLETS}]))|[{BULLETS}]\s*)+")
_ORNAMENT = re.compile(
    rf"[\s　\-‐－–—{BULLETS}【】《》〈〉<>＜＞「」()（）\[\]［］:：.．、,0-9０-９①-⑳ⅠⅡⅢⅣⅤIVアイウ分野第柱章]+"
)
_PILLARS: tuple[tuple[Pillar, re.Pattern[str]], ...] = (
    (
        "ア",
        re.compile(
            "(?:圏域)?(?:全体)?の?経済成長の(?:けん引|牽引|けんいん)(?:に(?:関する|係る|資する))?(?:取組|取り組み|施策|事業)?"
        ),
    ),
    (
        "イ",
        re.compile(
            "高次の?都市機能の?(?:集積)?(?:及び|と|や)?(?:強化)?(?:に(?:関する|係る|資する))?(?:取組|取り組み|施策|事業)?"
        ),
    ),
    (
        "ウ",
        re.compile(
            "(?:圏域)?(?:全体)?の?生活関連(?:機能)?サービスの?向上(?:に(?:関する|係る|資する))?(?:取組|取り組み|施策|事業)?"
        ),
    ),
)


def find_pillar(text: str) -> Pillar | None:
    """Tell which official heading this whole line is, whatever its number, brackets and count of initiatives.

    A line that says more than the heading (a sentence, a check mark's row) is none.
    """
    line = clean_text(unicodedata.normalize("NFKC", text))
    line = re.sub(r"[(\[][^()\[\]]{0,12}(?:事業|取組|項目|件)[)\]]\s*$", "", line)
    line = _ORNAMENT.sub("", line)
    for pillar, pattern in _PILLARS:
        if pattern.fullmatch(line):
            return pillar
    return None


def clean_text(text: str) -> str:
    """Take converter noise out of a line: emphasis marks, white space between Japanese characters, outer space."""
    return strip_spaces(_NOISE.sub("", text))


def strip_bullet(text: str) -> str:
    """Take the list marks off the beginning of a line (numbers stay: they are part of what is said)."""
    return _BULLET.sub("", text.strip()).strip()


def clean_title(text: str) -> str:
    """Give a heading as a title: no noise, no list mark, no brackets that enclose all of it."""
    title = strip_bullet(clean_text(text))
    enclosed = re.fullmatch(r"[【《〈＜<]([^【】《》〈〉＜＞<>]+)[】》〉＞>]", title)
    return enclosed.group(1).strip() if enclosed else title


def join_wrapped(parts: Iterable[str]) -> str:
    """Join the pieces of one wrapped cell or sentence: without a space between Japanese, with one between words."""
    text = ""
    for part in (clean_text(part) for part in parts):
        if text and part and re.match(r"[A-Za-z0-9,.]", text[-1]) and re.match(r"[A-Za-z0-9]", part):
            text += " "
        text += part
    return text
