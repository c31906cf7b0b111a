"""Generations: a new build is served without a restart, and never harms what is served."""

import gc
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copy, copytree
from threading import Event

import pytest

from indexer.build import build_index
from indexer.records import Entry
from indexer.store import IndexMissingError, Reader, current_generation, open_index, write_generation
from search_app import create_app
from search_app.generations import PublishedIndex, per_generation
from search_app.home_pages import build_home_view
from search_app.links import Links
from search_app.overview_pages import build_overview
from search_app.suggest import suggest

MakeEntry = Callable[..., Entry]
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


def publish(folder: Path, make_entry: MakeEntry, *, count: int) -> str:
    """Publish a generation of `count` entries whose titles and texts all name that count."""
    entries = [make_entry(number, f"図書館 全{count}件", f"図書館は全{count}件。") for number in range(count)]
    return write_generation(folder, entries, sources=[], report={})


def test_a_build_during_searches_harms_none_of_them(tmp_path: Path, make_entry: MakeEntry) -> None:
    """While generations are published, threads search without a fault, and every answer is of one generation alone.

    An answer gives itself away: the total, the titles, the texts and the facets must be those of one count. What a
    thread sees never goes back to an older generation.
    """
    counts = range(3, 9)
    publish(tmp_path, make_entry, count=counts[0])
    app = create_app(tmp_path)
    done = Event()

    def search() -> list[int]:
        client = app.test_client()
        seen = []
        last = False
        while not last:
            last = done.is_set()  # asked once more after the last build
            response = client.get("/api/search?q=図書館")
            assert response.status_code == 200
            answer = response.get_json()
            said = {f"図書館 全{answer['total']}件", f"図書館は全{answer['total']}件。"}
            assert {text for hit in answer["hits"] for text in (hit["title"], hit["snippet"])} == said
            assert len(answer["hits"]) == answer["total"]
            page = client.get("/?q=図書館").text
            total = int(page.split("収録: ")[1].split("件")[0])
            assert f"<strong>{total}件</strong>" in page
            assert page.count(f"は全{total}件。") == total
            seen += [answer["total"], total]
        return seen

    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(search) for _ in range(4)]
        try:
            for count in counts[1:]:
                publish(tmp_path, make_entry, count=count)
        finally:
            done.set()
        for each in searches:
            seen = each.result()
            assert seen == sorted(seen)
            assert seen[-1] == counts[-1]


@pytest.mark.parametrize("part", ["manifest.json", "report.json", "post_numbers.npy", "key_bytes.npy", "*.seg"])
@pytest.mark.parametrize("harm", ["missing", "empty", "half"])
def test_a_damaged_new_generation_is_not_served(tmp_path: Path, make_entry: MakeEntry, part: str, harm: str) -> None:
    """Whatever is wrong with what was published, the service answers from the generation before it, then the next."""
    old = publish(tmp_path, make_entry, count=3)
    client = create_app(tmp_path).test_client()
    damaged = tmp_path / "generations" / "damaged"
    copytree(tmp_path / "generations" / old, damaged)
    for path in list(damaged.rglob(part)):
        content = path.read_bytes()
        path.unlink()
        if harm != "missing":
            path.write_bytes(content[: len(content) // 2] if harm == "half" else b"")
    (tmp_path / "current").write_text("damaged", encoding="ascii")
    for path in ("/?q=図書館", "/api/search?q=図書館", "/api/entries/e1", "/overview", "/healthz"):
        assert client.get(path).status_code == 200
    assert client.get("/healthz").get_json()["generation"] == old
    publish(tmp_path, make_entry, count=4)
    assert client.get("/healthz").get_json()["generation"] == current_generation(tmp_path)
    assert client.get("/api/search").get_json()["total"] == 4


def test_pages_keep_no_generation_that_nobody_reads(tmp_path: Path) -> None:
    """What is worked out once per generation goes with it: no page's cache holds its files open."""
    build_index([CORPUS], tmp_path)
    reader = open_index(tmp_path)
    build_home_view(reader, Links(""))
    build_overview(reader, Links(""))
    suggest("図書", reader)
    gc.disable()
    try:
        known = weakref.ref(reader)
        reader.close()
        del reader
        assert known() is None
    finally:
        gc.enable()


def test_what_is_worked_out_is_worked_out_once_for_each_generation(tmp_path: Path, make_entry: MakeEntry) -> None:
    """The same generation gives the same answer, another one its own."""
    asked = []

    @per_generation
    def name(reader: Reader) -> str:
        asked.append(reader.generation)
        return reader.generation

    for count in (1, 2):
        publish(tmp_path, make_entry, count=count)
        reader = open_index(tmp_path)
        assert name(reader) == name(reader) == reader.generation
        reader.close()
    assert len(asked) == len(set(asked)) == 2


def test_the_overview_of_a_generation_that_was_removed_is_still_shown(tmp_path: Path, make_entry: MakeEntry) -> None:
    """Two builds later nothing is read from the folder of the generation that a request still has."""
    publish(tmp_path, make_entry, count=1)
    reader = open_index(tmp_path)
    for count in (2, 3):
        publish(tmp_path, make_entry, count=count)
    assert not (tmp_path / "generations" / reader.generation).exists()
    assert build_overview(reader, Links("")).documents == ()
    assert reader.entry_at(0).title == "図書館 全1件"
    reader.close()
