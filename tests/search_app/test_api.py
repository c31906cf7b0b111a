"""API: the JSON contract, over a real index."""

from typing import Any

import pytest
from flask.testing import FlaskClient

HIT_NAMES = {
    "id",
    "title",
    "kind",
    "region",
    "prefectures",
    "municipalities",
    "pillar",
    "category",
    "category_label",
    "fiscal_year",
    "start_year",
    "score",
    "snippet",
    "url",
    "source",
}


def search(client: FlaskClient, query: str = "") -> Any:
    """Ask the API and give its answer."""
    response = client.get(f"/api/search?{query}")
    assert response.status_code == 200
    assert response.content_type == "application/json"
    return response.get_json()


def test_a_search_answers_with_the_names_of_the_contract(client: FlaskClient) -> None:
    """Every name of the contract is there, and no other."""
    answer = search(client, "q=図書館&year=2025")
    assert set(answer) == {
        "query",
        "total",
        "page",
        "pages",
        "per_page",
        "hits",
        "facets",
        "next_url",
        "previous_url",
    }
    assert set(answer["query"]) == {"q", "terms", "interpretation", "expansions", "times", "places", "literal_all"}
    assert set(answer["hits"][0]) == HIT_NAMES
    assert set(answer["hits"][0]["source"]) == {"file", "title", "publisher", "url", "page", "lines", "sha256"}
    assert list(answer["facets"]) == ["region", "category", "year", "start", "kind"]


def test_a_query_says_what_was_made_of_its_words(client: FlaskClient) -> None:
    """Other words, years and places are told by the word they were typed as; ~ alone leaves the other words out."""
    query = search(client, "q=ゴミ焼却場 2016年 府中市")["query"]
    (expansion,) = query["expansions"]
    assert (expansion["word"], expansion["alternatives"][0]) == ("ゴミ焼却場", "ごみ処理施設")
    assert query["times"] == [{"word": "2016年", "first": 2016, "last": 2016, "fiscal": False, "about_start": False}]
    assert query["places"] == [
        {
            "word": "府中市",
            "candidates": [
                {"name": "府中市（東京都）", "kind": "municipality", "code": "132063"},
                {"name": "府中市（広島県）", "kind": "municipality", "code": "342084"},
            ],
        }
    ]
    assert query["literal_all"] is False
    literal = search(client, "q=~ ゴミ焼却場")["query"]
    assert (literal["expansions"], literal["literal_all"]) == ([], True)


def test_a_hit_gives_its_reasons_where_they_are_asked_for(client: FlaskClient) -> None:
    """explain=1 adds the reasons and changes nothing else; a value that is neither 0 nor 1 is refused by name."""
    explained = search(client, "q=病児保育 2016年&explain=1")["hits"]
    assert {"word": "2016年", "how": "time", "by": "2016", "fields": ["start", "told_year"]} in explained[0]["reasons"]
    assert {"word": "病児保育", "how": "whole", "by": "病児保育", "fields": ["title", "body"]} in explained[0][
        "reasons"
    ]
    plain = search(client, "q=病児保育 2016年")["hits"]
    assert [{name: hit[name] for name in hit if name != "reasons"} for hit in explained] == plain
    refused = client.get("/api/search?explain=yes")
    assert (refused.status_code, refused.get_json()["error"]["parameter"]) == (400, "explain")


def test_a_hit_says_where_it_stands_in_its_source(client: FlaskClient) -> None:
    """Lines are pairs of first and last, 1-based; the snippet is plain text; the address leads to the entry page."""
    hit = search(client, "q=病児保育")["hits"][0]
    assert hit["title"] == "病児保育の広域利用"
    assert hit["region"] == "備後圏域"
    assert (hit["fiscal_year"], hit["start_year"]) == (2025, 2016)
    assert hit["source"]["file"] == "areas-2025.txt"
    assert all(1 <= first <= last for first, last in hit["source"]["lines"])
    assert "病児保育施設" in hit["snippet"]
    assert "<" not in hit["snippet"]
    assert client.get(hit["url"]).status_code == 200


def test_facets_tell_the_levels_below_each_value(client: FlaskClient) -> None:
    """A value of a facet has value, label, count, selected and children, at every level."""
    facets = search(client, "region=広島県")["facets"]
    (block,) = [value for value in facets["region"] if value["value"] == "中国地方"]
    assert set(block) == {"value", "label", "count", "selected", "children"}
    chosen = {value["value"]: value["selected"] for value in block["children"]}
    assert chosen == {"岡山県": False, "広島県": True}
    assert block["children"][0]["children"][0]["value"] == "備後圏域"


def test_pages_are_linked_to_both_sides(client: FlaskClient) -> None:
    """Following next_url from the first page sees every entry once; the ends are null."""
    seen: list[str] = []
    url: str | None = "/api/search?per_page=7"
    previous = None
    while url:
        answer = client.get(url).get_json()
        assert answer["previous_url"] == previous
        seen += [hit["id"] for hit in answer["hits"]]
        previous, url = url, answer["next_url"]
    assert len(seen) == len(set(seen)) == answer["total"]
    assert answer["page"] == answer["pages"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("colour=red", "colour"),
        ("page=0", "page"),
        ("per_page=101", "per_page"),
        ("sort=best", "sort"),
        ("year=令和7", "year"),
        ("start=H27", "start"),
        ("kind=thing", "kind"),
        ("q=a&q=b", "q"),
        ("q=" + "あ" * 1001, "q"),
    ],
)
def test_what_cannot_be_used_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    """An unknown parameter or a bad value is a 400 that names it and says what would be right."""
    response = client.get(f"/api/search?{query}")
    assert response.status_code == 400
    assert response.get_json()["error"]["parameter"] == parameter
    assert response.get_json()["error"]["message"]


def test_an_entry_is_answered_whole(client: FlaskClient) -> None:
    """An entry has its body, its evidence and its neighbours, whose addresses can be followed."""
    hit = search(client, "q=病児保育")["hits"][0]
    entry = client.get(f"/api/entries/{hit['id']}").get_json()
    assert (HIT_NAMES - {"score", "snippet"}) < set(entry)
    assert {"body", "subtitle", "untitled", "category_evidence", "start_evidence", "previous", "next"} < set(entry)
    assert "同じ料金で使える" in entry["body"]
    assert entry["start_evidence"] in entry["body"]
    assert entry["next"]["title"] == "図書館の相互利用"
    back = client.get(f"/api{entry['next']['url']}").get_json()
    assert back["previous"]["id"] == entry["id"]


def test_the_first_entry_of_a_document_has_none_before_it(client: FlaskClient) -> None:
    """Neighbours end where the document ends."""
    every = search(client, "per_page=100")["hits"]
    alone = [client.get(f"/api{hit['url']}").get_json() for hit in every]
    assert sum(entry["previous"] is None for entry in alone) == 2
    assert sum(entry["next"] is None for entry in alone) == 2


def test_an_id_that_the_index_does_not_have_is_not_found(client: FlaskClient) -> None:
    """404 as JSON that names the id."""
    response = client.get("/api/entries/none")
    assert response.status_code == 404
    assert response.get_json()["error"]["parameter"] == "id"


def test_an_entry_takes_no_parameters(client: FlaskClient) -> None:
    """A parameter that would do nothing is refused, as in a search."""
    assert client.get("/api/entries/none?full=1").get_json()["error"]["parameter"] == "full"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/none", 404), ("POST", "/api/search", 405)])
def test_mistakes_of_a_program_are_answered_as_json(client: FlaskClient, method: str, path: str, status: int) -> None:
    """Below /api every error is JSON of the same shape."""
    response = client.open(path, method=method)
    assert response.status_code == status
    assert set(response.get_json()["error"]) == {"parameter", "message"}


@pytest.mark.parametrize("path", ["/api/search", "/api/entries/none", "/api/none"])
def test_a_method_that_is_refused_names_those_that_are_taken(client: FlaskClient, path: str) -> None:
    """405 carries Allow: everything here is for reading."""
    assert set(client.delete(path).headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_health_names_the_generation_that_is_served(client: FlaskClient) -> None:
    """The health check answers with the index it answers from."""
    health = client.get("/healthz").get_json()
    assert health["status"] == "ok"
    assert health["generation"]
    assert health["entries"] == search(client)["total"]


def test_japanese_is_written_as_it_is(client: FlaskClient) -> None:
    """People read the JSON too: no escapes."""
    assert "図書館" in client.get("/api/search?q=図書館").text


def test_similar_entries_come_with_the_words_in_common(client: FlaskClient) -> None:
    """Each has the names of a hit that do not depend on a query, and the words; other areas stand first."""
    (hit,) = [hit for hit in search(client, "q=図書館")["hits"] if hit["region"] == "備後圏域"][:1]
    answer = client.get(f"/api/entries/{hit['id']}/similar").get_json()
    assert set(answer) == {"id", "similar"}
    assert answer["id"] == hit["id"]
    assert answer["similar"]
    for each in answer["similar"]:
        assert set(each) == (HIT_NAMES - {"score", "snippet"}) | {"common"}
        assert each["id"] != hit["id"]
    assert answer["similar"][0]["region"] != hit["region"]
    assert "図書館" in answer["similar"][0]["common"]
    first = client.get(f"/api/entries/{hit['id']}/similar?limit=1").get_json()["similar"]
    assert first == answer["similar"][:1]


@pytest.mark.parametrize("query", ["limit=0", "limit=21", "limit=x", "limit=", "limit=2&limit=3"])
def test_a_limit_that_cannot_be_used_is_named(client: FlaskClient, query: str) -> None:
    """400 that says which parameter, before it matters whether there is such an entry."""
    response = client.get(f"/api/entries/none/similar?{query}")
    assert (response.status_code, response.get_json()["error"]["parameter"]) == (400, "limit")


def test_similar_entries_of_none_are_not_found(client: FlaskClient) -> None:
    """404 that names the id; a parameter that does nothing is refused."""
    response = client.get("/api/entries/none/similar?limit=20")
    assert (response.status_code, response.get_json()["error"]["parameter"]) == (404, "id")
    assert client.get("/api/entries/none/similar?q=1").get_json()["error"]["parameter"] == "q"


def test_similar_entries_are_sent_once(client: FlaskClient) -> None:
    """Who has the answer gets a 304 for the same limit, however it is written, and an answer for another one."""
    path = f"/api/entries/{search(client, 'q=図書館')['hits'][0]['id']}/similar"
    known = {"If-None-Match": client.get(path).headers["ETag"]}
    assert client.get(f"{path}?limit=5", headers=known).status_code == 304
    assert client.get(f"{path}?limit=6", headers=known).status_code == 200
