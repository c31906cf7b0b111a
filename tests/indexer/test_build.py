"""The build: what did not change is taken over, and the result is that of a build from nothing."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from indexer import build as builder
from indexer import store
from indexer.build import build_if_changed, build_index
from indexer.records import entry_to_json
from indexer.report import BuildReport
from indexer.store import check_index, open_index, read_manifest


def write(corpus: Path, **texts: str) -> None:
    """Write documents of one line a paragraph."""
    corpus.mkdir(exist_ok=True)
    for name, text in texts.items():
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")


def state(index: Path) -> tuple[list[dict[str, object]], dict[str, object]]:
    """Give the entries of an index in their order, and its manifest without the segments."""
    reader = open_index(index)
    entries = [entry_to_json(entry) for entry in reader.entries()]
    reader.close()
    manifest = read_manifest(index)
    del manifest["segments"]
    return entries, manifest


def without_time(report: BuildReport) -> dict[str, object]:
    """Give a report without what differs from build to build."""
    return asdict(report) | {"seconds": None, "generation": None}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Make a corpus of three documents, two of which share a passage."""
    shared = "■ 図書館の相互利用\n圏域の住民が互いの図書館で本を借りる。\n\n"
    write(
        tmp_path / "corpus",
        a=shared + "■ 消防指令の共同運用\n三市で指令センターを運用する。\n",
        b="■ 病児保育\n圏域の施設で預かる。\n",
        c=shared + "■ 観光案内\n観光客に案内所を置く。\n",
    )
    return tmp_path / "corpus"


def changes(corpus: Path) -> Iterator[str]:
    """Change the corpus step by step; yields what was done."""
    steps = {
        "nothing": lambda: None,
        "a document changes": lambda: write(corpus, b="■ 病児保育\n圏域の施設で預かり、送迎もする。\n"),
        "a document comes": lambda: write(corpus, bb="■ 空き家の活用\n空き家を貸し出す。\n"),
        "one that shares a passage goes": lambda: (corpus / "a.txt").unlink(),
        "its metadata changes": lambda: (corpus / "sources.toml").write_text(
            '[[source]]\nfile = "c.txt"\nfiscal_year = 2021\n', encoding="utf-8"
        ),
        "one becomes unreadable": lambda: (corpus / "bb.txt").write_bytes(b""),
    }
    for name, step in steps.items():
        step()
        yield name


def test_every_change_gives_what_a_full_build_gives(corpus: Path, tmp_path: Path) -> None:
    """Entries, ids, order, manifest and report after each change are those of a build from nothing."""
    build_index([corpus], tmp_path / "grown")
    for number, change in enumerate(changes(corpus)):
        grown = build_index([corpus], tmp_path / "grown")
        whole = build_index([corpus], tmp_path / f"whole{number}")
        assert state(tmp_path / "grown") == state(tmp_path / f"whole{number}"), change
        assert without_time(grown) == without_time(whole), change
        assert check_index(tmp_path / "grown") == []


def test_only_what_changed_is_read(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build reads the changed document alone, unless it is told to begin from nothing."""
    read: list[str] = []
    cut = builder._extract_document
    monkeypatch.setattr(builder, "_extract_document", lambda source: read.append(source.name) or cut(source))
    build_index([corpus], tmp_path / "index")
    assert read == ["a.txt", "b.txt", "c.txt"]
    write(corpus, b="■ 病後児保育\n預かる。\n")
    read.clear()
    build_index([corpus], tmp_path / "index")
    assert read == ["b.txt"]
    read.clear()
    build_index([corpus], tmp_path / "index", from_nothing=True)
    assert read == ["a.txt", "b.txt", "c.txt"]


def test_an_index_of_other_code_is_not_taken_over(corpus: Path, tmp_path: Path) -> None:
    """What another version of the indexer extracted is read again: it might extract something else now."""
    index = tmp_path / "index"
    build_index([corpus], index)
    manifest = index / "generations" / (index / "current").read_text() / "manifest.json"
    values = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**values, "code": "0"}), encoding="utf-8")
    build_index([corpus], index)
    assert len(read_manifest(index)["segments"]) == 1
    assert read_manifest(index)["code"] != "0"


def test_a_build_reads_the_corpus_and_its_own_code_once(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether anything changed is told from what is then built: a corpus of gigabytes is not read twice for it."""
    read: list[str] = []

    def note(name: str, function: Callable[..., object]) -> Callable[..., object]:
        return lambda *arguments: (read.append(name), function(*arguments))[1]

    monkeypatch.setattr(builder, "read_corpus", note("corpus", builder.read_corpus))
    monkeypatch.setattr(store, "digest_files", note("code", store.digest_files))
    store._own_code.cache_clear()
    assert build_if_changed([corpus], tmp_path / "index") is not None
    assert sorted(read) == ["code", "corpus"]
    assert build_if_changed([corpus], tmp_path / "index") is None
    write(corpus, b="■ 病後児保育\n預かる。\n")
    report = build_if_changed([corpus], tmp_path / "index")
    assert report is not None
    assert report.seconds > 0
    assert read.count("corpus") == 3
    assert read.count("code") == 1


def test_documents_of_one_name_are_told_apart(corpus: Path, tmp_path: Path) -> None:
    """Of two folders' documents with the same name the second is left out, and the report says so."""
    write(tmp_path / "other", a="■ 別の取組\n別の資料。\n")
    report = build_index([corpus, tmp_path / "other"], tmp_path / "index")
    assert [problem.file for problem in report.problems] == ["a.txt"]
    assert "同じ名前" in report.problems[0].message


@pytest.mark.parametrize("array", ["post_codes", "word_bytes", "word_counts", "words_by_term"])
def test_the_check_finds_a_changed_array(corpus: Path, tmp_path: Path, array: str) -> None:
    """An array that is not what the Whoosh index gives, or is gone, is named."""
    build_index([corpus], tmp_path / "index")
    name = (tmp_path / "index" / "current").read_text()
    path = tmp_path / "index" / "generations" / name / "columns" / name / f"{array}.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert check_index(tmp_path / "index") == [path.relative_to(tmp_path / "index").as_posix()]
