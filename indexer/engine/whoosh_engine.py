"""The Whoosh index: schema, writer, stored fields. The only module that imports whoosh.

What comes in are entries, what lies on disk afterwards is a plain Whoosh index, and what comes out are its postings
(for the read view, and to check it) and the stored text of the hits shown. Whoosh's own indexing would cut each text
again and sort each posting in Python, so the postings are inverted before (`invert`) and handed to its codec in order;
a stock Whoosh opens, searches and merges the result. An index folder is code to Whoosh (it unpickles the schema): only
the account that builds it may write there.
"""

from __future__ import annotations

import json
import pickle
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import index
from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PerDocWriter
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.engine.invert import ID_FIELD, Postings, exact_values, invert_entries, make_key
from indexer.fields import FACET_FIELDS, TEXT_FIELDS
from indexer.records import Entry, entry_to_json
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
    """Make the schema from the tables in `fields`: text with positions, facets as exact values, the entry stored."""
    text = {field.name: TEXT(analyzer=SudachiAnalyzer(field.units), phrase=True, stored=False) for field in TEXT_FIELDS}
    facets = {field.name: KEYWORD(commas=True, stored=False) for field in FACET_FIELDS}
    return Schema(**{ID_FIELD: ID(unique=True)}, entry=STORED, **text, **facets)


def write_index(folder: Path, entries: Sequence[Entry]) -> Postings:
    """Write a new index of `entries` into the empty folder `folder`, as one segment, in their order.

    Gives the postings that it wrote, with the field lengths as Whoosh keeps them.
    """
    made = index.create_in(str(folder), schema())
    postings = invert_entries(entries)
    writer = made.writer(codec=_InvertedCodec(postings))
    for entry in entries:
        exact: dict[str, list[str]] = {}
        for name, value in exact_values(entry):
            exact.setdefault(name, []).append(value)
        stored = json.dumps(entry_to_json(entry), ensure_ascii=False)
        writer.add_document(entry=stored, **{name: ",".join(values) for name, values in exact.items()})
    writer.commit()
    made.close()
    return replace(postings, lengths={name: _round(lengths) for name, lengths in postings.lengths.items()})


def _round(lengths: NDArray[np.int32]) -> NDArray[np.int32]:
    """Round field lengths as Whoosh keeps them: in one byte each."""
    exact, places = np.unique(lengths, return_inverse=True)
    return np.array([byte_to_length(length_to_byte(length)) for length in exact.tolist()], dtype=np.int32)[places]


class _InvertedCodec(W3Codec):  # type: ignore[misc]
    """Writes a segment of Whoosh's own format, taking the text fields' postings and lengths from `postings`."""

    length_stats = False  # what asks the length of each posting's field; ours come with the postings

    def __init__(self, postings: Postings) -> None:
        super().__init__()
        self._postings = postings

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """Make a segment that knows nothing of this class: it is stored with the index."""
        return W3Codec().new_segment(storage, indexname)

    def per_document_writer(self, storage: Any, segment: Any) -> W3PerDocWriter:
        """Make the writer of stored fields and lengths."""
        return _LengthWriter(self, storage, segment, self._postings.lengths)

    def field_writer(self, storage: Any, segment: Any) -> W3FieldWriter:
        """Make the writer of postings."""
        return _PostingWriter(self, storage, segment, self._postings)


class _LengthWriter(W3PerDocWriter):  # type: ignore[misc]
    def __init__(self, codec: W3Codec, storage: Any, segment: Any, lengths: Mapping[str, NDArray[np.int32]]) -> None:
        super().__init__(codec, storage, segment)
        self._text_lengths = {name: values.tolist() for name, values in lengths.items()}

    def start_doc(self, docnum: int) -> None:
        """Begin an entry with the lengths of its text fields, which Whoosh was not given to index."""
        super().start_doc(docnum)
        for name, lengths in self._text_lengths.items():
            self.add_field(name, None, None, lengths[docnum])


class _PostingWriter(W3FieldWriter):  # type: ignore[misc]
    def __init__(self, codec: W3Codec, storage: Any, segment: Any, postings: Postings) -> None:
        super().__init__(codec, storage, segment)
        self._postings = postings

    def add_postings(self, schema: Schema, lengths: Any, items: Any) -> None:
        """Write what Whoosh inverted itself (ids, facets), then the text fields."""
        super().add_postings(schema, lengths, items)
        for field in TEXT_FIELDS:
            self._add_field(field.name, schema[field.name])

    def _add_field(self, name: str, field: Any) -> None:
        postings = self._postings
        lengths = _round(postings.lengths[name]).tolist()
        skip = len(make_key(name, ""))
        # Most terms stand once in an entry: their positions are encoded once for all entries.
        once: dict[int, bytes] = {}
        self.start_field(name, field)
        for place in postings.keys_of(name):
            self.start_term(postings.keys[place][skip:])
            first, last = postings.post_starts[place], postings.post_starts[place + 1]
            starts = postings.pos_starts[first : last + 1].tolist()
            values = postings.pos_values[starts[0] : starts[-1]].tolist()
            base = starts[0]
            for number, start, end in zip(postings.post_numbers[first:last].tolist(), starts, starts[1:], strict=False):
                if end - start == 1:
                    position = values[start - base]
                    encoded = once.get(position)
                    if encoded is None:
                        encoded = once[position] = field.format.encode([position])
                else:
                    encoded = field.format.encode(values[start - base : end - base])
                self.add(number, float(end - start), encoded, lengths[number])
            self.finish_term()
        self.finish_field()


class WhooshIndex:
    """An open Whoosh index: its postings and stored text."""

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
        """Count the entries."""
        return int(self._reader.doc_count_all())

    def postings(self) -> Postings:
        """Read all postings back: what `write_index` gave when it wrote them."""
        keys: list[bytes] = []
        counts: list[int] = []
        numbers: list[int] = []
        places: list[list[int]] = []
        for key, field, term in sorted(
            (make_key(field, "") + term, field, term) for field, term in self._reader.all_terms()
        ):
            matcher = self._reader.postings(field, term)
            has_positions = matcher.supports("positions")
            before = len(numbers)
            while matcher.is_active():
                numbers.append(matcher.id())
                places.append(matcher.value_as("positions") if has_positions else [])
                matcher.next()
            keys.append(key)
            counts.append(len(numbers) - before)
        return Postings(
            keys=keys,
            post_starts=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
            post_numbers=np.array(numbers, dtype=np.int32),
            pos_starts=np.concatenate([[0], np.cumsum([len(each) for each in places], dtype=np.int64)]),
            pos_values=np.array([place for each in places for place in each], dtype=np.int32),
            lengths={field.name: self._lengths(field.name) for field in TEXT_FIELDS},
            averages={field.name: self._reader.field_length(field.name) / max(1, len(self)) for field in TEXT_FIELDS},
        )

    def _lengths(self, field: str) -> NDArray[np.int32]:
        found = [self._reader.doc_field_length(number, field) or 0 for number in range(len(self))]
        return np.array(found, dtype=np.int32)

    def stored(self, number: int) -> str:
        """Give the JSON text stored with entry `number`."""
        with self._lock:
            return str(self._reader.stored_fields(number)["entry"])

    def close(self) -> None:
        """Close the index's files."""
        self._reader.close()
        self._index.close()
