"""The suggestions in a real browser: a combobox by keyboard and mouse, and a plain box without scripts."""

from urllib.parse import quote

import pytest
from page_maker import PageMaker
from playwright.sync_api import Locator, Page, Route, expect


def find_box(page: Page) -> Locator:
    """Give the search box of a page with scripts."""
    return page.get_by_role("combobox", name="さがす言葉")


def type_word(make_page: PageMaker, word: str, *, width: int = 1280) -> Page:
    """Open the search page and type a word into its box, key by key."""
    page = make_page(width=width)
    page.goto("/")
    find_box(page).focus()
    page.keyboard.type(word)
    return page


def test_arrow_keys_walk_through_the_options_and_back_to_the_box(make_page: PageMaker) -> None:
    """Down and Up name one option after the other as active; the focus and the text stay in the box."""
    page = type_word(make_page, "toshok")
    box, options = find_box(page), page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    expect(box).to_be_focused()
    expect(box).to_have_value("toshok")


def test_the_list_is_named_and_announced(make_page: PageMaker) -> None:
    """The box controls the listbox, which has a name; how many options there are is said."""
    page = type_word(make_page, "toshok")
    listbox = page.get_by_role("listbox", name="候補")
    expect(listbox).to_be_visible()
    assert find_box(page).get_attribute("aria-controls") == listbox.get_attribute("id")
    count = listbox.get_by_role("option").count()
    expect(page.locator(".box [aria-live=polite]")).to_have_text(f"候補が{count}件あります。上下の矢印キーで選べます。")


def test_enter_searches_for_the_active_option(make_page: PageMaker) -> None:
    """What is active is put into the box and searched for."""
    page = type_word(make_page, "toshok")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true] span").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**q=" + quote(chosen) + "*")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"「{chosen}」の検索結果")


def test_enter_without_an_active_option_searches_for_what_was_typed(make_page: PageMaker) -> None:
    """Options that are only shown have no say."""
    page = type_word(make_page, "図書")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**q=" + quote("図書"))


def test_escape_closes_the_list_and_keeps_the_text(make_page: PageMaker) -> None:
    """The first Escape closes; Down opens again."""
    page = type_word(make_page, "図書")
    box, options = find_box(page), page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("図書")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_leaving_the_box_closes_the_list(make_page: PageMaker) -> None:
    """Tab goes on to the button, and nothing stays open over the page."""
    page = type_word(make_page, "図書")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="さがす")).to_be_focused()
    expect(page.locator("#suggestions")).to_be_hidden()


def test_a_click_chooses(make_page: PageMaker) -> None:
    """The mouse works as Enter does, and ticks of facets are kept."""
    page = make_page()
    page.goto("/?year=2025")
    find_box(page).focus()
    page.keyboard.type("としょ")
    page.get_by_role("option").filter(has_text="図書館").first.click()
    page.wait_for_url("**q=" + quote("図書館") + "*")
    assert "year=2025" in page.url


def test_an_answer_that_comes_too_late_is_not_shown(make_page: PageMaker) -> None:
    """The answer to an earlier beginning, held back until the later one is shown, changes nothing."""
    page = make_page()
    held: list[Route] = []
    page.route("**/api/suggest?q=" + quote("図"), lambda route: held.append(route))
    page.goto("/")
    find_box(page).focus()
    with page.expect_request("**/api/suggest?q=" + quote("図")):
        page.keyboard.type("図")
    page.keyboard.type("書館の")
    expect(page.get_by_role("option").first).to_contain_text("図書館の")
    before = page.get_by_role("option").all_inner_texts()
    for route in held:
        route.abort()
    assert len(held) == 1
    assert page.get_by_role("option").all_inner_texts() == before


def test_keys_of_an_input_method_are_left_to_it(make_page: PageMaker) -> None:
    """Enter and arrows that convert kana neither choose nor move."""
    page = type_word(make_page, "としょ")
    expect(page.get_by_role("option").first).to_be_visible()
    page.evaluate(
        "for (const key of ['ArrowDown', 'Enter']) document.getElementById('q').dispatchEvent("
        "new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }))"
    )
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    expect(find_box(page)).to_have_value("としょ")


def test_without_scripts_the_box_is_a_plain_box(make_page: PageMaker) -> None:
    """Type, press Enter, read the hits."""
    page = make_page(scripts=False)
    page.goto("/")
    page.get_by_role("searchbox", name="さがす言葉").fill("図書館")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("「図書館」の検索結果")


@pytest.mark.parametrize("width", [320, 1280])
def test_options_fit_the_screen_and_a_finger(make_page: PageMaker, width: int) -> None:
    """Nothing scrolls sideways, and each option is 44 pixels high."""
    page = type_word(make_page, "図書", width=width)
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.get_by_role("option").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(sizes) >= 44
