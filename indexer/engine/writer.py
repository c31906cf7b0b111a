"""Writing an index: documents of entries in, segments on disk out; what did not change is linked, not written.

Entries are cut, inverted and written for Whoosh in pieces, side by side in as many processes as there are cores. How
they are parted depends on their number alone, so that the result does not depend on the machine.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engine.arrays import Arrays, write_arrays
from indexer.engine.invert import invert_entries
from indexer.engine.postings import Mask, Postings, join_postings
from indexer.engine.segments import COLUMNS, WHOOSH, DocumentRange, Segment, choose_joined, live_mask
from indexer.engine.whoosh_engine import WhooshIndex, file_of, mark_deleted, read_toc, schema, write_toc
from indexer.engine.whoosh_writer import write_segment
from indexer.records import Entry, entry_to_json

# A process costs most of a second to start, which this many entries are worth.
_LEAST_PIECE = 1_000
_MOST_PIECES = 8
_MOST_PROCESSES = 61  # what Windows can wait for

NewDocument = tuple[str, Sequence[Entry]]  # its file, its entries (at least one)


@dataclass(frozen=True, slots=True)
class OldIndex:
    """An index that a new one builds on: its folder, its segments with what is out of date marked as not live."""

    folder: Path
    segments: tuple[Segment, ...]


def write_index(folder: Path, name: str, documents: Sequence[NewDocument], old: OldIndex | None) -> tuple[Segment, ...]:
    """Write an index of the new `documents` and of what is live in `old` into the empty folder `folder`.

    `name` is that of the new segment, in which documents stand in the order given. Raises OSError.
    """
    (folder / WHOOSH).mkdir(parents=True)
    (folder / COLUMNS).mkdir()
    kept: list[Segment] = []
    pieces: list[Any] = []
    joined: list[Segment] = []
    if old:
        joined = choose_joined(old.segments, sum(len(entries) for _, entries in documents))
        kept = [each for each in old.segments if each.live_entries and each not in joined]
        pieces = _link(old, kept, folder)
    if documents or joined:
        segment, made = _write_segment(folder, name, documents, _read_live(old, joined) if old and joined else None)
        kept.append(segment)
        pieces += made
    write_toc(folder / WHOOSH, pieces)
    return tuple(kept)


def _link(old: OldIndex, kept: Sequence[Segment], folder: Path) -> list[Any]:
    """Link what stays into the new folder; give Whoosh's segments, with what is not live marked in them."""
    pieces = []
    for segment, of_segment in _pieces_of(old):
        if segment not in kept:
            continue
        mask = live_mask(segment)
        if mask is not None:
            mark_deleted(of_segment, np.flatnonzero(~mask).tolist())
        for piece in of_segment:
            _link_file(old.folder / WHOOSH / file_of(piece), folder / WHOOSH / file_of(piece))
        (folder / COLUMNS / segment.name).mkdir()
        for path in (old.folder / COLUMNS / segment.name).iterdir():
            _link_file(path, folder / COLUMNS / segment.name / path.name)
        pieces += of_segment
    return pieces


def _pieces_of(old: OldIndex) -> Iterator[tuple[Segment, list[Any]]]:
    """Give each segment of an index with Whoosh's segments that it consists of."""
    pieces = iter(read_toc(old.folder / WHOOSH))
    for segment in old.segments:
        yield segment, [next(pieces) for _ in range(segment.pieces)]


def _link_file(path: Path, target: Path) -> None:
    """Link a file that is never written to again; copy it where the disk has no links."""
    try:
        target.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, target)


@dataclass(frozen=True, slots=True)
class _Live:
    """What is live in segments that are written anew."""

    postings: list[tuple[Postings, Mask]]
    stored: list[str]
    documents: list[tuple[str, int]]


def _read_live(old: OldIndex, joined: Sequence[Segment]) -> _Live:
    live = _Live([], [], [])
    whoosh = WhooshIndex(old.folder / WHOOSH)
    base = 0
    for segment in old.segments:
        if segment in joined:
            found = live_mask(segment)
            mask = np.ones(segment.entries, dtype=np.bool_) if found is None else found
            live.postings.append((Arrays(old.folder / COLUMNS / segment.name).read_postings(), mask))
            live.stored.extend(whoosh.stored(base + number) for number in np.flatnonzero(mask).tolist())
            live.documents.extend((each.file, each.count) for each in segment.documents if each.live)
        base += segment.entries
    whoosh.close()
    return live


def _write_segment(
    folder: Path, name: str, documents: Sequence[NewDocument], live: _Live | None
) -> tuple[Segment, list[Any]]:
    """Write the segment `name` of what is live elsewhere and of new documents; give it, and Whoosh's segments of it."""
    pieces: list[Any] = []
    postings: list[tuple[Postings, Mask]] = []
    counts: list[tuple[str, int]] = []
    if live:
        whole = join_postings(live.postings)
        pieces.append(_write_piece(folder / WHOOSH, f"{name}-live", whole, live.stored))
        postings.append(_all_of(whole))
        counts += live.documents
    entries = [entry for _, each in documents for entry in each]
    for made, piece in _make_pieces(folder / WHOOSH, name, entries):
        postings.append(_all_of(made))
        pieces.append(piece)
    (folder / COLUMNS / name).mkdir()
    write_arrays(folder / COLUMNS / name, join_postings(postings) if len(postings) > 1 else postings[0][0])
    counts += [(file, len(each)) for file, each in documents]
    ranges = []
    first = 0
    for file, count in counts:
        ranges.append(DocumentRange(file, first, count))
        first += count
    return Segment(name, len(pieces), first, tuple(ranges)), pieces


def _all_of(postings: Postings) -> tuple[Postings, Mask]:
    return postings, np.ones(len(next(iter(postings.lengths.values()))), dtype=np.bool_)


def _make_pieces(folder: Path, name: str, entries: Sequence[Entry]) -> Iterator[tuple[Postings, Any]]:
    if not entries:
        return
    count = min(_MOST_PIECES, max(1, len(entries) // _LEAST_PIECE))
    ends = [len(entries) * place // count for place in range(count + 1)]
    tasks = [
        (folder, f"{name}-{place}", entries[first:last]) for place, (first, last) in enumerate(itertools.pairwise(ends))
    ]
    processes = min(os.cpu_count() or 1, count, _MOST_PROCESSES)
    if processes < 2:
        yield from map(_make_piece, tasks)
        return
    # "spawn" everywhere: what works here then works on Windows too, and no thread of a server is forked.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_make_piece, tasks)


def _make_piece(task: tuple[Path, str, Sequence[Entry]]) -> tuple[Postings, Any]:
    folder, name, entries = task
    postings = invert_entries(entries)
    stored = [json.dumps(entry_to_json(entry), ensure_ascii=False) for entry in entries]
    return postings, _write_piece(folder, name, postings, stored)


def _write_piece(folder: Path, name: str, postings: Postings, stored: Sequence[str]) -> Any:
    """Write one of Whoosh's segments, in a folder of its own while it is made: Whoosh keeps temporary files beside it."""
    aside = folder / name
    aside.mkdir()
    piece = write_segment(aside, schema(), postings, stored)
    (aside / file_of(piece)).replace(folder / file_of(piece))
    shutil.rmtree(aside)
    return piece
