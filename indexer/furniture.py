"""Furniture of official documents: what stands on a line that is no text of its own, told from the line alone.

Page numbers, dates, lists of contents, contact boxes, a site's own lines, the rows of a form that is ticked, table
headers. One line in, yes or no out; what several lines of a document tell together is the business of `coverage`.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.eras import find_years
from indexer.lines.bullets import is_listed
from indexer.lines.headings import clean_text, clean_title, strip_bullet
from indexer.lines.numbering import parse_number
from indexer.lines.site_furniture import heads_contact, heads_links, is_aside, is_furniture
from indexer.normalize import fold
from indexer.records import Document, Line
from indexer.tables.check_lists import begins_item
from indexer.tables.column_roles import NO_MARKS, YES_MARKS, is_header

_PAGE_NUMBER = re.compile(
    r"[-‐–—－\s]*(?:[pP]\.?\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?\s*(?:ページ|頁)?[-‐–—－\s]*|第\s*\d{1,4}\s*(?:ページ|頁)"
)
_LEADER = re.compile(
    r"\s*(?:…{2,}|[.．…・‥─]{3,})\s*[(（]?\s*(?:[pP]\.?\s*)?\d{1,4}(?:\s*[~～〜-]\s*(?:[pP]\.?\s*)?\d{1,4})?\s*(?:ページ|頁)?[)）]?\s*$"
)
_CONTENTS = re.compile(r"(?:もくじ|目次|contents|tableofcontents|index)")
_ABOUT_A_DATE = re.compile(
    r"現在|時点|策定|作成|発行|発表|公表|公開|改[訂定]|更新日?|修正|初版|以降|日付|[年月日度末版付:：()（）【】\[\]〔〕<>＜＞\s　・.]"
    r"|[月火水木金土日]曜日?|第\d+[回版]"
)
_ORGANISATION = re.compile(r"\S*(?:課|室|局|部|係|班|担当|センター|本部|事務局|支所|役所|役場|庁|[都道府県市区町村])")
_CONTACT_DATA = re.compile(
    r"〒|\d{3}-\d{4}|(?:電話|ファク|FAX|TEL|直通|内線|[EＥ]?-?メール|mail|住所|所在地|担当者?|URL)(?:番号|アドレス)?\s*[:：・(（\s]"
    r"|\(?0\d{1,4}\)?-\d{1,4}-\d{3,4}|\S+@\S+\.\S+|https?://|お?問い?合わ?せ(?:フォーム|先)?$",
    re.I,
)
_WEB_PAGE = re.compile(r"ページ(?:番号|ID)|このページ(?:に関する|の先頭|を)|(?:最終)?更新日[:：\s\d]|大きな文字で印刷")
_SPEAKS = re.compile(r"。|[ぁ-ん]、|[、，,]$")
_NOTHING_MORE = re.compile(r"(?:以\s*上|該当\s*(?:する(?:もの|取組))?は?\s*なし|特に\s*なし|な\s*し)")
_TOTAL = re.compile(r"(?:小|合|総|累)?\s*計")
_LONGEST_TITLE = 40


def make_key(text: str) -> str:
    """Reduce a line to the letters and digits of its words, to tell that it repeats another: no number, leader, sign."""
    bare = strip_bullet(_LEADER.sub("", clean_text(text)))
    numbering = parse_number(bare)
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", numbering.rest if numbering else bare))


def is_page_number(text: str) -> bool:
    """Whether a line is the number of its page (- 3 -, 3／6, P.3, 3ページ)."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def leads_to_page(text: str) -> bool:
    """Whether a line of contents ends here: dots that lead to the number of a page."""
    return _LEADER.search(text) is not None


def is_contents_heading(text: str) -> bool:
    """Whether a line heads a list of contents."""
    key = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()
    return _CONTENTS.fullmatch(key) is not None


def is_date(text: str) -> bool:
    """Whether a line says nothing but a date or a year (令和7年度, （令和7年12月1日現在）)."""
    folded = fold(text).strip()
    if len(folded) > _LONGEST_TITLE:
        return False
    mentions = find_years(folded)
    for mention in reversed(mentions):
        folded = folded[: mention.start] + folded[mention.end :]
    return bool(mentions) and not _ABOUT_A_DATE.sub("", folded)


def is_title_like(line: Line) -> bool:
    """Whether a line could be a title or heading by its form: short, no sentence, no item of a list, no row of cells."""
    text = clean_text(line.text)
    return (
        0 < len(text) <= _LONGEST_TITLE
        and not line.item
        and sum(map(bool, line.cells)) < 2
        and not (_SPEAKS.search(text) or is_listed(text))
    )


def is_numbered(text: str) -> bool:
    """Whether a line begins with a number as headings and titles have it, not with a mere mark."""
    numbering = parse_number(text)
    return numbering is not None and numbering.number is not None


def title_style(line: Line) -> str:
    """Name the form in which a title stands: its number's style, its mark, as an item, in a cell, or plain."""
    numbering = parse_number(line.text)
    if sum(map(bool, line.cells)) > 1:
        return "cells"
    if line.item or (not numbering and is_listed(line.text)):
        return "item"
    if numbering:
        return numbering.style
    return f"heading {line.heading}" if line.heading else "plain"


def is_table_header(line: Line) -> bool:
    """Whether a row names the columns of a table of initiatives, in cells or, out of a converter, set apart by spaces."""
    return is_header(line.cells or tuple(line.text.split()))


def is_check_row(line: Line) -> bool:
    """Whether a row of the official form only ticks a field, or leaves it empty (a 地域医療 | ○)."""
    marks = [cell for cell in line.cells[1:] if cell.strip()]
    only_marks = all(set(cell) <= YES_MARKS | NO_MARKS or _NOTHING_MORE.fullmatch(cell) for cell in marks)
    return len(line.cells) > 1 and only_marks and begins_item(line.cells[0])


def is_closing(line: Line) -> bool:
    """Whether a line only closes a text or table: 以上, 該当なし, a row of totals."""
    first = next((cell.strip() for cell in line.cells if cell.strip()), "")
    return bool(_NOTHING_MORE.fullmatch(clean_text(line.text).strip("()（） ")) or _TOTAL.fullmatch(first))


def is_contact_heading(text: str) -> bool:
    """Whether a contact box begins here."""
    return heads_contact(clean_title(text))


def is_contact_data(text: str) -> bool:
    """Whether a line belongs into a contact box: an office, an address, a number."""
    text = clean_text(text)
    office = _ORGANISATION.fullmatch(text.split()[-1]) if text else None
    return not _SPEAKS.search(text) and len(text) <= 2 * _LONGEST_TITLE and bool(office or _CONTACT_DATA.search(text))


def is_web_page(document: Document) -> bool:
    """Whether a document is a page of a site, also where its text was copied from a browser."""
    return document.reader == "html" or any(_WEB_PAGE.match(line.text.strip()) for line in document.lines)


def is_site_line(text: str) -> bool:
    """Whether a line of a web page belongs to the site: print button, update date, viewer notice, a list of links."""
    return is_furniture(text) or is_aside(text) or heads_links(strip_bullet(clean_text(text)))
