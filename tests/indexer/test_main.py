"""The command line: what it prints, its exit status, and that bad input loses nothing."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.__main__ import main
from indexer.store import open_index

CORPUS = Path(__file__).parents[1] / "search_app" / "corpus"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Copy the small corpus, so that a test may change it."""
    return Path(shutil.copytree(CORPUS, tmp_path / "corpus"))


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run a command."""
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_build_then_stats(run: Callable[..., Result], corpus: Path, tmp_path: Path) -> None:
    """A build says what it read and publishes an index; stats counts what is in it."""
    built = run("build", corpus, "--index", tmp_path / "index")
    assert built.exit_code == 0, built.output
    assert "資料 2 件" in built.stderr
    shown = run("stats", "--index", tmp_path / "index")
    reader = open_index(tmp_path / "index")
    assert f"資料 2 件、取組 {reader.entry_count} 件" in shown.stdout
    reader.close()


def test_build_if_changed_does_nothing_until_something_changed(
    run: Callable[..., Result], corpus: Path, tmp_path: Path
) -> None:
    """The same corpus keeps the generation; a changed title in sources.toml makes a new one."""
    index = tmp_path / "index"
    run("build", corpus, "--index", index, "--if-changed")
    first = (index / "current").read_text()
    assert "変更がない" in run("build", corpus, "--index", index, "--if-changed").stdout
    assert (index / "current").read_text() == first
    toml = corpus / "sources.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('title = "', 'title = "新', 1), encoding="utf-8")
    run("build", corpus, "--index", index, "--if-changed")
    assert (index / "current").read_text() != first


def test_extract_prints_the_data_model_as_json_lines(run: Callable[..., Result], corpus: Path) -> None:
    """Every line is an entry with the names of the data model, ids unique."""
    result = run("extract", corpus)
    entries = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    names = {"id", "kind", "title", "body", "region", "prefectures", "municipalities", "pillar", "category"}
    assert names | {"fiscal_year", "start_year", "source"} <= set(entries[0])
    assert set(entries[0]["source"]) == {"file", "title", "publisher", "url", "page", "lines", "sha256"}
    assert len({entry["id"] for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "空のファイル"),
        ("binary.txt", bytes(range(256)) * 20, "binary.txt"),
        ("picture.png", b"\x89PNG\r\n", "この形式は読めません"),
    ],
)
def test_a_bad_file_is_told_and_the_others_go_on(
    run: Callable[..., Result], corpus: Path, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    """The bad file is named with its reason, the exit status is 1, the other documents are in the index."""
    (corpus / name).write_bytes(content)
    result = run("build", corpus, "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert told in result.stderr
    assert name in result.stderr
    reader = open_index(tmp_path / "index")
    assert reader.document_count == 2
    reader.close()


def test_a_document_that_no_layout_knows_gives_entries_and_a_warning(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """Unknown text is cut by its headings or paragraphs and marked as such."""
    (tmp_path / "memo.txt").write_text("庁内の記録\n\n公用車を共同で使う相談をした。\n", encoding="utf-8")
    result = run("extract", tmp_path)
    assert len(result.stdout.splitlines()) >= 1
    assert "様式が分からない" in result.stderr


def test_a_failed_build_leaves_the_index_as_it_was(run: Callable[..., Result], corpus: Path, tmp_path: Path) -> None:
    """A missing folder, an empty one or a mistake in sources.toml stops with a message; what was served stays."""
    index = tmp_path / "index"
    run("build", corpus, "--index", index)
    served = (index / "current").read_text()
    (tmp_path / "nothing").mkdir()
    (corpus / "sources.toml").write_text("[[source]\n", encoding="utf-8")
    for bad in (tmp_path / "missing", tmp_path / "nothing", corpus):
        result = run("build", bad, "--index", index)
        assert (result.exit_code, result.exception.__class__) == (1, SystemExit)
        assert "エラー: " in result.stderr
    assert (index / "current").read_text() == served


def test_stats_without_an_index_names_the_command(run: Callable[..., Result], tmp_path: Path) -> None:
    """The message says what to run."""
    result = run("stats", "--index", tmp_path)
    assert result.exit_code == 1
    assert "python -m indexer build" in result.stderr
