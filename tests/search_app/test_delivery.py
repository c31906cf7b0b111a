"""Delivery: what is kept, what is asked about again, what is compressed."""

import gzip
import mimetypes
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.records import Entry
from indexer.store import write_generation
from search_app import create_app, delivery

PATHS = (
    *("/?q=", "/?q=図書館", "/api/search?q=図書館", "/entries/ID", "/api/entries/ID", "/api/openapi.json"),
    *("/overview", "/areas/342076", "/places/34", "/places/342076", "/feed.atom?q=図書館", "/sitemaps/2.xml"),
)
EVALUATION = (
    *("views.run_search", "views.run_entry", "api.run_search", "api.run_entry", "api.describe_api"),
    *("atlas.build_overview", "atlas.build_area_view", "atlas.build_prefecture_view", "atlas.build_municipality_view"),
    *("export_views.run_export", "discovery.list_addresses"),
)
FILES = ("style.css", "icon.svg", "facets.js", "selection.js", "suggest.js", "results.js", "shortcut.js")


def find_path(client: FlaskClient, path: str) -> str:
    """Give a path with the id of an entry that is there."""
    return path.replace("ID", client.get("/api/search").get_json()["hits"][0]["id"])


def get(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    """Ask for a path with headers (`_` for `-`)."""
    return client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def find_file(client: FlaskClient, name: str) -> str:
    """Give the address of a style, script or picture as the page names it."""
    found = re.search(rf'"([^"]*/{re.escape(name)})"', client.get("/?q=").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_kept_by_one_browser_and_asked_about_each_time(client: FlaskClient, path: str) -> None:
    """Private, to be revalidated, with a weak tag; the plain and the compressed form are told apart by Vary."""
    response = client.get(find_path(client, path))
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["ETag"].startswith('W/"')
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", PATHS)
def test_what_the_browser_has_is_not_evaluated_again(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Back and reload: a 304 without a body, for which neither a search ran nor an entry was read."""
    path = find_path(client, path)
    tag = client.get(path).headers["ETag"]

    def fail(*_arguments: object, **_names: object) -> None:
        raise AssertionError("evaluated")

    for name in EVALUATION:
        monkeypatch.setattr(f"search_app.{name}", fail)
    response = get(client, path, If_None_Match=f'"other", {tag}')
    assert (response.status_code, response.data) == (304, b"")
    assert response.headers["ETag"] == tag
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Vary"] == "Accept-Encoding"
    with pytest.raises(AssertionError, match="evaluated"):
        get(client, path, If_None_Match='"other"')


def test_any_tag_will_do_where_there_is_an_answer(client: FlaskClient) -> None:
    """`If-None-Match: *` asks for nothing that is there; what is not there is a 404 all the same."""
    assert get(client, "/?q=図書館", If_None_Match="*").status_code == 304
    assert get(client, "/entries/none", If_None_Match="*").status_code == 404


def test_what_means_the_same_has_one_tag_and_what_differs_has_another(client: FlaskClient) -> None:
    """Additions, defaults and the order of parameters do not matter; every part of a search does."""

    def tag(path: str, *, base: str = "http://localhost") -> str:
        return client.get(path, base_url=base).headers["ETag"]

    assert tag("/?q=図書館&year=2025") == tag("/?utm_source=mail&year=2025&q=+図書館+&page=1&sort=relevance")
    entry = find_path(client, "/entries/ID")
    different = [
        tag("/"),
        tag("/?q="),
        tag("/?q=図書館"),
        tag("/?q=図書館&page=2"),
        tag("/?q=図書館&sort=newest"),
        tag("/?q=図書館&per_page=5"),
        tag("/?q=図書館&region=兵庫県"),
        tag("/?q=図書館", base="http://localhost/zenrei"),  # its links are other links
        tag("/?q=図書館", base="https://localhost"),
        tag("/api/search?q=図書館"),
        tag(entry),
        tag(f"{entry}?q=図書館"),
        tag(f"/api{entry}"),
    ]
    assert all(one != other for one, other in combinations(different, 2))


def test_a_new_generation_and_new_code_are_seen(
    tmp_path: Path, make_entry: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tag is good for one generation and one version of the code; then the page is sent anew."""
    write_generation(tmp_path, [make_entry(1, "図書館", "本。")], sources=[], report={})
    client = create_app(tmp_path, testing=True).test_client()
    tag = client.get("/?q=図書館").headers["ETag"]
    assert get(client, "/?q=図書館", If_None_Match=tag).status_code == 304
    write_generation(tmp_path, [make_entry(1, "図書館", "別の本。")], sources=[], report={})
    renewed = get(client, "/?q=図書館", If_None_Match=tag)
    assert renewed.status_code == 200
    assert "別の本" in renewed.text
    monkeypatch.setattr(delivery, "code_version", lambda: "another")
    assert get(client, "/?q=図書館", If_None_Match=renewed.headers["ETag"]).status_code == 200


@pytest.mark.parametrize("name", ["data/synonyms.csv", "templates/opensearch.xml", "params.py"])
def test_an_edited_thesaurus_template_or_module_is_another_version(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte more in whatever decides what is answered: no answer of before is good any longer."""
    package = tmp_path / "search_app"
    shutil.copytree(Path(delivery.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(delivery, "__file__", str(package / "delivery.py"))
    versions = []
    for _ in range(2):
        versions.append(delivery.code_version.__wrapped__())
        with (package / name).open("ab") as file:
            file.write(b"\n")
    assert versions[0] != versions[1]


@pytest.mark.parametrize("path", ["/nothing", "/entries/none", "/?page=x", "/api/search?page=x", "/api/entries/none"])
def test_an_error_is_not_kept(client: FlaskClient, path: str) -> None:
    """What is wrong now may be right after the next build."""
    response = client.get(path)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_the_health_check_is_not_kept(client: FlaskClient) -> None:
    """Its answer is about this moment."""
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", FILES)
def test_styles_and_scripts_are_kept_for_ever_at_an_address_of_their_content(client: FlaskClient, name: str) -> None:
    """The address names the version; another version is not answered there."""
    path = find_file(client, name)
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    folder, version, _ = path.strip("/").split("/")
    assert folder == "static"
    assert re.fullmatch("[0-9a-f]{12}", version)
    other = client.get(path.replace(version, "0" * 12))
    assert (other.status_code, other.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(
    ("name", "kind"), [("results.js", "text/javascript"), ("style.css", "text/css"), ("icon.svg", "image/svg+xml")]
)
def test_files_are_what_they_are_whatever_the_computer_calls_them(
    index: Path, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A registry that calls scripts plain text (Windows, after some editor) would have browsers refuse them."""
    mimetypes.guess_type(name)  # reads the computer's own table first
    monkeypatch.setitem(mimetypes.types_map, Path(name).suffix, "text/plain")
    client = create_app(index, testing=True).test_client()
    assert client.get(find_file(client, name)).mimetype == kind


def test_the_version_of_the_files_changes_with_any_of_them(tmp_path: Path) -> None:
    """Content and name both count."""
    versions = set()
    for name, content in [("a.css", "x"), ("a.css", "y"), ("b.css", "y")]:
        folder = tmp_path / f"{name}-{content}"
        folder.mkdir()
        (folder / name).write_text(content)
        versions.add(delivery.static_version(folder))
    assert len(versions) == 3


def test_files_stay_below_the_prefix_of_a_proxy(client: FlaskClient) -> None:
    """Where the service is mounted below a path, styles and scripts are too."""
    page = client.get("/", base_url="http://localhost/zenrei").text
    assert re.search(r'"/zenrei/static/[0-9a-f]{12}/style\.css"', page)


@pytest.mark.parametrize("path", [*PATHS, "/nothing", "style.css", "facets.js"])
def test_what_is_sent_compressed_is_what_is_sent_plain(client: FlaskClient, path: str) -> None:
    """Compressed where gzip is taken, with its true length and fewer bytes; the content is the same."""
    path = find_path(client, path) if path.startswith("/") else find_file(client, path)
    plain = get(client, path, Accept_Encoding="identity")
    small = get(client, path, Accept_Encoding="gzip, deflate, br, zstd")
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data)
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/?q=図書館", "style.css"])
def test_both_forms_of_an_answer_are_known_by_either_tag(client: FlaskClient, path: str) -> None:
    """A browser that kept the compressed form is told that the plain one is unchanged, and the other way round."""
    path = path if path.startswith("/") else find_file(client, path)
    for kept, asked in (("gzip", "identity"), ("identity", "gzip"), ("gzip", "gzip")):
        tag = get(client, path, Accept_Encoding=kept).headers["ETag"]
        assert get(client, path, Accept_Encoding=asked, If_None_Match=tag).status_code == 304


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", True),
        ("GZIP;q=0.5", True),
        ("*", True),
        ("br, *;q=0.1", True),
        ("identity;q=0.5, gzip;q=0.8", True),
        ("identity, gzip;q=0.5", False),
        ("gzip;q=0", False),
        ("*;q=0", False),
        ("br", False),
        ("", False),
    ],
)
def test_gzip_is_sent_to_who_takes_it_at_least_as_gladly(client: FlaskClient, accepted: str, *, expected: bool) -> None:
    """The weights of Accept-Encoding are kept to."""
    response = get(client, "/", Accept_Encoding=accepted)
    assert (response.headers.get("Content-Encoding") == "gzip") is expected


def test_what_is_small_is_sent_as_it_is(client: FlaskClient) -> None:
    """The picture fits into a packet: compressing it would help nobody."""
    response = get(client, find_file(client, "icon.svg"), Accept_Encoding="gzip")
    assert "Content-Encoding" not in response.headers


def test_a_part_of_a_file_is_a_part_of_its_plain_form(client: FlaskClient) -> None:
    """Who asks for a range gets it uncompressed."""
    path = find_file(client, "results.js")
    part = get(client, path, Accept_Encoding="gzip", Range="bytes=10-19")
    assert part.status_code == 206
    assert part.data == client.get(path).data[10:20]


def test_what_is_made_while_it_is_sent_is_left_alone(app: Flask) -> None:
    """An answer that comes piece by piece is neither collected nor compressed."""
    sent = []

    def make() -> Iterator[str]:
        for _ in range(3):
            sent.append("x")
            yield "x" * 5_000

    with app.test_request_context(headers={"Accept-Encoding": "gzip"}):
        response = delivery.deliver(Response(make(), mimetype="text/csv"), request)
        assert sent == []
        assert "Content-Encoding" not in response.headers


def test_a_style_is_sent_without_comments_and_layout() -> None:
    """Rules, strings and the space that parts selectors stay as they are."""
    style = 'a > b, .c :is(d) { /* why */ content: "{ x }  ,";\n  margin: 0 auto; }\n\n@media print { e { top: 0 } }'
    assert delivery.squeeze_style(style) == 'a>b,.c :is(d){content: "{ x }  ,";margin: 0 auto}@media print{e{top: 0}}'


def test_links_of_a_page_lead_to_files_that_are_there(client: FlaskClient) -> None:
    """Every style, script and picture that a page names is answered."""
    named = re.findall(r'(?:src|href)="([^"]*/static/[^"]*)"', client.get("/?q=").text)
    assert {Path(path).name for path in named} == set(FILES)
    assert all(client.get(urljoin("/", path)).status_code == 200 for path in named)
