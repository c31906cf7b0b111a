"""What holds for every page in every state, in a real browser: accessible, quiet, at home on small screens and on paper.

A new route must be added to `PAGES`, or to `FILES` where no page is shown.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from page_maker import PageMaker
from playwright.sync_api import Page, expect

A4 = (595, 842)  # points
STOPS = 60  # of the keyboard, at most, on one page
OUTLINE = "4px"


@dataclass(frozen=True)
class Shown:
    """A page in a state: the endpoint that shows it, its path ({a}, {b}, {c} are ids of entries), its status."""

    endpoint: str
    path: str
    status: int = 200


PAGES = {
    "home": Shown("views.search", "/"),
    "everything": Shown("views.search", "/?q="),
    "hits": Shown("views.search", "/?q=図書館&region=広島県"),
    "table": Shown("views.search", "/?q=図書館&view=table"),
    "words in context": Shown("views.search", "/?q=図書館&view=kwic"),
    "second page": Shown("views.search", "/?q=&per_page=5&page=2&sort=oldest"),
    "no hit": Shown("views.search", "/?q=zzzzqqqq&region=兵庫県"),
    "behind the last page": Shown("views.search", "/?page=900"),
    "bad value": Shown("views.search", "/?page=x", 400),
    "no page": Shown("views.search", "/nothing", 404),
    "entry": Shown("views.entry", "/entries/{a}"),
    "entry from a search": Shown("views.entry", "/entries/{a}?q=図書館"),
    "selection": Shown("exports.selection", "/selection?ids={a},{b},none"),
    "selection of nothing": Shown("exports.selection", "/selection", 400),
    "comparison": Shown("exports.compare", "/compare?ids={a},{b},{c}"),
    "overview": Shown("atlas.overview", "/overview"),
    "area": Shown("atlas.area", "/areas/342076"),
    "area without an entry": Shown("atlas.area", "/areas/012025"),
    "prefecture": Shown("atlas.place", "/places/34"),
    "municipality": Shown("atlas.place", "/places/342076"),
    "help": Shown("guides.show_help", "/help"),
    "accessibility": Shown("guides.show_accessibility", "/accessibility"),
}
# Routes that answer with a file or with JSON.
FILES = {
    "discovery.opensearch",
    "discovery.robots",
    "discovery.sitemap",
    "discovery.sitemap_part",
    "api.openapi",
    "api.suggestions",
    "api.similar",
    "static",
    "exports.export",
    "exports.search_feed",
    "api.search",
    "api.entry",
    "api.health",
    "api.nothing",
}

# What axe looks for beside its defaults: targets of 24 pixels (WCAG 2.2 AA).
RULES = {"target-size": {"enabled": True}}
# In forced colours the browser paints the user's colours, and tells scripts the author's: nothing can be read of them.
# What axe cannot see is held in another way: nothing opts out of them.
FORCED_RULES = RULES | {"color-contrast": {"enabled": False}}


@pytest.fixture
def visit(make_page: PageMaker, app: Flask) -> Iterator["Visitor"]:
    """Open pages by their name; an error page may log its own status, and nothing else."""
    ids = [hit["id"] for hit in app.test_client().get("/api/search").get_json()["hits"]]
    visitor = Visitor(make_page, dict(zip("abc", ids, strict=False)))
    yield visitor
    make_page.complaints[:] = [said for said in make_page.complaints if said not in visitor.expected]


class Visitor:
    """Opens pages of the table."""

    def __init__(self, make_page: PageMaker, ids: dict[str, str]) -> None:
        self._make_page = make_page
        self._ids = ids
        self.expected: set[str] = set()

    def __call__(self, name: str, *, width: int = 1280, forced_colors: bool = False, scripts: bool = True) -> Page:
        """Open a page in a window of this width; it must have its status and its one heading."""
        shown = PAGES[name]
        page = self._make_page(width=width, forced_colors=forced_colors, scripts=scripts)
        response = page.goto(shown.path.format(**self._ids))
        assert response is not None
        assert response.status == shown.status
        if shown.status >= 400:
            self.expected.add(
                f"Failed to load resource: the server responded with a status of {shown.status} ({response.status_text})"
            )
        expect(page.locator("h1")).to_have_count(1)
        return page


def unfold(page: Page) -> None:
    """Open whatever opens, the drawer of a phone too, and choose two hits where there are some.

    Then go to the end of the page, where the bar of what was chosen has a place of its own: elsewhere it lies over whatever
    is scrolled to, and axe takes half a box for a small one.
    """
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for box in page.locator(".choose input").all()[:2]:
        box.check()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def find_faults(page: Page, rules: dict[str, dict[str, bool]]) -> list[str]:
    """Give what axe finds: the rule and the element."""
    results = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules}).response
    return [f"{fault['id']}: {node['html'][:200]}" for fault in results["violations"] for node in fault["nodes"]]


def test_every_route_is_in_the_table(app: Flask) -> None:
    """A route without a page here would be shown to nobody who tests; a page without a route is gone."""
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == {page.endpoint for page in PAGES.values()} | FILES


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Visitor, name: str) -> None:
    """As the page opens on a desk, and with everything open on a phone."""
    page = visit(name)
    assert find_faults(page, RULES) == []
    page = visit(name, width=360)
    unfold(page)
    assert find_faults(page, RULES) == []


def test_axe_finds_nothing_in_suggestions(visit: Visitor) -> None:
    """The list below the box while something is typed, with one of it active."""
    page = visit("home")
    page.get_by_label("さがす言葉").press_sequentially("図書")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert find_faults(page, RULES) == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_forced_colours(visit: Visitor, name: str) -> None:
    """A contrast theme: every element takes the user's colours, and everything else is in order too."""
    page = visit(name, forced_colors=True)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    unfold(page)
    assert find_faults(page, FORCED_RULES) == []
    stubborn = "all => all.filter(one => getComputedStyle(one).forcedColorAdjust !== 'auto').map(one => one.outerHTML)"
    # Browsers leave the colours of drawings to the style, which takes the user's.
    assert page.locator("body *:not(svg, svg *)").evaluate_all(stubborn) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways(visit: Visitor, name: str) -> None:
    """A screen of 1280 pixels at 200 % and at 400 %, with everything open: only tables scroll, in their own frame."""
    page = visit(name, width=640)
    unfold(page)
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_is_seen_wherever_it_is_and_goes_through(visit: Visitor, name: str) -> None:
    """Tab leads from the skip link on; each stop is outlined and none holds the keyboard."""
    page = visit(name)
    script = (
        "one => [one.outerHTML.slice(0, 200), getComputedStyle(one).outlineWidth, getComputedStyle(one).outlineStyle]"
    )
    seen: list[str] = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.locator(":focus")
        if stop.count() == 0:  # behind the last one: the browser's own controls
            break
        html, width, style = stop.evaluate(script)
        assert (width, style) == (OUTLINE, "solid"), html
        seen.append(html)
    assert "skip" in seen[0]
    assert len(set(seen)) > 5


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_printed_on_a4(visit: Visitor, name: str) -> None:
    """The print has the heading, the address and the day, and nothing that only works on a screen."""
    page = visit(name)
    heading = "".join(page.locator("h1").inner_text().split())
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = [document[number] for number in range(len(document))]
    assert {tuple(sorted((round(sheet.get_width()), round(sheet.get_height())))) for sheet in sheets} == {A4}
    text = "".join("".join(sheet.get_textpage().get_text_bounded().split()) for sheet in sheets)
    assert "URL:http" in text
    assert "表示した日:" in text
    page.emulate_media(media="print")
    for control in (page.locator("header nav"), page.get_by_label("さがす言葉"), page.get_by_role("button").first):
        expect(control).not_to_be_visible()
    assert heading in text or name == "home"  # there the heading stands at the box, which paper does not need


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_once_it_is_shown(visit: Visitor, name: str) -> None:
    """Scripts only make it quicker: they push nothing away under the reader's eyes."""
    page = visit(name)
    page.wait_for_load_state("networkidle")
    moved = """() => {
        const observer = new PerformanceObserver(() => {});
        observer.observe({ type: "layout-shift", buffered: true });
        return new Promise((done) => requestAnimationFrame(() => done(observer.takeRecords().map((each) => each.value))));
    }"""
    assert sum(page.evaluate(moved)) == 0


@pytest.mark.parametrize("name", PAGES)
def test_every_page_shows_the_same_without_scripts(visit: Visitor, name: str) -> None:
    """What is read and followed is there without scripts: headings and links are the same."""
    read = "all => all.map(one => one.textContent.trim())"
    with_scripts, without = visit(name), visit(name, scripts=False)
    for what in ("h1, h2, h3", "main a[href]:not(.selection-bar *)"):
        assert with_scripts.locator(what).evaluate_all(read) == without.locator(what).evaluate_all(read)
