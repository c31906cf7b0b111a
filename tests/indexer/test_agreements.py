"""Agreements: the year in which an area was agreed, among the years of its history."""

import pytest

from indexer.agreements import find_agreement_year


def _year(text: str) -> int | None:
    mention = find_agreement_year(text)
    return mention.year if mention else None


@pytest.mark.parametrize(
    "text",
    [
        "平成28年3月に7市1町と連携協約を締結した。",
        "連携協約を平成28年3月に締結し、ビジョンを策定した。",
        "連携協約は平成28年3月に締結し、都市圏ビジョンは平成29年4月に策定した。",
        "7市1町との連携協約を、平成28年3月に締結した。",
        "連携協約については、平成28年3月28日に13市町村との間で締結式を行いました。",
        "連携協約の締結は平成28年3月である。",
        "連携協約を締結したのは平成28年3月である。",
        "連携協約（平成28年3月締結）に基づき、連携を進める。",
        "連携協約を締結（平成28年3月）し、ビジョンを策定した。",
        "平成28年3月、議会の議決を経て、近隣の5町と連携協約を結んだ。",
        "平成28年3月に連携協約に調印した。",
        "平成28年3月23日、A市長とB町長が協約書に署名、押印した。",
        "本市は平成28年3月、周辺の4市5町とそれぞれ連携協約を取り交わした。",
        "平成27年度末、両市が連携協約を締結",
        "平成27年11月に宣言を行い、12月に協約案を議決、翌年2月に連携協約を締結した。",
        "平成27年11月に各議会が協約を議決、翌年2月に連携協約の締結と計画の公表。",
        "平成29年3月にビジョンを策定した。これに先立ち、平成28年1月に連携協約を締結している。",
        "平成28年3月30日の「連携協約締結式」に市長と町長が集まり、連携協約を締結しました。",
        "平成28年2月15日 連携中枢都市宣言\n平成28年3月30日 連携協約締結\n平成29年4月1日 ビジョン公表",
        "連携協約締結日：平成28年3月30日",
        "協約の締結日は、A市が平成28年3月30日、B町が平成30年10月1日である。",
        "締結年月日\n平成28年3月30日",
        "(令和7年12月1日現在)\n名称\t締結件数\t締結年月日\n広域都市圏\t11\tH28.3.28 (1市はR2.3.27)",
    ],
)
def test_reads_the_agreement_in_every_order(text: str) -> None:
    """Agreement, year and act may stand in any order, in sentences, chronicles, labels and tables."""
    assert _year(text) == 2016


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("平成20年に首長懇談会を設置した。連携協約は平成28年1月に締結し、ビジョンは同年3月に策定した。", 2016),
        ("協議会を昭和46年10月に設置（平成22年廃止）した。都市圏の連携協約を平成28年3月に締結した。", 2016),
        ("平成23年12月に協議会を立ち上げ、防災協定の締結を行った。平成27年3月に連携協約を締結。", 2015),
        ("平成31年4月に中核市へ移行した。令和2年1月に連携協約を締結した。", 2020),
        ("平成28年3月に旧協議会を解散。5市10町で連携協約を締結。令和4年3月に1市と連携協約を締結。", 2016),
        ("平成28年3月に旧協議会を解散し、5市10町で連携協約を締結、ビジョンを策定", 2016),
        ("定住自立圏の協定は平成28年7月に締結した。連携中枢都市圏をつくる協約を令和4年2月に締結した。", 2022),
        ("2016(平成28)年7月, 定住自立圏の協定を締結。2022(令和4)年2月に都市圏の形成に関する協約を締結した。", 2022),
        ("災害時相互応援協定（平成24年締結）を経て、平成29年2月に連携協約を締結。", 2017),
        ("平成31年1月 連携協約の締結\n平成29年7月 推進協議会の設立", 2019),
    ],
)
def test_the_agreement_comes_before_older_and_other_acts(text: str, year: int) -> None:
    """Councils, declarations, visions, older schemes and agreements on single matters do not make the area."""
    assert _year(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("平成29年3月に10市町村と、令和2年3月にA市と連携協約を締結し、圏域となった。", 2017),
        ("連携協約を締結し(平成29年3月に10市町村と、令和2年3月にA市と締結)、圏域を形成", 2017),
        ("連携協約は、4市町が平成29年3月に、残る2町が平成30年3月に締結した。", 2017),
        ("連携協約を令和2年1月に締結した。令和3年1月、C市とも連携協約を締結した。", 2020),
        (
            "平成28年3月に連携協約を締結。その後、A市（平成31年3月）、B市（令和4年3月）とも連携協約を締結した。",
            2016,
        ),
        ("平成31年4月に「西部広域都市圏」がスタートした。令和2年3月にD町とも連携協約を締結した。", 2019),
        ("平成31年4月、11市町による都市圏がスタートした後、令和2年3月に、D町との連携協約を締結した。", 2019),
        ("令和5年1月に3町が加わった。圏域は、平成28年3月に6市6町で連携協約を締結したものである。", 2016),
    ],
)
def test_the_first_agreement_counts_not_those_who_joined_later(text: str, year: int) -> None:
    """An area that grew was agreed when it was formed."""
    assert _year(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("昭和29年3月:連盟を設立。平成27 年3 月:連携中枢都市圏を形成。", 2015),
        ("連携中枢都市圏は平成30年3月に形成した。", 2018),
        ("平成28年3月30日、6市4町による「東部広域都市圏」が誕生した。", 2016),
        ("平成21年に定住自立圏を形成し、平成29年3月に連携中枢都市圏へ移行した。", 2017),
        ("平成22年3月 定住自立圏形成\n平成27年12月 連携中枢都市圏形成方針 策定", 2015),
        ("平成27年12月A市連携中枢都市圏形成方針を策定", 2015),
        ("平成21年10月に定住自立圏を形成し、生活機能を高めてきた。", 2009),
        ("平成23年12月13日、G町はH市と、「圏域定住自立圏の形成に関する協定」を締結しました。", 2011),
        ("中心市宣言日 平成21年3月9日\n協定締結日 平成22年3月31日\nビジョン策定日 平成23年3月14日", 2010),
    ],
)
def test_without_an_agreement_the_forming_of_the_area_counts(text: str, year: int) -> None:
    """An area formed (by one city alone: its 形成方針), else a 定住自立圏, else another 協定."""
    assert _year(text) == year


@pytest.mark.parametrize(
    "text",
    [
        "都市圏ビジョンは平成27年4月に策定した。",
        "広域圏組合を平成9年に設立し、振興に当たってきた。11市町村で「広域連携中枢都市圏」を形成した。",
        "平成9年に広域圏組合を設立し、市町村とともに「広域連携中枢都市圏」を形成",
        "平成29年度から都市圏の形成に向けた協議を開始した。",
        "令和8年3月に連携協約を締結する予定である。",
        "令和8年3月の連携協約の締結を目指す。",
        "連携協約に基づく取組を令和2年度から進めている。",
        "令和3年4月に第2期ビジョンがスタートした。",
    ],
)
def test_other_years_of_an_area_are_none(text: str) -> None:
    """The year of another act, of a plan or of what the agreement is the basis of is not that of the agreement."""
    assert _year(text) is None


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("圏域のため、連携協約は平成28年3月に7市町と締結した。", "連携協約は平成28年3月に7市町と締結"),
        ("平成27年11月に議決し、翌年2月に協約を締結した。", "平成27年11月に議決し、翌年2月に協約を締結"),
        ("締結年月日：H29.3.28 (1市はR2.3.27)", "締結年月日：H29.3.28"),
    ],
)
def test_quotes_the_agreement_with_its_year(text: str, quotation: str) -> None:
    """The mention can be read alone: what was agreed, when, and the act."""
    mention = find_agreement_year(text)
    assert mention is not None
    assert mention.text == text[mention.start : mention.end] == quotation
