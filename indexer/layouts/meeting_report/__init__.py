"""Reports of two or more cities on their cooperation (連携会議 資料): numbered initiatives, each with 実績, 成果, 方針.

Each reported initiative is an entry, and so is each project that only a list names (定着等している事業); the list of
contents repeats the titles of the former and gives none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from indexer.layouts.meeting_report.lines import (
    COVER_ROWS,
    Row,
    format_body,
    make_key,
    measure_wrap,
    mend_text,
    read_rows,
)
from indexer.layouts.meeting_report.outline import (
    Section,
    cut_sections,
    find_titles,
    groups_of_lists,
    heads_settled_list,
    is_list_row,
    label_follows,
)
from indexer.lines.area_names import find_area_name, find_cooperation, find_joined_cities
from indexer.lines.headings import find_pillar, join_wrapped
from indexer.lines.title_lines import parse_title
from indexer.records import Document, Draft, Pillar

# Headings of lists that are no lists of projects.
_OTHER_LIST = re.compile(
    "経緯|沿革|概要|目的|目標|体制|組織|委員|名簿|出席|参加者|日程|次第|議題|議事|協議|報告|資料|構成|開催|人口|面積|凡例|注|もくじ|目次"
)
_REPORT = re.compile("会議|協議会|懇談会|サミット|連携事業|両市|[二三四五]市")
_CASE = re.compile(r"\W*(?:事例|ケース)")
_LONGEST_BARE_TITLE = 60
_NAMING_ROWS = 1_000  # a report that names its cities does so before
_BEGINNING, _MOST_ALIKE = 3, 30


def match(document: Document) -> float:
    """Score by the number of titles with labelled blocks, their density, and cities or a 会議 on the cover."""
    rows = read_rows(document)
    titles = [at for at in find_titles(rows) if label_follows(rows, at)]
    if not titles:
        return 0.0
    score = min(0.95, 0.35 + 0.12 * len(titles)) * min(1.0, 40 * len(titles) / (len(rows) - titles[0]))
    cover = [document.source.title or "", *_cover(rows)]
    if not any(map(_REPORT.search, cover)) and not find_joined_cities(cover):
        score *= 0.4
    if len(titles) == 1:
        score *= 0.2
    # Official headings head the chapters of areas, 事例1 … a collection of cases.
    if sum(find_pillar(row.text) is not None for row in rows) > 2 or all(_CASE.match(rows[at].text) for at in titles):
        score *= 0.1
    return score


def split(document: Document) -> list[Draft]:
    """Cut a report into its reported initiatives and the bare titles of its other lists, in document order."""
    rows = read_rows(document)
    sections = cut_sections(rows, find_titles(rows))
    region = find_region(document, rows)
    context = "\n".join(dict.fromkeys(filter(None, [document.source.title, *_cover(rows)])))
    wrap = measure_wrap(rows)
    drafts = [_draft(document, rows, section, region=region, context=context, wrap=wrap) for section in sections]
    for positions, text in _find_bare_titles(document, rows, sections):
        title = parse_title(text)
        drafts.append(
            Draft(
                kind="initiative",
                title=title.title,
                subtitle=title.subtitle,
                started=title.started,
                lines=tuple(document.lines[rows[at].last] for at in positions),
                region=region,
                context=context,
            )
        )
    return sorted(drafts, key=lambda draft: draft.lines[0].number)


def find_region(document: Document, rows: Sequence[Row]) -> str | None:
    """Find the cooperating area as the report names it: its cities joined in the title, or what its title says."""
    cover = [document.source.title or "", *_cover(rows)]
    everywhere = [row.text for row in rows[:_NAMING_ROWS]]
    return (
        find_joined_cities(cover)
        or find_cooperation(cover)
        or find_joined_cities(everywhere)
        or find_area_name(everywhere)
    )


def _cover(rows: Sequence[Row]) -> list[str]:
    before = takewhile(lambda row: not (row.label or row.bullet or row.numbering or row.marked), rows[:COVER_ROWS])
    return [row.text for row in before if len(row.text) > 3]


def _draft(
    document: Document, rows: Sequence[Row], section: Section, *, region: str | None, context: str, wrap: int
) -> Draft:
    heading, behind = _read_heading(rows, section)
    title = parse_title(heading)
    inside = rows[section.title : section.end]
    kept = {index for row in inside for index in range(row.first, row.last + 1)}
    first, last = inside[0].first, inside[-1].last
    chapters = [rows[at] for at in section.chapters]
    return Draft(
        kind="initiative",
        title=title.title,
        subtitle=title.subtitle,
        started=title.started,
        lines=tuple(
            line for index, line in enumerate(document.lines[first : last + 1], first) if index in kept or line.blank
        ),
        body=format_body(rows[behind : section.end], wrap=wrap),
        region=region,
        context=context,
        pillar=_find_pillar(chapters),
        policy_field=_find_field(chapters),
    )


def _read_heading(rows: Sequence[Row], section: Section) -> tuple[str, int]:
    """Read the title line, joined with the lines that it goes on in, and the position behind it."""
    row = rows[section.title]
    text, at = row.words, section.title + 1
    while at < min(section.end, section.title + 3) and not rows[at].label and not rows[at].bullet:
        # A mark ends a heading; before it, 「…｜」 waits for a sub-title and a line with the mark or in ～…～ is one.
        waits = re.search("[|｜・、：:—―–]$", text) is not None
        if parse_title(text).started or not (waits or rows[at].marked or re.match("[～〜—―].+", rows[at].text)):
            break
        joint = "" if waits else " | "
        text, at = text + joint + rows[at].text, at + 1
    return text, at


def _find_pillar(chapters: Sequence[Row]) -> Pillar | None:
    return next((pillar for row in chapters if (pillar := find_pillar(row.text))), None)


def _find_field(chapters: Sequence[Row]) -> str | None:
    """Give the policy field that a chapter heading names as one (福祉分野, 観光関係)."""
    for row in chapters:
        field = re.fullmatch(r"(.{2,20}?)(?:の?分野|関係|部門)(?:の?(?:連携)?(?:事業|取組|取り組み))?", row.words)
        if field:
            return field.group(1)
    return None


def _find_bare_titles(
    document: Document, rows: Sequence[Row], sections: Sequence[Section]
) -> list[tuple[tuple[int, ...], str]]:
    """Find the projects that only a list names: the positions of each and its text."""
    covered = {at for section in sections for at in (*range(section.title, section.end), *section.chapters)}
    keys = {rows[at].key for section in sections for at in (section.title, *section.chapters)}
    keys |= {make_key(parse_title(_read_heading(rows, section)[0]).title) for section in sections}
    first = sections[0].title if sections else 0
    lists = list(groups_of_lists(rows, [at for at in range(len(rows)) if at not in covered]))
    known_keys = _KnownKeys(keys)
    has_contents = any(rows[at].key in known_keys for _, items in lists for at in items if at < first)
    found: list[tuple[tuple[int, ...], str]] = []
    for heading, items in lists:
        settled = heading is not None and heads_settled_list(rows, heading)
        # Beside the list of contents, a list that repeats no title is one of further projects.
        other = heading is not None and _OTHER_LIST.search(rows[heading].text)
        beside = has_contents and items[0] < first and not other
        known = any(rows[at].key in known_keys for at in items)
        if not settled and (known or not beside or len(items) < 2):
            continue
        for at in items:
            if rows[at].bullet or settled:
                found += [pair for pair in _split_items(document, rows, at) if make_key(pair[1]) not in known_keys]
    return found


class _KnownKeys:
    """Keys of headings; slightly reworded ones (促進する / 促進した) are in it, too, where their beginnings are the same."""

    def __init__(self, keys: Collection[str]) -> None:
        self._keys = set(keys)
        self._by_beginning: dict[str, list[str]] = {}
        for key in keys:
            self._by_beginning.setdefault(key[:_BEGINNING], []).append(key)

    def __contains__(self, key: str) -> bool:
        if key in self._keys:
            return True
        alike = self._by_beginning.get(key[:_BEGINNING], [])[:_MOST_ALIKE]
        return any(len(key) > 5 and SequenceMatcher(None, key, known).ratio() >= 0.85 for known in alike)


def _split_items(document: Document, rows: Sequence[Row], at: int) -> list[tuple[tuple[int, ...], str]]:
    """Take the bare titles out of a list's row: none from a sentence, several where columns stand side by side."""
    positions: tuple[int, ...] = (at,)
    columns = re.split(r"\s+(?=[・●○•])", document.lines[rows[at].last].text.strip().removeprefix("- "))
    texts = [mend_text(column) for column in columns] if len(columns) > 1 else [rows[at].words]
    behind = rows[at + 1] if at + 1 < len(rows) else None
    goes_on = re.search("[のとやをにへ・、]$", texts[-1])
    if behind and goes_on and not (is_list_row(behind) or behind.after_blank or behind.label):
        texts[-1], positions = join_wrapped([texts[-1], behind.text]), (at, at + 1)
    titles = [re.sub(r"^(?:[-‐–—*]\s+|[・●○◎•‣∙]\s*)+", "", text).strip() for text in texts]
    return [(positions, title) for title in titles if 2 < len(title) <= _LONGEST_BARE_TITLE and title[-1] != "。"]
