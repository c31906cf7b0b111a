"""Matching: what is counted as having every word is what the reasons find no word missing in."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.records import Entry
from indexer.store import open_index, write_generation
from search_app.params import SearchParams
from search_app.search import run_search

MakeEntry = Callable[..., Entry]


@pytest.mark.parametrize(
    "q", ["スマホ教室 図書館", "図書館 ごみ", "図書館 岡山県", "コミバス 図書館 -学校", "図書館 OR 学校 観光"]
)
def test_what_has_every_word_is_what_no_word_is_missing_in(make_entry: MakeEntry, tmp_path: Path, q: str) -> None:
    """Words themselves, other words in one piece or apart, and places count alike on the page and in its sentence.

    What is only related to a word does not count: it is a reason to be shown, not the word.
    """
    place = {"region": "岡山連携中枢都市圏", "prefectures": ("岡山県",), "municipalities": ("岡山市",)}
    entries = [
        make_entry(0, "図書館", "スマートフォンの使い方の教室を開く。"),
        make_entry(1, "図書館", "スマートフォン教室を開く。", **place),
        make_entry(2, "図書館", "廃棄物の分別を学ぶ。"),
        make_entry(3, "図書館", "本を貸す。観光の案内もする。"),
        make_entry(4, "学校", "コミュニティバスで図書館へ行く。"),
        make_entry(5, "図書館", "コミュニティバスで行く。"),
        make_entry(6, "観光", "学校で学ぶ。"),
    ]
    write_generation(tmp_path, entries, sources=[], report={})
    with closing(open_index(tmp_path)) as reader:
        page = run_search(SearchParams(q=q), reader, helped=True)
    whole = [
        hit
        for hit in page.hits
        if hit.explanation
        and not hit.explanation.missing
        and any(reason.how != "related" for reason in hit.explanation.reasons)
    ]
    assert page.complete == len(whole) > 0
