"""Blocks: a text as its source lays it out: paragraphs, lists, and the names that stand over lists (実績, 今後の方針)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from indexer.lines.bullets import BULLETS
from search_app.highlight import Segment

_BLOCK_NAME = 12  # characters of a line that names the list below it (実績, 今後の方針)

TextLine = tuple[Segment, ...]
BlockKind = Literal["paragraph", "list", "name"]


@dataclass(frozen=True, slots=True)
class BlockView:
    """Lines that stand together: paragraphs, a list, or the name of the list that follows."""

    kind: BlockKind
    lines: tuple[TextLine, ...]


def split_blocks(body: Iterable[Segment]) -> Iterator[BlockView]:
    """Part a text into paragraphs and lists by its lines, marks kept; blank lines part, they are not shown."""
    lines = [line for line in _split_lines(body) if _text(line).strip()]
    kinds: list[BlockKind] = ["list" if _is_item(_text(line)) else "paragraph" for line in lines]
    for index, (line, below) in enumerate(pairwise(lines)):
        if kinds[index] == "paragraph" and _is_item(_text(below)) and _is_name(_text(line)):
            kinds[index] = "name"
    for kind, group in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        yield BlockView(kind, tuple(line for _, line in group))


def _split_lines(segments: Iterable[Segment]) -> Iterator[TextLine]:
    line: list[Segment] = []
    for segment in segments:
        first, *others = segment.text.split("\n")
        line.append(Segment(first, segment.marked))
        for text in others:
            yield tuple(part for part in line if part.text)
            line = [Segment(text, segment.marked)]
    yield tuple(part for part in line if part.text)


def _text(line: TextLine) -> str:
    return "".join(segment.text for segment in line)


def _is_item(text: str) -> bool:
    return text.lstrip()[:1] in BULLETS or text.lstrip().startswith("- ")


def _is_name(text: str) -> bool:
    return len(text.strip()) <= _BLOCK_NAME and not text.rstrip().endswith(("。", "、", "."))
