"""Tables of prefectures in `prefecture_tables/` (text and expected entries), and what may change without changing them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from html import escape
from itertools import groupby
from pathlib import Path

import pytest

from indexer.layouts import prefecture_tables
from indexer.records import Document, Draft

EXAMPLES = Path(__file__).parent / "prefecture_tables"
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"

ReadContent = Callable[..., Document]


@pytest.mark.parametrize("name", ["one_area", "three_areas"])
def test_example_gives_its_golden_entries(
    name: str, read_content: ReadContent, to_golden: Callable[[Draft], dict[str, object]]
) -> None:
    """Each example is cut into exactly the entries written beside it, in order, with their lines and text."""
    document = read_content(EXAMPLES / f"{name}.txt")
    assert prefecture_tables.match(document) > 0.9
    expected = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert [to_golden(draft) for draft in prefecture_tables.split(document)] == expected


def _words(draft: Draft) -> list[str | None]:
    """Give what stays however the tables are set: texts without white space and width."""
    body = None if draft.kind == "agreement" else draft.body
    texts = (draft.region, draft.title, draft.policy_field, draft.partners, draft.started, draft.context, body)
    plain = (re.sub(r"\s", "", unicodedata.normalize("NFKC", text or "")) for text in texts)
    return [draft.kind, draft.pillar, *plain]


def _with_spaces(text: str) -> str:
    return text.replace("\t", " ")


def _with_wide_spaces(text: str) -> str:
    return text.replace("\t", "　　")


def _without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text)


def _with_blank_lines(text: str) -> str:
    return text.replace("\n", "\n\n")


def _with_broken_cells(text: str) -> str:
    return "\n".join(re.sub(r"(.{45})(?=.)", r"\1\n", line) if "\t" in line else line for line in text.split("\n"))


def _in_full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _with_other_headings(text: str) -> str:
    return text.replace("(2) ", "１０．").replace("(3) ", "第11 ").replace("● ", "■")


def _without_trailing_tabs(text: str) -> str:
    return re.sub(r"\t+$", "", text, flags=re.M)


@pytest.mark.parametrize(
    "change",
    [
        _with_spaces,
        _with_wide_spaces,
        _without_blank_lines,
        _with_blank_lines,
        _with_broken_cells,
        _in_full_width,
        _with_other_headings,
        _without_trailing_tabs,
    ],
)
def test_setting_of_the_tables_does_not_matter(change: Callable[[str], str], read_content: ReadContent) -> None:
    """Lost tabs, blank lines, broken cells, widths and numbers of headings leave the entries as they are."""
    text = (EXAMPLES / "one_area.txt").read_text(encoding="utf-8")
    assert change(text) != text
    expected = [_words(draft) for draft in prefecture_tables.split(read_content(text))]
    changed = read_content(change(text))
    assert prefecture_tables.match(changed) > 0.9
    assert [_words(draft) for draft in prefecture_tables.split(changed)] == expected


def test_web_page_gives_the_same_entries(read_content: ReadContent) -> None:
    """The tables with real cells and marked headings give what their text gives; text behind a table is none of it."""
    text = (EXAMPLES / "one_area.txt").read_text(encoding="utf-8")
    html: list[str] = []
    for is_table, lines in groupby(filter(str.strip, text.split("\n")), key=lambda line: "\t" in line):
        rows = ["".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) for line in lines]
        tags = ["<tr>{}</tr>" if is_table else "<h2>{}</h2>" if row[4] in "(●" else "<p>{}</p>" for row in rows]
        plain = [row if is_table else row.replace("<td>", "").replace("</td>", "") for row in rows]
        inside = "\n".join(tag.format(row) for tag, row in zip(tags, plain, strict=True))
        html.append(f"<table>{inside}</table>" if is_table else inside)
    page = read_content(f"<main>{''.join(html)}<p>お問い合わせは地域課まで</p></main>", name="page.html")
    drafts = prefecture_tables.split(page)
    assert [_words(draft) for draft in drafts] == [
        _words(draft) for draft in prefecture_tables.split(read_content(text))
    ]
    assert "お問い合わせ" not in drafts[-1].body


def test_only_agreement_spans_heading_and_notes(read_content: ReadContent) -> None:
    """A single row stands for its table, heading to notes; several rows are each their own line."""
    header = "名称\t連携中枢都市圏\t締結団体\t締結件数\t締結年月日\n"
    rows = "湖北圏域\t○\t【長浜市】、米原市\t1\tH30.4.1\n湖東圏域\t○\t【彦根市】、多賀町\t1\tR2.4.1\n"
    around = "６　連携協約の状況\n(令和3年4月1日現在)\n", "※【】は中心市\n"
    single = prefecture_tables.split(read_content(around[0] + header + rows.split("\n")[0] + "\n" + around[1]))
    assert [[line.number for line in draft.lines] for draft in single] == [[1, 2, 3, 4, 5]]
    several = prefecture_tables.split(read_content(around[0] + header + rows + around[1]))
    assert [[line.number for line in draft.lines] for draft in several] == [[4], [5]]
    assert {draft.title for draft in (*single, *several)} == {"連携協約の状況"}


def test_check_lists_under_the_heading_of_their_area(read_content: ReadContent) -> None:
    """Where each area has its lists, the heading above the first of them names the area; a list of nobody has none."""
    agreements = "名称\t締結団体\t締結年月日\n湖北圏域\t【長浜市】、米原市\tH30.4.1\n湖東圏域\t【彦根市】\tR2.4.1\n"
    growth = (
        "ア 圏域全体の経済成長のけん引\t連携の有無\ne その他、圏域全体の経済成長のけん引に係る施策\t○\neの内容\t{}\n"
    )
    life = "ウ 圏域全体の生活関連機能サービスの向上\t連携の有無\nA 生活機能の強化に係る政策分野\t\ni その他\t○\niの内容\t{}\n"
    text = (
        f"{agreements}\n■ 湖東圏域\n{growth.format('湖魚の缶詰を売り込む。')}\n{life.format('斎場を共同で使う。')}"
        f"\n■ そのほか\n{growth.format('地酒の酒蔵を巡る旅を売る。')}"
    )
    drafts = [draft for draft in prefecture_tables.split(read_content(text)) if draft.kind == "initiative"]
    assert [(draft.region, draft.pillar, draft.context) for draft in drafts] == [
        ("湖東圏域", "ア", "【彦根市】"),
        ("湖東圏域", "ウ", "【彦根市】"),
        (None, "ア", ""),
    ]
    assert drafts[1].policy_field == "その他（生活機能の強化に係る政策分野）"


@pytest.mark.parametrize(
    ("field", "pillar"),
    [("高等教育・研究開発の環境整備", "イ"), ("ａ　地域医療", "ウ"), ("観光", "ア"), ("その他", None), ("宇宙", None)],
)
def test_pillar_of_a_field_is_that_of_the_official_one(
    field: str, pillar: str | None, read_content: ReadContent
) -> None:
    """A row gets the pillar that the classification gives its field, none where that leaves it open."""
    text = f"圏域名\t政策分野\t具体的内容\n湖北圏域\t{field}\t三つの市で力を合わせている。\n"
    assert [draft.pillar for draft in prefecture_tables.split(read_content(text))] == [pillar]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "名称\t連携中枢都市圏\t締結団体\t締結件数\t締結年月日\n",
        "ア 圏域全体の経済成長のけん引\n\na 地域の祭り\n",
        "1. 圏域全体の経済成長のけん引\n戦略的な観光施策など",
        "都市名\t連携事務\t連携相手方\t内容\n福井市\t恐竜バス\t勝山市\t駅と博物館を結ぶ。",
    ],
    ids=["empty", "header-only", "chapter", "web-page", "cities"],
)
def test_other_documents_are_not_matched(text: str, read_content: ReadContent) -> None:
    """Without rows under a header of one of the three tables a document is left to other layouts."""
    assert prefecture_tables.match(read_content(text)) == 0


def test_official_document_is_read_and_no_other(read_content: ReadContent) -> None:
    """Of the seeds the layout wants the prefecture's tables alone, and finds their ten entries."""
    if not SEEDS.exists():
        pytest.skip("../shared/seeds is not there: the layout was not tried on an official document")
    wanted = [path for path in sorted(SEEDS.glob("*.txt")) if prefecture_tables.match(read_content(path)) > 0]
    assert [path.name[:3] for path in wanted] == ["002"]
    assert len(prefecture_tables.split(read_content(wanted[0]))) == 10
