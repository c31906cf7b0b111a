"""Lists and tables of initiatives in a part of a web page: its lines in; drafts and the lines that remain out.

A list counts where the heading or the line before it says that initiatives follow, and most of its items can be titles;
conditions, members, dates and fields of the national scheme stay with the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.layouts.web_page.words import (
    announces_titles,
    contains_titles,
    is_bare_title,
    is_item,
    read_field,
    read_item,
)
from indexer.lines.headings import clean_text, find_pillar, strip_bullet
from indexer.lines.labels import is_label
from indexer.lines.numbering import parse_number
from indexer.lines.title_lines import take_marks
from indexer.records import Draft, Line, Pillar
from indexer.tables.header_tables import find_tables, read_drafts

_LONGEST_LEAD = 40  # a longer one says more than that a list follows
_LONGEST_NAME = 40
_LOOK_AHEAD = 2


def cut_lists(
    lines: Sequence[Line], *, title: str, pillar: Pillar | None, region: str | None, context: str
) -> tuple[list[Line], list[Draft]]:
    """Take tables and lists of bare titles out of the lines below the heading `title`."""
    rest: list[Line] = []
    drafts: list[Draft] = []
    index = 0
    for start, end in [*find_tables(lines), (len(lines), len(lines))]:
        kept, found = _cut_titles(lines[index:start], title=title, pillar=pillar, region=region, context=context)
        rest += kept
        drafts += found
        if start < end:
            drafts += read_drafts(lines[start:end], region=region, context=context)
        index = end
    # A heading that holds titles has no words of its own beside them.
    holds = bool(drafts) and (is_label(title) or contains_titles(title))
    return ([] if holds else rest), drafts


def write_line(line: Line) -> str:
    """Write a line as text, an item with one kind of bullet."""
    text = clean_text(line.text)
    if not is_item(line):
        return text
    bare = strip_bullet(text)
    return f"・{bare}" if line.item or bare != text else text


def _cut_titles(
    lines: Sequence[Line], *, title: str, pillar: Pillar | None, region: str | None, context: str
) -> tuple[list[Line], list[Draft]]:
    rest: list[Line] = []
    drafts: list[Draft] = []
    at = 0
    while at < len(lines):
        if not is_item(lines[at]) or _leads(lines[at]):
            rest.append(lines[at])
            at += 1
            continue
        end = _find_end(lines, at)
        lead = clean_text(rest[-1].text) if rest else ""
        led = announces_titles(lead)
        found: list[Draft] = []
        if led or contains_titles(title):
            found = _read_titles(lines[at:end], pillar=pillar, field=read_field(title), region=region, context=context)
        if not found:
            rest += lines[at:end]
        elif led and len(lead) < _LONGEST_LEAD:
            rest.pop()
        drafts += found
        at = end
    return rest, drafts


def _leads(line: Line) -> bool:
    # (1) 次の項目について連携する。
    text = read_item(line)
    return text.endswith("。") and announces_titles(text)


def _find_end(lines: Sequence[Line], start: int) -> int:
    """Find where a list ends; in text, lines directly below its items describe these."""
    described = False
    for at in range(start + 1, len(lines)):
        if is_item(lines[at]):
            if _leads(lines[at]):
                return at
            continue
        adjacent = not lines[start].item and lines[at].number == lines[at - 1].number + 1
        described = described or any(map(is_item, lines[at + 1 : at + 1 + _LOOK_AHEAD]))
        if not (adjacent and described):
            return at
    return len(lines)


def _read_titles(
    lines: Sequence[Line], *, pillar: Pillar | None, field: str | None, region: str | None, context: str
) -> list[Draft]:
    """Read a list of bare titles; none where most items are something else. Items of another style describe the one above."""
    style = _read_style(lines[0])
    units: list[list[Line]] = []
    for line in lines:
        if is_item(line) and _read_style(line) == style:
            units.append([line])
        else:
            units[-1].append(line)
    drafts: list[Draft] = []
    for first, *below in units:
        text = read_item(first)
        pillar = find_pillar(text) or pillar
        title, _, body = text.partition("：") if 3 < text.find("：") < _LONGEST_NAME else (text, "", "")
        title, started = take_marks(title.strip())
        if is_bare_title(title) and not find_pillar(text):
            drafts.append(
                Draft(
                    kind="initiative",
                    title=title,
                    started=started,
                    lines=(first, *below),
                    body="\n".join(filter(None, (body.strip(), *map(write_line, below)))),
                    region=region,
                    pillar=pillar,
                    policy_field=field,
                    context=context,
                )
            )
    items = sum(not find_pillar(read_item(first)) for first, *_ in units)
    return drafts if len(drafts) > 1 and len(drafts) * 10 >= items * 6 else []


def _read_style(line: Line) -> str:
    if line.item:
        return "item"
    numbering = parse_number(line.text)
    return numbering.style if numbering else line.text.strip()[:1]
