"""The officer's walk, from a word to the table that she hands in, with scripts and without."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from page_maker import PageMaker
from playwright.sync_api import expect


@pytest.mark.parametrize("scripts", [True, False])
def test_an_officer_takes_three_precedents_away_as_a_table(
    make_page: PageMaker, tmp_path: Path, *, scripts: bool
) -> None:
    """Type, narrow, go back, open a hit, return, choose three, compare them, download the survey table of them."""
    page = make_page(scripts=scripts)
    page.goto("/")
    page.get_by_label("さがす言葉").fill("広域")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("「広域」の検索結果")
    everything = page.url
    page.get_by_role("checkbox", name="近畿地方").check()
    if not scripts:
        page.get_by_role("button", name="絞り込む").click()
    page.wait_for_url("**region=*")
    page.go_back()
    page.wait_for_url(everything)
    page.locator(".hits h3 a").first.click()
    page.get_by_role("link", name="検索結果に戻る").click()
    for place in range(3):
        page.locator(".hits > li").nth(place).get_by_role("checkbox").check()
    titles = page.locator(".hits h3 a").all_inner_texts()[:3]
    compare = "比べる"
    bar = page.get_by_role("form", name="選んだ事例")
    (bar.get_by_role("link", name=compare) if scripts else bar.get_by_role("button", name=compare)).click()
    page.wait_for_url("**/compare?ids=*")
    assert page.get_by_role("columnheader").all_inner_texts() == titles
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").first.click()
    path = tmp_path / "table.xlsx"
    download.value.save_as(path)
    (sheet,) = load_workbook(path).worksheets
    assert sheet["A1"].value == "先行事例調査表"
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert cells.issuperset(titles)
