"""Units of a chapter: lines in; the paragraphs, list items, titles and captions that they make, wrapped lines joined, out.

Blank lines come and go with the converter, so how it set the whole document (`Habits`) is learnt first; a unit then wears
the mark of its first line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.lines.bullets import BULLETS
from indexer.lines.headings import clean_text, clean_title, join_wrapped
from indexer.lines.wrapped_lines import measure_width
from indexer.records import Line

PLAIN = ""
_LIST_MARK = re.compile(
    rf"(?:[-‐－–—]\s*(?=[^\s\d])|[{BULLETS}◯]\s*|〇(?!〇)\s*)+"
)  # 〇, a numeral, is often typed for ○
_EXAMPLE = re.compile(r"[(（\[［【〔]\S{0,4}例[)）\]］】〕]")
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:[.．、)）](?!\d)|\s+(?![\d市町村年月日人回時世つか]))|[(（]\d{1,2}[)）]|[①-⑳]|[ア-ン][.．、)）]|[A-ZＡ-Ｚ][.．)）]|[ⅠⅡⅢⅣⅤ][.．、]?)\s*"
)
_ENCLOSED = re.compile(r"[【《〈<＜〔\[［(（]([^【】《》〈〉<>＜＞〔〕\[\]［］]*)[】》〉>＞〕\]］)）]")
_OPENERS, _CLOSERS = "「『【〈《＜<［[〔（(", "」』】〉》＞>］]〕）)"
_DATUM = re.compile(r"[:：]\s*約?[\d,.]+|[\d,.]+(?:人|名|件|社|者|回|団体|台|世帯|組|千円|万円|%)\s*(?:[(\[].*[)\]])?$")
# A line that breaks off inside a phrase goes on in the next one, even across a page.
_UNFINISHED = re.compile(
    r"[、，・]$|[をはが]$|(?:ため|よう|など|等|で|へ|と|から|まで)の$|(?<=[^ぁ-ん])[のにとで]$|(?:及び|並びに|または|又は|による|に向けた|に(?:関|対|資)する|に係る|における|のための)$"
)
_VERB_END = re.compile(r"(?:[いえきけげしせちてねべめりれ]る|図る|なる|ある|いく|む|した|った|れた|ます|です)$")
_OBJECT_END = re.compile(r"を[^ぁ-ん、。]{2,5}(?:する)?$")
_SENTENCE_END = re.compile(r"[。.][)）]?$")
_STARTS_NEW = re.compile(r"[【《〈<＜]")
_WIDEST = 70  # full-width characters; lines that are wider were not wrapped


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, list item, title or caption: the lines `first` to `last` (places in the list given) made whole.

    `mark` is what the text wears: PLAIN, a list mark, the shape of its number (`1()`), the bracket that encloses it, `例`,
    or `h` and the level of a heading that the format marks. `core` is the text without it.
    """

    first: int
    last: int
    text: str
    core: str
    mark: str
    indent: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How the converter set the document: blank lines between most lines, the width at which lines wrap (None: not).

    Widths are in full-width characters.
    """

    spaced: bool
    width: float | None


def read_habits(lines: Sequence[Line]) -> Habits:
    """Learn from all lines of a document whether blank lines separate paragraphs and where long lines wrap."""
    pairs = [(before.blank, line) for before, line in pairwise(lines) if not line.blank]
    widths = sorted(measure_width(line.text) for _, line in pairs)
    if not widths:
        return Habits(spaced=False, width=None)
    longest = widths[-1 - len(widths) // 50]
    full = sum(width >= longest * 0.85 for width in widths)
    return Habits(
        spaced=sum(blank for blank, _ in pairs) >= 0.7 * len(pairs),
        width=longest if longest <= _WIDEST and full >= 0.25 * len(widths) else None,
    )


def read_units(lines: Sequence[Line], habits: Habits, *, start: int = 0) -> list[Unit]:
    """Put wrapped lines together; `start` is added to every place, for lines cut out of a longer list.

    Lines of signs only (rules, lone list marks) are no units.
    """
    groups: list[list[int]] = []
    for place, line in enumerate(lines):
        if line.blank:
            continue
        before = [lines[i] for i in (groups[-1][:1] + groups[-1][1:][-3:] if groups else [])]
        if before and _continues(before, line, adjacent=groups[-1][-1] == place - 1, habits=habits):
            groups[-1].append(place)
        else:
            groups.append([place])
    units = [_make_unit([lines[i] for i in group], start + group[0], start + group[-1]) for group in groups]
    return [unit for unit in units if re.search(r"\w", unit.core)]


def is_prose(text: str) -> bool:
    """Tell a sentence, complete or without its full stop, from a title or caption: two signs decide (length counts up to two)."""
    if "。" in text:
        return True
    line = unicodedata.normalize("NFKC", text)
    signs = (len(line) > 30) + (len(line) > 45) + bool(re.search(r"、|,\s", line))
    signs += bool(_OBJECT_END.search(line)) + bool(_VERB_END.search(line))
    return signs - bool(re.search(r"(?:事業|プロジェクト|について|の取組)$", line)) >= 2


def tells_datum(text: str) -> bool:
    """Whether a text gives a figure (参加者：120人), as what stands in a picture does."""
    return _DATUM.search(text) is not None


def body_text(units: Iterable[Unit]) -> str:
    """Give units as text to read: one a line, list items behind one kind of mark."""
    return "\n".join(f"・{unit.core}" if unit.mark in "-・•‣∙●" and unit.mark else unit.text for unit in units)


def _continues(before: Sequence[Line], line: Line, *, adjacent: bool, habits: Habits) -> bool:
    """Whether `line` goes on with the paragraph, title or caption `before` (of a long one the first and last lines)."""
    text, following = join_wrapped(part.text for part in before), clean_text(line.text)
    if line.heading or line.item or before[-1].heading:
        return False
    opened = _open_bracket(text)
    if opened and _CLOSERS[_OPENERS.index(opened)] in following:
        return True
    if _SENTENCE_END.search(text) or _STARTS_NEW.match(following) or _read_mark(following, line)[0]:
        return False
    if _UNFINISHED.search(text):
        return True
    listed = bool(_read_mark(clean_text(before[0].text), before[0])[0])
    if not adjacent or (not listed and _indent(line) > _indent(before[-1])):
        return False
    if habits.width and measure_width(before[-1].text) >= habits.width * 0.85:
        return True
    # Where blank lines separate everything, two short lines without one between them are one that was wrapped; not over
    # the turn of a page, whose blank lines may have been dropped.
    turned = line.number - before[-1].number > 1 or line.page != before[-1].page or "\f" in line.text
    long = is_prose(text) or is_prose(following) or tells_datum(text) or tells_datum(following)
    return habits.spaced and not (long or turned or listed)


def _open_bracket(text: str) -> str | None:
    stack: list[str] = []
    for character in text:
        if character in _OPENERS:
            stack.append(character)
        elif character in _CLOSERS and stack and _OPENERS.index(stack[-1]) == _CLOSERS.index(character):
            stack.pop()
    return stack[-1] if stack else None


def _make_unit(lines: Sequence[Line], first: int, last: int) -> Unit:
    text = join_wrapped(line.text for line in lines)
    mark, core = _read_mark(text, lines[0])
    return Unit(first, last, re.sub(r"^(?:[-‐－–—]\s*)+(?=\D)", "", text), core, mark, _indent(lines[0]))


def _read_mark(text: str, line: Line) -> tuple[str, str]:
    if line.heading:
        return f"h{line.heading}", clean_title(text)
    listed = _LIST_MARK.match(text)
    if listed or line.item:
        rest = text[listed.end() :] if listed else text
        sign = listed.group().strip()[-1] if listed else "-"
        return ("-" if sign in "-‐－–—" else sign), rest
    if _EXAMPLE.match(text):
        return "例", text
    number = _NUMBER.match(text)
    if number:
        return "1" + unicodedata.normalize("NFKC", re.sub(r"[\w\s]|[①-⑳]", "", number.group())), text[number.end() :]
    enclosed = _ENCLOSED.fullmatch(text)
    if enclosed:
        return {"《": "<", "〈": "<", "＜": "<", "〔": "[", "［": "[", "（": "("}.get(text[0], text[0]), enclosed.group(
            1
        )
    return PLAIN, text


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())
