"""Word documents: the one of `office/` against its golden lines, and small ones for single matters."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx as word
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers import docx
from indexer.records import Line, SourceFile

OFFICE = Path(__file__).parent / "office"


def _read(content: bytes) -> tuple[Line, ...]:
    document = docx.read(SourceFile(path=Path("文書.docx"), name="文書.docx", content=content, sha256=""))
    assert document.reader == "docx"
    return document.lines


def _read_report(report: word.document.Document) -> tuple[Line, ...]:
    buffer = io.BytesIO()
    report.save(buffer)
    return _read(buffer.getvalue())


def _add(report: word.document.Document, properties: str, text: str = "文") -> None:
    paragraph = report.add_paragraph(text)._p
    paragraph.insert(0, parse_xml(f"<w:pPr {nsdecls('w')}>{properties}</w:pPr>"))


def test_report_gives_its_golden_lines() -> None:
    """Headings, items, numbers, tables, boxes and pages are there; contents, headers, deleted and hidden text are not."""
    golden = json.loads((OFFICE / "report.lines.json").read_text(encoding="utf-8"))
    expected = []
    for line in golden:
        cells = tuple(line.pop("cells", ()))
        expected.append(Line(cells=cells, **{"text": "\t".join(cells), **line}))
    assert list(_read((OFFICE / "report.docx").read_bytes())) == expected


def test_document_without_breaks_has_no_pages() -> None:
    """Where the file tells nothing of pages, none are made up."""
    report = word.Document()
    report.add_paragraph("一")
    assert _read_report(report) == (Line(number=1, text="一"),)


@pytest.mark.parametrize(
    ("name", "level"), [("見出し 2", 2), ("見出し３", 3), ("Heading 7", 6), ("表題", 1), ("本文", 0)]
)
def test_headings_are_known_by_the_name_of_a_style(name: str, level: int) -> None:
    """Styles named in Japanese or English, and those based on them, make headings."""
    report = word.Document()
    styles = report.styles.element
    styles.append(
        parse_xml(f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="a1"><w:name w:val="{name}"/></w:style>')
    )
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="a2"><w:name w:val="章"/><w:basedOn w:val="a1"/></w:style>'
        )
    )
    _add(report, '<w:pStyle w:val="a1"/>')
    _add(report, '<w:pStyle w:val="a2"/>')
    _add(report, '<w:pStyle w:val="a1"/><w:outlineLvl w:val="9"/>')
    assert [line.heading for line in _read_report(report)] == [level, level, 0]


def test_pages_count_each_break_once() -> None:
    """A break by the author, noted again by Word, is one; pages also begin with sections and styles that say so."""
    report = word.Document()
    _add(report, "<w:pageBreakBefore/>", "一")
    report.add_page_break()
    _add(report, "", "二")
    run = report.paragraphs[-1].runs[0]._r
    run.insert(0, parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
    _add(report, "<w:pageBreakBefore/>", "三")
    report.add_section(WD_SECTION.CONTINUOUS)
    report.add_paragraph("三の続き")
    report.add_section(WD_SECTION.NEW_PAGE)
    report.add_paragraph("四")
    pages = {line.text: line.page for line in _read_report(report) if line.text}
    assert pages == {"一": 1, "二": 2, "三": 3, "三の続き": 3, "四": 4}


def test_table_of_one_column_is_the_text_in_its_frame() -> None:
    """A frame drawn as a table of one cell, and a table around tables, give what stands inside."""
    report = word.Document()
    frame = report.add_table(1, 1).cell(0, 0)
    frame.paragraphs[0].text = "枠の中"
    frame.add_paragraph("項目", style="List Bullet")
    outer = report.add_table(1, 2)
    outer.cell(0, 0).text = "左"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "市町", "事業名"
    lines = [line for line in _read_report(report) if not line.blank]
    assert [(line.text, line.item) for line in lines] == [
        ("枠の中", False),
        ("項目", True),
        ("左", False),
        ("市町\t事業名", False),
    ]


def test_lists_in_cells_keep_their_marks() -> None:
    """In a cell, where no line can be an item, bullets are written out."""
    report = word.Document()
    table = report.add_table(1, 2)
    table.cell(0, 0).text = "図書館"
    table.cell(0, 1).paragraphs[0].text = "二つのこと"
    for text in ("貸す", "返す"):
        table.cell(0, 1).add_paragraph(text, style="List Bullet")
    assert _read_report(report)[0].cells == ("図書館", "二つのこと\n・ 貸す\n・ 返す")


def test_empty_document_gives_no_lines() -> None:
    """A document in which nobody has written anything is no error."""
    assert _read_report(word.Document()) == ()


TEXT = st.text(st.sampled_from("市町A1。、年・①"), min_size=1, max_size=8)


@settings(max_examples=25)
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=5)
    )
)
def test_any_table_is_read_as_it_was_written(texts: list[list[str]]) -> None:
    """Every table of text comes back cell for cell, one number for each row."""
    report = word.Document()
    table = report.add_table(len(texts), len(texts[0]))
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    assert [line.cells for line in _read_report(report)] == [tuple(cells) for cells in texts]
