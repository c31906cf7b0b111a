"""PDF: digital documents as their readers see them: text in reading order, tables as rows of cells, furniture left out.

PDFium gives glyphs and ruled lines, the `pdf_*` modules make of them, in this order: tables, pieces of lines, running
headers and footers, columns, paragraphs and headings. What a PDF says of its own structure (tags) is not used: few of the
documents that municipalities publish have any, and fewer have it right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.readers.errors import UnreadableError
from indexer.readers.pdf_columns import Flow, arrange, enclose, find_gutter, item_area
from indexer.readers.pdf_drawings import Rule
from indexer.readers.pdf_furniture import find_furniture, find_tabs
from indexer.readers.pdf_lines import Piece, read_pieces
from indexer.readers.pdf_pages import Page, PdfError, open_pdf, read_page
from indexer.readers.pdf_paragraphs import LineWriter, read_body, read_typography
from indexer.readers.pdf_tables import Table, continue_table, take_tables
from indexer.records import Document, Line, SourceFile

# A municipality's longest documents have about a thousand pages; reading takes some 3 seconds per hundred.
MAX_PAGES = 3000
_MARK_WITHIN = 1024  # bytes in which PDF readers look for %PDF-
_OBJECT = re.compile(rb"\d+ \d+ obj\b")
_SEND_AGAIN = "もとの場所からもう一度ダウンロードするか、作成元から受け取り直してください。"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands on a page before it is put in order: pieces outside of tables, those set aside, tables, boxes.

    `glyphs`, `unreadable` and `lost` count characters, those of them without a code, and pieces of text that were lost.
    """

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    aside: tuple[Piece, ...]
    tables: tuple[Table, ...]
    boxes: tuple[Rule, ...]
    glyphs: int
    unreadable: int
    lost: int
    pictures: int


def read(source: SourceFile) -> Document:
    """Read a PDF: one `Line` per paragraph, heading, list item or table row, with the page on which it begins.

    A PDF has no lines of its own: `number` counts the lines of the document as read, from 1, blank ones included. Rows
    that the typesetting wrapped are joined, over columns and pages too. `heading` is 1-3 by the size of the type.
    Raises `UnreadableError` for a file that is no PDF, damaged, locked, longer than `MAX_PAGES`, or without text.
    """
    _check_file(source.content)
    try:
        with open_pdf(source.content) as pdf:
            if len(pdf) > MAX_PAGES:
                raise UnreadableError(
                    f"{len(pdf):,}ページあり、読める上限の{MAX_PAGES:,}ページを超えています。章ごとなどに分割してください。"
                )
            sheets = [_lay_out(read_page(pdf, index)) for index in range(len(pdf))]
    except PdfError as error:
        raise UnreadableError(_explain(error)) from error
    _check_text(sheets)
    return Document(source=source, reader="pdf", lines=_write(_continue_tables(_drop_furniture(sheets))))


def _check_file(content: bytes) -> None:
    """Refuse what is no PDF, and a PDF that ends in the middle: PDFium would read what is left without a word."""
    if not content:
        raise UnreadableError(f"空のファイルです（0バイト）。{_SEND_AGAIN}")
    if b"%PDF-" not in content[:_MARK_WITHIN]:
        raise UnreadableError(
            "PDFではありません。拡張子が正しいか確かめ、もとのファイルをPDFとして保存し直してください。"
        )
    end = content.rfind(b"%%EOF")
    if end < 0 or _OBJECT.search(content, end):
        raise UnreadableError(f"ファイルが途中で切れています（PDFの終わりの印がありません）。{_SEND_AGAIN}")


def _explain(error: PdfError) -> str:
    if error.locked:
        return "パスワードで保護されているため開けません。パスワードを解除したPDFを保存し、置き換えてください。"
    where = f"{error.page}ページ目が壊れていて" if error.page else "PDFが壊れていて"
    return f"{where}読めません。{_SEND_AGAIN}"


def _check_text(sheets: Sequence[_Sheet]) -> None:
    """Refuse a document none of whose pages has text, and one whose text cannot be had."""
    glyphs = sum(sheet.glyphs for sheet in sheets)
    if any(sheet.lost for sheet in sheets):
        raise UnreadableError(
            "フォントが埋め込まれていないか壊れていて、このコンピューターにも日本語フォントがないため、読めない文字があります。"
            "日本語フォント（IPAフォント、Notoフォントなど）を入れるか、フォントを埋め込んだPDFに置き換えてください。"
        )
    if not glyphs and any(sheet.pictures for sheet in sheets):
        raise UnreadableError(
            "文字情報がない（画像だけの）PDFです。OCR（文字認識）をかけて「検索可能なPDF」として保存し、置き換えてください。"
        )
    if not glyphs:
        raise UnreadableError("文字が1つもないPDFです（白紙、または図形だけ）。もとのファイルを確かめてください。")
    if sum(sheet.unreadable for sheet in sheets) > 0.5 * glyphs:
        raise UnreadableError(
            "文字コードの情報がないフォントで作られたPDFで、文字を取り出せません。"
            "フォントを埋め込んでPDFを作り直すか、OCR（文字認識）をかけて保存し、置き換えてください。"
        )


def _lay_out(page: Page) -> _Sheet:
    tables, boxes, glyphs = take_tables(page)
    pieces = read_pieces(glyphs)
    return _Sheet(
        number=page.number,
        width=page.width,
        height=page.height,
        pieces=tuple(piece for piece in pieces if not piece.vertical),
        aside=(*(piece for piece in pieces if piece.vertical), *read_pieces(page.turned)),
        tables=tuple(tables),
        boxes=tuple(boxes),
        glyphs=len(page.glyphs) + len(page.turned),
        unreadable=page.unreadable,
        lost=page.lost,
        pictures=page.pictures,
    )


def _drop_furniture(sheets: Sequence[_Sheet]) -> list[_Sheet]:
    """Leave out running headers, footers, page numbers and tabs."""
    body = read_body(piece for sheet in sheets for piece in sheet.pieces)
    furniture = find_furniture([(sheet.height, sheet.pieces) for sheet in sheets], body=body)
    tabs = find_tabs([sheet.aside for sheet in sheets])
    return [
        replace(
            sheet,
            pieces=tuple(piece for piece in sheet.pieces if id(piece) not in furniture),
            aside=tuple(piece for piece in sheet.aside if piece.text not in tabs),
        )
        for sheet in sheets
    ]


def _continue_tables(sheets: Sequence[_Sheet]) -> list[_Sheet]:
    """Put together the rows of tables that end one page and begin the next."""
    continued: list[_Sheet] = []
    last: int | None = None  # the sheet whose last table may go on
    for sheet in sheets:
        following = sheet
        if last is not None and _begins_with_table(sheet):
            before = continued[last]
            joined = continue_table(before.tables[-1], sheet.tables[0])
            if joined:
                continued[last] = replace(before, tables=(*before.tables[:-1], joined[0]))
                rest = (joined[1],) if joined[1].rows else ()
                following = replace(sheet, tables=(*rest, *sheet.tables[1:]))
        continued.append(following)
        if not _ends_with_table(sheet):
            last = None
        elif following.tables:
            last = len(continued) - 1
    return continued


def _begins_with_table(sheet: _Sheet) -> bool:
    return bool(sheet.tables) and all(piece.middle > sheet.tables[0].area.y0 for piece in sheet.pieces)


def _ends_with_table(sheet: _Sheet) -> bool:
    return bool(sheet.tables) and all(piece.middle < sheet.tables[-1].area.y1 for piece in sheet.pieces)


def _write(sheets: Sequence[_Sheet]) -> tuple[Line, ...]:
    pieces = [piece for sheet in sheets for piece in sheet.pieces]
    typography = read_typography(pieces, [table for sheet in sheets for table in sheet.tables])
    pages = [enclose(sheet.pieces, sheet.tables, sheet.boxes) for sheet in sheets]
    lefts = [min((item_area(item).x0 for item in items), default=0.0) for items in pages]
    gutters = [find_gutter(items, x0=x0, body=typography.body) for items, x0 in zip(pages, lefts, strict=True)]
    known = Counter(gutter for gutter in gutters if gutter is not None)
    writer = LineWriter(typography)
    for sheet, items, left in zip(sheets, pages, lefts, strict=True):
        usual = [gutter for gutter, _ in known.most_common(2)]
        flows = arrange(items, x0=left, x1=sheet.width - left, body=typography.body, known=usual)
        aside = [Flow(piece.x0, piece.x1, (piece,), apart=True) for piece in sheet.aside]
        writer.write([*flows, *aside], page=sheet.number)
    return writer.finish()
