"""Beginnings: the year in which an initiative began, and what takes a year back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.eras import find_agreement_year, find_start, find_years

pieces = [
    "平成20年",
    "R6.4",
    "令和3年度末",
    "に",
    "から",
    "は",
    "、",
    "。",
    "\n",
    "(",
    ")",
    "開設",
    "を設置し",
    "予定",
    "協約を締結",
]


def _start(text: str) -> int | None:
    mention = find_start(text)
    return mention.year if mention else None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("まつりの相互参加 [H10開始]", 1998),
        ("職員の交流【開始時期：平成4年4月(県内)、平成10年4月(県外)】", 1992),
        ("相談センター（開設：平成22年4月1日）", 2010),
        ("両市が共同で設置（平成13年10月）した協議会", 2001),
        ("受託の期間は平成20年9月1日から平成35年3月31日まで", 2008),
        ("委託期間は平成19年4月1日（指定都市になった日）から当分の間", 2007),
        ("実施期間\n平成26年7月から平成27年2月まで", 2014),
        ("町立の中学校(R4.4開校)を共に使う。", 2022),
        ("案内所の運営（H28～）", 2016),
        ("事業開始年度\t平成23年度", 2011),
    ],
)
def test_reads_marks_and_labels(text: str, year: int) -> None:
    """A label before the year or a mark in brackets around it states the beginning."""
    assert _start(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和4年10月開業。圏域の玄関口となる。", 2022),
        ("平成30年4月に開所した急病センターで、夜間の診療を行う。", 2018),
        ("令和6年10月に本格運用を開始。", 2024),
        ("令和3年7月に駅の北口にグランドオープンした施設で催しを開く。", 2021),
        ("R6年に駅に新しく整備した案内所で観光を紹介する。", 2024),
        ("平成16年度に任意の協議会として設立した。", 2004),
        ("平成18年9月に13の自治体が連携し、緑を守ることを目的として発足した。", 2006),
        ("平成29年4月に相談員を1名増員し、圏域の相談を受けている。", 2017),
        ("処理場の新設について、平成29年度から検討をはじめ、令和9年度中の稼働開始を目指す。", 2017),
        ("令和7年6月に共用開始したところであり、滞在の長い観光を目指す。", 2025),
        ("平成15年の開設以来、子育ての相談に応じている。", 2003),
        ("令和2年度に第1回を開催し、以後毎年開いている。", 2020),
        ("令和3年度末に協定を締結した。", 2022),
        ("災害を機に、平成23年3月に調査し、翌年4月に協議会を設立した。", 2012),
    ],
)
def test_reads_what_began_in_the_clause_of_the_year(text: str, year: int) -> None:
    """The first predicate behind the year says that something began; the end of a 年度 is in the next year."""
    assert _start(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("平成18年度より自主防災組織の育成に取り組んでいる。", 2006),
        ("平成28年から継続して食の魅力を発信している。", 2016),
        ("平成23年4月から、\n・用水の供給\n・受託\nを共同処理している。", 2011),
        ("令和4年4月より各町の依頼を受けて給食を届けている。", 2022),
        ("平成29年度から対象を圏域内の居住者に拡充している。", 2017),
    ],
)
def test_reads_what_goes_on_since_a_year(text: str, year: int) -> None:
    """から and より begin what is still done, and the widening to the area is where the cooperation begins."""
    assert _start(text) == year


@pytest.mark.parametrize(
    "text",
    [
        "令和9年4月の供用開始を予定している。",
        "令和9年4月に供用開始予定。",
        "運用開始予定：令和9年4月",
        "令和10年度の開業を目指し、整備を進める。",
        "平成24年度末を目途に構想をまとめる。",
        "平成24年度からの導入に向けて協議を行っている。",
        "令和8年度から実施予定。",
        "令和8年度から共同で設置し、運用を開始する予定である。",
    ],
)
def test_a_plan_is_no_beginning(text: str) -> None:
    """What is planned, hoped for or being prepared has not begun."""
    assert _start(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "平成24年7月に設置された鉄道網の協議会（県内の自治体で組織）を通じて検討する。",
        "平成21年7月に締結した協定に基づき、応援し合う。",
        "平成17年に制定された条例に基づき実施する。",
        "令和3年3月に策定した第2期ビジョンに基づき推進する。",
        "平成26年度に国が創設した制度を使う。",
        "国が平成26年度に創設した制度を使う。",
        "令和4年4月26日に、国の先行地域に選定された。",
        "平成31年4月に特例市から中核市へ移行した。",
        "平成5年に開港した空港の利用促進を図る。",
    ],
)
def test_what_is_cited_is_no_beginning(text: str) -> None:
    """Organisations, agreements, plans, laws and places that are only cited have beginnings of their own."""
    assert _start(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "利用者数 831人（令和6年度）",
        "平成22年度には62万冊の貸出し実績があった。",
        "群馬県に要望（R7.8.18）。",
        "令和7年2月のシステムリニューアルにより、機能を加えた。",
        "平成23年5月17日現在、11市と協定書を取り交わしている。",
        "交流会を行う。※H29から私立保育園でも実施。",
        "資料の貸出しを行う。令和4年度には、電子図書館を開始。",
        "令和7年度は隣の市民病院と実施。",
        "スタンプラリーを実施(R7.7.1~R8.1.31)。",
        "令和5年10月にリニューアルオープンした。",
        "令和5年4月に再開した。",
        "平成30年度から令和2年度まで実施した。",
        "平成27年国勢調査では10万人である。",
        "助成する。平成29年度から対象を18歳まで引き上げた。",
        "合同の研修を行っている。",
    ],
)
def test_counts_additions_and_single_events_are_no_beginning(text: str) -> None:
    """A year of results, of an addition to what exists, of one event or of a renewal is not the start."""
    assert _start(text) is None


def test_the_mention_spans_the_words_that_state_it() -> None:
    """The evidence runs from the date to the word that begins, in the text as it was given."""
    text = "相互利用の促進。平成３０年４月に開所した施設。"
    mention = find_start(text)
    assert mention is not None
    assert mention.text == text[mention.start : mention.end] == "平成３０年４月に開所"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (
            "平成23年12月に協議会を立ち上げ、防災協定の締結を行った。平成27年3月に連携協約を締結し、ビジョンを策定。",
            2015,
        ),
        ("昭和29年3月:連盟を設立。平成27 年3 月:連携中枢都市圏を形成。", 2015),
        ("平成27年11月に各議会が協約を議決、翌年2月に連携協約の締結と計画の公表。", 2016),
        (
            "2016(平成28)年7月, 定住自立圏の形成に関する協定を締結。2022(令和4)年2月に都市圏の形成に関する協約を締結した。",
            2022,
        ),
        ("平成27年度に受託した「促進事業」での検討も踏まえ、連携協約を締結し(平成29年3月に10市町村と締結)", 2017),
        ("平成28年3月に旧協議会を解散。5市10町で連携協約を締結。令和4年3月に1市と連携協約を締結。", 2016),
        ("平成27年度末、両市が連携協約を締結", 2016),
        ("平成22年3月 定住自立圏形成\n平成27年12月 連携中枢都市圏形成方針 策定", 2015),
        ("平成21年10月に定住自立圏を形成し、生活機能を高めてきた。", 2009),
        ("(令和7年12月1日現在)\n名称\t締結件数\t締結年月日\n広域都市圏\t11\tH29.3.28 (1市はR2.3.27)", 2017),
        ("平成9年に広域圏組合を設立し、市町村とともに「広域連携中枢都市圏」を形成", None),
    ],
)
def test_finds_when_an_area_was_agreed(text: str, year: int | None) -> None:
    """The first 連携協約 comes before the forming of the area and other agreements; another act's year is not it."""
    mention = find_agreement_year(text)
    assert (mention.year if mention else None) == year


@given(st.text(max_size=60) | st.lists(st.sampled_from(pieces), max_size=12).map("".join))
def test_whatever_the_text_says_a_beginning_is_one_of_its_years(text: str) -> None:
    """No text fails, and a year that is stated stands in the text (the end of a 年度 counts as the next year)."""
    years = {mention.year + late for mention in find_years(text) for late in (0, mention.fiscal)}
    for mention in (find_start(text), find_agreement_year(text)):
        assert mention is None or (mention.year in years and mention.text == text[mention.start : mention.end])
