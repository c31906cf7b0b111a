"""Inverted postings against what Whoosh makes of the same entries itself."""

import os
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index

from indexer.engine import invert
from indexer.engine.invert import Postings, exact_values, invert_entries
from indexer.engine.whoosh_engine import WhooshIndex, schema, write_index
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
    """The postings that we hand to Whoosh, what it reads back of them, and what it writes itself are the same."""
    entries = make_entries(make_entry, corpus)
    ours, stock = tmp_path_factory.mktemp("ours"), tmp_path_factory.mktemp("stock")
    written = write_index(ours, entries)
    write_stock(stock, entries)
    for folder in (ours, stock):
        opened = WhooshIndex(folder)
        assert len(opened) == len(entries)
        assert_same(written, opened.postings())
        opened.close()


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core: there is nothing to share the work with")
def test_processes_give_the_same_postings(make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cutting in chunks on several cores changes nothing."""
    entries = make_entries(make_entry, [(f"図書館{n}", "相互利用。" * (n % 7), ("岡山県",)) for n in range(40)])
    alone = invert_entries(entries)
    monkeypatch.setattr(invert, "_CHUNK", 7)
    monkeypatch.setattr(invert, "_WORTH_PROCESSES", 2)
    assert_same(alone, invert_entries(entries))
