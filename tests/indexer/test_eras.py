"""Beginnings: the year in which an initiative began, however the sentence is built, and what takes a year back.

Each table tells few facts in many ways: word order, commas, topics and brackets must not change the answer.
"""

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
    "も",
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
    "text",
    [
        "相談センターを平成22年4月に開設した。",
        "平成22年4月、相談センターを開設した。",
        "平成22年4月に、両市が共同で相談センターを開設した。",
        "相談センターは平成22年4月に両市が共同で開設した。",
        "両市は相談センターを、平成22年4月に共同で開設した。",
        "相談センターの開設は平成22年4月である。",
        "相談センターを開設したのは平成22年4月である。",
        "相談センター（平成22年4月開設）で相談を受ける。",
        "相談センター（平成22年4月に両市で開設）で相談を受ける。",
        "相談センターを開設（平成22年4月）し、相談に応じている。",
        "相談センターを両市で設立。（平成22年4月）",
        "平成22年4月に開設された相談センターで相談を受ける。",
        "両市で設けた相談センターが平成22年4月から相談に応じている。",
        "平成22年4月に相談センターを設け、住民の相談に応じている。",
        "平成22年4月開設の相談センターで、専門の職員が相談を受ける。",
        "住民の相談に応じるため、相談センターが平成22年4月にオープン。",
        "平成22年4月1日付けで、両市の相談センターが発足した。",
        "両市の協議会は、平成22年4月、地方自治法の規定により設置された。",
        "平成22年4月に、地方自治法の規定により\n両市が共同で設置した。",
        "平成22年4月に13の自治体が連携し、緑を守ることを目的として発足した。",
        "相談員は平成22年4月に1名増員し、圏域の相談に応じている。",
        "圏域の相談に応じる相談員を、平成22年4月に1名増やした。",
        "平成22年に交流の協定を結び、割引を適用している。",
        "交流の協定は平成22年に結ばれ、割引を適用している。",
        "平成21年度に調査し、翌年4月に協議会を設立した。",
        "平成21年度末に協定を締結した。",
    ],
)
def test_reads_a_founding_in_every_order(text: str) -> None:
    """Where year, topic and act stand in the sentence, and what is between them, makes no difference."""
    assert _start(text) == 2010


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和6年10月に本格運用を開始。", 2024),
        ("消防の指令業務を共同で行う。運用開始は令和6年10月である。", 2024),
        ("消防の指令業務を共同で行う。令和6年10月、2市3町で運用を始めた。", 2024),
        ("消防の指令業務を共同で行う（令和6年10月運用開始）。", 2024),
        ("3消防の指令業務は、令和6年10月に共同運用へ切り替え、本格的に始動した。", 2024),
        ("急病センターを共同運営する（平成11年4月1日診療開始）。", 1999),
        ("令和3年7月に駅の北口にグランドオープンした施設で催しを開く。", 2021),
        ("R6年に駅に新しく整備した案内所で観光を紹介する。", 2024),
        ("令和4年10月開業。圏域の玄関口となる。", 2022),
        ("検討は平成29年度からはじめ、令和9年度中の稼働開始を目指す。", 2017),
        ("処理場の新設について、平成29年度から検討をはじめ、令和9年度中の稼働開始を目指す。", 2017),
        ("令和7年6月に共用開始したところであり、滞在の長い観光を目指す。", 2025),
        ("平成28年に初めて開催し、以後毎年開いている。", 2016),
        ("この催しは平成28年が初回で、以後毎年開いている。", 2016),
        ("第1回の駅伝は平成11年に開かれ、今年で26回を数える。", 1999),
        ("電算システムを共同で調達し、令和3年1月に稼働させた。", 2021),
        ("合同の研修は、平成23年度に始め、毎年60名が受ける。", 2011),
        ("災害（平成23年3月）を受けて、平成24年2月に応援協定を結んだ。", 2012),
        ("市税の機構は、県と全市町により平成20年1月に設立された広域連合である。", 2008),
        ("交付は平成11年に3市で始まり、平成15年に全域に広がった。", 1999),
    ],
)
def test_reads_the_first_act_behind_the_year(text: str, year: int) -> None:
    """Whatever begins counts: a service, a facility, talks, a first time; the first year that begins something."""
    assert _start(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("平成16年11月から、市民はどの市の窓口でも証明書を受け取れる。", 2004),
        ("どの市の窓口でも、平成16年11月から証明書を受け取れる。", 2004),
        ("証明書の広域交付は平成16年11月から行っている。", 2004),
        ("平成16年11月より、証明書の広域交付を行う。", 2004),
        ("平成16年11月以降、証明書をどの市でも交付している。", 2004),
        ("証明書の広域交付は平成16年に始まった。", 2004),
        ("平成16年から始まった証明書の広域交付。", 2004),
        ("平成16年の開設以来、子育ての相談に応じている。", 2004),
        ("共通のシステムを構築した。平成16年11月から、市民は他の二市でも交付を受けられる。", 2004),
        ("食の魅力を伝える催しを平成28年から毎年開いている。", 2016),
        ("平成28年に始めた食の催しを、今も続けている。", 2016),
        ("平成28年度より、共通のロゴで宣伝を行い、知名度の向上を目指している。", 2016),
        ("食の催しを、平成28年以来、毎月開いている。", 2016),
        ("共同処理は平成23年4月から（企業団として）行っている。", 2011),
        ("平成23年4月から、\n・用水の供給\n・受託\nを共同処理している。", 2011),
        ("自主防災組織の育成に、平成18年度から取り組む。", 2006),
        ("炊飯施設を共同で建設した。米飯の提供は令和4年4月から行っている。", 2022),
        ("対象者は、平成29年度から圏域内の居住者に広げている。", 2017),
        ("平成29年度から、医療機関の範囲を圏域の全域に拡大。令和5年度からは対象を18歳まで引き上げた。", 2017),
        ("センターの窓口を、平成28年4月から周辺3町の住民も使えるようにした。", 2016),
    ],
)
def test_reads_what_goes_on_since_a_year(text: str, year: int) -> None:
    """から, より, 以降 begin what is still done, and the widening to the area is where the cooperation begins."""
    assert _start(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("まつりの相互参加 [H10開始]", 1998),
        ("職員の交流【開始時期：平成4年4月(県内)、平成10年4月(県外)】", 1992),
        ("相談センター（開設：平成22年4月1日）", 2010),
        ("開設年月　平成22年4月", 2010),
        ("受託の期間は平成20年9月1日から平成35年3月31日まで", 2008),
        ("委託期間は平成19年4月1日（指定都市になった日）から当分の間", 2007),
        ("委託の期間：平成20年9月1日から10年間", 2008),
        ("実施期間\n平成26年7月から平成27年2月まで", 2014),
        ("実施期間　H28～R2", 2016),
        ("事業期間：平成28年度～令和7年度", 2016),
        ("事業開始年度\t平成23年度", 2011),
        ("開始年度\t2016", 2016),
        ("開始年度：平成28年度", 2016),
        ("事業開始　平成28年4月", 2016),
        ("取組開始時期：2016年4月～", 2016),
        ("・設置時期　令和2年10月\n・場所　市役所1階", 2020),
        ("町立の中学校(R4.4開校)を共に使う。", 2022),
        ("夜間中学（令和4年4月に開校）を圏域で使う。", 2022),
        ("案内所の運営（H28～）", 2016),
        ("婚活イベント【平成28年度から実施】", 2016),
        ("平成28年度～　婚活イベント", 2016),
        ("協定締結日　平成28年4月1日", 2016),
        ("H20.1.17 広域連合設立", 2008),
        ("寄附講座を開設（H25～）し、圏域の病院に医師を送る。", 2013),
        ("令和3年に拠点を開設した。【開始時期：平成30年4月】", 2018),
    ],
)
def test_reads_marks_labels_and_table_cells(text: str, year: int) -> None:
    """A label before the year or a mark in brackets states the beginning, and comes before what sentences say."""
    assert _start(text) == year


@pytest.mark.parametrize(
    "text",
    [
        "令和9年4月に供用を開始する予定である。",
        "供用開始は令和9年4月の予定である。",
        "供用開始は令和9年4月を見込む。",
        "運用開始（令和9年4月予定）",
        "運用開始予定：令和9年4月",
        "開始予定年度：令和8年度",
        "開始年度：令和8年度（予定）",
        "令和9年4月の開設に向けて準備を進めている。",
        "令和9年度中に共同のセンターを設置することを目指している。",
        "共同のセンターを令和9年度に設置する計画である。",
        "令和10年度の開業を目指し、整備を進める。",
        "平成24年度末を目途に構想をまとめる。",
        "平成24年度からの導入に向けて協議を行っている。",
        "令和8年度からの実施を検討している。",
        "令和8年度から実施予定。",
        "令和8年度から共同で設置し、運用を開始する予定である。",
        "令和7年度から、新しくデジタル研修を加える予定。",
    ],
)
def test_a_plan_is_no_beginning(text: str) -> None:
    """What is planned, hoped for or being prepared has not begun."""
    assert _start(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "平成24年7月に設置された鉄道網の協議会（県内の自治体で組織）を通じて検討する。",
        "協議会（平成24年7月に設置、県内の自治体で組織）の場で検討する。",
        "平成24年7月に県が設置した協議会に参加し、意見を述べる。",
        "平成21年7月に締結した協定に基づき、応援し合う。",
        "平成17年に制定された条例に基づき実施する。",
        "平成17年制定の条例に基づいて実施する。",
        "令和3年3月に策定した第2期ビジョンに基づき推進する。",
        "計画期間：令和3年度～令和7年度",
        "第2期ビジョン（令和3年度～令和7年度）に沿って進める。",
        "平成26年度に国が創設した制度を使う。",
        "国が平成26年度に創設した制度を使う。",
        "国の制度（平成26年度創設）を使って整備した。",
        "空家法が平成27年に施行されたことを受け、対策を話し合う。",
        "平成27年に世界遺産に登録された史跡を巡る。",
        "令和4年4月26日、国の先行地域に選ばれた。",
        "平成31年4月に特例市から中核市へ移行した。",
        "平成5年に開港した空港の利用促進を図る。",
        "平成17年に開館した国立博物館と連携し、講座を開く。",
        "平成10年のオリンピックを記念して始まった駅伝を、共同で開く。",
    ],
)
def test_what_is_cited_is_no_beginning(text: str) -> None:
    """Organisations, agreements, plans, laws and places that are only cited have beginnings of their own."""
    assert _start(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "利用者数 831人（令和6年度）",
        "令和6年度の利用者は831人であった。",
        "利用者は令和6年度に831人となり、前年度を上回った。",
        "平成22年度には62万冊の貸出し実績があった。",
        "令和6年度に3回の研修を実施した。",
        "令和6年度まで年2回の催しを開いてきた。",
        "県に要望（R7.8.18）。",
        "スタンプラリーを実施(R7.7.1~R8.1.31)。",
        "平成23年5月17日現在、11市と協定書を取り交わしている。",
        "令和7年2月のシステムリニューアルにより、機能を加えた。",
        "令和5年10月にリニューアルオープンした。",
        "令和5年4月に再開した。",
        "平成30年度から令和2年度まで実施した。",
        "平成30年度から令和2年度にかけて実施した。",
        "令和2年度で終了した。",
        "圏域の計画を令和3年3月に策定し、目標を掲げた。",
        "平成27年国勢調査では10万人である。",
        "合同の研修を行っている。",
    ],
)
def test_results_renewals_and_single_events_are_no_beginning(text: str) -> None:
    """A year of results, of one event, of an end or of a renewal is not the start."""
    assert _start(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "保育士の研修を行う。※私立保育園でもH29から実施。",
        "保育士の研修を行う。※H29から私立保育園でも実施。",
        "保育士の研修を行う。※H29からは私立保育園も対象とする。",
        "保育士の研修を行う。H29からは私立保育園にも広げて実施している。",
        "小児科については、令和2年4月からは土曜日も診療している。",
        "どの図書館でも本を借りられる。令和4年度に市電子図書館を開始した。",
        "どの図書館でも本を借りられる。令和4年度には、市電子図書館を開始。",
        "どの図書館でも本を借りられる。市電子図書館は令和4年度に開始した。",
        "どの図書館でも本を借りられる。市電子図書館の開始は令和4年度である。",
        "どの図書館でも本を借りられる。電子図書館も令和4年度に開始した。",
        "どの図書館でも本を借りられる。令和4年度からは電子図書館も開始した。",
        "助成する。平成29年度から対象を18歳まで引き上げた。",
        "令和7年度は隣の市民病院とも実施する。",
    ],
)
def test_an_addition_is_no_beginning(text: str) -> None:
    """Behind a sentence that tells what is done, も and the beginning of a further thing only add to it."""
    assert _start(text) is None


def test_a_later_sentence_may_begin_what_the_first_one_tells_of() -> None:
    """What the text has named, a doing (運用, 交付) or something done together is no further thing."""
    assert _start("空き家を探せる。平成31年3月に空き家バンクを開始した。") is None
    assert _start("空き家バンク\n空き家を探せる。平成31年3月に空き家バンクを開始した。") == 2019
    assert _start("空き家を探せる。平成31年3月に情報の提供を開始した。") == 2019
    assert _start("空き家を探せる。平成31年3月に共同サイトを開始した。") == 2019


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("相互利用の促進。平成３０年４月に開所した施設。", "平成３０年４月に開所"),
        ("急病センターは平成30年4月に開所し、診療を行う。", "急病センターは平成30年4月に開所"),
        ("圏域の住民のため、平成30年4月に開所した。", "平成30年4月に開所"),
        ("・証明書の交付を、平成16年から行っている。", "証明書の交付を、平成16年から行っている"),
        ("両市が共同で設置（平成13年10月）したもの。", "両市が共同で設置（平成13年10月）"),
        ("平成21年に調査し、翌年4月に設立した。", "平成21年に調査し、翌年4月に設立"),
        ("まつり [H10開始]", "H10開始"),
        ("交流【開始時期：平成4年4月】", "開始時期：平成4年4月"),
    ],
)
def test_the_mention_is_a_quotation_that_can_be_read_alone(text: str, quotation: str) -> None:
    """It runs from what the clause is about, or the year that 翌年 refers to, to the act, in the text as given."""
    mention = find_start(text)
    assert mention is not None
    assert mention.text == text[mention.start : mention.end] == quotation


@given(st.text(max_size=60) | st.lists(st.sampled_from(pieces), max_size=12).map("".join))
def test_whatever_the_text_says_a_beginning_is_one_of_its_years(text: str) -> None:
    """No text fails, and a year that is stated stands in the text (the end of a 年度 counts as the next year)."""
    years = {mention.year + late for mention in find_years(text) for late in (0, mention.fiscal)}
    for mention in (find_start(text), find_agreement_year(text)):
        assert mention is None or (mention.year in years and mention.text == text[mention.start : mention.end])
