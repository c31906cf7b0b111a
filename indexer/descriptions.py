"""What a document says of itself: title, publisher, 年度 and prefecture where `sources.toml` is silent.

A document and its drafts come in, its source completed and the evidence of every value that was inferred come out. Only
the words outside the entries tell it, those of the title page above all; what they do not say surely stays None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from indexer import furniture
from indexer.authorities import read_authority
from indexer.entries import home_prefectures, resolve_places
from indexer.eras import YearMention, find_years
from indexer.lines.headings import clean_text, clean_title, find_pillar
from indexer.lines.numbering import parse_number
from indexer.normalize import fold
from indexer.places import in_jis_order
from indexer.records import Document, Draft, Line, SourceFile

Field = Literal["title", "publisher", "fiscal_year", "prefecture"]

_OPENING_LINES = 40
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 80
_COPY_NUMBER = re.compile(
    r"[【\[(（]?(?:参考|別紙|別添|別表|様式|資料)(?:資料)?\s*(?:No\.?)?[\s\d０-９①-⑳ー‐-]*[】\])）]?"
)
_COPY_MARK = re.compile(r"^\s*[【\[(（]?(?:参考)?資料\s*[\d０-９①-⑳][\d０-９ー‐-]*[】\])）]?[\s　]+(?=\S{4})")
_LISTED = re.compile(r"\s*(?:[・•‣∙※＊*➤➢⇒→]|[-‐–—]\s)")
_SITE_NAME = re.compile(r"\s*[｜|]\s*|\s[-–—]\s")
_SITE_WORDS = re.compile(r"(?:公式)?(?:ホームページ|ウェブサイト|Webサイト|サイト|HP)$", re.IGNORECASE)
_STATED_PUBLISHER = re.compile(
    r"(?:(?:企画|編集|制作)・?)*(?:発行|作成|編集)(?:者|元|機関|所|主体)?\s*[:：]\s*([^。]{2,40})"
)
_RANGE = re.compile(r"[~\-]|から|まで|以降|以前|予定|計画")
_AS_OF = re.compile("現在|時点")
_PUBLISHED = re.compile(r"(?:最終)?(?:更新|公開|掲載|公表|発行|作成|登録)(?:年月)?日")
_MONTH = re.compile(r"年\s?([0-9]{1,2})月|[./-]([0-9]{1,2})(?:[./-][0-9]{1,2})?$")
# Entries tell the prefecture of their document where nine in ten of those that name any name it alone, and half name any.
_AGREE, _NAME_ONE = 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Inference:
    """A value that the document itself told, with the words that did, on `page` and `line` (None: not on one line)."""

    field: Field
    value: str
    text: str
    page: int | None
    line: int | None


def describe_source(document: Document, drafts: Sequence[Draft]) -> tuple[SourceFile, tuple[Inference, ...]]:
    """Complete the source of a document from its own text, and tell what was inferred; what is stated stays."""
    source = document.source
    told: list[Inference] = []
    opening = list(_read_opening(document, drafts))
    chapters = {_close_up(draft.region) for draft in drafts if draft.region}
    if source.title is None and (title := _find_title(document, opening, drafts, chapters)):
        told.append(title)
        source = replace(source, title=title.value)
    if source.publisher is None and (publisher := _find_publisher(document, opening, drafts, chapters)):
        told.append(publisher)
        source = replace(source, publisher=publisher.value)
    if source.fiscal_year is None and (year := _find_fiscal_year(document, opening, drafts, source.title, told)):
        told.append(year)
        source = replace(source, fiscal_year=int(year.value))
    if source.prefecture is None and (prefecture := _find_prefecture(source, told, drafts)):
        told.append(prefecture)
        source = replace(source, prefecture=prefecture.value)
    return source, tuple(told)


def _infer(field: Field, value: str, line: Line) -> Inference:
    return Inference(field, value, clean_text(line.text)[:_LONGEST_TITLE], line.page, line.number)


def _place(told: Sequence[Inference], field: Field) -> tuple[int | None, int | None]:
    """Give the page and line that told a field; None twice where `sources.toml` states it."""
    return next(((inference.page, inference.line) for inference in told if inference.field == field), (None, None))


def _read_opening(document: Document, drafts: Sequence[Draft]) -> Iterator[Line]:
    """Read the lines before the first entry that has a text, at most 40; those of entries that are a mere line count."""
    inside = {line for draft in drafts if draft.body for line in draft.lines}
    spoken = [line for line in document.lines if not line.blank][:_OPENING_LINES]
    for line in spoken:
        if line in inside or furniture.is_contents_heading(line.text):
            return
        yield line


def _find_title(
    document: Document, opening: Sequence[Line], drafts: Sequence[Draft], chapters: set[str]
) -> Inference | None:
    """Find the first line of the title page that reads as a title, with the 年度 that stands alone above it.

    The heading of a chapter on one of several areas names only its chapter.
    """
    above: Line | None = None
    web = furniture.is_web_page(document)
    for line in opening:
        title = _read_title(line, html=document.reader == "html")
        part = document.reader == "xlsx" and line.heading  # the name of a sheet names a part
        if (
            title
            and not part
            and not (web and furniture.is_site_line(line.text))
            and not _names_chapter(title, chapters)
        ):
            year = clean_text(above.text) + " " if above and find_years(above.text) else ""
            return _infer("title", year + title, line)
        above = line if furniture.is_date(line.text) and len(line.text.strip()) < 10 else None
    return _find_table_title(document, drafts, chapters)


def _find_table_title(document: Document, drafts: Sequence[Draft], chapters: set[str]) -> Inference | None:
    """Find the title above a table whose header each page repeats: the only line that stands above any of them."""
    inside = {line for draft in drafts for line in draft.lines}
    spoken = [line for line in document.lines if not line.blank]
    headers = [index for index, line in enumerate(spoken) if furniture.is_table_header(line)]
    titles = {
        title: line
        for line in (spoken[index - 1] for index in headers if index)
        if line not in inside
        and not parse_number(line.text)
        and (title := _read_title(line, html=False))
        and not _names_chapter(title, chapters)
    }
    return _infer("title", *titles.popitem()) if len(headers) > 1 and len(titles) == 1 else None


def _read_title(line: Line, *, html: bool) -> str | None:
    """Give a line as a title, or None where it cannot be one."""
    if html and line.heading:
        return clean_title(_SITE_NAME.split(line.text)[0]) or None
    text = clean_title(_COPY_MARK.sub("", line.text))
    cannot = (
        line.item
        or furniture.is_numbered(line.text)  # the heading of a part
        or sum(map(bool, line.cells)) > 1
        or "。" in text
        or not _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE
        or _LISTED.match(line.text)
        or _COPY_NUMBER.fullmatch(text)
        or furniture.is_date(text)
        or furniture.is_page_number(text)
        or furniture.leads_to_page(text)
        or furniture.is_table_header(line)
        or find_pillar(text)
        or read_authority(text)
    )
    return None if cannot else text


def _names_chapter(text: str, chapters: set[str]) -> bool:
    """Whether a line names one of the several areas or cities that the document has a chapter of."""
    return len(chapters) > 1 and any(chapter in _close_up(text) for chapter in chapters)


def _close_up(text: str) -> str:
    return re.sub(r"[\s・･]+", "", fold(text))


def _find_publisher(
    document: Document, opening: Sequence[Line], drafts: Sequence[Draft], chapters: set[str]
) -> Inference | None:
    """Find who is named as the author: behind 発行, in a contact box, as the site, or alone on the title page."""
    inside = {line for draft in drafts for line in draft.lines}
    outside = [line for line in document.lines if not line.blank and line not in inside]
    for line in outside:
        stated = _STATED_PUBLISHER.fullmatch(clean_text(line.text))
        if stated and not furniture.is_date(stated[1]):
            return _infer("publisher", read_authority(stated[1]) or stated[1].strip(), line)
    for heading, line in pairwise(outside):
        name = read_authority(line.text) if furniture.is_contact_heading(heading.text) else None
        if name:
            return _infer("publisher", name, line)
    if document.reader == "html" and document.lines:
        site = _SITE_WORDS.sub("", _SITE_NAME.split(document.lines[0].text)[-1].strip())
        if site != document.lines[0].text.strip() and (name := read_authority(site)):
            return _infer("publisher", name, document.lines[0])
    named = [(name, line) for line in opening if (name := read_authority(line.text))]
    # Several names one under the other head chapters, or are a list of members.
    if len({name for name, _ in named}) == 1 and not _names_chapter(named[0][0], chapters):
        return _infer("publisher", *named[0])
    return None


def _find_fiscal_year(
    document: Document, opening: Sequence[Line], drafts: Sequence[Draft], title: str | None, told: Sequence[Inference]
) -> Inference | None:
    """Find the 年度 that the document reports for.

    The one that its title or title page states, else that of the date as of which it speaks, of the date on the title
    page, of the day on which the page was updated. A range of years is the period of a plan.
    """
    titled = _read_fiscal_year(title or "")
    if titled is not None:
        return Inference("fiscal_year", str(titled), title or "", *_place(told, "title"))
    for line in opening:
        year = _read_fiscal_year(line.text) if len(line.text) <= _LONGEST_TITLE and "。" not in line.text else None
        if year is not None:
            return _infer("fiscal_year", str(year), line)
    inside = {line for draft in drafts for line in draft.lines}
    outside = [line for line in document.lines if not line.blank and line not in inside]
    dated = (
        *(line for line in outside if _AS_OF.search(line.text) and furniture.is_date(line.text)),
        *(line for line in opening if furniture.is_date(line.text)),
        *(line for line in outside if _PUBLISHED.search(line.text)),
    )
    for line in dated:
        published = _PUBLISHED.search(line.text)
        mentions = find_years(line.text[published.end() :] if published else line.text)
        year = _to_fiscal_year(mentions[0]) if mentions else None
        if year is not None:
            return _infer("fiscal_year", str(year), line)
    return None


def _read_fiscal_year(text: str) -> int | None:
    """Read the one 年度 that a text names, if it is no part of a range and not that of a plan."""
    mentions = [mention for mention in find_years(text) if mention.fiscal]
    if len({mention.year for mention in mentions}) != 1:
        return None
    rest = fold(text[mentions[0].end :][:3]) + fold(text[: mentions[0].start][-2:])
    return None if _RANGE.search(rest) else mentions[0].year


def _to_fiscal_year(mention: YearMention) -> int | None:
    """Give the 年度 of a date; None where its month is not told."""
    if mention.fiscal:
        return mention.year
    month = _MONTH.search(fold(mention.text))
    number = int(next(filter(None, month.groups()))) if month else 0
    return mention.year - (number < 4) if 0 < number <= 12 else None


def _find_prefecture(source: SourceFile, told: Sequence[Inference], drafts: Sequence[Draft]) -> Inference | None:
    """Find the prefecture (several: joined by ・) that the title or the publisher names, else that most entries name."""
    stated: tuple[tuple[Field, str | None], ...] = (("title", source.title), ("publisher", source.publisher))
    for field, text in stated:
        named = home_prefectures(text or "")
        if named:
            return Inference("prefecture", "・".join(named), text or "", *_place(told, field))
    return _count_prefectures(drafts)


def _count_prefectures(drafts: Sequence[Draft]) -> Inference | None:
    """Find the prefecture that the entries agree on; an area whose entries name none may lie anywhere."""
    resolved = [(draft, resolve_places(draft, home=()).prefectures) for draft in drafts]
    naming = [(draft, prefectures) for draft, prefectures in resolved if prefectures]
    counts = Counter(prefecture for _, prefectures in naming for prefecture in prefectures)
    agreed = in_jis_order(name for name, count in counts.items() if count >= len(naming) * _AGREE)
    count = sum(set(prefectures) <= set(agreed) for _, prefectures in naming)
    silent = {draft.region for draft in drafts} - {draft.region for draft, _ in naming} - {None}
    few = len(naming) < max(len(drafts) * _NAME_ONE, min(len(drafts), 2))
    if not agreed or silent or few or count < len(naming) * _AGREE:
        return None
    first = naming[0][0].lines[0]
    text = f"取組{len(drafts)}件のうち{count}件が示す"
    return Inference("prefecture", "・".join(agreed), text, first.page, first.number)
