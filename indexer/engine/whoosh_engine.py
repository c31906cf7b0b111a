"""The Whoosh index: schema, table of segments, stored text. With `whoosh_writer`, all that knows whoosh.

What lies on disk is a plain Whoosh index that a stock Whoosh opens, searches and merges; what is read of it is the stored
text of the hits shown and, to check the read view, its postings. An index folder is code to Whoosh (it unpickles the
schema): only the account that builds it may write there.
"""

from __future__ import annotations

import pickle
import struct
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index
from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from indexer.engine.invert import ID_FIELD
from indexer.engine.postings import Ints, Postings, join_postings, make_key, starts_of
from indexer.engine.whoosh_writer import INDEX_NAME, STORED_FIELD
from indexer.fields import EXACT_FIELDS, FACET_FIELDS, TEXT_FIELDS
from indexer.tokens import Unit, tokenize


class SudachiAnalyzer(Analyzer):  # type: ignore[misc]  # whoosh has no type information
    """Cuts the text of a field into Sudachi's units; kept in the schema, so that the index tells how it was made."""

    def __init__(self, units: Unit) -> None:
        self.units = units

    def __call__(self, value: str, **_options: object) -> Iterator[WhooshToken]:
        """Yield one Whoosh token per unit; `pos` is an ordinal, the characters are offsets in the field's text."""
        token = WhooshToken(positions=True, chars=True)
        for unit in tokenize(value, self.units):
            token.text = token.original = unit.term
            token.pos = unit.position
            token.startchar, token.endchar = unit.start, unit.end
            token.boost, token.stopped = 1.0, False
            yield token


def schema() -> Schema:
    """Make the schema from the tables in `fields`: text with positions, exact values, the entry stored."""
    text = {field.name: TEXT(analyzer=SudachiAnalyzer(field.units), phrase=True, stored=False) for field in TEXT_FIELDS}
    exact = {field.name: KEYWORD(commas=True, stored=False) for field in (*FACET_FIELDS, *EXACT_FIELDS)}
    return Schema(**{ID_FIELD: ID(unique=True), STORED_FIELD: STORED}, **text, **exact)


def write_toc(folder: Path, segments: Sequence[Any]) -> None:
    """Make the segments in `folder` (Whoosh's own objects) one index, in this order."""
    index.TOC(schema(), list(segments), generation=1).write(FileStorage(str(folder)), INDEX_NAME)


def read_toc(folder: Path) -> list[Any]:
    """Read the segments (Whoosh's own objects) of the index in `folder`, in their order."""
    return list(index.TOC.read(FileStorage(str(folder)), INDEX_NAME).segments)


def file_of(segment: Any) -> str:
    """Give the name of the one file of a segment of Whoosh's."""
    return str(segment.make_filename(segment.COMPOUND_EXT))


def mark_deleted(segments: Sequence[Any], numbers: Iterable[int]) -> None:
    """Mark entries as deleted; their numbers run through the segments (Whoosh's own objects)."""
    starts = starts_of(np.array([segment.doc_count_all() for segment in segments]))
    for number in numbers:
        place = int(np.searchsorted(starts, number, side="right")) - 1
        segments[place].delete_document(number - int(starts[place]))


def read_postings(folder: Path, segments: Sequence[Any]) -> Postings:
    """Read all postings of segments (Whoosh's own objects), those of deleted entries included."""
    pieces = [_read_segment(folder, segment) for segment in segments]
    return join_postings([(each, np.ones(len(each.lengths[TEXT_FIELDS[0].name]), np.bool_)) for each in pieces])


def _read_segment(folder: Path, segment: Any) -> Postings:
    segment._deleted = None
    reader = SegmentReader(FileStorage(str(folder)), schema(), segment)
    keys: list[bytes] = []
    counts: list[int] = []
    numbers: list[int] = []
    places: list[list[int]] = []
    for key, field, term in sorted((make_key(field, "") + term, field, term) for field, term in reader.all_terms()):
        matcher = reader.postings(field, term)
        has_positions = matcher.supports("positions")
        before = len(numbers)
        while matcher.is_active():
            numbers.append(matcher.id())
            places.append(matcher.value_as("positions") if has_positions else [])
            matcher.next()
        keys.append(key)
        counts.append(len(numbers) - before)
    reader.close()
    found = Postings(
        keys=keys,
        post_starts=starts_of(np.array(counts)),
        post_numbers=np.array(numbers, dtype=np.int32),
        pos_starts=starts_of(np.array([len(each) for each in places])),
        pos_values=np.array([place for each in places for place in each], dtype=np.int32),
        lengths={},
    )
    count = segment.doc_count_all()
    return replace(found, lengths={field.name: _count_tokens(found, field.name, count) for field in TEXT_FIELDS})


def _count_tokens(postings: Postings, field: str, count: int) -> Ints:
    """Count the tokens of a field in each of `count` entries: Whoosh keeps rounded lengths, positions are exact."""
    places = postings.keys_of(field)
    first, last = postings.post_starts[places.start], postings.post_starts[places.stop]
    frequencies = np.diff(postings.pos_starts[first : last + 1])
    return np.bincount(postings.post_numbers[first:last], weights=frequencies, minlength=count).astype(np.int32)


class WhooshIndex:
    """An open Whoosh index: the text stored with its entries."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; raises OSError or ValueError where there is none or it is damaged."""
        try:
            # Mapped files Whoosh copies into memory, postings and all, for every process anew; a plain file is read
            # where it is asked, and all processes share what the system keeps of it.
            self._index = FileStorage(str(folder), supports_mmap=False, readonly=True).open_index()
            self._reader = self._index.reader()
        except (index.IndexError, pickle.UnpicklingError, struct.error, TypeError, AttributeError, EOFError) as error:
            raise ValueError(f"Whoosh: {type(error).__name__}: {error}") from error
        # Whoosh reads stored fields through one file position; threads of the server must take turns.
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Count the entries, deleted ones included."""
        return int(self._reader.doc_count_all())

    def stored(self, number: int) -> str:
        """Give the text stored with entry `number`."""
        with self._lock:
            return str(self._reader.stored_fields(number)[STORED_FIELD])

    def close(self) -> None:
        """Close the index's files."""
        self._reader.close()
        self._index.close()
