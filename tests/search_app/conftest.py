"""Fixtures: an index of the shipped corpus; the service on a port, Chromium, and pages that are held to be clean."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from install_chromium import find_chromium
from page_maker import PageMaker
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

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
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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
