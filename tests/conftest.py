"""Fixtures that several tests share: a real index of a small corpus of our own, and the service over it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.build import build_index
from indexer.records import Entry, Source
from indexer.store import Reader, open_index
from search_app import create_app

CORPUS = Path(__file__).parent / "search_app" / "corpus"


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index folder from the small corpus."""
    folder = tmp_path_factory.mktemp("index")
    build_index([CORPUS], folder)
    return folder


@pytest.fixture(scope="session")
def reader(index: Path) -> Iterator[Reader]:
    """Open the index."""
    opened = open_index(index)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def app(index: Path) -> Flask:
    """Make the service over the index."""
    return create_app(index, testing=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Make a client of the service, without a browser."""
    return app.test_client()


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
