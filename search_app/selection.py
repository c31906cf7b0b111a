"""A selection: the entries that somebody ticked, named by their ids in an address, in the order they were ticked in.

The browser keeps the ticks; the service knows a selection only from the address that asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.records import Entry
from indexer.store import Reader
from search_app.param_values import ParamError, clean

MAX_SELECTED = 100
MAX_COMPARED = 6  # columns of a table that can still be read on paper
MIN_COMPARED = 2
_IDS = "ids"


@dataclass(frozen=True, slots=True)
class Selection:
    """Chosen entries in the order of their ids, and the ids that the index does not have."""

    entries: tuple[Entry, ...]
    unknown: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the entries that are there."""
        return tuple(entry.id for entry in self.entries)


def parse_ids(pairs: Iterable[tuple[str, str]], *, least: int = 1, most: int = MAX_SELECTED) -> tuple[str, ...]:
    """Read the ids of a query string: `ids=A,B` as links write it, `ids=A&ids=B` as a form sends it; each id once.

    Raises ParamError for fewer than `least` and more than `most`. Other names are passed over, as on all pages.
    """
    named = [entry_id.strip() for name, value in pairs if name == _IDS for entry_id in value.split(",")]
    ids = tuple(dict.fromkeys(clean(entry_id) for entry_id in named if entry_id))
    if not ids:
        raise ParamError(_IDS, "事例が選ばれていません。一覧で事例の「選ぶ」に印を付けてから開いてください。")
    if len(ids) < least:
        raise ParamError(_IDS, f"比べるには、事例を{least}件以上選んでください（{len(ids)}件でした）。")
    if len(ids) > most:
        raise ParamError(_IDS, f"一度に選べる事例は{most}件までです（{len(ids):,}件ありました）。減らしてください。")
    return ids


def run_selection(ids: Iterable[str], reader: Reader) -> Selection:
    """Read the entries with these ids."""
    found = [(entry_id, reader.entry(entry_id)) for entry_id in ids]
    return Selection(
        tuple(entry for _, entry in found if entry is not None),
        tuple(entry_id for entry_id, entry in found if entry is None),
    )
