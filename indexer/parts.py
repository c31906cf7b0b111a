"""The parts of a document: each line in an entry, a heading, furniture, or nothing of these.

A document and the drafts that a layout made of it come in, a part for each line comes out. Only "nothing" can hide an
initiative that was missed, so what is not surely a heading or furniture (page numbers, contents, title page, contact
box, forms) is "nothing": of an entry that is taken away nearly all text must come out as "nothing".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice, pairwise, takewhile
from typing import Literal

from indexer import furniture
from indexer.lines.headings import find_pillar
from indexer.normalize import fold
from indexer.records import Document, Draft, Line

Part = Literal["entry", "heading", "furniture", "nothing"]

_TITLE_PAGE = 10  # lines at most, as long as none of them speaks
_HEADINGS = 3  # that stand one above the other in front of an entry
_REPEATS = 3  # times that a running line comes, each at least this many lines behind the one before:
_APART = 5
_PAGE_EDGE = 3  # lines from the top or bottom of a page
_SHORTEST_KEY = 4  # letters; a shorter title (観光) repeats by chance
# What the heading of a chapter says beside the name of its area: number, kind of area, 「の取組」.
_BESIDE_AREA = re.compile(
    r"第?[0-9一二三四五六七八九十]*[章節部編]?"
    r"(?:の|における|に係る|に関する|連携|中枢|定住|自立|広域|都市|圏域?|形成|主な|特徴的な?|取組み?|取り組み|事業|事例|概要|状況|紹介|一覧|について)*"
)


def classify_lines(document: Document, drafts: Sequence[Draft]) -> list[Part | None]:
    """Tell the part of each line of the document; None for a blank one.

    In this order, the first that holds: in a draft; known as a heading or as furniture by its words; the heading of an
    area's chapter; repeated over the document; in a list of contents; in a contact box; above an entry or such a list; on
    the title page.
    """
    inside = {line for draft in drafts for line in draft.lines}
    lines = document.lines
    parts: list[Part | None] = [None if line.blank else "entry" if line in inside else "nothing" for line in lines]

    def mark(found: Iterable[tuple[int, Part]]) -> set[int]:
        told = dict(found)
        for index, part in told.items():
            parts[index] = part
        return set(told)

    known = mark(_know_by_words(document, parts))
    lists = {index for index in known if furniture.is_check_row(lines[index])}
    mark(_find_area_headings(lines, parts, drafts))
    mark(_find_running_lines(lines, parts))
    lists |= mark(_find_contents(document, parts, drafts))
    mark(_find_contact_boxes(lines, parts))
    mark(_find_headings_above(lines, parts, drafts, lists=lists))
    mark(_find_title_page(lines, parts))
    return parts


def _open_lines(lines: Sequence[Line], parts: Sequence[Part | None]) -> Iterator[tuple[int, Line]]:
    return ((index, line) for index, (line, part) in enumerate(zip(lines, parts, strict=True)) if part == "nothing")


def _know_by_words(document: Document, parts: Sequence[Part | None]) -> Iterator[tuple[int, Part]]:
    """Tell furniture by its words, and headings: the official ones, table headers, those that the format marks."""
    web = furniture.is_web_page(document)
    spoken = [index for index, part in enumerate(parts) if part]
    below = {index: document.lines[following] for index, following in pairwise(spoken)}
    for index, line in _open_lines(document.lines, parts):
        text = line.text
        if (
            furniture.is_page_number(text)
            or furniture.is_date(text)
            or furniture.is_check_row(line)
            or furniture.is_closing(line)
            or (web and furniture.is_site_line(text))
        ):
            yield index, "furniture"
        elif (
            _heads(line, below.get(index))
            or find_pillar(line.cells[0] if line.cells else text)
            or furniture.is_table_header(line)
        ):
            yield index, "heading"
        elif index + 1 in below and find_pillar(text + document.lines[index + 1].text):
            yield from ((index, "heading"), (index + 1, "heading"))  # wrapped


def _heads(line: Line, below: Line | None) -> bool:
    """Whether a heading that the format marks has anything below it: one that heads nothing may be all of an initiative."""
    return line.heading > 0 and below is not None and not 0 < below.heading <= line.heading


def _find_area_headings(
    lines: Sequence[Line], parts: Sequence[Part | None], drafts: Sequence[Draft]
) -> Iterator[tuple[int, Part]]:
    """Find the headings of chapters: short lines with the name of the area (city) of the entry that comes next."""
    starts = _find_starts(lines, drafts)
    following = [""] * len(lines)
    for index in range(len(lines) - 2, -1, -1):
        draft = starts.get(index + 1)
        following[index] = _close_up(draft.region or "") if draft else following[index + 1]
    for index, line in _open_lines(lines, parts):
        region, text = following[index], _close_up(line.text)
        if region and region in text and _BESIDE_AREA.fullmatch(text.replace(region, "", 1)):
            yield index, "heading"


def _close_up(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def _find_starts(lines: Sequence[Line], drafts: Sequence[Draft]) -> dict[int, Draft]:
    """Give the drafts by the index of their first line."""
    first = {draft.lines[0]: draft for draft in reversed(drafts) if draft.lines}
    return {index: first[line] for index, line in enumerate(lines) if line in first}


def _find_running_lines(lines: Sequence[Line], parts: Sequence[Part | None]) -> Iterator[tuple[int, Part]]:
    """Find lines that the document repeats, digits aside, far from each other; where it has pages, at their edges."""
    edges = _find_page_edges(lines)
    places: dict[str, list[int]] = defaultdict(list)
    spoken = -1  # the number of the line among those that are not blank
    for index, line in enumerate(lines):
        spoken += parts[index] is not None
        if parts[index] != "nothing" or not furniture.is_title_like(line) or (line.page and index not in edges):
            continue
        same = places[re.sub(r"\d+", "0", "".join(fold(line.text).split()))]
        if not same or spoken - same[-1] >= _APART:
            same.append(spoken)
    for index, line in _open_lines(lines, parts):
        key = re.sub(r"\d+", "0", "".join(fold(line.text).split()))
        if len(places.get(key, ())) >= _REPEATS and (not line.page or index in edges):
            yield index, "furniture"


def _find_page_edges(lines: Sequence[Line]) -> set[int]:
    pages: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.page and not line.blank:
            pages[line.page].append(index)
    return {index for page in pages.values() for index in (*page[:_PAGE_EDGE], *page[-_PAGE_EDGE:])}


def _find_contents(
    document: Document, parts: Sequence[Part | None], drafts: Sequence[Draft]
) -> Iterator[tuple[int, Part]]:
    """Find lists of contents: their heading, lines that lead to a page, and lines that repeat an entry's title.

    What repeats the document's title or a line of its title page is a running title.
    """
    lines = document.lines
    cover = _read_cover(lines, parts)
    titles = {furniture.make_key(draft.title) for draft in drafts if not draft.untitled}
    running = {
        furniture.make_key(text) for text in (document.source.title or "", *(lines[index].text for index in cover))
    }
    previous = -1
    for index, line in _open_lines(lines, parts):
        if furniture.is_contents_heading(line.text):
            yield index, "furniture"
        elif furniture.leads_to_page(line.text):
            yield index, "furniture"
            if previous >= 0 and not furniture.make_key(line.text) and furniture.is_title_like(lines[previous]):
                yield previous, "furniture"  # the dots and the number came on a line of their own
        else:
            key = furniture.make_key(line.text)
            if len(key) >= _SHORTEST_KEY and (key in titles or (index not in cover and key in running)):
                yield index, "furniture"
        previous = index


def _find_contact_boxes(lines: Sequence[Line], parts: Sequence[Part | None]) -> Iterator[tuple[int, Part]]:
    """Find contact boxes: their heading, and the offices, addresses and numbers that follow it."""
    inside = False
    for index, line in enumerate(lines):
        if line.blank:
            continue
        heads = furniture.is_contact_heading(line.text)
        inside = parts[index] in ("nothing", "heading", "furniture") and (
            heads or (inside and furniture.is_contact_data(line.text))
        )
        if inside and parts[index] == "nothing":
            yield index, "furniture"


def _find_headings_above(
    lines: Sequence[Line], parts: Sequence[Part | None], drafts: Sequence[Draft], *, lists: Set[int]
) -> Iterator[tuple[int, Part]]:
    """Find up to three title-like lines directly above an entry, or above a line of `lists` (contents, forms).

    Not lines that stand as the titles of entries do: they may be titles of initiatives that were missed. For the same
    reason none directly above an entry without a title.
    """
    starts = _find_starts(lines, drafts)
    styles = {furniture.title_style(lines[index]) for index in starts}
    part: Part | None = None
    room = 0
    for index in range(len(lines) - 1, -1, -1):
        if index in starts:
            part, room = "heading", -1 if starts[index].untitled else _HEADINGS
        elif index in lists:
            part, room = "furniture", _HEADINGS
        elif parts[index] == "heading" and room < 0:
            room = _HEADINGS
        elif parts[index] == "nothing" and part and room > 0 and _heads_entries(lines[index], styles):
            yield index, part
            room -= 1
        elif parts[index] in ("entry", "nothing"):
            part = None


def _heads_entries(line: Line, styles: Set[str]) -> bool:
    return furniture.is_title_like(line) and furniture.title_style(line) not in styles


def _find_title_page(lines: Sequence[Line], parts: Sequence[Part | None]) -> Iterator[tuple[int, Part]]:
    """Find the lines of the title page that are nothing else."""
    return ((index, "furniture") for index in _read_cover(lines, parts) if parts[index] == "nothing")


def _read_cover(lines: Sequence[Line], parts: Sequence[Part | None]) -> list[int]:
    """Give the first lines of the document, at most ten, up to the first that speaks, is numbered or is of an entry."""

    def is_silent(index: int) -> bool:
        line = lines[index]
        if parts[index] == "nothing" or line.heading:
            return furniture.is_title_like(line) and not furniture.is_numbered(line.text)
        return parts[index] == "furniture"

    return list(takewhile(is_silent, islice((index for index, part in enumerate(parts) if part), _TITLE_PAGE)))
