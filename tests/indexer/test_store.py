"""Index folders: published whole or not at all, and told apart when they cannot be used."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import store
from indexer.engine.base import Everything, Query, Term
from indexer.records import Entry
from indexer.store import IndexMissingError, IndexVersionError, open_index, write_generation

MakeEntry = Callable[..., Entry]


def write(folder: Path, *entries: Entry) -> str:
    """Write a generation without sources or report."""
    return write_generation(folder, entries, sources=[], report={"entries": len(entries)})


def titles(folder: Path, query: Query | None = None) -> list[str]:
    """Give the titles that the published index finds, all of them without a query."""
    reader = open_index(folder)
    result = reader.search(query or Everything(), filters={}, order="relevance", offset=0, limit=100)
    found = [reader.entry_at(int(number)).title for number in result.numbers]
    reader.close()
    return found


def test_an_entry_comes_back_as_it_was(tmp_path: Path, make_entry: MakeEntry) -> None:
    """Every field of an entry survives the index, and unknown ids give None."""
    entry = make_entry(0, "図書館の相互利用", "本文\n二行目", prefectures=("岡山県",), start_year=2015)
    write(tmp_path, entry)
    reader = open_index(tmp_path)
    assert reader.entry(entry.id) == entry
    assert reader.entry("unknown") is None
    assert reader.report() == {"entries": 1}
    reader.close()


def test_a_new_generation_takes_the_place_of_the_old_at_once(tmp_path: Path, make_entry: MakeEntry) -> None:
    """A reader that is open keeps its answers; who opens now gets the new ones."""
    write(tmp_path, make_entry(0, "古い取組", ""))
    served = open_index(tmp_path)
    write(tmp_path, make_entry(0, "新しい取組", ""))
    assert served.entry_at(0).title == "古い取組"
    assert titles(tmp_path) == ["新しい取組"]
    served.close()


def test_a_failed_build_leaves_the_served_index_as_it_was(tmp_path: Path, make_entry: MakeEntry) -> None:
    """What cannot be written is taken away again, and the index that was there still answers."""
    write(tmp_path, make_entry(0, "今の取組", ""))
    broken = make_entry(1, "壊れた取組", "", region=3)  # no text: the writer stops at it
    with pytest.raises((TypeError, AttributeError)):
        write(tmp_path, broken)
    assert titles(tmp_path) == ["今の取組"]
    assert len(list((tmp_path / "generations").iterdir())) == 1


def test_old_generations_are_removed(tmp_path: Path, make_entry: MakeEntry) -> None:
    """The newest and the one before it stay."""
    for number in range(4):
        write(tmp_path, make_entry(number, "取組", ""))
    assert len(list((tmp_path / "generations").iterdir())) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows syncs no folders")
def test_a_generation_is_on_the_disk_before_it_is_named(
    tmp_path: Path, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file and every folder that names one: a power cut behind the rename must not find half of them."""
    synced: set[int] = set()
    fsync, replace = os.fsync, Path.replace

    def note(file: int) -> None:
        synced.add(os.fstat(file).st_ino)
        fsync(file)

    def publish(aside: Path, target: Path) -> Path:
        made = tmp_path / "generations"
        if target.name == "current":
            assert [path for path in (made, *made.rglob("*"), aside) if path.stat().st_ino not in synced] == []
        return replace(aside, target)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(Path, "replace", publish)
    write(tmp_path, make_entry(0, "取組", ""))
    assert titles(tmp_path) == ["取組"]


def test_an_old_generation_that_is_held_open_stays_whole_until_the_next_build(
    tmp_path: Path, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows neither renames nor removes what a server reads; a part of it must not be removed, either."""
    held = write(tmp_path, make_entry(0, "取組", ""))
    made = tmp_path / "generations" / held
    whole = sorted(path for path in made.rglob("*"))

    def refuse(_path: Path, target: Path) -> Path:
        raise PermissionError(target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        for number in range(2):
            write(tmp_path, make_entry(number, "取組", ""))
        assert sorted(path for path in made.rglob("*")) == whole
    write(tmp_path, make_entry(0, "取組", ""))
    assert not made.exists()


def test_what_was_being_removed_is_removed_by_the_next_build(
    tmp_path: Path, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is left of a generation that was set aside goes, whatever its age."""
    with monkeypatch.context() as patched:
        patched.setattr("indexer.store.shutil.rmtree", lambda *_path, **_names: None)
        for number in range(3):
            write(tmp_path, make_entry(number, "取組", ""))
    assert len(list((tmp_path / "generations").glob(".*"))) == 1
    write(tmp_path, make_entry(0, "取組", ""))
    assert not list((tmp_path / "generations").glob(".*"))


def test_a_build_that_is_running_beside_is_left_alone(tmp_path: Path, make_entry: MakeEntry) -> None:
    """What has no manifest yet may be written at this moment; what is a day old is not."""
    running, left = (tmp_path / "generations" / name for name in ("running", "left"))
    for path in (running, left):
        path.mkdir(parents=True)
    os.utime(left, (0, 0))
    write(tmp_path, make_entry(0, "取組", ""))
    assert running.exists()
    assert not left.exists()


def test_a_missing_index_names_the_command(tmp_path: Path) -> None:
    """The message says what to run."""
    with pytest.raises(IndexMissingError, match="python -m indexer build"):
        open_index(tmp_path)


def test_an_index_of_another_version_names_the_command(tmp_path: Path, make_entry: MakeEntry) -> None:
    """Another format or dictionary, or a damaged folder, is never read as if it were right."""
    name = write(tmp_path, make_entry(0, "取組", ""))
    manifest = tmp_path / "generations" / name / "manifest.json"
    good = json.loads(manifest.read_text(encoding="utf-8"))
    for bad in ({**good, "format": store.FORMAT + 1}, {**good, "dictionary": "0"}):
        manifest.write_text(json.dumps(bad), encoding="utf-8")
        with pytest.raises(IndexVersionError, match="python -m indexer build"):
            open_index(tmp_path)
    manifest.write_text("{", encoding="utf-8")
    with pytest.raises(IndexVersionError, match="python -m indexer build"):
        open_index(tmp_path)
    manifest.write_text(json.dumps(good), encoding="utf-8")
    (tmp_path / "generations" / name / "columns" / name / "addresses.npy").write_bytes(b"")
    with pytest.raises(IndexVersionError, match="壊れています"):
        open_index(tmp_path)


def test_neighbours_are_those_of_the_same_document(tmp_path: Path, make_entry: MakeEntry) -> None:
    """Before the first and behind the last entry of a document there is none."""
    entries = [make_entry(n, f"取組{n}", "", file="a.txt" if n < 2 else "b.txt") for n in range(3)]
    write(tmp_path, *entries)
    reader = open_index(tmp_path)
    assert reader.neighbours(entries[0].id) == (None, entries[1])
    assert reader.neighbours(entries[1].id) == (entries[0], None)
    assert reader.neighbours("unknown") == (None, None)
    reader.close()


def test_ids_come_piece_by_piece_in_the_order_of_the_corpus(tmp_path: Path, make_entry: MakeEntry) -> None:
    """Pieces put together are all ids, each once; behind the end there are none."""
    entries = [make_entry(n, "題", "") for n in (3, 0, 4, 1, 2)]
    write(tmp_path, *entries)
    reader = open_index(tmp_path)
    pieces = [reader.entry_ids(first, first + 2) for first in (0, 2, 4, 6)]
    assert [len(piece) for piece in pieces] == [2, 2, 1, 0]
    assert [entry_id for piece in pieces for entry_id in piece] == [entry.id for entry in entries]
    reader.close()


def test_a_municipality_is_indexed_by_its_code(tmp_path: Path, make_entry: MakeEntry) -> None:
    """東村山市 is not 東村; 府中市 between its two prefectures is neither of them."""
    write(
        tmp_path,
        make_entry(0, "題", "", municipalities=("東村山市",), prefectures=("東京都",)),
        make_entry(1, "題", "", municipalities=("府中市",), prefectures=("東京都", "広島県")),
        make_entry(2, "題", "", municipalities=("府中市",), prefectures=("広島県",)),
    )
    reader = open_index(tmp_path)
    counts = [reader.count(Term("municipality", code)) for code in ("132136", "473031", "132063", "342084")]
    assert counts == [1, 0, 0, 1]
    reader.close()


def test_an_entry_is_found_by_the_places_it_concerns(tmp_path: Path, make_entry: MakeEntry) -> None:
    """An area's entry is found by its 地方, its prefectures and its members, also those the text does not name."""
    write(tmp_path, make_entry(0, "病児保育", "", region="備後圏域", prefectures=("岡山県", "広島県")))
    for word in ("広島", "笠岡", "備後", "中国"):
        assert titles(tmp_path, Term("place", word)) == ["病児保育"], word
    assert titles(tmp_path, Term("place", "高松")) == []
