"""A corpus folder and its `sources.toml` → source files.

The only module that reads the bytes of a corpus. What cannot be taken is recorded with its reason, the rest goes on.
"""

from __future__ import annotations

import hashlib
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.readers import READERS
from indexer.records import SourceFile

METADATA_NAME = "sources.toml"
# A town hall's largest reports are tens of megabytes; what is larger is no document to search.
MAX_BYTES = 200 * 1024 * 1024
_SUFFIXES = tuple(suffix for reader in READERS for suffix in reader.suffixes)
_TEXT_KEYS = ("title", "publisher", "url", "prefecture")
_OLD_FORMATS = {".xls": ".xlsx", ".doc": ".docx", ".ppt": ".pdf", ".pptx": ".pdf", ".jtd": ".docx"}
_KEYS = {"file", "fiscal_year", *_TEXT_KEYS}
# Stand in descriptions of documents that are in use, and say nothing that entries or their sources have a place for.
_PASSED_OVER = {"published", "scheme"}


class CorpusError(Exception):
    """The corpus cannot be read at all: its folder is missing or empty, or `sources.toml` has a mistake.

    Messages here and in `Problem` are Japanese: the people who run the build read them.
    """


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was left out or is doubtful: which file, why, and what to do."""

    file: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """Write it as `file:line: message`."""
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The files of one or more corpus folders, by name, and what was wrong with others."""

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


def read_corpus(folders: Iterable[Path]) -> Corpus:
    """Read every document of the given folders (or single files), in the order of their names.

    Raises CorpusError where a folder is missing or holds no document, or a `sources.toml` cannot be used.
    """
    files: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    for folder in folders:
        found, wrong = _read_folder(folder)
        for file in found:
            if file.name in files:
                wrong.append(
                    Problem(
                        file.name,
                        f"{folder}: 同じ名前の資料がほかのフォルダーにあるため読みませんでした。名前を変えてください。",
                    )
                )
            else:
                files[file.name] = file
        problems += wrong
    if not files and not problems:
        raise CorpusError(f"資料が1つもありません。{'、'.join(_SUFFIXES)} のファイルをフォルダーに入れてください。")
    return Corpus(tuple(files.values()), tuple(problems))


def _read_folder(folder: Path) -> tuple[list[SourceFile], list[Problem]]:
    if not folder.exists():
        raise CorpusError(f"{folder}: フォルダーがありません。資料を入れたフォルダーを指定してください。")
    root = folder if folder.is_dir() else folder.parent
    metadata = read_metadata(root / METADATA_NAME)
    paths = sorted(path for path in root.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    files: list[SourceFile] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for path in paths:
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        if path.name == METADATA_NAME or any(part.startswith((".", "~$")) for part in path.relative_to(root).parts):
            continue
        seen.add(name)
        problem = _unfit(path, root, name)
        if problem:
            problems.append(problem)
            continue
        try:
            files.append(_read_file(path, name, metadata.get(name, {})))
        except OSError as error:
            problems.append(
                Problem(name, f"読めません（{error.strerror}）。ファイルがあるか、読む権限があるかを確かめてください。")
            )
    if folder.is_dir():
        missing = [name for name in metadata if name not in seen]
        problems += [
            Problem(
                METADATA_NAME,
                f"「{name}」が書かれていますが、ファイルがありません。追加するか、その [[source]] を消してください。",
            )
            for name in missing
        ]
    return files, problems


def _unfit(path: Path, root: Path, name: str) -> Problem | None:
    """Tell why a file is not taken, before its content is read."""
    if not path.resolve().is_relative_to(root.resolve()):
        return Problem(name, "フォルダーの外を指すリンクなので読みませんでした。ファイルそのものを入れてください。")
    if path.suffix.lower() in _OLD_FORMATS:
        return Problem(
            name, f"古い形式のため読めません。開いて {_OLD_FORMATS[path.suffix.lower()]} で保存し直してください。"
        )
    if path.suffix.lower() not in _SUFFIXES:
        return Problem(name, f"この形式は読めません。読める形式: {'、'.join(_SUFFIXES)}")
    if path.stat().st_size > MAX_BYTES:
        return Problem(name, f"{MAX_BYTES // 1024 // 1024}MBを超えるため読みませんでした。分割してください。")
    return None


def _read_file(path: Path, name: str, about: Mapping[str, object]) -> SourceFile:
    content = path.read_bytes()
    text = {key: str(about[key]).strip() or None for key in _TEXT_KEYS if key in about}
    year = about.get("fiscal_year")
    return SourceFile(
        path=path,
        name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        title=text.get("title"),
        publisher=text.get("publisher"),
        url=text.get("url"),
        fiscal_year=year if isinstance(year, int) else None,
        prefecture=text.get("prefecture"),
    )


def read_metadata(path: Path) -> dict[str, Mapping[str, object]]:
    """Read `sources.toml`: what it says of each file, by the file's name. Without the file: nothing.

    Raises CorpusError naming the file, the line or the table, and what was expected.
    """
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("source", [])
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{path}: 書き方に誤りがあります（{error}）。その行を直してください。") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: UTF-8ではありません。UTF-8で保存し直してください。") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CorpusError(f"{path}: 資料ごとに [[source]]（かっこは二重）を書いてください。")
    found: dict[str, Mapping[str, object]] = {}
    for number, table in enumerate(tables, 1):
        _check_table(path, number, table)
        name = unicodedata.normalize("NFC", table["file"])
        if name in found:
            raise CorpusError(f"{path}: {number}番目の [[source]] の「{name}」は二度目です。どちらかを消してください。")
        found[name] = table
    return found


def _check_table(path: Path, number: int, table: Mapping[str, object]) -> None:
    where = f"{path}: {number}番目の [[source]]"
    name = table.get("file")
    if not isinstance(name, str) or not name:
        raise CorpusError(f'{where} に file がありません。file = "ファイル名" と書いてください。')
    for key in _TEXT_KEYS:
        if not isinstance(table.get(key, ""), str):
            raise CorpusError(f'{where}（{name}）: {key} は引用符で囲んだ文字にしてください（例: {key} = "…"）。')
    year = table.get("fiscal_year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool) or not 1868 <= year <= 2200):
        raise CorpusError(f"{where}（{name}）: fiscal_year は西暦の年度（例: 2025）にしてください。今の値: {year!r}")
    unknown = sorted(set(table) - _KEYS - _PASSED_OVER)
    if unknown:
        raise CorpusError(
            f"{where}（{name}）: 「{unknown[0]}」という項目はありません。使える項目: {'、'.join(sorted(_KEYS))}"
        )
