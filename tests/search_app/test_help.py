"""Help: what is offered where words or filters find nothing."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine.base import EngineResult, Everything
from indexer.store import Reader
from search_app.help import MAX_SEARCHES, NEAREST, Help, find_help
from search_app.meaning import understand
from search_app.params import MULTI_NAMES, MultiName, SearchParams
from search_app.query import parse_query
from search_app.search import ResultPage, run_search


def search(q: str, reader: Reader, **filters: tuple[str, ...]) -> ResultPage:
    """Search as the page does."""
    return run_search(SearchParams(q=q, **filters), reader, helped=True)  # type: ignore[arg-type]


def test_a_word_that_nothing_has_is_named_beside_the_hits_of_the_others(reader: Reader) -> None:
    """The others find what they find; only the word without a hit is in doubt."""
    page = search("図書館 宇宙", reader)
    assert page.total > 0
    assert [(doubt.word, doubt.lost) for doubt in page.help.doubts] == [("宇宙", True)]
    assert page.help.ways == ()


def test_a_mistyped_word_is_corrected_at_its_place(reader: Reader) -> None:
    """What may have been meant exists in the index, with its count; the rest of the query stays."""
    page = search("図書缶 観光", reader, region=("岡山県",))
    (doubt,) = page.help.doubts
    assert (doubt.word, doubt.lost) == ("図書缶", False)
    correction, params = doubt.corrections[0]
    assert (correction.text, params.q, params.region) == ("図書館", "図書館 観光", ("岡山県",))
    assert correction.entries == search('"図書館"', reader).total


@pytest.mark.parametrize(
    "q", ["図書館", "病児保育 観光", "救急車の受け入れ先が決まらない", "としょかん", "2016年 広島県", ""]
)
def test_no_help_is_given_where_none_is_needed(q: str, reader: Reader) -> None:
    """Words that have hits, in whatever way, are in no doubt."""
    assert search(q, reader).help == Help()


def test_filters_that_leave_nothing_are_named_with_what_is_there_without_them(reader: Reader) -> None:
    """Without all filters, without each one: every way has the count that its link gives; the nearest hits are shown."""
    page = search("病児保育", reader, region=("兵庫県",), year=("2001",))
    assert page.total == 0
    ways = {(way.change, way.about): way for way in page.help.ways}
    assert ("without_filters", "") in ways
    assert ("without_filter", "year") in ways
    assert ("without_filter", "region") not in ways  # no entry is of 2001
    assert all(run_search(way.params, reader).total == way.total > 0 for way in page.help.ways)
    without = run_search(SearchParams(q="病児保育"), reader)
    assert [entry.id for entry in page.help.nearest] == [hit.entry.id for hit in without.hits[:NEAREST]]


@pytest.mark.parametrize(
    ("q", "filters", "change", "about", "rest"),
    [
        ('"図書館の観光"', {}, "unquoted", "図書館の観光", "図書館の観光"),
        ('"図書館" -図書', {}, "without_excluded", "図書", '"図書館"'),
        ("~ としょかん", {}, "widened", "", "としょかん"),
        ("消防 指令 センター 病児", {"start": ("2016",)}, "without_word", "消防", "指令 センター 病児"),
        ("消防 指令 センター 病児", {"start": ("2016",)}, "without_filters", "", "消防 指令 センター 病児"),
    ],
)
def test_a_way_changes_one_thing(
    q: str, filters: dict[str, tuple[str, ...]], change: str, about: str, rest: str, reader: Reader
) -> None:
    """Each way says what it changes, and its link changes that alone."""
    page = search(q, reader, **filters)
    assert page.total == 0
    (way,) = [way for way in page.help.ways if (way.change, way.about) == (change, about)]
    assert way.params.q == rest
    assert way.total == run_search(way.params, reader).total
    assert page.help.nearest


def test_searches_for_help_are_bounded(reader: Reader) -> None:
    """However many words and filters there are, no more than so many searches are run."""
    params = SearchParams(
        q=" ".join(f'"語{number}" -除{number}' for number in range(19)),
        region=("a",),
        kind=("profile",),
        year=("2001",),
    )
    asked: list[SearchParams] = []

    def search(other: SearchParams) -> EngineResult:
        asked.append(other)
        return reader.search(Everything(), filters={"kind": ["none"]}, order="newest", offset=0, limit=1)

    find_help(understand(parse_query(params.q), reader), params, reader, missing=(), found=0, search=search)
    assert len(asked) == MAX_SEARCHES
    assert asked[0].q == params.q
    assert not any(asked[0].values(name) for name in MULTI_NAMES)


@given(
    words=st.lists(
        st.sampled_from(["図書館", "観光", "2016年", "広島県", "病児保育", "-学校", '"相互利用"']), max_size=4
    ),
    name=st.sampled_from(MULTI_NAMES),
    data=st.data(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_filter_never_adds_a_hit(words: list[str], name: MultiName, data: st.DataObject, reader: Reader) -> None:
    """What is found under a filter is found without it; so are the entries that have every word."""
    values = {
        "municipality": ("342076",),
        "region": ("広島県", "備後圏域"),
        "kind": ("initiative",),
        "category": ("B",),
    }
    chosen = data.draw(st.sampled_from(values.get(name, ("2016", "2025"))))
    params = SearchParams(q=" ".join(words), per_page=100)
    wide, narrow = (run_search(each, reader, helped=True) for each in (params, params.with_value(name, chosen)))
    assert {hit.entry.id for hit in narrow.hits} <= {hit.entry.id for hit in wide.hits}
    if narrow.complete is not None and wide.complete is not None:
        assert narrow.complete <= wide.complete


def test_entries_that_have_every_word_are_counted(reader: Reader) -> None:
    """Those with some of the words are counted apart; for one word nothing is."""
    page = search("図書館 播磨圏域", reader)
    assert page.complete is not None
    both = [hit for hit in page.hits if hit.explanation and not hit.explanation.missing]
    assert 0 < page.complete < page.total == len(page.hits)
    assert page.complete == len([hit for hit in both if "図書" in hit.entry.title + hit.entry.body])
    assert search("図書館", reader).complete is None


def read(client: FlaskClient, path: str) -> BeautifulSoup:
    """Get a page."""
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def test_no_page_without_a_hit_is_a_dead_end(client: FlaskClient) -> None:
    """Every way on that a page without a hit offers leads to hits."""
    for path in ("/?q=病児保育&region=兵庫県&year=2001", '/?q="図書館の観光"', "/?q=~ としょかん"):
        page = read(client, path)
        links = page.select(".empty a[href^='/?']")
        assert links
        for link in links:
            assert read(client, str(link["href"])).select(".hits > li"), link
        assert page.select(".empty a[href^='/entries/']")


def test_the_page_offers_what_was_made_of_the_words(client: FlaskClient) -> None:
    """Chips, questions and corrections are plain links; a hit says why it is there, opened where that was asked for."""
    page = read(client, "/?q=ゴミ焼却場 府中市 2016年 図書缶")
    texts = {link.get_text(strip=True): str(link["href"]) for link in page.select(".understood a, .doubt a")}
    assert f"/?q={quote('ゴミ焼却場~')}+" in texts["「ゴミ焼却場」:この言い換えを使わない"]
    assert texts["「2016年」を開始年で絞り込む"].endswith("start=2016")
    assert quote("広島県府中市") in texts["府中市（広島県）"]
    assert any(text.startswith("図書館（") for text in texts)
    assert not page.select("details.why[open]")
    opened = read(client, "/?q=病児保育 2016年&explain=1")
    assert "「病児保育」が題名・本文に" in opened.select("details.why[open] li")[0].get_text()


@given(q=st.text(max_size=1000))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_renders(q: str, client: FlaskClient) -> None:
    """Any text of up to 1,000 characters is answered with a page, and as JSON with reasons."""
    asked = quote(q.encode("utf-8", "replace"))
    assert client.get(f"/?q={asked}").status_code == 200
    assert client.get(f"/api/search?explain=1&q={asked}").status_code == 200
