"""The home page: what is in here and the ways into it; every count is that of its link."""

from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from indexer.records import Entry
from indexer.store import Reader, open_index, write_generation
from search_app import create_app
from search_app.home_pages import TOPICS, build_home_view
from search_app.links import Links


def read_page(client: FlaskClient, path: str) -> BeautifulSoup:
    """Get a page and read its HTML."""
    return BeautifulSoup(client.get(path).text, "html.parser")


def count_of(link: Tag) -> str:
    """Give the count that stands in a link."""
    count = link.select_one("b")
    assert count is not None
    return count.get_text()


def test_every_count_is_that_of_its_link(client: FlaskClient) -> None:
    """Topics, regions, kinds and years: whoever follows the link reads the same count on the result page."""
    links = read_page(client, "/").select(".home a:has(b)")
    assert len(links) > 12
    for link in links:
        status = read_page(client, str(link["href"])).select_one("[role=status]")
        assert status is not None
        assert status.get_text().removesuffix("件") == count_of(link).removesuffix("件"), link


def test_home_asks_and_does_not_answer(client: FlaskClient) -> None:
    """Without a parameter there is a box and no hit; the box sent empty, or the link beside it, shows everything."""
    home = read_page(client, "/")
    assert not home.select(".hits")
    assert home.select_one("form[action='/'] input[name=q]")
    everything = home.select_one(".home-ways a")
    assert everything is not None
    assert everything["href"] == "/?q="
    assert read_page(client, "/?q=").select(".hits > li")
    assert read_page(client, "/?utm_source=mail").select(".hits > li")


def test_a_topic_without_an_entry_is_not_offered(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """An index of one subject offers that one, not others; a region without an entry is named without a link."""
    write_generation(
        tmp_path, [make_entry(1, "図書館の相互利用", "本。", prefectures=("香川県",))], sources=[], report={}
    )
    view = build_home_view(open_index(tmp_path), Links())
    offered = {topic.label: topic.count for topic in view.topics}
    assert offered["図書館"] == "1"
    assert not {"観光", "医療・救急", "DX・ICT"} & set(offered)
    assert {region.label: region.url is not None for region in view.regions} == {
        **{region.label: False for region in view.regions},
        "四国地方": True,
    }
    assert len(view.regions) == 8


def test_a_new_generation_is_counted_anew(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """Counts are kept for one generation, not beyond."""
    write_generation(tmp_path, [make_entry(1, "図書館", "本。")], sources=[], report={})
    client = create_app(tmp_path, testing=True).test_client()
    assert "1件" in count_of(read_page(client, "/").select(".tiles a")[0])
    write_generation(tmp_path, [make_entry(n, "図書館", "本。") for n in (1, 2)], sources=[], report={})
    assert "2件" in count_of(read_page(client, "/").select(".tiles a")[0])


def test_the_newest_documents_come_first_and_lead_to_their_first_entry(reader: Reader) -> None:
    """At most five documents, by 年度; each says how many entries it has and opens the first of them."""
    documents = build_home_view(reader, Links()).documents
    assert 1 < len(documents) <= 5
    firsts = []
    for document in documents:
        first = reader.entry(document.url.rsplit("/", 1)[1])
        assert first is not None
        assert reader.neighbours(first.id)[0] is None
        assert document.facts[-1] == f"{len(reader.entries_of(first.source.file))}件"
        firsts.append(first)
    years = [first.fiscal_year or 0 for first in firsts]
    assert years == sorted(years, reverse=True)
    assert len({first.source.file for first in firsts}) == len(firsts)


def test_documents_come_in_the_order_of_the_corpus(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """The order is that of the sources, not that in which documents were indexed."""
    entries = [make_entry(n, "題", "文。", file=file) for n, file in enumerate(("b.txt", "a.txt", "a.txt"))]
    write_generation(tmp_path, entries, sources=[{"file": "a.txt"}, {"file": "b.txt"}], report={})
    found = [(entry.source.file, count) for entry, count in open_index(tmp_path).documents()]
    assert found == [("a.txt", 2), ("b.txt", 1)]


def test_topics_are_named_once() -> None:
    """No label and no search stands twice."""
    assert len({label for label, _ in TOPICS}) == len({words for _, words in TOPICS}) == len(TOPICS)
