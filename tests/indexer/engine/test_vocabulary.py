"""The vocabulary: every word by its sound, its spelling and what is near it, in however many segments."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engine.base import And, Everything, Exclude, Near, Or, Phrase, Prefix, Query, Term
from indexer.engine.columns import ColumnReader
from indexer.engine.distances import read_column
from indexer.engine.writer import OldIndex, write_index
from indexer.records import Entry

MakeEntry = Callable[..., Entry]
TEXTS = (
    ("図書館の相互利用", "圏域の図書館で本を借りられる。"),
    ("観光の案内所", "避難所と東京の消防。観光客。"),
    ("図書館の相互利用", "トーキョーの刊行物。"),
    ("DXの推進", "dxと図書。"),
)


FILLING = 9  # entries of which a segment is too large to be joined with the next


def make_entries(make_entry: MakeEntry) -> list[Entry]:
    """Make some entries of no interest, and one of each text."""
    texts = [*[("道路の修繕", "舗装。")] * FILLING, *TEXTS]
    return [make_entry(number, *text) for number, text in enumerate(texts)]


@contextmanager
def opened(entries: list[Entry], sizes: tuple[int, ...]) -> Iterator[ColumnReader]:
    """Write and open an index of the entries, in segments of these sizes."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        old: OldIndex | None = None
        files = [f"{place}.txt" for place in range(len(sizes))]
        for place, size in enumerate(sizes):
            folder = Path(name) / str(place)
            first = sum(sizes[:place])
            segments = write_index(folder, f"s{place}", [(files[place], entries[first : first + size])], old)
            old = OldIndex(folder, segments)
        assert old is not None
        assert len(old.segments) == len(sizes)
        reader = ColumnReader(old.folder, old.segments, files)
        try:
            yield reader
        finally:
            reader.close()


@pytest.fixture(scope="module", params=[(13,), (9, 3, 1)], ids=["one segment", "three segments"])
def words(make_entry: MakeEntry, request: pytest.FixtureRequest) -> Iterator[ColumnReader]:
    """Open an index of a few texts, in one segment and in several."""
    with opened(make_entries(make_entry), request.param) as reader:
        yield reader


def test_a_word_is_found_by_its_sound(words: ColumnReader) -> None:
    """Katakana give the word, however a long vowel is written; a short one is another word unless that is allowed."""
    find = words.vocabulary.words_with_reading
    assert [word.term for word in find("トショカン")] == ["図書館"]
    assert (
        [word.term for word in find("トウキョウ")]
        == [word.term for word in find("トーキョー")]
        == [
            "トウキョウ",
            "東京",
        ]
    )
    assert find("トキョ") == []
    assert [word.term for word in find("トキョ", any_length=True)] == ["トウキョウ", "東京"]
    assert find("トショカ") == []


def test_a_lone_kanji_reads_as_alone_and_as_a_suffix(words: ColumnReader) -> None:
    """所 is トコロ, and ショ behind another word."""
    for reading in ("トコロ", "ショ"):
        assert "所" in [word.term for word in words.vocabulary.words_with_reading(reading)]


def test_beginnings_give_the_most_frequent_words_first(words: ColumnReader) -> None:
    """By reading and by spelling; entries of all segments add up."""
    read = [(word.term, word.entries) for word in words.vocabulary.words_read("ドウ", limit=9)]
    assert read == [("道路", FILLING)]
    read = [(word.term, word.entries) for word in words.vocabulary.words_read("トショ", limit=9)]
    spelled = [(word.term, word.entries) for word in words.vocabulary.words_spelled("図", limit=9)]
    assert read == spelled == [("図書", 3), ("図書館", 2)]
    assert [word.term for word in words.vocabulary.words_spelled("図", limit=1)] == ["図書"]


def test_a_word_is_held_by_any_field(words: ColumnReader) -> None:
    """A word of a title, a text or a name of a place is one of the index; another is not."""
    assert words.has_word("図書") and words.has_word("dx") and words.has_word("東京")
    assert not words.has_word("温泉")


def test_titles_are_counted_each_once(words: ColumnReader) -> None:
    """The titles of what matches, those of most entries first."""
    assert words.titles(Everything(), limit=3) == [("道路の修繕", FILLING), ("図書館の相互利用", 2), ("DXの推進", 1)]
    assert words.titles(Prefix("heading", "観"), limit=5) == [("観光の案内所", 1)]
    assert words.titles(Term("title", "温泉"), limit=5) == []


def test_what_was_deleted_is_not_counted(make_entry: MakeEntry, tmp_path: Path) -> None:
    """A word of deleted entries alone is no word of the index; neither is their title."""
    documents = [(f"{n}.txt", [make_entry(f"{n}{m}", *text) for m in range(3)]) for n, text in enumerate(TEXTS)]
    (segment,) = write_index(tmp_path / "1", "s", documents, None)
    live = tuple(replace(each, live=each.file != "1.txt") for each in segment.documents)
    reader = ColumnReader(tmp_path / "1", [replace(segment, documents=live)], [])
    assert not reader.has_word("観光")
    assert reader.count(Term("title", "観光")) == 0
    assert "観光の案内所" not in dict(reader.titles(Everything(), limit=9))
    reader.close()


leaves = st.one_of(
    st.builds(Term, st.just("title"), st.sampled_from(["図書", "観光", "dx", "ない"])),
    st.builds(Prefix, st.sampled_from(["title", "heading"]), st.sampled_from(["図", "", "D", "な"])),
    st.just(Phrase("title", ("図書", "館"))),
    st.just(Near("body", ("観光", "消防"), 3)),
    st.just(Everything()),
)
queries: st.SearchStrategy[Query] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Exclude, inner, inner),
    ),
    max_leaves=8,
)


@given(queries)
def test_a_count_is_that_of_a_search(words: ColumnReader, query: Query) -> None:
    """Counting without scores finds as many entries as the search."""
    found = words.search(query, filters={}, order="relevance", offset=0, limit=9)
    assert words.count(query) == found.total


def edits(one: str, other: str) -> int:
    """Count edits as the textbook does: optimal string alignment."""

    @cache
    def count(m: int, n: int) -> int:
        if not m or not n:
            return m + n
        best = min(count(m - 1, n) + 1, count(m, n - 1) + 1, count(m - 1, n - 1) + (one[m - 1] != other[n - 1]))
        if m > 1 and n > 1 and one[m - 1] == other[n - 2] and one[m - 2] == other[n - 1]:
            best = min(best, count(m - 2, n - 2) + 1)
        return best

    return count(len(one), len(other))


short = st.text(st.sampled_from("あいう𠮷a"), max_size=6)


@settings(max_examples=200)
@given(st.lists(short, max_size=8), short, st.integers(1, 2))
def test_nearness_is_the_textbooks(texts: list[str], wanted: str, distance: int) -> None:
    """Exactly the texts within the distance are found, with the number of edits, whatever their length."""
    keys = [f"x\0y\0{text}".encode() for text in texts]
    starts = np.concatenate([[0], np.cumsum([len(key) for key in keys], dtype=np.int64)]).astype(np.int64)
    column = read_column(np.frombuffer(b"".join(keys), dtype=np.uint8), starts, 2)
    expected = {
        place: edits(wanted, text) for place, text in enumerate(texts) if text and edits(wanted, text) <= distance
    }
    assert dict(column.near(wanted, distance)) == expected


def test_near_words_come_by_edits_then_by_entries(words: ColumnReader) -> None:
    """A wrong character, one too many, two exchanged; of readings likewise."""
    like = words.vocabulary.words_like
    assert [(word.term, count) for word, count in like("図書缶", distance=1)] == [("図書", 1), ("図書館", 1)]
    assert like("館図書", distance=1)[0][0].term == "図書"
    assert [word.term for word, _ in like("ショウボオ", distance=1, column="reading")] == ["消防"]
