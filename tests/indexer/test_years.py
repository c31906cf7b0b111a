"""Years: every spelling of 和暦, 西暦 and 年度 in municipal documents, and what only looks like a year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.years import find_years

texts = st.text(max_size=60) | st.text(
    alphabet="令和平成昭明治元年度月日末同翌RHSMT0123456789一二十〇~-/.()、、。Ｒ６ \n", max_size=40
)


def _numbers(text: str) -> list[tuple[int, bool]]:
    return [(mention.year, mention.fiscal) for mention in find_years(text)]


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("令和6年", 2024),
        ("令和元年", 2019),
        ("令和 2年 3月", 2020),
        ("平成３０年１０月２１日", 2018),
        ("平成36年1月31日", 2024),
        ("昭和４６年", 1971),
        ("大正15年", 1926),
        ("明治29年", 1896),
        ("平成二十七年四月", 2015),
        ("二〇二四年", 2024),
        ("㍻30年", 2018),
        ("R6", 2024),
        ("Ｒ６年", 2024),
        ("H10", 1998),
        ("S46", 1971),
        ("令6", 2024),
        ("平27.4", 2015),
        ("H29.3.28", 2017),
        ("R6.7月", 2024),
        ("M22.4.1", 1889),
        ("H.28.4.1", 2016),
        ("2024年", 2024),
        ("２０２４年４月", 2024),
        ("2024/4/1", 2024),
        ("2024.4", 2024),
        ("2200年", 2200),
        ("2024-04-01", 2024),
        ("平成２２(2010)年", 2010),
        ("2008(平成20)年1月", 2008),
        ("令和5年(2023年)4月", 2023),
        ("平成31(令和元)年", 2019),
    ],
)
def test_reads_a_year_in_every_spelling_as_one_mention(written: str, year: int) -> None:
    """The whole date, with its second spelling in brackets, is one mention of one calendar year."""
    mentions = find_years(written)
    assert [(mention.year, mention.fiscal, mention.text) for mention in mentions] == [(year, False, written)]


@pytest.mark.parametrize(
    ("written", "year"),
    [("令和6年度", 2024), ("H27年度", 2015), ("2024年度", 2024), ("平成27年度末", 2015), ("令和6年度(2024年度)", 2024)],
)
def test_tells_fiscal_years_apart(written: str, year: int) -> None:
    """年度 is marked, and named by the year in which it begins, even at its end."""
    assert _numbers(written) == [(year, True)]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("令和3～7年度", [(2021, True), (2025, True)]),
        ("平成29・30年度", [(2017, True), (2018, True)]),
        ("平成27・28・29年度", [(2015, True), (2016, True), (2017, True)]),
        ("令和２年度〜令和６年度", [(2020, True), (2024, True)]),
        ("令和4年~6年", [(2022, False), (2024, False)]),
        ("R7.7.1~R8.1.31", [(2025, False), (2026, False)]),
        ("H28-R2", [(2016, False), (2020, False)]),
        ("(2020～2024)", [(2020, False), (2024, False)]),
    ],
)
def test_reads_ranges_as_their_first_and_last_year(written: str, found: list[tuple[int, bool]]) -> None:
    """A range gives two mentions, and the first has the unit that stands behind the last."""
    assert _numbers(written) == found


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("平成元年に始まり、23年度は韓国で催した", [1989, 2011]),
        ("平成22(2010)年に3市で、24(2012)年に5市で", [2010, 2012]),
        ("平成23年末に解散し、24年5月に再び集まった", [2011, 2012]),
        ("平成27年12月に議決、翌年2月に調印", [2015, 2016]),
        ("平成9年1月に宣言し、同年3月に発足", [1997, 1997]),
        ("2023年度に続き24年度も", [2023, 2024]),
    ],
)
def test_completes_short_years_from_the_year_before(written: str, years: list[int]) -> None:
    """23年度, 同年 and 翌年 are read by the year named before them in the same text."""
    assert [year for year, _ in _numbers(written)] == years


@pytest.mark.parametrize("text", ["2016", "2016～", "開始年度：2016", "開始年度\t2016\t図書館", "催し(2016～)"])
def test_reads_a_bare_number_that_fills_a_cell_or_follows_a_label(text: str) -> None:
    """Tables give years as numbers alone."""
    assert [year for year, _ in _numbers(text)] == [2016]


@pytest.mark.parametrize(
    "text",
    [
        "CO2を減らす",
        "119番通報",
        "第23回大会、23市町が参加",
        "verR2.5x",
        "GT-R35",
        "M7.3の地震",
        "国道R354号",
        "昭和40年代から",
        "2000年前の遺跡",
        "10年間の計画、5年に一度",
        "参加者2,435人",
        "定員 2000",
        "R.6",
        "電話 086-426-2024",
        "同年3月に翌年度の",
        "政令6号",
        "平成99年",
    ],
)
def test_leaves_alone_what_only_looks_like_a_year(text: str) -> None:
    """Codes, counts, spans, decades, and 同年 with no year before it name no year."""
    assert find_years(text) == []


def test_a_number_behind_a_comma_is_no_year_unless_the_year_is_right_before_it() -> None:
    """「平成5年に始め、3年ごとに」 names one year."""
    assert [year for year, _ in _numbers("平成5年に始め、3年ごとに開く")] == [1993]


@given(texts)
def test_offsets_are_those_of_the_given_text(text: str) -> None:
    """Mentions stand in order, do not overlap, and quote the text as it was given, folded or not."""
    end = 0
    for mention in find_years(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        end = mention.end
