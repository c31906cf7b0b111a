"""The guides: examples that are searches like any other, and a statement that says what is not known too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from indexer.build import build_index
from indexer.store import Reader, open_index
from search_app.counts import count_hits
from search_app.guide_pages import EXAMPLES, Example

CORPUS = Path(__file__).parents[2] / "corpus"
ALL = [example for examples in EXAMPLES.values() for example in examples]


def read_page(client: FlaskClient, path: str) -> BeautifulSoup:
    """Get a page and read its HTML."""
    return BeautifulSoup(client.get(path).text, "html.parser")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Open an index of the corpus that ships with the project."""
    folder = tmp_path_factory.mktemp("shipped")
    build_index([CORPUS], folder)
    reader = open_index(folder)
    yield reader
    reader.close()


def test_every_example_can_be_tried_and_says_what_it_gives(client: FlaskClient) -> None:
    """Each example is a link, and its count is the one that the result page gives."""
    rows = read_page(client, "/help").select(".examples > li")
    assert len(rows) == len(ALL)
    for row in rows:
        link, count = row.select_one("a"), row.select_one("b")
        assert link is not None
        assert count is not None
        status = read_page(client, str(link["href"])).select_one("[role=status]")
        assert status is not None
        assert status.get_text() == count.get_text()


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.params.to_query())
def test_every_example_finds_something_in_the_shipped_corpus(example: Example, shipped: Reader) -> None:
    """Whoever tries the help page on a fresh installation never meets an empty page."""
    assert count_hits(example.params, shipped) > 0


def test_the_table_of_contents_leads_to_every_section(client: FlaskClient) -> None:
    """Every heading of the help page is listed at its top, in order."""
    page = read_page(client, "/help")
    listed = [(str(link["href"])[1:], link.get_text()) for link in page.select(".guide > nav a")]
    assert listed == [(heading["id"], heading.get_text()) for heading in page.select(".guide h2")]
    assert len(listed) == 9


def test_every_page_leads_to_the_guides(client: FlaskClient) -> None:
    """Help in the navigation, the statement in the footer; the page that is open is marked."""
    for path in ("/", "/?q=図書館", "/help", "/accessibility", "/nothing"):
        page = read_page(client, path)
        assert page.select_one("header nav a[href='/help']")
        assert page.select_one("footer a[href='/accessibility']")
    current = [link.get_text() for link in read_page(client, "/help").select("header [aria-current=page]")]
    assert current == ["検索のしかた"]


def test_the_statement_names_its_standards_its_limits_and_whom_to_ask(client: FlaskClient) -> None:
    """JIS and WCAG with their levels, what was not tested, the contact."""
    text = read_page(client, "/accessibility").get_text()
    for part in ("JIS X 8341-3:2016", "WCAG 2.2", "レベルAA", "まだ行っていません", "情報システム担当"):
        assert part in text
