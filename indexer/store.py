"""Index folders: generations written aside, checked, and published by one rename.

The only module that touches index folders. `DIR/current` names the generation that is served, `DIR/generations/NAME`
holds it: `whoosh/`, `columns/`, `manifest.json`, `report.json`. A build that fails or is stopped leaves `current` as it
was.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import uuid
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any

from indexer.digests import digest_files
from indexer.engine.check import find_differences
from indexer.engine.segments import Segment
from indexer.engine.writer import OldIndex, write_index
from indexer.opened import NAME_TIME, Reader, read_segments
from indexer.records import Entry

__all__ = [
    "IndexMissingError",
    "IndexVersionError",
    "Reader",
    "StoreError",
    "check_index",
    "current_generation",
    "made_with",
    "open_index",
    "read_manifest",
    "read_report",
    "write_generation",
]

# Raised when what is written below changes its meaning: older folders are then asked to be built again.
FORMAT = 8
_CURRENT = "current"
_GENERATIONS = "generations"
_ASIDE = "."  # begins the name of a generation that is being removed
_PUBLISH_TRIES = 20
_PUBLISH_WAIT = 0.05  # seconds
_ABANDONED_SECONDS = 24 * 3600  # no build takes a day
_COMMAND = "python -m indexer build CORPUS --index {folder}"
_BUILD = "次のコマンドで作ってください: " + _COMMAND
_REBUILD = "次のコマンドで作り直してください: " + _COMMAND


class StoreError(Exception):
    """An index folder that cannot be used; `message` (Japanese) names the command to run."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class IndexMissingError(StoreError):
    """There is no index in the folder."""


class IndexVersionError(StoreError):
    """The index was built by another version, or is damaged."""


def dictionary_version() -> str:
    """Give the version of Sudachi's dictionary: entries and queries must be cut by the same one."""
    try:
        return version("sudachidict-core")
    except PackageNotFoundError:
        return "unknown"


def open_index(folder: Path) -> Reader:
    """Open the generation that `folder` publishes.

    Raises IndexMissingError where there is none, IndexVersionError where it is of another version or damaged.
    """
    name = current_generation(folder)
    if name is None:
        raise IndexMissingError(f"{folder}: 索引がありません。" + _BUILD.format(folder=folder))
    manifest = _read_manifest(folder, name)
    if any(manifest.get(key) != value for key, value in _cut_with().items()):
        raise IndexVersionError(f"{folder}: 別の版で作られた索引です。" + _REBUILD.format(folder=folder))
    try:
        return Reader(folder / _GENERATIONS / name, manifest)
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise IndexVersionError(
            f"{folder}: 索引が壊れています（{error}）。" + _REBUILD.format(folder=folder)
        ) from error


def current_generation(folder: Path) -> str | None:
    """Give the name of the generation that `folder` publishes, without opening it."""
    try:
        return (folder / _CURRENT).read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of the published generation; {} where there is none or it cannot be read."""
    name = current_generation(folder)
    return _read_manifest(folder, name) if name else {}


def read_report(folder: Path) -> dict[str, Any]:
    """Read the report of the published generation; {} where there is none or it cannot be read."""
    name = current_generation(folder)
    return _read_json(folder / _GENERATIONS / name / "report.json") if name else {}


def _read_manifest(folder: Path, name: str) -> dict[str, Any]:
    return _read_json(folder / _GENERATIONS / name / "manifest.json")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _cut_with() -> dict[str, object]:
    """Give what entries and queries must agree on: the format of the folder and the dictionary that cut the texts."""
    return {"format": FORMAT, "dictionary": dictionary_version()}


def made_with() -> dict[str, object]:
    """Give what an index depends on beside its sources: format, dictionary, and the indexer's own code and data."""
    return {**_cut_with(), "code": _own_code()}


@cache
def _own_code() -> str:
    """Name the indexer's own files, as they were when this was first asked for: a build asks three times."""
    return digest_files(Path(__file__).parent)


def write_generation(
    folder: Path,
    entries: Sequence[Entry],
    *,
    sources: Sequence[Mapping[str, object]],
    report: object,
    base: str | None = None,
    kept: Collection[str] = (),
) -> str:
    """Write a new generation beside the one that is served, check it, publish it; give its name.

    `entries` come by document; the documents named in `kept` are taken over from the generation `base`. There must be
    an entry in all. `sources` describes the corpus in its order, so that a later build can tell what changed. `report` is
    kept beside: JSON values and records. Raises StoreError where the folder cannot be written or the check fails; what is
    served stays as it was.
    """
    name = f"{datetime.now(UTC):{NAME_TIME}}-{uuid.uuid4().hex[:6]}"
    made = folder / _GENERATIONS / name  # inert until `current` names it
    before = current_generation(folder)
    documents = [(file, list(each)) for file, each in groupby(entries, key=lambda entry: entry.source.file)]
    try:
        segments = write_index(made, name, documents, _old_index(folder, base, kept) if base else None)
        _write_json(made / "report.json", report)
        _write_json(made / "manifest.json", _describe(segments, sources))
        _check(folder, name)
        _sync(made)
        _publish(folder, name)
    except OSError as error:
        _discard(folder, name)
        raise StoreError(f"{folder}: 書き込めません（{error.strerror}）。空き容量と権限を確かめてください。") from error
    except BaseException:  # also Ctrl-C: half a generation must not stay; what happened goes on its way
        _discard(folder, name)
        raise
    _remove_old(folder, keep={name, before or name})
    return name


def _describe(segments: Sequence[Segment], sources: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Make the manifest."""
    return {
        **made_with(),
        "entries": sum(segment.live_entries for segment in segments),
        "documents": sum(each.live for segment in segments for each in segment.documents),
        "sources": sources,
        "segments": segments,
    }


def _old_index(folder: Path, name: str, kept: Collection[str]) -> OldIndex:
    """Give the index of a generation, with the documents that are not kept marked as not live."""
    segments = tuple(
        replace(
            segment,
            documents=tuple(replace(each, live=each.live and each.file in kept) for each in segment.documents),
        )
        for segment in read_segments(_read_manifest(folder, name))
    )
    return OldIndex(folder / _GENERATIONS / name, segments)


def _check(folder: Path, name: str) -> None:
    """Open what was written, as the server will, and read the last entry and the report."""
    with closing(Reader(folder / _GENERATIONS / name, _read_manifest(folder, name))) as reader:
        reader.entry_at(reader.last_number)
        reader.report()


def check_index(folder: Path) -> list[str]:
    """Derive the read view of the published index again from its Whoosh index; name the files that differ.

    Raises StoreError where the index cannot be opened.
    """
    with closing(open_index(folder)) as reader:
        name = reader.generation
    made = folder / _GENERATIONS / name
    segments = read_segments(_read_manifest(folder, name))
    return [path.relative_to(folder).as_posix() for path in find_differences(made, segments)]


def _sync(made: Path) -> None:
    """Have every file of a generation on the disk, and the folders that name them, before it is named itself."""
    folders = [made, made.parent]
    for path in made.rglob("*"):
        if path.is_dir():
            folders.append(path)
        elif path.stat().st_nlink == 1:  # what is linked was written by an earlier build
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    for each in folders:
        _sync_folder(each)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # there a folder cannot be opened, nor need it be: NTFS keeps a journal of names
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _publish(folder: Path, name: str) -> None:
    aside = _aside(folder, name)
    with aside.open("w", encoding="ascii") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    for _ in range(_PUBLISH_TRIES - 1):
        try:
            aside.replace(folder / _CURRENT)
        except PermissionError:  # Windows: a server is reading the old name at this moment
            time.sleep(_PUBLISH_WAIT)
        else:
            return
    aside.replace(folder / _CURRENT)


def _aside(folder: Path, name: str) -> Path:
    return folder / f"{_CURRENT}.{name}"


def _discard(folder: Path, name: str) -> None:
    shutil.rmtree(folder / _GENERATIONS / name, ignore_errors=True)
    _aside(folder, name).unlink(missing_ok=True)


def _write_json(path: Path, values: object) -> None:
    """Write JSON values and records. Not indented: that would take twenty times as long, and a large corpus has 100 MB."""
    path.write_text(json.dumps(values, ensure_ascii=False, default=_values_of), encoding="utf-8")


def _values_of(record: Any) -> dict[str, object]:
    return {each.name: getattr(record, each.name) for each in fields(record)}


def _remove_old(folder: Path, *, keep: set[str]) -> None:
    """Remove generations that no process can still need, and what a build that was killed left behind.

    One without a manifest may be a build that is running: it goes when it is old. One that Windows holds open stays,
    whole, until the next build: it is renamed before anything in it is removed, and a rename fails or succeeds at once.
    """
    for path in list((folder / _GENERATIONS).iterdir()):
        if path.name in keep:
            continue
        if path.name.startswith(_ASIDE):
            shutil.rmtree(path, ignore_errors=True)
        elif _is_done_with(path):
            aside = path.with_name(_ASIDE + path.name)
            with suppress(OSError):  # Windows: a server still reads it; or another build removes it at this moment
                path.rename(aside)
                shutil.rmtree(aside, ignore_errors=True)


def _is_done_with(made: Path) -> bool:
    """Whether nobody writes this generation any longer: it is complete, or was left behind long ago."""
    if (made / "manifest.json").exists():
        return True
    try:
        return time.time() - made.stat().st_mtime > _ABANDONED_SECONDS
    except FileNotFoundError:  # another build was quicker
        return False
