"""PDFs as municipalities publish them: what is read, in which order, and what is refused with a reason and a remedy.

The files in `pdf/` are prints of Chromium (`pdf/make_fixtures.py`); what a print cannot show is written by hand here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

from indexer.readers import pdf
from indexer.readers.errors import UnreadableError
from indexer.readers.pdf_pages import PdfError, read_page
from indexer.records import Line, SourceFile

FOLDER = Path(__file__).parent / "pdf"
BOOKS = (
    "・圏域の住民であれば、どの市町の図書館でも本を借りることができるようにし、返却はどの館の窓口でも受け付けている。"
)
WEEK = "・合同の読書週間には、司書が選んだ百冊を各館に並べ、高校生による紹介カードを添えている。"
BUS = (
    "市町の境をまたいで走るバスの運賃を一本化し、一日乗車券を四つの営業所とスマートフォンで販売している。"
    "利用の記録は毎年まとめ、次の年の時刻を決めるときの資料としている。"
)
LEDGER = "・植林から製材までを一つの台帳で管理し、公共施設の机や書架に地元の杉を使う取組を進めている。"
OWNERS = "・山主の相談には、森林組合の職員が月に二度、各役場を回って応じている。"
NIGHT = (
    "休日と夜間の小児の診察を一か所に集め、当番の医師を五つの市町から交代で送り出す。電話での相談は看護師が受け、"
    "急ぐかどうかを伝える。"
)


def _read(content: bytes) -> tuple[Line, ...]:
    return pdf.read(SourceFile(path=Path("a.pdf"), name="a.pdf", content=content, sha256="")).lines


def _read_fixture(name: str) -> tuple[Line, ...]:
    return _read((FOLDER / f"{name}.pdf").read_bytes())


def _texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines if not line.blank]


def _refuse(content: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        _read(content)
    return str(error.value)


def _write_pdf(
    pages: Sequence[bytes],
    *,
    encoding: str = "UniJIS-UTF16-H",
    ordering: str = "Japan1",
    page: str = "",
    encrypted: bool = False,
) -> bytes:
    """Write a PDF by hand: content streams, one font (明朝, not embedded) called /F in that encoding."""
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/MS-Mincho/Encoding/" + encoding + "/DescendantFonts[<</Type/Font"
        f"/Subtype/CIDFontType2/BaseFont/MS-Mincho/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 2>>"
        "/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/MS-Mincho/Flags 4/StemV 78/ItalicAngle 0"
        "/FontBBox[0 -137 1000 859]/Ascent 859/Descent -140/CapHeight 769>>>>]>>"
    )
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", font]
    kids = []
    for content in pages:
        objects.append(f"<</Length {len(content)}>>stream\n{content.decode('latin-1')}\nendstream")
        size = "" if "MediaBox" in page else "/MediaBox[0 0 595 842]"
        objects.append(
            f"<</Type/Page/Parent 2 0 R{size}{page}/Contents {len(objects)} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    text = "%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{each}\nendobj\n"
    start = len(text)
    text += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010} 00000 n \n" for place in places
    )
    lock = f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'1f' * 32}>/U<{'2e' * 32}>>>" if encrypted else ""
    text += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{lock}>>\nstartxref\n{start}\n%%EOF\n"
    return text.encode("latin-1")


def _show(text: str, x: float, y: float, *, size: float = 10.5, codec: str = "utf-16-be", setup: str = "") -> bytes:
    return f"BT {setup} /F {size} Tf {x} {y} Td <{text.encode(codec).hex()}> Tj ET\n".encode()


def _show_rows(texts: Sequence[str], x: float, y: float, *, step: float = 16, size: float = 10.5) -> bytes:
    return b"".join(_show(text, x, y - step * place, size=size) for place, text in enumerate(texts))


def _draw(*lines: tuple[float, float, float, float]) -> bytes:
    return b"".join(f"{x0} {y0} m {x1} {y1} l S\n".encode() for x0, y0, x1, y1 in lines)


def _draw_grid(xs: Sequence[float], ys: Sequence[float]) -> bytes:
    return _draw(*((xs[0], y, xs[-1], y) for y in ys), *((x, ys[0], x, ys[-1]) for x in xs))


def test_columns_are_read_one_after_the_other_between_headings_that_span_them() -> None:
    """Two columns under a heading across both, twice on a page: each part is read left, then right, wrapped rows joined."""
    lines = _read_fixture("two_columns_headings_span")
    assert [(line.heading, line.text) for line in lines if not line.blank] == [
        (1, "青山川圏域の取組"),
        (2, "圏域全体の生活関連機能サービスの向上"),
        (3, "図書館の相互利用"),
        (0, BOOKS),
        (0, WEEK),
        (3, "境をまたぐバスの共通運賃"),
        (0, BUS),
        (1, "白浜圏域の取組"),
        (2, "圏域全体の経済成長のけん引"),
        (3, "杉の台帳づくり"),
        (0, LEDGER),
        (0, OWNERS),
        (3, "小児の夜間診察"),
        (0, NIGHT),
    ]


def test_columns_an_em_apart_with_list_marks_that_are_drawn() -> None:
    """Columns as narrow as a browser sets them are told apart, and a mark that is drawn as a dot is read as one."""
    name = "two_columns_narrow_gutter_drawn_marks"
    assert [(line.heading, line.text.replace("\u3000", "")) for line in _read_fixture(name) if not line.blank] == [
        (1, "青山川圏域の取組"),
        (2, "図書館の相互利用"),
        (0, BOOKS),
        (0, WEEK),
        (2, "杉の台帳づくり"),
        (0, LEDGER),
        (0, OWNERS),
        (2, "小児の夜間診察"),
        (0, NIGHT),
    ]


def test_lines_are_numbered_from_one_blank_ones_included() -> None:
    """`number` runs through the document, `page` is on every line, and blank lines part paragraphs from headings."""
    lines = _read_fixture("running_heads_by_chapter")
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert {line.page for line in lines} == {1, 2, 3, 4, 5, 6}
    assert [line.text for line in lines[:6]] == ["青山川圏域の取組", "", "今後の展開", "", BOOKS, WEEK]


def test_running_heads_and_page_numbers_go_and_repeated_headings_stay() -> None:
    """Headers of a chapter and page numbers are left out; the same heading at the top of several pages is text."""
    texts = _texts(_read_fixture("running_heads_by_chapter"))
    assert not [text for text in texts if text.startswith(("第1章", "第2章", "-"))]
    assert texts.count("今後の展開") == 6
    assert texts.count("青山川圏域の取組") == 1


def test_labels_beside_text_are_no_column() -> None:
    """A narrow label (実績) and the text beside it are read row by row, not as two columns."""
    assert _texts(_read_fixture("labels_beside_text")) == [
        "① 図書館の相互利用",
        "実績",
        BOOKS,
        WEEK,
        f"成果\u3000{BUS}",
        "② 杉の台帳づくり",
        "実績",
        LEDGER,
        OWNERS,
        f"方針\u3000{NIGHT}",
    ]


def test_boxes_are_read_whole_and_in_rows() -> None:
    """Four boxes, two by two, are read from left to right, then down, each with its own title."""
    assert _texts(_read_fixture("boxes_two_by_two")) == [
        *("四つの取組", "図書館の相互利用", BOOKS, WEEK),
        *("境をまたぐバスの共通運賃", BUS, "杉の台帳づくり", LEDGER, OWNERS),
        *("小児の夜間診察", NIGHT),
    ]


def test_table_goes_on_over_pages() -> None:
    """Wrapped cells and rows cut by a page's end are whole, merged cells fill each row, header rows come once."""
    lines = _read_fixture("table_rows_cut_by_pages")
    rows = [line for line in lines if line.cells]
    assert [line.cells[:2] for line in rows] == [
        ("都市名", "連携事務"),
        ("青山市", "図書館の相互利用"),
        ("青山市", "バスの共通運賃"),
        ("青山市", "杉の台帳づくりと木材の利用"),
        ("黒石市", "図書館の相互利用"),
        ("黒石市", "バスの共通運賃"),
        ("黒石市", "杉の台帳づくりと木材の利用"),
        ("黒石市", "小児の夜間診察"),
        ("赤坂市", "図書館の相互利用"),
        ("赤坂市", "バスの共通運賃"),
        ("赤坂市", "杉の台帳づくりと木材の利用"),
    ]
    assert {line.cells[2] for line in rows[1:]} == {"白浜市、緑町、岬町、谷村、川上町、川下町"}
    assert all(len(line.cells[3]) % 3 == 0 and line.cells[3].endswith("。") for line in rows[1:])
    assert {line.page for line in rows} == {1, 2, 3}
    assert all(line.text == "\t".join(line.cells) for line in rows)
    assert _texts([line for line in lines if not line.cells]) == ["市町の連携の一覧"]


def test_odd_type_does_not_break_lines() -> None:
    """Ruby and a slanted watermark are left out, raised signs stay in line, spread letters close up, vertical text is last."""
    assert _texts(_read_fixture("ruby_spread_vertical_turned")) == [
        "字の置き方",
        "青山市と岬町は図書館を共に使う。",
        "圏域の名称",
        "間をあけて一行に広げた字",
        "令和7年度はJR西線の3駅でGIS map serverを使った。",
        "葛\U000e0100城の山と𠮷野の川。",
        "面積は10km2に増えた※1。",
        "縦書きの見出しは横の行に混ざらない",
        "横倒しの注記",
    ]


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("90ms-RKSJ-H", "cp932"),
        ("90msp-RKSJ-H", "cp932"),
        ("UniJIS-UCS2-H", "utf-16-be"),
        ("UniJIS-UTF16-H", "utf-16-be"),
    ],
)
def test_fonts_that_are_not_embedded(encoding: str, codec: str) -> None:
    """Text in Japanese encodings without a table of characters comes out as written, 﨑, ㈱ and ～ as they are."""
    text = "龍ヶ崎市と﨑町は①㈱～７Ⅲを使う"
    assert _texts(_read(_write_pdf([_show(text, 60, 700, codec=codec)], encoding=encoding))) == [text]


def test_rare_characters_are_whole() -> None:
    """Characters beyond U+FFFF and variants by selector are one character, kana and a voicing mark set apart too."""
    assert _texts(_read(_write_pdf([_show("𠮷野町は㐂びを伝えた。", 60, 700)]))) == ["𠮷野町は㐂びを伝えた。"]


def test_ascii_spaces_between_words_stay() -> None:
    """Latin words keep the spaces between them, within a line and where a line was wrapped."""
    rows = ["GIS map server for open data and the like", "is shared by towns."]
    assert _texts(_read(_write_pdf([_show_rows(rows, 60, 700)])))[0].startswith("GIS map server for open data")


def test_small_print_at_the_edge_is_furniture() -> None:
    """What a program prints at a page's very edge in small type (date, address, page) is left out of one page too."""
    content = _show("2026/04/01 10:00", 40, 822, size=7) + _show("file:///資料.html", 40, 14, size=7)
    content += _show_rows(
        ["六つの町が図書館を共に使うことに決めた。", "初めの年は本を運ぶ車を一台だけ走らせた。"], 60, 700, step=40
    )
    texts = _texts(_read(_write_pdf([content])))
    assert texts == ["六つの町が図書館を共に使うことに決めた。", "初めの年は本を運ぶ車を一台だけ走らせた。"]


def test_header_in_the_size_of_the_body_goes_where_pages_agree() -> None:
    """A header as large as the text is known by most pages having it at one height; a single page's first line stays."""
    pages = [
        _show("連携の手引き", 240, 810)
        + _show_rows([f"{name}のことを{name}の人に聞いた。", "返事はまだ来ない。"], 60, 770)
        + _show(f"- {place} -", 280, 30)
        for place, name in enumerate(("海辺", "山里", "町場", "島"), 1)
    ]
    texts = _texts(_read(_write_pdf(pages)))
    assert len(texts) == 8
    assert not [text for text in texts if "手引き" in text or "-" in text]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read_as_shown(turn: int) -> None:
    """A page that is shown turned is read as it is shown; text set against that is put right."""
    content = _show("上の行です。", 60, 700) + _show("下の行です。", 60, 600)
    assert _texts(_read(_write_pdf([content], page=f"/Rotate {turn}"))) == ["上の行です。", "下の行です。"]


def test_text_off_the_page_is_left_out() -> None:
    """What lies outside of the crop box nobody sees, and it is not read."""
    content = _show("見える。", 60, 700) + _show("見えない。", 60, 100)
    assert _texts(_read(_write_pdf([content], page="/CropBox[0 400 595 842]"))) == ["見える。"]


def test_text_printed_twice_for_weight_is_read_once() -> None:
    """Programs that lack bold type print a line twice, a hair apart."""
    content = _show("太い見出し", 60, 700) + _show("太い見出し", 60.4, 700)
    assert _texts(_read(_write_pdf([content]))) == ["太い見出し"]


def test_bold_type_heads() -> None:
    """A short line in bold type of the body's size is a heading, a bold word within a sentence is not."""
    body = b"".join(_show(f"{place}つ目の文はここで終わる。", 60, 660 - 40 * place) for place in range(6))
    content = _show("図書館の相互利用", 60, 700, setup="2 Tr") + b"BT 0 Tr ET " + body
    content += _show("強い", 60, 100, setup="2 Tr") + _show("調べは文の中にある。", 81, 100, setup="0 Tr")
    lines = [line for line in _read(_write_pdf([content])) if not line.blank]
    assert [line.text for line in lines if line.heading] == ["図書館の相互利用"]
    assert lines[-1].text == "強い調べは文の中にある。"


def test_spaces_follow_the_gaps_on_paper() -> None:
    """A space character without a gap is no space, a gap without a space character is one."""
    words = ["図書".encode("utf-16-be").hex(), "館".encode("utf-16-be").hex(), " の本".encode("utf-16-be").hex()]
    apart = f"BT /F 10.5 Tf 60 700 Td [<{words[0]}> -2000 <{words[1]}>] TJ ET\n".encode()
    close = f"BT /F 10.5 Tf 60 660 Td [<{words[1]}> 500 <{words[2]}>] TJ ET\n".encode()
    assert _texts(_read(_write_pdf([apart + close]))) == ["図書\u3000館", "館の本"]


def test_table_ruled_across_only() -> None:
    """A table without vertical lines has cells where white runs down between its columns."""
    rows = [("都市", "事業"), ("青山市", "図書館"), ("黒石市", "バスの運賃")]
    content = b"".join(f"60 {700 - 30 * place} m 400 {700 - 30 * place} l S\n".encode() for place in range(4))
    for place, (left, right) in enumerate(rows):
        content += _show(left, 64, 680 - 30 * place) + _show(right, 200, 680 - 30 * place)
    assert [line.cells for line in _read(_write_pdf([content]))] == rows


def test_line_ended_on_purpose_in_a_cell() -> None:
    """In a cell, rows that were full are joined as one, a row that left room is parted from the next by a space."""
    content = _draw_grid((60, 130, 275), (720, 680, 640))
    content += _show_rows(["青山市", "定住自立圏"], 64, 707) + _show_rows(
        ["図書館の相互利用を圏域のす", "べての町へ広げる。"], 134, 707
    )
    content += _show_rows(["黒石市"], 64, 667) + _show_rows(["利用カードを共に作る。"], 134, 667)
    rows = [line.cells for line in _read(_write_pdf([content]))]
    assert rows[0] == ("青山市 定住自立圏", "図書館の相互利用を圏域のすべての町へ広げる。")
    assert rows[1] == ("黒石市", "利用カードを共に作る。")


def test_tables_under_each_other_without_a_gap() -> None:
    """Two tables that touch and share no column are two: rows keep their own number of cells."""
    content = _draw_grid((60, 200, 400), (720, 690, 660)) + _draw_grid((60, 120, 300, 400), (660, 630, 600))
    for place, (left, right) in enumerate((("区分", "件数"), ("福祉", "三件"))):
        content += _show(left, 64, 700 - 30 * place) + _show(right, 210, 700 - 30 * place)
    for place, cells in enumerate((("市名", "事業の名称", "開始"), ("青山", "図書館の利用", "五年"))):
        content += b"".join(_show(cell, x, 640 - 30 * place) for cell, x in zip(cells, (64, 130, 310), strict=True))
    rows = [line.cells for line in _read(_write_pdf([content])) if line.cells]
    assert rows == [
        ("区分", "件数"),
        ("福祉", "三件"),
        ("市名", "事業の名称", "開始"),
        ("青山", "図書館の利用", "五年"),
    ]


def test_frame_around_text_is_no_table() -> None:
    """A box with a ruled title band holds text, not cells."""
    content = _draw_grid((60, 400), (720, 695, 600))
    content += _show("取組のねらい", 64, 703) + _show_rows(
        ["図書館を共に使うことにした。", "六つの町が加わっている。"], 64, 670
    )
    lines = _read(_write_pdf([content]))
    assert _texts(lines) == ["取組のねらい", "図書館を共に使うことにした。", "六つの町が加わっている。"]
    assert not any(line.cells for line in lines)


def test_short_last_page_follows_the_columns_of_the_others() -> None:
    """A page with too few lines to show its columns is read in those of the pages before it."""
    left = [f"左の段の{place}行目の文は段の幅いっぱいに続く。" for place in "一二三四五六七八"]
    right = [f"右の段の{place}行目の文は段の幅いっぱいに続く。" for place in "一二三四五六七八"]
    full = _show_rows(left, 50, 700) + _show_rows(right, 310, 700)
    short = _show_rows(["終わりの左の一。", "終わりの左の二。"], 50, 700) + _show_rows(["終わりの右の一。"], 310, 700)
    texts = _texts(_read(_write_pdf([full, full, short])))
    assert texts[-3:] == ["終わりの左の一。", "終わりの左の二。", "終わりの右の一。"]


def test_band_of_title_on_every_slide_stays_once() -> None:
    """Large type that tops every page is read on the first one only; what differs under it stays."""
    names = ("図書館", "路線バス", "林業", "夜間診察", "消防")
    pages = [
        _show("圏域の取組", 60, 800, size=20)
        + _show(name, 60, 760, size=16)
        + _show_rows([f"{name}を六つの町が共に支えている。", "費用は人口に応じて出し合う。"], 60, 720)
        for name in names
    ]
    lines = [line for line in _read(_write_pdf(pages)) if line.heading]
    assert [(line.heading, line.text) for line in lines] == [(1, "圏域の取組"), *((2, name) for name in names)]


def test_more_sizes_than_levels() -> None:
    """Sizes of type beyond three make no new levels: a cover's, used once, goes with the largest that recurs."""
    content = _show("圏域のすがた", 60, 800, size=30)
    for place, name in enumerate(("青山川", "白浜")):
        top = 740 - 300 * place
        content += _show(f"{name}圏域", 60, top, size=20) + _show("生活機能", 60, top - 50, size=16)
        content += _show("図書館の利用", 60, top - 90, size=13)
        content += _show_rows(["六つの町が共に支えている。", "費用は人口に応じて出し合う。"], 60, top - 130)
    headings = [(line.heading, line.text) for line in _read(_write_pdf([content])) if line.heading]
    assert headings[:4] == [(1, "圏域のすがた"), (1, "青山川圏域"), (2, "生活機能"), (3, "図書館の利用")]


def test_page_without_text_among_others() -> None:
    """A page that is only a picture is passed over; the pages after it keep their numbers."""
    lines = _read_fixture("picture_between_text")
    assert [line.text for line in lines if not line.blank] == ["初めのページ。", "終わりのページ。"]
    assert lines[-1].page == 4


def test_scan_without_text_is_refused_as_such() -> None:
    """A scanned PDF is refused for want of text; OCR is named as the remedy."""
    message = _refuse((FOLDER / "picture_only.pdf").read_bytes())
    assert "文字情報がない（画像だけの）PDF" in message
    assert "OCR" in message


def test_blank_pages_are_refused() -> None:
    """A PDF of white pages has nothing to read, and that is said."""
    assert "文字が1つもない" in _refuse(_write_pdf([b"", b""]))


def test_ten_thousand_pages_are_refused() -> None:
    """More pages than the limit are not read at all; the message says how many there are and how many may be."""
    message = _refuse(_write_pdf([b""] * 10_000))
    assert "10,000ページ" in message
    assert f"{pdf.MAX_PAGES:,}ページ" in message


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_truncated_file_is_refused(part: float) -> None:
    """What is left of a file that was cut is not passed off as the document."""
    content = (FOLDER / "table_rows_cut_by_pages.pdf").read_bytes()
    assert "途中で切れています" in _refuse(content[: int(len(content) * part)])


def test_locked_file_is_refused() -> None:
    """A PDF that asks for a password is refused with that reason."""
    assert "パスワード" in _refuse(_write_pdf([_show("秘密", 60, 700)], encrypted=True))


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\0" * 500, "ただの文章".encode(), b"\x93\xfa" * 5000])
def test_other_files_are_refused(content: bytes) -> None:
    """A file that is no PDF, whatever its name, is refused as such."""
    assert "PDFではありません" in _refuse(content)


def test_text_without_character_codes_is_refused() -> None:
    """Glyphs that no table ties to characters are not passed off as text."""
    content = _show("図書館の相互利用", 60, 700)
    assert "文字コードの情報がない" in _refuse(_write_pdf([content], encoding="Identity-H", ordering="Identity"))


def test_damaged_page_is_named() -> None:
    """A page that cannot be read is named by its number."""
    content = _write_pdf([_show("初めの頁", 60, 700), _show("次の頁", 60, 700)])
    first, second = content.rsplit(b"<</Type/Page/", 1)
    assert "2ページ目が壊れていて" in _refuse(first + b"[</Type/Page/" + second)


def test_a_page_without_its_text_is_closed() -> None:
    """Where PDFium opens a page and then cannot read its text, the page is let go of before the document is."""

    class Page:
        closed = False

        def get_textpage(self) -> None:
            raise pypdfium2.PdfiumError("text")

        def close(self) -> None:
            self.closed = True

    page = Page()
    with pytest.raises(PdfError) as caught:
        read_page([page], 0)
    assert caught.value.page == 1
    assert page.closed


def test_empty_and_broken_files_are_refused() -> None:
    """A file of no bytes, and one that only begins and ends like a PDF."""
    assert "空のファイル" in _refuse(b"")
    assert "壊れていて" in _refuse(b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF\n")
