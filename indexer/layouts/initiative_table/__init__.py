"""Tables of initiatives as offices keep them in Excel: one row each, under a header of known words.

In: one or more tables (sheets) with titles and notes around them; out: one initiative per row. `column_roles` knows the
words, `rows` finds the tables, `records` reads their rows.
"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.layouts.initiative_table.records import read_drafts
from indexer.layouts.initiative_table.rows import Table, find_tables
from indexer.lines.area_names import find_area_name, find_joined_cities
from indexer.records import Document, Draft, Line

_OPENING_LINES = 20  # where a document that is about one area names it
_MOST = 0.6  # the share of a document's text that its tables carry where it is a document of tables
_SOME = 0.3
# The columns of the tables that `city_table` reads, in whatever a converter made of them.
_CITY_TABLE = {"region", "title", "partners", "body"}
_SPREADSHEETS = {"xlsx", "csv"}


def match(document: Document) -> float:
    """Tell by the columns of the tables, and by how much of the document's text stands in them."""
    tables = find_tables(document.lines)
    inside = (line for table in tables for line in document.lines[table.start : table.end] if line.cells)
    share = _count(inside) / max(1, _count(document.lines))
    if not tables or share < _SOME:
        return 0.0
    sure = max(_score_columns(table, spreadsheet=document.reader in _SPREADSHEETS) for table in tables)
    return sure if share >= _MOST else min(sure, 0.4)


def split(document: Document) -> list[Draft]:
    """Cut the tables into one initiative per row, in the order of the document."""
    texts = [line.text for line in document.lines if not line.cells]
    opening = [document.source.title or "", *texts[:_OPENING_LINES]]
    region = find_area_name(opening) or find_joined_cities(opening)
    return [draft for table in find_tables(document.lines) for draft in read_drafts(table, region=region)]


def _score_columns(table: Table, *, spreadsheet: bool) -> float:
    roles = set(table.roles)
    if "title" not in roles:
        return 0.6 if roles & {"area", "region", "partners"} else 0.2
    if "body" not in roles:
        return 0.7
    return 0.85 if "region" in roles and roles <= _CITY_TABLE and not spreadsheet else 0.93


def _count(lines: Iterable[Line]) -> int:
    return sum(len("".join(line.text.split())) for line in lines)
