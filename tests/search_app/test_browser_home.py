"""The home page and the key / in a real browser: the first minute of somebody who is new here."""

from page_maker import PageMaker
from playwright.sync_api import expect


def test_from_a_topic_to_its_entries_and_back(make_page: PageMaker) -> None:
    """A tile opens its result with the count that it said; the name of the site leads home."""
    page = make_page()
    page.goto("/")
    tile = page.get_by_role("link", name="図書館")
    said = tile.locator("b").inner_text()
    tile.click()
    expect(page.get_by_role("status")).to_have_text(said)
    expect(page.get_by_label("さがす言葉")).to_have_value("図書館")
    page.get_by_role("link", name="先行事例さがし").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("先行事例をさがす")


def test_the_last_filter_taken_away_leaves_everything(make_page: PageMaker) -> None:
    """Who takes the only filter away has all entries before her, not the home page."""
    page = make_page()
    page.goto("/?region=兵庫県")
    page.get_by_role("list", name="適用中の条件").get_by_role("link").filter(has_text="兵庫県").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("すべての事例")


def test_the_key_goes_to_the_box_from_anywhere(make_page: PageMaker) -> None:
    """The key is not typed; what stands in the box is selected, so that typing replaces it."""
    page = make_page()
    page.goto("/?q=図書館")
    page.get_by_role("checkbox", name="2025年度").focus()
    page.keyboard.press("/")
    box = page.get_by_label("さがす言葉")
    expect(box).to_be_focused()
    page.keyboard.type("消防")
    expect(box).to_have_value("消防")


def test_the_key_is_a_letter_where_something_is_typed(make_page: PageMaker) -> None:
    """In the box itself it is typed, and with a modifier it is the browser's."""
    page = make_page()
    page.goto("/")
    page.keyboard.press("Control+/")
    box = page.get_by_label("さがす言葉")
    expect(box).not_to_be_focused()
    box.fill("令和")
    page.keyboard.press("/")
    expect(box).to_have_value("令和/")


def test_the_key_can_be_turned_off_for_good(make_page: PageMaker) -> None:
    """Turned off on the help page it does nothing on any page, until it is turned on again."""
    page = make_page()
    page.goto("/help")
    page.get_by_role("checkbox", name="検索欄に移る").uncheck()
    page.goto("/")
    page.keyboard.press("/")
    expect(page.get_by_label("さがす言葉")).not_to_be_focused()
    page.goto("/help")
    page.get_by_role("checkbox", name="検索欄に移る").check()
    page.goto("/")
    page.keyboard.press("/")
    expect(page.get_by_label("さがす言葉")).to_be_focused()


def test_no_setting_is_offered_without_the_key(make_page: PageMaker) -> None:
    """Without scripts there is no key, and nothing to turn off."""
    page = make_page(scripts=False)
    page.goto("/help")
    expect(page.get_by_role("heading", name="キーボード")).to_be_visible()
    expect(page.locator("#shortcut-setting")).not_to_be_visible()
