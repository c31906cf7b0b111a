"""The column reader against Whoosh's own searcher as the oracle, and its own rules."""

import gc
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh import scoring

from indexer.engine.base import (
    And,
    BestOf,
    Demote,
    Everything,
    Exclude,
    MostOf,
    Near,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Query,
    Reserve,
    Term,
)
from indexer.engine.columns import ColumnReader
from indexer.engine.writer import OldIndex, write_index
from indexer.records import Entry

MakeEntry = Callable[..., Entry]
WORDS = ("図書", "館", "相互", "利用", "病児", "保育", "消防", "指令", "広域", "バス", "移住", "観光")


@contextmanager
def opened(entries: list[Entry], *, segments: int = 1) -> Iterator[tuple[ColumnReader, Path]]:
    """Write and open an index of the entries, in so many segments at most."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        old: OldIndex | None = None
        size = -(-len(entries) // segments)
        for place in range(0, len(entries), size):
            part = entries[place : place + size]
            folder = Path(name) / str(place)
            written = write_index(folder, f"s{place}", [(f"{place}.txt", part)], old)
            old = OldIndex(folder, written)
        assert old is not None
        reader = ColumnReader(old.folder, old.segments, [f"{place}.txt" for place in range(0, len(entries), size)])
        try:
            yield reader, old.folder / "whoosh"
        finally:
            reader.close()


def found(reader: ColumnReader, query: Query, **filters: list[str]) -> dict[int, float]:
    """Give all hits of a query with their scores."""
    result = reader.search(query, filters=filters, order="relevance", offset=0, limit=1000)
    return dict(zip(result.numbers.tolist(), result.scores.tolist(), strict=True))


def to_whoosh(query: Query) -> whoosh_query.Query:
    """Translate what Whoosh can evaluate itself."""
    match query:
        case Term(field, text, boost):
            return whoosh_query.Term(field, text, boost=boost)
        case Phrase(field, texts, boost):
            return whoosh_query.Phrase(field, list(texts), boost=boost)
        case And(children):
            return whoosh_query.And([to_whoosh(child) for child in children])
        case Or(children):
            return whoosh_query.Or([to_whoosh(child) for child in children])
        case Prefix(field, text):
            return whoosh_query.Prefix(field, text)
    raise AssertionError(query)


sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map("。".join) | st.lists(
    st.sampled_from(WORDS), min_size=1, max_size=12
).map("".join)
corpora = st.lists(st.tuples(sentences, sentences), min_size=1, max_size=12)
terms = st.builds(Term, st.sampled_from(["title", "body"]), st.sampled_from(WORDS), st.sampled_from([1.0, 2.5]))
plain_queries: st.SearchStrategy[Query] = st.recursive(
    terms,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda each: And(tuple(each)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda each: Or(tuple(each)))
    ),
    max_leaves=6,
)
phrases = st.builds(
    Phrase,
    st.sampled_from(["title", "body"]),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(tuple),
)

prefixes = st.builds(
    Prefix, st.sampled_from(["title", "body"]), st.sampled_from(["図", "図書", "病", "バ", "消防", "x"])
)


@settings(max_examples=40, deadline=None)
@given(corpora, st.lists(plain_queries, min_size=1, max_size=5), st.integers(1, 3))
def test_gives_the_entries_and_scores_of_whooshs_searcher(
    make_entry: MakeEntry, corpus: list[tuple[str, str]], queries: list[Query], segments: int
) -> None:
    """Any tree of terms, AND and OR matches the same entries as Whoosh's searcher, with the same BM25F scores.

    So it is in however many segments the index lies.
    """
    entries = [make_entry(n, title, body) for n, (title, body) in enumerate(corpus)]
    with opened(entries, segments=segments) as (reader, folder):
        searcher = whoosh_index.open_dir(str(folder)).searcher(weighting=scoring.BM25F())
        for query in queries:
            expected = {hit.docnum: hit.score for hit in searcher.search(to_whoosh(query), limit=None)}
            assert found(reader, query) == pytest.approx(expected, abs=1e-4)
        searcher.close()


@settings(max_examples=40, deadline=None)
@given(corpora, st.lists(phrases | prefixes, min_size=1, max_size=5), terms, st.integers(1, 3))
def test_gives_the_entries_of_whooshs_phrases_prefixes_and_exclusions(
    make_entry: MakeEntry, corpus: list[tuple[str, str]], queries: list[Query], excluded: Term, segments: int
) -> None:
    """Phrases and beginnings of words, and those without a word, match the same entries as in Whoosh's searcher."""
    entries = [make_entry(n, title, body) for n, (title, body) in enumerate(corpus)]
    with opened(entries, segments=segments) as (reader, folder):
        searcher = whoosh_index.open_dir(str(folder)).searcher()
        for phrase in queries:
            with_phrase = set(searcher.docs_for_query(to_whoosh(phrase)))
            assert set(found(reader, phrase)) == with_phrase
            # Not whoosh's AndNot: 2.7.4 loses the exclusion behind a phrase of one repeated word.
            without = with_phrase - set(searcher.docs_for_query(to_whoosh(excluded)))
            assert set(found(reader, Exclude(phrase, excluded))) == without
        searcher.close()


@pytest.fixture
def small(make_entry: MakeEntry) -> list[Entry]:
    """Four entries that differ in words, place and year."""
    return [
        make_entry(
            0, "図書館の相互利用", "図書館を広域で利用", region="甲圏域", prefectures=("岡山県",), fiscal_year=2025
        ),
        make_entry(1, "消防指令", "広域で消防指令を運用", region="乙圏域", prefectures=("広島県",), fiscal_year=2024),
        make_entry(2, "観光", "広域観光", region="甲圏域", prefectures=("岡山県", "広島県"), fiscal_year=2025),
        make_entry(3, "圏域", "図書館と消防と観光", kind="profile", region="乙圏域", prefectures=("広島県",)),
    ]


def test_a_facets_counts_leave_out_its_own_filter(small: list[Entry]) -> None:
    """Choosing a year narrows the regions that are counted, but every year keeps the count it would give."""
    with opened(small) as (reader, _):
        result = reader.search(Everything(), filters={"year": ["2024"]}, order="newest", offset=0, limit=10)
        assert result.total == 1
        assert result.counts["year"] == {"2024": 1, "2025": 2}
        assert result.counts["region"] == {"中国地方": 1, "中国地方›広島県": 1, "中国地方›広島県›乙圏域": 1}


def test_values_of_a_facet_mean_or_and_facets_mean_and(small: list[Entry]) -> None:
    """Two prefectures widen, a prefecture and a year narrow."""
    with opened(small) as (reader, _):
        both = found(reader, Everything(), region=["中国地方›岡山県", "中国地方›広島県"])
        assert set(both) == {0, 1, 2, 3}
        assert set(found(reader, Everything(), region=["中国地方›岡山県"], year=["2025"])) == {0, 2}
        assert found(reader, Everything(), region=["四国地方"]) == {}


def test_orders_by_year_and_keeps_entries_without_a_year_last(small: list[Entry]) -> None:
    """Newest and oldest are by year, ties by number; an entry without a year is the last in both."""
    with opened(small) as (reader, _):
        for order, expected in (("newest", [0, 2, 1, 3]), ("oldest", [1, 0, 2, 3])):
            result = reader.search(Everything(), filters={}, order=order, offset=0, limit=10)  # type: ignore[arg-type]
            assert result.numbers.tolist() == expected


def test_orders_by_code_and_keeps_entries_without_a_municipality_last(make_entry: MakeEntry) -> None:
    """The lowest code of an entry's municipalities decides, else that of its area's members; ties by number."""
    entries = [
        make_entry(0, "あ", "い"),
        make_entry(1, "あ", "い", municipalities=("府中市",), prefectures=("広島県",)),
        make_entry(2, "あ", "い", municipalities=("福山市", "岡山市"), prefectures=("岡山県", "広島県")),
        make_entry(3, "あ", "い", municipalities=("府中市",), prefectures=("東京都",)),
        make_entry(4, "あ", "い", municipalities=("札幌市",), prefectures=("北海道",)),
        make_entry(5, "あ", "い", region="備後圏域", prefectures=("岡山県", "広島県")),
        make_entry(6, "あ", "い", municipalities=("府中市",), prefectures=("広島県",), region="備後圏域"),
    ]
    for segments in (1, 3):
        with opened(entries, segments=segments) as (reader, _):
            result = reader.search(Everything(), filters={}, order="code", offset=0, limit=10)
            # 札幌市 011002, 東京都府中市 132063, 岡山市 331007, 備後圏域's lowest is 笠岡市 332054, 広島県府中市 342084
            assert result.numbers.tolist() == [4, 3, 2, 5, 1, 6, 0]


def test_gives_the_page_that_was_asked_for(small: list[Entry]) -> None:
    """Offset and limit cut the ordered hits; behind the end there are none, the total stays."""
    with opened(small) as (reader, _):
        for offset, expected in ((0, [0, 2]), (2, [1, 3]), (4, [])):
            result = reader.search(Everything(), filters={}, order="newest", offset=offset, limit=2)
            assert (result.total, result.numbers.tolist()) == (4, expected)
        nothing = reader.search(Everything(), filters={}, order="relevance", offset=0, limit=0)
        assert (nothing.total, nothing.numbers.tolist()) == (4, [])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=300), st.integers(1, 6), st.integers(0, 40))
def test_the_first_hits_are_those_of_the_whole_order(
    make_entry: MakeEntry, words: list[str], limit: int, offset: int
) -> None:
    """However many hits there are and however many of them score the same, a page is a piece of the whole order."""
    entries = [make_entry(n, "題", word * (1 + n % 5)) for n, word in enumerate(words)]
    query = Or(tuple(Term("body", word) for word in WORDS[:4]))
    with opened(entries) as (reader, _):
        whole = reader.search(query, filters={}, order="relevance", offset=0, limit=len(entries))
        assert np.all(np.diff(whole.scores) <= 0)
        page = reader.search(query, filters={}, order="relevance", offset=offset, limit=limit)
        assert page.numbers.tolist() == whole.numbers[offset : offset + limit].tolist()


def test_most_of_keeps_what_covers_most_information(small: list[Entry]) -> None:
    """An entry with the rare words stays, one with only the common word goes; unknown words do no harm."""
    words = tuple(Term("body", word) for word in ("広域", "消防", "指令", "未知語"))
    with opened(small) as (reader, _):
        assert set(found(reader, MostOf(words, 0.6))) == {1}
        assert set(found(reader, MostOf(words, 0.0))) == {0, 1, 2, 3}
        assert found(reader, MostOf((Term("body", "未知語"),), 0.5)) == {}


def test_near_asks_for_words_within_a_distance(make_entry: MakeEntry) -> None:
    """In whatever order two words stand, their distance in units decides; a sentence's end keeps them apart."""
    texts = ["図書館の広域利用", "利用は図書館", "図書館の広域の相互の移住の利用", "図書館。利用", "図書館"]
    entries = [make_entry(number, "", text) for number, text in enumerate(texts)]
    with opened(entries, segments=2) as (reader, _):
        assert set(found(reader, Near("body", ("図書", "利用"), 3))) == {0, 1}
        assert set(found(reader, Near("body", ("利用", "図書"), 3))) == {0, 1}
        assert set(found(reader, Near("body", ("図書", "利用"), 20))) == {0, 1, 2, 3}
        assert set(found(reader, Near("body", ("図書", "広域", "利用"), 3))) == {0}


def test_a_reserve_is_called_upon_where_little_matches(small: list[Entry]) -> None:
    """Below so many matches the reserve joins them, with the better score of both; else it does not matter."""
    child, reserve = Term("body", "消防"), Term("body", "広域", 0.5)
    with opened(small) as (reader, _):
        alone = found(reader, child)
        assert found(reader, Reserve(child, reserve, len(alone))) == alone
        assert found(reader, Reserve(child, reserve, len(alone) + 1)) == found(reader, BestOf((child, reserve)))


def test_best_of_takes_the_best_score_and_adds_nothing(small: list[Entry]) -> None:
    """Alternatives match what any of them matches; an entry with both scores as with the better one."""
    children = (Term("body", "消防"), Term("body", "観光", 0.5))
    with opened(small) as (reader, _):
        alone = [found(reader, child) for child in children]
        together = found(reader, BestOf(children))
        assert set(together) == {1, 2, 3}
        assert together == {number: max(each.get(number, 0.0) for each in alone) for number in together}


def test_prefer_and_demote_change_scores_and_not_hits(small: list[Entry]) -> None:
    """Prefer adds the score of what is preferred, Demote multiplies; both keep the entries."""
    base = Term("body", "消防")
    with opened(small) as (reader, _):
        plain = found(reader, base)
        preferred = found(reader, Prefer(base, Term("title", "消防")))
        demoted = found(reader, Demote(base, Term("kind", "profile"), 0.5))
        assert set(plain) == set(preferred) == set(demoted) == {1, 3}
        assert preferred[1] > plain[1]
        assert preferred[3] == plain[3]
        assert demoted[3] == pytest.approx(plain[3] / 2)


def test_nothing_matches_what_is_not_there(small: list[Entry]) -> None:
    """Unknown terms, phrases with one, empty And and Or give no hit and no error; lone surrogates neither."""
    empty: list[Query] = [
        Term("body", "\ud800"),
        Phrase("body", ("図書", "未知")),
        And(()),
        Near("body", ("図書", "未知"), 5),
        Prefix("body", "未知"),
        Or(()),
        Or((Term("title", "未知"), Term("body", "未知"))),
        BestOf(()),
        MostOf((), 0.5),
    ]
    with opened(small) as (reader, _):
        assert [found(reader, query) for query in empty] == [{}] * len(empty)


def test_phrases_of_long_units_and_distances_out_of_reach_are_refused(small: list[Entry]) -> None:
    """What the index cannot answer is an error, not an empty result."""
    with opened(small) as (reader, _):
        for query in (Phrase("body_c", ("図書館",)), Near("title_c", ("図書館", "利用"), 3)):
            with pytest.raises(ValueError, match="short units"):
                found(reader, query)
        with pytest.raises(ValueError, match="64"):
            found(reader, Near("body", ("図書", "利用"), 65))


@settings(max_examples=60, deadline=None)
@given(corpora, plain_queries, plain_queries, st.integers(1, 3))
def test_what_is_looked_up_is_what_a_whole_evaluation_finds(
    make_entry: MakeEntry, corpus: list[tuple[str, str]], kept: Query, other: Query, segments: int
) -> None:
    """Joined to few entries or to all, excluded, demoted or preferred: a query matches what it matches alone."""
    entries = [make_entry(n, title, body) for n, (title, body) in enumerate(corpus)]
    with opened(entries, segments=segments) as (reader, _):
        base, alone = found(reader, kept), found(reader, other)
        both = found(reader, And((kept, other)))
        assert both == pytest.approx({n: base[n] + alone[n] for n in base.keys() & alone.keys()}, abs=1e-4)
        assert set(found(reader, And((Everything(), other)))) == set(alone)
        assert set(found(reader, Exclude(kept, other))) == base.keys() - alone.keys()
        inverse = Exclude(Everything(), other)
        demoted = {n: score * (1.0 if n in alone else 0.5) for n, score in base.items()}
        assert found(reader, Demote(kept, inverse, 0.5)) == pytest.approx(demoted, abs=1e-4)
        preferred = {n: score + alone.get(n, 0.0) for n, score in base.items()}
        assert found(reader, Prefer(kept, other)) == pytest.approx(preferred, abs=1e-4)


def test_a_reader_that_nobody_has_goes_at_once(small: list[Entry], tmp_path: Path) -> None:
    """Its maps must not wait for the collector: a generation that was replaced keeps its room on the disk as long."""
    reader = ColumnReader(tmp_path, write_index(tmp_path, "s", [("a.txt", small)], None), ["a.txt"])
    assert found(reader, Or((Term("title", "図書"), Term("body", "図書"))), year=["2025"])
    reader.close()
    parts = [weakref.ref(part) for part in (reader, reader._view, reader._facets)]
    gc.disable()
    try:
        del reader
        assert [part() for part in parts] == [None, None, None]
    finally:
        gc.enable()


def test_finds_an_entry_by_its_id_and_reads_what_was_stored(small: list[Entry]) -> None:
    """An id leads to its number, an unknown id to None."""
    with opened(small) as (reader, _):
        assert reader.find("e2") == 2
        assert reader.find("e9") is None
        assert '"観光"' in reader.stored(2)
        assert np.all(np.diff([reader.find(f"e{n}") for n in range(4)]) == 1)


def test_counts_the_entries_of_a_value(small: list[Entry]) -> None:
    """The count of a value is what a search for it finds; a value that is nowhere has none."""
    with opened(small, segments=2) as (reader, _):
        result = reader.search(Everything(), filters={}, order="newest", offset=0, limit=1)
        assert {value: reader.count(Term("year", value)) for value in reader.facet_values("year")} == result.counts[
            "year"
        ]
        assert reader.count(Term("year", "1999")) == 0
