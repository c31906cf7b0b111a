"""The parts of a document: what is surely a heading or furniture, and all else shown as nothing."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.layouts import split_document
from indexer.parts import Part, classify_lines
from indexer.readers import choose_reader
from indexer.records import Document, Draft, Line, SourceFile
from indexer.sources import METADATA_NAME, read_corpus

CORPUS = Path(__file__).parents[2] / "corpus"


def make_document(*lines: str | Line, reader: str = "text") -> Document:
    """Make a document; a text is a line of its own, numbered by its place."""
    source = SourceFile(path=Path("a.txt"), name="a.txt", content=b"", sha256="0")
    numbered = [line if isinstance(line, Line) else Line(place, line) for place, line in enumerate(lines, 1)]
    return Document(source, reader, tuple(numbered))


def make_draft(document: Document, *numbers: int, **values: object) -> Draft:
    """Make a draft of the lines with these numbers, the first its title."""
    lines = tuple(line for line in document.lines if line.number in numbers)
    plain: dict[str, object] = {"kind": "initiative", "title": lines[0].text, "lines": lines}
    return Draft(**(plain | values))  # type: ignore[arg-type]


def parts_of(document: Document, *drafts: Draft) -> dict[str, Part]:
    """Give the part of each line by its text."""
    parts = classify_lines(document, drafts)
    return {line.text: part for line, part in zip(document.lines, parts, strict=True) if part}


def numbers_of(document: Document, drafts: Sequence[Draft], part: Part) -> list[int]:
    """Give the numbers of the lines of a part."""
    return [
        line.number for line, told in zip(document.lines, classify_lines(document, drafts), strict=True) if told == part
    ]


def test_headings_of_chapters_pillars_and_tables() -> None:
    """Official headings, the heading of an area's chapter, and lines in front of an entry are headings."""
    document = make_document(
        "むかしの話をここに書いておく。",
        "青葉圏域の取組",
        "圏域全体の経済成長のけん引（3事業）",
        "1 産業を育てた事業",
        "起業の相談",
        "窓口を共同で置く。",
    )
    parts = parts_of(document, make_draft(document, 5, 6, region="青葉圏域"))
    assert (
        parts["青葉圏域の取組"]
        == parts["圏域全体の経済成長のけん引（3事業）"]
        == parts["1 産業を育てた事業"]
        == "heading"
    )
    assert parts["むかしの話をここに書いておく。"] == "nothing"


def test_a_list_of_titles_in_front_of_an_entry_is_not_headings() -> None:
    """Items of a list, and more than three lines, may be initiatives that were missed."""
    document = make_document(
        "前書きはここで終わる。", "あ", "い", "う", "え", "・図書館の相互利用", "起業の相談", "窓口を置く。"
    )
    assert numbers_of(document, [make_draft(document, 7, 8)], "nothing") == [1, 2, 3, 4, 5, 6]
    document = make_document("前書きはここで終わる。", "■あ", "■い", "■う", "■え", "起業の相談", "窓口を置く。")
    assert numbers_of(document, [make_draft(document, 6, 7)], "heading") == [3, 4, 5]


def test_a_line_that_stands_as_titles_do_is_no_heading() -> None:
    """A numbered line above a numbered entry may be an initiative without text."""
    document = make_document(
        "前書きはここで終わる。", "第2部 環境", "(1) ごみの広域処理", "(2) 起業の相談", "窓口を置く。"
    )
    assert numbers_of(document, [make_draft(document, 4, 5)], "nothing") == [1, 2, 3]
    document = make_document("前書きはここで終わる。", "第2部 環境", "(2) 起業の相談", "窓口を置く。")
    assert numbers_of(document, [make_draft(document, 3, 4)], "heading") == [2]


def test_the_line_above_an_entry_without_a_title_may_be_its_title() -> None:
    """It stays in nothing, so that the report shows it."""
    document = make_document("前書きはここで終わる。", "起業の相談", "窓口を置く。")
    assert numbers_of(document, [make_draft(document, 3, untitled=True)], "nothing") == [1, 2]


def test_a_heading_that_heads_nothing_may_be_an_initiative() -> None:
    """Of headings that the format marks, one with another of its level directly below is shown."""
    document = make_document(
        Line(1, "はじめに書いておく文である。"),
        Line(2, "水道の共同調達", heading=2),
        Line(3, "ごみの広域処理", heading=2),
        Line(4, "炉を一つにまとめた。"),
    )
    assert numbers_of(document, [], "heading") == [3]
    assert numbers_of(document, [], "nothing") == [1, 2, 4]


def test_title_page_contents_and_page_numbers_are_furniture() -> None:
    """Lines before the first that speaks, what leads to a page or repeats a title, and numbers of pages."""
    document = make_document(
        *("令和6年度", "北山連携会議", "目次", "■事業の概要", "..... P1", "① 起業の相談", "- 1 -"),
        *("1 事業の報告", "① 起業の相談", "窓口を置く。", "- 2 -"),
    )
    draft = make_draft(document, 9, 10, title="起業の相談")
    assert numbers_of(document, [draft], "furniture") == [1, 2, 3, 4, 5, 6, 7, 11]
    assert numbers_of(document, [draft], "nothing") == []


def test_running_lines_are_furniture_and_repeated_items_are_not() -> None:
    """A line that comes back far apart, digits aside, belongs to the pages; items of lists never do."""
    body = ["本文が続く。"] * 6
    document = make_document(*body, "資料 第1号", *body, "資料 第2号", "・共同購入", *body, "資料 第3号", *body)
    assert numbers_of(document, [], "furniture") == [7, 14, 22]


def test_on_pages_a_running_line_stands_at_the_edge() -> None:
    """The same words in the middle of each page are no running title."""
    lines = []
    for page in (1, 2, 3):
        texts = ["事業の記録", *["本文が続く。"] * 4, "実施の状況", *["本文が続く。"] * 4]
        lines += [Line(page * 100 + place, text, page=page) for place, text in enumerate(texts)]
    document = make_document("まえがきをここに書く。", *lines)
    assert numbers_of(document, [], "furniture") == [100, 200, 300]


def test_contact_boxes_and_site_lines_of_a_web_page() -> None:
    """Update date, print button, contact box; the same words in another document are text."""
    texts = (
        "ページ番号123 更新日 2025年3月31日",
        "連携の話をする。",
        "アンケート",
        "このページに関するお問い合わせ",
        "倉敷市 企画課",
        "電話番号:000-000-0000",
        "終わりに一言。",
    )
    assert numbers_of(make_document(*texts), [], "nothing") == [2, 7]
    assert 2 in numbers_of(make_document("前書きである。", "アンケート調査の共同実施"), [], "nothing")


def test_the_official_form_is_furniture_but_for_its_words() -> None:
    """Rows that only tick a field are the form; a row with words that no entry holds is shown."""
    rows = [
        ("ア 圏域全体の経済成長のけん引", "連携の有無"),
        ("a 戦略の策定", "○"),
        ("e その他", ""),
        ("eの内容", "海外に事務所を置く。"),
    ]
    document = make_document(
        "まえがきをここに書く。", *(Line(number, "\t".join(cells), cells=cells) for number, cells in enumerate(rows, 2))
    )
    assert numbers_of(document, [], "heading") == [2]
    assert numbers_of(document, [], "furniture") == [3, 4]
    assert numbers_of(document, [], "nothing") == [1, 5]


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.iterdir() if path.name != METADATA_NAME))
def test_an_entry_that_is_missed_is_shown(name: str) -> None:
    """Of the text of entries taken away one by one, nearly all comes out as nothing: the report would show it."""
    (source,) = read_corpus([CORPUS / name]).files
    document = choose_reader(source).read(source)
    drafts = split_document(document)[1]
    missed = shown = 0
    for draft in drafts[:: len(drafts) // 10 or 1]:
        parts = classify_lines(document, [other for other in drafts if other is not draft])
        for line, part in zip(document.lines, parts, strict=True):
            if line in draft.lines and part != "entry":
                missed += len(line.text)
                shown += len(line.text) * (part == "nothing")
    assert shown / missed > 0.8
