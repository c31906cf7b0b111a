"""Atlas: overview, areas, municipalities and prefectures as they are sent, over a real index."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from indexer import places
from indexer.store import Reader
from search_app.areas import list_areas
from search_app.facts import prefecture_code
from search_app.links import Links
from search_app.params import SearchParams
from search_app.place_pages import build_municipality_view
from search_app.search import run_search


def read_page(client: FlaskClient, path: str, *, status: int = 200) -> BeautifulSoup:
    """Get a page and read its HTML."""
    response = client.get(path)
    assert response.status_code == status, path
    return BeautifulSoup(response.text, "html.parser")


def pick(page: Tag, selector: str) -> Tag:
    """Give the one element that must be there."""
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def count(reader: Reader, url: object) -> int:
    """Count what the search behind a link finds."""
    return run_search(SearchParams.parse(parse_qsl(urlsplit(str(url)).query)), reader).total


def texts(page: Tag, selector: str) -> list[str]:
    """Give the texts of elements."""
    return [found.get_text(" ", strip=True) for found in page.select(selector)]


def test_every_count_of_the_matrix_is_that_of_its_search(client: FlaskClient, reader: Reader) -> None:
    """A number and the list behind it agree, in every cell, sums included."""
    links = read_page(client, "/overview").select(".matrix td a")
    assert len(links) > 20
    assert [(link["href"], int(link.get_text())) for link in links] == [
        (link["href"], count(reader, link["href"])) for link in links
    ]


def test_the_matrix_adds_up(client: FlaskClient) -> None:
    """In every row the pillars and what has no category make the whole; the rows make the first row."""
    page = read_page(client, "/overview")
    rows = [
        [int(cell.get_text()) for cell in row.select("td")]
        for row in page.select(".matrix tr")
        if len(row.select("td")) > 1
    ]
    width = len(page.select(".matrix thead tr:last-child th"))
    assert [len(row) for row in rows] == [width + 2] * len(rows)
    sums = [index for index, label in enumerate(texts(page, ".matrix thead tr:last-child th")) if label == "小計"]
    assert [sum(row[index] for index in sums) + row[-2] for row in rows] == [row[-1] for row in rows]
    assert [sum(column) for column in zip(*rows[1:], strict=True)] == rows[0]


def test_the_matrix_is_a_table_that_is_read_aloud(client: FlaskClient) -> None:
    """Caption, scopes, a link's whole meaning; the box that scrolls can be reached by keyboard and has a name."""
    page = read_page(client, "/overview")
    box = pick(page, ".matrix")
    assert (box["role"], box["tabindex"]) == ("region", "0")
    assert pick(page, f"#{box['aria-labelledby']}").name == "caption"
    assert all(head.get("scope") for head in page.select(".matrix th"))
    total = client.get("/api/search?kind=initiative").get_json()["total"]
    labels = {str(link["aria-label"]) for link in box.select("td a")}
    assert {"備後圏域、福祉・子育て 1件", f"すべての取組、計 {total}件"} <= labels


def test_the_overview_says_what_it_was_made_from(client: FlaskClient, reader: Reader) -> None:
    """Each document stands with its 年度, its entries and how much of it they hold; what was not read is said."""
    page = read_page(client, "/overview")
    assert texts(page, ".documents h3") == [document["title"] for document in reader.report()["documents"]]
    facts = texts(page, ".documents .facts > div")
    assert "年度 2025年度（令和7年度）" in facts
    assert any(fact.startswith("収録の割合 資料の文字の") for fact in facts)
    assert "読めなかった資料はありません。" in page.get_text()


def test_an_area_shows_profile_members_and_initiatives(client: FlaskClient, reader: Reader) -> None:
    """The page holds the profile's text, the members with their other areas, each category with its titles."""
    page = read_page(client, "/areas/342076")
    assert "備後圏域" in pick(page, "h1").get_text()
    assert "福山市を中心に" in pick(page, ".entry-text").get_text()
    members = texts(page, "section[aria-labelledby=members-heading] li")
    assert members[0] == "福山市 （広島県） 中心市"
    assert "高梁川流域連携中枢都市圏" in members[1]
    shown = texts(page, "section[aria-labelledby=initiatives] .titles a")
    assert "病児保育の広域利用" in shown
    counts = page.select("section[aria-labelledby=initiatives] :is(h3, h4) a")
    assert counts
    assert [f"{count(reader, link['href'])}件" for link in counts] == [link.get_text() for link in counts]


def test_the_name_of_an_area_leads_to_its_page(client: FlaskClient) -> None:
    """Who types an area's name or another name of it into the address arrives."""
    assert client.get("/areas/びんご圏域").headers["Location"] == "/areas/342076"
    assert (
        client.get("/areas/備後圏域", base_url="http://localhost/zenrei").headers["Location"] == "/zenrei/areas/342076"
    )


def test_a_region_of_a_document_alone_has_a_page(client: FlaskClient) -> None:
    """前橋・高崎 is in no table: its page shows the municipalities that its entries name, and says so."""
    page = read_page(client, client.get("/areas/前橋・高崎").headers["Location"])
    assert texts(page, "section[aria-labelledby=members-heading] li") == ["前橋市", "高崎市"]
    assert "一覧がないため" in page.get_text()


def test_every_area_has_a_page(client: FlaskClient, reader: Reader) -> None:
    """Areas without an entry too: they say so and lead to the search."""
    known = list_areas(reader)
    assert [area.name for area in known if area.name not in client.get(f"/areas/{area.id}").text] == []
    page = read_page(client, "/areas/012025")
    assert "この圏域の事例は、収録した資料にありません" in page.get_text()


def test_every_municipality_has_a_page(reader: Reader) -> None:
    """All 1,741 of them, whether a document names them or not."""
    views = [build_municipality_view(place.code, reader, Links()) for place in places.municipalities()]
    assert [view.heading for view in views if view] == [place.name for place in places.municipalities()]


def test_a_municipality_without_entries_says_so_and_leads_on(client: FlaskClient) -> None:
    """世羅町 is named nowhere: its area is shown, and the search for its name."""
    page = read_page(client, "/places/344621")
    assert "この市町村の名前がある事例は、収録した資料にありません" in page.get_text()
    assert pick(page, "section[aria-labelledby=areas-heading] li a")["href"] == "/areas/342076"
    assert read_page(client, str(pick(page, "section[aria-labelledby=entries-heading] a")["href"]))


def test_a_municipality_counts_the_entries_that_name_it(client: FlaskClient, reader: Reader) -> None:
    """The count is that of the search it leads to; the role in the area is told."""
    page = read_page(client, "/places/342076")
    link = pick(page, ".count a")
    assert pick(page, ".count strong").get_text() == f"{count(reader, link['href'])}件"
    assert "中心市" in pick(page, "section[aria-labelledby=areas-heading] li").get_text()


def test_a_prefecture_lists_its_municipalities_and_areas(client: FlaskClient, reader: Reader) -> None:
    """Municipalities in the order of their codes with the number of entries that name them; areas with theirs."""
    page = read_page(client, "/places/34")
    listed = texts(page, ".places li")
    assert len(listed) == sum(place.prefecture == "広島県" for place in places.municipalities())
    named = count(reader, "/?municipality=342076")
    assert f"福山市 {named}件" in listed
    assert "府中市" in listed
    counts = page.select("section[aria-labelledby=areas-heading] a.note")
    assert [f"事例{count(reader, link['href'])}件" for link in counts] == [link.get_text() for link in counts] != []
    assert count(reader, pick(page, ".count a")["href"]) == int(pick(page, ".count strong").get_text()[:-1])


@pytest.mark.parametrize("prefecture", places.PREFECTURES)
def test_every_prefecture_has_a_page(client: FlaskClient, prefecture: str) -> None:
    """All 47, those without an area or an entry too."""
    assert pick(read_page(client, f"/places/{prefecture_code(prefecture)}"), "h1").get_text() == prefecture


@pytest.mark.parametrize(("code", "whole"), [("34207", "342076"), ("340006", "34"), ("34000", "34")])
def test_another_spelling_of_a_code_leads_to_the_page(client: FlaskClient, code: str, whole: str) -> None:
    """Five digits of a municipality, five or six of a prefecture."""
    assert client.get(f"/places/{code}").headers["Location"] == f"/places/{whole}"


@pytest.mark.parametrize(
    "path",
    [
        "/places/342077",
        "/places/99",
        "/places/00",
        "/places/x",
        "/places/99999",
        "/areas/999999",
        "/areas/どこか",
        "/places/34２076",
    ],
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, path: str) -> None:
    """An unknown code or id is a 404 in Japanese."""
    assert pick(read_page(client, path, status=404), "h1").get_text() == "ページが見つかりません"


@pytest.mark.parametrize("path", ["/overview", "/areas/342076", "/places/34", "/places/342076"])
def test_pages_lead_to_pages_that_exist(client: FlaskClient, path: str) -> None:
    """No link of a page is dead, and no id stands twice."""
    page = read_page(client, path)
    links = {str(link["href"]) for link in pick(page, "main").select("a[href^='/']")}
    assert [link for link in sorted(links)[:80] if client.get(link).status_code != 200] == []
    ids = [found["id"] for found in page.select("[id]")]
    assert len(ids) == len(set(ids))
