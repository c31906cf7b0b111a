"""An open index: search, entries, and what it was built from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from indexer.engine.columns import ColumnReader
from indexer.engine.segments import DocumentRange, Segment
from indexer.records import Entry, entry_from_json

NAME_TIME = "%Y%m%dT%H%M%S"  # how the name of a generation begins: when it was built, in UTC


def read_segments(manifest: Mapping[str, Any]) -> tuple[Segment, ...]:
    """Read the table of segments of a manifest."""
    return tuple(
        Segment(**{**each, "documents": tuple(DocumentRange(**document) for document in each["documents"])})
        for each in manifest["segments"]
    )


class Reader:
    """An open generation of an index. Safe to use from several threads."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        """Open the generation in `folder`, whose manifest was read and found good.

        Raises OSError or ValueError where a part is missing or damaged.
        """
        self.generation: str = folder.name
        self.entry_count: int = manifest["entries"]
        self.document_count: int = manifest["documents"]
        # Mapped now: a later build may remove the files of this generation while it is still served.
        with (folder / "report.json").open("rb") as file:
            self._report = mmap(file.fileno(), 0, access=ACCESS_READ)
        if self._report[-1:] != b"}":
            raise ValueError("report.json: cut off")
        self._ranges = _number_ranges(read_segments(manifest))
        files = dict.fromkeys([*(source["file"] for source in manifest["sources"]), *self._ranges])
        self._documents = [file for file in files if file in self._ranges]
        self._engine = ColumnReader(folder, read_segments(manifest), list(files))
        self.facet_values = self._engine.facet_values
        self.search = self._engine.search
        self.count = self._engine.count
        self.titles = self._engine.titles
        self.has_word = self._engine.has_word
        self.words_with_reading = self._engine.vocabulary.words_with_reading
        self.words_read = self._engine.vocabulary.words_read
        self.words_spelled = self._engine.vocabulary.words_spelled
        self.words_like = self._engine.vocabulary.words_like

    @property
    def built_at(self) -> str:
        """When the generation was built: ISO 8601, UTC."""
        built = datetime.strptime(self.generation.split("-")[0], NAME_TIME).replace(tzinfo=UTC)
        return built.isoformat(timespec="seconds")

    def entry_at(self, number: int) -> Entry:
        """Read the entry with this number, as a search gave it."""
        return entry_from_json(json.loads(self._engine.stored(number)))

    def entry(self, entry_id: str) -> Entry | None:
        """Read the entry with this id."""
        number = self._engine.find(entry_id)
        return None if number is None else self.entry_at(number)

    def entries(self) -> Iterator[Entry]:
        """Read all entries, in the order of the corpus."""
        return map(self.entry_at, self._engine.numbers())

    def entry_ids(self, first: int, last: int) -> list[str]:
        """List the ids of the entries at [first, last), in the order of the corpus."""
        return [json.loads(self._engine.stored(number))["id"] for number in self._engine.numbers()[first:last]]

    @property
    def last_number(self) -> int:
        """The number of the last entry."""
        return self._engine.numbers()[-1]

    def entries_of(self, file: str) -> list[Entry]:
        """Read the entries of a document, in its order; none where the index does not have it."""
        return [self.entry_at(number) for number in self._ranges.get(file, ())]

    def documents(self) -> Iterator[tuple[Entry, int]]:
        """Read the first entry of each document and count its entries, in the order of the corpus."""
        for file in self._documents:
            numbers = self._ranges[file]
            yield self.entry_at(numbers[0]), len(numbers)

    def neighbours(self, entry_id: str) -> tuple[Entry | None, Entry | None]:
        """Read the entries before and behind this one in its document."""
        number = self._engine.find(entry_id)
        if number is None:
            return None, None
        inside = self._ranges[self.entry_at(number).source.file]
        before, behind = (self.entry_at(at) if at in inside else None for at in (number - 1, number + 1))
        return before, behind

    def report(self) -> dict[str, Any]:
        """Read the report of the build."""
        report: dict[str, Any] = json.loads(self._report[:])
        return report

    def close(self) -> None:
        """Let go of the files."""
        self._engine.close()
        self._report.close()


def _number_ranges(segments: Sequence[Segment]) -> dict[str, range]:
    """Give for each document the numbers of its entries."""
    ranges = {}
    base = 0
    for segment in segments:
        for each in segment.documents:
            if each.live:
                ranges[each.file] = range(base + each.first, base + each.first + each.count)
        base += segment.entries
    return ranges
