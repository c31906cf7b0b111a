"""Views: the pages as they are sent, over a real index."""

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_app import create_app, place_names, synonyms, year_bars
from search_app.params import MAX_QUERY, MAX_TYPED
from search_app.selection import MAX_COMPARED, MAX_SELECTED, MIN_COMPARED

STATIC = Path(year_bars.__file__).parent / "static"
PAGES = (
    *("/", "/help", "/accessibility", "/?q=", "/?q=図書館", "/?q=どこにもない言葉xyz", "/?page=x", "/entries/none"),
    *("/overview", "/areas/342076", "/areas/012025", "/places/34", "/places/342076", "/places/344621"),
)


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


def test_the_empty_search_shows_every_entry_newest_first(client: FlaskClient) -> None:
    """A search without words browses: all entries are counted and the newest 年度 comes first."""
    page = read_page(client, "/?q=")
    health = client.get("/healthz").get_json()
    assert pick(page, "[role=status]").get_text() == f"{health['entries']}件"
    assert "2025年度" in pick(page, ".hits > li .place").get_text()


def test_a_hit_says_what_where_when_and_from_which_source(client: FlaskClient) -> None:
    """Each hit has a title that leads to its entry, its place and time, marked words and its source with lines."""
    hit = pick(read_page(client, "/?q=病児保育"), ".hits > li")
    assert pick(hit, "h3 a").get_text() == "病児保育の広域利用"
    assert "備後圏域" in pick(hit, ".place").get_text()
    assert hit.select(".snippet mark")
    assert "広域連携の取組集（令和7年度）" in pick(hit, ".source").get_text()
    assert "行 " in pick(hit, ".source").get_text()


def test_a_choice_narrows_the_result_and_can_be_removed(client: FlaskClient) -> None:
    """A chosen value is ticked, shown as a tag, and its tag leads back to the result without it."""
    page = read_page(client, "/?q=図書館&region=兵庫県")
    assert [hit.get_text() for hit in page.select(".hits h3 a")] == ["図書館の相互利用"]
    assert pick(page, "input[name=region][value=兵庫県]").has_attr("checked")
    tag = pick(page, "a.tag")
    assert "兵庫県" in tag.get_text()
    assert len(read_page(client, str(tag["href"])).select(".hits > li")) > 1


def test_a_municipality_stays_chosen_and_can_be_removed(client: FlaskClient) -> None:
    """A municipality has no check box: the form carries it along, and its tag names it with its prefecture."""
    page = read_page(client, "/?municipality=342076")
    assert pick(page, "form#search input[type=hidden][name=municipality]")["value"] == "342076"
    assert "広島県福山市" in pick(page, "a.tag").get_text()
    assert pick(page, "a.tag")["href"] == "/?q="


def test_the_whole_search_is_one_form_that_works_without_scripts(client: FlaskClient) -> None:
    """Box and facets belong to one form with method get and buttons of their own."""
    page = read_page(client, "/?q=図書館&sort=oldest")
    form = pick(page, "form#search")
    assert form["method"] == "get"
    assert pick(page, "input[type=search]")["form"] == "search"
    assert pick(form, "input[type=hidden][name=sort]")["value"] == "oldest"
    assert "絞り込む" in pick(form, "button").get_text()


def test_pages_follow_each_other_without_losing_the_search(client: FlaskClient) -> None:
    """The next page keeps words and size and shows other hits."""
    first = read_page(client, "/?per_page=5")
    second = read_page(client, str(pick(first, ".pages a[rel=next]")["href"]))
    assert pick(second, ".pages [aria-current=page]").get_text(strip=True).endswith("2")
    titles = [[hit["href"] for hit in page.select(".hits h3 a")] for page in (first, second)]
    assert len(titles[1]) == 5
    assert not set(titles[0]) & set(titles[1])


def test_a_search_without_a_hit_helps_on(client: FlaskClient) -> None:
    """Nothing found: the page says so and offers ways on, the removal of filters first."""
    page = read_page(client, "/?q=zzzzqqqq&region=兵庫県")
    assert pick(page, "[role=status]").get_text() == "0件"
    assert "絞り込みをすべて外して" in pick(page, ".empty li").get_text()


def test_a_page_behind_the_last_leads_to_the_last(client: FlaskClient) -> None:
    """An old link to a page that is no more is answered with a way to one that is."""
    page = read_page(client, "/?page=900")
    assert read_page(client, str(pick(page, ".empty a")["href"])).select(".hits > li")


def test_the_entry_page_shows_text_facts_source_and_neighbours(client: FlaskClient) -> None:
    """An entry is shown whole, with the words searched for marked and a way back to the search."""
    path = str(pick(read_page(client, "/?q=病児保育&year=2025"), ".hits h3 a")["href"])
    page = read_page(client, path)
    assert pick(page, "h1 mark").get_text() == "病児保育"
    text = pick(page, ".entry-text").get_text()
    assert "同じ料金で使える" in text
    assert "平成28年4月に開始" in text
    facts = {pick(fact, "dt").get_text(): pick(fact, "dd").get_text() for fact in page.select(".facts > div")}
    assert facts["圏域"] == "備後圏域"
    assert facts["開始年"].startswith("2016年")
    assert facts["ファイル"] == "areas-2025.txt"
    assert facts["行"]
    assert [link.get_text() for link in page.select(".neighbours a")] == [
        "大学と連携した人材の定着",
        "図書館の相互利用",
    ]
    assert pick(page, ".back a")["href"] == f"/?q={quote('病児保育')}&year=2025"


def test_an_entry_is_shown_whatever_its_address_carries(client: FlaskClient) -> None:
    """A damaged search behind the address of an entry costs the way back, not the entry."""
    path = str(pick(read_page(client, "/?q="), ".hits h3 a")["href"])
    page = read_page(client, f"{path}?page=x")
    assert pick(page, ".back a")["href"] == "/?q="


def test_a_bad_value_is_answered_with_a_page_that_names_it(client: FlaskClient) -> None:
    """A number that is none: 400, in Japanese, with the name of the parameter and a box to go on with."""
    page = read_page(client, "/?page=abc", status=400)
    assert "「page」" in pick(page, "main .error p").get_text()
    assert page.select("input[type=search]")


def test_additions_of_mail_programs_do_not_break_a_link(client: FlaskClient) -> None:
    """A page takes no offence at a parameter that it does not know."""
    assert read_page(client, "/?q=図書館&utm_source=mail").select(".hits > li")


@pytest.mark.parametrize("path", ["/entries/none", "/nothing", "/entries/", "/static/none.css"])
def test_an_address_without_a_page_is_answered_in_japanese(client: FlaskClient, path: str) -> None:
    """404 says what to do and how to search on."""
    assert pick(read_page(client, path, status=404), "h1").get_text() == "ページが見つかりません"


def test_a_method_that_no_page_takes_is_refused_in_japanese(client: FlaskClient) -> None:
    """The pages are for reading only."""
    response = client.post("/")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}
    assert 'lang="ja"' in response.text


def test_a_fault_inside_shows_nothing_of_the_inside(index: Path) -> None:
    """500: a Japanese page, no traceback, no words of the error."""
    app = create_app(index)

    @app.get("/fault")
    def fault() -> str:
        raise RuntimeError("a word of the inside")

    response = app.test_client().get("/fault")
    assert response.status_code == 500
    assert "表示できませんでした" in response.text
    assert "inside" not in response.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_sent_with_headers_that_keep_it_to_itself(client: FlaskClient, path: str) -> None:
    """Scripts and styles come from the service alone, nothing is sniffed, framed or told to others."""
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_landmarks_one_heading_and_named_controls(client: FlaskClient, path: str) -> None:
    """Language, skip link, landmarks, one h1, headings without gaps, unique ids, a label for every control."""
    page = BeautifulSoup(client.get(path).text, "html.parser")
    assert pick(page, "html")["lang"] == "ja"
    assert pick(page, "body > a")["href"] == "#main"
    assert [len(page.select(name)) for name in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4")]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for control in page.select("input:not([type=hidden])"):
        assert control.find_parent("label") or page.select(f"label[for={control['id']}]")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_carries_inline_scripts_styles_or_anything_from_elsewhere(client: FlaskClient, path: str) -> None:
    """What the content security policy forbids is not there in the first place."""
    page = BeautifulSoup(client.get(path).text, "html.parser")
    assert not page.select("[style], style, script:not([src])")
    assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
    sources = [tag.get("src") or tag.get("href") for tag in page.select("script, link, img")]
    assert all(str(source).startswith("/") for source in sources)


def test_the_words_of_a_query_are_text_and_never_markup(client: FlaskClient) -> None:
    """Markup in a query comes back as the text that was typed."""
    words = '"><script>alert(1)</script>'
    page = read_page(client, f"/?q={quote(words)}&region={quote(words)}")
    assert pick(page, "input[type=search]")["value"] == words
    assert all(script.has_attr("src") for script in page.select("script"))


@pytest.mark.parametrize("path", ["/", "/?q=圏域", "/help"])
def test_a_page_with_all_it_needs_is_below_100_kilobytes(client: FlaskClient, path: str) -> None:
    """A slow line in an assembly hall is enough."""
    response = client.get(path)
    page = BeautifulSoup(response.text, "html.parser")
    parts = {str(tag.get("src") or tag["href"]) for tag in page.select("link[rel=stylesheet], link[rel=icon], script")}
    assert len(response.data) + sum(len(client.get(part).data) for part in parts) < 100_000


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.sampled_from(["q", "region", "category"]))
def test_any_text_in_a_query_string_is_answered(client: FlaskClient, text: str, name: str) -> None:
    """Whatever Unicode stands in the address, the answer is a page."""
    response = client.get(f"/?{name}={quote(text, errors='replace')}")
    assert response.status_code == 200


@pytest.mark.parametrize("value", ["›", "›兵庫県", "近畿地方›"])
def test_the_sign_between_levels_in_an_address_is_a_value_that_nothing_has(client: FlaskClient, value: str) -> None:
    """Facet values are stored as paths; an address that carries one finds nothing, and its tag takes it away."""
    page = read_page(client, f"/?region={quote(value)}")
    assert pick(page, "[role=status]").get_text() == "0件"
    assert pick(page, "a.tag")["href"] == "/?q="


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%ED%A0%80", "q=%00", "region=%00%ff", "q=" + "%20" * 50])
def test_bytes_that_are_no_text_are_answered(client: FlaskClient, query: str) -> None:
    """A query string that is not UTF-8 is a page too."""
    assert client.get(f"/?{query}").status_code == 200


def test_the_tables_that_a_search_needs_are_read_when_the_service_starts(index: Path) -> None:
    """The first search waits for none of them, and threads that search at once do not each read them."""
    tables = (synonyms._thesaurus, place_names.full_names, place_names.short_names, place_names.readings)
    for table in tables:
        table.cache_clear()
    client = create_app(index, testing=True).test_client()
    assert [table.cache_info().misses for table in tables] == [1] * len(tables)
    assert client.get("/?q=としょかん 備後").status_code == 200
    assert [table.cache_info().misses for table in tables] == [1] * len(tables)


def test_scripts_and_boxes_are_told_how_much_the_service_takes(client: FlaskClient) -> None:
    """Limits are said once, in Python: what a page lets through is what its addresses take."""
    page = read_page(client, "/?q=図書館")
    box, bar = pick(page, "#q"), pick(page, "#selection")
    assert (box["maxlength"], box["data-most-typed"]) == (str(MAX_QUERY), str(MAX_TYPED))
    limits = [bar[f"data-{name}"] for name in ("most", "least-compared", "most-compared")]
    assert limits == [str(limit) for limit in (MAX_SELECTED, MIN_COMPARED, MAX_COMPARED)]
    scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    asked = set(re.findall(r"dataset\.(\w+)", scripts))
    assert {"most", "leastCompared", "mostCompared", "mostTyped"} <= asked


def test_bars_of_years_are_as_tall_as_their_picture(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture has the height that the bars are drawn to."""
    monkeypatch.setattr(year_bars, "HEIGHT", 70)
    picture = pick(read_page(client, "/?q="), ".bars svg")
    assert str(picture["viewbox"]).endswith(" 70")
    assert "M0 70v-" in str(picture)


def test_the_page_says_when_related_words_are_looked_for(client: FlaskClient) -> None:
    """What is only related counts where there is little else; the page must not say that it always does."""
    page = client.get("/?q=図書館").get_data(as_text=True)
    assert "事例が少ないとき" in page
    assert "相互利用" in page
