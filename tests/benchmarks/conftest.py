"""A small corpus for the benchmarks' tests, prepared once."""

from pathlib import Path

import pytest

from benchmarks.run import build_engine, make_work

ENTRIES = 200


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a work folder of 200 entries, with zenrei's index."""
    folder = tmp_path_factory.mktemp("bench") / "work"
    make_work(folder, ENTRIES, lambda _message: None)
    build_engine("zenrei", folder, lambda _message: None)
    return folder
