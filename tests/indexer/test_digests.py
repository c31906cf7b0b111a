"""Digests of folders: what changes them and what does not."""

from pathlib import Path

import pytest

from indexer.digests import digest_files


@pytest.mark.parametrize("name", ["a.py", "data/words.csv", "templates/opensearch.xml", "templates/robots.txt"])
def test_a_byte_of_any_file_is_seen(tmp_path: Path, name: str) -> None:
    """Whatever kind of file it is and wherever it stands: content and name both count."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    versions = set()
    for content in ("x", "y"):
        path.write_text(content)
        versions.add(digest_files(tmp_path))
    path.rename(path.with_name("other"))
    versions.add(digest_files(tmp_path))
    assert len(versions) == 3


def test_what_python_writes_beside_its_modules_is_not_of_the_code(tmp_path: Path) -> None:
    """The first import of a module must not make another version of it."""
    (tmp_path / "a.py").write_text("x")
    before = digest_files(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"0")
    assert digest_files(tmp_path) == before
