"""A search from parameters to result page, over small indexes of which only what a test is about differs."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.records import Entry
from indexer.store import Reader, open_index, write_generation
from search_app.browse import browse
from search_app.counts import count_hits
from search_app.highlight import Marker
from search_app.params import VIEWS, SearchParams
from search_app.search import ResultPage, count_search, run_entry, run_search

MakeEntry = Callable[..., Entry]
OKAYAMA = {"region": "備後圏域", "prefectures": ("岡山県", "広島県"), "category": "ウ-A-d", "pillar": "ウ"}


@pytest.fixture(scope="module")
def reader(make_entry: MakeEntry, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Open an index of seven entries."""
    folder = tmp_path_factory.mktemp("index")
    entries = [
        make_entry(0, "図書館の相互利用", "図書館で借りる。", fiscal_year=2025, **OKAYAMA),
        make_entry(1, "施設の案内", "図書館と学校を案内し、相互の利用を進める。", fiscal_year=2024, **OKAYAMA),
        make_entry(
            2, "学校図書館の支援", "学校と図書館をつなぐ。", fiscal_year=2023, prefectures=("香川県",), region="甲圏域"
        ),
        make_entry(3, "圏域の概要", "図書館の相互利用を進めてきた。", kind="profile", fiscal_year=2025, **OKAYAMA),
        make_entry(4, "バスの運行", "バスを走らせる。", fiscal_year=2025, category="ウ-B-a", pillar="ウ"),
        make_entry(5, "鉄道の利用促進", "鉄道に乗る。", fiscal_year=2025, category="ウ-B-a", pillar="ウ"),
        make_entry(6, "起業の支援", "会社を始める人を支える。", fiscal_year=2011, category="ア-b", pillar="ア"),
    ]
    write_generation(folder, entries, sources=[], report={})
    opened = open_index(folder)
    yield opened
    opened.close()


def titles(reader: Reader, q: str = "", **values: object) -> list[str]:
    """Give the titles found, in order."""
    return [hit.entry.title for hit in search(reader, q, **values).hits]


def search(reader: Reader, q: str = "", **values: object) -> ResultPage:
    """Search."""
    return run_search(SearchParams(q=q, **values), reader)  # type: ignore[arg-type]


def test_entries_with_every_word_come_first(reader: Reader) -> None:
    """An entry that has every word, in the title or the text, stands before those that have one."""
    assert set(titles(reader, "図書館 学校")[:2]) == {"施設の案内", "学校図書館の支援"}


def test_minus_excludes_and_or_means_either(reader: Reader) -> None:
    """-word takes entries away, OR between two words finds what has one of them."""
    assert "施設の案内" not in titles(reader, "図書館 -学校")
    assert set(titles(reader, "バス OR 鉄道")) == {"バスの運行", "鉄道の利用促進"}


def test_quotes_ask_for_the_words_in_a_row(reader: Reader) -> None:
    """A phrase runs over particles, not over other words."""
    assert set(titles(reader, '"図書館の相互利用"')) == {"図書館の相互利用", "圏域の概要"}


def test_the_title_and_what_stands_in_one_piece_come_first(reader: Reader) -> None:
    """A compound in the title comes before one in the text and before its parts; a profile comes behind initiatives."""
    found = titles(reader, "図書館相互利用")
    assert found[0] == "図書館の相互利用"
    assert "施設の案内" in found[1:]
    both = titles(reader, "図書館")
    assert both.index("圏域の概要") > both.index("図書館の相互利用")


def test_a_word_that_stands_nowhere_hides_nothing(reader: Reader) -> None:
    """When no entry has all words, those with most of them come."""
    assert titles(reader, "図書館 宇宙船") == titles(reader, "図書館")


@pytest.mark.parametrize("q", ["図書館 学校", "図書館 宇宙船", "バス", ""])
def test_a_filter_never_adds_a_hit(reader: Reader, q: str) -> None:
    """Whether words were left out is decided by the words: narrowing gives a part of what was there before."""
    before = search(reader, q)
    for values in ({"region": ("香川県",)}, {"year": ("2011",)}, {"category": ("ウ",), "year": ("2025",)}):
        after = search(reader, q, **values)
        assert {hit.entry.id for hit in after.hits} <= {hit.entry.id for hit in before.hits}


def test_nothing_typed_browses_everything_newest_first(reader: Reader) -> None:
    """An empty query shows all; signs that no word is made of do too, and it is said."""
    assert titles(reader)[-1] == "起業の支援"
    assert search(reader).total == 7
    assert "探せない" in search(reader, "。！").interpretation


def test_choosing_a_value_gives_the_count_that_was_shown(reader: Reader) -> None:
    """Whatever value of whatever facet is chosen, the total is the count that stood beside it."""
    for q in ("", "図書館"):
        page = search(reader, q, region=("岡山県",))
        for facet in page.facets:
            waiting = list(facet.values)
            while waiting:
                value = waiting.pop()
                waiting += value.children
                chosen = {"region": ("岡山県",)} | {facet.name: (value.value,)}
                assert search(reader, q, **chosen).total == value.count, (q, facet.name, value.value)


def test_a_chosen_value_without_hits_stays_listed(reader: Reader) -> None:
    """What is chosen can be taken back: it is there with 0, under its parents."""
    page = search(reader, "バス", region=("香川県",))
    assert page.total == 0
    (block,) = [value for value in page.facets[0].values if value.value == "四国地方"]
    assert [(value.value, value.count, value.selected) for value in block.children] == [("香川県", 0, True)]


def test_a_value_that_the_index_does_not_have_finds_nothing(reader: Reader) -> None:
    """An unknown region is no filter that lets everything through."""
    assert search(reader, region=("存在しない圏域",)).total == 0


def test_categories_stand_in_official_order_and_years_newest_first(reader: Reader) -> None:
    """ア comes before ウ, leaves follow the classification; years fall; kinds have Japanese labels."""
    _, category, year, start, kind = search(reader).facets
    assert [value.value for value in category.values] == ["ア", "ウ"]
    assert [child.value for child in category.values[1].children] == ["ウ-A-d", "ウ-B-a"]
    assert [value.value for value in year.values] == ["2025", "2024", "2023", "2011"]
    assert [value.value for value in start.values] == sorted((value.value for value in start.values), reverse=True)
    assert [(value.value, value.label) for value in kind.values] == [("initiative", "取組"), ("profile", "圏域の概要")]


def test_pages_cut_the_hits_without_loss(reader: Reader) -> None:
    """All pages together give every hit once, and the number of pages is told."""
    first = search(reader, per_page=3)
    pages = [titles(reader, per_page=3, page=number) for number in range(1, first.pages + 1)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({title for page in pages for title in page}) == 7


def test_a_count_is_that_of_the_search_and_reads_no_entry(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages count dozens of searches: what is counted is neither read nor marked."""
    asked = [SearchParams(q=q, page=2, region=region) for q in ("図書館", "-バス", "") for region in ((), ("岡山県",))]
    totals = [run_search(params, reader).total for params in asked]

    def fail(_number: int) -> Entry:
        raise AssertionError("read")

    monkeypatch.setattr(reader, "entry_at", fail)
    assert [count_search(params, reader) for params in asked] == totals
    assert [count_hits(params, reader) for params in asked] == totals
    browsed = [params for params in asked if not params.q]
    assert [browse(params, reader).total for params in browsed] == [count_search(params, reader) for params in browsed]


def test_a_text_is_marked_once_for_each_hit(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A view shows a word in its context or a piece of the text, never both; JSON has the piece in any view."""
    marked: list[str] = []
    find_spans = Marker._find_spans

    def note(marker: Marker, text: str) -> list[tuple[int, int]]:
        marked.append(text)
        return find_spans(marker, text)

    monkeypatch.setattr(Marker, "_find_spans", note)
    for view in VIEWS:
        page = run_search(SearchParams(q="図書館", view=view), reader, helped=True)
        bodies = [hit.entry.body for hit in page.hits]
        assert sorted(text for text in marked if text in bodies) == sorted(bodies), view
        assert all(
            bool(hit.context) == (view == "kwic") and bool(hit.snippet) != bool(hit.context) for hit in page.hits
        )
        marked.clear()
    assert all(hit.snippet for hit in run_search(SearchParams(q="図書館", view="kwic"), reader).hits)


def test_an_entry_comes_with_marks_and_neighbours(reader: Reader) -> None:
    """The words of the search are marked in the text; neighbours are those of its document; unknown ids give None."""
    page = run_entry("e1", reader, q="学校")
    assert page is not None
    assert [segment.text for segment in page.body if segment.marked] == ["学校"]
    assert page.previous is not None
    assert page.previous.title == "図書館の相互利用"
    assert run_entry("unknown", reader) is None


def test_a_municipality_narrows_to_the_entries_that_name_it(make_entry: MakeEntry, tmp_path: Path) -> None:
    """A code keeps the entries that name this municipality, not those of another 府中市."""
    entries = [
        make_entry(0, "東京の府中市", "", municipalities=("府中市",), prefectures=("東京都",)),
        make_entry(1, "広島の府中市", "", municipalities=("福山市", "府中市"), prefectures=("広島県",)),
        make_entry(2, "福山市", "", municipalities=("福山市",), prefectures=("広島県",)),
    ]
    write_generation(tmp_path, entries, sources=[], report={})
    with closing(open_index(tmp_path)) as opened:
        assert titles(opened, municipality=("342084",)) == ["広島の府中市"]
        assert titles(opened, municipality=("342084", "132063")) == ["東京の府中市", "広島の府中市"]
        assert titles(opened, municipality=("011002",)) == []


def test_a_municipality_changes_neither_scores_nor_how_words_are_understood(
    make_entry: MakeEntry, tmp_path: Path
) -> None:
    """It only takes entries away, and those that stay have the scores that they had."""
    fukuyama = {"municipalities": ("福山市",), "prefectures": ("広島県",)}
    entries = [
        make_entry(0, "病児保育の広域利用", ""),
        make_entry(1, "保育所", "", **fukuyama),
        make_entry(2, "保育所と図書館", "", **fukuyama),
    ]
    write_generation(tmp_path, entries, sources=[], report={})
    code = ("342076",)
    with closing(open_index(tmp_path)) as opened:
        for q in ("広域利用 保育", "図書館 消防署"):
            assert set(titles(opened, q=q, municipality=code)) <= set(titles(opened, q=q))
        assert titles(opened, q="図書館 消防署", municipality=code) == ["保育所と図書館"]
        scores = {hit.entry.id: hit.score for hit in run_search(SearchParams(q="保育"), opened).hits}
        narrowed = run_search(SearchParams(q="保育", municipality=code), opened).hits
        assert {hit.entry.id: hit.score for hit in narrowed} == {name: scores[name] for name in ("e1", "e2")}
