"""The outline of a meeting report: rows in; title lines, the chapters that they stand under, and where each entry ends.

What heads an entry is not fixed by one sign: the style of number that most often stands before a block label is the
style of titles, in this document. Other headings that stand directly before titles are chapters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from indexer.layouts.meeting_report.lines import Row
from indexer.lines.headings import find_pillar
from indexer.lines.site_furniture import heads_contact, is_furniture

_APPENDIX = re.compile(r"【?(?:参考資料|資料編|別[紙添表]|事務局)|以\s?上$")
_REFERENCE = re.compile(r"[（(【]参考[)）】]")
# Headings of lists of projects that run without being reported on.
_SETTLED = re.compile(
    r"(?:上記|以上|前記|これら|この|その)の?(?:他|ほか|外)(?:の|に|で|連携|$)|^(?:他|ほか)に|定着|進捗(?:確認|管理)(?:なし|無し|不要|の?対象外|をしない|を行わない)"
    r"|継続(?:して)?(?:実施|連携)し|既に|完了し|終了し|経常的"
)
_CHAPTER_END = re.compile(
    r"(?:事業|連携|取組|取り組み|分野|関係|部門|交流|について|[(（〔【](?:ソフト|ハード)[)）〕】])$"
)
_CHAPTER_MARKS = frozenset("■◆◇▼▽▲▶►▷★☆□➤➢")
_CHAPTER_STYLES = frozenset({*_CHAPTER_MARKS, "part", "roman"})
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Section:
    """An entry as positions in the rows: its title, the position behind its last row, the headings that it stands under."""

    title: int
    end: int
    chapters: tuple[int, ...]


def find_titles(rows: Sequence[Row]) -> list[int]:
    """Find the positions of the title lines."""
    confirmed = [at for at, row in enumerate(rows) if row.numbering and label_follows(rows, at)]
    styles = Counter(_style(rows[at]) for at in confirmed)
    unnumbered = _find_unnumbered_titles(rows)
    style, count = styles.most_common(1)[0] if styles else ("", 0)
    if count < min(2, max(1, len(unnumbered))):
        return unnumbered
    confirmed = _drop_inner_numbers(rows, [at for at in confirmed if _style(rows[at]) == style])
    sure = set(confirmed)
    titles: list[int] = []
    for at, row in enumerate(rows):
        if at in sure or (titles and _style(row) == style and _continues(rows, titles[-1], at, confirmed)):
            titles.append(at)
    # A title that comes again with its blocks stood in the list of contents before.
    last = {(rows[at].numbering, rows[at].key): at for at in titles}
    return sorted(last.values())


def label_follows(rows: Sequence[Row], at: int) -> str | None:
    """Give the block's label that follows, behind two lines of text at most; None where none does."""
    for row in rows[at + 1 : at + 4]:
        if row.label:
            return row.label.name
        if row.bullet or row.numbering:
            return None
    return None


def _drop_inner_numbers(rows: Sequence[Row], confirmed: Sequence[int]) -> list[int]:
    """Drop numbered lines that end a block: another label than the usual first one follows, and the count breaks."""
    labels = {at: label_follows(rows, at) for at in confirmed}
    usual = Counter(labels.values()).most_common(1)
    kept: list[int] = []
    before = 0
    for at, after in zip_longest(confirmed, confirmed[1:]):
        in_turn = _number(rows[at]) == before + 1 and (after is None or _number(rows[after]) != before + 1)
        if labels[at] == usual[0][0] or in_turn or not _number(rows[at]):
            kept.append(at)
            before = _number(rows[at])
    return kept


def _style(row: Row) -> str:
    return row.numbering.style if row.numbering else ""


def _number(row: Row) -> int:
    return (row.numbering.number if row.numbering else None) or 0


def _continues(rows: Sequence[Row], previous: int, at: int, confirmed: Sequence[int]) -> bool:
    """Tell a title without blocks from a numbered line inside a block: it carries the count of titles on."""
    row, count = rows[at], _number(rows[at])
    if not count or count != _number(rows[previous]) + 1 or row.text.endswith("。"):
        return False
    place = bisect_right(confirmed, at)
    return row.marked or (place < len(confirmed) and _number(rows[confirmed[place]]) == count + 1)


def _find_unnumbered_titles(rows: Sequence[Row]) -> list[int]:
    """Find lines before blocks where titles have no number: with a start mark or |, or before the usual first label."""
    heads = [
        at
        for at, row in enumerate(rows[:-1])
        if rows[at + 1].label and not (row.label or row.bullet or row.text.endswith("。"))
    ]
    signed = [at for at in heads if rows[at].marked or re.search("[|｜]", rows[at].text)]
    if len(signed) > 1:
        return signed
    short = [at for at in heads if rows[at].after_blank and len(rows[at].text) <= _LONGEST_HEADING]
    names = Counter(label.name for at in short if (label := rows[at + 1].label))
    first = names.most_common(1)[0][0] if names else ""
    return [at for at in short if (label := rows[at + 1].label) and label.name == first]


def cut_sections(rows: Sequence[Row], titles: Sequence[int]) -> list[Section]:
    """Cut the rows into entries; what stands between an entry's end and the next title belongs to none."""
    if not titles:
        return []
    cutter = _Cutter(rows, titles[0])
    return [cutter.cut(title, following) for title, following in zip(titles, [*titles[1:], len(rows)], strict=True)]


class _Cutter:
    """Cuts one entry after the other and counts the chapters that it passes.

    The headings directly above the `first` title show what chapters look like here; before them stands the list of contents.
    """

    def __init__(self, rows: Sequence[Row], first: int) -> None:
        self._rows = rows
        self._title_style = _style(rows[first])
        opening = _headings_before(rows, first, lambda row: bool(row.numbering) and _style(row) != self._title_style)
        self._styles = frozenset(_style(rows[at]) for at in opening)
        self._contents = frozenset(row.key for row in rows[: min([first, *opening])])
        self._counts: Counter[str] = Counter()  # the number of the last chapter of each style
        self._chapters: tuple[int, ...] = ()

    def cut(self, title: int, following: int) -> Section:
        """Cut the entry of a title; `following` is the next title, or the end of the rows."""
        self._chapters = tuple(_headings_before(self._rows, title, self._is_chapter)) or self._chapters
        for at in self._chapters:
            self._counts[_style(self._rows[at])] = _number(self._rows[at])
        limit = min([following, *_headings_before(self._rows, following, self._is_chapter)])
        end = next((at for at in range(title + 1, limit) if self._ends_entry(at)), max(limit, title + 1))
        return Section(title, end, self._chapters)

    def _is_chapter(self, row: Row) -> bool:
        if row.numbering and _style(row) != self._title_style:
            known = _style(row) in self._styles | _CHAPTER_STYLES
            in_turn = _number(row) in (0, 1, self._counts[_style(row)] + 1)
            return row.key in self._contents or (known and in_turn)
        if row.numbering or row.bullet:
            return False
        ends = row.after_blank and _CHAPTER_END.search(row.text) is not None
        return ends or row.key in self._contents or find_pillar(row.text) is not None

    def _ends_entry(self, at: int) -> bool:
        row = self._rows[at]
        if row.label or row.bullet:
            return False
        if _APPENDIX.match(row.words) or heads_contact(row.words) or is_furniture(row.text):
            return True
        if heads_settled_list(self._rows, at):
            return True
        # Inside a block it is a remark; a blank line that parts nothing else sets it off.
        if _REFERENCE.match(row.text) and row.after_blank and not self._rows[at - 1].after_blank:
            return True
        return self._is_next_chapter(row) or (len(row.key) > 5 and row.key in self._contents)

    def _is_next_chapter(self, row: Row) -> bool:
        """Whether the number of a row carries the count of chapters of its style on."""
        return _style(row) in self._styles and _number(row) > 0 and _number(row) == self._counts[_style(row)] + 1


def _headings_before(rows: Sequence[Row], title: int, accept: Callable[[Row], bool]) -> list[int]:
    """Give the positions, in order, of up to three headings that stand directly before a title."""
    found: list[int] = []
    for at in range(title - 1, max(-1, title - 4), -1):
        row = rows[at]
        if title == len(rows) or row.label or len(row.text) > _LONGEST_HEADING or row.text.endswith("。"):
            break
        if not accept(row):
            break
        found.insert(0, at)
    return found


def heads_settled_list(rows: Sequence[Row], at: int) -> bool:
    """Whether this row heads a list of further projects (上記の他に連携している取り組み)."""
    row = rows[at]
    if row.label or row.bullet or len(row.text) > _LONGEST_HEADING or row.text.endswith("。"):
        return False
    return bool(_SETTLED.search(row.text)) and at + 1 < len(rows) and is_list_row(rows[at + 1])


def is_list_row(row: Row) -> bool:
    """Whether a row is an item of a list: bulleted or numbered."""
    return row.label is None and (row.bullet or _number(row) > 0)


def groups_of_lists(rows: Sequence[Row], outside: Collection[int]) -> Iterator[tuple[int | None, list[int]]]:
    """Give the lists among the rows at `outside` positions: the position of what heads each, and of its items.

    A numbered row alone above items of another style heads them (3 その他の事業, then bullets).
    """
    heading: int | None = None
    items: list[int] = []
    previous = -1
    for at in sorted(outside):
        row = rows[at]
        if is_list_row(row):
            follows = at == previous + 1
            if len(items) == 1 and follows and _style(row) != _style(rows[items[0]]):
                heading, items = items[0], []
            elif items and not (follows and _style(row) == _style(rows[items[0]])):
                yield heading, items
                heading, items = None, []
            items.append(at)
        elif row.key:
            if items:
                yield heading, items
            heading, items = at, []
        previous = at
    if items:
        yield heading, items
