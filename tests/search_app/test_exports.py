"""Files and feed: what is written of a listing, read back by what will read it."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from indexer.records import Entry
from search_app.exports import write_csv, write_json
from search_app.feed import write_feed
from search_app.links import Links
from search_app.listings import Listing, describe_filters, list_search, list_selection, summarize
from search_app.params import SearchParams
from search_app.search import Export
from search_app.selection import Selection
from search_app.workbook import write_workbook

MakeEntry = Callable[..., Entry]
LINKS = Links("https://zenrei.example")
DAYS = {"made_on": "2026年1月5日", "built_on": "2026年1月4日"}
HEADER = ["番号", "圏域", "都道府県", "市町村", "分野", "事業名", "概要", "年度", "開始年", "資料名・頁", "URL"]
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x")', "#N/A"]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def list_entries(*entries: Entry, total: int | None = None, **values: object) -> Listing:
    """Make the listing of a search that found these entries."""
    params = SearchParams(q="病児保育", region=("兵庫県",), **values)  # type: ignore[arg-type]
    export = Export(
        params, len(entries) if total is None else total, entries, "「病児保育」を含む取組を表示しています。"
    )
    return list_search(export, LINKS, **DAYS)


def read_csv(listing: Listing) -> list[list[str]]:
    """Read a CSV file as a spreadsheet program does."""
    return list(csv.reader(io.StringIO(write_csv(listing).decode("utf-8-sig"), newline="")))


def read_sheet(listing: Listing) -> Worksheet:
    """Open the workbook's one sheet."""
    (sheet,) = load_workbook(io.BytesIO(write_workbook(listing))).worksheets
    return sheet


def read_table(sheet: Worksheet) -> list[list[object]]:
    """Read the table from its header on."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    return rows[rows.index(HEADER) :]  # type: ignore[arg-type]


@pytest.fixture
def full(make_entry: MakeEntry) -> Entry:
    """Make an entry of which everything is known."""
    entry = make_entry(
        7,
        "病児保育の広域利用",
        "圏域の住民が使う。",
        region="備後圏域",
        prefectures=("岡山県", "広島県"),
        municipalities=("福山市", "尾道市"),
        pillar="ウ",
        category="ウ-A-c",
        fiscal_year=2025,
        start_year=2016,
    )
    source = replace(entry.source, title="取組集", publisher="研究会", page=3, url="https://example.org/a")
    return replace(entry, source=source)


def test_csv_opens_in_excel_as_it_is(full: Entry) -> None:
    """UTF-8 with a byte order mark, CRLF, one header and one row for each entry."""
    content = write_csv(list_entries(full))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    header, row = read_csv(list_entries(full))
    assert header[: len(HEADER)] == HEADER
    assert dict(zip(header, row, strict=True)) == {
        "番号": "1",
        "圏域": "備後圏域",
        "都道府県": "岡山県、広島県",
        "市町村": "福山市、尾道市",
        "分野": "福祉",
        "事業名": "病児保育の広域利用",
        "概要": "圏域の住民が使う。",
        "年度": "2025",
        "開始年": "2016",
        "資料名・頁": "取組集　研究会　p.3 / 行 1–2",
        "URL": "https://example.org/a",
        "種別": "取組",
        "事例のID": "e7",
        "事例のページ": "https://zenrei.example/entries/e7",
    }


def test_csv_leaves_empty_what_is_not_stated(make_entry: MakeEntry) -> None:
    """What the source does not say is an empty cell; the address is then that of the entry's page."""
    header, values = read_csv(list_entries(make_entry(1, "題", "")))
    row = dict(zip(header, values, strict=True))
    assert [row[name] for name in ("圏域", "市町村", "分野", "年度", "開始年")] == [""] * 5
    assert row["URL"] == "https://zenrei.example/entries/e1"


@pytest.mark.parametrize("text", [text for text in DANGEROUS if text != "#N/A"])
def test_no_cell_of_a_csv_file_is_a_formula(make_entry: MakeEntry, text: str) -> None:
    """A title that begins like a formula is led by an apostrophe and otherwise whole."""
    assert read_csv(list_entries(make_entry(1, text, "")))[1][5] == "'" + text


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_written_and_none_is_a_formula(make_entry: MakeEntry, title: str, region: str) -> None:
    """Whatever Unicode stands in an entry, CSV and workbook can be read back and hold no formula."""
    listing = list_entries(make_entry(1, title, title, region=region))
    assert not [cell for row in read_csv(listing) for cell in row if cell.startswith(tuple("=+-@\t\r"))]
    assert {cell.data_type for row in read_sheet(listing).iter_rows() for cell in row} <= {"s", "n"}


def test_a_file_says_when_it_is_cut(full: Entry) -> None:
    """Less than everything: CSV, workbook and JSON say how much of how much, in the file itself."""
    listing = list_entries(full, total=8123)
    said = "8,123件のうち先頭の1件"
    assert said in read_csv(listing)[-1][0]
    assert len({len(row) for row in read_csv(listing)}) == 1
    assert said in str(list(read_sheet(listing).values))
    payload = json.loads(write_json(listing))
    assert (payload["total"], payload["exported"]) == (8123, 1)
    assert said in payload["remarks"][0]


def test_a_file_of_everything_has_no_remark(full: Entry) -> None:
    """Where nothing is missing, nothing is said of it."""
    assert list_entries(full).remarks == ()
    assert len(read_csv(list_entries(full))) == 2


def test_a_file_names_the_chosen_entries_that_are_no_more(full: Entry) -> None:
    """Ids that the index does not have are told in each file, and formulas in them are none."""
    listing = list_selection(Selection((full,), ("=1+1",)), LINKS, **DAYS)
    assert "=1+1" in read_csv(listing)[-1][0]
    assert "=1+1" in str(list(read_sheet(listing).values))
    assert json.loads(write_json(listing))["unknown_ids"] == ["=1+1"]


def test_the_workbook_says_what_was_asked_when_and_where(full: Entry) -> None:
    """Title, words, filters, count, dates and address stand above the table."""
    sheet = read_sheet(list_entries(full))
    assert sheet["A1"].value == sheet.title == "先行事例調査表"
    head = {row[0]: str(row[1]) for row in sheet.iter_rows(min_row=2, max_row=6, max_col=2, values_only=True)}
    assert head["検索"].startswith("「病児保育」で検索。")
    assert head["絞り込み"] == "地域: 兵庫県"
    assert head["件数"] == "1件　作成日 2026年1月5日（索引の作成日 2026年1月4日）"
    assert head["URL"].startswith("https://zenrei.example/?q=")
    assert "原資料を確かめて" in head["注"]


def test_the_workbook_holds_the_table(full: Entry, make_entry: MakeEntry) -> None:
    """Eleven columns by the names that officers use, years as numbers, nothing where nothing is stated."""
    table = read_table(read_sheet(list_entries(full, make_entry(1, "題", ""))))
    assert table[1][:6] == [1, "備後圏域", "岡山県、広島県", "福山市、尾道市", "福祉", "病児保育の広域利用"]
    assert table[1][6:] == ["圏域の住民が使う。", 2025, 2016, "取組集　研究会　p.3 / 行 1–2", "https://example.org/a"]
    assert table[2][:6] == [2, None, None, None, None, "題"]
    assert table[2][7:9] == [None, None]


def test_the_workbook_is_ready_for_screen_and_print(full: Entry) -> None:
    """Header frozen and repeated, filter on, text wrapped, A4 across, one page wide, pages numbered."""
    sheet = read_sheet(list_entries(full))
    header = sheet.max_row - 1
    assert [cell.value for cell in sheet[header]] == HEADER
    assert sheet.freeze_panes == f"A{header + 1}"
    assert sheet.auto_filter.ref == f"A{header}:K{header + 1}"
    assert sheet.print_title_rows == f"${header}:${header}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert "&P" in sheet.oddFooter.center.text
    assert all(cell.alignment.wrap_text for cell in sheet[header + 1])
    assert sheet.column_dimensions["G"].width > sheet.column_dimensions["H"].width


def test_a_row_is_as_high_as_its_text(full: Entry) -> None:
    """A long summary is not cut off in programs that do not grow rows by themselves."""
    short, long = full, replace(full, body="圏域の住民が使う。" * 20)
    sheet = read_sheet(list_entries(short, long))
    heights = [sheet.row_dimensions[row].height for row in (sheet.max_row - 1, sheet.max_row)]
    assert heights[0] < heights[1] <= 409


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_workbook_is_a_formula(make_entry: MakeEntry, text: str) -> None:
    """What begins like a formula or an error is text, and stays text when somebody edits it."""
    sheet = read_sheet(list_entries(make_entry(1, text, text)))
    cell = sheet.cell(sheet.max_row, 6)
    assert (cell.value or "").strip() == text.strip()
    assert cell.data_type == "s"
    assert cell.quotePrefix or text == "#N/A"


def test_a_workbook_takes_no_more_than_excel_does(make_entry: MakeEntry) -> None:
    """A cell ends at 32,767 units with 「…」, and characters that XML cannot hold are left out."""
    sheet = read_sheet(list_entries(make_entry(1, "𠮷" * 20_000, ""), make_entry(2, "題\x00\x0b\ud800名\ufffe", "")))
    longest = str(sheet.cell(sheet.max_row - 1, 6).value)
    assert len(longest.encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert longest.endswith("𠮷…")
    assert sheet.cell(sheet.max_row, 6).value == "題名"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "", "http://[", None])
def test_only_web_addresses_are_links_in_a_workbook(full: Entry, url: str | None) -> None:
    """An address that no browser should open gives way to that of the entry's page."""
    sheet = read_sheet(list_entries(replace(full, source=replace(full.source, url=url))))
    cell = sheet.cell(sheet.max_row, 11)
    assert cell.value == cell.hyperlink.target == "https://zenrei.example/entries/e7"


def test_json_has_everything_that_is_known(full: Entry) -> None:
    """The entries are those of the data model, whole, with addresses that lead back."""
    payload = json.loads(write_json(list_entries(full)))
    (entry,) = payload["entries"]
    assert entry["body"] == full.body
    assert entry["source"]["page"] == 3
    assert entry["url"] == "https://zenrei.example/entries/e7"
    assert payload["filters"] == "地域: 兵庫県"


def test_a_feed_is_atom(full: Entry, make_entry: MakeEntry) -> None:
    """Feed and entries have what RFC 4287 asks for: id, title, updated, an author, links; ids are addresses."""
    listing = list_entries(full, make_entry(1, "<題> & \x08", ""))
    content = write_feed(listing, feed_url="https://zenrei.example/feed.atom", built_at="2026-01-04T01:02:03+00:00")
    feed = ElementTree.fromstring(content)  # noqa: S314  # written here
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert feed.findtext("a:id", namespaces=ATOM) == "https://zenrei.example/feed.atom"
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "先行事例さがし"
    assert [link.get("rel") for link in feed.findall("a:link", ATOM)] == ["self", "alternate"]
    entries = feed.findall("a:entry", ATOM)
    assert [entry.findtext("a:id", namespaces=ATOM) for entry in entries] == [
        "https://zenrei.example/entries/e7",
        "https://zenrei.example/entries/e1",
    ]
    assert entries[1].findtext("a:title", namespaces=ATOM) == "<題> & "
    for element in (feed, *entries):
        assert element.findtext("a:updated", namespaces=ATOM) == "2026-01-04T01:02:03+00:00"
    links = {link.get("rel"): link.get("href") for link in entries[0].findall("a:link", ATOM)}
    assert links == {"alternate": "https://zenrei.example/entries/e7", "via": "https://example.org/a"}


def test_a_summary_ends_with_a_sentence() -> None:
    """A long text ends behind the last sentence that fits, and 「…」 says that it goes on."""
    sentences = "あ" * 90 + "。" + "い" * 90 + "。" + "う" * 90 + "。"
    assert summarize(sentences) == "あ" * 90 + "。" + "い" * 90 + "。…"


def test_a_short_text_is_its_own_summary_on_one_line() -> None:
    """Nothing is cut or marked as cut; lines are joined."""
    assert summarize("一行目\n\n・二行目\n") == "一行目 ・二行目"


def test_a_summary_does_not_end_inside_a_bracket() -> None:
    """A full stop before a closing bracket is not the end of the sentence."""
    text = "あ" * 50 + "。" + "「" + "い" * 50 + "。」と" + "う" * 150 + "。"
    assert summarize(text) == "あ" * 50 + "。…"


def test_a_text_without_sentences_is_cut_at_200_characters() -> None:
    """A list without full stops is still no longer than a cell can show."""
    assert summarize("あ" * 300) == "あ" * 200 + "…"


@given(st.text(alphabet="あ。」\n ", max_size=450))
def test_a_summary_is_never_long_and_never_silent(body: str) -> None:
    """At most 200 characters of the text, from its beginning; 「…」 if and only if something is left out."""
    text = " ".join(body.split())
    summary = summarize(body)
    assert len(summary) <= 201
    assert text.startswith(summary.removesuffix("…"))
    assert (summary == text) == (len(text) <= 200)


def test_filters_are_named_as_the_page_names_them() -> None:
    """Each facet by its label, its values by theirs."""
    params = SearchParams(
        municipality=("342084",), category=("ウ-A-c",), year=("2025", "2024"), start=("2016",), kind=("profile",)
    )
    assert list(describe_filters(params)) == [
        "分野: 福祉・子育て",
        "年度: 2025年度、2024年度",
        "開始年: 2016年",
        "種別: 圏域の概要",
        "市町村: 広島県府中市",
    ]
