"""Exports: a listing in, a file out. `FORMATS` names every kind of file.

To add one: a function that writes it, and one line in `FORMATS`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from search_app import wording
from search_app.links import Links
from search_app.listings import COLUMNS, NUMBER, TITLE, Listing, is_formula_like, printable
from search_app.params import SearchParams
from search_app.payloads import listing_payload


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what its link says, its media type, and what writes it."""

    label: str
    media_type: str
    write: Callable[[Listing], bytes]


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link to a file."""

    label: str
    url: str


def write_csv(listing: Listing) -> bytes:
    """Write the table for a spreadsheet program: UTF-8 with a byte order mark, CRLF; remarks in rows of their own."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow([NUMBER, *(column.label for column in COLUMNS), "種別", "事例のID", "事例のページ"])
    for number, entry in enumerate(listing.entries, 1):
        values = [column.value(entry, listing.links) for column in COLUMNS]
        values += [wording.KIND_LABELS[entry.kind], entry.id, listing.links.entry(entry.id)]
        rows.writerow([number, *map(_cell, values)])
    for remark in listing.remarks:
        rows.writerow([f"※{printable(remark)}", *[""] * (len(COLUMNS) + 3)])
    return out.getvalue().encode("utf-8-sig")


def write_json(listing: Listing) -> bytes:
    """Write everything that is known of the entries."""
    return json.dumps(listing_payload(listing), ensure_ascii=False, indent=1).encode()


def write_excel(listing: Listing) -> bytes:
    """Write the table for Excel."""
    # Not above: loading openpyxl is an eighth of all that the start loads (58 ms), and few ask for a workbook.
    from search_app.workbook import write_workbook

    return write_workbook(listing)


FORMATS: Mapping[str, Format] = {
    "xlsx": Format(
        f"Excel（{TITLE}）",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_excel,
    ),
    "csv": Format("CSV", "text/csv; charset=utf-8", write_csv),
    "json": Format("JSON", "application/json", write_json),
}


def link_search_files(params: SearchParams, links: Links) -> tuple[FileLink, ...]:
    """Give the links to a search as files."""
    return tuple(FileLink(kind.label, links.search_export(extension, params)) for extension, kind in FORMATS.items())


def link_selection_files(ids: tuple[str, ...], links: Links) -> tuple[FileLink, ...]:
    """Give the links to chosen entries as files."""
    return tuple(FileLink(kind.label, links.selection_export(extension, ids)) for extension, kind in FORMATS.items())


def _cell(value: str | int | None) -> str | int:
    if not isinstance(value, str):
        return "" if value is None else value
    text = printable(value)
    return f"'{text}" if is_formula_like(text) else text
