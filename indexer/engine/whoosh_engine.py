"""The Whoosh index: schema, writer, stored fields. The only module that imports whoosh, and only its public API.

What comes in are entries, what lies on disk afterwards is a plain Whoosh index, and what comes out
are its postings for `columns` and stored text for the hits shown. An index folder is code to Whoosh (it unpickles
the schema): only the account that builds it may write there.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from whoosh import index
from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

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
    return Schema(id=ID(unique=True), entry=STORED, **text, **facets)


def write_index(folder: Path, entries: Iterable[Entry]) -> None:
    """Write a new index of `entries` into the empty folder `folder`, as one segment, in their order."""
    made = index.create_in(str(folder), schema())
    writer = made.writer(limitmb=256)
    for entry in entries:
        text = {field.name: field.text(entry) for field in TEXT_FIELDS}
        # A comma would split a value; no official name has one.
        facets = {
            field.name: ",".join(value.replace(",", "、") for value in field.values(entry)) for field in FACET_FIELDS
        }
        stored = json.dumps(entry_to_json(entry), ensure_ascii=False)
        writer.add_document(id=entry.id, entry=stored, **text, **facets)
    writer.commit(optimize=True)
    made.close()


class WhooshIndex:
    """An open Whoosh index: its postings, field lengths and stored text."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; raises OSError or whoosh's IndexError where there is none."""
        self._index = index.open_dir(str(folder), readonly=True)
        self._reader = self._index.reader()
        # Whoosh reads stored fields through one file position; threads of the server must take turns.
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Count the entries."""
        return int(self._reader.doc_count_all())

    def postings(self) -> Iterator[tuple[str, bytes, list[tuple[int, list[int]]]]]:
        """Yield field, term and postings (entry number, positions), by field and term; facets have no positions."""
        for field, term in self._reader.all_terms():
            matcher = self._reader.postings(field, term)
            has_positions = matcher.supports("positions")
            found = []
            while matcher.is_active():
                found.append((matcher.id(), matcher.value_as("positions") if has_positions else []))
                matcher.next()
            yield field, term, found

    def field_lengths(self, field: str) -> list[int]:
        """Give the length of a field per entry, in tokens, as Whoosh keeps it (in one byte, so rounded when long)."""
        return [self._reader.doc_field_length(number, field) or 0 for number in range(len(self))]

    def average_length(self, field: str) -> float:
        """Give the mean length of a field over all entries."""
        return float(self._reader.field_length(field)) / max(1, len(self))

    def stored(self, number: int) -> str:
        """Give the JSON text stored with entry `number`."""
        with self._lock:
            return str(self._reader.stored_fields(number)["entry"])

    def close(self) -> None:
        """Close the index's files."""
        self._reader.close()
        self._index.close()
