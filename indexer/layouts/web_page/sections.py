"""A web page as a tree of sections: lines in, headings with what stands under them out, site furniture left out.

A page that came as HTML has levels of headings. One that came as text has none: there a heading is a short line between
blank lines, and its words tell its level (趣旨 or 実施期間 belong to the part before them, an official heading holds parts).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from indexer.layouts.web_page.words import contains_titles, could_head, is_item, is_marked
from indexer.lines.headings import clean_title, find_pillar
from indexer.lines.labels import is_label
from indexer.lines.numbering import parse_number
from indexer.lines.site_furniture import heads_contact, heads_links, is_aside, is_furniture
from indexer.records import Document, Line

_PAGE, _GROUP, _PART, _LABEL = 1, 2, 3, 4  # levels of a page that has none of its own
_LONGEST_LABEL = 15
_FEW_BLANKS = 8  # one line in so many: the copy has lost the space around headings
_LONGEST_HEADING, _SHORTEST_TEXT = 30, 25


@dataclass(slots=True)
class Section:
    """A heading with its lines and the sections below it; `heading` is None where text stands before any heading.

    `label`: it names a piece of the part above it (趣旨, or whatever comes again in each part), nothing of its own.
    """

    title: str
    level: int
    heading: Line | None = None
    label: bool = False
    lines: list[Line] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)

    def walk(self) -> Iterator[Section]:
        """Give this section and all below it, in the order of the page."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_sections(document: Document) -> Section:
    """Read a page as one tree; its root is the page itself, titled by its first heading, else by what its source says."""
    marked_up = any(line.heading for line in document.lines)
    levels = {index: line.heading for index, line in enumerate(document.lines) if line.heading}
    levels = levels if marked_up else _find_levels(document.lines)
    counts = Counter(_read_title(document.lines[index]) for index, level in levels.items() if level > _PAGE)
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
                label = is_label(title) or (counts[title] > 1 and len(title) <= _LONGEST_LABEL)
                _open(path, Section(title, level if marked_up or not label else _LABEL, line, label))
        elif not left_out and not line.blank and not _is_left_out(line, path[-1].lines):
            path[-1].lines.append(line)
    root.title = root.title or document.source.title or ""
    return root


def _read_title(line: Line) -> str:
    numbering = parse_number(line.text)
    return clean_title(numbering.rest if numbering else line.text)


def _is_left_out(line: Line, above: Sequence[Line]) -> bool:
    return is_furniture(line.text) or (not is_item(line) and (is_aside(line.text) or _captions(line, above)))


def _captions(line: Line, above: Sequence[Line]) -> bool:
    # A picture below a paragraph leaves words of it behind.
    return bool(above) and line.text.strip() in above[-1].text


def _open(path: list[Section], section: Section) -> None:
    root = path[0]
    if section.level == _PAGE and not root.children and not any("。" in line.text for line in root.lines):
        root.title, root.heading, root.lines = section.title, section.heading, []
        return
    while len(path) > 1 and path[-1].level >= section.level:
        path.pop()
    # A label beside the part that it belongs to: the part has no text of its own yet, or explains a term.
    beside = path[-1].children[-1] if path[-1].children else None
    level = beside is not None and beside.level == section.level
    if beside and level and section.label and not beside.label and _awaits_text(beside):
        section.level += 1
        path.append(beside)
    path[-1].children.append(section)
    path.append(section)


def _awaits_text(section: Section) -> bool:
    return section.title.endswith("とは") or not section.lines


def _find_levels(lines: Sequence[Line]) -> dict[int, int]:
    """Find the headings of a page that came as text, and how deep each stands."""
    levels: dict[int, int] = {}
    titles = dict(_find_headings(lines))
    counts = Counter(list(titles.values())[1:])
    awaits = False  # what stands behind a label is its text, however short
    for index, line in enumerate(lines):
        title = titles.get(index, "")
        label = is_label(title) or counts[title] > 1
        if title and (heads_contact(title) or not levels):
            levels[index] = _PAGE
        elif title and (label or not awaits):
            levels[index] = _GROUP if find_pillar(title) else _LABEL if label else _PART
        if not line.blank:
            awaits = index in levels and label and not contains_titles(title)
    return levels


def _find_headings(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Give the lines that could be headings, with their titles; the first one is that of the page."""
    dense = sum(line.blank for line in lines) * _FEW_BLANKS < len(lines)
    first = True
    for index, line in enumerate(lines):
        title = _read_title(line)
        if heads_contact(title) or (first and could_head(line.text) and not is_label(title)):
            first = first and heads_contact(title)
            yield index, title
        elif not (line.blank or is_furniture(line.text)) and could_head(title):
            if (is_item(line) and not _heads_text(lines, index)) or _captions(line, list(_line_above(lines, index))):
                continue
            began, leads = _stands_out(lines, index, dense=dense)
            glued = index + 1 < len(lines) and not lines[index + 1].blank
            if (began and leads) or is_item(line) or (is_label(title) and len(title) <= _LONGEST_LABEL and glued):
                yield index, title


def _stands_out(lines: Sequence[Line], index: int, *, dense: bool) -> tuple[bool, bool]:
    """Whether a line is no end of the text before it, and whether it stands alone or text or a list follows it."""
    before = lines[index - 1] if index else None
    behind = lines[index + 1] if index + 1 < len(lines) else None
    began = before is None or before.blank or (dense and (is_item(before) or _ends_text(before.text)))
    # Without blank lines each line is a paragraph; a short one before a sentence heads it.
    began = began or (dense and behind is not None and behind.text.endswith("。"))
    short = len(lines[index].text) <= _LONGEST_HEADING
    leads = behind is None or behind.blank or (short and (is_item(behind) or _tells(behind.text)))
    return began, leads


def _ends_text(text: str) -> bool:
    return is_furniture(text) or text.strip()[-1] in "。)）"


def _tells(text: str) -> bool:
    return len(text) >= _SHORTEST_TEXT or text.endswith("。")


def _line_above(lines: Sequence[Line], index: int) -> Iterator[Line]:
    return islice((lines[at] for at in range(index - 1, -1, -1) if not lines[at].blank), 1)


def _heads_text(lines: Sequence[Line], index: int) -> bool:
    """Whether a line that looks like an item heads text: it stands alone or has a heading's mark, and no list follows."""
    alone = all(line.blank for line in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]))
    numbering = parse_number(lines[index].text)
    if not alone and not is_marked(lines[index].text):
        return False
    before = next(_line_above(lines, index), None)
    behind = next((lines[at] for at in range(index + 1, len(lines)) if not lines[at].blank), None)
    styles = {beside.style for line in (before, behind) if line and (beside := parse_number(line.text))}
    return bool(numbering and behind) and (numbering.style if numbering else "") not in styles
