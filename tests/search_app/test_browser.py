"""The pages in a real browser: the officer's walk, with scripts and without, by keyboard, on a phone."""

from urllib.parse import quote

import pytest
from page_maker import PageMaker
from playwright.sync_api import Locator, Page, expect


def count(page: Page) -> str:
    """Give the count of hits as the page says it."""
    return page.get_by_role("status").inner_text()


def find_tag(page: Page, value: str) -> Locator:
    """Find the tag of a filter that is applied."""
    return page.get_by_role("list", name="適用中の条件").get_by_role("link").filter(has_text=value)


def test_an_officer_types_narrows_reads_and_comes_back(make_page: PageMaker) -> None:
    """Type, narrow by a tick, open a hit, go back: each step shows in the address and nothing is lost."""
    page = make_page()
    page.goto("/")
    page.get_by_role("combobox", name="さがす言葉").fill("図書館")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("「図書館」の検索結果")
    before = count(page)
    page.get_by_role("checkbox", name="近畿地方").check()
    expect(find_tag(page, "近畿地方")).to_be_visible()
    assert count(page) != before
    narrowed = page.url
    page.get_by_role("list").get_by_role("link", name="図書館の相互利用").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("図書館の相互利用")
    expect(page.locator("h1 mark").first).to_have_text("図書館")
    page.get_by_role("link", name="検索結果に戻る").click()
    assert page.url == narrowed
    find_tag(page, "近畿地方").click()
    expect(page.get_by_role("status")).to_have_text(before)


def test_a_tick_keeps_the_focus_where_it_was_made(make_page: PageMaker) -> None:
    """The result changes at once, and the keyboard is still at the value that was ticked."""
    page = make_page()
    page.goto("/?q=")
    page.get_by_role("checkbox", name="2024年度").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**year=2024*")
    expect(page.get_by_role("checkbox", name="2024年度")).to_be_focused()
    expect(page.get_by_role("checkbox", name="2024年度")).to_be_checked()


def test_going_back_shows_the_ticks_of_the_address(make_page: PageMaker) -> None:
    """After a step back no tick is left of the page that was left."""
    page = make_page()
    page.goto("/?q=" + quote("図書館"))
    page.get_by_role("checkbox", name="2024年度").check()
    page.wait_for_url("**year=2024*")
    page.go_back()
    expect(page.get_by_role("checkbox", name="2024年度")).not_to_be_checked()


def test_facets_work_without_scripts(make_page: PageMaker) -> None:
    """Levels open, several ticks are applied by the button, and every one is shown as a tag."""
    page = make_page(scripts=False)
    page.goto("/?q=" + quote("図書館"))
    opener = page.locator("summary", has_text="近畿地方の内訳")
    if opener.locator("..").get_attribute("open") is None:
        opener.click()
    page.get_by_role("checkbox", name="兵庫県").check()
    page.get_by_role("checkbox", name="2025年度").check()
    page.get_by_role("button", name="絞り込む").click()
    expect(find_tag(page, "兵庫県")).to_be_visible()
    expect(find_tag(page, "2025年度")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("1件")


def test_the_first_stop_of_the_keyboard_is_the_skip_link(make_page: PageMaker) -> None:
    """Tab reaches the skip link first, which is then in sight and leads to the main part."""
    page = make_page()
    page.goto("/?q=" + quote("図書館"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="本文へ移動")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_walk_can_be_done_by_keyboard_alone(make_page: PageMaker) -> None:
    """Box, hit and way back are reached and used with Tab and Enter; what has the focus is outlined."""
    page = make_page()
    page.goto("/?q=")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("病児保育")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    first = page.get_by_role("link", name="病児保育の広域利用")
    for _ in range(16):  # the hits are what comes next: other words, orders, views, files, the first one
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    assert first.evaluate("link => getComputedStyle(link).outlineWidth") == "4px"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("病児保育の広域利用")


@pytest.mark.parametrize("width", [360, 320])
@pytest.mark.parametrize("path", ["/?q=図書館&region=広島県", "/?q=zzzzqqqq", "/entries"])
def test_nothing_scrolls_sideways_on_a_phone(make_page: PageMaker, width: int, path: str) -> None:
    """At 360 and 320 pixels every page fits the screen, the first entry page too."""
    page = make_page(width=width)
    if path == "/entries":
        page.goto("/?q=")
        page.locator(".hits h3 a").first.click()
        page.wait_for_url("**/entries/**")
    else:
        page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_facets_are_a_drawer_on_a_phone(make_page: PageMaker) -> None:
    """The hits come first; the drawer opens, takes several ticks, and the button applies them."""
    page = make_page(width=360)
    page.goto("/?q=" + quote("図書館"))
    tick = page.get_by_role("checkbox", name="2025年度")
    expect(tick).not_to_be_visible()
    page.locator("summary", has_text="絞り込み条件").click()
    tick.check()
    page.get_by_role("button", name="絞り込む").click()
    expect(find_tag(page, "2025年度")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_main_controls_are_large_enough_for_a_finger(make_page: PageMaker, width: int) -> None:
    """Box, buttons, tags and page numbers are 44 pixels high; on a phone so are the ticks' rows."""
    page = make_page(width=width)
    page.goto("/?per_page=5&kind=initiative")
    main = "input[type=search], .primary, .tag, .pages a" + (
        ", .drawer > summary" if width < 600 else ", .apply button"
    )
    sizes = page.locator(main).evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert sizes
    assert min(sizes) >= 44
    if width < 600:
        page.locator(".drawer > summary").click()
        rows = page.locator(".facets label:visible")
        assert min(rows.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")) >= 44


@pytest.mark.parametrize("blocked", [False, True])
def test_the_citation_is_copied(make_page: "PageMaker", *, blocked: bool) -> None:
    """A press copies the citation and says so, also where the browser keeps the clipboard from pages (no TLS)."""
    page = make_page()
    if blocked:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/?q={quote('病児保育')}")
    page.locator(".hits h3 a").first.click()
    page.get_by_role("button", name="引用の書き方をコピー").click()
    expect(page.locator("#copied")).to_have_text("コピーしました。")
    box = page.get_by_label("さがす言葉")
    box.fill("")
    box.press("Control+V")
    expect(box).to_have_value(page.locator("#citation").inner_text())


def test_the_citation_is_plain_text_without_scripts(make_page: "PageMaker") -> None:
    """Without scripts there is no button that does nothing."""
    page = make_page(scripts=False)
    page.goto(f"/?q={quote('病児保育')}")
    page.locator(".hits h3 a").first.click()
    expect(page.locator("#citation")).to_be_visible()
    expect(page.get_by_role("button", name="コピー")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_matrix_scrolls_in_its_box(make_page: "PageMaker", width: int) -> None:
    """The page itself keeps its width; the box moves by the keys, and heads of rows and columns stay in its sight."""
    page = make_page(width=width)
    page.goto("/overview")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".matrix").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".matrix")).not_to_have_js_property("scrollLeft", 0)
    box, row, column = page.evaluate(
        """() => {
            const box = document.querySelector(".matrix");
            box.style.maxHeight = "20rem";
            box.scrollTo(box.scrollWidth, box.scrollHeight);
            const place = (element) => { const { x, y } = element.getBoundingClientRect(); return [x, y]; };
            return [place(box), place(box.querySelector("tbody th")), place(box.querySelector("thead th"))];
        }"""
    )
    assert row[0] == pytest.approx(box[0], abs=2)
    assert column == pytest.approx(box, abs=2)
