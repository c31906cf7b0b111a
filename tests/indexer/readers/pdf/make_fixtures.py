"""Make the PDFs of this folder: `python make_fixtures.py` (needs Playwright, Chromium and the Noto CJK fonts).

Each file is named for what is odd about it. What they tell of is made up. Run it again only to change a fixture: the bytes
differ from one Chromium to the next.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
STYLE = """
@page { size: A4; margin: 22mm 18mm }
body { font: 10.5pt/1.6 'Noto Sans CJK JP'; margin: 0; text-align: justify }
h1 { font-size: 18pt; margin: 0 0 4mm } h2 { font-size: 14pt; margin: 5mm 0 2mm } h3 { font-size: 12pt; margin: 4mm 0 1mm }
h1, h2, h3 { break-after: avoid; text-align: left }
p { margin: 0 0 1mm } p.item { padding-left: 1em; text-indent: -1em }
table { border-collapse: collapse; width: 100% } td, th { border: 0.5pt solid #000; padding: 1mm 2mm; vertical-align: top }
"""
SMALL = '<div style="font-size: 8px; width: 100%; text-align: center">'


def paragraphs(*texts: str) -> str:
    """Set each text as a paragraph, list items hanging."""
    return "".join(f"<p{' class=item' if text[0] == '・' else ''}>{text}</p>" for text in texts)


def as_list(text: str) -> str:
    """Set hanging paragraphs as a list, whose marks the browser draws."""
    items = text.replace("<p class=item>・", "<li>").replace("</p>", "</li>")
    return f"<ul>{items}</ul>"


LIBRARY = paragraphs(
    "・圏域の住民であれば、どの市町の図書館でも本を借りることができるようにし、返却はどの館の窓口でも受け付けている。",
    "・合同の読書週間には、司書が選んだ百冊を各館に並べ、高校生による紹介カードを添えている。",
)
BUS = paragraphs(
    "市町の境をまたいで走るバスの運賃を一本化し、一日乗車券を四つの営業所とスマートフォンで販売している。"
    "利用の記録は毎年まとめ、次の年の時刻を決めるときの資料としている。",
)
FOREST = paragraphs(
    "・植林から製材までを一つの台帳で管理し、公共施設の机や書架に地元の杉を使う取組を進めている。",
    "・山主の相談には、森林組合の職員が月に二度、各役場を回って応じている。",
)
NIGHT = paragraphs(
    "休日と夜間の小児の診察を一か所に集め、当番の医師を五つの市町から交代で送り出す。電話での相談は看護師が受け、"
    "急ぐかどうかを伝える。",
)

TWO_COLUMNS = f"""
<style>.columns {{ columns: 2; column-gap: 9mm }} h1 {{ column-span: all }}</style>
<div class=columns>
<h1>青山川圏域の取組</h1><h2>圏域全体の生活関連機能サービスの向上</h2>
<h3>図書館の相互利用</h3>{LIBRARY}<h3>境をまたぐバスの共通運賃</h3>{BUS}
<h1>白浜圏域の取組</h1><h2>圏域全体の経済成長のけん引</h2>
<h3>杉の台帳づくり</h3>{FOREST}<h3>小児の夜間診察</h3>{NIGHT}
</div>"""

NARROW = f"""
<style>.columns {{ columns: 2; column-gap: 1em; text-align: left }}</style>
<div class=columns><h1>青山川圏域の取組</h1><h2>図書館の相互利用</h2>{as_list(LIBRARY)}<h2>杉の台帳づくり</h2>{as_list(FOREST)}
<h2>小児の夜間診察</h2>{NIGHT}</div>"""

LABELS = f"""
<style>.row {{ display: grid; grid-template-columns: 12mm 1fr; column-gap: 8mm }}</style>
<h2>① 図書館の相互利用</h2>
<div class=row><div>実績</div><div>{LIBRARY}</div></div>
<div class=row><div>成果</div><div>{BUS}</div></div>
<h2>② 杉の台帳づくり</h2>
<div class=row><div>実績</div><div>{FOREST}</div></div>
<div class=row><div>方針</div><div>{NIGHT}</div></div>"""

BOXES = f"""
<style>@page {{ size: A4 landscape }}
.grid {{ display: grid; grid-template-columns: 1fr 1fr; gap: 6mm }} .box {{ border: 1pt solid #369; padding: 3mm }}
.box h3 {{ margin-top: 0; background: #dde }}</style>
<h1>四つの取組</h1>
<div class=grid>
<div class=box><h3>図書館の相互利用</h3>{LIBRARY}</div><div class=box><h3>境をまたぐバスの共通運賃</h3>{BUS}</div>
<div class=box><h3>杉の台帳づくり</h3>{FOREST}</div><div class=box><h3>小児の夜間診察</h3>{NIGHT}</div>
</div>"""

PARTNERS = "白浜市、緑町、岬町、谷村、川上町、川下町"
CITIES = (("青山市", 3), ("黒石市", 4), ("赤坂市", 3))
WORKS = ("図書館の相互利用", "バスの共通運賃", "杉の台帳づくりと木材の利用", "小児の夜間診察")
WHAT = (
    "住民であればどの市町の図書館でも本を借りることができ、返却はどの館でも受け付けている。合同の読書週間を開いている。",
    "市町の境をまたいで走るバスの運賃を一本化した。一日乗車券は四つの営業所とスマートフォンで販売している。",
    "植林から製材までを一つの台帳で管理し、公共施設の机や書架に地元の杉を使っている。山主の相談にも応じている。",
    "休日と夜間の診察を一か所に集め、当番の医師を五つの市町から交代で送り出す。電話での相談は看護師が受けている。",
)


def merged_rows() -> str:
    """Write the rows of a table whose first column has a merged cell for each city."""
    rows = ""
    for city, height in CITIES:
        for number in range(height):
            first = f"<td rowspan={height}>{city}</td>" if not number else ""
            rows += f"<tr>{first}<td>{WORKS[number]}</td><td>{PARTNERS}</td><td>{WHAT[number] * 3}</td></tr>"
    return rows


TABLE = f"""
<h1>市町の連携の一覧</h1>
<table><colgroup><col style="width: 14%"><col style="width: 22%"><col style="width: 20%"><col></colgroup>
<thead><tr><th>都市名</th><th>連携事務</th><th>連携相手方</th><th>内容</th></tr></thead>{merged_rows()}</table>"""

ODD_TYPE = """
<style>.side { writing-mode: vertical-rl; position: absolute; right: 0; top: 60mm }
.turned { position: absolute; left: 30mm; top: 150mm; transform: rotate(90deg); transform-origin: 0 0 }
.mark { position: absolute; left: 40mm; top: 90mm; font-size: 40pt; color: #ccc; transform: rotate(-30deg) }
.spread { display: flex; justify-content: space-between; width: 42mm } .narrow { width: 120mm }</style>
<h1>字の置き方</h1>
<div class=narrow>
<p><ruby>青山<rt>あおやま</rt></ruby>市と<ruby>岬<rt>みさき</rt></ruby>町は図書館を共に使う。</p>
<p class=spread><span>圏</span><span>域</span><span>の</span><span>名</span><span>称</span></p>
<p style="text-align-last: justify; width: 60mm">間をあけて一行に広げた字</p>
<p>令和7年度はJR西線の3駅でGIS map serverを使った。</p>
<p>葛󠄀城の山と𠮷野の川。</p>
<p>面積は10km<sup>2</sup>に増えた<sup>※1</sup>。</p>
</div>
<div class=side>縦書きの見出しは横の行に混ざらない</div><div class=turned>横倒しの注記</div><div class=mark>見本</div>"""

CHAPTERS = (
    ("第1章", "青山川圏域の取組", LIBRARY + BUS),
    ("第2章", "白浜圏域の取組", FOREST + NIGHT),
)


def running_pages() -> str:
    """Set two chapters of three pages: headers for each chapter, page numbers, and the same heading on top of each page."""
    pages = ""
    number = 0
    for chapter, name, text in CHAPTERS:
        for place in range(3):
            number += 1
            title = f"<h1>{name}</h1>" if not place else ""
            pages += (
                f"<div class=page><div class=head>{chapter}　{name}</div>{title}<h2>今後の展開</h2>{text}"
                f"<div class=foot>- {number} -</div></div>"
            )
    return f"""<style>@page {{ margin: 0 }} .page {{ position: relative; height: 296mm; padding: 22mm 18mm;
box-sizing: border-box; break-after: page }} .head {{ position: absolute; top: 10mm; right: 18mm; font-size: 8pt }}
.foot {{ position: absolute; bottom: 10mm; left: 0; right: 0; text-align: center; font-size: 9pt }}</style>{pages}"""


PICTURE = """<svg width=400 height=200 xmlns="http://www.w3.org/2000/svg"></svg><canvas id=c width=600 height=800></canvas>
<script>const g = c.getContext('2d'); g.fillStyle = '#eee'; g.fillRect(0, 0, 600, 800); g.fillStyle = '#000';
g.font = '40px sans-serif'; g.fillText('scan', 100, 100)</script>"""

PAGES = {
    "two_columns_headings_span": TWO_COLUMNS,
    "two_columns_narrow_gutter_drawn_marks": NARROW,
    "labels_beside_text": LABELS,
    "boxes_two_by_two": BOXES,
    "table_rows_cut_by_pages": TABLE,
    "ruby_spread_vertical_turned": ODD_TYPE,
    "running_heads_by_chapter": running_pages(),
    "picture_only": PICTURE,
    "picture_between_text": f'<p>初めのページ。</p><div style="break-before: page">{PICTURE}</div>'
    '<p style="break-before: page">終わりのページ。</p>',
}
FURNISHED = {"table_rows_cut_by_pages", "two_columns_headings_span"}


def main() -> None:
    """Print every page to a PDF beside this script."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page()
        for name, body in PAGES.items():
            page.set_content(f"<!doctype html><html lang=ja><style>{STYLE}</style><body>{body}")
            page.pdf(
                path=HERE / f"{name}.pdf",
                prefer_css_page_size=True,
                display_header_footer=name in FURNISHED,
                header_template=f"{SMALL}市町の連携</div>",
                footer_template=f"{SMALL}<span class=pageNumber></span> / <span class=totalPages></span></div>",
            )
        browser.close()


if __name__ == "__main__":
    main()
