"""What a document says of itself, where sources.toml is silent: only what its words say surely, with their place."""

from pathlib import Path

import pytest

from indexer.descriptions import Inference, describe_source
from indexer.records import Document, Draft, Line, SourceFile


def make_document(*texts: str | Line, reader: str = "text", **about: object) -> Document:
    """Make a document of lines."""
    source = SourceFile(path=Path("a.txt"), name="a.txt", content=b"", sha256="0", **about)  # type: ignore[arg-type]
    lines = (text if isinstance(text, Line) else Line(place, text) for place, text in enumerate(texts, 1))
    return Document(source, reader, tuple(lines))


def make_draft(document: Document, *numbers: int, **values: object) -> Draft:
    """Make a draft of the lines with these numbers."""
    lines = tuple(line for line in document.lines if line.number in numbers)
    plain: dict[str, object] = {"kind": "initiative", "title": "題", "body": "本文", "lines": lines}
    return Draft(**(plain | values))  # type: ignore[arg-type]


def told(document: Document, *drafts: Draft) -> dict[str, str]:
    """Give what was inferred, by field."""
    return {inference.field: inference.value for inference in describe_source(document, drafts)[1]}


def test_a_title_page_tells_title_and_year_with_their_lines() -> None:
    """The 年度 that stands alone above the title belongs to it; the evidence is the line."""
    document = make_document("", "令和6年度", "", "北山・南川連携会議", "資料", "目次", "本文を書く。")
    source, inferred = describe_source(document, [])
    assert (source.title, source.fiscal_year, source.publisher, source.prefecture) == (
        *("令和6年度 北山・南川連携会議", 2024),
        *(None, None),
    )
    assert inferred[0] == Inference("title", "令和6年度 北山・南川連携会議", "北山・南川連携会議", None, 4)


def test_what_sources_toml_states_stays() -> None:
    """Nothing is inferred that is stated."""
    document = make_document(
        "令和6年度 連携の報告", title="題", publisher="発行者", fiscal_year=2020, prefecture="長野県"
    )
    source, inferred = describe_source(document, [])
    assert (source, inferred) == (document.source, ())


@pytest.mark.parametrize(
    "texts",
    [
        ("資料１", "広域連携の事例集"),
        ("資料2-1　広域連携の事例集",),
        ("【参考資料】", "令和7年12月1日現在", "広域連携の事例集"),
        ("・前のお知らせ", "1 はじめに", "広域連携の事例集"),
        ("長い文がここに書いてある。", "広域連携の事例集"),
        ("総務省", "広域連携の事例集"),
    ],
)
def test_the_first_line_that_reads_as_a_title(texts: tuple[str, ...]) -> None:
    """Numbers of copies, dates, items, numbered headings, sentences and authors are passed over."""
    assert told(make_document(*texts))["title"] == "広域連携の事例集"


def test_the_heading_of_a_chapter_is_no_title() -> None:
    """Of a document on several areas, a heading that names one of them names only its chapter."""
    document = make_document("北山圏域の取組", "題一", "本文。", "南川圏域の取組", "題二", "本文。")
    drafts = [make_draft(document, 2, 3, region="北山圏域"), make_draft(document, 5, 6, region="南川圏域")]
    assert "title" not in told(document, *drafts)
    assert told(document, drafts[0])["title"] == "北山圏域の取組"


def test_the_title_above_a_table_that_each_page_repeats() -> None:
    """A single title above the headers of the pages is the document's; several head parts of it."""
    header = "都市名 連携事務 連携相手方 内容"
    document = make_document(header, "甲市 乙 丙 丁", "連携の事例～中核市編～", header, "戊市 己 庚 辛")
    drafts = [make_draft(document, 2), make_draft(document, 5)]
    assert told(document, *drafts)["title"] == "連携の事例～中核市編～"
    parts = make_document("■特徴的な取組", header, "甲市 乙 丙 丁", "■定住圏の取組", header, "戊市 己 庚 辛")
    assert "title" not in told(parts, make_draft(parts, 1, 2, 3), make_draft(parts, 6))


def test_a_web_page_gives_its_title_without_the_site_and_the_site_as_publisher() -> None:
    """What stands behind the bar is the site's name; a site of no authority publishes nothing surely."""
    page = make_document(
        Line(1, "図書館の相互利用｜高松市公式ホームページ", heading=1), Line(2, "本文。"), reader="html"
    )
    assert told(page) == {"title": "図書館の相互利用", "publisher": "高松市", "prefecture": "香川県"}
    other = make_document(Line(1, "図書館の相互利用 - まちの話題", heading=1), Line(2, "本文。"), reader="html")
    assert told(other) == {"title": "図書館の相互利用"}


def test_the_name_of_a_sheet_is_no_title() -> None:
    """The title row above the table is."""
    book = make_document(Line(1, "集計用", heading=1), Line(1, "広域連携事業の一覧"), reader="xlsx")
    assert told(book)["title"] == "広域連携事業の一覧"


@pytest.mark.parametrize(
    ("texts", "publisher"),
    [
        (("広域連携の記録", "令和7年3月", "倉敷市"), "倉敷市"),
        (("広域連携の記録", "本文が続く。", "発行：北山圏域連携協議会"), "北山圏域連携協議会"),
        (("広域連携の記録", "本文が続く。", "編集・発行: 倉敷市 企画経営室"), "倉敷市"),
        (("広域連携の記録", "本文が続く。", "お問い合わせ先", "岡山県 市町村課", "電話 000-000-0000"), "岡山県"),
        (("広域連携の記録", "本文が続く。", "作成：令和7年3月"), None),
        (("広域連携の記録", "倉敷市", "総社市", "浅口市"), None),
        (("広域連携の記録", "倉敷市で始めた。"), None),
    ],
)
def test_the_publisher_is_named_as_an_author(texts: tuple[str, ...], publisher: str | None) -> None:
    """On the title page, behind 発行, in a contact box; a list of cities or a sentence names none."""
    assert told(make_document(*texts)).get("publisher") == publisher


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (("広域連携の記録（令和5年度）",), "2023"),
        (("広域連携の記録", "令和5年度の実績"), "2023"),
        (("広域連携の記録", "本文が続く。", "(令和7年2月1日現在)"), "2024"),
        (("広域連携の記録", "令和7年4月"), "2025"),
        (("広域連携の記録", "更新日 2025年3月31日"), "2024"),
        (("広域連携のビジョン（令和3年度～令和7年度）",), None),
        (("広域連携の記録", "令和9年度までの計画"), None),
        (("広域連携の記録", "平成22年度には利用が増えた。"), None),
    ],
)
def test_the_year_that_the_document_reports_for(texts: tuple[str, ...], year: str | None) -> None:
    """A 年度 of the title or title page, else a date of the document; a plan's period and a sentence tell nothing."""
    assert told(make_document(*texts)).get("fiscal_year") == year


def test_years_of_the_entries_are_not_the_documents() -> None:
    """What an entry tells of is no date of the document."""
    document = make_document("広域連携の記録", "起業の相談", "(令和2年4月1日現在)")
    assert "fiscal_year" not in told(document, make_draft(document, 2, 3))


def test_the_prefecture_that_entries_agree_on() -> None:
    """Nearly all that name one name it; where an area names none, or few do, it stays open."""
    document = make_document("広域連携の記録", "一", "二", "三")
    agreed = [make_draft(document, number, partners="倉敷市、総社市") for number in (2, 3)]
    silent = make_draft(document, 4)
    source, inferred = describe_source(document, [*agreed, silent])
    assert source.prefecture == "岡山県"
    assert (inferred[-1].text, inferred[-1].line) == ("取組3件のうち2件が示す", 2)
    assert "prefecture" not in told(document, *agreed, make_draft(document, 4, region="知らない圏域"))
    assert "prefecture" not in told(document, agreed[0], silent, silent)
    assert "prefecture" not in told(document, *agreed, make_draft(document, 4, partners="福山市"))


def test_the_prefecture_that_a_stated_title_names_has_no_line() -> None:
    """The evidence is the title of sources.toml."""
    (inference,) = describe_source(make_document("本文。", title="新潟県内の連携（令和6年度）", fiscal_year=2024), [])[
        1
    ]
    assert inference == Inference("prefecture", "新潟県", "新潟県内の連携（令和6年度）", None, None)
