"""Any document that no other layout knows: repeated structure becomes entries, so that nothing is lost to the search.

In this order: tables with a header of known words, headings that the format marks, numbered or marked headings (事例1 …,
■ …), short lines between blank lines; where there is none of these, each paragraph is an entry without a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.layouts.area_names import find_area_name, find_joined_cities
from indexer.layouts.generic_heads import Head, find_heads, is_block_label
from indexer.layouts.header_tables import find_tables, read_drafts
from indexer.layouts.headings import clean_text, clean_title, find_pillar, join_wrapped
from indexer.layouts.numbering import parse_number
from indexer.layouts.titles import title_from_text
from indexer.records import Document, Draft, Line, Pillar

_PAGE_NUMBER = re.compile(r"[-‐–—－\s]*(?:[pP]\.?\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?\s*(?:ページ|頁)?[-‐–—－\s]*")
_CONTENTS = re.compile(r"[.．…・‥]{3,}\s*(?:[pP]\.?)?\s*\d+\s*$")
_BULLET = re.compile(r"[・•‣∙●○※＊*■◆◇□▶►【(（]|[-‐–—]\s|\d{1,2}[.．)）]")
_SENTENCE_END = "。．！？!?)）]］】」』：:"
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
    region = find_area_name(opening) or find_joined_cities(opening[:_TITLE_LINES])
    context = document.source.title or ""
    tables = find_tables(lines)
    drafts = [draft for start, end in tables for draft in read_drafts(lines[start:end], region=region, context=context)]
    in_tables = {index for start, end in tables for index in range(start, end)}
    kept = [index for index, line in enumerate(lines) if index not in in_tables and not _is_noise(line)]
    heads = find_heads(lines, kept)
    drafts += [
        _read_unit(lines, kept, head, following, region=region, context=context)
        for head, following in zip(heads, [*heads[1:], None], strict=False)
    ]
    if not drafts:
        paragraphs = _find_paragraphs(document, kept) or _find_paragraphs(document, range(len(lines)))
        drafts = [_read_paragraph(paragraph, region=region, context=context) for paragraph in paragraphs]
    places = {id(line): index for index, line in enumerate(lines)}
    return sorted(drafts, key=lambda draft: places[id(draft.lines[0])])


def _is_noise(line: Line) -> bool:
    text = line.text.strip()
    return bool(_PAGE_NUMBER.fullmatch(text) or _CONTENTS.search(text))


def _read_unit(
    lines: Sequence[Line], kept: Sequence[int], head: Head, following: Head | None, *, region: str | None, context: str
) -> Draft:
    limit = following.index if following else len(lines)
    inside = [index for index in kept if head.index <= index < limit]
    level = lines[head.index].heading
    above = (index for index in inside if find_pillar(lines[index].text) or 0 < lines[index].heading < level)
    limit = next(above, limit)
    inside = [index for index in inside if index < limit]
    while len(inside) > 1 and (lines[inside[-1]].blank or _is_chapter(lines[inside[-1]], head, last=not following)):
        inside.pop()
    told = [lines[index] for index in inside[1:]]
    if told and clean_text(told[0].text) == head.title:  # 事例1, and its title on the next line
        told = told[1:]
    return Draft(
        kind="initiative",
        title=head.title or title_from_text(_write_body(told)) or lines[head.index].text.strip()[:_LONGEST_TITLE],
        untitled=not head.title,
        lines=tuple(lines[index] for index in inside),
        body=_write_body(told),
        region=region or find_area_name([lines[index].text for index in inside]),
        pillar=_find_pillar_above(lines, head.index),
        context=context,
    )


def _is_chapter(line: Line, head: Head, *, last: bool) -> bool:
    """Whether a line at the end of a unit heads the units that follow: a heading of another style without text."""
    numbering = parse_number(line.text)
    short = len(line.text) < 30 and not line.text.endswith("。")
    return line.heading > 0 or bool(numbering and numbering.style != head.style and short and not last)


def _find_pillar_above(lines: Sequence[Line], index: int) -> Pillar | None:
    """Find the official heading that a unit stands under; where the format has levels, only one of a higher level."""
    level = lines[index].heading
    for line in reversed(lines[:index]):
        pillar = find_pillar(line.text) if not level or 0 < line.heading < level else None
        if pillar:
            return pillar
        level = min(level, line.heading or level)
    return None


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
    written: list[str] = []
    previous: Line | None = None
    for line in lines:
        text = clean_text(line.text)
        wrapped = previous and not (
            previous.heading or previous.item or previous.cells or is_block_label(previous.text)
        )
        goes_on = wrapped and len(written[-1]) >= _WRAPPED and written[-1][-1] not in _SENTENCE_END
        if text and goes_on and not (_BULLET.match(text) or line.item or line.cells or line.heading):
            written[-1] = join_wrapped([written[-1], text])
        elif text:
            written.append(f"・{text}" if line.item else text)
        previous = line if text else None
    return "\n".join(written)
