"""Web pages as municipal content systems write them: the content with its source lines, the furniture gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.readers.html import read
from indexer.records import Document, SourceFile


def _read(html: str, encoding: str = "utf-8") -> Document:
    content = html.encode(encoding)
    return read(SourceFile(path=Path("page.html"), name="page.html", content=content, sha256=""))


def _texts(html: str) -> list[str]:
    return [line.text for line in _read(html).lines]


def test_headings_items_lines_and_source_lines() -> None:
    """The title is the first heading; headings, items, paragraphs and <br> are lines with their line of the file."""
    html = """<!DOCTYPE html>
<html><head><title>水源林の共同管理｜青葉市</title></head><body>
<main>
<h1>水源林の共同管理</h1>
<p>
  青葉市と若竹町は、<b>水源林</b>を
  ともに守ります。<br>協定は
令和3年に結びました。</p>
<!-- 内部メモ
-->
<h2>主な<span>取組</span></h2><ul>
<li>間伐</li><li>下草刈り<br>年2回<ul><li>春</li></ul></li>
</ul>
</main></body></html>
"""
    lines = _read(html).lines
    assert [(line.number, line.heading, line.item, line.text) for line in lines] == [
        (2, 1, False, "水源林の共同管理｜青葉市"),
        (4, 1, False, "水源林の共同管理"),
        (6, 0, False, "青葉市と若竹町は、水源林を ともに守ります。"),
        (7, 0, False, "協定は 令和3年に結びました。"),
        (11, 2, False, "主な取組"),
        (12, 0, True, "間伐"),
        (12, 0, True, "下草刈り"),
        (12, 0, False, "年2回"),
        (12, 0, True, "春"),
    ]


def test_crlf_and_old_encodings_keep_the_numbers() -> None:
    """Line ends and encodings of old sites change neither text nor numbers."""
    html = "<html>\n<body>\n<h2>防災</h2>\n<p>合同訓練を行います。</p>\n</body></html>"
    expected = [(3, "防災"), (4, "合同訓練を行います。")]
    for encoding in ("utf-8", "cp932", "euc_jp"):
        lines = _read(html.replace("\n", "\r\n"), encoding).lines
        assert [(line.number, line.text) for line in lines] == expected


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>くらし</nav>",
        "<footer>青葉市役所</footer>",
        "<aside>広告</aside>",
        "<form>検索</form>",
        "<script>var a = '<h2>x</h2>';</script>",
        '<div role="navigation">市政</div>',
        '<div id="pankuzu">トップ &gt; 市政</div>',
        '<ol class="breadcrumb-list"><li>トップ</li></ol>',
        '<p class="update">更新日</p>',
        '<div id="tmp_inquiry"><h2>お問い合わせ</h2>企画課</div>',
        '<div class="snsArea">シェア</div>',
        '<div class="print_btn">印刷</div>',
        '<div class="global-header"><p>青葉市</p></div>',
        '<p class="sr-only">ここから本文</p>',
        "<div hidden>下書き</div>",
    ],
)
@pytest.mark.parametrize("frame", ["<main>{}</main>", '<div id="wrap"><div class="contents">{}</div></div>', "{}"])
def test_furniture_is_left_out(furniture: str, frame: str) -> None:
    """Menus, breadcrumbs, contact box, print and share buttons go, by tag, role, id and class; the content stays."""
    content = f"<h2>合同防災訓練</h2>{furniture}<p>圏域の5市町で、毎年9月に行っています。</p>"
    assert _texts(f"<body>{frame.format(content)}</body>") == ["合同防災訓練", "圏域の5市町で、毎年9月に行っています。"]


@pytest.mark.parametrize(
    "page",
    [
        "<form action='x'>{}</form>",
        "<div class='print-area'>{}</div>",
        "<body class='side-menu header-fixed'>{}</body>",
        "<article><header><h2>病児保育</h2></header>{}</article>",
        "<div class='section-header'><h2>病児保育</h2></div>{}",
        "<p class='update'>{}",
    ],
)
def test_content_stays_whatever_its_frame_is_called(page: str) -> None:
    """A frame around the whole page, a section's header and a paragraph without its end tag are no furniture."""
    text = "圏域のどの市町に住んでいても、3つの施設を使えます。"
    assert text in _texts(page.format(f"<p>{text}</p>"))


def test_header_of_the_page_is_left_out() -> None:
    """The header of the page, with the site's name as <h1>, is no content; the <title> heads the document then."""
    html = (
        "<title>給食 | 青葉市</title><header><h1>青葉市</h1></header><main><h2>給食</h2><p>二つの町で作る。</p></main>"
    )
    assert _texts(html) == ["給食 | 青葉市", "給食", "二つの町で作る。"]


def test_the_densest_part_is_the_content() -> None:
    """Without <main> or telling names the part with most text outside links is the content."""
    links = "".join(f"<li><a href='{n}'>お知らせの見出し{n}番</a></li>" for n in range(30))
    html = (
        f"<body><div><ul>{links}</ul></div><div><h2>給食</h2><p>{'共同調理場を二つの町で使う。' * 9}</p></div></body>"
    )
    assert _texts(html)[0] == "給食"


def test_spans_of_cells_are_filled() -> None:
    """A cell that spans rows or columns stands in each place it fills; end tags may be missing; <br> parts words."""
    html = """<table><caption>事業一覧</caption>
<tr><th>分野<th>事業<th>内容
<tr><td rowspan=2>福祉<td>研修<td>年4回<br>介護職
<tr><td colspan="2">相談窓口
<tr><td></td></tr></table>"""
    lines = _read(html).lines
    assert [(line.number, line.cells) for line in lines] == [
        (2, ("分野", "事業", "内容")),
        (3, ("福祉", "研修", "年4回 介護職")),
        (4, ("福祉", "相談窓口", "相談窓口")),
    ]


def test_tables_that_only_arrange_a_page_are_read_through() -> None:
    """A table of one column, or with headings inside, gives lines, not cells."""
    html = "<table><tr><td><h2>観光</h2><p>周遊券を売る。</p></td><td>写真</td></tr><tr><td>終わり</td></tr></table>"
    assert [line.cells for line in _read(html).lines] == [(), (), (), ()]


def test_rows_with_absurd_spans_are_bounded() -> None:
    """A span of a billion columns is cut, not believed."""
    html = "<table><tr><td colspan='999999999'>あ<td rowspan='0'>い</tr><tr><td>う<td>え</tr></table>"
    assert max(len(line.cells) for line in _read(html).lines) <= 61


def test_preformatted_text_keeps_its_lines() -> None:
    """Each line of <pre> is a line with its own number."""
    assert [(line.number, line.text) for line in _read("<pre>\n一\n\n二</pre>").lines] == [(2, "一"), (4, "二")]


def test_thousands_of_open_tags_are_read() -> None:
    """Elements nested without end (a page of unclosed <p>) neither fail nor take long."""
    assert len(_read("<div>" * 3000 + "<p>町" * 3000).lines) == 3000


def test_page_without_text_has_no_lines() -> None:
    """An empty page is a document without lines."""
    assert _read("<html><body></body></html>").lines == ()
