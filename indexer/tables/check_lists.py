"""The ○ check list of a prefecture's report: which of the official fields an area works in, and what stands beside.

Under each official heading a line per field: its letter, its name, a mark; 「eの内容」 says in words what 「その他」 is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.lines.headings import clean_text, find_pillar, join_wrapped
from indexer.normalize import fold
from indexer.records import Line, Pillar

_ITEM = re.compile(r"([a-iA-C])(?:[\s.、)]+|(?=[^\x00-\x7f]))(?!から|の)(.+)", re.DOTALL)
_CONTENT = re.compile(r"\(?([a-i])\s*の(?:具体的な?)?内容\)?[\s:]*(.*)", re.DOTALL)
_MARKS = re.compile(r"^[○◯〇●◎△×✕✓\s－―-]+")


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A line of the list: the code of its field below the heading (e.g. "A-c", "e"), the field's name, its texts.

    There is one text for each column behind the names, marks taken off; empty where there is only a mark or nothing.
    """

    code: str
    name: str
    texts: tuple[str, ...]
    lines: tuple[Line, ...]


def read_check_heading(line: Line) -> Pillar | None:
    """Tell which official heading begins a check list on this line: it names areas or 「連携の有無」 beside."""
    if len(line.cells) > 1:
        return find_pillar(line.cells[0])
    text = line.text.strip()
    return find_pillar(re.sub(r"\S*有無$", "", text)) if text.endswith("有無") else None


def begins_item(text: str) -> bool:
    """Whether a line begins with the letter of a field."""
    folded = fold(text).strip()
    return bool(_CONTENT.fullmatch(folded) or _ITEM.fullmatch(folded))


def read_items(lines: Iterable[Line]) -> list[CheckItem]:
    """Read the lines under one official heading; a line without a letter goes on with the last cell of the one above."""
    items: list[CheckItem] = []
    group = letter = name = ""
    for cells, rows in _join_lines(lines):
        first = fold(cells[0]).strip()
        texts = [join_wrapped(cell.split("\n")) for cell in cells[1:]]
        if content := _CONTENT.fullmatch(first):
            letter = content.group(1)
            # Where the tab was lost the text stands behind the words; folded, it would not be what the document says.
            texts = texts or [join_wrapped(re.split(r"内容[)）]?[\s:：]*", cells[0], maxsplit=1)[-1].split("\n"))]
        elif item := _ITEM.fullmatch(first):
            letter, name = item.group(1), clean_text(item.group(2))
            group = f"{letter}-" if letter.isupper() else group
        items.append(CheckItem(group + letter, name, tuple(_MARKS.sub("", text) for text in texts), rows))
    return items


def _join_lines(lines: Iterable[Line]) -> list[tuple[tuple[str, ...], tuple[Line, ...]]]:
    joined: list[tuple[tuple[str, ...], tuple[Line, ...]]] = []
    for line in lines:
        cells = line.cells or (line.text.strip(),)
        if begins_item(cells[0]):
            joined.append((cells, (line,)))
        elif joined and not line.blank:
            before, rows = joined[-1]
            joined[-1] = ((*before[:-1], f"{before[-1]}\n{cells[0]}", *cells[1:]), (*rows, line))
    return joined
