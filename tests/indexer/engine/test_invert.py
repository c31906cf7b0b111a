"""Inverted postings against what Whoosh makes of the same entries itself."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index

from indexer.engine.invert import exact_values, invert_entries
from indexer.engine.postings import Postings, join_postings
from indexer.engine.whoosh_engine import read_postings, read_toc, schema, write_toc
from indexer.engine.whoosh_writer import write_segment
from indexer.fields import TEXT_FIELDS
from indexer.records import Entry

MakeEntry = Callable[..., Entry]

words = st.sampled_from(["図書館", "の", "相互", "利用", "。", "ＤＸ", "ﾊﾞｽ", "岡山", "髙﨑市", "\n", "R6", "?"])
texts = st.lists(words, max_size=30).map("".join)
corpora = st.lists(
    st.tuples(texts, texts, st.sampled_from([(), ("岡山県",), ("岡山県", "広島県")])), min_size=1, max_size=8
)


def make_entries(make_entry: MakeEntry, corpus: list[tuple[str, str, tuple[str, ...]]]) -> list[Entry]:
    """Make entries of titles, texts and prefectures."""
    return [
        make_entry(number, title, body, region="甲,乙圏域", prefectures=prefectures, fiscal_year=2020 + number % 3)
        for number, (title, body, prefectures) in enumerate(corpus)
    ]


def write_stock(folder: Path, entries: list[Entry]) -> None:
    """Write an index as Whoosh does by itself: it cuts and inverts each text."""
    writer = index.create_in(str(folder), schema()).writer()
    for entry in entries:
        exact: dict[str, list[str]] = {}
        for name, value in exact_values(entry):
            exact.setdefault(name, []).append(value)
        text = {field.name: field.text(entry) for field in TEXT_FIELDS}
        writer.add_document(entry="{}", **text, **{name: ",".join(values) for name, values in exact.items()})
    writer.commit()


def assert_same(one: Postings, other: Postings) -> None:
    """Hold two sets of postings against each other, array by array."""
    for field in fields(Postings):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if field.name == "keys":
            assert mine == theirs
        elif isinstance(mine, np.ndarray):
            np.testing.assert_array_equal(mine, theirs, field.name)
        else:
            assert mine.keys() == theirs.keys()
            for name in mine:
                np.testing.assert_allclose(mine[name], theirs[name])


@settings(max_examples=30, deadline=None)
@given(corpus=corpora)
def test_the_segment_holds_what_whoosh_would_have_written(
    make_entry: MakeEntry,
    tmp_path_factory: pytest.TempPathFactory,
    corpus: list[tuple[str, str, tuple[str, ...]]],
) -> None:
    """The postings that we write for Whoosh, what it reads back of them, and what it writes itself are the same."""
    entries = make_entries(make_entry, corpus)
    ours, stock = tmp_path_factory.mktemp("ours"), tmp_path_factory.mktemp("stock")
    inverted = invert_entries(entries)
    write_toc(ours, [write_segment(ours, schema(), inverted, ["{}"] * len(entries))])
    write_stock(stock, entries)
    for folder in (ours, stock):
        assert_same(inverted, read_postings(folder, read_toc(folder)))


@settings(max_examples=30, deadline=None)
@given(corpus=corpora, data=st.data())
def test_joined_postings_are_those_of_the_kept_entries(
    make_entry: MakeEntry, corpus: list[tuple[str, str, tuple[str, ...]]], data: st.DataObject
) -> None:
    """Postings of parts of a corpus, joined without some entries, are those of what is left, inverted at once."""
    entries = make_entries(make_entry, corpus)
    place = data.draw(st.integers(0, len(entries)))
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(entries), max_size=len(entries))))
    kept[data.draw(st.integers(0, len(entries) - 1))] = True
    parts = [(entries[:place], kept[:place]), (entries[place:], kept[place:])]
    joined = join_postings([(invert_entries(part), mask) for part, mask in parts if part])
    assert_same(joined, invert_entries([entry for entry, stays in zip(entries, kept, strict=True) if stays]))
