"""Tables of cities in `city_table/` (text and the expected entries), and what may change without changing the entries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from indexer.layouts import city_table
from indexer.records import Document, Draft

EXAMPLES = Path(__file__).parent / "city_table"
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
HEADER = "都市名 連携事務 連携相手方 内容"

ReadContent = Callable[..., Document]
Words = tuple[str | None, ...]


@pytest.mark.parametrize("name", ["run_together", "other_columns", "cells"])
def test_example_gives_its_golden_entries(
    name: str, read_content: ReadContent, to_golden: Callable[[Draft], dict[str, object]]
) -> None:
    """Each example is cut into exactly the entries written beside it, in order, with their lines and text."""
    document = read_content(EXAMPLES / f"{name}.txt")
    assert city_table.match(document) > 0.5
    expected = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert [to_golden(draft) for draft in city_table.split(document)] == expected


def _words(draft: Draft) -> Words:
    """Give what stays however the table is set: the texts of the cells without white space."""
    return tuple(re.sub(r"\s", "", text or "") for text in (draft.region, draft.title, draft.partners, draft.body))


def _golden_words() -> list[Words]:
    golden = json.loads((EXAMPLES / "run_together.json").read_text(encoding="utf-8"))
    return [(row["region"], row["title"], row["partners"], re.sub(r"\s", "", "".join(row["body"]))) for row in golden]


def _wrap(text: str, width: int) -> list[str]:
    """Break a text at a width as word processors do: no line begins with 、 or a closing bracket."""
    lines = [""]
    for character in text:
        if len(lines[-1]) >= width and character not in "、。）」】":
            lines.append("")
        lines[-1] += character
    return lines


def _set_table(rows: Sequence[Words], widths: tuple[int, int, int], *, blank_every: int) -> str:
    """Write rows as a converter does; a blank line stands between cells but for each `blank_every`-th place."""
    lines = [HEADER, ""]
    places = 0
    for region, *cells in rows:
        lines.append(region or "")
        for cell, width in zip(cells, widths, strict=True):
            places += 1
            lines += [""] * (places % blank_every > 0)
            lines += _wrap(cell or "", width)
        lines += [""] * (places % blank_every > 0)
    return "\n".join(lines)


@pytest.mark.parametrize("widths", [(10, 8, 25), (14, 12, 40), (8, 16, 22), (12, 12, 24), (60, 80, 400)])
@pytest.mark.parametrize("blank_every", [100, 3, 2])
def test_widths_of_columns_are_read_from_the_text(
    widths: tuple[int, int, int], blank_every: int, read_content: ReadContent
) -> None:
    """The same rows set in columns of other widths, with blank lines missing, give the same cells."""
    document = read_content(_set_table(_golden_words(), widths, blank_every=blank_every))
    assert [_words(draft) for draft in city_table.split(document)] == _golden_words()


def _without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def _with_more_blank_lines(text: str) -> str:
    return re.sub(r"\n\n", "\n\n\n \n", text)


def _with_other_page_numbers(text: str) -> str:
    return text.replace("2／7", "- 12 -").replace("3／7", "13")


def _with_header_words_on_lines(text: str) -> str:
    return text.replace(HEADER, HEADER.replace(" ", "\n"))


def _with_other_header_words(text: str) -> str:
    return text.replace(HEADER, "団体名　事業名　連携先　事業概要")


@pytest.mark.parametrize(
    "change",
    [
        _without_blank_lines,
        _with_more_blank_lines,
        _with_other_page_numbers,
        _with_header_words_on_lines,
        _with_other_header_words,
    ],
)
def test_furniture_and_blank_lines_do_not_matter(change: Callable[[str], str], read_content: ReadContent) -> None:
    """Blank lines, page numbers and the words of the header row may be others."""
    text = (EXAMPLES / "run_together.txt").read_text(encoding="utf-8")
    assert change(text) != text
    assert [_words(draft) for draft in city_table.split(read_content(change(text)))] == _golden_words()


def test_lines_leave_out_furniture_inside_a_row(read_content: ReadContent) -> None:
    """A row that goes on over a page keeps its lines on both, without page number, page title and header row."""
    document = read_content(EXAMPLES / "run_together.txt")
    broken = next(draft for draft in city_table.split(document) if draft.title == "職員の相互派遣")
    text = "\n".join(line.text for line in broken.lines)
    assert text.endswith("報告会を開く。")
    assert not re.search("都市名|／7|事例", text)


def test_page_title_is_known_by_the_title_of_the_document(read_content: ReadContent) -> None:
    """A page's title that follows a row without a blank line is left out where it is the document's."""
    rows = _set_table(_golden_words()[:2], (10, 8, 25), blank_every=100)
    text = f"{rows}\n町村との連携事例集（第2版）\n{rows}"
    drafts = city_table.split(read_content(text, title="町村との連携事例集 第2版"))
    assert [_words(draft) for draft in drafts] == _golden_words()[:2] * 2


def test_city_that_is_written_once_holds_for_the_rows_below(read_content: ReadContent) -> None:
    """Where the cell of the city is merged, its name stands before the first of its rows only."""
    rows = _golden_words()
    merged = [(None if place and rows[place - 1][0] == row[0] else row[0], *row[1:]) for place, row in enumerate(rows)]
    text = _set_table(merged, (10, 8, 25), blank_every=100)
    assert [_words(draft) for draft in city_table.split(read_content(text))] == rows


def test_web_page_with_merged_cells_and_a_box_behind_the_table(read_content: ReadContent) -> None:
    """Real cells are taken as they are; what stands behind the table is none of it."""
    html = """<main><h1>連携の事例</h1><table>
    <tr><th>市名</th><th>事業名</th><th>連携先</th><th>概要</th></tr>
    <tr><td rowspan="2">福井市</td><td>恐竜バス</td><td>勝山市</td><td>駅と博物館を結ぶ。</td></tr>
    <tr><td>越前和紙の学校</td><td>－</td><td>紙漉きを習う。</td></tr>
    </table><p>お問い合わせは企画課まで</p><table><tr><td>電話</td><td>0776</td></tr><tr><td>係</td><td>連携</td></tr></table></main>"""
    document = read_content(html, name="page.html")
    assert city_table.match(document) > 0.5
    assert [(draft.region, draft.title, draft.partners, draft.body) for draft in city_table.split(document)] == [
        ("福井市", "恐竜バス", "勝山市", "駅と博物館を結ぶ。"),
        ("福井市", "越前和紙の学校", None, "紙漉きを習う。"),
    ]


def test_rows_that_lost_a_cell_or_have_too_many(read_content: ReadContent) -> None:
    """A pasted row without its merged city and one with an empty cell more are read; one without any text is not."""
    text = (
        "都市名\t取組名\t連携先\t内容\n福井市\t恐竜バス\t勝山市\t駅と博物館を結ぶ。\n紙の学校\t越前市\t紙漉きを習う。\n"
        "坂井市\t三国湊の市\tあわら市\t月に一度開く。\t\t\n\t\t\t\n"
    )
    drafts = city_table.split(read_content(text))
    assert [(draft.region, draft.title, draft.partners) for draft in drafts] == [
        ("福井市", "恐竜バス", "勝山市"),
        ("福井市", "紙の学校", "越前市"),
        ("坂井市", "三国湊の市", "あわら市"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEADER,
        f"{HEADER}\n\n以上の項目について調べた。\n",
        "圏域名\t政策分野\t具体的内容\n湖北圏域\t福祉\t体操教室を開く。",
        "都市名と連携事務を次に示す。\n\n札幌市\n\n札幌広域圏組合\n",
    ],
    ids=["empty", "header-only", "no-city", "areas", "prose"],
)
def test_other_documents_are_not_matched(text: str, read_content: ReadContent) -> None:
    """Without a header row of cities and initiatives, and rows under it, a document is left to other layouts."""
    assert city_table.match(read_content(text)) == 0


def test_official_document_is_read_and_no_other(read_content: ReadContent) -> None:
    """Of the seeds the layout wants the table of cities alone, and its rows all have the four cells."""
    if not SEEDS.exists():
        pytest.skip("../shared/seeds is not there: the layout was not tried on an official document")
    wanted = [path for path in sorted(SEEDS.glob("*.txt")) if city_table.match(read_content(path)) > 0]
    assert [path.name[:3] for path in wanted] == ["003"]
    drafts = city_table.split(read_content(wanted[0]))
    assert len(drafts) == 51
    assert all(draft.title and draft.region and draft.partners and draft.body for draft in drafts)
