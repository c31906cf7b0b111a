"""Furniture of documents, told from a line alone; what could be text of its own is never furniture."""

import pytest

from indexer import furniture
from indexer.records import Line


@pytest.mark.parametrize("text", ["- 3 -", "3／6", "P.12", "１２ページ", "第3頁", "7"])
def test_knows_the_number_of_a_page(text: str) -> None:
    """A line that is nothing but a page number is one."""
    assert furniture.is_page_number(text)


@pytest.mark.parametrize("text", ["3事業", "119番通報", "令和7年度", "3市2町で運営"])
def test_a_number_with_words_is_no_page_number(text: str) -> None:
    """Numbers that count something are text."""
    assert not furniture.is_page_number(text)


@pytest.mark.parametrize(
    "text", ["令和7年度", "（令和7年12月1日現在）", "2025年3月", "令和7年3月改訂", "平成30年4月1日時点", "R7.4.1"]
)
def test_knows_a_date_that_stands_alone(text: str) -> None:
    """A line that only dates the document is a date, whatever stands around it."""
    assert furniture.is_date(text)


@pytest.mark.parametrize("text", ["令和7年度の取組", "平成27年3月に協約を結んだ", "今後の展開", "平成筑豊鉄道"])
def test_a_date_with_words_is_text(text: str) -> None:
    """What happened then makes it text."""
    assert not furniture.is_date(text)


@pytest.mark.parametrize("text", ["■概要 ..... P1", "第1章 観光 ………… １", "..... P2~P5", "3 福祉・・・・・・12頁"])
def test_knows_a_line_that_leads_to_a_page(text: str) -> None:
    """Dots with a number at the end are a list of contents."""
    assert furniture.leads_to_page(text)


def test_dots_at_the_end_of_a_sentence_lead_nowhere() -> None:
    """Without a page number they are punctuation."""
    assert not furniture.leads_to_page("利用が増えるのではないか……")


def test_keys_of_a_heading_and_of_its_line_of_contents_are_the_same() -> None:
    """Number, sign, leader and width do not count."""
    assert (
        furniture.make_key("- ① 図書館の相互利用")
        == furniture.make_key("(1) 図書館の相互利用 …… ５")
        == "図書館の相互利用"
    )


@pytest.mark.parametrize(
    ("cells", "ticks"),
    [
        (("a 地域医療", "○"), True),
        (("i その他", ""), True),
        (("iの内容", "なし"), True),
        (("eの内容", "海外の事務所で情報を発信する。"), False),
        (("病児保育の広域利用", "○"), False),
        (("a 地域医療",), False),
    ],
)
def test_a_row_of_the_official_form_only_ticks(cells: tuple[str, ...], ticks: bool) -> None:
    """A row with words beside the field, or of a table of the document's own, may be an initiative."""
    assert furniture.is_check_row(Line(1, "\t".join(cells), cells=cells)) is ticks


def test_table_headers_with_and_without_cells() -> None:
    """Names of columns are a header, also where a converter has lost the cells; a heading is none."""
    assert furniture.is_table_header(Line(1, "x", cells=("圏域名", "政策分野", "具体的内容")))
    assert furniture.is_table_header(Line(1, " 都市名 連携事務 連携相手方 内容"))
    assert not furniture.is_table_header(Line(1, "連携事業の概要"))


@pytest.mark.parametrize(
    ("line", "title_like"),
    [
        (Line(1, "1 交流を深めた事業"), True),
        (Line(1, "● 連携する取組"), True),
        (Line(1, "・図書館の相互利用"), False),
        (Line(1, "図書館を共同で運営する。"), False),
        (Line(1, "図書館、公民館、"), False),
        (Line(1, "図書館の相互利用", item=True), False),
        (Line(1, "図書館\t保健所", cells=("図書館", "保健所")), False),
        (Line(1, "長" * 41), False),
        (Line(1, ""), False),
    ],
)
def test_what_could_be_a_title(line: Line, title_like: bool) -> None:
    """Short, no sentence, no item of a list, no row of cells."""
    assert furniture.is_title_like(line) is title_like


@pytest.mark.parametrize(
    "text", ["企画部 企画課", "〒000-0000 本町1番地", "電話番号:000-000-0000", "企画課へのお問い合わせ"]
)
def test_knows_what_a_contact_box_holds(text: str) -> None:
    """Offices, addresses and numbers belong to it."""
    assert furniture.is_contact_data(text)


def test_a_sentence_about_an_office_is_no_contact_data() -> None:
    """What an office does is text."""
    assert not furniture.is_contact_data("相談は各市の企画課が受ける。")
