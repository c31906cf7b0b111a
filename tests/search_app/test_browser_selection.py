"""Choosing, listing, comparing and printing in a real browser."""

import io
from urllib.parse import quote

import pypdfium2
import pytest
from page_maker import PageMaker
from playwright.sync_api import Locator, Page, expect

LIST = "一覧にする"
COMPARE = "比べる"


def find_bar(page: Page) -> Locator:
    """Find the bar of what is chosen."""
    return page.get_by_role("form", name="選んだ事例")


def choose(page: Page, *places: int) -> list[str]:
    """Tick hits of the page by their place; give their titles."""
    titles = []
    for place in places:
        hit = page.locator(".hits > li").nth(place)
        hit.get_by_role("checkbox").check()
        titles.append(hit.locator("h3 a").inner_text())
    return titles


def read_titles(page: Page) -> list[str]:
    """Give the titles of the hits."""
    return page.locator(".hits h3 a").all_inner_texts()


def test_ticks_are_kept_across_pages_and_searches(make_page: PageMaker) -> None:
    """What is ticked on two pages and in another search is listed together, in the order of the ticks."""
    page = make_page()
    page.goto("/?per_page=5&kind=initiative")
    expect(find_bar(page)).not_to_be_visible()
    titles = choose(page, 1, 0)
    page.get_by_role("link", name="次のページ").click()
    page.wait_for_url("**page=2*")
    expect(find_bar(page)).to_contain_text("2件を選んでいます")
    titles += choose(page, 2)
    page.goto("/?per_page=5&kind=initiative")
    expect(page.locator(".hits > li").nth(0).get_by_role("checkbox")).to_be_checked()
    expect(page.locator(".hits > li").nth(2).get_by_role("checkbox")).not_to_be_checked()
    find_bar(page).get_by_role("link", name=LIST).click()
    page.wait_for_url("**/selection?ids=*")
    assert read_titles(page) == titles


def test_two_to_six_can_be_compared(make_page: PageMaker) -> None:
    """The link to the comparison is there for two to six entries and leads to a table of them."""
    page = make_page()
    page.goto("/?q=")
    link = find_bar(page).get_by_role("link", name=COMPARE)
    choose(page, 0)
    expect(link).not_to_be_visible()
    expect(find_bar(page)).to_contain_text("比べられるのは2〜6件")
    titles = choose(page, 1, 2)
    expect(link).to_be_visible()
    choose(page, 3, 4, 5, 6)
    expect(link).not_to_be_visible()
    for place in (0, 3, 4, 5, 6):
        page.locator(".hits > li").nth(place).get_by_role("checkbox").uncheck()
    link.click()
    page.wait_for_url("**/compare?ids=*")
    assert page.get_by_role("columnheader").all_inner_texts() == titles


def test_the_selection_is_cleared_and_the_keyboard_is_not_lost(make_page: PageMaker) -> None:
    """The button unticks everything, for good; the focus goes to the list."""
    page = make_page()
    page.goto("/?q=")
    choose(page, 0, 1)
    button = find_bar(page).get_by_role("button", name="選択を解除")
    button.focus()
    page.keyboard.press("Enter")
    expect(find_bar(page)).not_to_be_visible()
    expect(page.locator("#results")).to_be_focused()
    expect(page.locator("#selection-said")).to_have_text("選択を解除しました")
    page.reload()
    assert page.locator(".choose input:checked").count() == 0


def test_a_link_of_somebody_else_does_not_change_what_is_chosen(make_page: PageMaker) -> None:
    """A list that was sent shows its entries; the own selection stays as it was and can take from it."""
    page = make_page()
    page.goto("/?q=")
    ids = page.locator(".choose input").evaluate_all("all => all.map(one => one.value)")
    choose(page, 0)
    page.goto(f"/selection?ids={ids[1]},{ids[2]}")
    expect(find_bar(page)).to_contain_text("1件を選んでいます")
    assert page.locator(".choose input:checked").count() == 0
    choose(page, 0)
    expect(find_bar(page).get_by_role("link", name=LIST)).to_have_attribute("href", f"{page_root(page)}/selection?ids={ids[0]},{ids[1]}")  # fmt: skip


def page_root(page: Page) -> str:
    """Give the origin of the page."""
    return str(page.evaluate("location.origin"))


def test_another_tab_shows_the_same_ticks(make_page: PageMaker) -> None:
    """What is chosen in one tab is chosen in the other, and none forgets the other's."""
    one = make_page()
    one.goto("/?q=")
    other = one.context.new_page()
    other.goto("/?q=")
    choose(one, 0)
    expect(find_bar(other)).to_contain_text("1件を選んでいます")
    choose(other, 1)
    expect(find_bar(one)).to_contain_text("2件を選んでいます")


def test_no_more_than_a_hundred_can_be_chosen(make_page: PageMaker) -> None:
    """The tick beyond is not taken, and it is said."""
    page = make_page()
    page.goto("/?q=")
    page.evaluate("localStorage.setItem('selection.ids', JSON.stringify([...Array(100).keys()].map(String)))")
    page.reload()
    box = page.locator(".choose input").first
    box.click()
    expect(box).not_to_be_checked()
    expect(page.locator("#selection-said")).to_have_text("選べるのは100件までです")


def test_what_was_stored_a_moment_before_is_not_lost(make_page: PageMaker) -> None:
    """A tick adds to what the browser keeps, also where this page has not heard of it yet."""
    page = make_page()
    page.goto("/?q=")
    page.evaluate("localStorage.setItem('selection.ids', JSON.stringify(['other']))")
    choose(page, 0)
    expect(find_bar(page)).to_contain_text("2件を選んでいます")


@pytest.mark.parametrize("stored", ["{", "null", '{"a": 1}', "[1, null]"])
def test_what_something_else_stored_is_passed_over(make_page: PageMaker, stored: str) -> None:
    """A damaged selection is an empty one; choosing goes on."""
    page = make_page()
    page.goto("/?q=")
    page.evaluate("text => localStorage.setItem('selection.ids', text)", stored)
    page.reload()
    expect(find_bar(page)).not_to_be_visible()
    choose(page, 0)
    expect(find_bar(page)).to_contain_text("1件を選んでいます")


def test_the_ticks_of_a_page_are_listed_without_scripts(make_page: PageMaker) -> None:
    """Without scripts the button below the list takes what is ticked on the page."""
    page = make_page(scripts=False)
    page.goto("/?q=")
    titles = choose(page, 0, 2)
    find_bar(page).get_by_role("button", name=LIST).click()
    page.wait_for_url("**/selection?ids=*")
    assert read_titles(page) == titles
    find_bar(page).get_by_role("button", name=COMPARE).click()
    page.wait_for_url("**/compare?ids=*")
    assert page.get_by_role("columnheader").all_inner_texts() == titles


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_chosen_by_finger_is_large_enough(make_page: PageMaker, width: int) -> None:
    """Boxes with their labels and the ways on are 44 pixels high and wide."""
    page = make_page(width=width)
    page.goto("/?q=")
    choose(page, 0, 1)
    page.locator(".files > summary").click()
    sizes = page.locator(".choose, .selection-bar :is(a, button), .files summary").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert len(sizes) > 5
    assert min(map(min, sizes)) >= 44


@pytest.mark.parametrize("width", [320, 360])
def test_lists_and_comparisons_fit_a_phone(make_page: PageMaker, width: int) -> None:
    """The pages do not scroll sideways; the table of the comparison does so in its own frame, by keyboard too."""
    page = make_page(width=width)
    page.goto("/?q=")
    choose(page, 0, 1, 2, 3, 4, 5)
    for way in (LIST, COMPARE):
        page.locator(f"a:visible:text-is('{way}')").first.click()
        page.wait_for_url("**ids=**")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    frame = page.locator(".scroll")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert frame.get_attribute("tabindex") == "0"


def test_what_has_the_focus_is_not_behind_the_bar(make_page: PageMaker) -> None:
    """A link that stands behind the bar comes forward when the keyboard reaches it."""
    page = make_page()
    page.goto("/?q=")
    choose(page, 0)
    behind = page.locator(".hits h3 a").nth(5)
    behind.evaluate("link => scrollTo(0, link.getBoundingClientRect().bottom + scrollY - innerHeight + 8)")
    page.locator(".hits > li").nth(4).get_by_role("checkbox").evaluate("box => box.focus({preventScroll: true})")
    page.keyboard.press("Tab")
    expect(behind).to_be_focused()
    bottom = behind.evaluate("link => link.getBoundingClientRect().bottom")
    assert bottom <= find_bar(page).evaluate("bar => bar.getBoundingClientRect().top")


def read_pdf(page: Page) -> tuple[str, list[tuple[float, float]]]:
    """Print the page; give the text of the print and the sizes of its sheets in points."""
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = [document[number] for number in range(len(document))]
    text = "".join(sheet.get_textpage().get_text_bounded() for sheet in sheets)
    return text, [(round(sheet.get_width()), round(sheet.get_height())) for sheet in sheets]


def test_a_result_is_printed_without_its_controls(make_page: PageMaker) -> None:
    """On A4: address, search and day, the hits, and nothing that only works on a screen."""
    page = make_page()
    page.goto("/?q=" + quote("図書館"))
    choose(page, 0)
    text, sizes = read_pdf(page)
    assert set(sizes) == {(595, 842)}
    assert "URL: " in text
    assert "表示した日: " in text
    assert "「図書館」を含む取組" in text
    for control in ("選ぶ", "選んでいます", "この結果を保存", "さがす言葉", "絞り込み", "次のページ"):
        assert control not in text


def test_a_comparison_is_printed_across(make_page: PageMaker) -> None:
    """A table of several columns is printed on A4 across, from the first sheet on."""
    page = make_page()
    page.goto("/?q=")
    choose(page, 0, 1, 2)
    find_bar(page).get_by_role("link", name=COMPARE).click()
    page.wait_for_url("**/compare?ids=*")
    text, sizes = read_pdf(page)
    assert set(sizes) == {(842, 595)}
    assert "都道府県" in text
