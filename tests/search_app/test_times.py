"""Times in queries: every spelling of a year, ranges, open ends and beginnings; and what only looks like a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.times import TimeAsked, find_times

texts = st.text(max_size=60) | st.text(
    alphabet="令和平成昭元年度末代前後半以降以前から～-~・ 　開始設業にのRHSrhs0123456789２０十〇()導入、", max_size=30
)

# What was typed, the words read as a time, the first and the last year.
YEARS = [
    ("令和6年", "令和6年", 2024, 2024),
    ("R6", "R6", 2024, 2024),
    ("令6", "令6", 2024, 2024),
    ("２０２４年", "２０２４年", 2024, 2024),
    ("2024 移住", "2024", 2024, 2024),
    ("移住 2024", "2024", 2024, 2024),
    ("移住　２０２４　空き家", "２０２４", 2024, 2024),
    ("H27 図書館", "H27", 2015, 2015),
    ("図書館 h27", "h27", 2015, 2015),
    ("r6 デマンド交通", "r6", 2024, 2024),
    ("Ｒ６ 子育て", "Ｒ６", 2024, 2024),
    ("令和元年の台風", "令和元年", 2019, 2019),
    ("R元 防災", "R元", 2019, 2019),
    ("令和6 移住", "令和6", 2024, 2024),
    ("平成27 空き家", "平成27", 2015, 2015),
    ("令和六年 避難", "令和六年", 2024, 2024),
    ("二〇二四年 移住", "二〇二四年", 2024, 2024),
    ("平成31(令和元)年 合併", "平成31(令和元)年", 2019, 2019),
    ("令和5年(2023年) 観光", "令和5年(2023年)", 2023, 2023),
    ("S46 ごみ処理", "S46", 1971, 1971),
    ("令和6年4月の連携", "令和6年4月", 2024, 2024),
    ("2024/4 病院", "2024/4", 2024, 2024),
    ("2015年頃の取組", "2015年頃", 2014, 2016),
    ("2020年度～2023年度", "2020年度～2023年度", 2020, 2023),
    ("令和2年度から令和5年度", "令和2年度から令和5年度", 2020, 2023),
    ("令和2年度から5年度まで", "令和2年度から5年度まで", 2020, 2023),
    ("R2-R5", "R2-R5", 2020, 2023),
    ("R2～R5 移住", "R2～R5", 2020, 2023),
    ("2020-2023 移住", "2020-2023", 2020, 2023),
    ("2020～2023 移住", "2020～2023", 2020, 2023),
    ("2020ー2023 移住", "2020ー2023", 2020, 2023),
    ("2020年から2023年までの事業", "2020年から2023年まで", 2020, 2023),
    ("令和3～7年度 計画", "令和3～7年度", 2021, 2025),
    ("平成29・30年度 研修", "平成29・30年度", 2017, 2018),
    ("2015年以降", "2015年以降", 2015, None),
    ("2015年以降のデマンド交通", "2015年以降", 2015, None),
    ("R2以降 移住", "R2以降", 2020, None),
    ("2020以降 移住", "2020以降", 2020, None),
    ("令和以降の取組", "令和以降", 2019, None),
    ("令和2年から", "令和2年から", 2020, None),
    ("平成30年～ 移住", "平成30年～", 2018, None),
    ("2010年以前", "2010年以前", None, 2010),
    ("2010年より前の協定", "2010年より前", None, 2009),
    ("平成25年度まで", "平成25年度まで", None, 2013),
    ("～2010年 図書館", "～2010年", None, 2010),
    ("2010年より後", "2010年より後", 2011, None),
    ("平成20年代", "平成20年代", 2008, 2017),
    ("平成20年代後半 合併", "平成20年代後半", 2013, 2017),
    ("2010年代 定住自立圏", "2010年代", 2010, 2019),
    ("2010年代前半の圏域", "2010年代前半", 2010, 2014),
    ("2024年度 予算", "2024年度", 2024, 2024),
    ("平成27年度末", "平成27年度末", 2015, 2015),
    ("病児保育 令和4年度 岡山", "令和4年度", 2022, 2022),
    ("岡山の2022年の病児保育", "2022年", 2022, 2022),
    ("「2022年」", "2022年", 2022, 2022),
    ("２０２０年度〜２０２３年度の観光", "２０２０年度〜２０２３年度", 2020, 2023),
    ("令和5年度、移住", "令和5年度", 2023, 2023),
    ("昭和60年 水道", "昭和60年", 1985, 1985),
    ("H30年度 図書館", "H30年度", 2018, 2018),
    ("2020年前後の取組", "2020年前後", 2019, 2021),
    ("令和2年から令和4年にかけて", "令和2年から令和4年にかけて", 2020, 2022),
    ("平成20年台 合併", "平成20年台", 2008, 2017),
    ("R5年度以降 移住", "R5年度以降", 2023, None),
]

# What was typed with a word of beginning, the words read, the first and the last year.
BEGINNINGS = [
    ("H10開始", "H10開始", 1998, 1998),
    ("令和6年開始の取組", "令和6年開始", 2024, 2024),
    ("令和6年に開始", "令和6年に開始", 2024, 2024),
    ("令和6年度に始まった移住支援", "令和6年度に始まった", 2024, 2024),
    ("2015年に始めた図書館", "2015年に始めた", 2015, 2015),
    ("2020年設立", "2020年設立", 2020, 2020),
    ("2020年に設立された協議会", "2020年に設立された", 2020, 2020),
    ("2024年運用開始", "2024年運用開始", 2024, 2024),
    ("平成30年スタート", "平成30年スタート", 2018, 2018),
    ("2019年開業の道の駅", "2019年開業", 2019, 2019),
    ("2019年開設 センター", "2019年開設", 2019, 2019),
    ("2022年導入 AI", "2022年導入", 2022, 2022),
    ("2022 導入 AI", "2022 導入", 2022, 2022),
    ("開始年 2022", "開始年 2022", 2022, 2022),
    ("開始：R6", "開始：R6", 2024, 2024),
    ("2015年以降に始まった取組", "2015年以降に始まった", 2015, None),
    ("2010年以前に開始した事業", "2010年以前に開始した", None, 2010),
    ("2015年から2018年に開始", "2015年から2018年に開始", 2015, 2018),
    ("令和2年度から実施", "令和2年度から実施", 2020, 2020),
    ("2016年から始まった病児保育", "2016年から始まった", 2016, 2016),
    ("平成27年度末に開設", "平成27年度末に開設", 2016, 2016),
    ("創設 平成20年 基金", "創設 平成20年", 2008, 2008),
    ("平成20年代に始まった", "平成20年代に始まった", 2008, 2017),
    ("2024開始 移住", "2024開始", 2024, 2024),
    ("移住相談 2024年発足", "2024年発足", 2024, 2024),
    ("2022年に図書館を開館した", "2022年", 2022, 2022),
    ("R4年度に消防の共同運用を開始", "R4年度", 2022, 2022),
    ("2023年に立ち上げた相談窓口", "2023年に立ち上げた", 2023, 2023),
]

NO_TIMES = [
    "",
    "移住促進",
    "5年",
    "3年間の計画",
    "第2期 総合戦略",
    "DR6",
    "GT-R35",
    "CO2 削減",
    "H2O",
    "119番",
    "7119",
    "5G",
    "Society5.0",
    "24時間 救急",
    "10年ぶり",
    "人口2000人",
    "2,024人",
    "1500",
    "2500 移住",
    "国道2号",
    "令和の移住",
    "平成の大合併",
    "新年度 予算",
    "3年生 学習",
    "5歳児健診",
    "G2024",
    "086-2024-1234",
    "R",
    "年度",
    "政令6号",
    "1000年 遺跡",
    "M7.3 地震",
    "開始 設置 導入",
    "20代 移住",
    "第10回 会議",
    "2024円",
    "1年目研修",
    "2030人 2050台",
    "2025年問題 介護",
]

# A word of beginning is not one where it begins another word, or belongs to another thing.
NOT_BEGUN = [
    "2024年 移住 開始時期の検討",
    "令和6年度導入促進補助金",
    "2019年創業支援",
    "2020年設置基準",
    "2020年度 スタートアップ",
]


@pytest.mark.parametrize(("typed", "text", "first", "last"), YEARS)
def test_reads_a_time_in_every_spelling(typed: str, text: str, first: int | None, last: int | None) -> None:
    """One time is read, with its years and exactly the words that tell it, and nothing is said of a beginning."""
    found = [(time.text, time.first, time.last, time.about_start) for time in find_times(typed)]
    assert found == [(text, first, last, False)]


@pytest.mark.parametrize(("typed", "text", "first", "last"), BEGINNINGS)
def test_tells_when_a_beginning_is_asked_for(typed: str, text: str, first: int | None, last: int | None) -> None:
    """With a word of beginning at the time, the start year is asked for, and the span covers that word."""
    found = [(time.text, time.first, time.last, time.about_start) for time in find_times(typed)]
    assert found == [(text, first, last, True)]


@pytest.mark.parametrize("typed", NO_TIMES)
def test_leaves_alone_what_only_looks_like_a_time(typed: str) -> None:
    """Durations, counts, ordinals, codes and eras without a year are text to look for."""
    assert find_times(typed) == ()


@pytest.mark.parametrize("typed", NOT_BEGUN)
def test_a_longer_word_is_no_word_of_beginning(typed: str) -> None:
    """開始時期, 導入促進 and 設置基準 are looked for as they are: the year is a year of the text."""
    (time,) = find_times(typed)
    assert not time.about_start
    assert time.first == time.last


@pytest.mark.parametrize(
    ("typed", "fiscal"),
    [
        ("令和6年", False),
        ("令和6年度", True),
        ("2020～2023年度", True),
        ("2020年", False),
        ("R6年度開始", True),
        ("平成27年度末", True),
        ("平成27年度末に開設", False),
        ("2024 移住", False),
    ],
)
def test_marks_fiscal_years(typed: str, fiscal: bool) -> None:
    """年度 is marked; a beginning at its end lies in the calendar year that the index of start years has."""
    assert [time.fiscal for time in find_times(typed)] == [fiscal]


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("2015年 2020年", [(2015, 2015), (2020, 2020)]),
        ("令和2年開始 令和5年度実績", [(2020, 2020), (2023, 2023)]),
        ("R2 H27", [(2020, 2020), (2015, 2015)]),
        ("2023～2020", [(2020, 2023)]),
    ],
)
def test_reads_several_times_in_their_order(typed: str, years: list[tuple[int, int]]) -> None:
    """Times apart are apart, in the order of the text; a range written backwards is put in order."""
    assert [(time.first, time.last) for time in find_times(typed)] == years


def test_a_beginning_belongs_to_the_time_at_which_it_stands() -> None:
    """In 令和2年開始 令和5年度実績 only the first year is one of beginning."""
    assert [time.about_start for time in find_times("令和2年開始 令和5年度実績")] == [True, False]


@given(texts)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    """For any text, spans quote it, do not overlap, and years are in order."""
    end = 0
    for time in find_times(text):
        assert end <= time.start < time.end <= len(text)
        assert text[time.start : time.end] == time.text
        assert time.first is not None or time.last is not None
        assert time.first is None or time.last is None or time.first <= time.last
        end = time.end


_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "　"})


@given(st.sampled_from([row[0] for row in (*YEARS, *BEGINNINGS)]))
def test_full_width_and_half_width_are_one(typed: str) -> None:
    """The same query in full-width letters, digits and spaces asks for the same years at the same places."""

    def told(text: str) -> list[tuple[int, int, int | None, int | None, bool, bool]]:
        return [(t.start, t.end, t.first, t.last, t.fiscal, t.about_start) for t in find_times(text)]

    assert told(typed.translate(_WIDE)) == told(typed)


@given(st.integers(1868, 2200))
def test_a_number_of_four_digits_is_a_year_only_as_a_word(year: int) -> None:
    """1868 to 2200 are years alone; inside other words they are not."""
    assert find_times(f"移住 {year}") == (TimeAsked(3, 7, str(year), year, year, fiscal=False, about_start=False),)
    assert find_times(f"A{year}") == find_times(f"{year}件") == find_times(f"{year}00") == ()
