"""The command line: what it prints, its exit status, and that bad input loses nothing."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.__main__ import main
from indexer.store import Reader, open_index

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


def test_stats_lets_go_of_the_index_whatever_happens(
    run: Callable[..., Result], corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows an index that is still open cannot be replaced."""
    run("build", corpus, "--index", tmp_path / "index")
    closed = []
    close = Reader.close

    def fail(_reader: Reader) -> None:
        raise ValueError("damaged")

    monkeypatch.setattr(Reader, "entries", fail)
    monkeypatch.setattr(Reader, "close", lambda reader: (closed.append(reader.generation), close(reader))[1])
    assert isinstance(run("stats", "--index", tmp_path / "index").exception, ValueError)
    assert closed == [(tmp_path / "index" / "current").read_text()]


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


def test_extract_writes_the_report_and_still_prints_the_entries(
    run: Callable[..., Result], corpus: Path, tmp_path: Path
) -> None:
    """The report is written where it was asked for, its folder made; a line per document goes to stderr."""
    page = tmp_path / "報告" / "report.html"
    result = run("extract", "--report", page, corpus)
    assert result.exit_code == 0
    assert result.stdout == run("extract", corpus).stdout
    assert "areas-2025.txt" in page.read_text(encoding="utf-8")
    assert "areas-2025.txt: 23 件（area_chapters" in result.stderr
    assert f"報告: {page}" in result.stderr


def test_a_terminal_shows_a_table(corpus: Path) -> None:
    """Where people look, a row per document says what state it is in; the warnings stand below."""
    (corpus / "メモ.txt").write_text("庁内の記録\n\n公用車を共同で使う相談をした。\n", encoding="utf-8")
    environment = {"FORCE_COLOR": "1", "COLUMNS": "120"}
    shown = CliRunner().invoke(main, ["extract", str(corpus)], env=environment).stderr
    rows = [line for line in shown.splitlines() if "areas-2025.txt" in line or "メモ.txt" in line]
    assert ["良好" in rows[-3], "要確認" in rows[-2]] == [True, True]
    assert rows[-1] == "メモ.txt:"


def test_a_report_that_cannot_be_written_is_told(run: Callable[..., Result], corpus: Path, tmp_path: Path) -> None:
    """A folder in its place is an error with a message."""
    result = run("extract", "--report", tmp_path, corpus)
    assert result.exit_code == 1
    assert "報告を書き込めません" in result.stderr


def test_a_build_stores_its_report_and_stats_names_what_to_look_at(
    run: Callable[..., Result], corpus: Path, tmp_path: Path
) -> None:
    """Coverage, scores and warnings of each document are with the index; stats names the doubtful and the bad."""
    (corpus / "メモ.txt").write_text("庁内の記録\n\n公用車を共同で使う相談をした。\n", encoding="utf-8")
    (corpus / "empty.txt").write_bytes(b"")
    run("build", corpus, "--index", tmp_path / "index")
    reader = open_index(tmp_path / "index")
    documents = {document["file"]: document for document in reader.report()["documents"]}
    reader.close()
    assert documents["areas-2025.txt"]["coverage"]["nothing"] == 0
    assert documents["areas-2025.txt"]["others"]
    assert documents["メモ.txt"]["warnings"]
    shown = run("stats", "--index", tmp_path / "index").stdout
    assert "要確認の資料 1 件（メモ.txt）" in shown
    assert "読めなかった資料 1 件（empty.txt）" in shown


BAD_FILES = [
    ("empty.txt", b"", "空のファイル"),
    ("blank.txt", "\n　\n\t\n".encode(), "文字がありません"),
    ("binary.txt", bytes(range(256)) * 20, "binary.txt"),
    ("nul.txt", "図書館\0の相互利用".encode(), "テキストではありません"),
    ("random.html", bytes(range(1, 256)) * 20, "random.html"),
    ("名前に 空白のある 絵.png", b"\x89PNG\r\n", "この形式は読めません"),
]


@pytest.mark.parametrize(("name", "content", "told"), BAD_FILES)
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


def test_a_link_that_leads_outside_is_told(run: Callable[..., Result], corpus: Path, tmp_path: Path) -> None:
    """What lies outside the corpus folder is not read."""
    (tmp_path / "outside.txt").write_text("秘密の記録", encoding="utf-8")
    (corpus / "link.txt").symlink_to(tmp_path / "outside.txt")
    result = run("extract", corpus)
    assert result.exit_code == 1
    assert "link.txt: フォルダーの外を指すリンク" in result.stderr
    assert "秘密" not in result.stdout


def test_bad_files_alone_leave_the_served_index_as_it_was(
    run: Callable[..., Result], corpus: Path, tmp_path: Path
) -> None:
    """A build without a single entry publishes nothing and lists the reasons."""
    index = tmp_path / "index"
    run("build", corpus, "--index", index)
    served = (index / "current").read_text()
    bad = tmp_path / "bad"
    bad.mkdir()
    for name, content, _ in BAD_FILES:
        (bad / name).write_bytes(content)
    result = run("build", bad, "--index", index)
    assert result.exit_code == 1
    assert all(name in result.stderr for name, _, _ in BAD_FILES)
    assert (index / "current").read_text() == served


def test_utf_16_and_odd_names_are_read(run: Callable[..., Result], corpus: Path) -> None:
    """A text as Windows saves it, under a name with spaces, gives the same entries."""
    text = (corpus / "areas-2025.txt").read_text(encoding="utf-8")
    (corpus / "令和7年度 広域連携（案）.txt").write_text(text, encoding="utf-16")
    entries = [json.loads(line) for line in run("extract", corpus).stdout.splitlines()]
    titles = [[entry["title"] for entry in entries if entry["source"]["file"] == name] for name in
              ("areas-2025.txt", "令和7年度 広域連携（案）.txt")]  # fmt: skip
    assert titles[0] == titles[1] != []


def test_a_line_that_is_a_whole_text_is_cut_and_told(run: Callable[..., Result], tmp_path: Path) -> None:
    """It becomes paragraphs, none of them long, and the report says so."""
    (tmp_path / "long.txt").write_text("図書館を互いに使える。" * 10_000, encoding="utf-8")
    result = run("extract", tmp_path)
    entries = [json.loads(line) for line in result.stdout.splitlines()]
    assert sum(len(entry["body"]) for entry in entries) > 100_000
    assert max(len(entry["body"]) for entry in entries) < 3_000
    assert "長すぎる行" in result.stderr


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
