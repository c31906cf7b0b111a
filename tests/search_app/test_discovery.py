"""Discovery: what browsers and search engines are told."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from indexer.records import Entry
from indexer.store import open_index, write_generation
from search_app import sitemaps
from search_app.links import Links

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


RESULTS = ("/?q=図書館", "/?page=x", "/api/search", "/export.csv?q=図書館", "/feed.atom")


def read_xml(client: FlaskClient, path: str) -> ElementTree.Element:
    """Get a document and read its XML."""
    response = client.get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.text)  # noqa: S314  # written by this service


def first_entry(client: FlaskClient) -> str:
    """Give the path of an entry."""
    return str(client.get("/api/search?q=病児保育").get_json()["hits"][0]["url"])


def test_the_sitemap_lists_every_page_once_and_each_answers(client: FlaskClient) -> None:
    """Its parts hold all entries, areas and places with whole addresses, which are pages that may be listed."""
    parts = [found.text or "" for found in read_xml(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]
    addresses = [found.text or "" for part in parts for found in read_xml(client, part).iter(f"{SITEMAP}loc")]
    assert len(addresses) == len(set(addresses))
    assert sum("/entries/" in address for address in addresses) == client.get("/healthz").get_json()["entries"]
    assert sum("/places/" in address for address in addresses) == 1741 + 47
    assert {urlsplit(address).netloc for address in addresses} == {"localhost"}
    answers = [client.get(address) for address in addresses[::40]]
    assert {(answer.status_code, answer.headers.get("X-Robots-Tag")) for answer in answers} == {(200, None)}
    assert client.get("/sitemaps/3.xml").status_code == client.get("/sitemaps/0.xml").status_code == 404


def test_a_part_of_the_sitemap_keeps_the_limit(
    make_entry: Callable[..., Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many entries are parted, none lost, none twice."""
    write_generation(tmp_path, [make_entry(n, "題", "") for n in range(7)], sources=[], report={})
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 3)
    with closing(open_index(tmp_path)) as reader:
        assert sitemaps.count_parts(reader) == 4
        parts = [sitemaps.list_addresses(part, reader, Links()) for part in (2, 3, 4)]
    assert [len(part) for part in parts] == [3, 3, 1]
    assert len({address for part in parts for address in part}) == 7


def test_robots_may_read_entries_and_not_results(client: FlaskClient) -> None:
    """Entries and places are free; a search and the API are not; the sitemap is named by its whole address."""
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /*?" in lines  # RFC 9309; Python's parser knows no patterns
    robots = RobotFileParser()
    robots.parse(lines)
    assert robots.site_maps() == ["http://localhost/sitemap.xml"]
    free = ("/", first_entry(client), "/areas/342076", "/overview", "/static/style.css")
    assert all(robots.can_fetch("*", path) for path in free)
    assert not any(
        robots.can_fetch("*", path) for path in ("/api/search", "/healthz", "/export.csv", "/feed.atom", "/selection")
    )


@pytest.mark.parametrize("path", [*RESULTS, "/healthz", "/entries/none", "/places/x"])
def test_results_and_errors_are_not_to_be_listed(client: FlaskClient, path: str) -> None:
    """Every answer but a page of its own carries the word to search engines."""
    assert client.get(path).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["/", "/overview", "/areas/342076", "/places/34"])
def test_what_did_not_change_stays_listed(client: FlaskClient, path: str) -> None:
    """A 304 takes nothing back: its headers are those of the page that was sent before."""
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers.get("X-Robots-Tag")) == (304, None)


def test_the_address_bar_can_search(client: FlaskClient) -> None:
    """Pages name the description; its template leads to the results, below the prefix of the service."""
    head = BeautifulSoup(client.get("/").text, "html.parser").select_one("link[rel=search]")
    assert head is not None
    description = read_xml(client, str(head["href"]))
    assert (description.findtext(f"{OPENSEARCH}ShortName") or "") == "先行事例さがし"
    template = description.find(f"{OPENSEARCH}Url[@type='text/html']")
    assert template is not None
    assert client.get(template.attrib["template"].replace("{searchTerms}", "図書館")).text.count("の検索結果") >= 1
    below = client.get("/opensearch.xml", base_url="https://example.org/zenrei").text
    assert 'template="https://example.org/zenrei/?q={searchTerms}"' in below


def test_an_entry_describes_itself_in_linked_data(client: FlaskClient) -> None:
    """JSON-LD that a program can read: what, where, in which document; nothing in it can end the script."""
    path = first_entry(client)
    page = BeautifulSoup(client.get(path).text, "html.parser")
    script = page.select_one("script[type='application/ld+json']")
    assert script is not None
    data = json.loads(script.get_text())
    assert (data["@context"], data["name"], data["url"]) == (
        "https://schema.org",
        "病児保育の広域利用",
        f"http://localhost{path}",
    )
    assert {"@type": "Place", "name": "備後圏域"} in data["spatialCoverage"]
    assert data["about"]["termCode"] == "ウ-A-c"
    assert data["isPartOf"]["name"] == "広域連携の取組集（令和7年度）"
    assert data["isPartOf"]["temporalCoverage"] == "2025-04-01/2026-03-31"
    assert "</" not in script.get_text()
