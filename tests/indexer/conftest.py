"""Entries for the tests of the index: only what a test is about differs."""

from collections.abc import Callable

import pytest

from indexer.records import Entry, Source


def _make_entry(number: int, title: str, body: str, *, file: str = "a.txt", **values: object) -> Entry:
    source = Source(file=file, title="資料", publisher=None, url=None, page=None, lines=((1, 2),), sha256="0")
    plain: dict[str, object] = {
        "id": f"e{number}",
        "kind": "initiative",
        "title": title,
        "untitled": False,
        "subtitle": None,
        "body": body,
        "region": None,
        "prefectures": (),
        "municipalities": (),
        "pillar": None,
        "category": None,
        "category_evidence": (),
        "fiscal_year": None,
        "start_year": None,
        "start_evidence": None,
        "source": source,
    }
    return Entry(**(plain | values))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def make_entry() -> Callable[..., Entry]:
    """Give the function that makes an entry of a number, a title and a text; other fields by name."""
    return _make_entry
