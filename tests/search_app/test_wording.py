"""Wording: the short lines about an entry."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from indexer.records import Entry, Source
from search_app import wording

SOURCE = Source(
    file="a.txt", title="取組集", publisher="研究会", url=None, page=3, lines=((12, 18), (25, 25)), sha256="0" * 64
)
ENTRY = Entry(
    id="a1",
    kind="initiative",
    title="図書館の相互利用",
    untitled=False,
    subtitle=None,
    body="",
    region="備後圏域",
    prefectures=("岡山県", "広島県"),
    municipalities=("福山市", "笠岡市", "井原市", "府中市"),
    pillar="ウ",
    category="ウ-A-d",
    category_evidence=("図書館",),
    fiscal_year=2025,
    start_year=2016,
    start_evidence="平成28年4月に開始",
    source=SOURCE,
)


def test_place_and_time_of_an_entry_stand_in_the_order_area_prefecture_year_field() -> None:
    """Area, prefectures, 年度, field and start follow each other."""
    assert wording.where_and_when(ENTRY) == (
        "備後圏域",
        "岡山県・広島県",
        "2025年度",
        wording.category_in_short("ウ-A-d"),
        "2016年開始",
    )


def test_what_the_source_does_not_say_is_left_out_of_the_line() -> None:
    """An entry of which nothing is known has an empty line, not a guess."""
    bare = replace(
        ENTRY, region=None, prefectures=(), municipalities=(), category=None, fiscal_year=None, start_year=None
    )
    assert wording.where_and_when(bare) == ()


def test_municipalities_stand_in_for_an_area_that_is_not_named() -> None:
    """Without an area the partners are named, many of them counted."""
    assert wording.where_and_when(replace(ENTRY, region=None))[0] == "福山市・笠岡市・井原市 ほか1"


def test_an_agreement_is_made_where_an_initiative_begins() -> None:
    """The start year of an agreement is the year in which it was made."""
    assert wording.where_and_when(replace(ENTRY, kind="agreement"))[-1] == "2016年締結"


def test_the_source_line_names_document_publisher_page_and_lines() -> None:
    """The source of a hit can be found from one line."""
    assert wording.source_line(SOURCE) == "取組集　研究会　p.3 / 行 12–18、25"


def test_a_source_without_a_title_is_named_by_its_file() -> None:
    """The file's name stands in; what is not stated is not written."""
    assert wording.source_line(replace(SOURCE, title=None, publisher=None, page=None)) == "a.txt　行 12–18、25"


@pytest.mark.parametrize(
    ("year", "written"), [(2018, "2018年度"), (2019, "2019年度（令和元年度）"), (2025, "2025年度（令和7年度）")]
)
def test_a_fiscal_year_shows_its_era_from_reiwa_on(year: int, written: str) -> None:
    """年度 stand in western years with the era that the officer files by."""
    assert wording.fiscal_year_with_era(year) == written


def test_a_day_is_the_day_in_japan() -> None:
    """What was built late on a day elsewhere was built on the next day here."""
    assert wording.date_in_japan("2025-11-21T20:00:00+00:00") == "2025年11月22日"


def test_a_category_that_the_table_does_not_know_stands_for_itself() -> None:
    """A code from a later classification is shown, not hidden."""
    assert wording.category("エ-z") == "エ-z"


def test_a_citation_names_publisher_document_year_and_page() -> None:
    """The reference can be put under a quotation as it is."""
    assert wording.citation(ENTRY) == "研究会「取組集」（2025年度）p.3"


def test_a_title_that_is_none_is_told_as_such(make_entry: Callable[..., Entry]) -> None:
    """In a table to hand in, the beginning of a text must not pass for the name of an initiative."""
    assert wording.title(make_entry(1, "図書館の連携", "")) == "図書館の連携"
    assert wording.title(make_entry(1, "駅構内に整備した", "", untitled=True)) == "（題名なし）駅構内に整備した…"
