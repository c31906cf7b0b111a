"""The Whoosh index as the server opens it."""

import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from indexer.engine.whoosh_engine import WhooshIndex
from indexer.engine.writer import write_index
from indexer.records import Entry


def test_opening_and_reading_an_entry_copies_no_index_into_memory(
    tmp_path: Path, make_entry: Callable[..., Entry]
) -> None:
    """Processes share what the system keeps of the files: none of them holds postings or stored texts of its own."""
    numbers = random.Random(1)  # noqa: S311  # text that does not compress
    texts = [" ".join(f"{numbers.getrandbits(32):x}" for _ in range(40)) for _ in range(300)]
    entries = [make_entry(number, f"題{number}", text) for number, text in enumerate(texts)]
    write_index(tmp_path / "index", "s", [("a.txt", entries)], None)
    folder = tmp_path / "index" / "whoosh"
    size = sum(path.stat().st_size for path in folder.iterdir())
    WhooshIndex(folder).close()  # what Whoosh imports and keeps once
    tracemalloc.start()
    whoosh = WhooshIndex(folder)
    assert texts[123] in whoosh.stored(123)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    whoosh.close()
    assert most < size / 10
