"""Headings of units in a document of unknown build: lines in, the lines that head one unit each out.

No single sign says what heads a unit, so every line that could do it is noted with its style (marked by the format,
numbered, marked, standing apart, before a block's label), and the style that most lines with text behind them share wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.lines.bullets import is_listed
from indexer.lines.headings import clean_text, clean_title, find_pillar
from indexer.lines.labels import is_label
from indexer.lines.numbering import parse_number
from indexer.records import Line

_LONGEST_HEADING = 60
_LONGEST_UNBROKEN = 30  # a longer line with text directly below is the first of a wrapped paragraph
_LONGEST_LABEL = 12
_TEXT = 8  # characters that a unit has at least, to tell it from an item of a list
_BLOCK_WORD = (
    r"(?:\S{1,3}日時?|概要|内容|背景|目的|趣旨|効果|成果|課題|実績|経緯|経過|特徴|ポイント|方針|予定|展望|展開|体制|対象|期間|方法|費用|予算|事業費|財源|スケジュール|工夫|工夫した点"
    "|きっかけ|結果|評価|現状|状況|担当課?|問い?合わ?せ先?|連絡先|参考|備考|その他|URL|注)"
)
_BLOCK = re.compile(
    rf"(?:事業|取組|取り組み|事例|連携|実施|主な|今後|期待される|具体的な?)*の?{_BLOCK_WORD}(?:(?:[・と]|及び){_BLOCK_WORD})*"
)
_CASE = re.compile(
    r"[【\[［〔<＜《]?\s*(?:先進|取組|優良|参考)?(?:事例|事業|取組|ケース|CASE|Case)\s*[0-9０-９①-⑳]{1,3}\s*[】\]］〕>＞》]?"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A line that heads a unit: its index, the style that it shares with its like, the title that it gives."""

    index: int
    style: str
    title: str


def find_heads(lines: Sequence[Line], kept: Sequence[int]) -> list[Head]:
    """Find the heads of units among the lines at the `kept` indexes, in order; empty where there is no structure."""
    words = [index for index in kept if not lines[index].blank]
    found = [head for place in range(len(words)) for head in _read_styles(lines, words, place)]
    full = _find_full(lines, words, found)
    by_style: dict[str, list[Head]] = {}
    for head in _drop_later_labels(lines, words, found):
        by_style.setdefault(head.style, []).append(head)
    marked_up = [head for head in found if head.style == "markup" and head in full]
    cases, led = by_style.get("word", []), by_style.get("led", [])
    for sure in (marked_up, cases, led):
        if len(sure) > 1:
            return sure
    counts = Counter(head.style for head in found if head in full)
    # Standing apart is the weakest sign: a document's title does, too.
    style = max(counts, key=lambda name: (counts[name] * (1 if name == "apart" else 2), name), default="")
    if counts[style] > 1:
        return [head for head in by_style.get(style, []) if style != "apart" or head in full]
    listed = [heads for name, heads in by_style.items() if name not in ("apart", "led", "markup")]
    longest = max(listed, key=len, default=[])
    return longest if len(longest) > 1 else [head for head in found if head in full][:1]


def is_block_label(text: str) -> bool:
    """Whether a line heads a block inside a unit (概要, ■効果, 【担当課】), not a unit."""
    bare = _bare(text)
    return _BLOCK.fullmatch(bare) is not None or (len(bare) <= _LONGEST_LABEL and is_label(bare))


def _bare(text: str) -> str:
    numbering = parse_number(text)
    title = clean_title(numbering.rest if numbering else text)
    return re.sub(r"^[\[［〔<＜《(（]|[\]］〕>＞》)）:：]+$", "", title).strip()


def _read_styles(lines: Sequence[Line], words: Sequence[int], place: int) -> Iterator[Head]:
    """Give each style in which a line could head a unit."""
    index = words[place]
    line = lines[index]
    text = clean_text(line.text)
    behind = words[place + 1] if place + 1 < len(words) else None
    if line.heading and not is_block_label(text) and not find_pillar(text):
        yield Head(index, "markup", clean_title(text))
    if len(list(filter(None, line.cells))) > 1 or line.heading or is_block_label(text) or find_pillar(text) or not text:
        return
    if _CASE.fullmatch(text):
        title = clean_title(lines[behind].text) if behind and len(lines[behind].text) <= _LONGEST_HEADING else text
        yield Head(index, "word", title)
        return
    if len(text) > _LONGEST_HEADING or text.endswith(("。", "、")) or (is_listed(line.text) and not line.item):
        return
    numbering = parse_number(line.text)
    if numbering:
        yield Head(index, numbering.style, clean_title(numbering.rest))
    elif re.fullmatch("【[^【】]+】", text):
        yield Head(index, "【】", clean_title(text))
    if line.item or not re.search(r"\w", text):
        return
    title = clean_title(numbering.rest if numbering else text)
    if behind and is_block_label(lines[behind].text):
        yield Head(index, "led", title)
    before = index == 0 or lines[index - 1].blank
    alone = index + 1 == len(lines) or lines[index + 1].blank or len(text) <= _LONGEST_UNBROKEN
    if before and alone and not re.search(r"。|^[\W\d]*(?:令和|平成|昭和)?[\d元年度月日\W]*$", text):
        yield Head(index, "apart", title)


def _find_full(lines: Sequence[Line], words: Sequence[int], found: Sequence[Head]) -> set[Head]:
    """Find the heads with text of their own: behind a short line between blank ones up to the next of any style."""
    every = {head.index for head in found}
    strong = {head.index for head in found if head.style not in ("apart", "led")}
    places = {index: place for place, index in enumerate(words)}
    full: set[Head] = set()
    for head in found:
        borders = every if head.style in ("apart", "led") else strong
        length = 0
        for place in range(places[head.index] + 1, len(words)):
            index = words[place]
            text = lines[index].text
            above = lines[index].heading > 0 and not is_block_label(text)
            if index in borders or above or find_pillar(text) or length >= _TEXT:
                break
            length += len(text.strip())
        if length >= _TEXT:
            full.add(head)
    return full


def _drop_later_labels(lines: Sequence[Line], words: Sequence[int], found: Sequence[Head]) -> list[Head]:
    """Drop the lines before a label that is not the one that a unit begins with: they end the block before."""
    behind = dict(pairwise(words))
    labels = {head: _bare(lines[behind[head.index]].text) for head in found if head.style == "led"}
    counts = Counter(labels.values())
    first = max(counts, key=lambda label: counts[label], default="")
    return [head for head in found if head.style != "led" or labels[head] == first]
