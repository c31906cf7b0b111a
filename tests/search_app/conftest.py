"""Fixtures: an index of the shipped corpus; the service on a port, Chromium, and pages that are held to be clean."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from install_chromium import find_chromium
from page_maker import PageMaker, serving
from playwright.sync_api import Browser, sync_playwright

from indexer.build import build_index
from indexer.store import Reader, open_index

SHIPPED = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Open an index of the corpus that ships with the project."""
    folder = tmp_path_factory.mktemp("shipped")
    build_index([SHIPPED], folder)
    reader = open_index(folder)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Serve the application on a free port."""
    with serving(app) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    path = find_chromium()
    if path is None:
        pytest.skip("Chromium was not found: the pages were not tested in a browser.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def make_page(browser: Browser, address: str) -> Iterator[PageMaker]:
    """Open pages, and hold against every one that nothing was logged and nothing left the origin."""
    maker = PageMaker(browser, address)
    yield maker
    maker.close()
    assert maker.complaints == []
