"""A web page as a tree of sections: lines in, headings with what stands under them out, site furniture left out.

A page that came as HTML has levels of headings. One that came as text has none: there a heading is a short line between
blank lines, and its words tell its level (趣旨 or 実施期間 belong to the part before them, a proper name begins a part).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.layouts.headings import clean_title
from indexer.layouts.numbering import parse_number
from indexer.layouts.web_furniture import heads_contact, heads_links, is_aside, is_furniture
from indexer.layouts.web_words import could_head, is_item, is_label, is_marked, is_proper
from indexer.records import Document, Line

_PAGE, _PROPER, _GENERAL, _LABEL = 1, 2, 3, 4  # levels of a page that has none of its own
_LONGEST_LABEL = 15


@dataclass(slots=True)
class Section:
    """A heading with its lines and the sections below it; `heading` is None where text stands before any heading."""

    title: str
    level: int
    heading: Line | None = None
    lines: list[Line] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)

    def walk(self) -> Iterator[Section]:
        """Give this section and all below it, in the order of the page."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_sections(document: Document) -> Section:
    """Read a page as one tree; its root is the page itself, titled by its first heading."""
    marked_up = any(line.heading for line in document.lines)
    levels = {index: line.heading for index, line in enumerate(document.lines) if line.heading}
    levels = levels if marked_up else _find_levels(document.lines)
    root = Section("", 0)
    path = [root]
    left_out = 0  # level of the heading whose part is left out
    for index, line in enumerate(document.lines):
        level = levels.get(index, 0)
        title = _read_title(line) if level else ""
        if level and heads_contact(title):
            left_out = level if marked_up else _PAGE  # nothing of the page follows its contact box
        elif level and (not left_out or level <= left_out):
            left_out = (level if marked_up else _LABEL) if heads_links(title) else 0
            if not left_out:
                _open(path, Section(title, level, line))
        elif not left_out and not line.blank and not _is_left_out(line):
            path[-1].lines.append(line)
    return root


def _read_title(line: Line) -> str:
    numbering = parse_number(line.text)
    return clean_title(numbering.rest if numbering else line.text)


def _is_left_out(line: Line) -> bool:
    return is_furniture(line.text) or (is_aside(line.text) and not is_item(line))


def _open(path: list[Section], section: Section) -> None:
    root = path[0]
    if section.level == _PAGE and not root.lines and not root.children:
        root.title, root.heading = section.title, section.heading
        return
    while len(path) > 1 and path[-1].level >= section.level:
        path.pop()
    # A label beside the part that it belongs to: the part has no text of its own yet, or explains a term.
    beside = path[-1].children[-1] if path[-1].children else None
    level = beside is not None and beside.level == section.level
    if beside and level and is_label(section.title) and not is_label(beside.title) and _awaits_text(beside):
        section.level += 1
        path.append(beside)
    path[-1].children.append(section)
    path.append(section)


def _awaits_text(section: Section) -> bool:
    return section.title.endswith("とは") or not section.lines


def _find_levels(lines: Sequence[Line]) -> dict[int, int]:
    """Find the headings of a page that came as text, and how deep each stands."""
    levels: dict[int, int] = {}
    for index, line in enumerate(lines):
        if heads_contact(clean_title(line.text)):
            levels[index] = _PAGE
        if line.blank or is_furniture(line.text):
            continue
        if not levels and could_head(line.text):
            levels[index] = _PAGE
            continue
        title = _read_title(line)
        before = index == 0 or lines[index - 1].blank
        behind = index + 1 == len(lines) or lines[index + 1].blank
        if not could_head(title) or (is_item(line) and not _heads_text(lines, index, alone=before and behind)):
            continue
        if is_label(title) and len(title) <= _LONGEST_LABEL and not behind:
            levels[index] = _LABEL
        elif (before and behind) or is_item(line):
            levels[index] = _LABEL if is_label(title) else _PROPER if is_proper(title) else _GENERAL
    return levels


def _heads_text(lines: Sequence[Line], index: int, *, alone: bool) -> bool:
    """Whether a line that looks like an item heads text: it stands alone or has a heading's mark, and no list follows."""
    if not alone and (not is_marked(lines[index].text) or (index and is_item(lines[index - 1]))):
        return False
    numbering = parse_number(lines[index].text)
    before = next((line for line in reversed(lines[:index]) if not line.blank), None)
    behind = next((line for line in lines[index + 1 :] if not line.blank), None)
    styles = {beside.style for line in (before, behind) if line and (beside := parse_number(line.text))}
    return bool(numbering and behind) and (numbering.style if numbering else "") not in styles
