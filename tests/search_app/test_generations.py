"""Generations: a new build is served without a restart, and never harms what is served."""

from pathlib import Path
from shutil import copy

import pytest

from indexer.build import build_index
from indexer.store import IndexMissingError
from search_app.generations import PublishedIndex

CORPUS = Path(__file__).parent / "corpus"


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    """The error names the command to run."""
    with pytest.raises(IndexMissingError, match="python -m indexer build"):
        PublishedIndex(tmp_path)


def test_a_new_build_is_read_from_the_next_question_on(tmp_path: Path) -> None:
    """After a build the next reader is the new generation; the one in use stays readable."""
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    copy(CORPUS / "two-cities-2024.txt", corpus)
    build_index([corpus], folder)
    published = PublishedIndex(folder)
    old = published.reader()
    assert published.reader() is old
    copy(CORPUS / "areas-2025.txt", corpus)
    build_index([corpus], folder)
    new = published.reader()
    assert new.entry_count > old.entry_count
    assert old.entry_at(0).title


def test_a_generation_that_cannot_be_opened_is_not_served(tmp_path: Path) -> None:
    """A damaged publication leaves the service on the generation before it."""
    folder = tmp_path / "index"
    build_index([CORPUS], folder)
    published = PublishedIndex(folder)
    old = published.reader()
    (folder / "current").write_text("20990101T000000-000000", encoding="ascii")
    assert published.reader() is old
