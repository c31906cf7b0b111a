"""The order of hits: what each weight is for, on entries that differ in that alone."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.records import Entry
from indexer.store import open_index, write_generation
from indexer.years import spell_year
from search_app.params import SearchParams
from search_app.ranking import FEW_HITS
from search_app.search import run_search

MakeEntry = Callable[..., Entry]
OKAYAMA = {"region": "岡山連携中枢都市圏", "prefectures": ("岡山県",), "municipalities": ("岡山市",)}


@pytest.fixture
def order(tmp_path: Path) -> Callable[..., list[str]]:
    """Give the ids of the hits of a query over some entries, in their order."""

    def rank(q: str, *entries: Entry) -> list[str]:
        write_generation(tmp_path, entries, sources=[], report={})
        with closing(open_index(tmp_path)) as reader:
            return [hit.entry.id for hit in run_search(SearchParams(q=q), reader).hits]

    return rank


def test_a_year_is_the_one_of_beginning_before_one_that_is_told(
    make_entry: MakeEntry, order: Callable[..., list[str]]
) -> None:
    """However the year is written in the query; what neither began nor tells it comes last, if at all."""
    entries = [
        make_entry(0, "病児保育", "預かる。"),
        make_entry(1, "病児保育", "平成28年の調査を踏まえて預かる。"),
        make_entry(2, "病児保育", "預かる。", start_year=2016),
    ]
    for q in ("病児保育 2016年", "病児保育 H28", "２０１６年　病児保育"):
        assert order(q, *entries)[:2] == ["e2", "e1"], q


def test_a_year_counts_more_where_it_is_told_beside_the_word(
    make_entry: MakeEntry, order: Callable[..., list[str]]
) -> None:
    """令和7年に協約を締結 answers 2025年 協約 better than a year and a treaty pages apart."""
    filler = "住民の暮らしを支える。" * 12
    entries = [
        make_entry(0, "経緯", f"令和7年に計画を定めた。{filler}協約を結んだ。"),
        make_entry(1, "経緯", f"計画を定めた。{filler}令和7年に協約を結んだ。"),
    ]
    assert order("2025年 協約", *entries) == ["e1", "e0"]


def test_what_has_the_subject_comes_before_what_only_has_the_year(
    make_entry: MakeEntry, order: Callable[..., list[str]]
) -> None:
    """Who names a year beside a subject wants the subject: then, or else at another time, not anything of that year."""
    entries = [
        make_entry(0, "観光案内", "案内する。", start_year=2016),
        make_entry(1, "空き家バンク", "紹介する。"),  # what is related to the subject is a weak answer, but one
        make_entry(2, "引っ越し", "助ける。", start_year=2016),
        make_entry(3, "図書館", "貸し出す。"),
    ]
    assert order("引っ越し 2016年", *entries) == ["e2", "e1", "e0"]


def test_a_place_is_met_by_who_takes_part(make_entry: MakeEntry, order: Callable[..., list[str]]) -> None:
    """An entry of the prefecture comes before one without; another place is no hit of the place."""
    entries = [make_entry(0, "病児保育", "預かる。"), make_entry(1, "病児保育", "預かる。", **OKAYAMA)]
    assert order("岡山県 病児保育", *entries)[0] == "e1"
    assert order("岡山県", *entries) == ["e1"]


def test_the_word_itself_before_another_word_before_a_related_one(
    make_entry: MakeEntry, order: Callable[..., list[str]]
) -> None:
    """引っ越し: the word, 転居 (the same), 空き家バンク (belongs to it)."""
    entries = [make_entry(0, "空き家バンク", ""), make_entry(1, "転居", ""), make_entry(2, "引っ越し", "")]
    assert order("引っ越し", *entries) == ["e2", "e1", "e0"]
    assert order("引っ越し~", *entries) == ["e2"]


@pytest.mark.parametrize(
    ("year", "spellings"),
    [
        (2025, ("2025年", "令和7年", "R7")),
        (2019, ("2019年", "令和元年", "R1")),
        (2016, ("2016年", "平成28年", "H28")),
    ],
)
def test_a_year_is_spelled_as_documents_do(year: int, spellings: tuple[str, ...]) -> None:
    """By the calendar and by the era that had begun."""
    assert spell_year(year) == spellings


def test_related_words_are_shown_where_there_is_little_else(
    make_entry: MakeEntry, order: Callable[..., list[str]]
) -> None:
    """Behind the few that have the word; not at all where enough have it."""
    related = make_entry(0, "周遊", "県内を回る。")
    few = [make_entry(n, "催し", "スタンプラリーを開く。") for n in range(1, FEW_HITS)]
    assert order("スタンプラリー", related, *few)[-1] == "e0"
    enough = [*few, make_entry(FEW_HITS, "催し", "スタンプラリーを開く。")]
    assert "e0" not in order("スタンプラリー", related, *enough)


def test_where_something_began_then_a_year_that_is_told_is_no_answer(
    make_entry: MakeEntry, order: Callable[..., list[str]]
) -> None:
    """2016年開始 gives what began in 2016; what only tells of that year stands in where nothing did."""
    told = make_entry(0, "調査", "平成28年の件数を調べた。")
    begun = make_entry(1, "保育", "預かる。", start_year=2016)
    assert order("2016年開始", told, begun) == ["e1"]
    assert order("2016年開始", told) == ["e0"]


def test_another_word_counts_in_one_piece_before_its_parts_near_each_other(
    make_entry: MakeEntry, order: Callable[..., list[str]]
) -> None:
    """スマホ教室 is a スマートフォン教室, a little less a スマートフォンの使い方の教室, and not both words pages apart."""
    filler = "住民の暮らしを支える。" * 12
    entries = [
        make_entry(0, "取組", f"スマートフォンを配る。{filler}料理教室を開く。"),
        make_entry(1, "取組", f"スマートフォンの使い方の教室を開く。{filler}料理を習う。"),
        make_entry(2, "取組", f"スマートフォン教室を開く。{filler}料理を習う。使い方。"),
    ]
    assert order("スマホ教室", *entries)[:2] == ["e2", "e1"]
    assert order('"スマホ教室"', *entries) == []
