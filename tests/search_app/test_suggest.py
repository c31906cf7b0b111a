"""Suggestions: what is offered while a query is typed, and the JSON that offers it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import places
from indexer.engine.base import Or, Query, Term
from indexer.fields import TEXT_FIELDS
from indexer.records import Entry
from indexer.store import Reader, open_index, write_generation
from search_app.links import Links
from search_app.place_pages import build_prefecture_view
from search_app.suggest import MOST, suggest


def texts(q: str, reader: Reader, kind: str) -> list[str]:
    """Give the texts of the suggestions of a kind."""
    return [each.text for each in suggest(q, reader) if each.kind == kind]


@pytest.mark.parametrize("q", ["図書", "としょ", "トショカ", "toshok", "tosyoka", "としょk"])
def test_a_word_is_completed_however_it_is_typed(shipped: Reader, q: str) -> None:
    """Kanji, kana and Latin letters, broken off anywhere; titles with the word come too, the most frequent first."""
    assert "図書館" in texts(q, shipped, "term")
    assert texts(q, shipped, "title")[0] == "図書館の広域利用"


@pytest.mark.parametrize(
    ("q", "kind", "text", "label"),
    [
        ("備後", "area", "備後圏域", "圏域"),
        ("びんご", "area", "備後圏域", "圏域"),
        ("hirosh", "area", "広島県", "都道府県"),
        ("ちゅうぶ", "area", "中部地方", "地方"),
        ("福山", "municipality", "福山市", "広島県"),
        ("ふくや", "municipality", "福山市", "広島県"),
        ("kurash", "municipality", "倉敷市", "岡山県"),
        ("防さ", "term", "防災", "言葉"),
        ("ひなん所", "term", "避難所", "言葉"),
        ("職員けんし", "term", "職員研修", "言葉"),
        ("びょうじほい", "term", "病児保育", "言葉"),
        ("DX", "title", "DX(デジタルトランスフォーメーション) 推進プロジェクト", "事例名"),
    ],
)
def test_every_kind_is_suggested(shipped: Reader, q: str, kind: str, text: str, label: str) -> None:
    """Areas and municipalities by name and reading, words half in kana, rows of words, titles."""
    assert (kind, text, label) in [(each.kind, each.text, each.label) for each in suggest(q, shipped)]


def test_words_before_the_last_one_are_kept(shipped: Reader) -> None:
    """The last word is completed by what stands in an entry with the others."""
    assert texts("図書館 そうg", shipped, "term") == ["図書館 相互"]
    assert "公共図書館の相互利用事業" in texts("としょかん そうご", shipped, "title")


def test_a_long_vowel_in_kana_is_a_long_vowel(shipped: Reader) -> None:
    """おお is not the beginning of おかやま; typed in Latin letters, o may be."""
    assert "岡山県" not in texts("おお", shipped, "area")
    assert "岡山県" in texts("o", shipped, "area")


def test_towns_of_one_name_are_told_apart(shipped: Reader) -> None:
    """朝日町 is in two prefectures: the suggestion says which one has the entries."""
    assert texts("朝日", shipped, "municipality") == ["山形県 朝日町"]
    assert texts("あさひm", shipped, "municipality") == ["山形県 朝日町"]


def test_a_name_without_its_suffix_is_not_said_twice(shipped: Reader) -> None:
    """福岡県 is suggested, and 福岡 beside it is not."""
    assert "福岡県" in texts("福", shipped, "area")
    assert "福岡" not in texts("福", shipped, "term")


def test_counts_are_those_of_the_index(shipped: Reader) -> None:
    """A word is counted in every text field."""
    found = {each.text: each.entries for each in suggest("図書", shipped) if each.kind == "term"}
    assert found["図書館"] == shipped.count(Or(tuple(Term(field.name, "図書館") for field in TEXT_FIELDS)))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12) | st.text(st.sampled_from("としょかんきょうkstn図防所 市'-ー\""), max_size=12))
def test_anything_may_be_typed(shipped: Reader, q: str) -> None:
    """At most ten, each once, each with entries, none that is what was typed already."""
    found = suggest(q, shipped)
    assert len(found) <= MOST
    assert len({each.text for each in found}) == len(found)
    assert all(each.entries > 0 and each.text != q for each in found)


def ask(client: FlaskClient, query: str) -> Any:
    """Ask the API and give its answer."""
    response = client.get(f"/api/suggest?{query}")
    assert response.status_code == 200
    return response.get_json()["suggestions"]


def test_the_api_answers_with_the_names_of_the_contract(client: FlaskClient) -> None:
    """Each suggestion has text, what is searched for, kind, label, count and the address of that, which finds something.

    The name of an initiative finds no more than what has it in one piece.
    """
    found = ask(client, "q=toshok")
    assert found
    for each in found:
        assert set(each) == {"text", "query", "kind", "label", "count", "url"}
        total = client.get("/api/search" + each["url"].removeprefix("/")).get_json()["total"]
        assert total >= each["count"] > 0
        if each["kind"] == "title":
            assert each["query"] == f'"{each["text"]}"'
            assert total < 2 * each["count"] + 2


def test_an_area_is_searched_for_by_its_facet(client: FlaskClient) -> None:
    """The address of an area gives exactly the entries that are counted."""
    area = next(each for each in ask(client, "q=びんご") if each["kind"] == "area")
    assert area["url"].startswith("/?region=")
    assert client.get("/api/search" + area["url"].removeprefix("/")).get_json()["total"] == area["count"]


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=zzzzqqqq"])
def test_nothing_is_suggested_for_nothing(client: FlaskClient, query: str) -> None:
    """Without a word, or one that nothing begins with, the list is empty."""
    assert ask(client, query) == []


@pytest.mark.parametrize("query", ["q=" + "図" * 101, "q=a&q=b", "x=1"])
def test_a_bad_parameter_is_named(client: FlaskClient, query: str) -> None:
    """More than 100 characters, a repetition and an unknown name are a 400 that names the parameter."""
    response = client.get(f"/api/suggest?{query}")
    assert response.status_code == 400
    assert response.get_json()["error"]["parameter"] == query[0]


def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    """The same beginning, typed again over the same index, is a 304."""
    first = client.get("/api/suggest?q=図書")
    again = client.get("/api/suggest?q=図書", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_municipalities_are_counted_once_for_suggestions_and_the_pages_of_prefectures(
    tmp_path: Path, make_entry: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are 1,741 of them: who types and who looks at a prefecture share one table per generation."""
    write_generation(tmp_path, [make_entry(0, "題", "", municipalities=("倉敷市",))], sources=[], report={})
    with closing(open_index(tmp_path)) as reader:
        asked: list[Query] = []
        count = reader.count
        monkeypatch.setattr(reader, "count", lambda query: (asked.append(query), count(query))[1])
        assert texts("くらし", reader, "municipality") == ["倉敷市"]
        for prefecture in ("岡山県", "広島県"):
            build_prefecture_view(prefecture, reader, Links(""))
        codes = [query.text for query in asked if isinstance(query, Term) and query.field == "municipality"]
        assert len(codes) == len(set(codes)) == len(places.municipalities())
