"""Postings → a segment of Whoosh's own format on disk.

Whoosh's writer would cut each text again, look up a field's length for each posting and pass posting by posting through
Python. Here its file formats are written block by block from arrays; a stock Whoosh opens, searches and merges the
result, and the tests hold it, posting by posting, against what Whoosh writes itself.
"""

from __future__ import annotations

import itertools
import pickle
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import formats
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.engine.postings import Ints, Postings, make_key

INDEX_NAME = "MAIN"  # what Whoosh calls an index that was given no name
STORED_FIELD = "entry"
_BLOCK = 128  # postings, as Whoosh's own codec
_UNCOMPRESSED = 0  # zlib would take a third of the time of writing; searches read the view, not this
_PICKLE = 2  # the protocol of Whoosh's format
_ONCE = struct.pack("!i", 1)
LENGTHS_OF_BYTES: Ints = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.int32)


def lengths_to_bytes(lengths: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Give field lengths as Whoosh keeps them: rounded, in one byte each, which `LENGTHS_OF_BYTES` reads."""
    exact, places = np.unique(lengths, return_inverse=True)
    return np.array([length_to_byte(length) for length in exact.tolist()], dtype=np.uint8)[places]


def write_segment(folder: Path, schema: Schema, postings: Postings, stored: Iterable[str]) -> Any:
    """Write a segment into `folder`; `stored` is the text to store with each entry. Gives Whoosh's segment object."""
    storage = FileStorage(str(folder))
    codec = W3Codec()
    segment = codec.new_segment(storage, INDEX_NAME)
    segment.set_doc_count(_write_documents(codec.per_document_writer(storage, segment), postings, stored))
    writer = codec.field_writer(storage, segment)
    for name in sorted(schema.names()):
        if schema[name].indexed:
            _write_field(writer, name, schema[name], postings)
    writer.close()
    segment.create_compound_file(storage)
    segment.compound = True
    return segment


def _write_documents(writer: Any, postings: Postings, stored: Iterable[str]) -> int:
    lengths = {name: values.tolist() for name, values in postings.lengths.items()}
    count = 0
    for number, text in enumerate(stored):
        writer.start_doc(number)
        writer.add_field(STORED_FIELD, None, text, None)
        for name, values in lengths.items():
            writer.add_field(name, None, None, values[number])
        writer.finish_doc()
        count += 1
    writer.close()
    return count


def _write_field(writer: Any, name: str, field: Any, postings: Postings) -> None:
    places = postings.keys_of(name)
    if not places:
        return
    blocks = _Blocks(name, field.format, postings, places)
    writer.start_field(name, field)
    skip = len(make_key(name, ""))
    starts = (postings.post_starts[places.start : places.stop + 1] - postings.post_starts[places.start]).tolist()
    file = writer._postfile
    for place, first, last in zip(places, starts, starts[1:], strict=False):
        offset = file.tell()
        file.write(WHOOSH3_HEADER_MAGIC)
        for begin in range(first, last, _BLOCK):
            end = min(begin + _BLOCK, last)
            file.write(blocks.pack(begin, end, is_last=end == last))
        info = blocks.describe(first, last)
        info.set_extent(offset, file.tell() - offset)
        key = struct.pack("!H", writer._fieldmap[name]) + postings.keys[place][skip:]
        writer._tindex.add(key, info.to_bytes())
    writer.finish_field()


class _Blocks:
    """The postings of one field, ready to be packed: places count from the field's first posting."""

    def __init__(self, name: str, format_: formats.Format, postings: Postings, places: range) -> None:
        field = slice(postings.post_starts[places.start], postings.post_starts[places.stop])
        self._numbers = postings.post_numbers[field].tolist()
        starts = postings.pos_starts[field.start : field.stop + 1]
        self._has_positions = isinstance(format_, formats.Positions)
        frequencies = np.diff(starts) if self._has_positions else np.ones(len(self._numbers), dtype=np.int64)
        self._weights = frequencies.astype(np.float64).tolist()
        self._encoded = _encode(starts.tolist(), postings.pos_values) if self._has_positions else []
        self._fixed = _ONCE if isinstance(format_, formats.Frequency) else None
        lengths = postings.lengths.get(name)
        self._lengths = (
            LENGTHS_OF_BYTES[lengths_to_bytes(lengths)][postings.post_numbers[field]].tolist()
            if lengths is not None
            else None
        )

    def pack(self, begin: int, end: int, *, is_last: bool) -> bytes:
        """Pack the postings [begin, end) of one term as Whoosh's block: its size, what to skip it by, its content."""
        numbers, weights = self._numbers[begin:end], self._weights[begin:end]
        gaps = (numbers[0], *(number - before for before, number in itertools.pairwise(numbers)))
        heaviest = max(weights)
        same = None if heaviest == 1.0 else tuple(weights)
        if self._has_positions:
            values: object = tuple(self._encoded[begin:end])
        else:
            values = self._fixed * len(numbers) if self._fixed else None
        content = pickle.dumps((gaps, same, values), _PICKLE)
        shortest, longest = self._range_of_lengths(begin, end)
        told = (len(numbers), numbers[-1], heaviest, _UNCOMPRESSED, length_to_byte(shortest), length_to_byte(longest))
        info = pickle.dumps(told, _PICKLE)
        size = len(info) + len(content)
        return struct.pack("!i", -size if is_last else size) + info + content

    def describe(self, first: int, last: int) -> W3TermInfo:
        """Describe the term that has the postings [first, last)."""
        weights = self._weights[first:last]
        shortest, longest = self._range_of_lengths(first, last)
        return W3TermInfo(
            weight=sum(weights),
            df=last - first,
            minlength=shortest,
            maxlength=longest,
            maxweight=max(weights),
            minid=self._numbers[first],
            maxid=self._numbers[last - 1],
        )

    def _range_of_lengths(self, begin: int, end: int) -> tuple[int | None, int]:
        if self._lengths is None:
            return None, 0
        lengths = self._lengths[begin:end]
        return min(lengths), max(lengths)


def _encode(starts: list[int], values: Ints) -> list[bytes]:
    """Encode the positions of each posting as `formats.Positions` does: their number, and a pickled list of gaps."""
    positions = values[starts[0] : starts[-1]].tolist()
    base = starts[0]
    # Most terms stand once in an entry: a position that stands alone is encoded once for all entries.
    alone: dict[int, bytes] = {}
    encoded = []
    for start, end in itertools.pairwise(starts):
        first = positions[start - base]
        if end - start == 1:
            made = alone.get(first)
            if made is None:
                made = alone[first] = _ONCE + pickle.dumps([first], _PICKLE)
        else:
            inside = positions[start - base : end - base]
            gaps = [first, *(place - before for before, place in itertools.pairwise(inside))]
            made = struct.pack("!i", len(gaps)) + pickle.dumps(gaps, _PICKLE)
        encoded.append(made)
    return encoded
