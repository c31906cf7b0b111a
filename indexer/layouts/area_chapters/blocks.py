"""Blocks of a chapter: the units under one official heading in, titled or untitled blocks out.

Such a chapter comes out of a slide: a title, its text, then whatever stood in the pictures. Blank lines come and go with
the converter, so the decision rests on what a line is (prose, list item, bracketed, short) and on what follows it: a title
is a short line in the chapter's own style of titles with content behind it; a short line without content behind it is the
caption of the block before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from indexer.layouts.area_chapters.units import PLAIN, Unit, is_prose, tells_datum

_NOTES = frozenset("※*＊")
_CAPTION = re.compile(
    r"^[▲▼△▽▶◀►◄↑↓←]|[▲▼△▽▶◀►◄↑↓←]$|©|\(C\)|^(?:写真|出典|画像|提供)[:：]|(?:の様子|のイメージ|はこちら)\)?$"
)
_TITLE_END = re.compile(
    r"(?:事業|推進|促進|支援|整備|強化|充実|向上|構築|拡大|活用|利用|運営|運用|開催|実施|連携|育成|確保|形成|創出|発信|対策|取組|取り組み|化"
    r"|プロジェクト)(?:\([^()]*\))?$"
)
_LONGEST_TITLE = 70
_LONGEST_SENTENCE = 60  # that an untitled entry takes for a title whole


@dataclass(frozen=True, slots=True)
class Block:
    """One initiative: its title (None: the document gives none) and what belongs to it; `field` as a heading names it."""

    title: Unit | None
    units: tuple[Unit, ...]
    field: str | None = None


def cut_blocks(units: Sequence[Unit], styles: Set[str]) -> list[Block]:
    """Cut what stands under one official heading into blocks, in order; `styles` are the marks that titles wear."""
    titles = _find_titles(units, styles)
    blocks: list[Block] = []
    opening = units[: titles[0]] if titles else units
    leading: tuple[Unit, ...] = ()
    field = None
    if any(_is_content(unit, styles) for unit in opening):
        blocks += _cut_untitled(opening, styles)
    elif len(opening) == 1 and not opening[0].mark:
        field = opening[0].text
    else:
        leading = tuple(opening)
    for begin, end in pairwise([*titles, len(units)]):
        blocks.append(Block(units[begin], leading + tuple(units[begin + 1 : end]), field))
        leading = ()
    return blocks


def title_style(units: Sequence[Unit]) -> str | None:
    """Tell which mark the titles of a section wear, judging by how it begins; None when it does not begin with a title."""
    if not units or is_prose(units[0].core) or _is_caption(units[0]):
        return None
    first = units[0].mark
    if shows_titles(first):
        return first
    # A list item or a number is a title when another kind of line or a whole sentence follows it, not an item like it.
    following = next((unit for unit in units[1:] if unit.mark == first or _is_content(unit, {PLAIN})), None)
    return first if following and (following.mark != first or "。" in following.core) else None


def shows_titles(mark: str) -> bool:
    """Whether lines of this mark are titles by themselves; list marks and numbers are only where their place tells."""
    return mark in (PLAIN, "【", "<")


def name_untitled(units: Sequence[Unit]) -> str:
    """Take a title from the text of an entry that has none: its first sentence, cut at a comma where it is long."""
    sentence = next((unit.core for unit in units if is_prose(unit.core)), units[0].core).split("。")[0]
    head = re.match(r"([^:：。、]{4,30})[:：]\s*\S", sentence)
    if head:
        return head.group(1)
    if len(sentence) <= _LONGEST_SENTENCE:
        return sentence
    comma = sentence.rfind("、", 10, _LONGEST_SENTENCE)
    return sentence[: comma if comma > 0 else _LONGEST_SENTENCE] + "…"


def _find_titles(units: Sequence[Unit], styles: Set[str]) -> list[int]:
    shaped = [_is_title_shaped(unit, styles) for unit in units]
    if not any(_is_content(unit, styles) for unit in units):
        return [i for i, fits in enumerate(shaped) if fits]  # a list of bare titles
    titles: list[int] = []
    content = False  # comes after this unit, before the next one of a title's shape
    for i in reversed(range(len(units))):
        if shaped[i]:
            titles[:0] = [i] if content or units[i].mark.startswith("h") else []
        content = not shaped[i] and (content or _is_content(units[i], styles))
    # Two short lines open the section: a title with its caption or sub-title, or a field and then the title.
    opens_twice = titles[:1] == [1] and shaped[0]
    if opens_twice and (_TITLE_END.search(units[0].core) or not _TITLE_END.search(units[1].core)):
        titles[0] = 0
    return titles


def _is_title_shaped(unit: Unit, styles: Set[str]) -> bool:
    if unit.mark not in styles:
        return False
    if unit.mark.startswith("h"):
        return True
    return len(unit.core) <= _LONGEST_TITLE and not (is_prose(unit.core) or _is_caption(unit) or _is_datum(unit))


def _is_content(unit: Unit, styles: Set[str]) -> bool:
    """Whether a title may stand before this unit: prose, a list item, an example; not a caption, datum, note or bracket."""
    if _is_caption(unit) or _is_datum(unit) or unit.mark in _NOTES:
        return False
    if unit.mark in styles or unit.mark in ("", "【", "<", "(", "["):
        return is_prose(unit.core) and unit.mark not in ("【", "<")
    return True


def _is_caption(unit: Unit) -> bool:
    return bool(_CAPTION.search(unit.text)) and not is_prose(unit.core)


def _is_datum(unit: Unit) -> bool:
    return len(unit.text) <= 40 and tells_datum(unicodedata.normalize("NFKC", unit.text)) and not is_prose(unit.core)


def _cut_untitled(units: Sequence[Unit], styles: Set[str]) -> list[Block]:
    """Make a block of each item of a list that has no titles; captions go to the item they share most words with."""
    first = next(unit for unit in units if _is_content(unit, styles))
    if not first.mark:
        return [Block(None, tuple(units))]
    items: list[list[Unit]] = []
    captions: list[Unit] = []
    for unit in units:
        if unit.mark == first.mark and unit.indent <= first.indent:
            items.append([unit])
        elif items and _is_content(unit, styles):
            items[-1].append(unit)
        else:
            captions.append(unit)
    for caption in captions:
        best = max(reversed(items), key=lambda item: _shared(caption.text, item[0].text))
        best.append(caption)
    return [Block(None, tuple(item)) for item in items]


def _shared(caption: str, text: str) -> int:
    pairs = {a + b for a, b in pairwise(text)}
    return sum(a + b in pairs for a, b in pairwise(caption))
