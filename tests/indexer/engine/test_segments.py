"""Segments: an index that grew change by change answers like one that was built at once."""

import os
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engine import writer
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
    Term,
)
from indexer.engine.columns import ColumnReader
from indexer.engine.segments import DocumentRange, Segment, choose_joined
from indexer.engine.writer import OldIndex, write_index
from indexer.records import Entry

MakeEntry = Callable[..., Entry]
Corpus = dict[str, list[Entry]]

WORDS = ("図書館", "相互利用", "病児保育", "消防", "広域", "バス", "。")
texts = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)
documents = st.lists(st.tuples(texts, texts, st.sampled_from([None, 2024, 2025])), min_size=1, max_size=3)
states = st.dictionaries(st.sampled_from(["a.txt", "b.txt", "c.txt", "d.txt"]), documents, min_size=1)
QUERIES: tuple[Query, ...] = (
    Everything(),
    Term("body", "図書"),
    And((Term("body", "図書"), Or((Term("title", "消防"), Term("body", "広域"))))),
    MostOf((Term("body", "病児"), Term("body", "バス"), Term("title", "相互")), 0.4),
    Phrase("body", ("相互", "利用")),
    Near("body", ("図書", "利用"), 4),
    Prefix("body", "消"),
    # What ranking makes of a word: its terms in joint fields, alternatives, what is preferred and demoted.
    Or((Term("title", "図書", 3.0), Term("body", "図書"), Term("place", "倉敷"))),
    BestOf((Or((Term("title_c", "図書館", 1.5), Term("body_c", "図書館"))), Phrase("body", ("病児", "保育"), 0.6))),
    Demote(
        Prefer(Or((Term("title", "消防"), Term("body", "消防"))), Term("title", "広域")),
        Exclude(Everything(), Or((Term("title", "バス"), Term("body", "バス")))),
        0.5,
    ),
)


def make_corpus(make_entry: MakeEntry, state: dict[str, list[tuple[str, str, int | None]]]) -> Corpus:
    """Make the entries of each document, in the order of the documents' names; ids are unique."""
    return {
        file: [
            make_entry(
                f"{file}{place}",
                title,
                body,
                file=file,
                fiscal_year=year,
                prefectures=("岡山県",) * (place % 2),
                municipalities=(("倉敷市",), ("岡山市", "倉敷市"), ())[place % 3],
            )
            for place, (title, body, year) in enumerate(state[file])
        ]
        for file in sorted(state)
    }


def answer(folder: Path, segments: tuple[Segment, ...], corpus: Corpus) -> list[object]:
    """Give everything that queries give: totals, counts, ids in their order, scores."""
    reader = ColumnReader(folder, segments, sorted(corpus))
    answers: list[object] = []
    for query in QUERIES:
        for order in ("relevance", "newest", "oldest", "code"):
            for filters in ({}, {"year": ["2025"]}, {"region": ["中国地方"], "year": ["2024", "2025"]}):
                result = reader.search(query, filters=filters, order=order, offset=0, limit=5)  # type: ignore[arg-type]
                stored = [reader.stored(number) for number in result.numbers.tolist()]
                answers.append((result.total, result.counts, stored, result.scores.tolist()))
    answers.append([reader.stored(number) for number in reader.numbers()])
    answers.append([reader.count(Term("year", value)) for value in ("2024", "2025")])
    reader.close()
    return answers


@settings(max_examples=25, deadline=None)
@given(st.lists(states, min_size=2, max_size=4))
def test_an_index_that_grew_answers_like_one_built_at_once(
    make_entry: MakeEntry,
    tmp_path_factory: pytest.TempPathFactory,
    history: list[dict[str, list[tuple[str, str, int | None]]]],
) -> None:
    """Documents come, change and go; after each step every answer, order, count and score is that of a full build."""
    root = tmp_path_factory.mktemp("index")
    old: OldIndex | None = None
    before: Corpus = {}
    for step, state in enumerate(history):
        corpus = make_corpus(make_entry, state)
        changed = [(file, entries) for file, entries in corpus.items() if before.get(file) != entries]
        if old:
            kept = corpus.keys() - {file for file, _ in changed}
            old = OldIndex(old.folder, tuple(keep(segment, kept) for segment in old.segments))
        grown, whole = root / f"grown{step}", root / f"whole{step}"
        segments = write_index(grown, f"s{step}", changed, old)
        at_once = write_index(whole, "s", list(corpus.items()), None)
        assert answer(grown, segments, corpus) == answer(whole, at_once, corpus)
        old, before = OldIndex(grown, segments), corpus


def keep(segment: Segment, kept: set[str]) -> Segment:
    """Mark all documents but these as deleted."""
    documents = tuple(replace(each, live=each.live and each.file in kept) for each in segment.documents)
    return replace(segment, documents=documents)


def test_what_did_not_change_is_linked(make_entry: MakeEntry, tmp_path: Path) -> None:
    """A small document beside a large one leaves the large one's files where they are on the disk."""
    large = [make_entry(number, f"取組{number}", "図書館の広域利用") for number in range(50)]
    first = write_index(tmp_path / "1", "one", [("a.txt", large)], None)
    second = write_index(tmp_path / "2", "two", [("b.txt", large[:1])], OldIndex(tmp_path / "1", first))
    assert [segment.name for segment in second] == ["one", "two"]
    for path in (tmp_path / "1").rglob("*"):
        if path.is_file() and path.suffix != ".toc":
            assert path.samefile(tmp_path / "2" / path.relative_to(tmp_path / "1"))


def test_segments_stay_few(make_entry: MakeEntry, tmp_path: Path) -> None:
    """After many small changes there are still few segments, and together they hold every document once."""
    old: OldIndex | None = None
    for step in range(40):
        documents = [(f"{step}.txt", [make_entry(f"{step}-{place}", "取組", "") for place in range(2)])]
        segments = write_index(tmp_path / str(step), f"s{step}", documents, old)
        old = OldIndex(tmp_path / str(step), segments)
        assert len(segments) <= 6
        assert sum(segment.live_entries for segment in segments) == 2 * (step + 1)


def test_small_and_mostly_deleted_segments_are_joined() -> None:
    """A new segment takes in those that are not much larger, and any that is mostly deleted; a large one stays."""

    def segment(name: str, entries: int, live: int) -> Segment:
        ranges = (DocumentRange("a", 0, live), DocumentRange("b", live, entries - live, live=False))
        return Segment(name, 1, entries, ranges)

    large, small, hollow, gone = segment("l", 900, 900), segment("s", 9, 9), segment("h", 100, 20), segment("g", 5, 0)
    assert choose_joined([large, small, gone], 5) == [small]
    assert choose_joined([large, hollow, small], 5) == [hollow, small]
    assert choose_joined([large, small], 0) == []
    assert choose_joined([large, small], 500) == [large, small]


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core: there is nothing to share the work with")
def test_processes_write_the_same_index(make_entry: MakeEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several cores write, file by file, the arrays that one core writes, and as many of Whoosh's segments."""
    monkeypatch.setattr(writer, "_LEAST_PIECE", 10)
    entries = [make_entry(n, f"図書館{n}", "相互利用。" * (n % 7), prefectures=("岡山県",)) for n in range(45)]
    many = write_index(tmp_path / "many", "s", [("a.txt", entries)], None)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    one = write_index(tmp_path / "one", "s", [("a.txt", entries)], None)
    assert [asdict(segment) for segment in many] == [asdict(segment) for segment in one]
    assert many[0].pieces == 4
    for path in (tmp_path / "one" / "columns" / "s").iterdir():
        assert path.read_bytes() == (tmp_path / "many" / "columns" / "s" / path.name).read_bytes()
