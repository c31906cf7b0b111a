"""Build the Word and Excel files of this folder anew: `python tests/indexer/readers/office/make_fixtures.py`.

The names and facts are invented. What the libraries cannot write (saved values of formulas, text boxes, ruby, changes
under review, pages as Word noted them) is put into the XML by hand.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
_BOX = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def main() -> None:
    """Write the files beside this script."""
    (HERE / "areas.xlsx").write_bytes(_edit(_save(make_workbook()), "xl/worksheets/sheet1.xml", _add_saved_values))
    (HERE / "report.docx").write_bytes(_save(make_report()))


def make_workbook() -> openpyxl.Workbook:
    """Make a workbook of two areas as an office keeps it, a sheet for each, and sheets that nobody is to see or read."""
    book = openpyxl.Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _fill_first(first)
    second = book.create_sheet("南浜圏域")
    for row in (
        ["市町村名", "件名", "内容", "開始年度"],
        ["南浜市", "図書館の相互利用", "圏域のどの図書館でも本を借りられる。", 26],
        ["南浜市", "職員の合同研修", "若手の職員が年に2回、一緒に学ぶ。", 30],
    ):
        second.append(row)
    for cell in ("D2", "D3"):
        second[cell].number_format = '"平成"0"年度"'
    hidden = book.create_sheet("作業用")
    hidden.append(["消さないこと"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Sheet4")
    book.create_sheet("Sheet5").append(["担当：企画課"])
    return book


def _fill_first(sheet: Worksheet) -> None:
    sheet.title = "北山圏域"
    for row in (
        [None, "令和6年度　連携事業一覧"],
        [],
        [None, "No.", "分野", "取組", None, "連携先", "開始時期", "予算（千円）", "内部メモ"],
        [None, None, None, "名称", "内容"],
        [None, "ウ　圏域全体の生活関連機能サービスの向上"],
        [
            None,
            1,
            "福祉",
            "病児保育の広域利用",
            "病気の子を預かる。\n・3つの施設で受け入れる。",
            "東川町\n西谷村",
            dt.date(2016, 4, 1),
            1200,
            "要確認",
        ],
        [None, None, None, None, "申し込みは電話で。", None, None, None, "要確認"],
        [None, 2, "福祉", "成年後見の相談", "司法書士が相談に乗る。", "東川町", 45383, 0.5, None],
        [None, 3, "環境", "取りやめた事業", "この行は隠してある。", "東川町", dt.date(2017, 10, 1), 300, None],
        [None, 4, "環境", "ごみの共同処理", "焼却場を一つにする。", "西谷村", "検討中", "=H6*2", None],
        [None, "合計", None, "3事業", None, None, None, "=SUM(H6:H10)", None],
        [None, "※ 予算は当初の額。"],
    ):
        sheet.append(row)
    for cells in ("B1:I1", "D3:E3", "B5:I5", "C6:C8", "B12:I12"):
        sheet.merge_cells(cells)
    for column in "BCFGHI":
        sheet.merge_cells(f"{column}3:{column}4")
    for column in "BDFGH":
        sheet.merge_cells(f"{column}6:{column}7")
    sheet["G6"].number_format = "yyyy/m/d"
    sheet["G8"].number_format = '[$-411]ggge"年"m"月"'
    sheet["H6"].number_format = "#,##0"
    sheet["H8"].number_format = "0.0%"
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["I"].hidden = True


def _add_saved_values(xml: str) -> str:
    """Put in the values that Excel saves with formulas."""
    for formula, value in (("H6*2", "2400"), ("SUM(H6:H10)", "3600")):
        assert f"<f>{formula}</f><v />" in xml or f"<f>{formula}</f><v/>" in xml or f"<f>{formula}</f><v></v>" in xml
        for empty in ("<v />", "<v/>", "<v></v>"):
            xml = xml.replace(f"<f>{formula}</f>{empty}", f"<f>{formula}</f><v>{value}</v>")
    return xml


def make_report() -> docx.document.Document:
    """Make a report with all that Word knows to hide from a reader."""
    report = docx.Document()
    section = report.sections[0]
    section.header.paragraphs[0].text = "ヘッダーは読まない"
    section.footer.paragraphs[0].text = "1 / 3"
    report.add_heading("北山圏域 取組集", 0)
    _add_contents(report)
    report.add_heading("経緯", 1)
    _add_marked_up(report)
    report.add_paragraph("会議を開いた。", style="List Bullet")
    report.add_paragraph("協定を結んだ。", style="List Bullet")
    report.add_paragraph("").add_run().add_break(WD_BREAK.PAGE)
    heading = report.add_paragraph("取組の一覧")
    heading.paragraph_format.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))
    heading.runs[0]._r.insert(0, parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
    report.add_paragraph("窓口を置く", style="List Number")
    report.add_paragraph("本を貸し合う", style="List Number")
    _add_table(report)
    _add_box(report)
    report.add_paragraph("おわり")
    return report


def _add_contents(report: docx.document.Document) -> None:
    styles = report.styles.element
    styles.append(
        parse_xml(f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>')
    )
    for text in ("経緯\t1", "取組の一覧\t2"):
        paragraph = report.add_paragraph(text)
        paragraph._p.get_or_add_pPr().insert(0, parse_xml(f'<w:pStyle {nsdecls("w")} w:val="TOC1"/>'))


def _add_marked_up(report: docx.document.Document) -> None:
    """Add a paragraph with inserted, deleted and hidden text, ruby, a control and a line broken by hand."""
    paragraph = report.add_paragraph("昔から")
    runs = (
        "<w:ins w:id='1' w:author='a'><w:r><w:t>深い</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>浅い</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>見えない</w:t></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>つな</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>繋</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t>がりがある。</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:br/><w:t>今も続く。</w:t></w:r>"
    )
    for element in parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"):
        paragraph._p.append(element)


def _add_table(report: docx.document.Document) -> None:
    texts = (
        ("取組の表", "", ""),
        ("市町", "事業名", "概要"),
        ("北山市", "バスの運行", "町を結ぶ。\n1日6便。"),
        ("", "橋の点検", "一緒に調べる。"),
        ("東川町", "未定", ""),
    )
    table = report.add_table(len(texts), 3)
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(4, 1).merge(table.cell(4, 2))
    # A row that goes on over the page: Word notes the break in both cells.
    for column in (1, 2):
        run = table.cell(3, column).paragraphs[0].runs[0]._r
        run.insert(0, parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))


def _add_box(report: docx.document.Document) -> None:
    content = "<w:txbxContent><w:p><w:r><w:t>囲みの文</w:t></w:r></w:p></w:txbxContent>"
    drawing = (
        f"<w:r {nsdecls('w')} {_BOX}><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    paragraph = report.add_paragraph("囲みの前。")
    paragraph._p.append(parse_xml(drawing))
    assert paragraph._p.find(f".//{qn('w:txbxContent')}") is not None


def _save(document: docx.document.Document | openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _edit(package: bytes, part: str, change: Callable[[str], str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
