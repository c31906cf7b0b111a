"""Views, facets to look at, and results shown in place, in a real browser."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from page_maker import PageMaker, serving
from playwright.sync_api import Browser, Page, Request, Route, expect

from indexer import places
from indexer.records import Entry
from indexer.store import write_generation
from search_app import create_app

LIBRARIES = "/?q=" + quote("図書館")
_TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Loads:
    """Counts how often a page was loaded as a whole."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.on("request", self._see)

    def _see(self, request: Request) -> None:
        self.count += request.is_navigation_request()


def count_hits(page: Page) -> int:
    """Give the number of hits that the page tells."""
    return int(page.get_by_role("status").inner_text().removesuffix("件"))


def test_a_choice_is_shown_in_place_and_back_goes_through_what_was_seen(make_page: PageMaker) -> None:
    """A tick, an order and a page change address, title and hits without a load; back and forward show each again."""
    page = make_page()
    page.goto("/?per_page=5")
    loads = Loads(page)
    everything = count_hits(page)
    page.get_by_role("checkbox", name="2025年度").check()
    page.wait_for_url("**year=2025*")
    narrowed = count_hits(page)
    assert narrowed < everything
    assert f"{narrowed}件" in page.title()
    assert page.get_by_role("listitem").filter(has_text="2025年度の条件を外す").is_visible()
    page.get_by_role("link", name="古い順").click()
    page.wait_for_url("**sort=oldest*")
    page.go_back()
    expect(page.locator("nav[aria-label=並べ替え] [aria-current]")).to_have_text("新しい順")
    expect(page.get_by_role("checkbox", name="2025年度")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("status")).to_have_text(f"{everything}件")
    expect(page.get_by_role("checkbox", name="2025年度")).not_to_be_checked()
    page.go_forward()
    expect(page.get_by_role("status")).to_have_text(f"{narrowed}件")
    assert loads.count == 0


def test_words_are_searched_in_place_and_come_back_with_the_back_button(make_page: PageMaker) -> None:
    """The box says what the hits are of, after each step."""
    page = make_page()
    page.goto(LIBRARIES)
    loads = Loads(page)
    box = page.get_by_label("さがす言葉")
    box.fill("病児保育")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("「病児保育」の検索結果")
    expect(page.locator("#results")).to_be_focused()
    assert "year_from" not in page.url  # what was left open is not in the address
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("「図書館」の検索結果")
    expect(box).to_have_value("図書館")
    assert loads.count == 0


def test_another_page_begins_at_its_hits(make_page: PageMaker) -> None:
    """After turning a page the keyboard and the screen are at the beginning of the hits."""
    page = make_page()
    page.goto("/?per_page=5")
    first = page.locator(".hits h3 a").first.inner_text()
    page.get_by_role("link", name="次のページ").click()
    page.wait_for_url("**page=2*")
    expect(page.locator("#results")).to_be_focused()
    expect(page.locator("#results")).to_be_in_viewport()
    assert page.locator(".hits h3 a").first.inner_text() != first


def test_the_map_keeps_the_keyboard_on_its_tile(make_page: PageMaker) -> None:
    """Enter on a tile chooses its prefecture, Enter again takes it back; the tile keeps the focus."""
    page = make_page()
    page.goto("/?q=")
    everything = count_hits(page)
    tiles = page.get_by_role("list", name="都道府県の地図")
    expect(tiles.get_by_role("listitem")).to_have_count(47)
    tile = tiles.get_by_role("link", name="兵庫県")
    count = int(tile.locator("b").inner_text())
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**region=*")
    assert count_hits(page) == count
    expect(tile).to_have_attribute("aria-current", "true")
    expect(tile).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(f"{everything}件")
    expect(tile).to_be_focused()


def test_a_range_of_years_is_chosen_and_taken_away(make_page: PageMaker) -> None:
    """A select narrows at once and keeps the focus; the tag of the range takes both ends away."""
    page = make_page()
    page.goto("/?q=")
    everything = count_hits(page)
    start = page.get_by_role("combobox", name="年度の範囲: から")
    start.focus()
    start.select_option("2025")
    page.wait_for_url("**year_from=2025*")
    expect(start).to_be_focused()
    assert 0 < count_hits(page) < everything
    page.get_by_role("link", name="2025年度から").click()
    expect(page.get_by_role("status")).to_have_text(f"{everything}件")
    expect(start).to_have_value("")


@pytest.mark.parametrize("scripts", [True, False])
def test_map_range_and_views_work_without_scripts_too(make_page: PageMaker, scripts: bool) -> None:
    """Tile, select and view lead to the same address, hits and count either way."""
    page = make_page(scripts=scripts)
    page.goto("/?year_from=2024&region=" + quote("兵庫県"))
    page.get_by_role("link", name="表", exact=True).click()
    page.wait_for_url("**view=table*")
    headers = page.get_by_role("columnheader").all_inner_texts()
    assert headers == ["選ぶ", "圏域・自治体", "事業名", "概要", "分野", "年度", "開始年", "資料・頁"]
    page.locator("summary", has_text="絞り込み条件").click()
    page.get_by_role("combobox", name="年度の範囲: まで").select_option("2025")
    if not scripts:
        page.get_by_role("button", name="絞り込む").click()
    page.wait_for_url("**year_to=2025*")
    assert page.get_by_role("row").count() == count_hits(page) + 1
    expect(page.get_by_role("columnheader").first).to_be_visible()
    if scripts:
        expect(page.get_by_role("combobox", name="年度の範囲: まで")).to_be_visible()  # what was open stays open


@pytest.fixture(scope="module")
def many_places(tmp_path_factory: pytest.TempPathFactory, make_entry: Callable[..., Entry]) -> Iterator[str]:
    """Serve an index with an entry of every area of the gazetteer."""
    entries = [
        make_entry(number, "図書館", "本。", region=area.name, prefectures=area.prefectures)
        for number, area in enumerate(places.areas())
    ]
    folder = tmp_path_factory.mktemp("places")
    write_generation(folder, entries, sources=[], report={})
    with serving(create_app(folder, testing=True)) as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False])
def test_parts_of_a_large_facet_open_by_a_button(browser: Browser, many_places: str, scripts: bool) -> None:
    """A 地方 opens to its prefectures, one of these to its areas, of which one is chosen; the focus goes along."""
    maker = PageMaker(browser, many_places)
    page = maker(scripts=scripts)
    page.goto("/?q=")
    page.get_by_role("button", name="北海道地方の内訳").click()
    page.get_by_role("button", name="北海道の内訳").click()
    page.wait_for_url("**open=*")
    if scripts:
        expect(page.locator("summary", has_text="北海道の内訳")).to_be_focused()
    page.get_by_role("checkbox", name="北見地域定住自立圏").check()
    if not scripts:
        page.get_by_role("button", name="絞り込む").click()
    expect(page.get_by_role("status")).to_have_text("1件")
    expect(page.get_by_role("checkbox", name="北見地域定住自立圏")).to_be_checked()
    maker.close()
    assert maker.complaints == []


def test_a_long_list_is_filtered_by_typing(browser: Browser, many_places: str) -> None:
    """Behind 「もっと見る」 a box leaves what holds the letters; Enter there does not send the search."""
    maker = PageMaker(browser, many_places)
    page = maker()
    page.goto("/?open=" + quote("北海道"))
    page.locator("summary", has_text="もっと見る").first.click()
    areas = page.locator(".more").first.get_by_role("checkbox")
    everything = areas.count()
    box = page.get_by_role("searchbox", name="地域の一覧を文字で絞る")
    name = areas.last.get_attribute("value") or ""
    box.fill(name[:3])
    expect(page.get_by_role("checkbox", name=name)).to_be_visible()
    assert 0 < areas.locator("visible=true").count() < everything
    before = page.url
    box.press("Enter")
    box.fill("")
    expect(areas.locator("visible=true")).to_have_count(everything)
    assert page.url == before
    maker.close()
    assert maker.complaints == []


def test_ticks_of_the_selection_work_in_every_view_and_after_a_change(make_page: PageMaker) -> None:
    """What is ticked in the list is ticked in the table that takes its place, and can be unticked there."""
    page = make_page()
    page.goto(LIBRARIES)
    page.locator(".hits > li").first.get_by_role("checkbox").check()
    page.get_by_role("link", name="表", exact=True).click()
    page.wait_for_url("**view=table*")
    box = page.get_by_role("row").nth(1).get_by_role("checkbox")
    expect(box).to_be_checked()
    bar = page.get_by_role("form", name="選んだ事例")
    expect(bar).to_contain_text("1件を選んでいます")
    box.uncheck()
    expect(bar).not_to_be_visible()


def test_words_in_their_context_stand_below_each_other(make_page: PageMaker) -> None:
    """On a wide screen the words are in the middle of their lines; on a phone the line flows."""
    page = make_page()
    page.goto(LIBRARIES + "&view=kwic")
    middles = page.locator(".context > :nth-child(2)").evaluate_all(
        "all => all.map(one => { const box = one.getBoundingClientRect(); return box.left + box.width / 2; })"
    )
    assert len(middles) > 1
    assert max(middles) - min(middles) < 1
    phone = make_page(width=360)
    phone.goto(LIBRARIES + "&view=kwic")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    behind = phone.locator(".context > :last-child").first
    assert behind.evaluate("one => getComputedStyle(one.parentElement).display") == "block"
    expect(behind).to_be_visible()


@pytest.mark.parametrize("width", [360, 320, 768])
@pytest.mark.parametrize("view", ["table", "kwic"])
def test_the_views_fit_a_small_screen(make_page: PageMaker, width: int, view: str) -> None:
    """Only the table scrolls, in a region that the keyboard reaches; the open facets fit, tiles can be hit."""
    page = make_page(width=width)
    page.goto(f"{LIBRARIES}&view={view}")
    page.locator("summary", has_text="絞り込み条件").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.locator(".map a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    )
    assert min(sizes) >= 24 - 2  # and two pixels between them
    if view == "table":
        assert page.get_by_role("region", name="事例の表").last.get_attribute("tabindex") == "0"


def test_what_goes_wrong_on_the_way_opens_the_address(make_page: PageMaker) -> None:
    """A page that cannot be fetched in place is loaded as it would be without scripts."""
    page = make_page()
    page.goto("/?q=")
    loads = Loads(page)

    def refuse(route: Route) -> None:
        if route.request.is_navigation_request():
            route.continue_()
        else:
            route.fulfill(status=200, content_type="text/html", body="<p>proxy</p>")

    page.route("**/?*", refuse)
    page.get_by_role("link", name="古い順").click()
    page.wait_for_url("**sort=oldest*")
    expect(page.locator("nav[aria-label=並べ替え] [aria-current]")).to_have_text("古い順")
    assert loads.count == 1


def test_an_order_can_still_be_opened_in_another_tab(make_page: PageMaker) -> None:
    """A click with a modifier is the browser's."""
    page = make_page()
    page.goto("/?q=")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="古い順").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**sort=oldest*")
    assert "sort" not in page.url


@pytest.mark.parametrize(("width", "path"), [(1280, LIBRARIES), (360, LIBRARIES), (360, "/?q=" + quote("病児保育"))])
def test_scripts_do_not_move_what_is_on_the_page(make_page: PageMaker, width: int, path: str) -> None:
    """Nothing shifts while the page loads, also where all of it is in sight."""
    page = make_page(width=width)
    page.set_viewport_size({"width": width, "height": 3000})
    page.add_init_script(
        "window.shifts = [];"
        "new PerformanceObserver((list) => shifts.push(...list.getEntries().map((each) => each.value)))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    # The scripts come after the page was drawn, as over a slow line.
    page.route("**/*.js", lambda route: (page.evaluate(_TWO_FRAMES), route.continue_()))
    page.goto(path)
    page.evaluate(_TWO_FRAMES)
    assert page.locator(".selection-bar.follows").count() == 1
    assert page.evaluate("shifts") == []
