"""Tables of `initiative_table/` against their golden entries, and what may change in a table without changing them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.layouts import city_table, initiative_table
from indexer.readers import csv_table, html, text, xlsx
from indexer.records import Document, Draft, Line, SourceFile

EXAMPLES = Path(__file__).parent / "initiative_table"
OFFICE = Path(__file__).parents[1] / "readers" / "office"
SHARED = Path(__file__).parents[4] / "shared"


def _make_source(name: str, content: bytes) -> SourceFile:
    return SourceFile(path=Path(name), name=name, content=content, sha256="")


def _read_csv(text: str) -> Document:
    return csv_table.read(_make_source("表.csv", text.encode()))


def _describe(draft: Draft) -> dict[str, object]:
    return {
        "title": draft.title,
        "untitled": draft.untitled,
        "region": draft.region,
        "partners": draft.partners,
        "pillar": draft.pillar,
        "policy_field": draft.policy_field,
        "started": draft.started,
        "lines": [line.number for line in draft.lines],
        "body": draft.body.split("\n"),
        "context": draft.context,
    }


@pytest.mark.parametrize("name", ["two_header_rows", "cities", "prefectures"])
def test_example_gives_its_golden_entries(name: str) -> None:
    """Each initiative is an entry; titles, groups, totals and notes are none, merged cells and 〃 are filled."""
    document = csv_table.read(_make_source(f"{name}.csv", (EXAMPLES / f"{name}.csv").read_bytes()))
    golden = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    found = [_describe(draft) for draft in initiative_table.split(document)]
    assert [{key: entry[key] for key in wanted} for entry, wanted in zip(found, golden, strict=True)] == golden
    assert initiative_table.match(document) > 0.9


def test_workbook_gives_an_entry_for_each_initiative_of_each_sheet() -> None:
    """The sheet names the area; a title merged over two rows is one entry, its two texts in its body."""
    document = xlsx.read(_make_source("areas.xlsx", (OFFICE / "areas.xlsx").read_bytes()))
    found = [_describe(draft) for draft in initiative_table.split(document)]
    assert [
        (entry["title"], entry["region"], entry["pillar"], entry["started"], entry["lines"]) for entry in found
    ] == [
        ("病児保育の広域利用", "北山圏域", "ウ", "2016年4月1日", [6, 7]),
        ("成年後見の相談", "北山圏域", "ウ", "2024年4月", [8]),
        ("ごみの共同処理", "北山圏域", "ウ", "検討中", [10]),
        ("図書館の相互利用", "南浜圏域", None, "平成26年度", [2]),
        ("職員の合同研修", "南浜圏域", None, "平成30年度", [3]),
    ]
    assert found[0]["partners"] == "東川町、西谷村"
    assert found[0]["body"] == [
        "病気の子を預かる。",
        "・3つの施設で受け入れる。",
        "申し込みは電話で。",
        "予算（千円）：1,200",
    ]


def test_web_table_with_spans_is_read_like_a_sheet() -> None:
    """Cells over several columns or rows, groups and notes of a page's table are what they are in a sheet."""
    page = """<main><table>
    <tr><th rowspan=2>区分</th><th colspan=2>取組</th><th rowspan=2>開始年度</th></tr><tr><th>名称</th><th>内容</th></tr>
    <tr><td colspan=4>福祉分野（2事業）</td></tr>
    <tr><td rowspan=2>高齢</td><td>見守り</td><td>家を訪ねる。</td><td>令和元年度</td></tr>
    <tr><td>配食</td><td>弁当を届ける。</td><td>令和2年度</td></tr>
    <tr><td colspan=4>※ 令和6年度の予定を含む。</td></tr></table></main>"""
    drafts = initiative_table.split(html.read(_make_source("頁.html", page.encode())))
    assert [(draft.title, draft.policy_field, draft.started, draft.body) for draft in drafts] == [
        ("見守り", "高齢", "令和元年度", "家を訪ねる。"),
        ("配食", "高齢", "令和2年度", "弁当を届ける。"),
    ]


def test_titles_beside_their_numbers_under_one_name() -> None:
    """Where one name stands over two columns, numbers and titles, the titles are taken."""
    drafts = initiative_table.split(
        _read_csv("柱,事業名,,内容\nイ 高次の都市機能の集積・強化,1,救急医療,病院を支える。\n,2,大学,学ぶ。\n")
    )
    assert [(draft.title, draft.pillar, draft.body) for draft in drafts] == [
        ("救急医療", "イ", "病院を支える。"),
        ("大学", "イ", "学ぶ。"),
    ]


def test_headings_of_groups_in_the_column_of_titles() -> None:
    """A text alone in its row heads a group where it is marked as one, and is a bare title where it is not."""
    drafts = initiative_table.split(
        _read_csv("事業名,概要\n【福祉】,\n見守り,訪ねる。\n(2) 環境,\nごみ処理,燃やす。\n橋の点検,\n")
    )
    assert [(draft.title, draft.policy_field, draft.body) for draft in drafts] == [
        ("見守り", "福祉", "訪ねる。"),
        ("ごみ処理", "環境", "燃やす。"),
        ("橋の点検", "環境", ""),
    ]


def test_several_tables_with_headings_between() -> None:
    """A heading above each table, with or without a blank row, is the field of its rows."""
    drafts = initiative_table.split(
        _read_csv(
            "取組一覧\n\n１　産業\n事業名,内容\n創業,教える。\n２　福祉\n事業名,内容\n保育,預かる。\n\n３　環境\n名称,内容,備考\n植林,植える。,\n"
        )
    )
    assert [(draft.title, draft.policy_field) for draft in drafts] == [
        ("創業", "産業"),
        ("保育", "福祉"),
        ("植林", "環境"),
    ]


def test_heading_in_cells_above_another_table() -> None:
    """A heading that directly follows the rows of a table heads the next one, whose columns have other names."""
    text = "事業名,内容,担当\n創業,教える。,商工課\n■福祉,,\n件名,担当,概要\n保育,福祉課,預かる。\n"
    assert [(draft.title, draft.policy_field) for draft in initiative_table.split(_read_csv(text))] == [
        ("創業", None),
        ("保育", "福祉"),
    ]


def test_remark_in_the_column_of_texts_goes_on_with_its_row() -> None:
    """A row with a text alone in a column of texts adds to the row above, ※ or not; in the first column it is a note."""
    drafts = initiative_table.split(
        _read_csv("事業名,内容,備考\n保育,預かる。,\n,※ 予約が要る。,\n※ 予約は電話で。,,\n")
    )
    assert [(draft.title, draft.body) for draft in drafts] == [("保育", "預かる。\n※ 予約が要る。")]


def test_text_behind_the_table_is_no_row() -> None:
    """Other blocks of the sheet, below a heading or text, are left out unless their rows are whole."""
    rows = "事業名,内容,担当\n保育,預かる。,福祉課\n\n集計\n課,件数,\n福祉課,1,\n\nその他の事業\n植林,植える。,環境課\n"
    assert [draft.title for draft in initiative_table.split(_read_csv(rows))] == ["保育", "植林"]


@pytest.mark.parametrize(
    "text",
    [
        "項目,内容\n対象者,市民\n料金,無料\n",
        "年度,人口,世帯\n令和5年,100,50\n",
        "圏域名,構成市町村,締結年月日\n北山圏域,東川町,平成27年3月25日\n",
        "本文だけの資料です。\n",
        "",
    ],
)
def test_other_tables_are_not_matched(text: str) -> None:
    """A description of one thing, statistics, agreements and plain text are no tables of initiatives."""
    assert initiative_table.match(_read_csv(text)) == 0.0
    assert initiative_table.split(_read_csv(text)) == []


def test_document_that_is_mostly_text_is_not_sure() -> None:
    """A table that stands in a long text scores low, and one without titles lower than one with them."""
    table = "\n".join(["市町村,事業名,内容,開始年度", "福山市,図書館,本を貸す。,R2"])
    long_text = "".join(f"これは{number}番目の説明の文です。\n" for number in range(4))
    assert 0.0 < initiative_table.match(_read_csv(f"{long_text}\n{table}\n")) <= 0.4
    assert initiative_table.match(_read_csv(f"{long_text * 9}\n{table}\n")) == 0.0
    assert 0.4 < initiative_table.match(_read_csv("市町村,内容\n福山市,本を貸す。\n")) < 0.8


def test_city_table_keeps_its_own_documents() -> None:
    """A table of cities that a converter made, with the four columns of `city_table`, is left to that layout."""
    rows = [("都市名", "連携事務", "連携相手方", "内容"), ("福山市", "図書館の相互利用", "三原市", "本を貸し合う。")]
    lines = tuple(Line(number, "\t".join(cells), cells=cells) for number, cells in enumerate(rows, 1))
    for reader in ("text", "pdf", "html", "docx"):
        document = Document(source=_make_source("表", b""), reader=reader, lines=lines)
        assert 0.0 < initiative_table.match(document) < city_table.match(document)


@dataclass(frozen=True)
class _Initiative:
    title: str
    body: str
    region: str
    partners: str
    started: str
    field: str


NAMES = {
    "title": ("事業名", "取組名称", "取組名", "件名", "事業名称", "連携事業", "事例名"),
    "body": ("概要", "内容", "事業概要", "取組内容", "具体的な内容", "事業の概要"),
    "region": ("自治体名", "市町村", "市町村名", "団体名", "都市名", "実施主体"),
    "partners": ("連携先", "連携相手方", "構成市町村", "相手方", "連携市町村"),
    "started": ("開始年度", "実施年度", "開始時期", "事業開始年度", "実施期間"),
    "field": ("分野", "カテゴリ", "政策分野", "区分"),
}
INITIATIVES = st.lists(
    st.builds(
        _Initiative,
        title=st.sampled_from(["図書館の相互利用", "病児保育", "橋の点検", "観光の案内", "バスの運行", "創業の相談"]),
        body=st.sampled_from(["一緒に行う。", "二つの市で受け持つ。\n費用は分ける。", "住民の声を聞き、毎年見直す。"]),
        region=st.sampled_from(["福山市", "三原市"]),
        partners=st.sampled_from(["尾道市", "府中市、世羅町"]),
        started=st.sampled_from(["平成27年度", "R2", "2019年4月"]),
        field=st.sampled_from(["福祉", "産業"]),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda each: each.title,
)


@settings(max_examples=60)
@given(
    initiatives=INITIATIVES,
    columns=st.permutations(list(NAMES)),
    words=st.fixed_dictionaries({role: st.sampled_from(names) for role, names in NAMES.items()}),
    numbered=st.booleans(),
    around=st.booleans(),
    merged=st.booleans(),
    save=st.sampled_from(["csv", "xlsx"]),
)
def test_any_arrangement_of_a_table_gives_the_same_entries(
    initiatives: list[_Initiative],
    columns: list[str],
    words: dict[str, str],
    *,
    numbered: bool,
    around: bool,
    merged: bool,
    save: str,
) -> None:
    """Order and names of columns, numbers, a title, totals and notes, merged cells and the format change no entry."""
    initiatives = sorted(initiatives, key=lambda each: each.region)
    header = ["No."] * numbered + [words[role] for role in columns]
    rows = [
        [str(number)] * numbered + [getattr(each, role) for role in columns]
        for number, each in enumerate(initiatives, 1)
    ]
    region = columns.index("region") + numbered
    above = [["令和6年度 連携の一覧"], []] if around else []
    # The total stands in the first column of text, as offices set it.
    below = [["合計", f"{len(rows)}事業"], ["※ 令和6年4月1日現在"]] if around else []
    write = _write_workbook if save == "xlsx" else _write_csv
    document = write(above, header, rows, below, merged=region if merged else None)
    found = initiative_table.split(document)
    assert [
        _Initiative(d.title, d.body, d.region or "", d.partners or "", d.started or "", d.policy_field or "")
        for d in found
    ] == initiatives
    assert initiative_table.match(document) > 0.9


def _write_csv(
    above: list[list[str]], header: list[str], rows: list[list[str]], below: list[list[str]], *, merged: int | None
) -> Document:
    filled = [list(row) for row in rows]
    for before, row in zip(rows, filled[1:], strict=False):
        if merged is not None and row[merged] == before[merged]:
            row[merged] = ""
    buffer = io.StringIO()
    width = len(header)
    csv.writer(buffer).writerows([*row, *[""] * (width - len(row))] for row in (*above, header, *filled, *below))
    return csv_table.read(_make_source("表.csv", buffer.getvalue().encode("cp932")))


def _write_workbook(
    above: list[list[str]], header: list[str], rows: list[list[str]], below: list[list[str]], *, merged: int | None
) -> Document:
    book = openpyxl.Workbook()
    for row in (*above, header, *rows, *below):
        book.active.append(row)
    first = len(above) + 2
    if merged is not None:
        values = [row[merged] for row in rows]
        for value in dict.fromkeys(values):
            start = first + values.index(value)
            end = start + values.count(value) - 1
            if end > start:
                for place in range(start + 1, end + 1):
                    book.active.cell(place, merged + 1).value = None
                book.active.merge_cells(start_row=start, end_row=end, start_column=merged + 1, end_column=merged + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return xlsx.read(_make_source("表.xlsx", buffer.getvalue()))


@pytest.mark.parametrize("write", [_write_csv, _write_workbook])
def test_rows_of_a_seed_survive_a_spreadsheet(write: Callable[..., Document]) -> None:
    """The table of cities among the seeds, saved as CSV or XLSX with merged cells, gives the entries of the text."""
    seeds = sorted((SHARED / "seeds").glob("003*.txt"))
    if not seeds:
        pytest.skip("the seeds (../shared/seeds) are not here")

    drafts = city_table.split(text.read(_make_source("003.txt", seeds[0].read_bytes())))
    rows = [[draft.region or "", draft.title, draft.partners or "", draft.body] for draft in drafts]
    document = write(
        [["連携の事例"], []], ["都市名", "連携事務", "連携相手方", "内容"], rows, [["合計", "51"]], merged=0
    )
    found = [
        [draft.region or "", draft.title, draft.partners or "", draft.body]
        for draft in initiative_table.split(document)
    ]
    assert len(found) == len(rows) > 40
    # cp932 knows no ㎡ of some fonts and the like; what it knows comes back.
    assert found == rows
