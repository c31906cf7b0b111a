"""What is taken away, as it is sent: files, feed and the pages of chosen entries, over a real index."""

import csv
import io
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from openpyxl import load_workbook

from search_app import listings, wording

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read_page(client: FlaskClient, path: str, *, status: int = 200) -> BeautifulSoup:
    """Get a page and read its HTML."""
    response = client.get(path)
    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    return BeautifulSoup(response.text, "html.parser")


def pick(page: BeautifulSoup, selector: str) -> Tag:
    """Give the one element that must be there."""
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def read_titles(client: FlaskClient, path: str) -> list[str]:
    """Get a CSV file and give its titles in order."""
    rows = csv.DictReader(io.StringIO(client.get(path).data.decode("utf-8-sig"), newline=""))
    return [row["事業名"] for row in rows]


def find_ids(client: FlaskClient, path: str) -> list[str]:
    """Give the ids of the hits of a search page, in order."""
    return [str(box["value"]) for box in read_page(client, path).select("input[name=ids]")]


def test_a_file_has_all_hits_in_the_order_of_the_page(client: FlaskClient) -> None:
    """Whatever page and size the address says, the file has every hit, as the pages one after the other."""
    total = client.get("/api/search").get_json()["total"]
    shown = [hit["title"] for hit in client.get("/api/search?sort=oldest&per_page=100").get_json()["hits"]]
    assert len(shown) == total > 5
    assert read_titles(client, "/export.csv?sort=oldest&per_page=5&page=2") == shown


def test_a_file_has_the_hits_of_its_search_only(client: FlaskClient) -> None:
    """Words and filters hold for the file as for the page, also where not every word is found."""
    for query in ("q=図書館&region=兵庫県", "q=病児保育", "q=図書館 どこにもない言葉xyz"):
        shown = [hit["title"] for hit in client.get(f"/api/search?{query}&per_page=100").get_json()["hits"]]
        assert shown
        assert read_titles(client, f"/export.csv?{query}") == shown


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_file_is_named_in_japanese_with_the_day(client: FlaskClient, extension: str, media_type: str) -> None:
    """A file is saved, not shown, under a name of its own; programs that know only ASCII get one too."""
    response = client.get(f"/export.{extension}?q=病児保育")
    assert response.content_type == media_type
    day = f"{datetime.now(timezone(timedelta(hours=9))):%Y%m%d}"
    attachment, plain, name = response.headers["Content-Disposition"].split("; ")
    assert (attachment, plain) == ("attachment", f"filename=zenrei_{day}.{extension}")
    assert unquote(name) == f"filename*=UTF-8''先行事例調査表_{day}.{extension}"


def test_the_addresses_in_a_file_are_whole_and_lead_back(client: FlaskClient) -> None:
    """Search and entries are named with the host, below the prefix of a proxy, and open what the file holds."""
    payload = client.get("/export.json?q=病児保育&page=2", base_url="https://example.org/zenrei").get_json()
    assert payload["url"] == f"https://example.org/zenrei/?q={quote('病児保育')}"
    url = payload["entries"][0]["url"]
    assert url.startswith("https://example.org/zenrei/entries/")
    assert client.get(url.removeprefix("https://example.org/zenrei")).status_code == 200


def test_a_search_without_a_hit_is_a_file_too(client: FlaskClient) -> None:
    """Nothing found: a workbook with head and header that opens."""
    response = client.get("/export.xlsx?q=zzzzqqqq")
    (sheet,) = load_workbook(io.BytesIO(response.data)).worksheets
    assert sheet.cell(sheet.max_row, 1).value == "番号"


def test_more_than_a_file_takes_is_said_on_page_and_in_file(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a search has more hits than a file takes, both say how many are in it; else the page says nothing."""
    assert not read_page(client, "/?q=").select(".files .hint")
    monkeypatch.setattr(listings, "LIMIT", 3)
    monkeypatch.setattr("search_app.pages.LIMIT", 3)
    total = client.get("/api/search").get_json()["total"]
    assert f"{total}件のうち、並び順の先頭から3件" in pick(read_page(client, "/?q="), ".files .hint").get_text()
    rows = list(csv.reader(io.StringIO(client.get("/export.csv").data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 5
    assert f"{total}件のうち先頭の3件" in rows[-1][0]


def test_chosen_entries_are_a_file_in_the_order_given(client: FlaskClient) -> None:
    """`ids` instead of a search: these entries, in this order."""
    first, second, third = find_ids(client, "/?q=")[:3]
    payload = client.get(f"/export.json?ids={third},{first}&ids={second}").get_json()
    assert [entry["id"] for entry in payload["entries"]] == [third, first, second]
    assert payload["url"].endswith(f"/selection?ids={third},{first},{second}")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("page=x", "page"),
        ("year=abc", "year"),
        ("ids=", "ids"),
        ("ids=none", "ids"),
        ("ids=a&q=x", "q"),
        ("ids=a&region=x", "region"),
        ("ids=" + ",".join(map(str, range(101))), "ids"),
    ],
)
def test_a_bad_request_for_a_file_is_named(client: FlaskClient, query: str, name: str) -> None:
    """400 in Japanese that names the parameter: as JSON where JSON was asked for, on a page else."""
    response = client.get(f"/export.json?{query}")
    assert response.status_code == 400
    assert response.get_json()["error"]["parameter"] == name
    assert pick(read_page(client, f"/export.xlsx?{query}", status=400), ".error code").get_text() == name


def test_a_file_of_another_kind_is_not_found(client: FlaskClient) -> None:
    """Only the kinds of the table are served."""
    read_page(client, "/export.pdf", status=404)


def test_the_feed_gives_the_newest_entries_first(client: FlaskClient) -> None:
    """The feed of a search has its hits by 年度, whatever order the page had, each with an id of its own."""
    response = client.get("/feed.atom?q=図書館&sort=oldest")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.data)  # noqa: S314  # written here
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    newest = client.get("/api/search?q=図書館&sort=newest").get_json()["hits"]
    assert titles == [hit["title"] for hit in newest]
    assert len(titles) > 1
    updated = datetime.fromisoformat(feed.findtext("a:updated", "", ATOM))
    assert updated.tzinfo is not None
    (self_link,) = [str(link.get("href")) for link in feed.findall("a:link", ATOM) if link.get("rel") == "self"]
    assert client.get(self_link).data == response.data


def test_a_feed_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    """A feed reader that asks with what it has is told that nothing is new."""
    tag = client.get("/feed.atom?q=図書館").headers["ETag"]
    response = client.get("/feed.atom?q=図書館", headers={"If-None-Match": tag})
    assert (response.status_code, response.data) == (304, b"")


def test_there_is_no_feed_of_chosen_entries(client: FlaskClient) -> None:
    """What is chosen does not get new: 400 that says what the feed is for."""
    assert "検索の条件" in pick(read_page(client, "/feed.atom?ids=a", status=400), ".error").get_text()


def test_the_search_page_offers_its_result_as_files(client: FlaskClient) -> None:
    """The links carry words and filters, not the page; every one opens. The feed is announced in the head."""
    page = read_page(client, "/?q=病児保育&region=広島県&per_page=5&page=1")
    links = {link.get_text(): str(link["href"]) for link in page.select(".files a")}
    assert list(links) == ["Excel（先行事例調査表）", "CSV", "JSON", "新着（Atom）"]
    for url in links.values():
        assert f"q={quote('病児保育')}&region={quote('広島県')}" in url
        assert client.get(url).status_code == 200
    assert pick(page, "link[type='application/atom+xml']")["href"] == links["新着（Atom）"]


def test_a_page_without_hits_offers_no_files(client: FlaskClient) -> None:
    """There is nothing to save."""
    page = read_page(client, "/?q=zzzzqqqq")
    assert not page.select(".files")
    assert not page.select("form#selection")


def test_each_hit_can_be_chosen_without_scripts(client: FlaskClient) -> None:
    """The boxes belong to a form with method get whose two buttons list and compare; labels name the hit."""
    page = read_page(client, "/?q=")
    form = pick(page, "form#selection")
    assert (form["method"], form["action"]) == ("get", "/selection")
    assert [(button.get_text(), button.get("formaction")) for button in form.select("button")] == [
        ("一覧にする", None),
        ("比べる", "/compare"),
    ]
    hits = page.select(".hits > li")
    for hit in hits:
        box = pick(hit, "input[name=ids]")  # type: ignore[arg-type]
        assert box["form"] == "selection"
        assert pick(hit, "label.choose").get_text() == f"選ぶ: {pick(hit, 'h3 a').get_text()}"  # type: ignore[arg-type]
    assert len(hits) > 5


def test_the_list_of_chosen_entries_can_be_kept_and_sent(client: FlaskClient) -> None:
    """The list shows the entries in order; its permalink is whole and shows the same; the files are of these."""
    first, second = find_ids(client, "/?q=")[:2]
    page = read_page(client, f"/selection?ids={second}&ids={first}")
    permalink = str(pick(page, "#permalink")["value"])
    assert permalink == f"http://localhost/selection?ids={second},{first}"
    again = read_page(client, permalink)
    titles = [link.get_text() for link in page.select(".hits h3 a")]
    assert [link.get_text() for link in again.select(".hits h3 a")] == titles
    links = {link.get_text(): str(link["href"]) for link in page.select(".ways a")}
    assert list(links) == ["比べる", "Excel（先行事例調査表）", "CSV", "JSON"]
    assert read_titles(client, links["CSV"]) == titles


def test_unknown_ids_are_named_on_the_page(client: FlaskClient) -> None:
    """An id that the index does not have is shown beside the entries that are there, as text."""
    first = find_ids(client, "/?q=")[0]
    page = read_page(client, f"/selection?ids={first},<b>x</b>")
    assert pick(page, ".notice code").get_text() == "<b>x</b>"
    assert len(page.select(".hits > li")) == 1
    assert not read_page(client, f"/selection?ids={first}").select(".notice")


@pytest.mark.parametrize("path", ["/selection?ids=none", "/compare?ids=none,other"])
def test_a_selection_of_nothing_that_is_there_is_not_found(client: FlaskClient, path: str) -> None:
    """None of the ids known: 404, the ids, and a way on."""
    page = read_page(client, path, status=404)
    assert "none" in pick(page, ".notice").get_text()
    assert pick(page, ".back a")["href"] == "/"


@pytest.mark.parametrize("path", ["/selection", "/selection?ids=", "/compare?ids=a", "/compare?ids=a,b,c,d,e,f,g"])
def test_a_selection_that_cannot_be_is_refused(client: FlaskClient, path: str) -> None:
    """No entry, one to compare, seven to compare: 400 that names the parameter."""
    assert pick(read_page(client, path, status=400), ".error code").get_text() == "ids"


def test_entries_are_compared_field_by_field(client: FlaskClient) -> None:
    """A row for each field with its name as row header, a column for each entry with its title as column header."""
    first, second = find_ids(client, "/?q=図書館&kind=initiative")[:2]
    page = read_page(client, f"/compare?ids={second},{first}")
    expected = [client.get(f"/api/entries/{entry_id}").get_json() for entry_id in (second, first)]
    assert [cell.get_text() for cell in page.select("th[scope=col]")] == [entry["title"] for entry in expected]
    rows = {pick(row, "th[scope=row]").get_text(): [cell.get_text() for cell in row.select("td")] for row in page.select("tbody tr")}  # type: ignore[arg-type]  # fmt: skip
    assert rows["都道府県"] == ["、".join(entry["prefectures"]) for entry in expected]
    assert rows["分野"] == [entry["category_label"] for entry in expected]
    assert [label for label in ("市町村", "年度", "開始年", "概要", "資料名・頁") if label not in rows] == []
    assert all(len(cells) == 2 for cells in rows.values())
    links = [link.get_text() for link in page.select(".ways a")]
    assert links == ["一覧に戻る", "Excel（先行事例調査表）", "CSV", "JSON"]


def test_seven_entries_are_a_list_without_a_comparison(client: FlaskClient) -> None:
    """The list offers the comparison only of what fits side by side."""
    ids = ",".join(find_ids(client, "/?q=")[:7])
    assert "比べる" not in [link.get_text() for link in read_page(client, f"/selection?ids={ids}").select(".ways a")]


@pytest.mark.parametrize("path", ["/?q=図書館&region=兵庫県", "/selection?ids={id}", "/compare?ids={id},{other}"])
def test_a_print_says_what_where_and_when(client: FlaskClient, path: str) -> None:
    """A block for the print has the address as it reads, what was asked and the day."""
    first, second = find_ids(client, "/?q=")[:2]
    path = path.format(id=first, other=second)
    printed = pick(read_page(client, path), ".print-only").get_text()
    assert f"URL: http://localhost{path}" in printed
    now = datetime.now(timezone(timedelta(hours=9)))
    assert f"表示した日: {now.year}年{now.month}月{now.day}日" in printed
    assert ("「図書館」を含む取組" if "図書館" in path else "選んだ事例") in printed


@pytest.mark.parametrize("path", ["/", "/?q=図書館", "/entries/{id}", "/overview", "/places/34", "/help"])
def test_a_page_that_is_shown_again_tomorrow_is_printed_with_tomorrows_date(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the browser kept of a page is good for its day: behind that the page is sent anew."""
    path = path.format(id=find_ids(client, "/?q=")[0])
    monkeypatch.setattr(wording, "today", lambda: "2026年1月1日")
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    monkeypatch.setattr(wording, "today", lambda: "2026年1月2日")
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "表示した日: 2026年1月2日" in again.text


def test_what_programs_ask_for_tells_no_day_and_is_good_for_longer(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that does not say when it was shown is the same tomorrow."""
    monkeypatch.setattr(wording, "today", lambda: "2026年1月1日")
    tag = client.get("/api/search?q=図書館").headers["ETag"]
    monkeypatch.setattr(wording, "today", lambda: "2026年1月2日")
    assert client.get("/api/search?q=図書館", headers={"If-None-Match": tag}).status_code == 304
