"""Any document that no other layout knows: repeated structure becomes entries, so that nothing is lost to the search.

In this order: tables with a header of known words, headings that the format marks, numbered or marked headings (事例1 …,
■ …), short lines between blank lines; where there is none of these, each paragraph is an entry without a title.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from indexer.layouts.generic.heads import Head, find_heads, is_block_label
from indexer.lines.area_names import find_area_name, find_cooperation, find_joined_cities
from indexer.lines.headings import clean_text, clean_title, find_pillar, join_wrapped
from indexer.lines.numbering import Numbering, parse_number
from indexer.lines.site_furniture import find_contact_box, is_furniture
from indexer.lines.title_lines import take_marks
from indexer.lines.titles import title_from_text
from indexer.lines.wrapped_lines import ends_sentence
from indexer.records import Document, Draft, Line, Pillar
from indexer.tables.header_tables import find_tables, read_drafts

_PAGE_NUMBER = re.compile(r"[-‐–—－\s]*(?:[pP]\.?\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?\s*(?:ページ|頁)?[-‐–—－\s]*")
_LONGEST_NOISE = 200
_NEAR = 4
_LONGEST_CHAPTER = 30
_END = re.compile(r"\s*[(（]?以\s*上[)）]?\s*")
_CONTENTS = re.compile(r"[.．…・‥]{3,}\s*(?:[pP]\.?)?\s*\d+\s*$")
_BULLET = re.compile(r"[・•‣∙●○※＊*■◆◇□▶►【(（]|[-‐–—]\s|\d{1,2}[.．)）]")
_LONGEST_TITLE = 40
_OPENING_LINES = 20  # where a document that is about one area names it
_TITLE_LINES = 3
_WRAPPED = 25  # a line this long without a sentence's end goes on in the next


def match(document: Document) -> float:  # noqa: ARG001 (any document will do)
    """Score least, for any document: the last resort."""
    return 0.05


def split(document: Document) -> list[Draft]:
    """Cut a document by the structure that it repeats; a document with any text gives at least one entry."""
    lines = document.lines
    texts = [line.text for line in lines]
    opening = [document.source.title or "", *filter(str.strip, texts)][:_OPENING_LINES]
    titles = opening[:_TITLE_LINES]
    region = find_area_name(opening) or find_joined_cities(titles) or find_cooperation(titles, bodies_only=True)
    context = document.source.title or ""
    tables = find_tables(lines)
    drafts = [draft for start, end in tables for draft in read_drafts(lines[start:end], region=region, context=context)]
    in_tables = {index for start, end in tables for index in range(start, end)}
    kept = [index for index, line in enumerate(lines) if index not in in_tables and not _is_noise(line)]
    heads = find_heads(lines, kept)
    pillars = _find_pillars(lines)
    chapter: Numbering | None = None
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        limit = following.index if following else len(lines)
        inside: Sequence[int] = kept[bisect_left(kept, head.index) : bisect_left(kept, limit)]
        chapter = _find_chapter(lines, kept, head) or chapter
        inside = _cut_end(lines, inside, head, chapter=chapter, last=not following)
        pillar = pillars[head.index]
        drafts.append(_read_unit(lines, inside, head, pillar=pillar, region=region, context=context))
    if not drafts:
        paragraphs = _find_paragraphs(document, kept) or _find_paragraphs(document, range(len(lines)))
        drafts = [_read_paragraph(paragraph, region=region, context=context) for paragraph in paragraphs]
    places = {id(line): index for index, line in enumerate(lines)}
    return sorted(drafts, key=lambda draft: places[id(draft.lines[0])])


def _is_noise(line: Line) -> bool:
    text = line.text.strip()
    return len(text) <= _LONGEST_NOISE and bool(_PAGE_NUMBER.fullmatch(text) or _CONTENTS.search(text))


def _find_chapter(lines: Sequence[Line], kept: Sequence[int], head: Head) -> Numbering | None:
    """Find the numbered heading of another style that stands directly before a head."""
    place = bisect_left(kept, head.index)
    near = [lines[index] for index in kept[max(0, place - _NEAR) : place] if not lines[index].blank]
    numbering = parse_number(near[-1].text) if near and len(near[-1].text) < _LONGEST_CHAPTER else None
    return numbering if numbering and numbering.number and numbering.style != head.style else None


def _cut_end(
    lines: Sequence[Line], inside: Sequence[int], head: Head, *, chapter: Numbering | None, last: bool
) -> Sequence[int]:
    """Cut what ends a unit before the next begins: a heading above it, a contact box, headings without text, furniture."""
    level = lines[head.index].heading

    def stands_above(line: Line) -> bool:
        if find_pillar(line.text) or 0 < line.heading < level:
            return True
        if chapter is None or not chapter.number:
            return False
        numbering = parse_number(line.text)
        return numbering is not None and numbering == replace(chapter, number=chapter.number + 1, rest=numbering.rest)

    above = (place for place, index in enumerate(inside) if place and stands_above(lines[index]))
    inside = inside[: next(above, len(inside))]
    box = find_contact_box([lines[index].text for index in inside[1:]]) if last else None
    inside = inside if box is None else inside[: box + 1]
    end = len(inside)
    while end > 1 and _closes(lines[inside[end - 1]], head, last=last):
        end -= 1
    return inside[:end]


def _closes(line: Line, head: Head, *, last: bool) -> bool:
    return (
        line.blank or is_furniture(line.text) or _is_chapter(line, head, last=last) or bool(_END.fullmatch(line.text))
    )


def _read_unit(
    lines: Sequence[Line],
    inside: Sequence[int],
    head: Head,
    *,
    pillar: Pillar | None,
    region: str | None,
    context: str,
) -> Draft:
    told = [lines[index] for index in inside[1:]]
    if told and clean_text(told[0].text) == head.title:  # 事例1, and its title on the next line
        told = told[1:]
    title, started = take_marks(head.title)
    return Draft(
        kind="initiative",
        title=title or title_from_text(_write_body(told)) or lines[head.index].text.strip()[:_LONGEST_TITLE],
        untitled=not title,
        started=started,
        lines=tuple(lines[index] for index in inside),
        body=_write_body(told),
        region=region or find_area_name([lines[index].text for index in inside]),
        pillar=pillar,
        context=context,
    )


def _is_chapter(line: Line, head: Head, *, last: bool) -> bool:
    """Whether a line at the end of a unit heads the units that follow: a heading of another style without text."""
    numbering = parse_number(line.text)
    short = len(line.text) < _LONGEST_CHAPTER and not line.text.endswith("。")
    return line.heading > 0 or bool(numbering and numbering.style != head.style and short and not last)


def _find_pillars(lines: Sequence[Line]) -> list[Pillar | None]:
    """Find the official heading that each line stands under; where the format has levels, only one of a higher level."""
    found: list[Pillar | None] = []
    flat: Pillar | None = None
    open_headings: list[tuple[int, Pillar | None]] = []
    for line in lines:
        while line.heading and open_headings and open_headings[-1][0] >= line.heading:
            open_headings.pop()
        above = next((pillar for _, pillar in reversed(open_headings) if pillar), None)
        found.append(above if line.heading else flat)
        pillar = find_pillar(line.text)
        flat = pillar or flat
        if line.heading:
            open_headings.append((line.heading, pillar))
    return found


def _find_paragraphs(document: Document, kept: Sequence[int]) -> list[list[Line]]:
    """Find runs of lines between blank ones; what a reader marks up as lines of HTML are paragraphs each."""
    paragraphs: list[list[Line]] = []
    previous = -2
    for index in kept:
        line = document.lines[index]
        if line.blank:
            continue
        if index == previous + 1 and document.reader == "text":
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        previous = index
    return paragraphs


def _read_paragraph(paragraph: Sequence[Line], *, region: str | None, context: str) -> Draft:
    body = _write_body(paragraph)
    titled = len(paragraph) == 1 and len(body) <= _LONGEST_TITLE and re.search(r"\w", body) and "。" not in body
    title = clean_title(body) if titled else title_from_text(body)
    return Draft(
        kind="initiative",
        title=title or paragraph[0].text.strip()[:_LONGEST_TITLE],
        untitled=not titled,
        lines=tuple(paragraph),
        body="" if titled and title else body,
        region=region or find_area_name([line.text for line in paragraph]),
        context=context,
    )


def _write_body(lines: Sequence[Line]) -> str:
    """Write lines as text, those that a converter wrapped joined; blocks and list items stay on lines of their own."""
    written: list[list[str]] = []
    previous: Line | None = None
    for line in lines:
        text = clean_text(line.text)
        wrapped = previous and not (
            previous.heading or previous.item or previous.cells or is_block_label(previous.text)
        )
        goes_on = wrapped and sum(map(len, written[-1][:2])) >= _WRAPPED and not ends_sentence(written[-1][-1])
        if text and goes_on and not (_BULLET.match(text) or line.item or line.cells or line.heading):
            written[-1].append(text)
        elif text:
            written.append([f"・{text}" if line.item else text])
        previous = line if text else None
    return "\n".join(map(join_wrapped, written))
